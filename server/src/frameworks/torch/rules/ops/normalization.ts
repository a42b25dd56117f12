/** Linear maps, embeddings, normalisations and similarities of `torch.nn.functional`. */
import { type Dim, eq, formatShape, numel, type Shape } from "../../../../algebra/index.ts";
import { requireEqual, Tensor, Undecided, violate } from "../../../rules/index.ts";
import { isIntegral, promoteTypes, resultType, toFloat, toReal } from "../dtypes.ts";
import { isEmpty, requireRank } from "../geometry/checks.ts";
import { embeddingBagOutput, embeddingOutput, requirePaddingIndex } from "../geometry/embedding.ts";
import { bilinearOutput, linearMacs, linearOutput } from "../geometry/linear.ts";
import { groupNormOutput, layerNormOutput, localResponseNormOutput, requireChannels } from "../geometry/norm.ts";
import { axisOf, broadcastOf, ifKnown, op } from "./support.ts";

op("torch.nn.functional.linear", {
  sig: "input: tensor, weight: tensor, bias: tensor? = None",
  output: ({ input, weight, bias }) => {
    requireRank("linear", weight, [1, 2], "weight");
    const shape = linearOutput("linear", input, weight.size(-1), weight.size(0));
    if (weight.rank === 1) return input.withShape(shape.slice(0, -1));
    if (bias !== null) {
      if (bias.dims !== null && bias.rank > shape.length)
        throw new Undecided("a bias of more dimensions than the product");
      requireBias("linear", bias, weight.size(0));
    }
    return input.withShape(shape);
  },
  macs: (a, out) => linearMacs(out as Tensor, a.weight.size(-1)),
});

/** A bias of one dimension with an entry for each output, or one without that stretches. */
function requireBias(callee: string, bias: Tensor, outputs: Dim): void {
  if (bias.dims === null || bias.rank !== 1 || eq(bias.size(0), 1) === true) return;
  requireEqual(
    bias.size(0),
    outputs,
    "broadcast-mismatch",
    () =>
      `${callee}: the bias ${formatShape(bias.shape)} must have one entry for each output, ${formatShape([outputs])}`,
  );
}

op("torch.nn.functional.bilinear torch.bilinear", {
  sig: "input1: tensor, input2: tensor, weight: tensor, bias: tensor? = None",
  output: (a) => {
    requireRank("bilinear", a.weight, [3], "weight");
    const sizes = { out: a.weight.size(0), in1: a.weight.size(1), in2: a.weight.size(2) };
    return a.input1.withShape(bilinearOutput("bilinear", a.input1, a.input2, sizes, false));
  },
});

op("torch.nn.functional.embedding", {
  sig: "input: tensor, weight: tensor, padding_idx: int? = None, max_norm: any? = None, norm_type: any = 2.0, scale_grad_by_freq: any = False, sparse: any = False",
  output: ({ input, weight, padding_idx }) => {
    requireRank("embedding", weight, [2], "weight");
    requirePaddingIndex("embedding", padding_idx, weight.size(0));
    requireIndices("embedding", input);
    return weight.withShape(embeddingOutput("embedding", input, weight.size(1)));
  },
});
op("torch.nn.functional.embedding_bag", {
  sig: 'input: tensor, weight: tensor, offsets: tensor? = None, max_norm: any? = None, norm_type: any = 2, scale_grad_by_freq: any = False, mode = "mean", sparse: any = False, per_sample_weights: tensor? = None, include_last_offset = False, padding_idx: int? = None',
  output: (a) => {
    requireRank("embedding_bag", a.weight, [2], "weight");
    const bags = {
      input: a.input,
      offsets: a.offsets,
      weights: a.per_sample_weights,
      includeLastOffset: a.include_last_offset,
    };
    return a.weight.withShape(embeddingBagOutput("embedding_bag", bags, a.weight.size(1), a.mode));
  },
});

function requireIndices(callee: string, indices: Tensor): void {
  if (indices.dtype !== null && indices.dtype !== "int64" && indices.dtype !== "int32") {
    violate("bad-argument", `${callee} needs indices of int64 or int32, got ${indices.dtype}`);
  }
}

