/** Normalisation: batch, instance, group, layer, RMS and local response. */
import { type Dim, divisible, format, formatShape, type Shape } from "../../../../algebra/index.ts";
import { type DType, type Opaque, require, type Tensor, violate } from "../../../rules/index.ts";
import { isEmpty, requireAllAtLeast, requireAtLeast, requireRank, requireRankAtLeast } from "../geometry/checks.ts";
import {
  groupNormOutput,
  layerNormOutput,
  localResponseNormOutput,
  requireChannels,
  requireSeveralElements,
} from "../geometry/norm.ts";
import { torchRules } from "../table.ts";
import { times, windowText } from "./words.ts";

// Without weights and statistics the number of features is never looked at: it may be anything.
const batchSignature =
  "num_features: int|any, eps: float = 1e-5, momentum: float? = 0.1, affine = True, track_running_stats = True, device: any? = None, dtype: dtype? = None, *, bias = True";

for (const [name, ranks] of [
  ["BatchNorm1d", [2, 3]],
  ["BatchNorm2d", [4]],
  ["BatchNorm3d", [5]],
  ["SyncBatchNorm", null],
] as const) {
  torchRules.layer(`torch.nn.${name}`, {
    sig:
      ranks === null
        ? (batchSignature.replace("device", "process_group: any? = None, device") as typeof batchSignature)
        : batchSignature,
    ...channelwise(name),
    // The statistics of a batch need more than one value.
    training: (_a, x) => requireSeveralElements(name, x.input, [x.input.size(0), ...x.input.shape.slice(2)]),
    output: (a, x) => {
      if (ranks === null) requireRankAtLeast(name, x.input, 2);
      else requireRank(name, x.input, ranks);
      if (isEmpty(x.input)) return x.input;
      // Without weights and statistics PyTorch has nothing to compare the channels with.
      if (a.affine || a.track_running_stats) {
        requireChannels(name, x.input, 1, featuresOf(name, a.num_features), "num_features");
      }
      // With running statistics, evaluation mode does not ask for several elements.
      if (!a.track_running_stats) requireSeveralElements(name, x.input, [x.input.size(0), ...x.input.shape.slice(2)]);
      return x.input;
    },
  });
}

const instanceSignature =
  "num_features: int|any, eps: float = 1e-5, momentum: float? = 0.1, affine = False, track_running_stats = False, device: any? = None, dtype: dtype? = None, *, bias = True";

for (const dimensions of [1, 2, 3]) {
  const name = `InstanceNorm${dimensions}d`;
  torchRules.layer(`torch.nn.${name}`, {
    sig: instanceSignature,
    ...channelwise(name),
    output: (a, x) => {
      requireRank(name, x.input, [dimensions + 1, dimensions + 2]);
      if (isEmpty(x.input)) return x.input;
      if (a.affine || a.track_running_stats) {
        const channels = featuresOf(name, a.num_features);
        requireChannels(name, x.input, x.input.rank - dimensions - 1, channels, "num_features");
      }
      // With running statistics, evaluation mode does not ask for several elements.
      if (!a.track_running_stats) requireSeveralElements(name, x.input, x.input.shape.slice(-dimensions));
      return x.input;
    },
  });
}

interface Channelwise extends Affine {
  readonly num_features: Dim | Opaque;
  readonly track_running_stats: boolean;
}

/** What norms by channel have in common: what is counted, and how it is told. */
function channelwise(name: string) {
  return {
    check: (a: Channelwise): void => {
      if (a.affine || a.track_running_stats) {
        requireAtLeast(name, "num_features", featuresOf(name, a.num_features), 0);
      }
    },
    weights: (a: Channelwise) =>
      a.affine ? scaleAndShift(a, featuresOf(name, a.num_features)) : { weight: null, bias: null },
    buffers: (a: Channelwise) =>
      a.track_running_stats
        ? runningStatistics(a, featuresOf(name, a.num_features))
        : { running_mean: null, running_var: null, num_batches_tracked: null },
    formula: (a: Channelwise) => perChannel(featuresOf(name, a.num_features), a),
    essentials: (a: Channelwise): string => (isOpaque(a.num_features) ? "" : format(a.num_features)),
  };
}

function featuresOf(callee: string, features: Dim | Opaque): Dim {
  if (isOpaque(features)) violate("bad-argument", `${callee}: num_features must be an int where it has weights`);
  return features;
}

function isOpaque(value: Dim | Opaque): value is Opaque {
  return typeof value === "object" && "opaque" in value;
}

