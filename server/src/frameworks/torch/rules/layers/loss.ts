/** Losses, and the distances that two of them are made of. */
import { eq, format, formatShape, type Shape } from "../../../../algebra/index.ts";
import { require, type Tensor, tensor, violate } from "../../../rules/index.ts";
import { requireSameShape } from "../geometry/checks.ts";
import {
  broadcastShapes,
  classIndexLoss,
  cosineEmbeddingLoss,
  cosineSimilarity,
  crossEntropyLoss,
  ctcLoss,
  marginRankingLoss,
  multiLabelMarginLoss,
  multiMarginLoss,
  pairwiseDistance,
  readReduction,
  reduced,
  requireClassWeights,
  tripletLoss,
} from "../geometry/loss.ts";
import { torchRules } from "../table.ts";

const legacy = 'size_average: bool|str? = None, reduce: bool|str? = None, reduction: str|any = "mean"';
const forward = "input: tensor, target: tensor";
type Legacy = typeof legacy;

// Losses of each element against a target that broadcasts with it.
for (const [name, sig] of [
  ["MSELoss", legacy],
  ["L1Loss", legacy],
  ["SmoothL1Loss", `${legacy}, beta: float = 1.0`],
  ["HuberLoss", 'reduction = "mean", delta: float = 1.0'],
  ["HingeEmbeddingLoss", `margin: float = 1.0, ${legacy}`],
  [
    "PoissonNLLLoss",
    'log_input = True, full = False, size_average: bool|str? = None, eps: float = 1e-8, reduce: bool|str? = None, reduction: str|any = "mean"',
  ],
  ["KLDivLoss", `${legacy}, log_target = False`],
] as const) {
  const batchmean = name === "KLDivLoss";
  torchRules.layer(`torch.nn.${name}`, {
    sig: sig as Legacy,
    forward: name === "PoissonNLLLoss" ? ("log_input: tensor, target: tensor" as typeof forward) : forward,
    check: (a) => readReduction(name, a, batchmean),
    output: (a, x) => {
      const input = x.input ?? (x as unknown as { readonly log_input: Tensor }).log_input;
      return reduced(broadcastShapes(name, [input, x.target]), readReduction(name, a, batchmean), input);
    },
  });
}

torchRules.layer("torch.nn.SoftMarginLoss", {
  sig: legacy,
  forward,
  check: (a) => readReduction("SoftMarginLoss", a),
  output: (a, x) => {
    requireBroadcastTo("SoftMarginLoss", x.input, x.target, "target");
    return reduced(x.input.shape, readReduction("SoftMarginLoss", a), x.input);
  },
});

torchRules.layer("torch.nn.BCELoss", {
  sig: `weight: tensor? = None, ${legacy}`,
  forward,
  check: (a) => readReduction("BCELoss", a),
  buffers: (a) => ({ weight: given(a.weight) }),
  output: (a, x) => {
    requireSameShape("BCELoss", x.input, x.target, "input", "target");
    if (a.weight !== null) requireBroadcastTo("BCELoss", x.input, a.weight, "weight");
    return reduced(x.input.shape, readReduction("BCELoss", a), x.input);
  },
});

torchRules.layer("torch.nn.BCEWithLogitsLoss", {
  sig: `weight: tensor? = None, ${legacy}, pos_weight: tensor? = None`,
  forward,
  check: (a) => readReduction("BCEWithLogitsLoss", a),
  buffers: (a) => ({ weight: given(a.weight), pos_weight: given(a.pos_weight) }),
  output: (a, x) => {
    requireSameShape("BCEWithLogitsLoss", x.input, x.target, "input", "target");
    if (a.weight !== null) requireBroadcastTo("BCEWithLogitsLoss", x.input, a.weight, "weight");
    if (a.pos_weight !== null) requireBroadcastTo("BCEWithLogitsLoss", x.input, a.pos_weight, "pos_weight");
    return reduced(x.input.shape, readReduction("BCEWithLogitsLoss", a), x.input);
  },
});

