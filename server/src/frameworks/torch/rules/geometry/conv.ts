/**
 * The geometry of convolutions, for the layers and for the functions of `torch.nn.functional`.
 * Sizes follow https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html and …ConvTranspose2d.html.
 */
import {
  add,
  type Dim,
  divisible,
  floordiv,
  format,
  formatShape,
  ge,
  le,
  lt,
  mul,
  product,
  type Shape,
  sub,
  sum,
} from "../../../../algebra/index.ts";
import { require, requireEqual, requireNoLess, type Tensor, Undecided, violate } from "../../../rules/index.ts";
import { isEmpty, quotient, requireAllAtLeast, requireAtLeast, requireRank } from "./checks.ts";

/** A convolution over `kernel.length` spatial dimensions; every list has that many entries. */
export interface Convolution {
  readonly inChannels: Dim;
  readonly outChannels: Dim;
  readonly kernel: Shape;
  readonly stride: Shape;
  readonly padding: Shape | string;
  readonly dilation: Shape;
  readonly groups: Dim;
  /** What the channels are set by, for messages and fixes: `in_channels`; `weight` in a function. */
  readonly channelsArgument?: string;
}

export interface TransposedConvolution extends Convolution {
  readonly padding: Shape;
  readonly outputPadding: Shape;
}

/** Conditions on the arguments alone: what the constructor refuses or what no input could run through. */
export function checkConvolution(callee: string, c: Convolution): void {
  requireAtLeast(callee, "in_channels", c.inChannels, 0);
  requireAtLeast(callee, "out_channels", c.outChannels, 1);
  requireAtLeast(callee, "groups", c.groups, 1);
  requireAllAtLeast(callee, "kernel_size", c.kernel, 1);
  requireAllAtLeast(callee, "stride", c.stride, 1);
  requireAllAtLeast(callee, "dilation", c.dilation, 0);
  requireGroups(callee, "in_channels", c.inChannels, c.groups);
  requireGroups(callee, "out_channels", c.outChannels, c.groups);
  if (typeof c.padding !== "string") {
    requireAllAtLeast(callee, "padding", c.padding, 0);
  } else if (c.padding === "same") {
    for (const stride of c.stride) {
      require(le(stride, 1), "bad-argument", () =>
        `${callee}: padding="same" needs stride 1, got stride ${format(stride)}`);
    }
  } else if (c.padding !== "valid") {
    violate("bad-argument", `${callee}: padding must be "valid", "same" or numbers, got "${c.padding}"`);
  }
}

/** As `checkConvolution`, with the output padding. */
export function checkTransposedConvolution(callee: string, c: TransposedConvolution): void {
  checkConvolution(callee, c);
  requireAllAtLeast(callee, "output_padding", c.outputPadding, 0);
}

/** The output padding must be below stride or dilation. */
function checkOutputPadding(callee: string, c: TransposedConvolution): void {
  for (const [i, extra] of c.outputPadding.entries()) {
    const below = lt(extra, at(c.stride, i)) === false && lt(extra, at(c.dilation, i)) === false ? false : undefined;
    require(below, "bad-argument", () =>
      `${callee}: output_padding=${format(extra)} must be smaller than the stride ${format(at(c.stride, i))} or the dilation ${format(at(c.dilation, i))}`);
  }
}

/** `(N, C_in, *spatial)` or `(C_in, *spatial)` to the same with `C_out` and the sizes left by the window. */
export function convOutput(callee: string, input: Tensor, c: Convolution, name = "input"): Shape {
  requireDilation(callee, input, c);
  const spatial = spatialSizes(callee, input, c, name);
  const sizes = spatial.map((size, i) => {
    if (c.padding === "same") return size;
    const padding = typeof c.padding === "string" ? 0 : at(c.padding, i);
    const padded = add(size, mul(2, padding));
    const extent = windowExtent(at(c.kernel, i), at(c.dilation, i));
    requireNoLess(
      padded,
      extent,
      "size-too-small",
      () =>
        `${callee} slides a window of ${format(extent)} over only ${format(padded)} elements of ${name} (padding included): ${formatShape(input.shape)}`,
    );
    return add(floordiv(sub(padded, extent), at(c.stride, i)), 1);
  });
  return withChannels(input, c, sizes);
}

/** A dilation of 0 is refused by the call, and of no elements it is not looked at. */
function requireDilation(callee: string, input: Tensor, c: Convolution | TransposedConvolution): void {
  if (!c.dilation.includes(0)) return;
  if (input.shape.includes(0)) throw new Undecided("a dilation of 0 is not followed");
  requireAllAtLeast(callee, "dilation", c.dilation, 1);
}

