/** Convolutions, pooling and sliding windows of `torch.nn.functional`; the geometry is the layers'. */
import { type Dim, eq, formatShape, mul, numel, type Shape } from "../../../../algebra/index.ts";
import { type DType, type Out, Tensor, Undecided, violate } from "../../../rules/index.ts";
import { isComplex, toFloat } from "../dtypes.ts";
import { requireRank, spread } from "../geometry/checks.ts";
import {
  type Convolution,
  checkConvolution,
  checkTransposedConvolution,
  convMacs,
  convOutput,
  convTransposeMacs,
  convTransposeOutput,
  type TransposedConvolution,
} from "../geometry/conv.ts";
import { foldOutput, type SlidingWindow, unfoldOutput } from "../geometry/interpolate.ts";
import {
  adaptivePoolOutput,
  fractionalPoolOutput,
  type Pooling,
  poolOutput,
  requireWholeWindows,
  unpoolOutput,
} from "../geometry/pool.ts";
import { op } from "./support.ts";

/** `torch.X` too where PyTorch has it under both names. */
const F = (name: string): string => `torch.nn.functional.${name}`;
const FT = (name: string): string => `torch.nn.functional.${name} torch.${name}`;

const convSignature =
  "input: tensor, weight: tensor, bias: tensor? = None, stride: ints = 1, padding: str|ints = 0, dilation: ints = 1, groups = 1";
const transposedSignature =
  "input: tensor, weight: tensor, bias: tensor? = None, stride: ints = 1, padding: ints = 0, output_padding: ints = 0, groups = 1, dilation: ints = 1";

interface ConvArguments {
  readonly weight: Tensor;
  readonly bias: Tensor | null;
  readonly stride: Shape;
  readonly padding: Shape | string;
  readonly dilation: Shape;
  readonly groups: Dim;
}

for (const dimensions of [1, 2, 3]) {
  const name = `conv${dimensions}d`;
  op(FT(name), {
    sig: convSignature,
    output: (a) => {
      const c = convolution(name, a, dimensions);
      checkConvolution(name, c);
      return new Tensor(convOutput(name, a.input, c), commonDtype(a));
    },
    macs: (a, out) => mul(productsOf(a.input), convMacs(convolution(name, a, dimensions), out as Tensor)),
  });
  const transposed = `conv_transpose${dimensions}d`;
  op(FT(transposed), {
    sig: transposedSignature,
    output: (a) => {
      const c = transposedConvolution(transposed, a, dimensions);
      checkTransposedConvolution(transposed, c);
      return new Tensor(convTransposeOutput(transposed, a.input, c), commonDtype(a));
    },
    macs: (a) => mul(productsOf(a.input), convTransposeMacs(transposedConvolution(transposed, a, dimensions), a.input)),
  });
}

/** PyTorch convolves tensors of one dtype, unless there is nothing to convolve. */
function commonDtype({ input, weight }: { readonly input: Tensor; readonly weight: Tensor }): DType | null {
  return input.dtype === weight.dtype ? input.dtype : null;
}

/** PyTorch makes a complex convolution of three real ones. */
const productsOf = (input: Tensor): number => (input.dtype !== null && isComplex(input.dtype) ? 3 : 1);

function convolution(callee: string, a: ConvArguments, dimensions: number): Convolution {
  requireRank(callee, a.weight, [dimensions + 2], "weight");
  requireBias(callee, a.bias, a.weight.size(0));
  if (eq(numel(a.weight.shape), 0) === true) throw new Undecided("the weight has no elements");
  return {
    inChannels: mul(a.weight.size(1), a.groups),
    outChannels: a.weight.size(0),
    kernel: a.weight.shape.slice(2),
    stride: spread(callee, "stride", a.stride, dimensions),
    padding: typeof a.padding === "string" ? a.padding : spread(callee, "padding", a.padding, dimensions),
    dilation: spread(callee, "dilation", a.dilation, dimensions),
    groups: a.groups,
  };
}

function transposedConvolution(
  callee: string,
  a: ConvArguments & { readonly padding: Shape; readonly output_padding: Shape },
  dimensions: number,
): TransposedConvolution {
  requireRank(callee, a.weight, [dimensions + 2], "weight");
  const outChannels = mul(a.weight.size(1), a.groups);
  requireBias(callee, a.bias, outChannels);
  if (eq(numel(a.weight.shape), 0) === true) throw new Undecided("the weight has no elements");
  if (a.dilation.includes(0)) throw new Undecided("a dilation of 0 is not followed");
  return {
    inChannels: a.weight.size(0),
    outChannels,
    kernel: a.weight.shape.slice(2),
    stride: spread(callee, "stride", a.stride, dimensions),
    padding: spread(callee, "padding", a.padding, dimensions),
    dilation: spread(callee, "dilation", a.dilation, dimensions),
    outputPadding: spread(callee, "output_padding", a.output_padding, dimensions),
    groups: a.groups,
  };
}

function requireBias(callee: string, bias: Tensor | null, channels: Dim): void {
  if (bias === null || bias.dims === null) return;
  if (bias.rank !== 1 || eq(bias.size(0), channels) === false) {
    violate(
      "channel-mismatch",
      `${callee}: the bias ${formatShape(bias.shape)} must have one entry for each output channel, ${formatShape([channels])}`,
    );
  }
}

const maxSignature =
  "input: tensor, kernel_size: ints, stride: ints? = None, padding: ints = 0, dilation: ints = 1, ceil_mode = False, return_indices = False";
const averageSignature =
  "input: tensor, kernel_size: ints, stride: ints? = None, padding: ints = 0, ceil_mode = False, count_include_pad = True, divisor_override: any? = None";