torchRules.layer("torch.nn.CrossEntropyLoss", {
  sig: 'weight: tensor? = None, size_average: bool|str? = None, ignore_index = -100, reduce: bool|str? = None, reduction: str|any = "mean", label_smoothing: float = 0.0',
  forward,
  check: (a) => {
    readReduction("CrossEntropyLoss", a);
    if (a.label_smoothing < 0 || a.label_smoothing > 1) {
      violate("bad-argument", `CrossEntropyLoss: label_smoothing must lie between 0 and 1, got ${a.label_smoothing}`);
    }
  },
  buffers: (a) => ({ weight: given(a.weight) }),
  output: (a, x) => {
    const elements = crossEntropyLoss("CrossEntropyLoss", x.input, x.target);
    requireClassWeights("CrossEntropyLoss", x.input, a.weight);
    return reduced(elements, readReduction("CrossEntropyLoss", a), x.input);
  },
});

for (const name of ["NLLLoss", "NLLLoss2d"]) {
  torchRules.layer(`torch.nn.${name}`, {
    sig: 'weight: tensor? = None, size_average: bool|str? = None, ignore_index = -100, reduce: bool|str? = None, reduction: str|any = "mean"',
    forward,
    check: (a) => readReduction(name, a),
    buffers: (a) => ({ weight: given(a.weight) }),
    output: (a, x) => {
      const elements = classIndexLoss(name, x.input, x.target);
      requireClassWeights(name, x.input, a.weight);
      return reduced(elements, readReduction(name, a), x.input);
    },
  });
}

torchRules.layer("torch.nn.MultiMarginLoss", {
  sig: `p = 1, margin: float = 1.0, weight: tensor? = None, ${legacy}`,
  forward,
  check: (a) => {
    readReduction("MultiMarginLoss", a);
    if (eq(a.p, 1) === false && eq(a.p, 2) === false) {
      violate("bad-argument", `MultiMarginLoss: p must be 1 or 2, got ${format(a.p)}`);
    }
    if (a.weight !== null && a.weight.dims !== null && a.weight.rank !== 1) {
      violate("rank-mismatch", `MultiMarginLoss expects a 1D weight, got ${formatShape(a.weight.shape)}`);
    }
  },
  buffers: (a) => ({ weight: given(a.weight) }),
  output: (a, x) => {
    const elements = multiMarginLoss("MultiMarginLoss", x.input, x.target);
    if (x.input.rank > 0) requireClassWeights("MultiMarginLoss", x.input, a.weight);
    return reduced(elements, readReduction("MultiMarginLoss", a), x.input);
  },
});

torchRules.layer("torch.nn.MultiLabelMarginLoss", {
  sig: legacy,
  forward,
  check: (a) => readReduction("MultiLabelMarginLoss", a),
  output: (a, x) =>
    reduced(
      multiLabelMarginLoss("MultiLabelMarginLoss", x.input, x.target),
      readReduction("MultiLabelMarginLoss", a),
      x.input,
    ),
});

torchRules.layer("torch.nn.MultiLabelSoftMarginLoss", {
  sig: `weight: tensor? = None, ${legacy}`,
  forward,
  check: (a) => readReduction("MultiLabelSoftMarginLoss", a),
  buffers: (a) => ({ weight: given(a.weight) }),
  output: (a, x) => {
    const name = "MultiLabelSoftMarginLoss";
    const tensors = a.weight === null ? [x.input, x.target] : [x.input, x.target, a.weight];
    const elements = broadcastShapes(name, tensors);
    if (x.input.rank === 0) violate("rank-mismatch", `${name} expects at least 1 dimension, but input is a scalar`);
    // The classes are the last dimension of the input, wherever broadcasting puts it.
    const each = elements.filter((_, i) => i !== x.input.rank - 1);
    return reduced(each, readReduction(name, a), x.input);
  },
});

