/**
 * `MultiheadAttention` in Python, for the interpreter to read like user code: parameters, tree and shapes as
 * https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiheadAttention.html describes them.
 */
export const source = `
import torch
import torch.nn.functional as F
from torch import nn
from torch._refusal import refuse
from torch.nn.modules.linear import NonDynamicallyQuantizableLinear


class MultiheadAttention(nn.Module):
    def __init__(self, embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False,
                 kdim=None, vdim=None, batch_first=False, device=None, dtype=None):
        if embed_dim <= 0 or num_heads <= 0:
            refuse(
                "bad-argument",
                f"MultiheadAttention needs embed_dim and num_heads of 1 or more, got {embed_dim} and {num_heads}",
            )
        super().__init__()
        self.embed_dim = embed_dim
        self.kdim = embed_dim if kdim is None else kdim
        self.vdim = embed_dim if vdim is None else vdim
        self._qkv_same_embed_dim = self.kdim == embed_dim and self.vdim == embed_dim
        self.num_heads = num_heads
        self.dropout = dropout
        self.batch_first = batch_first
        self.head_dim = embed_dim // num_heads
        if self.head_dim * num_heads != embed_dim:
            refuse(
                "not-divisible",
                f"MultiheadAttention: embed_dim={embed_dim} is not divisible by num_heads={num_heads}",
            )

        if self._qkv_same_embed_dim:
            self.in_proj_weight = nn.Parameter(torch.empty(3 * embed_dim, embed_dim, dtype=dtype))
            self.register_parameter("q_proj_weight", None)
            self.register_parameter("k_proj_weight", None)
            self.register_parameter("v_proj_weight", None)
        else:
            self.q_proj_weight = nn.Parameter(torch.empty(embed_dim, embed_dim, dtype=dtype))
            self.k_proj_weight = nn.Parameter(torch.empty(embed_dim, self.kdim, dtype=dtype))
            self.v_proj_weight = nn.Parameter(torch.empty(embed_dim, self.vdim, dtype=dtype))
            self.register_parameter("in_proj_weight", None)
        if bias:
            self.in_proj_bias = nn.Parameter(torch.empty(3 * embed_dim, dtype=dtype))
        else:
            self.register_parameter("in_proj_bias", None)
        self.out_proj = NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias=bias, dtype=dtype)
        if add_bias_kv:
            self.bias_k = nn.Parameter(torch.empty(1, 1, embed_dim, dtype=dtype))
            self.bias_v = nn.Parameter(torch.empty(1, 1, embed_dim, dtype=dtype))
        else:
            self.bias_k = None
            self.bias_v = None
        self.add_zero_attn = add_zero_attn

    def forward(self, query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None,
                average_attn_weights=True, is_causal=False):
        self._check_inputs(query, key, value)
        batched = query.dim() == 3
        if is_causal and attn_mask is None:
            refuse("bad-argument", "MultiheadAttention needs an attn_mask where is_causal=True")
        if is_causal and key_padding_mask is None and not need_weights:
            attn_mask = None  # PyTorch makes its own then, whatever was given.
        if not batched:
            query, key, value = query.unsqueeze(1), key.unsqueeze(1), value.unsqueeze(1)
        elif self.batch_first:
            query, key, value = query.transpose(0, 1), key.transpose(0, 1), value.transpose(0, 1)

        length, batch = query.shape[0], query.shape[1]
        heads, size = self.num_heads, self.head_dim
        q, k, v = self._project(query, key, value)
        if self.bias_k is not None:
            k = torch.cat([k, self.bias_k.repeat(1, batch, 1)], dim=0)
            v = torch.cat([v, self.bias_v.repeat(1, batch, 1)], dim=0)
        q = q.view(length, batch * heads, size).transpose(0, 1)
        k = k.view(k.shape[0], batch * heads, size).transpose(0, 1)
        v = v.view(v.shape[0], batch * heads, size).transpose(0, 1)
        if self.add_zero_attn:
            nothing = torch.zeros(batch * heads, 1, size, dtype=k.dtype)
            k = torch.cat([k, nothing], dim=1)
            v = torch.cat([v, nothing], dim=1)
        self._check_masks(attn_mask, key_padding_mask, batched, batch, length, key.shape[0])

        weights = torch.softmax(torch.bmm(q, k.transpose(1, 2)), dim=-1)
        output = torch.bmm(weights, v).transpose(0, 1).reshape(length, batch, self.embed_dim)
        output = F.linear(output, self.out_proj.weight, self.out_proj.bias)
        if not batched:
            output = output.squeeze(1)
        elif self.batch_first:
            output = output.transpose(0, 1)
        if not need_weights:
            return output, None
        weights = weights.view(batch, heads, length, k.shape[1])
        if average_attn_weights:
            weights = weights.mean(dim=1)
        if not batched:
            weights = weights.squeeze(0)
        return output, weights

    def _project(self, query, key, value):
        if self._qkv_same_embed_dim:
            w_q, w_k, w_v = self.in_proj_weight.chunk(3)
        else:
            w_q, w_k, w_v = self.q_proj_weight, self.k_proj_weight, self.v_proj_weight
        if self.in_proj_bias is None:
            b_q, b_k, b_v = None, None, None
        else:
            b_q, b_k, b_v = self.in_proj_bias.chunk(3)
        return F.linear(query, w_q, b_q), F.linear(key, w_k, b_k), F.linear(value, w_v, b_v)

    def _check_inputs(self, query, key, value):
        if query.dim() != 2 and query.dim() != 3:
            refuse(
                "rank-mismatch",
                f"MultiheadAttention expects a 2D or 3D query, but it is {query.dim()}D: {tuple(query.shape)}",
            )
        for name, given in (("key", key), ("value", value)):
            if given.dim() != query.dim():
                refuse(
                    "rank-mismatch",
                    f"MultiheadAttention expects a {name} of {query.dim()} dimensions as the query has, "
                    f"but it is {given.dim()}D: {tuple(given.shape)}",
                )
        for name, given, argument, size in (
            ("query", query, "embed_dim", self.embed_dim),
            ("key", key, "kdim", self.kdim),
            ("value", value, "vdim", self.vdim),
        ):
            if given.size(-1) != size:
                refuse(
                    "in-features-mismatch",
                    f"MultiheadAttention expects a {name} with {size} features ({argument}={size}), "
                    f"but {name} has {given.size(-1)}: {tuple(given.shape)}",
                )
        if key.shape[:-1] != value.shape[:-1]:
            refuse(
                "broadcast-mismatch",
                "MultiheadAttention expects key and value of the same length and batch, "
                f"got {tuple(key.shape)} and {tuple(value.shape)}",
            )
        at = 0 if self.batch_first else 1
        if query.dim() == 3 and query.size(at) != key.size(at):
            refuse(
                "broadcast-mismatch",
                f"MultiheadAttention expects query and key of the same batch size, got {query.size(at)} and "
                f"{key.size(at)}: {tuple(query.shape)} and {tuple(key.shape)}",
            )

    def _check_masks(self, attn_mask, key_padding_mask, batched, batch, length, source):
        if attn_mask is not None:
            if attn_mask.dim() == 2:
                wanted = (length, source)
            else:
                wanted = (batch * self.num_heads, length, source)
            if attn_mask.shape != wanted:
                refuse(
                    "broadcast-mismatch",
                    f"MultiheadAttention expects an attn_mask of shape {wanted}, got {tuple(attn_mask.shape)}",
                )
        if key_padding_mask is not None:
            wanted = (batch, source) if batched else (source,)
            if key_padding_mask.shape != wanted:
                refuse(
                    "broadcast-mismatch",
                    f"MultiheadAttention expects a key_padding_mask of shape {wanted}, "
                    f"got {tuple(key_padding_mask.shape)}",
                )
`;
