/** Lookup tables: rows by index, and rows summed up in bags. */
import { type Dim, format } from "../../../../algebra/index.ts";
import { type DType, type Tensor, tensor } from "../../../rules/index.ts";
import { requireAtLeast } from "../geometry/checks.ts";
import { embeddingBagOutput, embeddingOutput, requirePaddingIndex } from "../geometry/embedding.ts";
import { torchRules } from "../table.ts";
import { times } from "./words.ts";

torchRules.layer("torch.nn.Embedding", {
  sig: "num_embeddings, embedding_dim, padding_idx: int? = None, max_norm: float? = None, norm_type: float = 2.0, scale_grad_by_freq = False, sparse = False, _weight: tensor? = None, _freeze = False, device: any? = None, dtype: dtype? = None",
  check: (a) => check("Embedding", a),
  weights: (a) => ({ weight: [a.num_embeddings, a.embedding_dim] }),
  formula,
  essentials,
  output: (a, x) => tensor(embeddingOutput("Embedding", x.input, a.embedding_dim), rowType(a)),
});

torchRules.layer("torch.nn.EmbeddingBag", {
  sig: 'num_embeddings, embedding_dim, max_norm: float? = None, norm_type: float = 2.0, scale_grad_by_freq = False, mode = "mean", sparse = False, _weight: tensor? = None, include_last_offset = False, padding_idx: int? = None, device: any? = None, dtype: dtype? = None',
  forward: "input: tensor, offsets: tensor? = None, per_sample_weights: tensor? = None",
  check: (a) => check("EmbeddingBag", a),
  weights: (a) => ({ weight: [a.num_embeddings, a.embedding_dim] }),
  formula,
  essentials,
  output: (a, x) => {
    const bags = {
      input: x.input,
      offsets: x.offsets,
      weights: x.per_sample_weights,
      includeLastOffset: a.include_last_offset,
    };
    return tensor(embeddingBagOutput("EmbeddingBag", bags, a.embedding_dim, a.mode), rowType(a));
  },
});

interface Table {
  readonly num_embeddings: Dim;
  readonly embedding_dim: Dim;
}

function check(callee: string, a: Table & { readonly padding_idx: Dim | null }): void {
  requireAtLeast(callee, "num_embeddings", a.num_embeddings, 0);
  requireAtLeast(callee, "embedding_dim", a.embedding_dim, 0);
  requirePaddingIndex(callee, a.padding_idx, a.num_embeddings);
}

/** The dtype of the rows: that of given ones, else what the constructor was told. */
function rowType(a: { readonly _weight: Tensor | null; readonly dtype: DType | null }): DType | null {
  return a._weight === null ? (a.dtype ?? "float32") : a._weight.dtype;
}

function formula(a: Table) {
  return { symbols: "num_embeddings × embedding_dim", numbers: times(a.num_embeddings, a.embedding_dim) };
}

function essentials(a: Table): string {
  return `${format(a.num_embeddings)} → ${format(a.embedding_dim)}`;
}