torchRules.layer("torch.nn.TripletMarginLoss", {
  sig: `margin: float = 1.0, p: float = 2.0, eps: float = 1e-6, swap = False, ${legacy}`,
  forward: "anchor: tensor, positive: tensor, negative: tensor",
  check: (a) => {
    readReduction("TripletMarginLoss", a);
    if (a.margin <= 0) violate("bad-argument", `TripletMarginLoss: margin must be greater than 0, got ${a.margin}`);
  },
  output: (a, x) => {
    const elements = tripletLoss("TripletMarginLoss", x.anchor, x.positive, x.negative, a.swap);
    return reduced(elements, readReduction("TripletMarginLoss", a), x.anchor);
  },
});

torchRules.layer("torch.nn.CosineEmbeddingLoss", {
  sig: `margin: float = 0.0, ${legacy}`,
  forward: "input1: tensor, input2: tensor, target: tensor",
  check: (a) => readReduction("CosineEmbeddingLoss", a),
  output: (a, x) => {
    const elements = cosineEmbeddingLoss("CosineEmbeddingLoss", x.input1, x.input2, x.target);
    return reduced(elements, readReduction("CosineEmbeddingLoss", a), x.input1);
  },
});

torchRules.layer("torch.nn.MarginRankingLoss", {
  sig: `margin: float = 0.0, ${legacy}`,
  forward: "input1: tensor, input2: tensor, target: tensor",
  check: (a) => readReduction("MarginRankingLoss", a),
  output: (a, x) => {
    const elements = marginRankingLoss("MarginRankingLoss", x.input1, x.input2, x.target);
    return reduced(elements, readReduction("MarginRankingLoss", a), x.input1);
  },
});

torchRules.layer("torch.nn.GaussianNLLLoss", {
  sig: '*, full = False, eps: float = 1e-6, reduction = "mean"',
  forward: "input: tensor, target: tensor, var: tensor|float",
  check: (a) => readReduction("GaussianNLLLoss", a),
  output: (a, x) => {
    const variance = x.var;
    const tensors = [x.input, x.target];
    // A variance without the last dimension, or with it of size 1, is one for all of it.
    if (typeof variance !== "number" && variance.rank === x.input.rank) tensors.push(variance);
    return reduced(broadcastShapes("GaussianNLLLoss", tensors), readReduction("GaussianNLLLoss", a), x.input);
  },
});

torchRules.layer("torch.nn.CTCLoss", {
  sig: 'blank = 0, reduction = "mean", zero_infinity = False',
  forward: "log_probs: tensor, targets: tensor, input_lengths: tensor|ints, target_lengths: tensor|ints",
  check: (a) => readReduction("CTCLoss", a),
  output: (a, x) => reduced(ctcLoss("CTCLoss", x.log_probs, x.targets), readReduction("CTCLoss", a), x.log_probs),
});

torchRules.layer("torch.nn.CosineSimilarity", {
  sig: "dim = 1, eps: float = 1e-8",
  forward: "x1: tensor, x2: tensor",
  essentials: (a) => `dim ${format(a.dim)}`,
  output: (a, x) => tensor(cosineSimilarity("CosineSimilarity", x.x1, x.x2, a.dim), x.x1.dtype),
});

torchRules.layer("torch.nn.PairwiseDistance", {
  sig: "p: float = 2.0, eps: float = 1e-6, keepdim = False",
  forward: "x1: tensor, x2: tensor",
  output: (a, x) => tensor(pairwiseDistance("PairwiseDistance", x.x1, x.x2, a.keepdim), x.x1.dtype),
});

/** A buffer that is a given tensor. */
function given(weight: Tensor | null) {
  return weight && { shape: weight.shape, dtype: weight.dtype };
}

/** Demands that `other` adds nothing to the shape of `input` where the two broadcast. */
function requireBroadcastTo(callee: string, input: Tensor, other: Tensor, name: string): void {
  const shape: Shape = broadcastShapes(callee, [input, other]);
  const message = () =>
    `${callee}: ${name} ${formatShape(other.shape)} does not broadcast to input ${formatShape(input.shape)}`;
  if (shape.length !== input.rank) violate("broadcast-mismatch", message());
  for (const [i, size] of shape.entries()) require(eq(size, input.size(i)), "broadcast-mismatch", message);
}
