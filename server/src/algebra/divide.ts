/**
 * Floor division and remainder with Python's rounding, in normal form. For the output sizes of convolutions and pooling
 * layers, for `view(-1, …)`, and for whatever arithmetic user code does on sizes. Multiples of the divisor are pulled
 * out, common factors are cancelled, and a division of a division becomes one. The results hold wherever Python's
 * would, that is for every divisor but zero.
 */

import { add, cancelFactors, mul, neg, sub } from "./arithmetic.ts";
import { rangeOf } from "./bounds.ts";
import {
  asAtom,
  asLinear,
  constantOf,
  type Dim,
  type Factor,
  fromTerms,
  integer,
  isConcrete,
  monomial,
  ofAtom,
  type QuotientAtom,
  quotientAtom,
  remainderAtom,
  remembering,
  type Term,
  termsOf,
} from "./dim.ts";
import { floorDivide, floorModulo, gcd } from "./range.ts";

/** `a // b`, rounded towards minus infinity. Throws a RangeError where `b` is 0. */
export function floordiv(a: Dim, b: Dim): Dim {
  if (b === 0) throw divisionByZero();
  if (isConcrete(a) && isConcrete(b)) {
    const remainder = a % b;
    const truncated = (a - remainder) / b + 0;
    return remainder !== 0 && remainder < 0 !== b < 0 ? truncated - 1 : truncated;
  }
  return isConcrete(b) && !isConcrete(a) ? floordivNumber(a, b) : floordivAny(a, b);
}

const floordivNumber = remembering((a, b) => floordivAny(a, b));

function floordivAny(a: Dim, b: Dim): Dim {
  if (isNegative(b)) return floordiv(neg(a), neg(b));
  const { whole, rest, divisor } = divide(a, b);
  if (rest === 0) return whole;
  return isMirrored(rest, divisor) ? sub(whole, mirrored(rest, divisor)) : add(whole, quotientOf(rest, divisor));
}

/** Of `-p // d` and `-((p + d - 1) // d)`, which are equal, the one whose first coefficient is smaller is the form. */
function isMirrored(rest: Dim, divisor: Dim): boolean {
  const constant = constantOf(divisor);
  const head = termsOf(rest).find(({ key }) => key !== "");
  return constant !== undefined && head !== undefined && 2n * head.coefficient > constant;
}

function mirrored(rest: Dim, divisor: Dim): Dim {
  return floordiv(sub(divisor, add(rest, 1)), divisor);
}

/** `-(-a // b)`: the quotient rounded up. Throws a RangeError where `b` is 0. */
export function ceildiv(a: Dim, b: Dim): Dim {
  if (constantOf(b) === undefined || isNegative(b)) return neg(floordiv(neg(a), b));
  return floordiv(add(a, sub(b, 1)), b);
}

/** `a % b`, with the sign of `b`. Throws a RangeError where `b` is 0. */
export function mod(a: Dim, b: Dim): Dim {
  if (b === 0) throw divisionByZero();
  if (isConcrete(a) && isConcrete(b)) {
    const remainder = (a % b) + 0;
    return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder;
  }
  if (isNegative(b)) return neg(mod(neg(a), neg(b)));
  const { rest, divisor, scale, low } = divide(openRemainders(a, b), b);
  if (rest === 0) return low;
  const remainder = isMirrored(rest, divisor)
    ? add(rest, mul(divisor, mirrored(rest, divisor)))
    : remainderOf(rest, divisor);
  return add(mul(scale, remainder), low);
}

/** The `q` with `a = q * b` as an identity of expressions; null where there is none or none is found. */
export function divExact(a: Dim, b: Dim): Dim | null {
  if (b === 0) return null;
  if (isConcrete(a) && isConcrete(b)) return a % b === 0 ? a / b + 0 : null;
  const divisor = termsOf(b);
  const [head, ...more] = divisor;
  if (head === undefined) return null;
  return more.length === 0 ? divideTerms(termsOf(a), head) : dividePolynomials(a, b);
}

/** `a // b = whole + rest // divisor` and `a % b = scale * (rest % divisor) + low`. */
interface Division {
  readonly whole: Dim;
  /** 0 where the division is done. */
  readonly rest: Dim;
  readonly divisor: Dim;
  readonly scale: Dim;
  readonly low: Dim;
}

/** Polynomial division gives up after this many steps. */
const MOST_STEPS = 64;

/** For a divisor that is not a negative constant. */
function divide(a: Dim, b: Dim): Division {
  const constant = constantOf(b);
  return settle(constant === undefined ? divideBySymbolic(a, b) : divideByConstant(a, constant));
}

