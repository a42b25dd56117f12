"""Calls of the layers that PyTorch makes of other layers, for record_layers.py.

A case is the arguments of the constructor, the inputs of the call and its keyword arguments.
"""

import torch

from layers_inputs import indices


class Source:
    """An argument that is built by Python source, such as a layer."""

    def __init__(self, text):
        self.text = text


ENCODER = "nn.TransformerEncoderLayer(8, 2, 16)"
DECODER = "nn.TransformerDecoderLayer(8, 2, 16)"
SEQUENCE, MEMORY = torch.rand(5, 3, 8), torch.rand(6, 3, 8)

COMPOSED = {
    "Identity": [([], {}, [SEQUENCE], {}), ([54], {"unused": 0.1}, [SEQUENCE], {})],
    "MultiheadAttention": [
        ([8, 2], {}, [SEQUENCE] * 3, {}),
        ([8, 2], {"batch_first": True}, [SEQUENCE] * 3, {}),
        ([8, 2], {"batch_first": True}, [torch.rand(3, 5, 8), torch.rand(3, 6, 8), torch.rand(3, 6, 8)], {}),
        ([8, 2], {}, [SEQUENCE] * 3, {"need_weights": False}),
        ([8, 2], {}, [SEQUENCE] * 3, {"average_attn_weights": False}),
        ([8, 2], {"bias": False}, [SEQUENCE, MEMORY, MEMORY], {}),
        ([8, 2], {"add_bias_kv": True}, [SEQUENCE, MEMORY, MEMORY], {}),
        ([8, 2], {"add_zero_attn": True}, [SEQUENCE, MEMORY, MEMORY], {}),
        ([8, 2], {"add_bias_kv": True, "add_zero_attn": True}, [SEQUENCE, MEMORY, MEMORY], {}),
        ([8, 2], {"kdim": 4, "vdim": 6}, [SEQUENCE, torch.rand(6, 3, 4), torch.rand(6, 3, 6)], {}),
        ([8, 2], {}, [torch.rand(5, 8)] * 3, {}),
        ([8, 2], {}, [torch.rand(5, 8)] * 3, {"average_attn_weights": False}),
        ([8, 4], {"dropout": 0.1}, [SEQUENCE] * 3, {"attn_mask": torch.zeros(5, 5, dtype=torch.bool)}),
        ([8, 4], {}, [SEQUENCE] * 3, {"key_padding_mask": torch.zeros(3, 5, dtype=torch.bool)}),
        ([8, 3], {}, [SEQUENCE] * 3, {}),
        ([0, 2], {}, [SEQUENCE] * 3, {}),
        ([8, 0], {}, [SEQUENCE] * 3, {}),
        ([10, 2], {}, [SEQUENCE] * 3, {}),
    ],
    "TransformerEncoderLayer": [
        ([8, 2], {}, [SEQUENCE], {}),
        ([8, 2, 16], {"batch_first": True, "norm_first": True, "activation": "gelu"}, [SEQUENCE], {}),
        ([8, 2, 16], {"bias": False}, [SEQUENCE], {}),
        ([8, 2, 16], {}, [torch.rand(5, 8)], {}),
        ([8, 3, 16], {}, [SEQUENCE], {}),
        ([8, 2, 16], {"activation": "tanh"}, [SEQUENCE], {}),
    ],
    "TransformerDecoderLayer": [
        ([8, 2], {}, [SEQUENCE, MEMORY], {}),
        ([8, 2, 16], {"batch_first": True, "norm_first": True}, [torch.rand(3, 5, 8), torch.rand(3, 6, 8)], {}),
        ([8, 2, 16], {"bias": False}, [SEQUENCE, MEMORY], {}),
    ],
    "TransformerEncoder": [
        ([Source(ENCODER), 2], {}, [SEQUENCE], {}),
        ([Source(ENCODER)], {"num_layers": 3, "norm": Source("nn.LayerNorm(8)")}, [SEQUENCE], {}),
        ([Source(ENCODER), 2], {"enable_nested_tensor": False}, [SEQUENCE], {}),
    ],
    "TransformerDecoder": [
        ([Source(DECODER), 2], {}, [SEQUENCE, MEMORY], {}),
        ([Source(DECODER)], {"num_layers": 3, "norm": Source("nn.LayerNorm(8)")}, [SEQUENCE, MEMORY], {}),
    ],
    "Transformer": [
        ([], {"d_model": 8, "nhead": 2, "dim_feedforward": 16}, [SEQUENCE, SEQUENCE], {}),
        ([8, 2, 1, 2, 16], {"batch_first": True}, [torch.rand(3, 5, 8), torch.rand(3, 6, 8)], {}),
        ([8, 2, 1, 1, 16], {"norm_first": True, "bias": False}, [SEQUENCE, MEMORY], {}),
        ([8, 2, 1, 1, 16], {}, [torch.rand(5, 8), torch.rand(6, 8)], {}),
        ([8, 2, 1, 1, 16], {}, [torch.rand(5, 3, 8), torch.rand(6, 4, 8)], {}),
        ([8, 3, 1, 1, 16], {}, [SEQUENCE, MEMORY], {}),
    ],
    "AdaptiveLogSoftmaxWithLoss": [
        ([16, 20, [5, 10]], {}, [torch.rand(4, 16), indices(4)], {}),
        ([16, 20, [5, 10]], {"div_value": 2.0, "head_bias": True}, [torch.rand(4, 16), indices(4)], {}),
        ([16, 20, [5]], {}, [torch.rand(16), indices()], {}),
        ([16, 20, [10, 5]], {}, [torch.rand(4, 16), indices(4)], {}),
        ([16, 20, [5, 20]], {}, [torch.rand(4, 16), indices(4)], {}),
        ([16, 20, [5]], {}, [torch.rand(4, 16), indices(3)], {}),
    ],
    "TripletMarginWithDistanceLoss": [
        ([], {}, [torch.rand(4, 5)] * 3, {}),
        ([], {"reduction": "none", "swap": True}, [torch.rand(4, 5)] * 3, {}),
        ([], {"margin": -1.0}, [torch.rand(4, 5)] * 3, {}),
    ],
    "LinearCrossEntropyLoss": [
        ([6, 5], {}, [torch.rand(4, 6), indices(4)], {}),
        ([6, 5], {"bias": True, "reduction": "none"}, [torch.rand(4, 6), indices(4)], {}),
        ([6, 5], {"out_features": (2,)}, [torch.rand(4, 6), indices(4, 2)], {}),
    ],
}
