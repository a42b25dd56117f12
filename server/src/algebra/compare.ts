/**
 * Comparisons that may be undecided. For conditions in rules and in user code: `true` and `false` are proven for every
 * value that the symbols can have, everything else is `undefined`.
 */

import { add, mul, sub } from "./arithmetic.ts";
import { rangeOf } from "./bounds.ts";
import { asLinear, constantOf, type Dim, integer, keyOf, ofAtom, type QuotientAtom, termsOf } from "./dim.ts";
import { divExact, floordiv, mod } from "./divide.ts";
import { gcd } from "./range.ts";

/** Proven, refuted, or undecided. */
export type Tri = boolean | undefined;

/** `a == b`. */
export function eq(a: Dim, b: Dim): Tri {
  if (typeof a === "number" && typeof b === "number") return a === b;
  if (keyOf(a) === keyOf(b)) return true;
  const difference = sub(a, b);
  const { min, max } = rangeOf(difference);
  if (min > 0 || max < 0) return false;
  if (min === 0n && max === 0n) return true;
  if (halvesAlike(difference) === 0) return true;
  return isNeverZeroByDivisibility(difference) ? false : undefined;
}

/** `(H + 1)//2` is `H - H//2`: of the two forms, which both read well, the one with the smaller constant. */
function halvesAlike(d: Dim): Dim {
  let result = d;
  for (const term of termsOf(d)) {
    const atom = asLinear(term);
    if (atom?.kind !== "quotient" || !isUpperHalf(atom)) continue;
    const mirrored = floordiv(sub(sub(atom.divisor, 1), atom.dividend), atom.divisor);
    result = sub(result, mul(integer(term.coefficient), add(ofAtom(atom), mirrored)));
  }
  return result;
}

function isUpperHalf({ dividend, divisor }: QuotientAtom): boolean {
  const whole = constantOf(divisor);
  const terms = termsOf(dividend);
  const [head] = terms.filter(({ key }) => key !== "");
  const constant = terms.find(({ key }) => key === "")?.coefficient ?? 0n;
  return whole !== undefined && head !== undefined && 2n * head.coefficient === whole && 2n * constant >= whole;
}

/** `a != b`. */
export function ne(a: Dim, b: Dim): Tri {
  return not(eq(a, b));
}

/** `a < b`. */
export function lt(a: Dim, b: Dim): Tri {
  if (typeof a === "number" && typeof b === "number") return a < b;
  const { min, max } = rangeOf(sub(a, b));
  if (max < 0) return true;
  return min >= 0 ? false : undefined;
}

/** `a <= b`. */
export function le(a: Dim, b: Dim): Tri {
  return not(lt(b, a));
}

/** `a > b`. */
export function gt(a: Dim, b: Dim): Tri {
  return lt(b, a);
}

/** `a >= b`. */
export function ge(a: Dim, b: Dim): Tri {
  return not(lt(a, b));
}

/** Whether `a % b == 0`; undecided where `b` is 0. */
export function divisible(a: Dim, b: Dim): Tri {
  if (b === 0) return undefined;
  return divExact(a, b) !== null ? true : eq(mod(a, b), 0);
}

/** `2·H - 2·W - 1` is never 0: what the coefficients have in common does not divide the constant. */
function isNeverZeroByDivisibility(d: Dim): boolean {
  let common = 0n;
  let constant = 0n;
  for (const { key, coefficient } of termsOf(d)) {
    if (key === "") constant = coefficient;
    else common = gcd(common, coefficient);
  }
  return common !== 0n && constant % common !== 0n;
}

function not(tri: Tri): Tri {
  return tri === undefined ? undefined : !tri;
}
