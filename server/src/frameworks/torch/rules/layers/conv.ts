/** Convolutions and transposed convolutions of one to three dimensions. */
import { type Dim, eq, format, formatShape, type Shape } from "../../../../algebra/index.ts";
import { type Formula, type Out, type Tensor, tensor, violate } from "../../../rules/index.ts";
import { quotient, spread } from "../geometry/checks.ts";
import {
  type Convolution,
  checkConvolution,
  checkTransposedConvolution,
  convMacs,
  convOutput,
  convPadding,
  convTransposeMacs,
  convTransposeOutput,
  type TransposedConvolution,
} from "../geometry/conv.ts";
import { type PadMode, padOutput } from "../geometry/pad.ts";
import { torchRules } from "../table.ts";
import { affine, allAre, compact, extentSymbols, factor, phrase, spatialNames, times, windowText } from "./words.ts";

const convSignature =
  'in_channels, out_channels, kernel_size: pair, stride: pair|ints = 1, padding: pair|ints|str = 0, dilation: pair|ints = 1, groups = 1, bias: bool? = True, padding_mode = "zeros", device: any? = None, dtype: dtype? = None';
const transposedSignature =
  'in_channels, out_channels, kernel_size: pair, stride: pair|ints = 1, padding: pair|ints = 0, output_padding: pair|ints = 0, groups = 1, bias: bool? = True, dilation: pair|ints = 1, padding_mode = "zeros", device: any? = None, dtype: dtype? = None';

for (const [dimensions, window] of [
  [1, "single"],
  [2, "pair"],
  [3, "triple"],
] as const) {
  // The three signatures bind arguments of one type: tuples, however long.
  const convolution = convSignature.replaceAll("pair", window) as typeof convSignature;
  const transposed = transposedSignature.replaceAll("pair", window) as typeof transposedSignature;
  const convName = `Conv${dimensions}d`;
  const transposedName = `ConvTranspose${dimensions}d`;

  torchRules.layer(`torch.nn.${convName}`, {
    sig: convolution,
    check: (a) => {
      checkConvolution(convName, read(convName, a));
      if (!paddingModes.has(a.padding_mode)) {
        violate("bad-argument", `${convName}: there is no padding_mode "${a.padding_mode}"`);
      }
    },
    attributes: () => ({ transposed: false, output_padding: new Array<Dim>(dimensions).fill(0) }),
    weights: (a) => ({
      weight: [a.out_channels, quotient(a.in_channels, a.groups), ...a.kernel_size],
      bias: a.bias === true && [a.out_channels],
    }),
    formula,
    essentials,
    sizes: (a) =>
      a.padding === "same"
        ? "out = in"
        : `out = (in${a.padding === "valid" ? "" : " + 2·padding"} − ${extentSymbols(a.dilation)})//stride + 1`,
    arithmetic: (a, x) => {
      const c = read(convName, a);
      const output = convolve(convName, c, a.padding_mode, x.input);
      return spatialNames(dimensions).map(
        (name, i) => `${name}: ${convArithmetic(c, x.input, i)} = ${last(output, dimensions, i)}`,
      );
    },
    output: (a, x) => tensor(convolve(convName, read(convName, a), a.padding_mode, x.input), x.input.dtype),
    macs: (a, _x, out) => convMacs(read(convName, a), asTensor(out)),
  });

  torchRules.layer(`torch.nn.${transposedName}`, {
    sig: transposed,
    forward: "input: tensor, output_size: ints? = None",
    check: (a) => {
      if (a.padding_mode !== "zeros") {
        violate("bad-argument", `${transposedName} supports only padding_mode="zeros", got "${a.padding_mode}"`);
      }
      checkTransposedConvolution(transposedName, readTransposed(transposedName, a));
    },
    attributes: () => ({ transposed: true }),
    weights: (a) => ({
      weight: [a.in_channels, quotient(a.out_channels, a.groups), ...a.kernel_size],
      bias: a.bias === true && [a.out_channels],
    }),
    formula,
    essentials,
    sizes: (a) => `out = (in − 1)·stride − 2·padding + ${extentSymbols(a.dilation)} + output_padding`,
    arithmetic: (a, x) => {
      const c = readTransposed(transposedName, a);
      const output = convTransposeOutput(transposedName, x.input, c, x.output_size);
      return spatialNames(dimensions).map(
        (name, i) => `${name}: ${transposedArithmetic(c, x.input, i)} = ${last(output, dimensions, i)}`,
      );
    },
    output: (a, x) =>
      tensor(
        convTransposeOutput(transposedName, x.input, readTransposed(transposedName, a), x.output_size),
        x.input.dtype,
      ),
    macs: (a, x) => convTransposeMacs(readTransposed(transposedName, a), x.input),
  });
}

