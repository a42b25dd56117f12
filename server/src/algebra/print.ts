/**
 * Sizes as people read them. For labels, hover cards, messages and reports: `9·c_in·c_out + c_out`, `(H + 1)//2`,
 * `3 - N`. Terms stand by degree, plain products before those with divisions, then by name: the same expression over
 * the same names always reads the same.
 */

import { add, mul, sub } from "./arithmetic.ts";
import { type Atom, asLinear, type Dim, type Factor, fromTerms, type Term, termsOf } from "./dim.ts";

/** For people: `9·c_in·c_out + c_out`, `d_model²`. */
export function format(d: Dim): string {
  return typeof d === "number" ? String(d) : formatSum(d, PEOPLE);
}

/** The same with thousands separators in integers and in the coefficients of the sum: `36,864·c + 64`. */
export function formatCount(d: Dim): string {
  return formatSum(d, COUNT);
}

/** As a Python expression over the names: `9*c_in*c_out + c_out`, `d_model**2`. */
export function formatSource(d: Dim): string {
  return typeof d === "number" ? String(d) : formatSum(d, SOURCE);
}

interface Style {
  readonly times: string;
  readonly power: (exponent: number) => string;
  readonly integer: (value: bigint) => string;
  /** The style inside of divisions and maxima, where a separator would read as another argument. */
  readonly inner?: Style;
  /** Where expressions remember their texts in this style: one shape is shown behind many lines. */
  readonly index: number;
}

const PEOPLE: Style = { times: "·", power: superscript, integer: String, index: 0 };
const COUNT: Style = { ...PEOPLE, integer: grouped, inner: PEOPLE, index: 1 };
const SOURCE: Style = {
  times: "*",
  power: (exponent) => `**${exponent}`,
  integer: String,
  index: 2,
};

function formatSum(d: Dim, style: Style): string {
  if (typeof d === "number") return style.integer(BigInt(d));
  d.remembered.texts ??= [];
  let shortest = d.remembered.texts[style.index];
  if (shortest === undefined) {
    const texts = [d.terms, ...foldings(d.terms)].map((terms) => formatTerms(terms, style));
    shortest = texts.reduce((best, text) => (text.length < best.length ? text : best));
    d.remembered.texts[style.index] = shortest;
  }
  return shortest;
}

/** The same sum with the constant, or with everything, put into its only division: `(H - 3)//2 + 1`, `(3·H)//2`. */
function foldings(terms: readonly Term[]): Term[][] {
  const [term, ...more] = terms.filter(({ coefficient }) => coefficient === 1n).filter(isDivisionByNumber);
  const atom = term && asLinear(term);
  if (term === undefined || atom?.kind !== "quotient" || more.length > 0) return [];
  const fold = (isFolded: (other: Term) => boolean): Term[] => {
    const others = terms.filter((other) => other !== term && isFolded(other));
    const dividend = add(atom.dividend, mul(fromTerms(others), atom.divisor));
    const folded: Term = { ...term, factors: [{ atom: { ...atom, dividend }, power: 1 }] };
    return [folded, ...terms.filter((other) => other !== term && !others.includes(other))];
  };
  return [fold(({ key }) => key === ""), fold(() => true)];
}

function isDivisionByNumber(term: Term): boolean {
  const atom = asLinear(term);
  return atom?.kind === "quotient" && typeof atom.divisor === "number";
}

function formatTerms(terms: readonly Term[], style: Style): string {
  const written = terms.map((term) => ({
    term,
    degree: degreeOf(term),
    operators: term.factors.filter(({ atom }) => atom.kind !== "symbol").length,
    order: monomialText(term.factors, style),
  }));
  written.sort((a, b) => b.degree - a.degree || a.operators - b.operators || compareText(a.order, b.order));
  // A sum starts with something positive if it can.
  const first = written.findIndex(({ term }) => term.coefficient > 0n);
  if (first > 0) written.unshift(...written.splice(first, 1));
  return written
    .map(({ term }, i) => {
      const negative = term.coefficient < 0n;
      const sign = i === 0 ? (negative ? "-" : "") : negative ? " - " : " + ";
      return sign + formatTerm(term, style, i === 0 && negative);
    })
    .join("");
}

