/**
 * Sums and products of sizes, always in normal form. For everyone who computes with `Dim`s: known integers take the
 * first line of each function, and stay exact where a `number` no longer holds them.
 */

import {
  type Dim,
  type Factor,
  fromTerms,
  integer,
  monomial,
  type RemainderAtom,
  rangeOfTerms,
  remembering,
  type Sym,
  type Term,
  termsOf,
  untraced,
} from "./dim.ts";
import { mulRanges } from "./range.ts";

/** Products with more terms than this are not expanded. */
const MOST_TERMS = 400;

/** `a + b`. */
export function add(a: Dim, b: Dim): Dim {
  if (typeof a === "number" && typeof b === "number") {
    const result = a + b;
    return Number.isSafeInteger(result) ? result : integer(BigInt(a) + BigInt(b));
  }
  if (a === 0) return b;
  if (b === 0) return a;
  if (typeof a === "number") return addNumber(b as Sym, a);
  return typeof b === "number" ? addNumber(a, b) : recombine(mergeTerms(a.terms, b.terms));
}

const addNumber = remembering((a, b) => recombine(mergeTerms(a.terms, termsOf(b))));

/** `a - b`. */
export function sub(a: Dim, b: Dim): Dim {
  if (typeof a === "number" && typeof b === "number") {
    const result = a - b;
    return Number.isSafeInteger(result) ? result : integer(BigInt(a) - BigInt(b));
  }
  return add(a, neg(b));
}

/** `-a`. */
export function neg(a: Dim): Dim {
  return typeof a === "number" ? 0 - a : fromTerms(scaleTerms(a.terms, -1n));
}

/** `a * b`. */
export function mul(a: Dim, b: Dim): Dim {
  if (typeof a === "number") {
    if (typeof b !== "number") return scale(b, a);
    const result = a * b + 0; // never -0
    return Number.isSafeInteger(result) ? result : integer(BigInt(a) * BigInt(b));
  }
  if (typeof b === "number") return scale(a, b);
  if (a.terms.length * b.terms.length > MOST_TERMS) {
    return untraced(mulRanges(rangeOfTerms(a.terms), rangeOfTerms(b.terms)));
  }
  const products = a.terms.flatMap((term) => b.terms.map((other) => mulTerms(term, other)));
  return recombine(collect(products));
}

/** `a ** n` for an integer `n` ≥ 0; throws a RangeError for any other. */
export function pow(a: Dim, n: number): Dim {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`exponent ${n} is not a natural number`);
  let result: Dim = 1;
  let square = a;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = mul(result, square);
    if (rest > 1) square = mul(square, square);
  }
  return result;
}

/** The sum of all, 0 of none. */
export function sum(dims: Iterable<Dim>): Dim {
  let numbers: Dim = 0;
  const terms: Term[] = [];
  for (const d of dims) {
    if (typeof d === "number") numbers = add(numbers, d);
    else terms.push(...d.terms);
  }
  return terms.length === 0 ? numbers : add(recombine(collect(terms)), numbers);
}

/** The product of all, 1 of none. */
export function product(dims: Iterable<Dim>): Dim {
  let result: Dim = 1;
  for (const d of dims) result = mul(result, d);
  return result;
}

