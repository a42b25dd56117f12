"""Calls that take several layers or steps, as Python source, for record_layers.py: layers that PyTorch makes of others,
containers, packed sequences, tables of given weights. A case is a name, how `layer` is built, and the expression to record.
A row of layers_composed.json:

    [name, build, expression, weights, buffers, modules, result, macs?]

`modules` is the list of [name, type] of named_modules(); None stands for itself in `result`. Random, with a seed; now and
then what does not fit together.
"""

from layers_composed_edges import EDGES
from layers_packed import packed


def composed_cases(chance):
    yield from EDGES
    for name, generate, count in GENERATORS:
        for _ in range(count):
            build, expression = generate(chance)
            yield name, build, expression


def call(*args, **kwargs):
    """The text of arguments."""
    return ", ".join([*map(str, args), *(f"{key}={value}" for key, value in kwargs.items())])


def tensor(*shape):
    return f"torch.rand({', '.join(map(str, shape))})" if shape else "torch.rand(())"


def indices(*shape):
    return f"torch.zeros({', '.join(map(str, shape))}, dtype=torch.int64)" if shape else "torch.tensor(0)"


def some(chance, **odds):
    """Each keyword with its value, by its odds."""
    return {name: value for name, (value, odd) in odds.items() if chance.random() < odd}


def off(chance, size, odds=0.07):
    """A size that now and then is not the one that fits."""
    return size + 1 if chance.random() < odds else size


def attention(chance):
    heads = chance.randint(1, 4)
    features = heads * chance.randint(1, 4) + (chance.random() < 0.05)
    keys, values = chance.choice([(features, features), (chance.randint(1, 6), chance.randint(1, 6))])
    options = some(
        chance, dropout=(0.1, 0.2), bias=(False, 0.3), add_bias_kv=(True, 0.3), add_zero_attn=(True, 0.3), batch_first=(True, 0.4)
    )
    if keys != features or chance.random() < 0.1:
        options["kdim"] = keys
    if values != features or chance.random() < 0.1:
        options["vdim"] = values
    batch, target, source = chance.randint(1, 3), chance.randint(1, 5), chance.randint(1, 5)
    batched = chance.random() < 0.75
    def shape(length, size, spoiled=0.04):
        lead = [batch, length] if options.get("batch_first") else [length, batch]
        return [*(lead if batched else [length]), off(chance, size, spoiled)]
    calls = some(chance, need_weights=("False", 0.3), average_attn_weights=("False", 0.3))
    if chance.random() < 0.25:
        mask = [off(chance, target, 0.1), source]
        if chance.random() < 0.4:
            mask = [(batch if batched else 1) * heads, *mask]
        calls["attn_mask"] = f"torch.zeros({mask}, dtype=torch.bool)"
        if chance.random() < 0.2:
            calls["is_causal"] = "True"
    if chance.random() < 0.25:
        calls["key_padding_mask"] = f"torch.zeros({[batch, off(chance, source, 0.1)] if batched else [source]}, dtype=torch.bool)"
    if chance.random() < 0.04:
        calls["is_causal"] = "True"
    inputs = [tensor(*shape(target, features)), tensor(*shape(source, keys)), tensor(*shape(off(chance, source), values))]
    if keys == values == features and chance.random() < 0.3:
        return f"nn.MultiheadAttention({call(features, heads, **options)})", f"layer({call(inputs[0], inputs[0], inputs[0])})"
    return f"nn.MultiheadAttention({call(features, heads, **options)})", f"layer({call(*inputs, **calls)})"


def block_options(chance):
    heads = chance.choice([1, 2, 4])
    features = heads * chance.choice([2, 4]) + (chance.random() < 0.04)
    options = some(
        chance,
        dropout=(0.2, 0.2),
        activation=('"gelu"', 0.3),
        layer_norm_eps=(1e-6, 0.1),
        batch_first=(True, 0.4),
        norm_first=(True, 0.4),
        bias=(False, 0.3),
    )
    if chance.random() < 0.1:
        options["activation"] = chance.choice(["torch.tanh", "F.silu", '"tanh"'])
    return features, heads, chance.randint(2, 16), options


def sequence(chance, features, options, batch, length, batched):
    lead = [length] if not batched else [batch, length] if options.get("batch_first") else [length, batch]
    return tensor(*lead, off(chance, features, 0.05))


