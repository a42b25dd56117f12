/**
 * `tensor[index]` with PyTorch's rules, for the binding of `Tensor.__getitem__` and for ops that slice. Advanced indices
 * next to each other are replaced in place by their broadcast sizes; parted ones move to the front.
 * Source: https://docs.pytorch.org/docs/stable/tensor_view.html and `torch/csrc/autograd/python_variable_indexing.cpp`.
 */
import {
  add,
  ceildiv,
  type Dim,
  eq,
  format,
  formatShape,
  ge,
  gt,
  lt,
  max,
  min,
  mul,
  numel,
  type Shape,
  sub,
  symbol,
} from "../../../../algebra/index.ts";
import { require, requireEqual, requireNoLess, type Tensor, Undecided, violate } from "../../../rules/index.ts";
import { broadcastTo, dimensions } from "./support.ts";

/**
 * One entry of an index; null where the value is given but not known, or for a bound that is left out. `trues` is how many
 * elements of a mask are true, where that is known.
 */
export type IndexItem =
  | { readonly kind: "int"; readonly value: Dim | null }
  | { readonly kind: "slice"; readonly start: Dim | null; readonly stop: Dim | null; readonly step: number | null }
  | { readonly kind: "newaxis" }
  | { readonly kind: "ellipsis" }
  | { readonly kind: "tensor"; readonly tensor: Tensor; readonly trues?: number | null }
  | { readonly kind: "bool"; readonly value: boolean | null };

/** A dimension of the result before the advanced indices are applied: kept, or indexed by a tensor of this shape. */
interface Indexed {
  readonly size: Dim;
  readonly by: Shape | null;
}

/** Throws a `Violation` for what PyTorch refuses, `Undecided` where the rank of the result is not known. */
export function indexTensor(t: Tensor, index: readonly IndexItem[]): Tensor {
  const shape = t.shape;
  const spare = shape.length - index.reduce((count, item) => count + consumed(item), 0);
  if (spare < 0) {
    violate(
      "rank-mismatch",
      `too many indices: ${shape.length - spare} for ${formatShape(shape)} with ${dimensions(shape.length)}`,
    );
  }
  const second = index.findIndex((item, i) => item.kind === "ellipsis" && index.indexOf(item) !== i);
  if (second >= 0 && index.slice(second).some((item) => item.kind !== "ellipsis")) {
    throw new Undecided("an index that goes on behind a second ellipsis is not followed");
  }
  const result: Indexed[] = [];
  let next = 0;
  const keep = (count: number): void => {
    for (const size of shape.slice(next, next + count)) result.push({ size, by: null });
    next += count;
  };
  for (const item of index) {
    if (item.kind === "ellipsis") {
      keep(Math.min(spare, shape.length - next));
      continue;
    }
    const own = shape.slice(next, next + consumed(item));
    next += own.length;
    result.push(...applied(item, own, next - own.length));
  }
  keep(shape.length - next);
  return t.withShape(advanced(result));
}

/** The number of elements that `start:stop:step` takes of a dimension; null bounds are left out. */
export function slicedSize(size: Dim, start: Dim | null, stop: Dim | null, step: number): Dim {
  const from = start === null ? 0 : clamped(start, size);
  const to = stop === null ? size : clamped(stop, size);
  if (from === null || to === null) return unknownSlice(size);
  return ceildiv(max(sub(to, from), 0), step);
}

/** The size of the dimension that a mask leaves, where the mask's elements are not known. */
export function maskedSize(): Dim {
  return symbol("masked", "the number of true elements of a mask depends on the data", { min: 0, anonymous: true });
}

/** How many dimensions of the tensor an entry takes. */
function consumed(item: IndexItem): number {
  switch (item.kind) {
    case "int":
    case "slice":
      return 1;
    case "tensor":
      return isMask(item.tensor) ? item.tensor.rank : 1;
    case "newaxis":
    case "ellipsis":
    case "bool":
      return 0;
  }
}

