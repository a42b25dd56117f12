/**
 * The functions of `torch` beneath those of `torch.nn.functional`: the same geometry with arguments in other places, and
 * flags as numbers. Code that was traced or exported calls them.
 */
import "./convolution.ts";
import "./losses.ts";
import "./resampling.ts";
import { add, type Dim, formatShape, mul, numel, product, type Shape, sub } from "../../../../algebra/index.ts";
import { type DType, type OpRule, type Out, requireEqual, Tensor, Undecided, violate } from "../../../rules/index.ts";
import { resultType, toFloat } from "../dtypes.ts";
import { isEmpty, requireRank, spread } from "../geometry/checks.ts";
import {
  checkConvolution,
  checkTransposedConvolution,
  convMacs,
  convOutput,
  convTransposeMacs,
  convTransposeOutput,
} from "../geometry/conv.ts";
import { embeddingBagOutput, embeddingOutput } from "../geometry/embedding.ts";
import { channelShuffleOutput } from "../geometry/interpolate.ts";
import { groupNormOutput, layerNormOutput, requireChannels } from "../geometry/norm.ts";
import { torchRules } from "../table.ts";
import { alias, broadcastOf, op } from "./support.ts";
import { expanded } from "./views.ts";

// ── normalisation ────────────────────────────────────────────────────────────────────────────────────────────────────

const statistics = "weight: tensor?, bias: tensor?, running_mean: tensor?, running_var: tensor?";

function perChannel(callee: string, input: Tensor, least: number, entries: readonly (Tensor | null)[]): Tensor {
  if (input.rank < least) {
    violate(
      "rank-mismatch",
      `${callee} needs at least ${least} dimensions, but ${formatShape(input.shape)} has ${input.rank}`,
    );
  }
  if (isEmpty(input)) throw new Undecided("what is made of no elements is not followed");
  for (const each of entries) if (each?.dims?.length === 1) requireChannels(callee, input, 1, each.size(0), null);
  return input;
}
op("torch.batch_norm", {
  sig: `input: tensor, ${statistics}, training: any, momentum: any, eps: any, cudnn_enabled: any`,
  output: (a) => perChannel("batch_norm", a.input, 2, [a.weight, a.bias, a.running_mean, a.running_var]),
});
op("torch.instance_norm", {
  sig: `input: tensor, ${statistics}, use_input_stats: any, momentum: any, eps: any, cudnn_enabled: any`,
  output: (a) => perChannel("instance_norm", a.input, 2, [a.weight, a.bias, a.running_mean, a.running_var]),
});
op("torch.native_batch_norm", {
  sig: `input: tensor, ${statistics}, training: bool, momentum: any, eps: any`,
  output: (a) => {
    const output = perChannel("native_batch_norm", a.input, 2, []);
    const saved = a.input.withShape(a.training ? [a.input.size(1)] : [0]);
    return [output, saved, saved];
  },
});
op("torch.group_norm", {
  sig: "input: tensor, num_groups, weight: tensor? = None, bias: tensor? = None, eps: any = 1e-05, cudnn_enabled: any = True",
  output: ({ input, num_groups, weight }) =>
    input.withShape(groupNormOutput("group_norm", input, num_groups, weight?.dims?.[0] ?? null)),
});
op("torch.native_group_norm", {
  sig: "input: tensor, weight: tensor?, bias: tensor?, N, C, HxW, group, eps: any",
  output: ({ input, N, C, HxW, group }) => {
    requireEqual(
      numel(input.shape),
      product([N, C, HxW]),
      "bad-argument",
      () => `native_group_norm is told of ${formatShape([N, C, HxW])}, but input is ${formatShape(input.shape)}`,
    );
    return [input, input.withShape([N, group]), input.withShape([N, group])];
  },
});
op("torch.native_layer_norm", {
  sig: "input: tensor, normalized_shape: ints, weight: tensor?, bias: tensor?, eps: any",
  output: ({ input, normalized_shape }) => {
    layerNormOutput("native_layer_norm", input, normalized_shape);
    const kept = input.rank - normalized_shape.length;
    const moments = input.withShape(input.shape.map((size, i) => (i < kept ? size : 1)));
    return [input, moments, moments];
  },
});
op("torch.native_dropout", {
  sig: "input: tensor, p: any, train: any",
  output: ({ input }) => [input, isEmpty(input) ? input : input.withDtype("bool")],
});
op("torch.native_channel_shuffle torch.nn.functional.native_channel_shuffle", {
  sig: "input: tensor, groups",
  output: ({ input, groups }) => input.withShape(channelShuffleOutput("native_channel_shuffle", input, groups)),
});

