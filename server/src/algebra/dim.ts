/**
 * The sizes that tensors have: plain integers, or expressions over symbols in a normal form. For everything that
 * computes with shapes and parameter counts. A `Dim` is a `number` whenever it is a known integer that a `number` holds
 * exactly, so that ordinary models never leave the fast path; everything else is a `Sym`: a sum of products with exact
 * integer coefficients, whose atoms are symbols, floor divisions, remainders, maxima and minima. Two expressions with
 * the same `key` are equal; the operations are in `arithmetic.ts`, `divide.ts` and `extremes.ts`.
 */

import { addRanges, exactly, floorDivideRange, moduloRange, mulRanges, powRange, type Range } from "./range.ts";

/** A size or a count. A `number` is always a safe integer. */
export type Dim = number | Sym;

/** An immutable sum of products: terms with distinct monomials in the order of their keys, no coefficient zero. */
export interface Sym {
  readonly terms: readonly Term[];
  /** Structure as text: equal keys mean equal expressions. Not for people. */
  readonly key: string;
  /**
   * What was computed of it before. Fields of the object, since weak maps of as many short-lived keys cost the garbage
   * collector more than all the arithmetic.
   */
  readonly remembered: {
    range: Range | null;
    /** Texts by style. */
    texts: (string | undefined)[] | null;
    /** Results of operations with a number, by operation. */
    results: (Map<number, Dim> | undefined)[] | null;
  };
}

/** `coefficient · factor · factor …`; without factors, the constant of a sum. */
export interface Term {
  readonly coefficient: bigint;
  readonly factors: readonly Factor[];
  /** The key of the monomial, that is of the factors alone; empty for the constant. */
  readonly key: string;
}

export interface Factor {
  readonly atom: Atom;
  readonly power: number;
}

/** What an unknown integer is called, why it is unknown, and what is known about it all the same. */
export interface SymbolInfo {
  /** Its identity: two symbols may share a name. */
  readonly id: number;
  readonly name: string;
  readonly why: string;
  readonly min: number;
  readonly max?: number;
  /** Shown as `?`. */
  readonly anonymous: boolean;
}

export type Atom = SymbolAtom | QuotientAtom | RemainderAtom | ExtremeAtom;

interface AtomBase {
  readonly key: string;
  readonly range: Range;
  /** The ids of the symbols in it. */
  readonly symbols: ReadonlySet<number>;
}

export interface SymbolAtom extends AtomBase {
  readonly kind: "symbol";
  readonly info: SymbolInfo;
}

/** `dividend // divisor`. */
export interface QuotientAtom extends AtomBase {
  readonly kind: "quotient";
  readonly dividend: Dim;
  readonly divisor: Dim;
}

/** `dividend % divisor`. */
export interface RemainderAtom extends AtomBase {
  readonly kind: "remainder";
  readonly dividend: Dim;
  readonly divisor: Dim;
  /** The key of the quotient atom of the same two, where that is a single atom: the two recombine. */
  readonly quotient: string | undefined;
}

/** `max(arguments)` or `min(arguments)`, two or more, in the order of their keys. */
export interface ExtremeAtom extends AtomBase {
  readonly kind: "max" | "min";
  readonly arguments: readonly Dim[];
}

export interface SymbolOptions {
  /** The least value it can have, 1 unless said otherwise; `-Infinity` for any integer. */
  readonly min?: number;
  readonly max?: number;
  readonly anonymous?: boolean;
}

/** Larger expressions than this are not followed: they become symbols of their own. No input may hang the server. */
const LONGEST_KEY = 2000;
const GREATEST_POWER = 64;
const GREATEST_COEFFICIENT = 1n << 1024n;

let lastId = 0;

/** A fresh unknown integer, equal to nothing but itself even where names agree. `why` says what makes it unknown. */
export function symbol(name: string, why: string, options: SymbolOptions = {}): Dim {
  const { min = 1, max = Infinity, anonymous = false } = options;
  if (min === max) return min;
  const id = ++lastId;
  const info: SymbolInfo = { id, name, why, min, anonymous, ...(max === Infinity ? {} : { max }) };
  return ofAtom({
    kind: "symbol",
    key: `s${id}`,
    info,
    range: { min: boundOf(min), max: boundOf(max) },
    symbols: new Set([id]),
  });
}