function applied(item: IndexItem, own: Shape, axis: number): readonly Indexed[] {
  switch (item.kind) {
    case "int":
      requireInRange(item.value, own[0] as Dim, axis);
      return [];
    case "slice":
      return [{ size: sliced(item, own[0] as Dim), by: null }];
    case "newaxis":
      return [{ size: 1, by: null }];
    case "bool":
      return [{ size: 1, by: [item.value === null ? boolSize() : item.value ? 1 : 0] }];
    case "tensor":
      return appliedTensor(item.tensor, item.trues ?? null, own, axis);
    case "ellipsis":
      return [];
  }
}

function appliedTensor(index: Tensor, trues: number | null, own: Shape, axis: number): readonly Indexed[] {
  if (isMask(index)) {
    if (index.rank === 0) return [{ size: 1, by: [trues ?? maskedSize()] }];
    for (const [i, size] of index.shape.entries()) {
      requireEqual(
        size,
        own[i] as Dim,
        "broadcast-mismatch",
        () =>
          `a mask of sizes ${formatShape(index.shape)} does not fit the dimensions ${formatShape(own)} that it indexes`,
      );
    }
    const by = [trues ?? maskedSize()];
    return own.map((size) => ({ size, by }));
  }
  if (index.dtype !== null && index.dtype !== "int64" && index.dtype !== "int32") {
    violate("bad-argument", `a tensor used as an index must be of ints or bools, not ${index.dtype}`);
  }
  const size = own[0] as Dim;
  if (index.rank === 0) {
    require(gt(size, 0), "bad-argument", () => `dimension ${axis} of size 0 has no element to index`);
    return [];
  }
  return [{ size, by: index.shape }];
}

function isMask(index: Tensor): boolean {
  if (index.dtype === null) throw new Undecided("whether the index is a mask is not known, as its dtype is not");
  return index.dtype === "bool" || index.dtype === "uint8";
}

function requireInRange(value: Dim | null, size: Dim, axis: number): void {
  if (value === null) return;
  const message = (): string =>
    `index ${format(value)} is out of range for dimension ${axis} with size ${format(size)}`;
  if (ge(value, 0) === true) requireNoLess(size, add(value, 1), "bad-argument", message);
  else if (lt(value, 0) === true) requireNoLess(size, mul(-1, value), "bad-argument", message);
}

function sliced(item: Extract<IndexItem, { kind: "slice" }>, size: Dim): Dim {
  const step = item.step ?? 1;
  if (step <= 0) violate("bad-argument", `a slice of a tensor needs a step greater than 0, got ${step}`);
  return slicedSize(size, item.start, item.stop, step);
}

/** A bound of a slice as a position from 0 to `size`; null where its sign is not known. */
function clamped(bound: Dim, size: Dim): Dim | null {
  if (ge(bound, 0) === true) return min(bound, size);
  if (lt(bound, 0) === true) return max(add(size, bound), 0);
  return null;
}

function unknownSlice(size: Dim): Dim {
  return symbol("sliced", `a bound of the slice of ${format(size)} may be negative`, { min: 0, anonymous: true });
}

function boolSize(): Dim {
  return symbol("?", "it is 1 or 0 by a bool that is not known", { min: 0, max: 1, anonymous: true });
}

function advanced(dims: readonly Indexed[]): Shape {
  const first = dims.findIndex((d) => d.by !== null);
  if (first < 0) return dims.map((d) => d.size);
  const indexed = dims.filter((d) => d.by !== null);
  let by: Shape = [];
  for (const d of indexed) by = broadcastTo("indexing", by, d.by as Shape);
  requireElements(indexed, by);
  const rest = (part: readonly Indexed[]): Shape => part.filter((d) => d.by === null).map((d) => d.size);
  const adjacent = dims.slice(first, first + indexed.length).every((d) => d.by !== null);
  if (!adjacent) return [...by, ...rest(dims)];
  return [...rest(dims.slice(0, first)), ...by, ...rest(dims.slice(first + indexed.length))];
}

/** An index with elements needs a dimension with elements. */
function requireElements(indexed: readonly Indexed[], by: Shape): void {
  for (const { size } of indexed) {
    if (eq(size, 0) === true && gt(numel(by), 0) === true && by.every((d) => typeof d === "number")) {
      violate("bad-argument", "a dimension of size 0 has no element to index");
    }
  }
}