/** As `convOutput` for a transposed convolution; `outputSize` is what `forward(x, output_size)` asks for. */
export function convTransposeOutput(
  callee: string,
  input: Tensor,
  c: TransposedConvolution,
  outputSize: Shape | null = null,
  name = "input",
): Shape {
  requireDilation(callee, input, c);
  const spatial = spatialSizes(callee, input, c, name);
  // Where an output size is given, the padding is found from it.
  if (outputSize === null && !isEmpty(input)) checkOutputPadding(callee, c);
  const sizes = spatial.map((size, i) => {
    const grown = transposedSize(size, c, i);
    const wanted = wantedSize(callee, outputSize, i, spatial.length);
    if (wanted === null) return add(grown, at(c.outputPadding, i));
    const most = sub(add(grown, at(c.stride, i)), 1);
    require(both(ge(wanted, grown), le(wanted, most)), "bad-argument", () =>
      `${callee}: output_size ${format(wanted)} is not possible here, only ${format(grown)} to ${format(most)}`);
    return wanted;
  });
  for (const size of sizes) {
    require(ge(size, 0), "size-too-small", () =>
      `${callee} would make an output of size ${format(size)} from ${name}, of which padding=${typeof c.padding === "string" ? c.padding : c.padding.map(format).join("×")} cuts off more than there is: ${formatShape(input.shape)}`);
  }
  return withChannels(input, c, sizes);
}

/** Multiply-accumulates: each output element takes a window of `C_in / groups` channels. */
export function convMacs(c: Convolution, output: Tensor): Dim {
  return product([...output.shape, ...c.kernel, quotient(c.inChannels, c.groups)]);
}

/** Multiply-accumulates of a transposed convolution: each input element spreads over a window. */
export function convTransposeMacs(c: Convolution, input: Tensor): Dim {
  return product([...input.shape, ...c.kernel, quotient(c.outChannels, c.groups)]);
}

/** How many elements a dilated window spans. */
export function windowExtent(kernel: Dim, dilation: Dim): Dim {
  return add(mul(dilation, sub(kernel, 1)), 1);
}

/** How many rows of padding `padding` puts on both sides of each spatial dimension together, `(left, right)`. */
export function convPadding(c: Convolution): readonly (readonly [Dim, Dim])[] {
  return c.kernel.map((kernel, i) => {
    if (c.padding === "valid") return [0, 0];
    if (typeof c.padding !== "string") return [at(c.padding, i), at(c.padding, i)];
    const total = mul(at(c.dilation, i), sub(kernel, 1));
    const left = floordiv(total, 2);
    return [left, sub(total, left)];
  });
}

function transposedSize(size: Dim, c: TransposedConvolution, i: number): Dim {
  return sum([
    mul(sub(size, 1), at(c.stride, i)),
    mul(-2, at(c.padding, i)),
    windowExtent(at(c.kernel, i), at(c.dilation, i)),
  ]);
}

function wantedSize(callee: string, outputSize: Shape | null, i: number, spatial: number): Dim | null {
  if (outputSize === null) return null;
  const skip = outputSize.length - spatial;
  if (skip !== 0 && skip !== 1 && skip !== 2) {
    violate("bad-argument", `${callee}: output_size takes ${spatial} numbers, got ${outputSize.length}`);
  }
  return at(outputSize, i + skip);
}

function spatialSizes(callee: string, input: Tensor, c: Convolution, name: string): Shape {
  const dimensions = c.kernel.length;
  requireRank(callee, input, [dimensions + 1, dimensions + 2], name);
  const channels = input.size(-dimensions - 1);
  const argument = c.channelsArgument;
  requireEqual(
    channels,
    c.inChannels,
    "channel-mismatch",
    () =>
      `${callee} expects ${format(c.inChannels)} input channels${argument === undefined ? "" : ` (${argument}=${format(c.inChannels)})`}, but ${name} has ${format(channels)}: ${formatShape(input.shape)}`,
    argument === undefined ? undefined : () => ({ argument, value: channels, input: input.shape }),
  );
  const spatial = input.shape.slice(-dimensions);
  for (const size of spatial) {
    require(ge(size, 1), "size-too-small", () => `${callee} got an empty ${name}: ${formatShape(input.shape)}`);
  }
  return spatial;
}

function withChannels(input: Tensor, c: Convolution, sizes: Shape): Shape {
  return [...input.shape.slice(0, -c.kernel.length - 1), c.outChannels, ...sizes];
}

function requireGroups(callee: string, name: string, channels: Dim, groups: Dim): void {
  require(divisible(channels, groups), "not-divisible", () =>
    `${callee}: ${name}=${format(channels)} is not divisible by groups=${format(groups)}`);
}

function both(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}

function at(values: readonly Dim[], i: number): Dim {
  const value = values[i];
  if (value === undefined) throw new RangeError(`a convolution lacks an entry for dimension ${i}`);
  return value;
}