const scalesSignature = "weight: tensor? = None, bias: tensor? = None, eps: any = 1e-05";
op("torch.nn.functional.layer_norm", {
  sig: `input: tensor, normalized_shape: ints, ${scalesSignature}`,
  output: (a) => normalized("layer_norm", a.input, a),
});
op("torch.layer_norm", {
  sig: `input: tensor, normalized_shape: ints, ${scalesSignature}, cudnn_enable: any = True`,
  output: (a) => normalized("layer_norm", a.input, a),
});
op("torch.nn.functional.rms_norm torch.rms_norm", {
  sig: "input: tensor, normalized_shape: ints, weight: tensor? = None, eps: any? = None",
  output: (a) => normalized("rms_norm", a.input, a),
});
/** The sizes stay whatever they are normalised over. */
function normalized(callee: string, input: Tensor, a: { readonly normalized_shape: Shape }): Tensor {
  ifKnown(() => layerNormOutput(callee, input, a.normalized_shape));
  return input;
}
op("torch.nn.functional.group_norm", {
  sig: `input: tensor, num_groups, ${scalesSignature}`,
  output: ({ input, num_groups, weight }) =>
    input.withShape(groupNormOutput("group_norm", input, num_groups, weight?.dims?.[0] ?? null)),
});
op("torch.nn.functional.batch_norm", {
  sig: "input: tensor, running_mean: tensor?, running_var: tensor?, weight: tensor? = None, bias: tensor? = None, training: any = False, momentum: any = 0.1, eps: any = 1e-05",
  output: (a) => {
    if (a.input.rank < 2) {
      violate(
        "rank-mismatch",
        `batch_norm needs at least 2 dimensions, but ${formatShape(a.input.shape)} has ${a.input.rank}`,
      );
    }
    perChannel("batch_norm", a.input, [a.running_mean, a.running_var, a.weight, a.bias]);
    return a.input;
  },
});
op("torch.nn.functional.instance_norm", {
  sig: "input: tensor, running_mean: tensor? = None, running_var: tensor? = None, weight: tensor? = None, bias: tensor? = None, use_input_stats: any = True, momentum: any = 0.1, eps: any = 1e-05",
  output: (a) => {
    if (a.input.rank < 3) {
      violate(
        "rank-mismatch",
        `instance_norm needs at least 3 dimensions, but ${formatShape(a.input.shape)} has ${a.input.rank}`,
      );
    }
    perChannel("instance_norm", a.input, [a.running_mean, a.running_var, a.weight, a.bias]);
    return a.input;
  },
});
function perChannel(callee: string, input: Tensor, entries: readonly (Tensor | null)[]): void {
  if (isEmpty(input)) return;
  for (const each of entries) if (each?.dims?.length === 1) requireChannels(callee, input, 1, each.size(0), null);
}
op("torch.nn.functional.local_response_norm", {
  sig: "input: tensor, size, alpha: any = 0.0001, beta: any = 0.75, k: any = 1.0",
  output: ({ input }) => {
    const shape = localResponseNormOutput("local_response_norm", input);
    // No elements are handed back as they came.
    const isEmpty = eq(numel(shape), 0);
    return new Tensor(shape, isEmpty === true ? input.dtype : isEmpty === undefined ? null : toFloat(input.dtype));
  },
});

op("torch.nn.functional.cosine_similarity torch.cosine_similarity", {
  sig: "x1: tensor, x2: tensor, dim = 1, eps: any = 1e-8",
  output: (a) => {
    const shape = broadcastOf("cosine_similarity", a.x1, a.x2);
    const axis = axisOf(a.dim, shape.length);
    const dtype = promoteTypes(a.x1.dtype, a.x2.dtype);
    if (dtype !== null && isIntegral(dtype)) {
      violate("bad-argument", `cosine_similarity needs floating point tensors, got ${dtype}`);
    }
    return new Tensor(
      shape.filter((_, i) => i !== axis),
      dtype,
    );
  },
});
op("torch.nn.functional.pairwise_distance torch.pairwise_distance", {
  sig: "x1: tensor, x2: tensor, p: any = 2.0, eps: any = 1e-06, keepdim = False",
  output: (a) => {
    const shape = broadcastOf("pairwise_distance", a.x1, a.x2);
    if (shape.length === 0) throw new Undecided("the distance of tensors without dimensions is not followed");
    return new Tensor(
      a.keepdim ? [...shape.slice(0, -1), 1] : shape.slice(0, -1),
      toReal(toFloat(resultType([a.x1, a.x2]))),
    );
  },
});
