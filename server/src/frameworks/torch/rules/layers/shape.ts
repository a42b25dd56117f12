/** Layers that only change the shape: flattening, resampling, and moving elements between space and channels. */
import { type Dim, format, formatShape, inferMinusOne, lt, product, type Shape } from "../../../../algebra/index.ts";
import { type Tensor, tensor, violate } from "../../../rules/index.ts";
import { dimensionIndex } from "../geometry/checks.ts";
import {
  channelShuffleOutput,
  checkSlidingWindow,
  foldOutput,
  type Interpolation,
  interpolateOutput,
  pixelShuffleOutput,
  pixelUnshuffleOutput,
  type SlidingWindow,
  unfoldOutput,
} from "../geometry/interpolate.ts";
import { torchRules } from "../table.ts";
import { allAre, compact, phrase, windowText } from "./words.ts";

torchRules.layer("torch.nn.Flatten", {
  sig: "start_dim = 1, end_dim = -1",
  essentials: (a) => `dims ${format(a.start_dim)} to ${format(a.end_dim)}`,
  output: (a, x) => tensor(flatten(x.input, a.start_dim, a.end_dim), x.input.dtype),
});

torchRules.layer("torch.nn.Unflatten", {
  sig: "dim, unflattened_size: ints",
  essentials: (a) => `dim ${format(a.dim)} to ${formatShape(a.unflattened_size)}`,
  output: (a, x) => tensor(unflatten(x.input, a.dim, a.unflattened_size), x.input.dtype),
});

torchRules.layer("torch.nn.Upsample", {
  sig: 'size: ints? = None, scale_factor: floats|str? = None, mode = "nearest", align_corners: bool? = None, recompute_scale_factor: bool? = None',
  essentials: (a) => phrase(resizing(a), a.mode),
  output: (a, x) => {
    const { scale_factor, align_corners, recompute_scale_factor } = a;
    return upsample("Upsample", x.input, {
      size: a.size,
      scale: scalesOf("Upsample", scale_factor),
      mode: a.mode,
      alignCorners: align_corners,
      recomputeScale: recompute_scale_factor,
    });
  },
});

for (const [name, mode] of [
  ["UpsamplingNearest2d", "nearest"],
  ["UpsamplingBilinear2d", "bilinear"],
] as const) {
  torchRules.layer(`torch.nn.${name}`, {
    sig: "size: ints? = None, scale_factor: floats|str? = None",
    attributes: () => ({ mode, align_corners: mode === "bilinear" ? true : null }),
    essentials: resizing,
    output: (a, x) =>
      upsample(name, x.input, {
        size: a.size,
        scale: scalesOf(name, a.scale_factor),
        mode,
        alignCorners: mode === "bilinear" ? true : null,
        recomputeScale: null,
      }),
  });
}

torchRules.layer("torch.nn.PixelShuffle", {
  sig: "upscale_factor",
  essentials: (a) => `×${format(a.upscale_factor)}`,
  output: (a, x) => tensor(pixelShuffleOutput("PixelShuffle", x.input, a.upscale_factor), x.input.dtype),
});

torchRules.layer("torch.nn.PixelUnshuffle", {
  sig: "downscale_factor",
  essentials: (a) => `÷${format(a.downscale_factor)}`,
  output: (a, x) => tensor(pixelUnshuffleOutput("PixelUnshuffle", x.input, a.downscale_factor), x.input.dtype),
});

torchRules.layer("torch.nn.ChannelShuffle", {
  sig: "groups",
  essentials: (a) => `${format(a.groups)} groups`,
  output: (a, x) => tensor(channelShuffleOutput("ChannelShuffle", x.input, a.groups), x.input.dtype),
});

torchRules.layer("torch.nn.Unfold", {
  sig: "kernel_size: pair, dilation: pair = 1, padding: pair = 0, stride: pair = 1",
  check: (a) => checkSlidingWindow("Unfold", slidingWindow(a)),
  essentials: (a) => windowEssentials(slidingWindow(a)),
  output: (a, x) => tensor(unfoldOutput("Unfold", x.input, slidingWindow(a)), x.input.dtype),
});

