/**
 * Exact integer arithmetic that JavaScript lacks, and intervals of integers. For the other files of `algebra/`: the
 * interval of an expression is what its comparisons are decided by, so every operation here rounds outwards or not at
 * all.
 */

/** An integer, or ±Infinity (the only `number`s that occur). */
export type Bound = bigint | number;

/** All integers from `min` to `max`, both included. */
export interface Range {
  readonly min: Bound;
  readonly max: Bound;
}

export const UNBOUNDED: Range = { min: -Infinity, max: Infinity };

export function exactly(value: bigint): Range {
  return { min: value, max: value };
}

export function addRanges(a: Range, b: Range): Range {
  return { min: plus(a.min, b.min), max: plus(a.max, b.max) };
}

export function mulRanges(a: Range, b: Range): Range {
  if (a.min >= 0 && b.min >= 0) return { min: times(a.min, b.min), max: times(a.max, b.max) };
  const corners = [times(a.min, b.min), times(a.min, b.max), times(a.max, b.min), times(a.max, b.max)];
  return { min: corners.reduce(lesser), max: corners.reduce(greater) };
}

/** The values of `x ** power`; tighter than repeated multiplication, for a square is never negative. */
export function powRange(range: Range, power: number): Range {
  let result = range;
  for (let i = 1; i < power; i++) result = mulRanges(result, range);
  return power % 2 === 0 && result.min < 0 ? { min: 0n, max: result.max } : result;
}

export function lesser<B extends Bound>(a: B, b: B): B {
  return a <= b ? a : b;
}

export function greater<B extends Bound>(a: B, b: B): B {
  return a >= b ? a : b;
}

/** A bound of `n` turned into one of `-n`. */
export function negate(bound: Bound): Bound {
  return -bound;
}

/** `n // divisor`, rounded towards minus infinity as Python does. */
export function floorDivide(n: bigint, divisor: bigint): bigint {
  const quotient = n / divisor;
  const remainder = n - quotient * divisor;
  return remainder !== 0n && remainder < 0n !== divisor < 0n ? quotient - 1n : quotient;
}

/** `n % divisor`, with the sign of the divisor as in Python. */
export function floorModulo(n: bigint, divisor: bigint): bigint {
  const remainder = n % divisor;
  return remainder !== 0n && remainder < 0n !== divisor < 0n ? remainder + divisor : remainder;
}

/** The greatest common divisor, never negative; `gcd(0, n)` is `|n|`. */
export function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** The values of `dividend // divisor`; unbounded where the divisor may be zero or negative. */
export function floorDivideRange(dividend: Range, divisor: Range): Range {
  if (divisor.min < 1) return UNBOUNDED;
  return {
    min: floorDivideBound(dividend.min, dividend.min >= 0 ? divisor.max : divisor.min),
    max: floorDivideBound(dividend.max, dividend.max >= 0 ? divisor.min : divisor.max),
  };
}

/** The values of `dividend % divisor`; unbounded where the divisor may be zero or negative. */
export function moduloRange(dividend: Range, divisor: Range): Range {
  if (divisor.min < 1) return UNBOUNDED;
  const max = plus(divisor.max, -1n);
  return { min: 0n, max: dividend.min >= 0 ? lesser(max, dividend.max) : max };
}

/** `floor(n / divisor)` for a positive divisor, either of them possibly infinite. */
function floorDivideBound(n: Bound, divisor: Bound): Bound {
  if (typeof n === "number") return n;
  if (typeof divisor === "number") return n >= 0n ? 0n : -1n;
  return floorDivide(n, divisor);
}

function plus(a: Bound, b: Bound): Bound {
  if (typeof a === "number") return a;
  return typeof b === "number" ? b : a + b;
}

function times(a: Bound, b: Bound): Bound {
  if (typeof a === "bigint" && typeof b === "bigint") return a * b;
  if (a === 0n || b === 0n) return 0n;
  return a > 0 === b > 0 ? Infinity : -Infinity;
}
