/** The losses of `torch.nn.functional`, with every `reduction`. */
import { eq, formatShape, type Shape } from "../../../../algebra/index.ts";
import { type DType, requireEqual, Tensor, Undecided, violate } from "../../../rules/index.ts";
import { isIntegral, promoteTypes, resultType, toAccumulated, toFloat, toReal } from "../dtypes.ts";
import { axisOf, broadcastOf, broadcastTo, op, without } from "./support.ts";
import { expanded } from "./views.ts";

const legacy = "size_average: bool? = None, reduce: bool? = None";

/** A loss of elements of `shape`: all of them, or one number. */
function reducedLoss(
  a: Reducing & { readonly reduction: string },
  callee: string,
  shape: Shape,
  dtype: DType | null,
): Tensor {
  const reduction = reductionOf(a.reduction, a);
  if (reduction !== "none" && reduction !== "mean" && reduction !== "sum") {
    violate("bad-argument", `${callee}: reduction must be "none", "mean" or "sum", got "${reduction}"`);
  }
  return new Tensor(reduction === "none" ? shape : [], dtype);
}

/** The two arguments that `reduction` came in place of, which go before it. */
interface Reducing {
  readonly size_average?: boolean | null;
  readonly reduce?: boolean | null;
}

function reductionOf(reduction: string, { size_average: average = null, reduce = null }: Reducing): string {
  if (average === null && reduce === null) return reduction;
  if (reduce === false) return "none";
  return average === false ? "sum" : "mean";
}

const F = (name: string): string => `torch.nn.functional.${name}`;

/** The dtype of the losses of elements. */
type LossDtype = (input: Tensor, target: Tensor) => DType | null;

/** Both are stretched to one shape beforehand, so that one without dimensions counts like the other. */
const stretched: LossDtype = (input, target) => promoteTypes(input.dtype, target.dtype);
const promoted: LossDtype = (input, target) => resultType([input, target]);
const ofInput: LossDtype = (input) => input.dtype;

/** Losses of an input and a target that broadcast. */
function elementwise(name: string, more: string, dtypeOf: LossDtype, reduce = (dtype: DType | null) => dtype): void {
  op(F(name), {
    sig: `input: tensor, target: tensor, ${more}` as "input: tensor, target: tensor, reduction: str",
    output: (a) => {
      const losses = reducedLoss(a, name, broadcastOf(name, a.input, a.target), dtypeOf(a.input, a.target));
      const isSum = reductionOf(a.reduction, a as Reducing) === "sum";
      return isSum ? losses.withDtype(reduce(losses.dtype)) : losses;
    },
  });
}
elementwise("mse_loss", `${legacy}, reduction = "mean", weight: any? = None`, stretched);
elementwise(
  "l1_loss",
  `${legacy}, reduction = "mean", weight: any? = None`,
  (input, target) => toReal(stretched(input, target)),
  toAccumulated,
);
elementwise("smooth_l1_loss", `${legacy}, reduction = "mean", beta: any = 1.0`, stretched);
elementwise("huber_loss", 'reduction = "mean", delta: any = 1.0, weight: any? = None', ofInput);
elementwise("kl_div", `${legacy}, reduction = "mean", log_target: any = False`, promoted);
elementwise("soft_margin_loss", `${legacy}, reduction = "mean"`, ofInput);
elementwise("hinge_embedding_loss", `margin: any = 1.0, ${legacy}, reduction = "mean"`, ofInput);
elementwise(
  "poisson_nll_loss",
  `log_input: any = True, full: any = False, size_average: bool? = None, eps: any = 1e-08, reduce: bool? = None, reduction = "mean"`,
  (input, target) => toFloat(promoted(input, target)),
);

/** Losses that take a target of exactly the input's sizes. */
function binary(name: string, more: string): void {
  op(F(name), {
    sig: `input: tensor, target: tensor, ${more}` as "input: tensor, target: tensor, reduction: str",
    output: (a) => {
      requireSame(name, a.input, a.target);
      return reducedLoss(a, name, a.input.shape, a.input.dtype);
    },
  });
}
binary("binary_cross_entropy", `weight: any? = None, ${legacy}, reduction = "mean"`);
op(F("binary_cross_entropy_with_logits"), {
  sig: `input: tensor, target: tensor, weight: tensor? = None, ${legacy}, reduction = "mean", pos_weight: tensor? = None`,
  output: (a) => {
    const name = "binary_cross_entropy_with_logits";
    requireSame(name, a.input, a.target);
    for (const each of [a.weight, a.pos_weight]) if (each !== null) expanded(name, each.shape, a.input.shape);
    if (a.target.dtype !== null && isIntegral(a.target.dtype)) {
      violate("bad-argument", `${name} needs a floating point target, got ${a.target.dtype}`);
    }
    return reducedLoss(a, name, a.input.shape, a.target.dtype);
  },
});

