/**
 * Numbers and shapes in words.
 */
import { describe, expect, test } from "vitest";
import {
  compact,
  countText,
  inputsText,
  megabytes,
  percent,
  shapeText,
  valueText,
  weightsText,
} from "../../../client/src/view/format.ts";
import type { ValueShape } from "../../../server/src/report/types.ts";

const tensor = (shape: (number | string)[], dtype = "float32"): ValueShape => ({ kind: "tensor", shape, dtype });

test("counts", () => {
  expect(countText(5_852_234)).toBe("5,852,234");
  expect(countText("9·c_in")).toBe("9·c_in");
  expect(countText({ unknown: "why" })).toBe("?");
  expect(countText(null)).toBe("");
});

test("shapes are written as Python's tuples", () => {
  expect(shapeText(["N", 3, 224, 224])).toBe("(N, 3, 224, 224)");
  expect(shapeText([10])).toBe("(10,)");
  expect(shapeText([])).toBe("()");
  expect(shapeText({ unknown: "why" })).toBe("?");
});

test("nested values", () => {
  const pair: ValueShape = { kind: "sequence", items: [tensor(["N", 1]), tensor(["N", 2])] };
  expect(valueText(pair)).toBe("((N, 1), (N, 2))");
  expect(valueText({ kind: "mapping", fields: { logits: tensor(["N", 9]), rest: pair } })).toBe(
    "{logits: (N, 9), rest: ((N, 1), (N, 2))}",
  );
  expect(valueText({ kind: "other", text: "None" })).toBe("None");
});

test("inputs read as a given comment, with the type where it is not the usual one", () => {
  const inputs = [
    { name: "x", value: tensor(["N", 3, 32, 32]) },
    { name: "mask", value: tensor(["N", "T"], "bool") },
  ];
  expect(inputsText(inputs)).toBe("x: (N, 3, 32, 32), mask: (N, T) bool");
});

describe("short numbers", () => {
  test.each([
    [0, "0"],
    [999, "999"],
    [1000, "1.00 k"],
    [9994, "9.99 k"],
    [9996, "10.0 k"],
    [137_729_024, "137.7 M"],
    [999_960, "1.00 M"],
    [1_814_073_344, "1.81 G"],
    [3e18, "3000.0 P"],
  ])("%i → %s", (count, text) => {
    expect(compact(count)).toBe(text);
  });

  test.each([
    [0, "0.00 MB"],
    [40, "<0.01 MB"],
    [602_112, "0.60 MB"],
    [46_758_048, "46.8 MB"],
    [1_234_567_890, "1,234.6 MB"],
  ])("%i bytes → %s", (bytes, text) => {
    expect(megabytes(bytes)).toBe(text);
  });

  test.each([
    [0, ""],
    [0.0001, "<0.1 %"],
    [0.718, "71.8 %"],
    [0.9997, ">99.9 %"],
    [1, "100.0 %"],
  ])("share %d → %s", (share, text) => {
    expect(percent(share)).toBe(text);
  });
});

test("a layer's own weights", () => {
  expect(weightsText({ weight: [64, 3, 7, 7], bias: [64] })).toBe("weight (64, 3, 7, 7)\nbias (64,)");
  expect(weightsText({})).toBe("");
});