torchRules.layer("torch.nn.Fold", {
  sig: "output_size: pair, kernel_size: pair, dilation: pair = 1, padding: pair = 0, stride: pair = 1",
  check: (a) => checkSlidingWindow("Fold", slidingWindow(a)),
  essentials: (a) => phrase(`to ${windowText(a.output_size)}`, windowEssentials(slidingWindow(a))),
  output: (a, x) => tensor(foldOutput("Fold", x.input, a.output_size, slidingWindow(a)), x.input.dtype),
});

function flatten(input: Tensor, startDim: Dim, endDim: Dim): Shape {
  const start = dimensionIndex("Flatten", startDim, input.rank, "start_dim");
  const end = dimensionIndex("Flatten", endDim, input.rank, "end_dim");
  if (start > end) {
    violate("bad-argument", `Flatten: start_dim=${format(startDim)} lies behind end_dim=${format(endDim)}`);
  }
  if (input.rank === 0) return [1];
  const { shape } = input;
  return [...shape.slice(0, start), product(shape.slice(start, end + 1)), ...shape.slice(end + 1)];
}

function unflatten(input: Tensor, dim: Dim, sizes: Shape): Shape {
  const index = dimensionIndex("Unflatten", dim, input.rank);
  if (sizes.length === 0) violate("bad-argument", "Unflatten: unflattened_size must not be empty");
  const size = input.size(index);
  const reshaped = inferMinusOne(size, sizes);
  switch (reshaped.kind) {
    case "ok":
      return [...input.shape.slice(0, index), ...reshaped.shape, ...input.shape.slice(index + 1)];
    case "mismatch":
      return violate(
        "reshape-mismatch",
        `Unflatten: ${formatShape(sizes)} does not multiply up to ${format(size)}, the size of dimension ${format(dim)} of input: ${formatShape(input.shape)}`,
      );
    case "two-unknowns":
      return violate("bad-argument", `Unflatten can infer only one size, got ${formatShape(sizes)}`);
    case "negative-size":
      return violate("bad-argument", `Unflatten: ${format(reshaped.size)} is not a size`);
  }
}

function upsample(callee: string, input: Tensor, interpolation: Interpolation): Tensor {
  for (const size of interpolation.size ?? []) {
    if (lt(size, 1) === true) violate("size-too-small", `${callee}: size must be positive, got ${format(size)}`);
  }
  return tensor(interpolateOutput(callee, input, interpolation), input.dtype);
}

/** PyTorch converts a factor to a number, whatever it is written as; 0 counts as none given. */
function scalesOf(callee: string, scale: readonly number[] | string | null): readonly number[] | null {
  const scales = typeof scale === "string" ? [Number(scale)] : scale;
  if (scales?.some(Number.isNaN)) violate("bad-argument", `${callee}: scale_factor must be a number, got "${scale}"`);
  return scales !== null && scales.length === 1 && scales[0] === 0 ? null : scales;
}

function resizing(a: {
  readonly size: Shape | null;
  readonly scale_factor: readonly number[] | string | null;
}): string {
  if (a.size !== null) return `to ${compact(a.size)}`;
  const scales = typeof a.scale_factor === "string" ? [a.scale_factor] : a.scale_factor;
  return scales === null ? "" : `×${scales.join("×")}`;
}

function slidingWindow(a: {
  readonly kernel_size: Shape;
  readonly dilation: Shape;
  readonly padding: Shape;
  readonly stride: Shape;
}): SlidingWindow {
  return { kernel: a.kernel_size, dilation: a.dilation, padding: a.padding, stride: a.stride };
}

function windowEssentials(w: SlidingWindow): string {
  return phrase(
    windowText(w.kernel),
    !allAre(w.stride, 1) && `stride ${compact(w.stride)}`,
    !allAre(w.dilation, 1) && `dilation ${compact(w.dilation)}`,
  );
}
