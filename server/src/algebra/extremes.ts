/**
 * Maximum and minimum of sizes. Arguments that are provably not needed are left out, so that `max` of one survivor is
 * that survivor. For broadcasting, pooling in ceil mode and user code that clamps sizes.
 */

import { sub } from "./arithmetic.ts";
import { rangeOf } from "./bounds.ts";
import { asAtom, type Dim, extremeAtom, integer, isConcrete, keyOf, ofAtom } from "./dim.ts";
import { greater, lesser } from "./range.ts";

/** The greatest of one or more sizes. */
export function max(...dims: [Dim, ...Dim[]]): Dim {
  return dims.every(isConcrete) ? Math.max(...dims) : extreme("max", dims);
}

/** The least of one or more sizes. */
export function min(...dims: [Dim, ...Dim[]]): Dim {
  return dims.every(isConcrete) ? Math.min(...dims) : extreme("min", dims);
}

function extreme(kind: "max" | "min", dims: readonly Dim[]): Dim {
  const candidates = new Map<string, Dim>();
  for (const d of dims) {
    const atom = asAtom(d);
    const nested = atom?.kind === kind ? atom.arguments : [d];
    for (const one of nested) candidates.set(keyOf(one), one);
  }
  const kept: Dim[] = [];
  const open = [...candidates.values()];
  for (const [i, d] of open.entries()) {
    // Those still to come count too; of two that cover each other the later one stays.
    const needless = [...kept, ...open.slice(i + 1)].some((other) => isCovered(kind, d, other));
    if (!needless) kept.push(d);
  }
  const [only, ...more] = kept;
  if (only === undefined) throw new RangeError(`${kind} of nothing`);
  if (more.length === 0) return only;
  const ranges = kept.map(rangeOf);
  const pick = kind === "max" ? greater : lesser;
  const range = { min: ranges.map((r) => r.min).reduce(pick), max: ranges.map((r) => r.max).reduce(pick) };
  if (range.min === range.max && typeof range.min === "bigint") return integer(range.min);
  return ofAtom(extremeAtom(kind, kept, range));
}

/** Whether `d` can be left out because of `other`. */
function isCovered(kind: "max" | "min", d: Dim, other: Dim): boolean {
  const difference = kind === "max" ? sub(other, d) : sub(d, other);
  return rangeOf(difference).min >= 0;
}
