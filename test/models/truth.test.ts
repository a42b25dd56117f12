/** The judge of the models is judged itself: it must tell exact from unknown from wrong. */
import { expect, test } from "vitest";
import { fits, judge, saysNothing } from "./truth.ts";

test.each([
  [[1, 64, 32], [1, 64, 32], "exact"],
  [null, null, "exact"],
  [[], [], "exact"],
  [{ logits: [2, 10] }, { logits: [2, 10] }, "exact"],
  [896, { unknown: "no rule" }, "unknown"],
  [896, "9·c_in·c_out", "unknown"],
  [[1, 64], ["N", 64], "unknown"],
  [[1, 64], null, "unknown"],
  [[[1, 2], null], [{ unknown: "branches differ" }, null], "unknown"],
  [896, 895, "wrong"],
  [[1, 64], ["N", 63], "wrong"],
  [[1, 64], [1, 64, 1], "wrong"],
  [null, [1], "wrong"],
  [{ weight: [3], bias: [3] }, { bias: [3], weight: [3] }, "wrong"],
  [["conv", "bn"], ["bn", "conv"], "wrong"],
])("PyTorch %j, ParamLens %j: %s", (truth, said, verdict) => {
  expect(judge(truth, said)).toBe(verdict);
});

test("a symbol stands for one size, an expression for any", () => {
  expect(fits([2, 3, 2], ["N", "C", "N"])).toBe(true);
  expect(fits([2, 3, 4], ["N", "C", "N"])).toBe(false);
  expect(fits([2, 8], ["N", "H//2"])).toBe(true);
  expect(fits([2, 8], ["N", 7])).toBe(false);
  expect(fits([2, 8], ["N", 8, "T"])).toBe(false);
  expect(fits([[2, 8], [4]], [["N", 8], ["N"]])).toBe(false);
  expect(fits([2, 8], { unknown: "free input" })).toBe(true);
});

test("a shape says something as soon as its rank is known", () => {
  expect(saysNothing({ unknown: "free input" })).toBe(true);
  expect(saysNothing([["N", 3], { unknown: "free input" }])).toBe(true);
  expect(saysNothing([])).toBe(false);
  expect(saysNothing(["?", 3])).toBe(false);
  expect(saysNothing({ logits: ["N", 10] })).toBe(false);
});