/** The integer as a `Dim`, exact whatever its magnitude. */
export function integer(value: bigint): Dim {
  return fromTerms([{ coefficient: value, factors: [], key: "" }]);
}

/** Whether the size is a known integer that a `number` holds. */
export function isConcrete(d: Dim): d is number {
  return typeof d === "number";
}

/** The exact value where it is known, however large; else undefined. */
export function constantOf(d: Dim): bigint | undefined {
  if (typeof d === "number") return BigInt(d);
  const [first] = d.terms;
  return d.terms.length === 1 && first?.key === "" ? first.coefficient : undefined;
}

/** The symbol that a size is, where it is one and nothing else; `min(T, 12)` and `T + 1` are none. */
export function soleSymbol(d: Dim): SymbolInfo | null {
  if (typeof d === "number" || d.terms.length !== 1) return null;
  const [term] = d.terms;
  const [factor] = term?.factors ?? [];
  if (term?.coefficient !== 1n || term.factors.length !== 1 || factor?.power !== 1) return null;
  return factor.atom.kind === "symbol" ? factor.atom.info : null;
}

/** The text that two structurally equal sizes share. */
export function keyOf(d: Dim): string {
  return typeof d === "number" ? String(d) : d.key;
}

/** The distinct symbols of an expression, those inside of divisions and maxima too, in the order of their creation. */
export function symbolsOf(d: Dim): SymbolInfo[] {
  const found = new Map<number, SymbolInfo>();
  collectSymbols(d, found);
  return [...found.values()].sort((a, b) => a.id - b.id);
}

/** The expression that is this one atom. */
export function ofAtom(atom: Atom): Dim {
  return fromTerms([{ coefficient: 1n, factors: [{ atom, power: 1 }], key: atom.key }]);
}

/** The atom that an expression consists of, if it is nothing else. */
export function asAtom(d: Dim): Atom | undefined {
  if (typeof d === "number" || d.terms.length !== 1) return undefined;
  const term = d.terms[0];
  return term?.coefficient === 1n ? asLinear(term) : undefined;
}

/** The atom of a term `coefficient · atom`. */
export function asLinear(term: Term): Atom | undefined {
  const [factor] = term.factors;
  return term.factors.length === 1 && factor?.power === 1 ? factor.atom : undefined;
}

/** The terms of a sum; none for 0. */
export function termsOf(d: Dim): readonly Term[] {
  if (typeof d !== "number") return d.terms;
  return d === 0 ? [] : [{ coefficient: BigInt(d), factors: [], key: "" }];
}

/** The term with these factors, which are in the order of their atoms' keys. */
export function monomial(coefficient: bigint, factors: readonly Factor[]): Term {
  const key = factors.map(({ atom, power }) => (power === 1 ? atom.key : `${atom.key}^${power}`)).join("*");
  return { coefficient, factors, key };
}

/** The sum of terms that are sorted by key, with distinct keys and no coefficient zero. */
export function fromTerms(terms: readonly Term[]): Dim {
  const [first] = terms;
  if (first === undefined) return 0;
  if (terms.length === 1 && first.key === "") {
    const value = Number(first.coefficient);
    if (Number.isSafeInteger(value)) return value;
  }
  const key = terms.map((term) => (term.key === "" ? String(term.coefficient) : termKey(term))).join("+");
  const tooLarge =
    key.length > LONGEST_KEY ||
    terms.some(
      ({ coefficient, factors }) =>
        coefficient > GREATEST_COEFFICIENT ||
        coefficient < -GREATEST_COEFFICIENT ||
        factors.some((factor) => factor.power > GREATEST_POWER),
    );
  return tooLarge ? untraced(rangeOfTerms(terms)) : interned(terms, key);
}

/** Expressions that live, by key: what is computed of one (its range, its text) is then computed once. */
let live = new Map<string, Sym>();
const MOST_LIVE = 4_000;

function interned(terms: readonly Term[], key: string): Sym {
  let sym = live.get(key);
  if (sym === undefined) {
    if (live.size >= MOST_LIVE) live = new Map();
    sym = { terms, key, remembered: { range: null, texts: null, results: null } };
    live.set(key, sym);
  }
  return sym;
}

let operations = 0;

