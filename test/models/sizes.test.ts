/** The reader of symbolic sizes, on sizes worked out by hand. */
import { expect, test } from "vitest";
import { bindSizes, sizeOf, withSizes } from "./sizes.ts";

const sizes = new Map([
  ["N", 2],
  ["H", 7],
  ["cfg.dim", 3],
]);

test.each([
  ["N", 2],
  ["9·N·H + H", 133],
  ["(H + 1)//2", 4],
  ["(H - 8)//2", -1],
  ["(-H) % 4", 1],
  ["-3 + H", 4],
  ["3 - N", 1],
  ["2·(H//2) + 1", 7],
  ["H//2//2", 1],
  ["cfg.dim²·N", 18],
  ["max(H - 9, 1)", 1],
  ["min(H, N, 5)", 2],
  ["W + 1", undefined],
  ["?", undefined],
  ["H +", undefined],
])("%s is %s", (text, value) => {
  expect(sizeOf(text, sizes)).toBe(value);
});

test("symbols are bound by the sizes of the inputs", () => {
  const bound = new Map<string, number>();
  expect(bindSizes([4, 3, 9], ["N", 3, "T"], bound)).toBe(true);
  expect(bindSizes([4, 5], ["N", "T"], bound)).toBe(false);
  expect(bindSizes([4], ["N", "T"], bound)).toBe(false);
  expect(Object.fromEntries(bound)).toEqual({ N: 4, T: 9 });
});

test("a nest keeps what has no number", () => {
  expect(withSizes([["N", 64], { out: ["N", "W"] }, { unknown: "why" }, null], sizes)).toEqual([
    [2, 64],
    { out: [2, "W"] },
    { unknown: "why" },
    null,
  ]);
});