def encoder_layer(chance):
    features, heads, hidden, options = block_options(chance)
    length, batch, batched = chance.randint(1, 5), chance.randint(1, 3), chance.random() < 0.75
    calls = some(chance, src_mask=(f"torch.zeros({length}, {off(chance, length)})", 0.2))
    build = f"nn.TransformerEncoderLayer({call(features, heads, hidden, **options)})"
    return build, f"layer({call(sequence(chance, features, options, batch, length, batched), **calls)})"


def decoder_layer(chance):
    features, heads, hidden, options = block_options(chance)
    batch, batched = chance.randint(1, 3), chance.random() < 0.75
    length, source = chance.randint(1, 5), chance.randint(1, 5)
    calls = some(chance, tgt_mask=(f"torch.zeros({length}, {length})", 0.2), memory_mask=(f"torch.zeros({length}, {source})", 0.2))
    build = f"nn.TransformerDecoderLayer({call(features, heads, hidden, **options)})"
    inputs = [
        sequence(chance, features, options, batch, length, batched),
        sequence(chance, features, options, off(chance, batch), source, batched),
    ]
    return build, f"layer({call(*inputs, **calls)})"


def stack(kind):
    def generate(chance):
        features, heads, hidden, options = block_options(chance)
        layer = f"nn.Transformer{kind}Layer({call(features, heads, hidden, **options)})"
        more = some(chance, norm=(f"nn.LayerNorm({features})", 0.4))
        if kind == "Encoder":
            more |= some(chance, enable_nested_tensor=(False, 0.3), mask_check=(False, 0.2))
        build = f"nn.Transformer{kind}({call(layer, chance.randint(0, 3), **more)})"
        batch, batched = chance.randint(1, 3), chance.random() < 0.8
        length, source = chance.randint(1, 5), chance.randint(1, 5)
        inputs = [sequence(chance, features, options, batch, length, batched)]
        if kind == "Decoder":
            inputs.append(sequence(chance, features, options, batch, source, batched))
        calls = some(chance, **{"mask" if kind == "Encoder" else "tgt_mask": (f"torch.zeros({length}, {length})", 0.25)})
        return build, f"layer({call(*inputs, **calls)})"

    return generate


def transformer(chance):
    features, heads, hidden, options = block_options(chance)
    build = f"nn.Transformer({call(features, heads, chance.randint(1, 2), chance.randint(1, 2), hidden, **options)})"
    batch, batched = chance.randint(1, 3), chance.random() < 0.8
    length, source = chance.randint(1, 5), chance.randint(1, 5)
    inputs = [
        sequence(chance, features, options, batch, source, batched),
        sequence(chance, features, options, off(chance, batch), length, batched),
    ]
    calls = some(chance, tgt_mask=(f"nn.Transformer.generate_square_subsequent_mask({length})", 0.3))
    return build, f"layer({call(*inputs, **calls)})"


def adaptive_softmax(chance):
    features, classes = chance.randint(4, 20), chance.randint(12, 30)
    cutoffs = sorted(chance.sample(range(1, classes), chance.randint(1, 3)))
    if chance.random() < 0.1:
        cutoffs = chance.choice([cutoffs[::-1] + [1], [0], [classes], []])
    options = some(chance, div_value=(chance.choice([2, 2.0, 1.5]), 0.4), head_bias=(True, 0.3))
    build = f"nn.AdaptiveLogSoftmaxWithLoss({call(features, classes, cutoffs, **options)})"
    lead = [chance.randint(1, 5)] if chance.random() < 0.8 else []
    how = chance.choice(["", "", ".log_prob", ".predict"])
    x = tensor(*(lead or [1]) if how else lead, off(chance, features))
    if how:
        return build, f"layer{how}({x})"
    return build, f"layer({x}, {indices(*(off(chance, size) for size in lead))})"


def triplet_distance(chance):
    options = some(
        chance,
        distance_function=(chance.choice(["nn.PairwiseDistance()", "F.pairwise_distance", "lambda x, y: 1.0 - F.cosine_similarity(x, y)"]), 0.5),
        margin=(chance.choice([0.5, 2.0, 0, -1.0]), 0.3),
        swap=(True, 0.3),
        reduction=(chance.choice(['"none"', '"sum"', '"mean"']), 0.6),
    )
    shape = [chance.randint(1, 4) for _ in range(chance.randint(1, 3))]
    other = [*shape[:-1], off(chance, shape[-1])]
    return f"nn.TripletMarginWithDistanceLoss({call(**options)})", f"layer({call(tensor(*shape), tensor(*shape), tensor(*other))})"