function requireSame(callee: string, input: Tensor, target: Tensor): void {
  const message = (): string =>
    `${callee} needs a target of the input's sizes ${formatShape(input.shape)}, got ${formatShape(target.shape)}`;
  if (input.rank !== target.rank) violate("rank-mismatch", message());
  for (const [i, size] of input.shape.entries()) requireEqual(size, target.size(i), "broadcast-mismatch", message);
}

op(F("cross_entropy"), {
  sig: `input: tensor, target: tensor, weight: tensor? = None, size_average: bool? = None, ignore_index: any = -100, reduce: bool? = None, reduction = "mean", label_smoothing: any = 0.0`,
  output: (a) => {
    return reducedLoss(
      a,
      "cross_entropy",
      classShape("cross_entropy", a.input, a.target, true),
      crossEntropyDtype(a.input, a.target),
    );
  },
});
op(F("nll_loss"), {
  sig: `input: tensor, target: tensor, weight: tensor? = None, size_average: bool? = None, ignore_index: any = -100, reduce: bool? = None, reduction = "mean"`,
  output: (a) => reducedLoss(a, "nll_loss", classShape("nll_loss", a.input, a.target, false), a.input.dtype),
});

/** Probabilities as a target are multiplied with what is computed of the input, class indices are not. */
function crossEntropyDtype(input: Tensor, target: Tensor): DType | null {
  const indices = target.dtype === null ? target.dims !== null && target.rank !== input.rank : isIntegral(target.dtype);
  return indices ? input.dtype : resultType([input, target]);
}

/** `(N, C, *)` and class indices `(N, *)`, or class probabilities of the input's own sizes. */
function classShape(callee: string, input: Tensor, target: Tensor, probabilities: boolean): Shape {
  if (input.rank === 0) violate("rank-mismatch", `${callee} needs at least 1 dimension for the classes`);
  const axis = input.rank === 1 ? 0 : 1;
  const rest = input.shape.filter((_, i) => i !== axis);
  if (
    probabilities &&
    target.rank === input.rank &&
    (input.rank > 1 || target.dtype === null || !isIntegral(target.dtype))
  ) {
    requireSame(callee, input, target);
    if (target.dtype !== null && isIntegral(target.dtype)) {
      violate(
        "bad-argument",
        `${callee} takes probabilities as floating point numbers, got a target of ${target.dtype}`,
      );
    }
    return rest;
  }
  const message = (): string =>
    `${callee} of ${formatShape(input.shape)} needs a target of sizes ${formatShape(rest)}, got ${formatShape(target.shape)}`;
  if (input.rank === 1 && target.rank === 1 && eq(target.size(0), 1) !== false) return [];
  if (target.rank !== rest.length) violate("rank-mismatch", message());
  for (const [i, size] of rest.entries()) requireEqual(size, target.size(i), "broadcast-mismatch", message);
  if (target.dtype !== null && target.dtype !== "int64" && target.dtype !== "uint8") {
    violate("bad-argument", `${callee} needs class indices of int64, got ${target.dtype}`);
  }
  return rest;
}