/** Brings the coefficients into [0, divisor) and cancels what they have in common with it. */
function divideByConstant(a: Dim, divisor: bigint): Division {
  const whole: Term[] = [];
  const remaining: Term[] = [];
  let common = divisor;
  let constant = 0n;
  for (const term of termsOf(a)) {
    const quotient = floorDivide(term.coefficient, divisor);
    const coefficient = term.coefficient - quotient * divisor;
    if (quotient !== 0n) whole.push({ ...term, coefficient: quotient });
    if (coefficient === 0n) continue;
    remaining.push({ ...term, coefficient });
    if (term.key === "") constant = coefficient;
    else common = gcd(common, coefficient);
  }
  if (common === divisor) return done(fromTerms(whole), integer(constant));
  // floor((g·p + low) / (g·c)) = floor(p / c) for 0 ≤ low < g
  const low = integer(constant % common);
  const rest = remaining
    .map((term) => ({ ...term, coefficient: term.coefficient / common }))
    .filter((term) => term.coefficient !== 0n);
  return {
    whole: fromTerms(whole),
    rest: fromTerms(rest),
    divisor: integer(divisor / common),
    scale: integer(common),
    low,
  };
}

/** Takes out the terms that the divisor divides, then cancels common factors of what is left. */
function divideBySymbolic(a: Dim, b: Dim): Division {
  const exact = divExact(a, b);
  if (exact !== null) return done(exact, 0);
  const [head, ...more] = termsOf(b);
  const { whole, rest } =
    head !== undefined && more.length === 0 ? takeMultiples(termsOf(a), head) : { whole: 0, rest: a };
  const common = commonFactor([...termsOf(rest), ...termsOf(b)]);
  const scale = fromTerms([common]);
  const dividend = divideTerms(termsOf(rest), common);
  const divisor = divideTerms(termsOf(b), common);
  if (scale === 1 || dividend === null || divisor === null) return { whole, rest, divisor: b, scale: 1, low: 0 };
  if (constantOf(divisor) === undefined) return { whole, rest: dividend, divisor, scale, low: 0 };
  const inner = divide(dividend, divisor);
  return {
    whole: add(whole, inner.whole),
    rest: inner.rest,
    divisor: inner.divisor,
    scale: mul(scale, inner.scale),
    low: mul(scale, inner.low),
  };
}

/** Recognises a quotient that can have one value only. */
function settle(division: Division): Division {
  const { whole, rest, divisor, scale, low } = division;
  if (rest === 0) return division;
  const constant = constantOf(divisor);
  const { min, max } = rangeOf(rest);
  let quotient: bigint | undefined;
  if (constant === undefined) {
    if (min >= 0 && rangeOf(sub(divisor, rest)).min >= 1) quotient = 0n;
    else if (max < 0 && rangeOf(add(divisor, rest)).min >= 0) quotient = -1n;
  } else if (typeof min === "bigint" && typeof max === "bigint") {
    const least = floorDivide(min, constant);
    if (least === floorDivide(max, constant)) quotient = least;
  }
  if (quotient === undefined) return division;
  const value = integer(quotient);
  return done(add(whole, value), add(mul(scale, sub(rest, mul(value, divisor))), low));
}

function done(whole: Dim, low: Dim): Division {
  return { whole, rest: 0, divisor: 1, scale: 1, low };
}

/** `rest // divisor`, where a division inside of the rest joins in: `(p // a + q) // b = (p + a·q) // (a·b)`. */
function quotientOf(rest: Dim, divisor: Dim): Dim {
  const inner = rangeOf(divisor).min >= 1 ? onlyQuotient(rest) : undefined;
  if (inner === undefined) return ofAtom(quotientAtom(rest, divisor, [rangeOf(rest), rangeOf(divisor)]));
  const others = sub(rest, ofAtom(inner));
  return floordiv(add(inner.dividend, mul(inner.divisor, others)), mul(inner.divisor, divisor));
}