// ── embeddings ───────────────────────────────────────────────────────────────────────────────────────────────────────

op("torch.embedding", {
  sig: "weight: tensor, indices: tensor, padding_idx = -1, scale_grad_by_freq: any = False, sparse: any = False",
  output: ({ weight, indices }) => {
    requireRank("embedding", weight, [2], "weight");
    return weight.withShape(embeddingOutput("embedding", indices, weight.size(1)));
  },
});
const bagModes = ["sum", "mean", "max"];
op("torch.embedding_bag", {
  sig: "weight: tensor, indices: tensor, offsets: tensor, scale_grad_by_freq: any = False, mode = 0, sparse: any = False, per_sample_weights: tensor? = None, include_last_offset = False, padding_idx: any? = None",
  output: (a): Out => {
    requireRank("embedding_bag", a.weight, [2], "weight");
    const bags = {
      input: a.indices,
      offsets: a.offsets,
      weights: a.per_sample_weights,
      includeLastOffset: a.include_last_offset,
    };
    const mode = typeof a.mode === "number" ? a.mode : 0;
    const output = a.weight.withShape(
      embeddingBagOutput("embedding_bag", bags, a.weight.size(1), bagModes[mode] ?? "sum"),
    );
    const rest = new Tensor(null, a.indices.dtype, "what it keeps for the gradient is not followed");
    return [output, rest, rest, rest];
  },
});
op("torch.embedding_renorm_", {
  sig: "input: tensor, indices: tensor, max_norm: any, norm_type: any",
  inplace: true,
  output: ({ input, indices }) => {
    requireRank("embedding_renorm_", input, [2]);
    requireWhole("embedding_renorm_", indices.dtype);
    return input;
  },
});

function requireWhole(callee: string, dtype: DType | null): void {
  if (dtype !== null && dtype !== "int64" && dtype !== "int32") {
    violate("bad-argument", `${callee} needs indices of int64 or int32, got ${dtype}`);
  }
}

// ── convolution and windows ──────────────────────────────────────────────────────────────────────────────────────────