torchRules.layer("torch.nn.GroupNorm", {
  sig: "num_groups, num_channels, eps: float = 1e-5, affine = True, device: any? = None, dtype: dtype? = None, *, bias = True",
  check: (a) => {
    requireAtLeast("GroupNorm", "num_groups", a.num_groups, 1);
    if (a.affine) requireAtLeast("GroupNorm", "num_channels", a.num_channels, 0);
    requireDivisible(a.num_channels, a.num_groups);
  },
  weights: (a) => ({
    weight: a.affine && [a.num_channels],
    bias: a.affine && a.bias && [a.num_channels],
  }),
  formula: (a) => perChannel(a.num_channels, a),
  essentials: (a) => `${format(a.num_channels)} in ${format(a.num_groups)} groups`,
  output: (a, x) => {
    const channels = a.affine ? a.num_channels : null;
    groupNormOutput("GroupNorm", x.input, a.num_groups, channels, "num_channels");
    return x.input;
  },
});

torchRules.layer("torch.nn.LayerNorm", {
  sig: "normalized_shape: ints, eps: float = 1e-5, elementwise_affine = True, bias = True, device: any? = None, dtype: dtype? = None",
  check: (a) => requireAllAtLeast("LayerNorm", "normalized_shape", a.normalized_shape, 0),
  attributes: (a) => ({ normalized_shape: a.normalized_shape }),
  weights: (a) => ({
    weight: a.elementwise_affine && a.normalized_shape,
    bias: a.elementwise_affine && a.bias && a.normalized_shape,
  }),
  formula: (a) => perElement(a.normalized_shape, a.elementwise_affine ? (a.bias ? 2 : 1) : 0),
  essentials: (a) => normalizedText(a.normalized_shape),
  output: (a, x) => {
    layerNormOutput("LayerNorm", x.input, a.normalized_shape, "normalized_shape");
    return x.input;
  },
});

torchRules.layer("torch.nn.RMSNorm", {
  sig: "normalized_shape: ints, eps: float? = None, elementwise_affine = True, device: any? = None, dtype: dtype? = None",
  check: (a) => requireAllAtLeast("RMSNorm", "normalized_shape", a.normalized_shape, 0),
  attributes: (a) => ({ normalized_shape: a.normalized_shape }),
  weights: (a) => ({ weight: a.elementwise_affine && a.normalized_shape }),
  formula: (a) => perElement(a.normalized_shape, a.elementwise_affine ? 1 : 0),
  essentials: (a) => normalizedText(a.normalized_shape),
  output: (a, x) => {
    layerNormOutput("RMSNorm", x.input, a.normalized_shape, "normalized_shape");
    return x.input;
  },
});

torchRules.layer("torch.nn.LocalResponseNorm", {
  sig: "size: int|any, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0",
  essentials: (a) => (isOpaque(a.size) ? "" : `over ${format(a.size)} channels`),
  output: (a, x) => {
    localResponseNormOutput("LocalResponseNorm", x.input);
    if (isEmpty(x.input)) return x.input;
    if (isOpaque(a.size)) violate("bad-argument", "LocalResponseNorm: size must be an int");
    requireAtLeast("LocalResponseNorm", "size", a.size, 1);
    return x.input;
  },
});

torchRules.layer("torch.nn.CrossMapLRN2d", {
  sig: "size: int|float, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0",
  essentials: (a) => `over ${format(a.size)} channels`,
  output: (_a, x): Tensor => {
    requireRank("CrossMapLRN2d", x.input, [4]);
    return x.input;
  },
});

interface Affine {
  readonly affine: boolean;
  readonly bias: boolean;
}

function scaleAndShift(a: Affine, features: Dim): Record<string, Shape | false> {
  return { weight: a.affine && [features], bias: a.affine && a.bias && [features] };
}

function runningStatistics(
  a: { readonly track_running_stats: boolean },
  features: Dim,
): Record<string, Shape | { shape: Shape; dtype: DType } | false> {
  const tracked = a.track_running_stats;
  return {
    running_mean: tracked && [features],
    running_var: tracked && [features],
    num_batches_tracked: tracked && { shape: [], dtype: "int64" },
  };
}

/** Scale and shift for every channel: `2 × C`. */
function perChannel(channels: Dim, a: Affine) {
  const count = a.affine ? (a.bias ? 2 : 1) : 0;
  return { symbols: `${count} × C`, numbers: times(count, channels), where: [scaleText(count, "channel")] };
}

function perElement(shape: Shape, count: number) {
  const symbols = shape.length === 1 ? "D" : "numel(normalized_shape)";
  return { symbols: `${count} × ${symbols}`, numbers: times(count, ...shape), where: [scaleText(count, "element")] };
}

function scaleText(count: number, what: string): string {
  return count === 2 ? `a scale and a shift for each ${what}` : `a scale for each ${what}`;
}

function normalizedText(shape: Shape): string {
  return shape.length === 1 ? windowText(shape) : formatShape(shape);
}

function requireDivisible(channels: Dim, groups: Dim): void {
  require(divisible(channels, groups), "not-divisible", () =>
    `GroupNorm: num_channels=${format(channels)} is not divisible by num_groups=${format(groups)}`);
}
