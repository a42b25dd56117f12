/**
 * The geometry of resampling (`Upsample`, `F.interpolate`) and of the layers that move pixels between space and channels.
 * Sizes follow https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.interpolate.html.
 */
import {
  add,
  type Dim,
  eq,
  floordiv,
  format,
  formatShape,
  ge,
  mul,
  numel,
  product,
  type Shape,
  sub,
} from "../../../../algebra/index.ts";
import { require, requireDivisible, requireEqual, type Tensor, violate } from "../../../rules/index.ts";
import { isEmpty, quotient, requireAllAtLeast, requireAtLeast, requireRank, requireRankAtLeast } from "./checks.ts";
import { windowExtent } from "./conv.ts";
import { scaledSize } from "./pool.ts";

/** What `Upsample` and `F.interpolate` are given; a list of one number came as a list or, `single`, as a plain number. */
export interface Interpolation {
  readonly size: Shape | null;
  readonly scale: readonly number[] | null;
  readonly mode: string;
  readonly alignCorners: boolean | null;
  readonly recomputeScale: boolean | null;
}

const ranksOfMode: Readonly<Record<string, readonly number[]>> = {
  nearest: [3, 4, 5],
  "nearest-exact": [3, 4, 5],
  area: [3, 4, 5],
  linear: [3],
  bilinear: [4],
  bicubic: [4],
  lanczos: [4],
  trilinear: [5],
};

/** `(N, C, *spatial)` with spatial sizes given or scaled. */
export function interpolateOutput(callee: string, input: Tensor, i: Interpolation, name = "input"): Shape {
  const ranks = ranksOfMode[i.mode];
  if (ranks === undefined) violate("bad-argument", `${callee}: there is no mode "${i.mode}"`);
  requireRank(`${callee} with mode="${i.mode}"`, input, ranks, name);
  if (i.alignCorners !== null && /^(nearest|nearest-exact|area)$/.test(i.mode)) {
    violate("bad-argument", `${callee}: align_corners cannot be set with mode="${i.mode}"`);
  }
  const spatial = input.shape.slice(2);
  const sizes = interpolatedSizes(callee, spatial, i);
  // An average over areas may be taken to no area at all.
  for (const size of i.mode === "area" ? spatial : [...spatial, ...sizes]) {
    require(ge(size, 1), "size-too-small", () =>
      `${callee} would resize ${formatShape(spatial)} to ${formatShape(sizes)}`);
  }
  return [...input.shape.slice(0, 2), ...sizes];
}

function interpolatedSizes(callee: string, spatial: Shape, i: Interpolation): Shape {
  if (i.size !== null && i.scale !== null) {
    violate("bad-argument", `${callee} takes size or scale_factor, not both`);
  }
  if (i.size !== null) {
    if (i.recomputeScale === true) {
      violate("bad-argument", `${callee}: recompute_scale_factor has no meaning with size`);
    }
    return perDimension(callee, "size", i.size, spatial.length);
  }
  if (i.scale === null) return violate("bad-argument", `${callee} needs size or scale_factor`);
  const scales = perDimension(callee, "scale_factor", i.scale, spatial.length);
  return spatial.map((size, at) => scaledSize(size, scales[at] ?? 1));
}

/** `(*, C·r², H, W)` to `(*, C, H·r, W·r)`. */
export function pixelShuffleOutput(callee: string, input: Tensor, factor: Dim, name = "input"): Shape {
  requireAtLeast(callee, "upscale_factor", factor, 1);
  requireRankAtLeast(callee, input, 3, name);
  const [channels, height, width] = [input.size(-3), input.size(-2), input.size(-1)];
  const square = mul(factor, factor);
  requireDivisible(
    channels,
    square,
    "not-divisible",
    () =>
      `${callee}: the ${format(channels)} channels of ${name} are not divisible by ${format(factor)}² = ${format(square)}: ${formatShape(input.shape)}`,
  );
  return [...input.shape.slice(0, -3), quotient(channels, square), mul(height, factor), mul(width, factor)];
}