interface Convolving {
  readonly input: Tensor;
  readonly weight: Tensor;
  readonly stride: Shape;
  readonly padding: Shape;
  readonly dilation: Shape;
  readonly transposed: boolean;
  readonly output_padding: Shape;
  readonly groups: Dim;
}
function convolutionOf(a: Convolving) {
  const kernel = a.weight.shape.slice(2);
  const each = (name: string, values: Shape): Shape => spread("convolution", name, values, kernel.length);
  const [first, second] = [a.weight.size(0), mul(a.weight.size(1), a.groups)];
  return {
    inChannels: a.transposed ? first : second,
    outChannels: a.transposed ? second : first,
    kernel,
    stride: each("stride", a.stride),
    padding: each("padding", a.padding),
    dilation: each("dilation", a.dilation),
    outputPadding: each("output_padding", a.output_padding),
    groups: a.groups,
  };
}
op("torch.convolution", {
  sig: "input: tensor, weight: tensor, bias: tensor?, stride: ints, padding: ints, dilation: ints, transposed: bool, output_padding: ints, groups",
  output: (a) => {
    requireRank("convolution", a.weight, [3, 4, 5], "weight");
    const c = convolutionOf(a);
    if (!a.transposed) {
      checkConvolution("convolution", c);
      return a.input.withShape(convOutput("convolution", a.input, c));
    }
    checkTransposedConvolution("convolution", c);
    return a.input.withShape(convTransposeOutput("convolution", a.input, c));
  },
  macs: (a, out) =>
    a.transposed ? convTransposeMacs(convolutionOf(a), a.input) : convMacs(convolutionOf(a), out as Tensor),
});
const timeFirst: OpRule<"input: tensor, weight: tensor, bias: tensor, pad = 0"> = {
  sig: "input: tensor, weight: tensor, bias: tensor, pad = 0",
  output: ({ input, weight, bias, pad }) => {
    requireRank("conv_tbc", input, [3]);
    requireRank("conv_tbc", weight, [3], "weight");
    requireRank("conv_tbc", bias, [1], "bias");
    const message = (): string =>
      `conv_tbc of ${formatShape(input.shape)} with the weight ${formatShape(weight.shape)} and the bias ${formatShape(bias.shape)}: the channels differ`;
    requireEqual(input.size(2), weight.size(1), "channel-mismatch", message);
    requireEqual(bias.size(0), weight.size(2), "channel-mismatch", message);
    const length = add(sub(add(input.size(0), mul(2, pad)), weight.size(0)), 1);
    return input.withShape([length, input.size(1), weight.size(2)]);
  },
};
op("torch.conv_tbc torch.nn.functional.conv_tbc", timeFirst);

for (const n of [2, 3]) {
  const name = `fractional_max_pool${n}d`;
  const rule = torchRules.ops.get(`torch.nn.functional.${name}`)?.rule as unknown as OpRule<"return_indices: bool">;
  torchRules.op(`torch.nn.functional.${name}_with_indices`, {
    ...rule,
    output: (a) => rule.output({ ...a, return_indices: true }),
  });
}
op("torch.max_pool1d_with_indices", {
  sig: "input: tensor, kernel_size: ints, stride: ints = 0, padding: ints = 0, dilation: ints = 1, ceil_mode = False",
  output: (a) => {
    const rule = torchRules.ops.get("torch.nn.functional.max_pool1d_with_indices")?.rule as OpRule<string>;
    const stride = a.stride.length === 0 || a.stride[0] === 0 ? null : a.stride;
    return rule.output({ ...a, stride, return_indices: true } as never);
  },
});
for (const name of ["grid_sampler", "grid_sampler_2d", "grid_sampler_3d"]) {
  const rule = torchRules.ops.get("torch.nn.functional.grid_sample")?.rule as OpRule<string>;
  op(`torch.${name}`, {
    sig: "input: tensor, grid: tensor, interpolation_mode: any, padding_mode: any, align_corners: any",
    output: (a) => {
      if (name !== "grid_sampler") requireRank(name, a.input, [name === "grid_sampler_2d" ? 4 : 5]);
      return rule.output(a as never);
    },
  });
}
alias("torch.affine_grid_generator", "torch.nn.functional.affine_grid");

// ── losses ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const reductions = ["none", "mean", "sum"];

