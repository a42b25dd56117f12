/**
 * Values in place of symbols. For the solver, and for what becomes known later than the expression was made.
 */

import { add, mul, pow } from "./arithmetic.ts";
import { type Atom, type Dim, integer, ofAtom, type SymbolInfo } from "./dim.ts";
import { floordiv, mod } from "./divide.ts";
import { max, min } from "./extremes.ts";
import { floorDivide, floorModulo, greater, lesser } from "./range.ts";

/** The expression with sizes in place of the symbols of these ids. Throws a RangeError where a divisor becomes 0. */
export function substitute(d: Dim, values: ReadonlyMap<SymbolInfo["id"], Dim>): Dim {
  if (typeof d === "number") return d;
  let result: Dim = 0;
  for (const term of d.terms) {
    let value = integer(term.coefficient);
    for (const { atom, power } of term.factors) value = mul(value, pow(substituteAtom(atom, values), power));
    result = add(result, value);
  }
  return result;
}

/**
 * The exact value for these values of the symbols: a `number` where one holds it. Throws a RangeError where a symbol
 * has no value or a divisor is 0.
 */
export function evaluate(d: Dim, values: ReadonlyMap<SymbolInfo["id"], number>): number | bigint {
  if (typeof d === "number") return d;
  const value = evaluateExactly(d, values);
  const asNumber = Number(value);
  return Number.isSafeInteger(asNumber) ? asNumber : value;
}

function substituteAtom(atom: Atom, values: ReadonlyMap<number, Dim>): Dim {
  const inside = (d: Dim): Dim => substitute(d, values);
  switch (atom.kind) {
    case "symbol":
      return values.get(atom.info.id) ?? ofAtom(atom);
    case "quotient":
      return floordiv(inside(atom.dividend), inside(atom.divisor));
    case "remainder":
      return mod(inside(atom.dividend), inside(atom.divisor));
    case "max":
      return atom.arguments.map(inside).reduce((a, b) => max(a, b));
    case "min":
      return atom.arguments.map(inside).reduce((a, b) => min(a, b));
  }
}

function evaluateExactly(d: Dim, values: ReadonlyMap<number, number>): bigint {
  if (typeof d === "number") return BigInt(d);
  let result = 0n;
  for (const term of d.terms) {
    let value = term.coefficient;
    for (const { atom, power } of term.factors) value *= evaluateAtom(atom, values) ** BigInt(power);
    result += value;
  }
  return result;
}

function evaluateAtom(atom: Atom, values: ReadonlyMap<number, number>): bigint {
  const inside = (d: Dim): bigint => evaluateExactly(d, values);
  switch (atom.kind) {
    case "symbol": {
      const value = values.get(atom.info.id);
      if (value === undefined) throw new RangeError(`no value for ${atom.info.name}`);
      return BigInt(value);
    }
    case "quotient":
      return floorDivide(inside(atom.dividend), inside(atom.divisor));
    case "remainder":
      return floorModulo(inside(atom.dividend), inside(atom.divisor));
    case "max":
      return atom.arguments.map(inside).reduce((a, b) => greater(a, b));
    case "min":
      return atom.arguments.map(inside).reduce((a, b) => lesser(a, b));
  }
}
