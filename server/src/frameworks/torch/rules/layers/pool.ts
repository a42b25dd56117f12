/** Pooling and unpooling. */
import { type Dim, eq, format, type Shape } from "../../../../algebra/index.ts";
import { type Out, type Tensor, tensor, violate } from "../../../rules/index.ts";
import { requireAllAtLeast, spread } from "../geometry/checks.ts";
import {
  adaptivePoolOutput,
  fractionalPoolOutput,
  type Pooling,
  poolOutput,
  requireWholeWindows,
  unpoolOutput,
} from "../geometry/pool.ts";
import { torchRules } from "../table.ts";
import { allAre, compact, extentSymbols, factor, phrase, spatialNames, windowText } from "./words.ts";

const averageSignature =
  "kernel_size: ints, stride: ints? = None, padding: ints = 0, ceil_mode = False, count_include_pad = True, divisor_override: int? = None";
const unpoolSignature = "kernel_size: pair|ints, stride: pair|ints? = None, padding: pair|ints = 0";
const fractionalSignature =
  "kernel_size: pair, output_size: pair? = None, output_ratio: floats? = None, return_indices = False, _random_samples: any? = None";

for (const dimensions of [1, 2, 3] as const) {
  const max = `MaxPool${dimensions}d`;
  torchRules.layer(`torch.nn.${max}`, {
    sig: "kernel_size: ints, stride: ints? = None, padding: ints = 0, dilation: ints = 1, return_indices = False, ceil_mode = False",
    attributes: strideAttribute,
    essentials: (a) => essentials(read(max, dimensions, a)),
    sizes: (a) => sizes(read(max, dimensions, a)),
    arithmetic: (a, x) => arithmetic(max, read(max, dimensions, a), x.input),
    output: (a, x) => withIndices(poolOutput(max, x.input, read(max, dimensions, a)), x.input, a.return_indices),
  });

  const average = `AvgPool${dimensions}d`;
  torchRules.layer(`torch.nn.${average}`, {
    sig:
      dimensions === 1
        ? (averageSignature.replace(", divisor_override: int? = None", "") as typeof averageSignature)
        : averageSignature,
    check: (a) => {
      if (dimensions > 1 && a.divisor_override !== null && eq(a.divisor_override, 0) === true) {
        violate("bad-argument", `${average}: divisor_override must not be 0`);
      }
    },
    attributes: strideAttribute,
    essentials: (a) => essentials(read(average, dimensions, a)),
    sizes: (a) => sizes(read(average, dimensions, a)),
    arithmetic: (a, x) => arithmetic(average, read(average, dimensions, a), x.input),
    output: (a, x) => {
      const p = read(average, dimensions, a);
      if (dimensions === 3) requireWholeWindows(average, x.input, p);
      return tensor(poolOutput(average, x.input, p), x.input.dtype);
    },
  });

  const power = `LPPool${dimensions}d`;
  torchRules.layer(`torch.nn.${power}`, {
    // One dimension takes its kernel as a number alone; the norm is converted to one, whatever it is.
    sig: `norm_type: float|any, kernel_size: ${dimensions === 1 ? "int" : "ints"}, stride: ints? = None, ceil_mode = False` as "norm_type: float|any, kernel_size: int|ints, stride: ints? = None, ceil_mode = False",
    check: (a) => {
      if (a.norm_type === 0) violate("bad-argument", `${power}: norm_type must not be 0`);
    },
    essentials: (a) => essentials(read(power, dimensions, a)),
    sizes: (a) => sizes(read(power, dimensions, a)),
    arithmetic: (a, x) => arithmetic(power, read(power, dimensions, a), x.input),
    output: (a, x) => {
      const p = read(power, dimensions, a);
      if (dimensions === 3) requireWholeWindows(power, x.input, p);
      return tensor(poolOutput(power, x.input, p), x.input.dtype);
    },
  });

  const adaptiveMax = `AdaptiveMaxPool${dimensions}d`;
  torchRules.layer(`torch.nn.${adaptiveMax}`, {
    sig: "output_size: optints, return_indices = False",
    essentials: (a) => adaptiveEssentials(a.output_size),
    output: (a, x) =>
      withIndices(
        adaptivePoolOutput(adaptiveMax, x.input, a.output_size, dimensions, false),
        x.input,
        a.return_indices,
      ),
  });

  const adaptiveAverage = `AdaptiveAvgPool${dimensions}d`;
  torchRules.layer(`torch.nn.${adaptiveAverage}`, {
    sig: "output_size: optints",
    essentials: (a) => adaptiveEssentials(a.output_size),
    output: (a, x) => tensor(adaptivePoolOutput(adaptiveAverage, x.input, a.output_size, dimensions), x.input.dtype),
  });

  const unpool = `MaxUnpool${dimensions}d`;
  // Up to two dimensions PyTorch looks only at as many numbers as there are dimensions.
  const readUnpooling = (a: { kernel_size: Shape; stride: Shape | null; padding: Shape }) =>
    read(unpool, dimensions, {
      kernel_size: a.kernel_size,
      stride: (dimensions === 3 ? a.stride : a.stride?.slice(0, dimensions)) ?? null,
      padding: a.padding,
    });
  torchRules.layer(`torch.nn.${unpool}`, {
    sig: unpoolSignature.replaceAll(
      "pair",
      ["single", "pair", "triple"][dimensions - 1] ?? "",
    ) as typeof unpoolSignature,
    forward: "input: tensor, indices: tensor, output_size: ints? = None",
    attributes: strideAttribute,
    essentials: (a) => essentials(readUnpooling(a)),
    output: (a, x) => tensor(unpoolOutput(unpool, x.input, x.indices, readUnpooling(a), x.output_size), x.input.dtype),
  });
}