/** A loss whose `reduction` is a number: 0 none, 1 mean, 2 sum; any other is none. */
function numbered(name: string, sig: string): void {
  const rule = torchRules.ops.get(`torch.nn.functional.${name}`)?.rule as OpRule<string>;
  op(`torch.${name}`, {
    sig: sig as "reduction = 1",
    output: (a) => rule.output({ ...a, reduction: reductions[a.reduction as number] ?? "none" } as never),
  });
}
op("torch.binary_cross_entropy_with_logits", {
  sig: "input: tensor, target: tensor, weight: tensor? = None, pos_weight: tensor? = None, reduction = 0",
  output: ({ input, target, weight, reduction }) => {
    // The loss is computed in place of `1 - target`.
    for (const each of [input, weight]) {
      if (each !== null) expanded("binary_cross_entropy_with_logits", each.shape, target.shape);
    }
    return new Tensor(reduction === 1 || reduction === 2 ? [] : target.shape, target.dtype);
  },
});
numbered("cosine_embedding_loss", "input1: tensor, input2: tensor, target: tensor, margin: any = 0.0, reduction = 0");
numbered("hinge_embedding_loss", "input: tensor, target: tensor, margin: any = 1.0, reduction = 0");
numbered("kl_div", "input: tensor, target: tensor, reduction = 0, *, log_target: any = False");
op("torch.margin_ranking_loss", {
  sig: "input1: tensor, input2: tensor, target: tensor, margin: any = 0.0, reduction = 0",
  output: ({ input1, input2, target, reduction }) => {
    const shape = broadcastOf("margin_ranking_loss", target, input1, input2);
    const dtype = toFloat(resultType([input1, input2, target]));
    return new Tensor(reduction === 1 || reduction === 2 ? [] : shape, dtype);
  },
});
numbered("poisson_nll_loss", "input: tensor, target: tensor, log_input: any, full: any, eps: any, reduction");
numbered(
  "triplet_margin_loss",
  "anchor: tensor, positive: tensor, negative: tensor, margin: any = 1.0, p: any = 2.0, eps: any = 1e-06, swap: any = False, reduction = 0",
);
numbered(
  "ctc_loss",
  "log_probs: tensor, targets: tensor, input_lengths: any, target_lengths: any, blank: any = 0, reduction = 0, zero_infinity: any = False",
);

const crossing: OpRule<'input: tensor, linear_weight: tensor, target: tensor, *, linear_bias: tensor? = None, weight: tensor? = None, reduction = "mean", ignore_index: any? = None, label_smoothing: any = 0.0, options: any? = None'> =
  {
    sig: 'input: tensor, linear_weight: tensor, target: tensor, *, linear_bias: tensor? = None, weight: tensor? = None, reduction = "mean", ignore_index: any? = None, label_smoothing: any = 0.0, options: any? = None',
    output: ({ input, linear_weight: w, target, reduction }) => {
      requireRank("linear_cross_entropy", input, [1, 2, 3]);
      requireRank("linear_cross_entropy", w, [2], "linear_weight");
      requireEqual(
        input.size(-1),
        w.size(1),
        "in-features-mismatch",
        () =>
          `linear_cross_entropy of ${formatShape(input.shape)} with the weight ${formatShape(w.shape)}: the last sizes must be equal`,
      );
      return input.withShape(reduction === "none" ? target.shape : []);
    },
    macs: ({ input, linear_weight: w }) => mul(numel(input.shape), w.size(0)),
  };
op("torch.nn.functional.linear_cross_entropy", crossing);

op("torch.nn.functional.grouped_mm", {
  sig: "mat_a: tensor, mat_b: tensor, *, offs: tensor? = None, bias: tensor? = None, out_dtype: dtype? = None",
  output: ({ mat_a: a, mat_b: b, offs, out_dtype }) => {
    requireRank("grouped_mm", a, [2, 3], "mat_a");
    requireRank("grouped_mm", b, [2, 3], "mat_b");
    const groups =
      a.rank === 2 && b.rank === 2
        ? [offs === null ? 1 : offs.size(0)]
        : a.rank === 3 && b.rank === 3
          ? [a.size(0)]
          : [];
    if (a.rank !== 2 || b.rank !== 2) {
      requireEqual(
        a.size(-1),
        b.size(-2),
        "matmul-mismatch",
        () => `grouped_mm of ${formatShape(a.shape)} and ${formatShape(b.shape)}: the inner sizes must be equal`,
      );
    }
    return new Tensor([...groups, a.size(-2), b.size(-1)], out_dtype ?? a.dtype);
  },
});
