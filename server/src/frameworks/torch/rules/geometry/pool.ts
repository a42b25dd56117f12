/**
 * The geometry of pooling, for the layers and for the functions of `torch.nn.functional`.
 * Sizes follow https://docs.pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html and its siblings.
 */
import {
  add,
  ceildiv,
  type Dim,
  eq,
  floordiv,
  format,
  formatShape,
  ge,
  gt,
  le,
  lt,
  min,
  mul,
  type Shape,
  sub,
  sum,
} from "../../../../algebra/index.ts";
import { require, requireNoLess, type Tensor, Undecided, violate } from "../../../rules/index.ts";
import { requireAllAtLeast, requireRank, requireSameShape } from "./checks.ts";
import { windowExtent } from "./conv.ts";

/** Pooling over `kernel.length` trailing dimensions; every list has that many entries. */
export interface Pooling {
  readonly kernel: Shape;
  readonly stride: Shape;
  readonly padding: Shape;
  readonly dilation: Shape;
  readonly ceilMode: boolean;
}

/** Conditions on the arguments alone. */
function checkPooling(callee: string, p: Pooling): void {
  requireAllAtLeast(callee, "kernel_size", p.kernel, 1);
  requireAllAtLeast(callee, "stride", p.stride, 1);
  requireAllAtLeast(callee, "padding", p.padding, 0);
  requireAllAtLeast(callee, "dilation", p.dilation, 1);
  for (const [i, kernel] of p.kernel.entries()) {
    const padding = at(p.padding, i);
    require(le(mul(2, padding), kernel), "bad-argument", () =>
      `${callee}: padding=${format(padding)} is more than half of kernel_size=${format(kernel)}`);
  }
}

/** `(N, C, *spatial)` or `(C, *spatial)` with the spatial sizes that the windows leave. */
export function poolOutput(callee: string, input: Tensor, p: Pooling, name = "input"): Shape {
  checkPooling(callee, p);
  const spatial = spatialSizes(callee, input, p.kernel.length, name, 1);
  const sizes = spatial.map((size, i) => {
    const output = windowCount(size, p, i);
    requireNoLess(
      output,
      1,
      "size-too-small",
      () =>
        `${callee} slides a window of ${format(windowExtent(at(p.kernel, i), at(p.dilation, i)))} over only ${format(add(size, mul(2, at(p.padding, i))))} elements of ${name} (padding included): ${formatShape(input.shape)}`,
    );
    return output;
  });
  return withSpatial(input, sizes);
}

/** What `avg_pool3d` alone demands: windows no larger than the input without its padding. */
export function requireWholeWindows(callee: string, input: Tensor, p: Pooling, name = "input"): void {
  for (const [i, kernel] of p.kernel.entries()) {
    const size = input.size(i - p.kernel.length);
    requireNoLess(
      size,
      kernel,
      "size-too-small",
      () =>
        `${callee} slides a window of ${format(kernel)} over only ${format(size)} elements of ${name} (without padding): ${formatShape(input.shape)}`,
    );
  }
}

/**
 * Adaptive pooling: the output sizes are the arguments, None keeps the input's. An average down to one element is a
 * plain mean over the last dimensions, which any rank has; `mean` says that it may be that.
 */
export function adaptivePoolOutput(
  callee: string,
  input: Tensor,
  sizes: readonly (Dim | null)[],
  dimensions: number,
  mean = true,
  name = "input",
): Shape {
  const wanted = adaptiveSizes(callee, sizes, dimensions);
  const toOne = wanted.every((size) => size !== null && eq(size, 1) !== false);
  if (mean && dimensions === 1 && toOne) requireRank(callee, input, [2, 3], name);
  if (mean && toOne && input.rank >= dimensions) {
    return [...input.shape.slice(0, -dimensions), ...(wanted as Shape)];
  }
  const spatial = spatialSizes(callee, input, dimensions, name);
  return withSpatial(
    input,
    spatial.map((size, i) => wanted[i] ?? size),
  );
}

/** The output sizes that adaptive pooling takes, one entry a dimension. */
export function adaptiveSizes(
  callee: string,
  sizes: readonly (Dim | null)[],
  dimensions: number,
): readonly (Dim | null)[] {
  const [first = null] = sizes;
  if (sizes.length !== dimensions && sizes.length !== 1) {
    violate("bad-argument", `${callee}: output_size takes ${dimensions} numbers, got ${sizes.length}`);
  }
  for (const size of sizes) if (size !== null) requireAllAtLeast(callee, "output_size", [size], 0);
  return sizes.length === dimensions ? sizes : new Array<Dim | null>(dimensions).fill(first);
}

