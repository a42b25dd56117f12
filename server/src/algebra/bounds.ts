/**
 * What values an expression can have, given the least and greatest values of its symbols. For the comparisons, and for
 * the simplifications that depend on them. A bound is always right; it need not be the tightest one. Three arguments
 * are used: each atom taken by itself; every atom counted from its least value, so that `H*W - H` is seen to be at
 * least 0; and an atom replaced by what it is known to be between, so that `H - H//2` is seen to be at least 1.
 */

import { add, collect, mul, mulTerms, neg, sub } from "./arithmetic.ts";
import {
  type Atom,
  type Dim,
  fromTerms,
  monomial,
  type QuotientAtom,
  rangeOfTerms,
  type Sym,
  type Term,
  toNumbers,
} from "./dim.ts";
import {
  addRanges,
  type Bound,
  exactly,
  floorDivide,
  greater,
  lesser,
  mulRanges,
  negate,
  powRange,
  type Range,
} from "./range.ts";

/** What may be spent on replacements for one bound; trying one costs the length of the expression's key. */
const EFFORT = 2000;
/** Beyond this many terms an expression is not expanded around the least values of its atoms. */
const MOST_SHIFTED_TERMS = 200;

/** The least and the greatest value, infinite where there is none; rounded outwards beyond what a `number` holds. */
export function bounds(d: Dim): { min: number; max: number } {
  return typeof d === "number" ? { min: d, max: d } : toNumbers(rangeOf(d));
}

/** The same, exact. */
export function rangeOf(d: Dim): Range {
  if (typeof d === "number") return exactly(BigInt(d));
  d.remembered.range ??= { min: lowest(d, { left: EFFORT }), max: negate(lowest(neg(d), { left: EFFORT })) };
  return d.remembered.range;
}

/** A lower bound of the expression; `effort` is what may still be spent on it. */
function lowest(d: Dim, effort: { left: number }): Bound {
  if (typeof d === "number") return BigInt(d);
  let best = greater(rangeOfTerms(d.terms).min, lowestFromLeast(d.terms));
  for (const atom of atomsWorthReplacing(d)) {
    if (effort.left <= 0) break;
    effort.left -= d.key.length;
    best = greater(best, lowestReplacing(d, atom, effort));
  }
  return best;
}

/** Each atom written as its least value plus something that is at least 0, and multiplied out. */
function lowestFromLeast(terms: readonly Term[]): Bound {
  let expanded: Term[] = [];
  const excess = new Map<string, Range>();
  for (const term of terms) {
    let products: Term[] = [{ coefficient: term.coefficient, factors: [], key: "" }];
    for (const { atom, power } of term.factors) {
      const { min, max } = atom.range;
      const least = typeof min === "bigint" ? min : 0n;
      const above = { min: typeof min === "bigint" ? 0n : min, max: typeof max === "bigint" ? max - least : max };
      excess.set(atom.key, above);
      const shifted = [monomial(1n, [{ atom, power: 1 }]), monomial(least, [])];
      for (let i = 0; i < power; i++) {
        products = products.flatMap((product) => shifted.map((part) => mulTerms(product, part)));
        if (products.length > MOST_SHIFTED_TERMS) return -Infinity;
      }
    }
    expanded.push(...products);
    if (expanded.length > MOST_SHIFTED_TERMS) return -Infinity;
  }
  expanded = collect(expanded);
  return expanded
    .map(({ coefficient, factors }) =>
      factors.reduce(
        (range, { atom, power }) => mulRanges(range, powRange(excess.get(atom.key) ?? atom.range, power)),
        exactly(coefficient),
      ),
    )
    .reduce(addRanges, exactly(0n)).min;
}

/** The atoms other than symbols that occur linearly, and share a symbol with the other factors or terms. */
function atomsWorthReplacing(d: Sym): Atom[] {
  const atoms = new Map<string, Atom>();
  const powers = new Set<string>();
  const uses = new Map<number, number>();
  for (const { factors } of d.terms) {
    for (const { atom, power } of factors) {
      for (const id of atom.symbols) uses.set(id, (uses.get(id) ?? 0) + 1);
      if (power > 1) powers.add(atom.key);
      else if (atom.kind !== "symbol") atoms.set(atom.key, atom);
    }
  }
  return [...atoms.values()].filter(
    (atom) => !powers.has(atom.key) && [...atom.symbols].some((id) => (uses.get(id) ?? 0) > 1),
  );
}

/** A lower bound of `d = scale·atom + rest`, from what is known of the atom. */
function lowestReplacing(d: Sym, atom: Atom, effort: { left: number }): Bound {
  const { scale, rest } = splitAt(d, atom);
  const sign = signOf(scale);
  const replacedBy = (value: Dim): Bound => lowest(add(mul(scale, value), rest), effort);
  switch (atom.kind) {
    case "symbol":
      return -Infinity;
    case "quotient":
      return sign === 0 ? -Infinity : lowestReplacingQuotient(atom, sign, scale, rest, effort);
    case "remainder": // p % d ≤ p where p is not negative
      return sign < 0 && rangeOf(atom.dividend).min >= 0 && rangeOf(atom.divisor).min >= 1
        ? replacedBy(atom.dividend)
        : -Infinity;
    case "max":
    case "min": {
      // It is one of its arguments; and a maximum is no less, a minimum no more, than any of them.
      const anyWillDo = atom.kind === "max" ? sign > 0 : sign < 0;
      return atom.arguments.map(replacedBy).reduce(anyWillDo ? greater : lesser);
    }
  }
}

/** From `p - divisor + 1 ≤ divisor·(p // divisor) ≤ p`, for a positive divisor. */
function lowestReplacingQuotient(
  { dividend, divisor }: QuotientAtom,
  sign: number,
  scale: Dim,
  rest: Dim,
  effort: { left: number },
): Bound {
  if (rangeOf(divisor).min < 1) return -Infinity;
  const multiple = sign > 0 ? add(sub(dividend, divisor), 1) : dividend;
  const least = lowest(add(mul(scale, multiple), mul(divisor, rest)), effort);
  if (typeof least === "number") return least;
  if (typeof divisor === "number") return -floorDivide(-least, BigInt(divisor));
  return least > 0n ? 1n : least; // n ≥ least / divisor, of which only the sign is certain
}

function splitAt(d: Sym, atom: Atom): { scale: Dim; rest: Dim } {
  const scale: Term[] = [];
  const rest: Term[] = [];
  for (const term of d.terms) {
    const others = term.factors.filter((factor) => factor.atom.key !== atom.key);
    if (others.length === term.factors.length) rest.push(term);
    else scale.push(monomial(term.coefficient, others));
  }
  return { scale: fromTerms(collect(scale)), rest: fromTerms(rest) };
}

/** 1 where it is never negative, -1 where it is never positive, 0 where neither is known. */
function signOf(d: Dim): number {
  const { min, max } = typeof d === "number" ? { min: d, max: d } : rangeOfTerms(d.terms);
  if (min >= 0) return 1;
  return max <= 0 ? -1 : 0;
}