interface ConvArguments {
  readonly in_channels: Dim;
  readonly out_channels: Dim;
  readonly kernel_size: Shape;
  readonly stride: Shape;
  readonly padding: Shape | string;
  readonly dilation: Shape;
  readonly groups: Dim;
  readonly bias: boolean | null;
}

const paddingModes: ReadonlySet<string> = new Set(["zeros", "reflect", "replicate", "circular"]);

function read(callee: string, a: ConvArguments): Convolution {
  const count = a.kernel_size.length;
  return {
    inChannels: a.in_channels,
    outChannels: a.out_channels,
    kernel: a.kernel_size,
    stride: spread(callee, "stride", a.stride, count),
    padding: typeof a.padding === "string" ? a.padding : spread(callee, "padding", a.padding, count),
    dilation: spread(callee, "dilation", a.dilation, count),
    groups: a.groups,
    channelsArgument: "in_channels",
  };
}

function readTransposed(
  callee: string,
  a: ConvArguments & { readonly padding: Shape; readonly output_padding: Shape },
): TransposedConvolution {
  const count = a.kernel_size.length;
  return {
    ...read(callee, a),
    padding: spread(callee, "padding", a.padding, count),
    outputPadding: spread(callee, "output_padding", a.output_padding, count),
  };
}

/** With another mode than zeros, PyTorch pads first and convolves without padding. */
function convolve(callee: string, c: Convolution, mode: string, input: Tensor): Shape {
  if (mode === "zeros") return convOutput(callee, input, c);
  // The unpadded run is what tells ranks and channels; it may not fail for want of size.
  convOutput(callee, input, { ...c, padding: "same" });
  const pads = [...convPadding(c)].reverse().flat();
  const padded = input.withShape(padOutput(`${callee} with padding_mode="${mode}"`, input, pads, mode as PadMode));
  return convOutput(callee, padded, { ...c, padding: "valid" }, "the padded input");
}

function formula(a: ConvArguments): Formula {
  const kernelNames = spatialNames(a.kernel_size.length).map((name) =>
    a.kernel_size.length === 1 ? "k" : `k_${name.toLowerCase()}`,
  );
  const grouped = eq(a.groups, 1) !== true;
  return affine(
    {
      symbols: `${times(...kernelNames, "C_in")}${grouped ? " / groups" : ""}`,
      numbers: `${times(...a.kernel_size, a.in_channels)}${grouped ? ` / ${factor(a.groups)}` : ""}`,
    },
    { symbols: "C_out", numbers: factor(a.out_channels) },
    a.bias === true,
  );
}

function essentials(a: ConvArguments): string {
  return phrase(
    `${format(a.in_channels)} → ${format(a.out_channels)}`,
    a.kernel_size.length === 1 ? `kernel ${windowText(a.kernel_size)}` : windowText(a.kernel_size),
    !allAre(a.stride, 1) && `stride ${compact(a.stride)}`,
    !allAre(a.dilation, 1) && `dilation ${compact(a.dilation)}`,
    eq(a.groups, 1) !== true && `groups ${format(a.groups)}`,
  );
}

function convArithmetic(c: Convolution, input: Tensor, i: number): string {
  const size = factor(spatialSize(input, c, i));
  if (c.padding === "same") return size;
  const padding = typeof c.padding === "string" ? 0 : entry(c.padding, i);
  const pad = eq(padding, 0) === true ? "" : ` + 2·${factor(padding)}`;
  return `(${size}${pad} − ${extentText(c, i)})//${factor(entry(c.stride, i))} + 1`;
}

function transposedArithmetic(c: TransposedConvolution, input: Tensor, i: number): string {
  const size = factor(spatialSize(input, c, i));
  const padding = entry(c.padding, i);
  const extra = entry(c.outputPadding, i);
  const pad = eq(padding, 0) === true ? "" : ` − 2·${factor(padding)}`;
  const more = eq(extra, 0) === true ? "" : ` + ${format(extra)}`;
  return `(${size} − 1)·${factor(entry(c.stride, i))}${pad} + ${extentText(c, i)}${more}`;
}

/** What a window spans: `3`, with dilation 2 `(2·(3 − 1) + 1)`. */
function extentText(c: Convolution, i: number): string {
  const kernel = factor(entry(c.kernel, i));
  const dilation = entry(c.dilation, i);
  return eq(dilation, 1) === true ? kernel : `(${factor(dilation)}·(${kernel} − 1) + 1)`;
}

function spatialSize(input: Tensor, c: Convolution, i: number): Dim {
  return input.size(i - c.kernel.length);
}

function last(shape: Shape, dimensions: number, i: number): string {
  return format(entry(shape, shape.length - dimensions + i));
}

function entry(values: Shape, i: number): Dim {
  const value = values[i];
  if (value === undefined) throw new RangeError(`no entry ${i} in ${formatShape(values)}`);
  return value;
}

function asTensor(out: Out): Tensor {
  return out as Tensor;
}