/** Terms in any order, equal monomials added up and those that vanish left out. */
export function collect(terms: readonly Term[]): Term[] {
  const sums = new Map<string, Term>();
  for (const term of terms) {
    const known = sums.get(term.key);
    const coefficient = term.coefficient + (known?.coefficient ?? 0n);
    sums.set(term.key, known === undefined ? term : { ...term, coefficient });
  }
  return [...sums.values()].filter((term) => term.coefficient !== 0n).sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The product of two terms. */
export function mulTerms(a: Term, b: Term): Term {
  const coefficient = a.coefficient * b.coefficient;
  if (a.factors.length === 0) return { ...b, coefficient };
  if (b.factors.length === 0) return { ...a, coefficient };
  return monomial(coefficient, mergeFactors(a.factors, b.factors));
}

/** `a / b` where `b`'s factors are all in `a`, whatever the coefficients: the result bears that of `a`. */
export function cancelFactors(a: Term, b: Term): Term | undefined {
  const factors: Factor[] = [];
  let found = 0;
  for (const factor of a.factors) {
    const other = b.factors.find(({ atom }) => atom.key === factor.atom.key);
    if (other === undefined) factors.push(factor);
    else if (other.power > factor.power) return undefined;
    else {
      found++;
      if (factor.power > other.power) factors.push({ atom: factor.atom, power: factor.power - other.power });
    }
  }
  return found === b.factors.length ? monomial(a.coefficient, factors) : undefined;
}

function scale(a: Sym, n: number): Dim {
  if (n === 0) return 0;
  return n === 1 ? a : fromTerms(scaleTerms(a.terms, BigInt(n)));
}

function scaleTerms(terms: readonly Term[], n: bigint): Term[] {
  return terms.map((term) => ({ ...term, coefficient: term.coefficient * n }));
}

/** Merges two sorted lists, in time linear in both. */
function mergeTerms(a: readonly Term[], b: readonly Term[]): Term[] {
  const result: Term[] = [];
  let j = 0;
  for (const term of a) {
    for (let other = b[j]; other !== undefined && other.key < term.key; other = b[++j]) result.push(other);
    const same = b[j];
    if (same?.key === term.key) {
      j++;
      const coefficient = term.coefficient + same.coefficient;
      if (coefficient !== 0n) result.push({ ...term, coefficient });
    } else result.push(term);
  }
  for (let other = b[j]; other !== undefined; other = b[++j]) result.push(other);
  return result;
}

function mergeFactors(a: readonly Factor[], b: readonly Factor[]): Factor[] {
  const result: Factor[] = [];
  let j = 0;
  for (const factor of a) {
    const { key } = factor.atom;
    for (let other = b[j]; other !== undefined && other.atom.key < key; other = b[++j]) result.push(other);
    const same = b[j];
    if (same?.atom.key === key) {
      j++;
      result.push({ atom: factor.atom, power: factor.power + same.power });
    } else result.push(factor);
  }
  for (let other = b[j]; other !== undefined; other = b[++j]) result.push(other);
  return result;
}

/** Applies `divisor * (p // divisor) + p % divisor = p` wherever the terms allow it. */
function recombine(terms: Term[]): Dim {
  for (const term of terms) {
    for (const { atom, power } of term.factors) {
      if (atom.kind !== "remainder" || atom.quotient === undefined || power !== 1) continue;
      const partner = partnerOf(term, atom, terms);
      if (partner === undefined) continue;
      const outer = fromTerms([withoutFactor(term, atom.key)]);
      const rest = terms.filter((other) => other !== term && other !== partner);
      return add(recombine(rest), mul(outer, atom.dividend));
    }
  }
  return fromTerms(terms);
}

/** The term `outer · divisor · (p // divisor)` that belongs to `term`, which is `outer · (p % divisor)`. */
function partnerOf(term: Term, atom: RemainderAtom, terms: readonly Term[]): Term | undefined {
  const [divisor, ...more] = termsOf(atom.divisor);
  if (divisor === undefined || more.length > 0) return undefined;
  const scaled = mulTerms(withoutFactor(term, atom.key), divisor);
  return terms.find((other) => {
    const hasQuotient = other.factors.some((f) => f.power === 1 && f.atom.key === atom.quotient);
    if (!hasQuotient || other.coefficient !== scaled.coefficient) return false;
    return withoutFactor(other, atom.quotient ?? "").key === scaled.key;
  });
}

function withoutFactor(term: Term, key: string): Term {
  return monomial(
    term.coefficient,
    term.factors.filter(({ atom }) => atom.key !== key),
  );
}