/** The term without its sign. After a leading minus a division needs parentheses: `-H//2` is `(-H)//2` in Python. */
function formatTerm({ coefficient, factors }: Term, style: Style, afterMinus: boolean): string {
  const magnitude = coefficient < 0n ? -coefficient : coefficient;
  if (factors.length === 0) return style.integer(magnitude);
  const [factor, ...more] = factors;
  if (magnitude === 1n && more.length === 0 && factor?.power === 1 && !afterMinus) {
    return formatAtom(factor.atom, style);
  }
  const text = monomialText(factors, style);
  return magnitude === 1n ? text : `${style.integer(magnitude)}${style.times}${text}`;
}

function monomialText(factors: readonly Factor[], style: Style): string {
  return factors
    .map(({ atom, power }) => ({
      isSymbol: atom.kind === "symbol",
      text:
        (isOperator(atom) ? `(${formatAtom(atom, style)})` : formatAtom(atom, style)) +
        (power > 1 ? style.power(power) : ""),
    }))
    .sort((a, b) => Number(b.isSymbol) - Number(a.isSymbol) || compareText(a.text, b.text))
    .map(({ text }) => text)
    .join(style.times);
}

function formatAtom(atom: Atom, style: Style): string {
  const inner = style.inner ?? style;
  switch (atom.kind) {
    case "symbol":
      return atom.info.anonymous ? "?" : atom.info.name;
    case "quotient":
      return `${operand(atom.dividend, inner)}//${operand(atom.divisor, inner)}`;
    case "remainder":
      return `${operand(nearestZero(atom.dividend, atom.divisor), inner)} % ${operand(atom.divisor, inner)}`;
    case "max":
    case "min": {
      const written = atom.arguments.map((d) => ({ text: formatSum(d, inner), isNumber: typeof d === "number" }));
      written.sort((a, b) => Number(a.isNumber) - Number(b.isNumber) || compareText(a.text, b.text));
      return `${atom.kind}(${written.map(({ text }) => text).join(", ")})`;
    }
  }
}

/** The text of one side of a division, in parentheses unless it is a single thing. */
function operand(d: Dim, style: Style): string {
  const text = formatSum(d, style);
  const [term, ...more] = termsOf(d);
  if (term === undefined) return text;
  const single =
    more.length === 0 && (term.factors.length === 0 || (term.coefficient === 1n && term.factors.length === 1));
  const bare =
    single && term.coefficient > 0n && !term.factors.some(({ atom, power }) => power === 1 && isOperator(atom));
  return bare ? text : `(${text})`;
}

/** `(6·H) % 7` reads better as `(-H) % 7`: the equal dividend with the smaller coefficients. */
function nearestZero(dividend: Dim, divisor: Dim): Dim {
  if (typeof divisor !== "number") return dividend;
  const modulus = BigInt(divisor);
  let result = dividend;
  for (const term of termsOf(dividend)) {
    if (term.key !== "" && 2n * term.coefficient > modulus) {
      result = sub(result, mul(divisor, fromTerms([{ ...term, coefficient: 1n }])));
    }
  }
  return result;
}

function isOperator(atom: Atom): boolean {
  return atom.kind === "quotient" || atom.kind === "remainder";
}

/** What a term counts as where the higher degree comes first: a division as much as what it divides. */
function degreeOf(term: Term): number {
  return term.factors.reduce((total, { atom, power }) => total + power * atomDegree(atom), 0);
}

function atomDegree(atom: Atom): number {
  switch (atom.kind) {
    case "symbol":
      return 1;
    case "quotient":
    case "remainder":
      return Math.max(1, ...termsOf(atom.dividend).map(degreeOf));
    case "max":
    case "min":
      return Math.max(1, ...atom.arguments.flatMap((d) => termsOf(d).map(degreeOf)));
  }
}

/** The order of the code units: the same on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function grouped(value: bigint): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

function superscript(exponent: number): string {
  return [...String(exponent)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");
}
