"""Calls at the edges of what takes several layers or steps, as Python source, for layers_composed.py."""

SEQUENCE, MEMORY = "torch.rand(5, 3, 8)", "torch.rand(6, 3, 8)"
ENCODER = "nn.TransformerEncoderLayer(8, 2, 16)"
DECODER = "nn.TransformerDecoderLayer(8, 2, 16)"


def same(name, build, *expressions):
    return [(name, build, expression) for expression in expressions]


EDGES = [
    ("Identity", "nn.Identity()", f"layer({SEQUENCE})"),
    ("Identity", "nn.Identity(54, unused=0.1)", f"layer({SEQUENCE})"),
    *same(
        "MultiheadAttention",
        "nn.MultiheadAttention(8, 2)",
        f"layer({SEQUENCE}, {SEQUENCE}, {SEQUENCE})",
        f"layer({SEQUENCE}, {MEMORY}, {MEMORY}, need_weights=False)",
        f"layer({SEQUENCE}, {MEMORY}, {MEMORY}, average_attn_weights=False)",
        "layer(torch.rand(5, 8), torch.rand(6, 8), torch.rand(6, 8))",
        "layer(torch.rand(5, 8), torch.rand(6, 8), torch.rand(6, 8), average_attn_weights=False)",
        f"layer({SEQUENCE}, {MEMORY}, {MEMORY}, key_padding_mask=torch.zeros(3, 6, dtype=torch.bool))",
        f"layer({SEQUENCE}, {MEMORY}, {MEMORY}, attn_mask=torch.zeros(6, 5, 6))",
        f"layer({SEQUENCE}, {MEMORY}, {MEMORY}, attn_mask=torch.zeros(5, 5))",
        f"layer({SEQUENCE}, {MEMORY}, {SEQUENCE})",
        f"layer({SEQUENCE}, {MEMORY}, torch.rand(6, 8))",
        "layer(torch.rand(2, 5, 3, 8), torch.rand(2, 5, 3, 8), torch.rand(2, 5, 3, 8))",
        "layer(torch.rand(5, 3, 6), torch.rand(5, 3, 6), torch.rand(5, 3, 6))",
        "layer.out_proj.weight",
        "layer.head_dim * torch.ones(layer.num_heads)",
    ),
    ("MultiheadAttention", "nn.MultiheadAttention(8, 3)", f"layer({SEQUENCE}, {SEQUENCE}, {SEQUENCE})"),
    ("MultiheadAttention", "nn.MultiheadAttention(0, 2)", f"layer({SEQUENCE}, {SEQUENCE}, {SEQUENCE})"),
    ("MultiheadAttention", "nn.MultiheadAttention(8, 0)", f"layer({SEQUENCE}, {SEQUENCE}, {SEQUENCE})"),
    ("MultiheadAttention", "nn.MultiheadAttention(8, 2, dtype=torch.float64)", "layer.out_proj.weight"),
    ("TransformerEncoderLayer", "nn.TransformerEncoderLayer(8, 3, 16)", f"layer({SEQUENCE})"),
    ("TransformerEncoderLayer", 'nn.TransformerEncoderLayer(8, 2, 16, activation="tanh")', f"layer({SEQUENCE})"),
    ("TransformerEncoderLayer", "nn.TransformerEncoderLayer(8, 2, dtype=torch.bfloat16)", "layer.linear1.weight"),
    ("TransformerEncoder", f"nn.TransformerEncoder({ENCODER}, num_layers=3, norm=nn.LayerNorm(8))", f"layer({SEQUENCE})"),
    ("TransformerDecoder", f"nn.TransformerDecoder({DECODER}, 2)", f"layer({SEQUENCE}, {MEMORY})"),
    ("Transformer", "nn.Transformer()", "layer.d_model * torch.ones(layer.nhead)"),
    ("Transformer", "nn.Transformer(8, 2, 1, 2, 16, batch_first=True)", "layer(torch.rand(3, 5, 8), torch.rand(3, 6, 8))"),
    ("Transformer", "nn.Transformer(8, 2, 1, 1, 16)", "layer(torch.rand(5, 3, 8), torch.rand(6, 4, 8))"),
    ("Transformer", "nn.Transformer(8, 2, 1, 1, 16)", "layer(torch.rand(5, 3, 8), torch.rand(6, 3, 6))"),
    ("Transformer", f"nn.Transformer(8, 2, custom_encoder=nn.TransformerEncoder({ENCODER}, 1), num_decoder_layers=1)", f"layer({SEQUENCE}, {MEMORY})"),
    ("LinearCrossEntropyLoss", "nn.LinearCrossEntropyLoss(6, 5, out_features=(2,))", "layer(torch.rand(4, 6), torch.zeros(4, 2, dtype=torch.int64))"),
    ("ParameterList", "nn.ParameterList()", "layer.append(torch.rand(2, 3)).extend([torch.rand(4)])[1]"),
    ("ModuleList", "nn.ModuleList()", "layer.append(nn.Linear(2, 3)).extend([nn.ReLU()])[0](torch.rand(4, 2))"),
    ("DataParallel", "nn.DataParallel(nn.Linear(2, 3))", "layer(torch.rand(4, 2))"),
    ("LSTM", "nn.LSTM(4, 6, 2)", "layer(torch.rand(5, 3, 4), (torch.rand(2, 3, 6),))"),
    ("LSTM", "nn.LSTM(4, 6, 2)", "layer.all_weights[0][0]"),
    ("LSTM", "nn.LSTM(4, 6, 2)", "layer.weight_ih_l1"),
    ("RNNBase", 'nn.RNNBase("LSTM", 4, 6, 2)', "layer.weight_hh_l1"),
    ("RNNBase", 'nn.RNNBase("RNN_TANH", 4, 6, bidirectional=True)', "layer.weight_ih_l0_reverse"),
    ("Container", "nn.Container(a=nn.Linear(2, 3), b=nn.ReLU())", "layer.b(layer.a(torch.rand(4, 2)))"),
    ("RNNBase", 'nn.RNNBase("LSTMP", 4, 6)', "layer.weight_hh_l0"),
    ("RNNBase", 'nn.RNNBase("GRU", 4, 6)', "layer(torch.rand(5, 3, 4))"),
    ("RNNCellBase", "nn.RNNCellBase(4, 6, True, 3)", "layer.weight_ih"),
    ("NLLLoss2d", "nn.NLLLoss2d()", "layer(torch.rand(2, 5, 3, 3), torch.zeros(2, 3, 3, dtype=torch.int64))"),
    ("packed sequences", "nn.GRU(4, 6)", "rnn.pad_packed_sequence(layer(rnn.pack_sequence([torch.rand(3, 4), torch.rand(2, 4)]))[0])[1]"),
    ("packed sequences", "nn.GRU(4, 6)", "rnn.pack_padded_sequence(torch.rand(5, 3, 4), [5, 3])"),
    ("packed sequences", "nn.GRU(4, 6)", "rnn.pack_padded_sequence(torch.rand(5, 3, 4), [3, 5, 2])"),
    ("packed sequences", "nn.GRU(4, 6)", "rnn.pack_padded_sequence(torch.rand(5, 3, 4), [5, 3, 0])"),
]
