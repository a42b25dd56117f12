/** The shapes of losses, for the layers and for the functions of `torch.nn.functional`. */
import { broadcastAll, type Dim, eq, format, formatShape, ge, numel, type Shape } from "../../../../algebra/index.ts";
import {
  type FindingCode,
  type Opaque,
  require,
  requireEqual,
  type Tensor,
  tensor,
  violate,
} from "../../../rules/index.ts";
import { dimensionIndex, requireRank, requireRankAtLeast, requireSameShape } from "./checks.ts";

export type Reduction = "none" | "mean" | "sum" | "batchmean";

/** The deprecated `size_average` and `reduce` win over `reduction` where either is given. */
export interface ReductionArguments {
  readonly size_average?: boolean | string | null;
  readonly reduce?: boolean | string | null;
  readonly reduction: string | Opaque;
}

/** Throws a finding for a word that PyTorch does not know. */
export function readReduction(callee: string, a: ReductionArguments, batchmean = false): Reduction {
  const { size_average: average = null, reduce = null, reduction } = a;
  if (average !== null || reduce !== null) {
    if (reduce !== null && !reduce) return "none";
    return average === null || average ? "mean" : "sum";
  }
  if (reduction === "none" || reduction === "mean" || reduction === "sum") return reduction;
  if (reduction === "batchmean" && batchmean) return reduction;
  return violate(
    "bad-argument",
    `${callee}: reduction must be "none", "mean" or "sum"${typeof reduction === "string" ? `, got "${reduction}"` : ""}`,
  );
}

/** A scalar, or without reduction the loss of each element. */
export function reduced(elements: Shape, reduction: Reduction, input: Tensor): Tensor {
  return tensor(reduction === "none" ? elements : [], input.dtype);
}

/** The shape that the tensors broadcast to. */
export function broadcastShapes(callee: string, tensors: readonly Tensor[]): Shape {
  const result = broadcastAll(tensors.map((t) => t.shape));
  if ("shape" in result) return result.shape;
  const shapes = tensors.map((t) => formatShape(t.shape)).join(" and ");
  const { axis, left, right } = result.conflict;
  return violate(
    "broadcast-mismatch",
    `${callee}: ${shapes} do not broadcast, since ${format(left)} and ${format(right)} differ in dimension ${axis}`,
  );
}

/** Class scores `(N, C, *)` or `(C)` against class indices `(N, *)` or `()`. Gives the shape of the loss of each. */
export function classIndexLoss(callee: string, input: Tensor, target: Tensor): Shape {
  requireRankAtLeast(callee, input, 1);
  const message = () =>
    `${callee} expects a target of shape ${formatShape(withoutClasses(input))} for scores ${formatShape(input.shape)}, got ${formatShape(target.shape)}`;
  // Unbatched scores take their one index as () or (1,).
  if (input.rank === 1) {
    if (target.rank > 1) violate("rank-mismatch", message());
    if (target.rank === 1) demand(target, [1], "broadcast-mismatch", message);
    return [];
  }
  const wanted = withoutClasses(input);
  if (target.rank !== wanted.length) violate("rank-mismatch", message());
  demand(target, wanted, "broadcast-mismatch", message);
  return wanted;
}

/** As `classIndexLoss`, or against the probabilities of each class, in the shape of the scores. */
export function crossEntropyLoss(callee: string, input: Tensor, target: Tensor): Shape {
  requireRankAtLeast(callee, input, 1);
  const sameRank = target.rank === input.rank;
  const same = sameRank && target.shape.every((size, i) => eq(size, input.size(i)) !== false);
  const oneIndex = input.rank === 1 && target.rank === 1 && eq(input.size(0), target.size(0)) !== true;
  return same && !oneIndex ? withoutClasses(input) : classIndexLoss(callee, input, target);
}

/** One weight for each class. */
export function requireClassWeights(callee: string, input: Tensor, weight: Tensor | null): void {
  if (weight === null) return;
  const classes = input.size(input.rank === 1 ? 0 : 1);
  const message = () =>
    `${callee} has weights for ${formatShape(weight.shape)} classes, but input has ${format(classes)}: ${formatShape(input.shape)}`;
  if (weight.rank !== 1) violate("rank-mismatch", message());
  requireEqual(weight.size(0), classes, "channel-mismatch", message);
}

