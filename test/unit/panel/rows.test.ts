/**
 * The tree of layers: what is visible, what keys do, which rows a line of source means.
 */
import { describe, expect, test } from "vitest";
import {
  ancestors,
  initiallyOpen,
  keyMove,
  layersAt,
  matchCount,
  rowWindow,
  visibleRows,
} from "../../../client/src/view/rows.ts";
import { layer } from "./layers.ts";

const box = { hasChildren: true, type: "torch.nn.Sequential" };
const layers = [
  layer("stem", { params: 100 }),
  layer("body", { ...box, params: 300 }),
  layer("body.0", { ...box, params: 300 }),
  layer("body.0.conv", { params: 300, line: 7 }),
  layer("body.0.act", { type: "torch.nn.ReLU" }),
  layer("head", { params: 600, type: "torch.nn.Linear", line: 7, path: "/project/other.py" }),
];
const names = (toggled: Record<string, boolean>, query = "") =>
  visibleRows(layers, 1000, { toggled: new Map(Object.entries(toggled)), query }).map((row) => row.layer.name);

describe("visible rows", () => {
  test("a small model is open to its leaves", () => {
    expect(names({})).toEqual(["stem", "body", "body.0", "body.0.conv", "body.0.act", "head"]);
  });

  test("a closed container hides everything below it and nothing after it", () => {
    expect(names({ body: false })).toEqual(["stem", "body", "head"]);
    expect(names({ "body.0": false })).toEqual(["stem", "body", "body.0", "head"]);
  });

  test("what is sought is shown with its ancestors, even in closed containers", () => {
    expect(names({ body: false }, "relu")).toEqual(["body", "body.0", "body.0.act"]);
    expect(names({}, "  BODY.0.conv ")).toEqual(["body", "body.0", "body.0.conv"]);
    expect(names({}, "nothing")).toEqual([]);
    expect(matchCount(layers, "relu")).toBe(1);
    expect(matchCount(layers, " ")).toBe(0);
  });

  test("shares are of the whole model, and unknown where a count is", () => {
    const shares = visibleRows(layers, 1000, { toggled: new Map(), query: "" }).map((row) => row.share);
    expect(shares).toEqual([0.1, 0.3, 0.3, 0.3, 0, 0.6]);
    const unknown = [layer("a", { params: { unknown: "free input" } })];
    expect(visibleRows(unknown, 10, { toggled: new Map(), query: "" })[0]?.share).toBeNull();
    expect(visibleRows(layers, null, { toggled: new Map(), query: "" })[0]?.share).toBeNull();
  });

  test("a model without parameters has shares of nothing", () => {
    expect(visibleRows([layer("act")], 0, { toggled: new Map(), query: "" })[0]?.share).toBe(0);
  });

  test("a large model opens only as far as a page holds", () => {
    const blocks = Array.from({ length: 10 }, (_, block) => [
      layer(`b${block}`, box),
      ...Array.from({ length: 8 }, (_, at) => layer(`b${block}.${at}`)),
    ]).flat();
    expect(initiallyOpen(blocks).size).toBe(0);
    expect(initiallyOpen(blocks.slice(0, 18)).size).toBe(2);
  });
});

describe("keys", () => {
  const rows = visibleRows(layers, 1000, { toggled: new Map([["body", false]]), query: "" });
  const open = visibleRows(layers, 1000, { toggled: new Map(), query: "" });

  test.each([
    ["ArrowDown", "stem", { kind: "focus", name: "body" }],
    ["ArrowDown", "head", { kind: "focus", name: "head" }],
    ["ArrowDown", null, { kind: "focus", name: "stem" }],
    ["ArrowUp", "head", { kind: "focus", name: "body" }],
    ["ArrowUp", "stem", { kind: "focus", name: "stem" }],
    ["End", "stem", { kind: "focus", name: "head" }],
    ["Home", "head", { kind: "focus", name: "stem" }],
    ["PageDown", "stem", { kind: "focus", name: "head" }],
    ["ArrowRight", "body", { kind: "toggle", name: "body" }],
    ["ArrowRight", "stem", null],
    ["x", "stem", null],
  ])("%s on %s among closed rows", (key, active, expected) => {
    expect(keyMove(rows, active, key, 20)).toEqual(expected);
  });

  test.each([
    ["ArrowRight", "body", { kind: "focus", name: "body.0" }],
    ["ArrowLeft", "body", { kind: "toggle", name: "body" }],
    ["ArrowLeft", "body.0.act", { kind: "focus", name: "body.0" }],
    ["ArrowLeft", "stem", { kind: "focus", name: "stem" }],
  ])("%s on %s among open rows", (key, active, expected) => {
    expect(keyMove(open, active, key, 20)).toEqual(expected);
  });

  test("an empty tree has nowhere to go", () => {
    expect(keyMove([], null, "ArrowDown", 20)).toBeNull();
  });
});

describe("lines of source", () => {
  test("a line means the layers that it builds, in its own file", () => {
    expect(layersAt(layers, "/project/net.py", 7).map(({ name }) => name)).toEqual(["body.0.conv"]);
    expect(layersAt(layers, "/project/net.py", 8)).toEqual([]);
  });

  test("Windows spells one path in several ways", () => {
    const windows = [layer("a", { path: "C:\\project\\net.py", line: 3 })];
    expect(layersAt(windows, "c:/project/net.py", 3)).toHaveLength(1);
  });

  test("ancestors, outermost first", () => {
    expect(ancestors(layers, "body.0.act")).toEqual(["body", "body.0"]);
    expect(ancestors(layers, "head")).toEqual([]);
    expect(ancestors(layers, "missing")).toEqual([]);
  });
});

describe("the window of rendered rows", () => {
  test.each([
    [10, 0, 400, [0, 10]],
    [5000, 0, 460, [0, 28]],
    [5000, 2300, 460, [92, 128]],
    [5000, 114_540, 460, [4972, 5000]],
    [3, 9999, 460, [3, 3]],
    [0, 0, 460, [0, 0]],
  ])("%i rows, scrolled to %i of %i", (count, top, height, expected) => {
    expect(rowWindow(count, 23, top, height)).toEqual(expected);
  });
});