interface PoolArguments {
  readonly kernel_size: Shape;
  readonly stride: Shape | null;
  readonly padding?: Shape;
  readonly dilation?: Shape;
  readonly ceil_mode?: boolean;
}

function pooling(callee: string, a: PoolArguments, dimensions: number): Pooling {
  const kernel = spread(callee, "kernel_size", a.kernel_size, dimensions);
  const stride = a.stride === null || a.stride.length === 0 ? kernel : a.stride;
  return {
    kernel,
    stride: spread(callee, "stride", stride, dimensions),
    padding: spread(callee, "padding", a.padding ?? [0], dimensions),
    dilation: spread(callee, "dilation", a.dilation ?? [1], dimensions),
    ceilMode: a.ceil_mode ?? false,
  };
}

const floats = (t: Tensor): Tensor => t.withDtype(toFloat(t.dtype));

const withIndices = (values: Tensor, wanted: boolean): Out => (wanted ? [values, values.withDtype("int64")] : values);

for (const dimensions of [1, 2, 3]) {
  const max = `max_pool${dimensions}d`;
  op(FT(max), {
    sig: maxSignature,
    output: (a) =>
      withIndices(a.input.withShape(poolOutput(max, a.input, pooling(max, a, dimensions))), a.return_indices),
  });
  op(F(`${max}_with_indices`), {
    sig: maxSignature,
    output: (a) => withIndices(a.input.withShape(poolOutput(max, a.input, pooling(max, a, dimensions))), true),
  });
  const average = `avg_pool${dimensions}d`;
  op(dimensions === 1 ? FT(average) : F(average), {
    sig: averageSignature,
    output: (a) => {
      const p = pooling(average, a, dimensions);
      const shape = poolOutput(average, a.input, p);
      if (dimensions === 3) requireWholeWindows(average, a.input, p);
      return a.input.withShape(shape);
    },
  });
  const power = `lp_pool${dimensions}d`;
  op(F(power), {
    sig: "input: tensor, norm_type: any, kernel_size: ints, stride: ints? = None, ceil_mode = False",
    output: (a) => {
      const p = pooling(power, a, dimensions);
      const shape = poolOutput(power, a.input, p);
      if (dimensions === 3) requireWholeWindows(power, a.input, p);
      return floats(a.input.withShape(shape));
    },
  });
  const adaptiveAverage = `adaptive_avg_pool${dimensions}d`;
  op(dimensions === 1 ? FT(adaptiveAverage) : F(adaptiveAverage), {
    sig: "input: tensor, output_size: optints",
    output: (a) => a.input.withShape(adaptivePoolOutput(adaptiveAverage, a.input, a.output_size, dimensions)),
  });
  const adaptiveMax = `adaptive_max_pool${dimensions}d`;
  op(F(adaptiveMax), {
    sig: "input: tensor, output_size: optints, return_indices = False",
    output: (a) =>
      withIndices(
        a.input.withShape(adaptivePoolOutput(adaptiveMax, a.input, a.output_size, dimensions, false)),
        a.return_indices,
      ),
  });
  op(F(`${adaptiveMax}_with_indices`), {
    sig: "input: tensor, output_size: optints, return_indices = False",
    output: (a) =>
      withIndices(a.input.withShape(adaptivePoolOutput(adaptiveMax, a.input, a.output_size, dimensions, false)), true),
  });
  const unpool = `max_unpool${dimensions}d`;
  op(F(unpool), {
    sig: "input: tensor, indices: tensor, kernel_size: ints, stride: ints? = None, padding: ints = 0, output_size: ints? = None",
    output: (a) =>
      a.input.withShape(unpoolOutput(unpool, a.input, a.indices, pooling(unpool, a, dimensions), a.output_size)),
  });
  if (dimensions === 1) continue;
  const fractional = `fractional_max_pool${dimensions}d`;
  op(F(fractional), {
    sig: "input: tensor, kernel_size: ints, output_size: ints? = None, output_ratio: floats? = None, return_indices = False, _random_samples: any? = None",
    output: (a) => {
      const kernel = spread(fractional, "kernel_size", a.kernel_size, dimensions);
      if (a.output_size === null && a.output_ratio === null)
        violate("bad-argument", `${fractional} needs output_size or output_ratio`);
      const ratios = a.output_ratio ?? [];
      const target =
        a.output_size === null
          ? { ratios: ratios.length === 1 ? new Array<number>(dimensions).fill(ratios[0] as number) : ratios }
          : { sizes: spread(fractional, "output_size", a.output_size, dimensions) };
      return withIndices(
        a.input.withShape(fractionalPoolOutput(fractional, a.input, kernel, target)),
        a.return_indices,
      );
    },
  });
}
op("torch.adaptive_max_pool1d", {
  sig: "input: tensor, output_size: optints",
  output: (a) =>
    withIndices(a.input.withShape(adaptivePoolOutput("adaptive_max_pool1d", a.input, a.output_size, 1, false)), true),
});

const windowSignature = "kernel_size: pair, dilation: pair = 1, padding: pair = 0, stride: pair = 1";
const windowOf = (a: {
  readonly kernel_size: Shape;
  readonly dilation: Shape;
  readonly padding: Shape;
  readonly stride: Shape;
}): SlidingWindow => ({ kernel: a.kernel_size, dilation: a.dilation, padding: a.padding, stride: a.stride });
op(F("unfold"), {
  sig: `input: tensor, ${windowSignature}`,
  output: (a) => a.input.withShape(unfoldOutput("unfold", a.input, windowOf(a))),
});
op(F("fold"), {
  sig: `input: tensor, output_size: pair, ${windowSignature}`,
  output: (a) => a.input.withShape(foldOutput("fold", a.input, a.output_size, windowOf(a))),
});