/** `(*, C, H·r, W·r)` to `(*, C·r², H, W)`. */
export function pixelUnshuffleOutput(callee: string, input: Tensor, factor: Dim, name = "input"): Shape {
  requireAtLeast(callee, "downscale_factor", factor, 1);
  requireRankAtLeast(callee, input, 3, name);
  // PyTorch gives back what has no elements as it is.
  if (isEmpty(input)) return input.shape;
  for (const size of input.shape.slice(-2)) {
    requireDivisible(
      size,
      factor,
      "not-divisible",
      () =>
        `${callee}: the size ${format(size)} of ${name} is not divisible by downscale_factor=${format(factor)}: ${formatShape(input.shape)}`,
    );
  }
  // Nothing is moved where there is nothing, and the sizes stay.
  if (eq(numel(input.shape), 0) === true) return input.shape;
  return [
    ...input.shape.slice(0, -3),
    product([input.size(-3), factor, factor]),
    quotient(input.size(-2), factor),
    quotient(input.size(-1), factor),
  ];
}

/** `(N, C, *)` unchanged, with C divisible by the groups. */
export function channelShuffleOutput(callee: string, input: Tensor, groups: Dim, name = "input"): Shape {
  requireAtLeast(callee, "groups", groups, 1);
  requireRankAtLeast(callee, input, 3, name);
  requireDivisible(
    input.size(1),
    groups,
    "not-divisible",
    () => `${callee}: the ${format(input.size(1))} channels of ${name} are not divisible by groups=${format(groups)}`,
  );
  return input.shape;
}

/** A window that slides over two spatial dimensions; every list has two entries. */
export interface SlidingWindow {
  readonly kernel: Shape;
  readonly dilation: Shape;
  readonly padding: Shape;
  readonly stride: Shape;
}

export function checkSlidingWindow(callee: string, w: SlidingWindow): void {
  requireAllAtLeast(callee, "kernel_size", w.kernel, 1);
  requireAllAtLeast(callee, "dilation", w.dilation, 1);
  requireAllAtLeast(callee, "padding", w.padding, 0);
  requireAllAtLeast(callee, "stride", w.stride, 1);
}

/** `im2col`: `(N, C, H, W)` to `(N, C·k_h·k_w, L)` for L windows. */
export function unfoldOutput(callee: string, input: Tensor, w: SlidingWindow, name = "input"): Shape {
  checkSlidingWindow(callee, w);
  requireRank(callee, input, [3, 4], name);
  const blocks = blockCount(callee, input.shape.slice(-2), w);
  return [...input.shape.slice(0, -3), product([input.size(-3), ...w.kernel]), blocks];
}

/** `col2im`: `(N, C·k_h·k_w, L)` to `(N, C, H, W)` for the given size. */
export function foldOutput(callee: string, input: Tensor, outputSize: Shape, w: SlidingWindow, name = "input"): Shape {
  checkSlidingWindow(callee, w);
  requireAllAtLeast(callee, "output_size", outputSize, 1);
  requireRank(callee, input, [2, 3], name);
  const columns = input.size(-2);
  const window = product(w.kernel);
  requireDivisible(
    columns,
    window,
    "not-divisible",
    () =>
      `${callee}: the size ${format(columns)} of ${name} is not divisible by the ${format(window)} elements of a window: ${formatShape(input.shape)}`,
  );
  const blocks = blockCount(callee, outputSize, w);
  requireEqual(
    input.size(-1),
    blocks,
    "reshape-mismatch",
    () =>
      `${callee} puts ${format(blocks)} windows together to ${formatShape(outputSize)}, but ${name} has ${format(input.size(-1))}: ${formatShape(input.shape)}`,
  );
  return [...input.shape.slice(0, -2), quotient(columns, window), ...outputSize];
}

function blockCount(callee: string, sizes: Shape, w: SlidingWindow): Dim {
  return product(
    sizes.map((size, i) => {
      const padded = add(size, mul(2, w.padding[i] ?? 0));
      const extent = windowExtent(w.kernel[i] ?? 1, w.dilation[i] ?? 1);
      require(ge(padded, extent), "size-too-small", () =>
        `${callee} slides a window of ${format(extent)} over only ${format(padded)} elements (padding included)`);
      return add(floordiv(sub(padded, extent), w.stride[i] ?? 1), 1);
    }),
  );
}

function perDimension<T>(callee: string, name: string, values: readonly T[], count: number): readonly T[] {
  const [first] = values;
  if (values.length === count) return values;
  if (values.length === 1 && first !== undefined) return new Array<T>(count).fill(first);
  return violate(
    "bad-argument",
    `${callee}: ${name} takes ${count} numbers for ${count} spatial dimensions, got ${values.length}`,
  );
}
