/** The geometry of `Embedding` and `EmbeddingBag` and of their functions. */
import { type Dim, format, formatShape, ge, lt, type Shape, sub } from "../../../../algebra/index.ts";
import { require, type Tensor, violate } from "../../../rules/index.ts";
import { requireRank, requireSameShape } from "./checks.ts";

/** Indices `(*)` to `(*, embedding_dim)`. */
export function embeddingOutput(callee: string, indices: Tensor, embeddingDim: Dim): Shape {
  requireIndices(callee, indices);
  return [...indices.shape, embeddingDim];
}

/** A table is looked up by integers. */
function requireIndices(callee: string, indices: Tensor): void {
  const { dtype } = indices;
  if (dtype === null || dtype === "int64" || dtype === "int32") return;
  violate(
    "bad-argument",
    `${callee} takes indices of int64 or int32, but input is ${dtype}: ${formatShape(indices.shape)}`,
  );
}

/** The padding index counts from either end of the table. */
export function requirePaddingIndex(callee: string, paddingIdx: Dim | null, numEmbeddings: Dim): void {
  if (paddingIdx === null) return;
  const message = () =>
    `${callee}: padding_idx=${format(paddingIdx)} is outside of num_embeddings=${format(numEmbeddings)}`;
  require(lt(paddingIdx, numEmbeddings), "bad-argument", message);
  require(ge(paddingIdx, sub(0, numEmbeddings)), "bad-argument", message);
}

/** What `EmbeddingBag` is called with. */
export interface Bags {
  readonly input: Tensor;
  readonly offsets: Tensor | null;
  readonly weights: Tensor | null;
  readonly includeLastOffset: boolean;
}

/** `(B, N)` indices, or `(N)` with the offsets of B bags, to `(B, embedding_dim)`. */
export function embeddingBagOutput(callee: string, bags: Bags, embeddingDim: Dim, mode: string): Shape {
  const { input, offsets, weights } = bags;
  if (mode !== "sum" && mode !== "mean" && mode !== "max") {
    violate("bad-argument", `${callee}: mode must be "sum", "mean" or "max", got "${mode}"`);
  }
  requireRank(callee, input, [1, 2]);
  if (weights !== null) {
    if (mode !== "sum") violate("bad-argument", `${callee}: per_sample_weights needs mode="sum", not "${mode}"`);
    requireSameShape(callee, weights, input, "per_sample_weights", "input");
  }
  if (input.rank === 2) {
    if (offsets !== null)
      violate("rank-mismatch", `${callee} takes offsets only with a 1D input: ${formatShape(input.shape)}`);
    return [input.size(0), embeddingDim];
  }
  if (offsets === null)
    return violate("rank-mismatch", `${callee} needs offsets with a 1D input: ${formatShape(input.shape)}`);
  requireRank(callee, offsets, [1], "offsets");
  const count = offsets.size(0);
  return [bags.includeLastOffset ? sub(count, 1) : count, embeddingDim];
}
