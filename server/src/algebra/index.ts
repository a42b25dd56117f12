/**
 * Symbolic sizes and shapes, for everyone outside of `algebra/`. Pure: no Python, no framework.
 */

export { add, mul, neg, pow, product, sub, sum } from "./arithmetic.ts";
export { bounds } from "./bounds.ts";
export { divisible, eq, ge, gt, le, lt, ne, type Tri } from "./compare.ts";
export {
  constantOf,
  type Dim,
  integer,
  isConcrete,
  keyOf,
  type Sym,
  type SymbolInfo,
  type SymbolOptions,
  soleSymbol,
  symbol,
  symbolsOf,
} from "./dim.ts";
export { ceildiv, divExact, floordiv, mod } from "./divide.ts";
export { max, min } from "./extremes.ts";
export { format, formatCount, formatSource } from "./print.ts";
export {
  type Broadcast,
  type BroadcastConflict,
  broadcast,
  broadcastAll,
  equalShapes,
  formatShape,
  inferMinusOne,
  numel,
  type Reshape,
  type Shape,
} from "./shape.ts";
export { areContradictory, type Equation, solutionRange, solveFor } from "./solve.ts";
export { evaluate, substitute } from "./substitute.ts";