/** `compute(a, b)`, remembered for as long as `a` lives. For operations that shapes repeat from layer to layer. */
export function remembering(compute: (a: Sym, b: number) => Dim): (a: Sym, b: number) => Dim {
  const operation = operations++;
  return (a, b) => {
    a.remembered.results ??= [];
    let results = a.remembered.results[operation];
    if (results === undefined) {
      results = new Map();
      a.remembered.results[operation] = results;
    }
    let result = results.get(b);
    if (result === undefined) {
      result = compute(a, b);
      results.set(b, result);
    }
    return result;
  };
}

/** A symbol in place of an expression that grew too large to be followed; what is known of its values is kept. */
export function untraced(range: Range): Dim {
  const { min, max } = toNumbers(range);
  return symbol("?", "its expression grew too large to follow", { min, max, anonymous: true });
}

/** The values of a sum, each atom taken by itself: right, though not always tight. */
export function rangeOfTerms(terms: readonly Term[]): Range {
  return terms.reduce((range, term) => addRanges(range, rangeOfTerm(term)), exactly(0n));
}

export function rangeOfTerm(term: Term): Range {
  return term.factors.reduce(
    (range, { atom, power }) => mulRanges(range, powRange(atom.range, power)),
    exactly(term.coefficient),
  );
}

/** The range in `number`s, rounded outwards where it exceeds them. */
export function toNumbers({ min, max }: Range): { min: number; max: number } {
  return {
    min: min < Number.MIN_SAFE_INTEGER ? -Infinity : Math.min(Number(min), Number.MAX_SAFE_INTEGER),
    max: max > Number.MAX_SAFE_INTEGER ? Infinity : Math.max(Number(max), Number.MIN_SAFE_INTEGER),
  };
}

/** The atom `dividend // divisor`, unsimplified; `ranges` are those of the two. */
export function quotientAtom(dividend: Dim, divisor: Dim, ranges: readonly [Range, Range]): QuotientAtom {
  return {
    kind: "quotient",
    dividend,
    divisor,
    key: `(${keyOf(dividend)}/${keyOf(divisor)})`,
    range: floorDivideRange(ranges[0], ranges[1]),
    symbols: symbolIds([dividend, divisor]),
  };
}

/** The atom `dividend % divisor`, unsimplified. */
export function remainderAtom(
  dividend: Dim,
  divisor: Dim,
  ranges: readonly [Range, Range],
  quotient: string | undefined,
): RemainderAtom {
  return {
    kind: "remainder",
    dividend,
    divisor,
    quotient,
    key: `(${keyOf(dividend)}%${keyOf(divisor)})`,
    range: moduloRange(ranges[0], ranges[1]),
    symbols: symbolIds([dividend, divisor]),
  };
}

/** The atom `max(…)` or `min(…)`, unsimplified. */
export function extremeAtom(kind: "max" | "min", dims: readonly Dim[], range: Range): ExtremeAtom {
  const sorted = [...dims].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return { kind, arguments: sorted, key: `${kind}(${sorted.map(keyOf).join()})`, range, symbols: symbolIds(sorted) };
}

/** The expressions inside of an atom. */
export function operandsOf(atom: Atom): readonly Dim[] {
  switch (atom.kind) {
    case "symbol":
      return [];
    case "quotient":
    case "remainder":
      return [atom.dividend, atom.divisor];
    case "max":
    case "min":
      return atom.arguments;
  }
}

function termKey(term: Term): string {
  return term.coefficient === 1n ? term.key : `${term.coefficient}*${term.key}`;
}

function boundOf(value: number): bigint | number {
  return Number.isFinite(value) ? BigInt(value) : value;
}

function symbolIds(dims: readonly Dim[]): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const d of dims) {
    if (typeof d === "number") continue;
    for (const { factors } of d.terms) for (const { atom } of factors) for (const id of atom.symbols) ids.add(id);
  }
  return ids;
}

function collectSymbols(d: Dim, found: Map<number, SymbolInfo>): void {
  if (typeof d === "number") return;
  for (const { factors } of d.terms) {
    for (const { atom } of factors) {
      if (atom.kind === "symbol") found.set(atom.info.id, atom.info);
      else for (const operand of operandsOf(atom)) collectSymbols(operand, found);
    }
  }
}