def linear_cross_entropy(chance):
    features, classes, batch = chance.randint(1, 6), chance.randint(2, 6), chance.randint(1, 4)
    options = some(
        chance, bias=(True, 0.3), reduction=(chance.choice(['"none"', '"sum"']), 0.5), label_smoothing=(0.1, 0.2)
    )
    build = f"nn.LinearCrossEntropyLoss({call(features, classes, **options)})"
    return build, f"layer({call(tensor(batch, off(chance, features)), indices(off(chance, batch)))})"


def sequential(chance):
    sizes = [chance.randint(1, 8) for _ in range(chance.randint(2, 4))]
    parts = []
    for left, right in zip(sizes, sizes[1:]):
        parts += [f"nn.Linear({left}, {right})", chance.choice(["nn.ReLU()", "nn.LayerNorm(%d)" % right, "nn.Dropout(0.1)", "nn.Identity()"])]
    if chance.random() < 0.3:
        parts = [f'("part{i}", {part})' for i, part in enumerate(parts)]
        build = f"nn.Sequential(collections.OrderedDict([{', '.join(parts)}]))"
    else:
        build = f"nn.Sequential({', '.join(parts)})"
    x = tensor(chance.randint(1, 3), off(chance, sizes[0]))
    way = chance.choice(["layer({x})", "layer[:2]({x})", "layer[0]({x})", "nn.Sequential(*layer, nn.Tanh())({x})", "(layer + nn.Sequential(nn.ReLU()))({x})"])
    return build, way.format(x=x)


def module_list(chance):
    size, count = chance.randint(1, 6), chance.randint(1, 4)
    build = f"nn.ModuleList([nn.Linear({size}, {size}) for _ in range({count})])"
    x = tensor(2, size)
    way = chance.choice(
        ["[part({x}) for part in layer]", "layer[-1]({x})", "[part({x}) for part in layer[1:]]", "[part({x}) for part in reversed(layer)]"]
    )
    return build, way.format(x=x)


def module_dict(chance):
    size = chance.randint(1, 6)
    build = f'nn.ModuleDict({{"a": nn.Linear({size}, 3), "b": nn.Conv1d({size}, 2, 1), "c": nn.ReLU()}})'
    x = tensor(2, size)
    way = chance.choice(
        ['layer["a"]({x})', '[part({x}) for name, part in layer.items() if name != "b"]', 'layer["c"](layer["a"]({x}))', 'layer.a({x})']
    )
    return build, way.format(x=x)


def parameter_list(chance):
    rows, columns, count = chance.randint(1, 5), chance.randint(1, 5), chance.randint(1, 3)
    make = chance.choice(["nn.Parameter(torch.rand({r}, {c}))", "torch.rand({r}, {c})"]).format(r=rows, c=columns)
    if chance.random() < 0.5:
        build = f"nn.ParameterList([{make} for _ in range({count})])"
        way = chance.choice(["[{x} @ p for p in layer]", "{x} @ layer[0]", "{x} @ layer[-1]", "[p.t() for p in layer[1:]]"])
    else:
        build = f'nn.ParameterDict({{"left": {make}, "right": {make}}})'
        way = chance.choice(['{x} @ layer["left"]', "[{x} @ p for p in layer.values()]", "{x} @ layer.right", '[layer[name] for name in layer]'])
    return build, way.format(x=tensor(chance.randint(1, 3), rows))


def pretrained(chance):
    rows, columns = chance.randint(1, 9), chance.randint(1, 6)
    bag = chance.random() < 0.4
    options = some(chance, freeze=(False, 0.4))
    if bag:
        options |= some(chance, mode=('"sum"', 0.5))
    build = f"nn.Embedding{'Bag' if bag else ''}.from_pretrained({call(tensor(rows, columns), **options)})"
    return build, f"layer({indices(chance.randint(1, 3), chance.randint(1, 4))})"


GENERATORS = [
    ("MultiheadAttention", attention, 120),
    ("TransformerEncoderLayer", encoder_layer, 40),
    ("TransformerDecoderLayer", decoder_layer, 40),
    ("TransformerEncoder", stack("Encoder"), 25),
    ("TransformerDecoder", stack("Decoder"), 25),
    ("Transformer", transformer, 25),
    ("AdaptiveLogSoftmaxWithLoss", adaptive_softmax, 50),
    ("TripletMarginWithDistanceLoss", triplet_distance, 30),
    ("LinearCrossEntropyLoss", linear_cross_entropy, 25),
    ("Sequential", sequential, 30),
    ("ModuleList", module_list, 20),
    ("ModuleDict", module_dict, 15),
    ("ParameterList", parameter_list, 30),
    ("from_pretrained", pretrained, 20),
    ("packed sequences", packed, 120),
]