/** Scores `(N, C)` or `(C)` against indices `(N)` or `()`. */
export function multiMarginLoss(callee: string, input: Tensor, target: Tensor): Shape {
  if (input.rank > 2) requireRank(callee, input, [1, 2]);
  if (input.rank < 2) {
    if (target.rank > 1) requireRank(callee, target, [0, 1], "target");
    return target.shape;
  }
  const wanted = input.shape.slice(0, 1);
  // The class of one sample may be told without a dimension.
  if (target.rank === 0 && eq(input.size(0), 1) !== false) return target.shape;
  const message = () => `${callee} expects a target of shape ${formatShape(wanted)}, got ${formatShape(target.shape)}`;
  if (target.rank !== 1) violate("rank-mismatch", message());
  demand(target, wanted, "broadcast-mismatch", message);
  return wanted;
}

/** Scores `(N, C)` or `(C)` against a target of that shape. */
export function multiLabelMarginLoss(callee: string, input: Tensor, target: Tensor): Shape {
  if (input.rank > 2) requireRank(callee, input, [1, 2]);
  // One class may be told without a dimension.
  const isOne = (tensor: Tensor): boolean => tensor.rank < 2 && numel(tensor.shape) === 1;
  if (!isOne(input) || !isOne(target)) requireSameShape(callee, input, target, "input", "target");
  return input.shape.slice(0, -1);
}

/** Distances over the last dimension of three tensors of one rank; with `swap` those between the other two count too. */
export function tripletLoss(callee: string, anchor: Tensor, positive: Tensor, negative: Tensor, swap: boolean): Shape {
  if (positive.rank !== anchor.rank || negative.rank !== anchor.rank) {
    violate(
      "rank-mismatch",
      `${callee} expects anchor, positive and negative of one rank, got ${anchor.rank}D, ${positive.rank}D and ${negative.rank}D`,
    );
  }
  const pairs = [[anchor, positive], [anchor, negative], ...(swap ? [[positive, negative]] : [])];
  const distances = pairs.map((pair) => tensor(broadcastShapes(callee, pair).slice(0, -1), null));
  return broadcastShapes(callee, distances);
}

/** `(N, D)`, `(N, D)` against `(N)`, or `(D)`, `(D)` against `()`. */
export function cosineEmbeddingLoss(callee: string, input1: Tensor, input2: Tensor, target: Tensor): Shape {
  requireRank(callee, target, [0, 1], "target");
  requireRank(callee, input1, [target.rank + 1], "input1");
  requireRank(callee, input2, [target.rank + 1], "input2");
  const shape = broadcastShapes(callee, [input1, input2]).slice(0, -1);
  return broadcastShapes(callee, [tensor(shape, null), target]);
}

/** Three tensors of one rank that broadcast. */
export function marginRankingLoss(callee: string, input1: Tensor, input2: Tensor, target: Tensor): Shape {
  if (input2.rank !== input1.rank || target.rank !== input1.rank) {
    violate(
      "rank-mismatch",
      `${callee} expects input1, input2 and target of one rank, got ${input1.rank}D, ${input2.rank}D and ${target.rank}D`,
    );
  }
  return broadcastShapes(callee, [input1, input2, target]);
}

/** Cosine similarity along one dimension of what the two broadcast to. */
export function cosineSimilarity(callee: string, x1: Tensor, x2: Tensor, dim: Dim): Shape {
  const shape = broadcastShapes(callee, [x1, x2]);
  const index = dimensionIndex(callee, dim, shape.length);
  return shape.filter((_size, i) => i !== index);
}

/** Distance over the last dimension of what the two broadcast to. */
export function pairwiseDistance(callee: string, x1: Tensor, x2: Tensor, keepdim: boolean): Shape {
  const shape = broadcastShapes(callee, [x1, x2]);
  return keepdim && shape.length > 0 ? [...shape.slice(0, -1), 1] : shape.slice(0, -1);
}

/** CTC: log-probabilities `(T, N, C)` or `(T, C)`, targets `(N, S)` or all in a row. */
export function ctcLoss(callee: string, logProbs: Tensor, targets: Tensor): Shape {
  requireRank(callee, logProbs, [2, 3], "log_probs");
  requireRank(callee, targets, [1, 2], "targets");
  if (logProbs.rank === 2) return [];
  const batch = logProbs.size(1);
  if (targets.rank === 2) {
    requireEqual(
      targets.size(0),
      batch,
      "broadcast-mismatch",
      () => `${callee} expects targets for ${format(batch)} sequences, got ${formatShape(targets.shape)}`,
    );
  }
  return [batch];
}

function withoutClasses(input: Tensor): Shape {
  return input.rank === 1 ? [] : [...input.shape.slice(0, 1), ...input.shape.slice(2)];
}

function demand(given: Tensor, wanted: Shape, code: FindingCode, message: () => string): void {
  for (const [i, size] of wanted.entries()) {
    requireEqual(given.size(i), size, code, message);
    require(ge(size, 0), code, message);
  }
}
