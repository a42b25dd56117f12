/** `scaled_dot_product_attention` and the function beneath `MultiheadAttention`. */
import {
  add,
  type Dim,
  divisible,
  equalShapes,
  format,
  formatShape,
  product,
  type Shape,
  sum,
} from "../../../../algebra/index.ts";
import { require, requireEqual, type Tensor, Undecided, violate } from "../../../rules/index.ts";
import { isEmpty, requireRank } from "../geometry/checks.ts";
import { broadcastTo, op, orNull, withSize } from "./support.ts";

/** Batch sizes with heads, then query length, key length, and the sizes of the two products. */
interface Attention {
  /** The batch sizes of queries times keys, which those of the values may stretch. */
  readonly scores: Shape;
  readonly batch: Shape;
  readonly queries: Dim;
  readonly keys: Dim;
  readonly keySize: Dim;
  readonly valueSize: Dim;
}

op("torch.nn.functional.scaled_dot_product_attention", {
  sig: "query: tensor, key: tensor, value: tensor, attn_mask: tensor? = None, dropout_p: any = 0.0, is_causal: any = False, scale: any? = None, enable_gqa = False",
  output: (a) => {
    // Without elements PyTorch multiplies nothing, and minds no sizes.
    if ([a.query, a.key, a.value].some(isEmpty)) {
      return a.query.withShape([...a.query.shape.slice(0, -1), a.value.size(-1)]);
    }
    const { batch, queries, keys, valueSize } = attention(a.query, a.key, a.value, a.enable_gqa);
    const mask = a.attn_mask;
    if (mask !== null) {
      const weights = [...batch, queries, keys];
      const masked = orNull(() => broadcastTo("attn_mask and weights", mask.shape, weights));
      if (masked !== null && equalShapes(masked, weights) === false) {
        throw new Undecided("whether a mask may stretch the weights depends on the device");
      }
    }
    return a.query.withShape([...batch, queries, valueSize]);
  },
  macs: (a) => {
    if ([a.query, a.key, a.value].some(isEmpty)) return 0;
    const { scores, batch, queries, keys, keySize, valueSize } = attention(a.query, a.key, a.value, a.enable_gqa);
    return add(product([...scores, queries, keys, keySize]), product([...batch, queries, keys, valueSize]));
  },
});

function attention(query: Tensor, key: Tensor, value: Tensor, grouped: boolean): Attention {
  const all = `${formatShape(query.shape)}, ${formatShape(key.shape)} and ${formatShape(value.shape)}`;
  if (query.rank < 2 || key.rank < 2 || value.rank < 2) {
    violate("rank-mismatch", `attention needs at least 2 dimensions, got ${all}`);
  }
  requireEqual(
    query.size(-1),
    key.size(-1),
    "matmul-mismatch",
    () =>
      `attention of ${all}: query and key must have one last size, not ${format(query.size(-1))} and ${format(key.size(-1))}`,
  );
  requireEqual(
    key.size(-2),
    value.size(-2),
    "matmul-mismatch",
    () =>
      `attention of ${all}: key and value must have one length, not ${format(key.size(-2))} and ${format(value.size(-2))}`,
  );
  const batchOf = (t: Tensor): Shape => {
    const batch = t.shape.slice(0, -2);
    return grouped && batch.length > 0 ? sharedHeads(batch, query, t, all) : batch;
  };
  const callee = "attention, batch sizes and heads";
  const scores = broadcastTo(callee, query.shape.slice(0, -2), batchOf(key));
  const batch = broadcastTo(callee, scores, batchOf(value));
  return {
    scores,
    batch,
    queries: query.size(-2),
    keys: key.size(-2),
    keySize: query.size(-1),
    valueSize: value.size(-1),
  };
}

/** With grouped queries each head of key and value serves several heads of the query. */
function sharedHeads(batch: Shape, query: Tensor, t: Tensor, all: string): Shape {
  if (query.rank < 3) return batch;
  require(divisible(query.size(-3), t.size(-3)), "not-divisible", () =>
    `attention of ${all}: the ${format(query.size(-3))} heads of the query are not divisible by ${format(t.size(-3))}`);
  return withSize(batch, batch.length - 1, query.size(-3));
}

op("torch.nn.functional.multi_head_attention_forward", {
  sig: "query: tensor, key: tensor, value: tensor, embed_dim_to_check, num_heads, in_proj_weight: tensor?, in_proj_bias: tensor?, bias_k: tensor?, bias_v: tensor?, add_zero_attn: bool, dropout_p: any, out_proj_weight: tensor, out_proj_bias: tensor?, training: any = True, key_padding_mask: any? = None, need_weights = True, attn_mask: any? = None, use_separate_proj_weight = False, q_proj_weight: tensor? = None, k_proj_weight: tensor? = None, v_proj_weight: tensor? = None, static_k: tensor? = None, static_v: tensor? = None, average_attn_weights = True, is_causal: any = False",
  output: (a) => {
    requireRank("multi_head_attention_forward", a.query, [2, 3], "query");
    requireEqual(
      a.query.size(-1),
      a.embed_dim_to_check,
      "in-features-mismatch",
      () =>
        `multi_head_attention_forward expects an embedding of ${format(a.embed_dim_to_check)}, but query is ${formatShape(a.query.shape)}`,
    );
    require(divisible(a.embed_dim_to_check, a.num_heads), "not-divisible", () =>
      `the embedding of ${format(a.embed_dim_to_check)} is not divisible by ${format(a.num_heads)} heads`);
    const batch = a.query.rank === 3 ? [a.query.size(1)] : [];
    const length = a.query.size(0);
    const output = a.query.withShape([length, ...batch, a.out_proj_weight.size(0)]);
    if (!a.need_weights) return [output, { none: true }];
    const keys = a.static_k?.size(1) ?? a.key.size(0);
    const source = sum([keys, a.bias_k === null ? 0 : 1, a.add_zero_attn ? 1 : 0]);
    const heads = a.average_attn_weights ? [] : [a.num_heads];
    return [output, a.query.withShape([...batch, ...heads, length, source])];
  },
  macs: (a) => {
    const embedding = a.embed_dim_to_check;
    const batch = a.query.rank === 3 ? a.query.size(1) : 1;
    const [queries, keys] = [a.query.size(0), a.key.size(0)];
    const source = sum([a.static_k?.size(1) ?? keys, a.bias_k === null ? 0 : 1, a.add_zero_attn ? 1 : 0]);
    return sum([
      product([batch, queries, a.query.size(-1), embedding]),
      product([batch, keys, a.key.size(-1), embedding]),
      product([batch, keys, a.value.size(-1), embedding]),
      product([2, batch, queries, source, embedding]),
      product([batch, queries, embedding, a.out_proj_weight.size(0)]),
    ]);
  },
});