function onlyQuotient(d: Dim): QuotientAtom | undefined {
  const found = termsOf(d).flatMap((term) => {
    const atom = term.coefficient === 1n ? asLinear(term) : undefined;
    return atom?.kind === "quotient" ? [atom] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

function remainderOf(rest: Dim, divisor: Dim): Dim {
  const quotient = asAtom(floordiv(rest, divisor))?.key;
  return ofAtom(remainderAtom(rest, divisor, [rangeOf(rest), rangeOf(divisor)], quotient));
}

/** `k·(p % m)` is `k·p` as far as the remainder by `b` is concerned, where `b` divides `k·m`. */
function openRemainders(a: Dim, b: Dim): Dim {
  const divisor = constantOf(b);
  if (divisor === undefined) return a;
  let result = a;
  for (const term of termsOf(a)) {
    const atom = asLinear(term);
    if (atom?.kind !== "remainder") continue;
    const modulus = constantOf(atom.divisor);
    if (modulus === undefined || floorModulo(term.coefficient * modulus, divisor) !== 0n) continue;
    const coefficient = integer(term.coefficient);
    result = add(sub(result, mul(coefficient, ofAtom(atom))), mul(coefficient, atom.dividend));
  }
  return result;
}

function takeMultiples(terms: readonly Term[], divisor: Term): { whole: Dim; rest: Dim } {
  const whole: Dim[] = [];
  const rest: Term[] = [];
  for (const term of terms) {
    const cancelled = cancelFactors(term, divisor);
    const quotient = cancelled === undefined ? 0n : floorDivide(term.coefficient, divisor.coefficient);
    const coefficient = term.coefficient - quotient * divisor.coefficient;
    if (cancelled !== undefined && quotient !== 0n) whole.push(fromTerms([{ ...cancelled, coefficient: quotient }]));
    if (coefficient !== 0n) rest.push({ ...term, coefficient });
  }
  return { whole: whole.reduce(add, 0), rest: fromTerms(rest) };
}

/** Divides every term by one term, if that leaves no remainder. */
function divideTerms(terms: readonly Term[], divisor: Term): Dim | null {
  let result: Dim = 0;
  for (const term of terms) {
    const quotient = divideTerm(term, divisor);
    if (quotient === undefined) return null;
    result = add(result, fromTerms([quotient]));
  }
  return result;
}

function divideTerm(term: Term, divisor: Term): Term | undefined {
  if (term.coefficient % divisor.coefficient !== 0n) return undefined;
  const cancelled = cancelFactors(term, divisor);
  return cancelled && { ...cancelled, coefficient: term.coefficient / divisor.coefficient };
}

/** Long division, the terms in an order that multiplication keeps: by degree, then by their factors. */
function dividePolynomials(a: Dim, b: Dim): Dim | null {
  const head = leadingTerm(termsOf(b));
  let quotient: Dim = 0;
  let rest = a;
  for (let step = 0; rest !== 0; step++) {
    const next = divideTerm(leadingTerm(termsOf(rest)), head);
    if (next === undefined || step === MOST_STEPS) return null;
    const part = fromTerms([next]);
    quotient = add(quotient, part);
    rest = sub(rest, mul(part, b));
  }
  return quotient;
}

function leadingTerm(terms: readonly Term[]): Term {
  return terms.reduce((a, b) => (compareMonomials(a, b) >= 0 ? a : b));
}

/** Graded lexicographic order. */
function compareMonomials(a: Term, b: Term): number {
  const byDegree = degree(a) - degree(b);
  if (byDegree !== 0) return byDegree;
  for (let i = 0; i < a.factors.length; i++) {
    const x = a.factors[i];
    const y = b.factors[i];
    if (x === undefined || y === undefined) break;
    if (x.atom.key !== y.atom.key) return x.atom.key < y.atom.key ? 1 : -1;
    if (x.power !== y.power) return x.power - y.power;
  }
  return 0;
}

function degree(term: Term): number {
  return term.factors.reduce((total, { power }) => total + power, 0);
}

/** The greatest term that divides all of them. */
function commonFactor(terms: readonly Term[]): Term {
  let coefficient = 0n;
  let factors: readonly Factor[] | undefined;
  for (const term of terms) {
    coefficient = gcd(coefficient, term.coefficient);
    factors = factors === undefined ? term.factors : sharedFactors(factors, term.factors);
  }
  return monomial(coefficient, factors ?? []);
}

function sharedFactors(a: readonly Factor[], b: readonly Factor[]): Factor[] {
  return a.flatMap(({ atom, power }) => {
    const other = b.find((factor) => factor.atom.key === atom.key);
    return other === undefined ? [] : [{ atom, power: Math.min(power, other.power) }];
  });
}

/** Whether the sign of the divisor is to be turned over: a negative constant, or a leading coefficient below 0. */
function isNegative(d: Dim): boolean {
  if (typeof d === "number") return d < 0;
  return leadingTerm(d.terms).coefficient < 0n;
}

function divisionByZero(): RangeError {
  return new RangeError("integer division or modulo by zero");
}