for (const dimensions of [2, 3] as const) {
  const name = `FractionalMaxPool${dimensions}d`;
  torchRules.layer(`torch.nn.${name}`, {
    sig: fractionalSignature.replaceAll("pair", dimensions === 2 ? "pair" : "triple") as typeof fractionalSignature,
    check: (a) => fractionalTarget(name, dimensions, a),
    essentials: (a) => windowText(a.kernel_size),
    output: (a, x) => {
      const target = fractionalTarget(name, dimensions, a);
      return withIndices(fractionalPoolOutput(name, x.input, a.kernel_size, target), x.input, a.return_indices);
    },
  });
}

function fractionalTarget(
  callee: string,
  dimensions: number,
  a: { readonly output_size: Shape | null; readonly output_ratio: readonly number[] | null },
): { sizes: Shape } | { ratios: readonly number[] } {
  if (a.output_size !== null && a.output_ratio !== null) {
    violate("bad-argument", `${callee} takes output_size or output_ratio, not both`);
  }
  if (a.output_size !== null) {
    requireAllAtLeast(callee, "output_size", a.output_size, 0);
    return { sizes: a.output_size };
  }
  if (a.output_ratio === null) return violate("bad-argument", `${callee} needs output_size or output_ratio`);
  const [first] = a.output_ratio;
  const ratios =
    a.output_ratio.length === 1 && first !== undefined ? new Array<number>(dimensions).fill(first) : a.output_ratio;
  if (ratios.length !== dimensions || ratios.some((ratio) => !(ratio > 0 && ratio < 1))) {
    violate(
      "bad-argument",
      `${callee}: output_ratio takes ${dimensions} numbers between 0 and 1, got ${ratios.join(", ")}`,
    );
  }
  return { ratios };
}

function read(
  callee: string,
  dimensions: number,
  a: {
    readonly kernel_size: Dim | Shape;
    readonly stride: Shape | null;
    readonly padding?: Shape;
    readonly dilation?: Shape;
    readonly ceil_mode?: boolean;
  },
): Pooling {
  const window = Array.isArray(a.kernel_size) ? a.kernel_size : [a.kernel_size as Dim];
  const kernel = spread(callee, "kernel_size", window, dimensions);
  // An empty stride stands for none, as None does.
  const given = a.stride !== null && a.stride.length > 0 ? a.stride : null;
  return {
    kernel,
    stride: given === null ? kernel : spread(callee, "stride", given, dimensions),
    padding: spread(callee, "padding", a.padding ?? [0], dimensions),
    dilation: spread(callee, "dilation", a.dilation ?? [1], dimensions),
    ceilMode: a.ceil_mode ?? false,
  };
}

/** Where no stride is given, PyTorch keeps the kernel size for it. */
function strideAttribute(a: {
  readonly stride: Shape | null;
  readonly kernel_size: Shape;
}): Record<string, Dim | Shape> {
  if (a.stride !== null) return {};
  const [only] = a.kernel_size;
  return { stride: a.kernel_size.length === 1 && only !== undefined ? only : a.kernel_size };
}

function essentials(p: Pooling): string {
  return phrase(
    p.kernel.length === 1 ? `kernel ${windowText(p.kernel)}` : windowText(p.kernel),
    `stride ${compact(p.stride)}`,
    !allAre(p.dilation, 1) && `dilation ${compact(p.dilation)}`,
  );
}

function adaptiveEssentials(sizes: readonly (Dim | null)[]): string {
  return `to ${sizes.map((size) => (size === null ? "same" : format(size))).join("×")}`;
}

function sizes(p: Pooling): string {
  const room = `in${allAre(p.padding, 0) ? "" : " + 2·padding"} − ${extentSymbols(p.dilation)}`;
  return p.ceilMode ? `out = ceil((${room}) / stride) + 1` : `out = (${room})//stride + 1`;
}

function arithmetic(callee: string, p: Pooling, input: Tensor): readonly string[] {
  const output = poolOutput(callee, input, p);
  return spatialNames(p.kernel.length).map((name, i) => {
    const at = (values: Shape) => values[i] ?? 0;
    const padding = eq(at(p.padding), 0) === true ? "" : ` + 2·${factor(at(p.padding))}`;
    const extent =
      eq(at(p.dilation), 1) === true
        ? factor(at(p.kernel))
        : `(${factor(at(p.dilation))}·(${factor(at(p.kernel))} − 1) + 1)`;
    const room = `${factor(input.size(i - p.kernel.length))}${padding} − ${extent}`;
    const windows = p.ceilMode
      ? `ceil((${room}) / ${factor(at(p.stride))}) + 1, if the last window starts inside`
      : `(${room})//${factor(at(p.stride))} + 1`;
    return `${name}: ${windows} = ${format(output[output.length - p.kernel.length + i] ?? 0)}`;
  });
}

function withIndices(shape: Shape, input: Tensor, indices: boolean): Out {
  const pooled = tensor(shape, input.dtype);
  return indices ? [pooled, tensor(shape, "int64")] : pooled;
}
