/**
 * Random expressions for the property tests: a tree, what `algebra/` makes of it, and what plain integer arithmetic
 * with Python's rounding says that it is worth.
 */

import fc from "fast-check";
import {
  add,
  ceildiv,
  type Dim,
  floordiv,
  max,
  min,
  mod,
  mul,
  neg,
  sub,
  symbol,
  symbolsOf,
} from "../../../server/src/algebra/index.ts";

export type Tree =
  | { readonly op: "number"; readonly value: number }
  | { readonly op: "symbol"; readonly index: number }
  | { readonly op: "-x"; readonly left: Tree }
  | { readonly op: "+" | "-" | "*" | "//" | "%" | "max" | "min" | "ceil//"; readonly left: Tree; readonly right: Tree };

/** Their least and greatest values matter to the simplifications, so there is one of each kind. */
const RANGES = [
  { name: "H", min: 1, max: Infinity },
  { name: "W", min: 1, max: Infinity },
  { name: "C", min: 3, max: 12 },
  { name: "k", min: -Infinity, max: Infinity },
];

export const SYMBOLS: readonly Dim[] = RANGES.map(({ name, ...range }) => symbol(name, "a test", range));

export const SYMBOL_IDS: readonly number[] = SYMBOLS.flatMap((d) => symbolsOf(d).map(({ id }) => id));

/** A value for each symbol. Small ones are the likeliest to tell two roundings apart. */
export const arbitraryValues: fc.Arbitrary<readonly number[]> = fc.tuple(
  ...RANGES.map(({ min, max }) =>
    fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: Math.max(min, -6), max: Math.min(max, 9) }) },
      { weight: 1, arbitrary: fc.integer({ min: Math.max(min, -5000), max: Math.min(max, 5000) }) },
    ),
  ),
);

export const arbitraryTree: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 3, arbitrary: fc.nat(SYMBOLS.length - 1).map((index): Tree => ({ op: "symbol", index })) },
    { weight: 2, arbitrary: fc.integer({ min: -9, max: 9 }).map((value): Tree => ({ op: "number", value })) },
    { weight: 1, arbitrary: tie("tree").map((left): Tree => ({ op: "-x", left })) },
    {
      weight: 12,
      arbitrary: fc
        .record({
          op: fc.constantFrom("+", "+", "-", "*", "//", "//", "%", "max", "min", "ceil//"),
          left: tie("tree"),
          right: tie("tree"),
        })
        .map((node): Tree => node),
    },
  ),
})).tree;

/** The normalised expression; undefined where it divides by the literal 0. */
export function build(tree: Tree): Dim | undefined {
  try {
    return buildOrThrow(tree);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What the tree is worth; undefined where it divides by 0. */
export function value(tree: Tree, values: readonly number[]): bigint | undefined {
  switch (tree.op) {
    case "number":
      return BigInt(tree.value);
    case "symbol":
      return BigInt(values[tree.index] ?? Number.NaN);
  }
  const left = value(tree.left, values);
  if (left === undefined) return undefined;
  if (tree.op === "-x") return -left;
  const right = value(tree.right, values);
  if (right === undefined) return undefined;
  switch (tree.op) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "//":
      return right === 0n ? undefined : pythonFloor(left, right);
    case "%":
      return right === 0n ? undefined : left - right * pythonFloor(left, right);
    case "ceil//":
      return right === 0n ? undefined : -pythonFloor(-left, right);
    case "max":
    case "min":
      return left > right === (tree.op === "max") ? left : right;
  }
}

/** The values by the ids of the symbols. */
export function byId(values: readonly number[]): Map<number, number> {
  return new Map(SYMBOL_IDS.map((id, i) => [id, values[i] ?? Number.NaN]));
}

function buildOrThrow(tree: Tree): Dim {
  switch (tree.op) {
    case "number":
      return tree.value;
    case "symbol":
      return SYMBOLS[tree.index] ?? 0;
    case "-x":
      return neg(buildOrThrow(tree.left));
  }
  return OPERATIONS[tree.op](buildOrThrow(tree.left), buildOrThrow(tree.right));
}

const OPERATIONS = { "+": add, "-": sub, "*": mul, "//": floordiv, "%": mod, "ceil//": ceildiv, max, min };

/** By counting down from a truncated quotient, not by the formula under test. */
function pythonFloor(a: bigint, b: bigint): bigint {
  let quotient = a / b;
  while (b > 0n ? quotient * b > a : quotient * b < a) quotient--;
  return quotient;
}
