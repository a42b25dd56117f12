/**
 * Which values of one symbol make equations true, and conditions such as "at least 3". For inferring the size of an input from the layers behind it: the
 * `Linear(256*4*4, …)` after three halvings is an equation for the height of the image.
 */

import { sub } from "./arithmetic.ts";
import { eq, ge } from "./compare.ts";
import { type Dim, type SymbolInfo, symbolsOf, termsOf } from "./dim.ts";
import { gcd } from "./range.ts";
import { evaluate, substitute } from "./substitute.ts";

export interface Equation {
  readonly left: Dim;
  readonly right: Dim;
  /** No equation: `left` is `right` or more. */
  readonly atLeast?: boolean;
  /** Either side may be 1 instead. */
  readonly loose?: boolean;
}

/**
 * The candidates, in their order, that make every equation provably true. Other symbols may remain where they cancel.
 * Values that the symbol cannot have are no solutions, nor are those that make a divisor 0.
 */
export function solveFor(
  equations: readonly Equation[],
  symbolId: SymbolInfo["id"],
  candidates: Iterable<number>,
): number[] {
  const solves = solutionTest(equations, symbolId);
  return [...candidates].filter(solves);
}

/**
 * The least solution in 1 … `limit` (or `around`, if that is one) and the solutions that adjoin it on both sides, within
 * the same limits; undefined where there is none. Sizes that floor divisions do not tell apart come out as one range.
 */
export function solutionRange(
  equations: readonly Equation[],
  symbolId: SymbolInfo["id"],
  limit: number,
  around?: number,
): { min: number; max: number } | undefined {
  const solves = solutionTest(equations, symbolId);
  let min = around ?? 1;
  if (around === undefined) while (min <= limit && !solves(min)) min++;
  else if (around < 1 || !solves(around)) return undefined;
  if (min > limit) return undefined;
  let max = min;
  while (min > 1 && solves(min - 1)) min--;
  while (max < limit && solves(max + 1)) max++;
  return { min, max };
}

function solutionTest(equations: readonly Equation[], symbolId: number): (value: number) => boolean {
  const info = equations
    .flatMap(({ left, right }) => [...symbolsOf(left), ...symbolsOf(right)])
    .find(({ id }) => id === symbolId);
  const { min = -Infinity, max = Infinity } = info ?? {};
  return (value) => value >= min && value <= max && equations.every((equation) => holds(equation, symbolId, value));
}

function holds({ left, right, atLeast = false, loose = false }: Equation, symbolId: number, value: number): boolean {
  const values = new Map([[symbolId, value]]);
  try {
    // Plain arithmetic, where no other symbol is in it.
    if (isOver(left, symbolId) && isOver(right, symbolId)) {
      const [one, other] = [evaluate(left, values), evaluate(right, values)];
      return atLeast ? one >= other : one === other || (loose && (one === 1 || other === 1));
    }
    const [one, other] = [substitute(left, values), substitute(right, values)];
    return (atLeast ? ge : eq)(one, other) === true || (loose && (one === 1 || other === 1));
  } catch (error) {
    if (error instanceof RangeError) return false; // a division by zero
    throw error;
  }
}

/** Whether an expression holds no symbol but this one. */
function isOver(d: Dim, symbolId: number): boolean {
  return typeof d === "number" || symbolsOf(d).every(({ id }) => id === symbolId);
}

/** Whether no values of the symbols make both equations true, since they make one and the same sum two different numbers. */
export function areContradictory(one: Equation, other: Equation): boolean {
  const [a, b] = [normalized(one), normalized(other)];
  if (a === null || b === null || a.of !== b.of) return false;
  return a.number * b.scale !== b.number * a.scale;
}

/** `16·(H//4)·(W//4) = 1024` as the sum that is a number, with its scale apart. */
function normalized({ left, right }: Equation): { of: string; number: bigint; scale: bigint } | null {
  const terms = termsOf(sub(left, right));
  const constant = terms.find(({ key }) => key === "")?.coefficient ?? 0n;
  const open = terms.filter(({ key }) => key !== "");
  const [first] = open;
  if (first === undefined) return null;
  const common = open.reduce((sum, { coefficient }) => gcd(sum, coefficient), 0n);
  const scale = first.coefficient < 0n ? -common : common;
  return {
    of: open.map(({ coefficient, key }) => `${coefficient / scale}·${key}`).join("+"),
    number: -constant,
    scale,
  };
}
