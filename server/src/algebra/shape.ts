/**
 * Shapes: broadcasting, comparison and reshaping, with PyTorch's rules. For every rule about tensors. Where sizes are
 * symbols, the result is the one PyTorch gives if it accepts the operation at all; a conflict is reported only where
 * PyTorch is certain to refuse.
 */

import { product } from "./arithmetic.ts";
import { bounds } from "./bounds.ts";
import { divisible, eq, ge, lt, type Tri } from "./compare.ts";
import { type Dim, isConcrete, symbol } from "./dim.ts";
import { floordiv } from "./divide.ts";
import { format } from "./print.ts";

export type Shape = readonly Dim[];

/** Two sizes that do not go together; `axis` counts in the broadcast shape. */
export interface BroadcastConflict {
  readonly axis: number;
  readonly left: Dim;
  readonly right: Dim;
}

export type Broadcast = { readonly shape: Shape } | { readonly conflict: BroadcastConflict };

export type Reshape =
  | { readonly kind: "ok"; readonly shape: Shape }
  /** `requested` is what the sizes other than -1 multiply to; 0 beside a -1 is always refused. */
  | { readonly kind: "mismatch"; readonly total: Dim; readonly requested: Dim }
  /** More than one -1. */
  | { readonly kind: "two-unknowns" }
  /** A size below 0 that is not -1. */
  | { readonly kind: "negative-size"; readonly size: Dim };

/** The number of elements; 1 for a scalar. */
export function numel(shape: Shape): Dim {
  return product(shape);
}

/**
 * The shape of `a + b` (https://docs.pytorch.org/docs/stable/notes/broadcasting.html). Where it is undecided which of two
 * sizes is the 1, the result is an anonymous symbol that says so.
 */
export function broadcast(a: Shape, b: Shape): Broadcast {
  const rank = Math.max(a.length, b.length);
  const shape: Dim[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    const size = broadcastSize(left, right);
    if (size === undefined) return { conflict: { axis, left, right } };
    shape.push(size);
  }
  return { shape };
}

/** The shape that all broadcast to, from the left; `()` for none. */
export function broadcastAll(shapes: Iterable<Shape>): Broadcast {
  let shape: Shape = [];
  for (const next of shapes) {
    const result = broadcast(shape, next);
    if ("conflict" in result) return result;
    shape = result.shape;
  }
  return { shape };
}

/** As Python writes a tuple: `(N, 3, 32, 32)`, `(10,)`, `()`. */
export function formatShape(shape: Shape): string {
  return shape.length === 1 ? `(${shape.map(format)},)` : `(${shape.map(format).join(", ")})`;
}

/** Whether two shapes have the same rank and sizes. */
export function equalShapes(a: Shape, b: Shape): Tri {
  if (a.length !== b.length) return false;
  let result: Tri = true;
  for (const [i, size] of a.entries()) {
    const same = eq(size, b[i] ?? 1);
    if (same === false) return false;
    result = same && result;
  }
  return result;
}

/**
 * The shape that `reshape(sizes)` of a tensor with `total` elements gives, -1 standing for the size that makes it fit.
 * `ok` also where it is undecided whether the elements fit: it is the shape that results if they do.
 */
export function inferMinusOne(total: Dim, sizes: readonly Dim[]): Reshape {
  const wildcards = sizes.filter((size) => size === -1).length;
  if (wildcards > 1) return { kind: "two-unknowns" };
  const negative = sizes.find((size) => size !== -1 && isNegativeSize(size));
  if (negative !== undefined) return { kind: "negative-size", size: negative };

  const isOpen = wildcards === 1 ? (size: Dim) => size === -1 : mayBeMinusOne;
  const open = sizes.filter(isOpen).length;
  const rest = product(sizes.filter((size) => !isOpen(size)));
  if (open === 0) {
    return eq(total, rest) === false ? { kind: "mismatch", total, requested: rest } : { kind: "ok", shape: sizes };
  }
  if (wildcards === 1 && (eq(rest, 0) === true || divisible(total, rest) === false)) {
    return { kind: "mismatch", total, requested: rest };
  }
  // A size that may be -1 is the quotient in either case, unless another one may be -1 as well.
  const determined = open === 1 && rest !== 0 ? floordiv(total, rest) : undefined;
  const shape = sizes.map((size) => (isOpen(size) ? (determined ?? undeterminedSize(size)) : size));
  return { kind: "ok", shape };
}

/** The size that two broadcast to; undefined where they certainly do not. */
function broadcastSize(a: Dim, b: Dim): Dim | undefined {
  if (a === b || b === 1) return a;
  if (a === 1) return b;
  const same = eq(a, b);
  if (same === true) return a;
  const stretchesA = eq(a, 1);
  const stretchesB = eq(b, 1);
  if (stretchesA === true) return b;
  if (stretchesB === true) return a;
  if (stretchesA === false && stretchesB === false) return same === false ? undefined : isConcrete(b) ? b : a;
  // A size that is certainly not 1 is the result: the other one is equal or 1.
  if (stretchesA === false) return a;
  if (stretchesB === false) return b;
  // One that is never the larger is equal, or the 1 of the two.
  if (ge(a, b) === true && bounds(b).min >= 1) return a;
  if (ge(b, a) === true && bounds(a).min >= 1) return b;
  return symbol("?", `${format(a)} and ${format(b)} are broadcast together, and either may be 1`, {
    min: Math.min(bounds(a).min, bounds(b).min),
    anonymous: true,
  });
}

function isNegativeSize(size: Dim): boolean {
  return lt(size, 0) === true && eq(size, -1) === false;
}

function mayBeMinusOne(size: Dim): boolean {
  return !isConcrete(size) && bounds(size).min < 0 && eq(size, -1) !== false;
}

function undeterminedSize(size: Dim): Dim {
  return symbol("?", `${format(size)} may be -1, which stands for whatever fits`, { min: 0, anonymous: true });
}