op(F("gaussian_nll_loss"), {
  sig: `input: tensor, target: tensor, var: tensor|float, full: any = False, eps: any = 1e-06, reduction = "mean"`,
  output: (a) => {
    const operands = a.var instanceof Tensor ? [a.input, a.target, a.var] : [a.input, a.target];
    const dtype = toFloat(resultType(operands));
    if (a.reduction !== "none") return reducedLoss(a, "gaussian_nll_loss", [], dtype);
    return new Tensor(broadcastOf("gaussian_nll_loss", a.input, a.target), dtype);
  },
});
op(F("margin_ranking_loss"), {
  sig: `input1: tensor, input2: tensor, target: tensor, margin: any = 0, ${legacy}, reduction = "mean"`,
  output: (a) => {
    if (a.input1.rank !== a.input2.rank || a.input1.rank !== a.target.rank) {
      violate(
        "rank-mismatch",
        `margin_ranking_loss needs tensors of one rank, got ${formatShape(a.input1.shape)}, ${formatShape(a.input2.shape)} and ${formatShape(a.target.shape)}`,
      );
    }
    const shape = broadcastOf("margin_ranking_loss", a.target, a.input1, a.input2);
    return reducedLoss(a, "margin_ranking_loss", shape, toFloat(resultType([a.input1, a.input2, a.target])));
  },
});
op(F("cosine_embedding_loss"), {
  sig: `input1: tensor, input2: tensor, target: tensor, margin: any = 0, ${legacy}, reduction = "mean"`,
  output: (a) => {
    const shape = broadcastOf("cosine_embedding_loss", a.input1, a.input2);
    if (shape.length !== a.target.rank + 1 || shape.length > 2) {
      violate(
        "rank-mismatch",
        `cosine_embedding_loss needs inputs of 1 or 2 dimensions and a target of one less, got ${formatShape(shape)} and ${formatShape(a.target.shape)}`,
      );
    }
    const losses = broadcastTo("cosine_embedding_loss", shape.slice(0, -1), a.target.shape);
    return reducedLoss(a, "cosine_embedding_loss", losses, toFloat(resultType([a.input1, a.input2])));
  },
});
op(F("multi_margin_loss"), {
  sig: `input: tensor, target: tensor, p: any = 1, margin: any = 1.0, weight: tensor? = None, ${legacy}, reduction = "mean"`,
  output: (a) => reducedLoss(a, "multi_margin_loss", a.target.shape, a.input.dtype),
});
op(F("multilabel_margin_loss"), {
  sig: `input: tensor, target: tensor, ${legacy}, reduction = "mean"`,
  output: (a) => {
    requireSame("multilabel_margin_loss", a.input, a.target);
    return reducedLoss(a, "multilabel_margin_loss", a.input.shape.slice(0, -1), a.input.dtype);
  },
});
op(F("multilabel_soft_margin_loss"), {
  sig: `input: tensor, target: tensor, weight: tensor? = None, ${legacy}, reduction = "mean"`,
  output: (a) => {
    const shape = broadcastOf("multilabel_soft_margin_loss", a.input, a.target, a.weight);
    // The classes are where the input has its last dimension, whatever it is stretched to.
    const losses = without(shape, axisOf(-1, a.input.rank));
    return reducedLoss(a, "multilabel_soft_margin_loss", losses, resultType([a.input, a.target]));
  },
});
const tripletSignature = "anchor: tensor, positive: tensor, negative: tensor";
op(F("triplet_margin_loss"), {
  sig: `${tripletSignature}, margin: any = 1.0, p: any = 2, eps: any = 1e-06, swap = False, ${legacy}, reduction = "mean"`,
  output: (a) => reducedLoss(a, "triplet_margin_loss", tripletShape(a, a.swap), tripletDtype(a)),
});
op(F("triplet_margin_with_distance_loss"), {
  sig: `${tripletSignature}, *, distance_function: any? = None, margin: any = 1.0, swap = False, reduction = "mean"`,
  output: (a) => {
    const shape = tripletShape(a, a.swap);
    if (a.distance_function !== null && a.reduction === "none") {
      throw new Undecided("what the distance function returns is not followed");
    }
    return reducedLoss(a, "triplet_margin_with_distance_loss", shape, tripletDtype(a));
  },
});

interface Triplet {
  readonly anchor: Tensor;
  readonly positive: Tensor;
  readonly negative: Tensor;
}

const tripletDtype = (a: Triplet): DType | null => toReal(toFloat(resultType([a.anchor, a.positive, a.negative])));

function tripletShape({ anchor, positive, negative }: Triplet, swap: boolean): Shape {
  if (anchor.rank !== positive.rank || anchor.rank !== negative.rank) {
    violate(
      "rank-mismatch",
      `a triplet loss needs tensors of one rank, got ${formatShape(anchor.shape)}, ${formatShape(positive.shape)} and ${formatShape(negative.shape)}`,
    );
  }
  const distances = (one: Tensor, other: Tensor): Shape => broadcastOf("triplet_margin_loss", one, other).slice(0, -1);
  const near = distances(anchor, positive);
  const far = distances(anchor, negative);
  const others = swap ? broadcastTo("triplet_margin_loss", far, distances(positive, negative)) : far;
  return broadcastTo("triplet_margin_loss", near, others);
}

op(F("ctc_loss"), {
  sig: 'log_probs: tensor, targets: tensor, input_lengths: any, target_lengths: any, blank: any = 0, reduction = "mean", zero_infinity: any = False',
  output: (a) => {
    const batch = a.log_probs.rank === 3 ? [a.log_probs.size(1)] : [];
    return reducedLoss(a, "ctc_loss", batch, a.log_probs.dtype);
  },
});
