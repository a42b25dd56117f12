/** Symbols for what is computed from something unknown: the same computation of the same unknown is the same symbol. */
import { type Dim, symbol } from "../../algebra/index.ts";

const known = new WeakMap<object, Map<string, Dim>>();

/** The unknown integer that `operation` gives for `of`; `name` is what it is called. */
export function symbolOf(
  of: object,
  name: string,
  why: string,
  operation = "int",
  min = Number.NEGATIVE_INFINITY,
): Dim {
  let symbols = known.get(of);
  if (!symbols) {
    symbols = new Map();
    known.set(of, symbols);
  }
  let dim = symbols.get(operation);
  if (dim === undefined) {
    dim = symbol(name, why, { min, anonymous: name.includes("?") });
    symbols.set(operation, dim);
  }
  return dim;
}