/** Fractional max pooling to given sizes or to ratios of the input's. */
export function fractionalPoolOutput(
  callee: string,
  input: Tensor,
  kernel: Shape,
  target: { readonly sizes: Shape } | { readonly ratios: readonly number[] },
  name = "input",
): Shape {
  const spatial = spatialSizes(callee, input, kernel.length, name);
  const sizes = "sizes" in target ? target.sizes : spatial.map((size, i) => scaledSize(size, at(target.ratios, i)));
  for (const [i, size] of spatial.entries()) {
    const windows = add(at(sizes, i), at(kernel, i));
    // In three dimensions PyTorch wants one element more.
    const needed = kernel.length === 3 ? windows : sub(windows, 1);
    require(le(needed, size), "size-too-small", () =>
      `${callee} needs at least ${format(needed)} elements for ${format(at(sizes, i))} windows of ${format(at(kernel, i))}, but ${name} has ${format(size)}: ${formatShape(input.shape)}`);
  }
  return withSpatial(input, sizes);
}

/** The inverse of max pooling; `outputSize` is what `forward(x, indices, output_size)` asks for. */
export function unpoolOutput(
  callee: string,
  input: Tensor,
  indices: Tensor,
  p: Pooling,
  outputSize: Shape | null,
): Shape {
  const dimensions = p.kernel.length;
  const spatial = spatialSizes(callee, input, dimensions, "input");
  requireSameShape(callee, input, indices, "input", "indices");
  const sizes = spatial.map((size, i) =>
    sum([mul(sub(size, 1), at(p.stride, i)), at(p.kernel, i), mul(-2, at(p.padding, i))]),
  );
  if (outputSize === null) return withSpatial(input, sizes);
  const skip = outputSize.length - dimensions;
  if (skip !== 0 && skip !== 2) {
    violate("bad-argument", `${callee}: output_size takes ${dimensions} numbers, got ${outputSize.length}`);
  }
  const wanted = outputSize.slice(skip);
  for (const [i, size] of sizes.entries()) {
    const stride = at(p.stride, i);
    const inside = gt(at(wanted, i), sub(size, stride)) === false || lt(at(wanted, i), add(size, stride)) === false;
    require(inside ? false : undefined, "bad-argument", () =>
      `${callee}: output_size ${format(at(wanted, i))} must lie between ${format(sub(size, stride))} and ${format(add(size, stride))}`);
  }
  return withSpatial(input, wanted);
}

/**
 * `floor(size · scale)` as PyTorch computes it in double precision. Of an unknown size it can be told only for a scale
 * that is a fraction of a small power of two, whose product is exact.
 */
export function scaledSize(size: Dim, scale: number): Dim {
  if (typeof size === "number") return Math.floor(size * scale);
  for (let denominator = 1; denominator <= 1024; denominator *= 2) {
    const numerator = scale * denominator;
    if (Number.isSafeInteger(numerator)) return floordiv(mul(size, numerator), denominator);
  }
  throw new Undecided(`the size ${format(size)} × ${scale} is rounded, which needs the size as a number`);
}

/** PyTorch's rule for `ceil_mode`: a window may hang over the end, but must start inside the input or its left pad. */
function windowCount(size: Dim, p: Pooling, i: number): Dim {
  const stride = at(p.stride, i);
  const padding = at(p.padding, i);
  const extent = windowExtent(at(p.kernel, i), at(p.dilation, i));
  const room = sub(add(size, mul(2, padding)), extent);
  if (!p.ceilMode) return add(floordiv(room, stride), 1);
  const covering = add(ceildiv(room, stride), 1);
  const starting = ceildiv(add(size, padding), stride);
  const first = le(add(padding, stride), extent);
  if (first === undefined) return min(covering, starting);
  return first ? covering : starting;
}

/** The trailing sizes, none of which may be 0, nor any of so many before them. */
function spatialSizes(callee: string, input: Tensor, dimensions: number, name: string, before = 0): Shape {
  requireRank(callee, input, [dimensions + 1, dimensions + 2], name);
  for (const size of input.shape.slice(-dimensions - before)) {
    require(ge(size, 1), "size-too-small", () => `${callee} got an empty ${name}: ${formatShape(input.shape)}`);
  }
  return input.shape.slice(-dimensions);
}

function withSpatial(input: Tensor, sizes: Shape): Shape {
  return [...input.shape.slice(0, -sizes.length), ...sizes];
}

function at<T>(values: readonly T[], i: number): T {
  const value = values[i];
  if (value === undefined) throw new RangeError(`pooling lacks an entry for dimension ${i}`);
  return value;
}
