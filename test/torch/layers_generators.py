"""Random calls of the layers of torch.nn, for record_layers.py: of each, a function of a source of chance.

It gives the arguments of the constructor and the inputs of the call; now and then some that do not fit together.
"""

import torch

from layers_inputs import image, indices, maybe, sizes, tensor
from layers_losses import (
    REDUCTIONS,
    class_loss,
    cosine_embedding_loss,
    ctc,
    distance,
    elementwise_loss,
    gaussian_nll,
    multi_label_margin,
    multi_margin,
    similarity,
    triple_loss,
)
from layers_spatial import (
    adaptive,
    channel_shuffle,
    conv,
    conv_transpose,
    fold,
    fractional,
    lp_pool,
    padding,
    pixel_shuffle,
    pixel_unshuffle,
    pool,
    unfold,
    unpool,
    upsample,
    upsampling2d,
)


def batch_norm(ranks):
    def generate(chance):
        kwargs = {}
        maybe(chance, kwargs, "affine", lambda: False, 0.3)
        maybe(chance, kwargs, "track_running_stats", lambda: False, 0.3)
        maybe(chance, kwargs, "momentum", lambda: None, 0.2)
        maybe(chance, kwargs, "bias", lambda: False, 0.2)
        channels = chance.randint(1, 6)
        rank = chance.choice([*ranks, *ranks, *ranks, *ranks, 2, 3, 4])
        given = channels + (chance.random() < 0.2)
        return [channels], kwargs, [tensor(chance.randint(1, 3), given, *sizes(chance, rank - 2, 1, 5))]

    return generate


def instance_norm(dimensions):
    def generate(chance):
        kwargs = {}
        maybe(chance, kwargs, "affine", lambda: True)
        maybe(chance, kwargs, "track_running_stats", lambda: True)
        channels = chance.randint(1, 6)
        return [channels], kwargs, [image(chance, channels, dimensions, 1, 4)]

    return generate


def group_norm(chance):
    groups = chance.randint(1, 4)
    channels = groups * chance.randint(1, 3) + (chance.random() < 0.1)
    given = channels + (chance.random() < 0.15)
    kwargs = {}
    maybe(chance, kwargs, "affine", lambda: False, 0.3)
    return [groups, channels], kwargs, [tensor(chance.randint(1, 3), given, *sizes(chance, chance.randint(0, 3), 1, 4))]


def layer_norm(bias):
    def generate(chance):
        shape = sizes(chance, chance.randint(1, 4), 1, 6)
        normalized = shape[-chance.randint(1, len(shape)) :]
        if chance.random() < 0.15:
            normalized = [normalized[0] + 1, *normalized[1:]]
        kwargs = {}
        maybe(chance, kwargs, "elementwise_affine", lambda: False, 0.3)
        if bias:
            maybe(chance, kwargs, "bias", lambda: False, 0.3)
        return [normalized[0] if len(normalized) == 1 and chance.random() < 0.7 else normalized], kwargs, [tensor(*shape)]

    return generate


def any_shape(*choices, least=0, most=5):
    """Layers of arguments to choose from, over any shape."""

    def generate(chance):
        args, kwargs = chance.choice(choices or [([], {})])
        return args, kwargs, [tensor(*sizes(chance, chance.randint(least, most), 1, 4))]

    return generate


def along(*extra):
    def generate(chance):
        shape = sizes(chance, chance.randint(0, 4), 1, 6)
        return [chance.choice([-1, 0, 1, 2, -2, -4, *extra])], {}, [tensor(*shape)]

    return generate


def linear(chance):
    features = chance.randint(1, 9)
    given = features + (chance.random() < 0.15)
    args = [features, chance.randint(1, 9)]
    kwargs = {"bias": chance.choice([False, True])} if chance.random() < 0.5 else {}
    shape = sizes(chance, chance.randint(0, 3), 1, 5)
    return args, kwargs, [tensor(*shape, given)]


def bilinear(chance):
    a, b = sizes(chance, 2, 1, 6)
    shape = sizes(chance, chance.randint(0, 2), 1, 5)
    other = shape if chance.random() < 0.8 else sizes(chance, len(shape), 1, 3)
    kwargs = {"bias": False} if chance.random() < 0.3 else {}
    return [a, b, chance.randint(1, 6)], kwargs, [tensor(*shape, a + (chance.random() < 0.1)), tensor(*other, b)]


def embedding(chance):
    kwargs = {}
    rows = chance.randint(2, 9)
    maybe(chance, kwargs, "padding_idx", lambda: chance.randint(-rows - 1, rows))
    maybe(chance, kwargs, "dtype", lambda: torch.float64, 0.1)
    return [rows, chance.randint(1, 6)], kwargs, [indices(*sizes(chance, chance.randint(0, 3), 1, 5))]


def embedding_bag(chance):
    kwargs = {}
    maybe(chance, kwargs, "mode", lambda: chance.choice(["sum", "max", "mean"]), 0.6)
    maybe(chance, kwargs, "include_last_offset", lambda: True, 0.3)
    if chance.random() < 0.5:
        inputs = [indices(*sizes(chance, 2, 1, 5))]
    else:
        length = chance.randint(2, 6)
        inputs = [indices(length), torch.tensor(sorted({0, length - 1, length}))]
    if chance.random() < 0.1:
        inputs = [indices(2, 2, 2)]
    if len(inputs) == 1 and chance.random() < 0.3:
        inputs += [None, tensor(*inputs[0].shape)]
    return [chance.randint(1, 9), chance.randint(1, 6)], kwargs, inputs


def recurrent(name):
    def generate(chance):
        features, hidden, layers = chance.randint(1, 6), chance.randint(2, 6), chance.randint(1, 3)
        kwargs = {}
        maybe(chance, kwargs, "num_layers", lambda: layers, 1)
        maybe(chance, kwargs, "bias", lambda: False, 0.3)
        maybe(chance, kwargs, "batch_first", lambda: True)
        maybe(chance, kwargs, "bidirectional", lambda: True)
        maybe(chance, kwargs, "dropout", lambda: 0.25, 0.3)
        if name == "LSTM":
            maybe(chance, kwargs, "proj_size", lambda: chance.randint(1, hidden), 0.35)
        if name == "RNN":
            maybe(chance, kwargs, "nonlinearity", lambda: "relu", 0.3)
        length, batch = sizes(chance, 2, 1, 5)
        batched = chance.random() < 0.75
        given = features + (chance.random() < 0.08)
        leading = [length] if not batched else [batch, length] if kwargs.get("batch_first") else [length, batch]
        inputs = [tensor(*leading, given)]
        if chance.random() < 0.4:
            states = layers * (2 if kwargs.get("bidirectional") else 1) + (chance.random() < 0.15)
            lead = [states, batch] if batched else [states]
            h = tensor(*lead, kwargs.get("proj_size") or hidden)
            inputs.append((h, tensor(*lead, hidden)) if name == "LSTM" else h)
        return [features, hidden], kwargs, inputs

    return generate


def cell(name):
    def generate(chance):
        features, hidden = chance.randint(1, 6), chance.randint(1, 6)
        kwargs = {"bias": False} if chance.random() < 0.3 else {}
        lead = [chance.randint(1, 4)] if chance.random() < 0.7 else []
        inputs = [tensor(*lead, features + (chance.random() < 0.1))]
        if chance.random() < 0.5:
            h = tensor(*lead, hidden + (chance.random() < 0.15))
            inputs.append((h, h) if name == "LSTMCell" else h)
        return [features, hidden], kwargs, inputs

    return generate


def flatten(chance):
    kwargs = {}
    maybe(chance, kwargs, "start_dim", lambda: chance.randint(-3, 4))
    maybe(chance, kwargs, "end_dim", lambda: chance.randint(-3, 4))
    return [], kwargs, [tensor(*sizes(chance, chance.randint(0, 5), 1, 5))]


def unflatten(chance):
    shape = [2, 12, 6]
    return [chance.choice([0, 1, -2, -1, 1, 3]), chance.choice([(3, 4), (-1, 2), [2, 3], (2, -1, 2), (5, 2), (-1, 5)])], {}, [
        tensor(*shape)
    ]


def prelu(chance):
    slopes = chance.choice([1, 1, 3])
    return ([slopes] if slopes > 1 else []), {}, [tensor(*sizes(chance, chance.randint(0, 4), 2, 4))]


def lazy(generate):
    """The same without the size of the input, which comes first."""

    def generate_lazily(chance):
        args, kwargs, inputs = generate(chance)
        return args[1:], kwargs, inputs

    return generate_lazily


PLAIN = any_shape()
INPLACE = any_shape(([], {}), ([True], {}), ([], {"inplace": True}), ([], {"bogus": 1}))

GENERATORS = {
    **{f"Conv{d}d": conv(d) for d in (1, 2, 3)},
    **{f"ConvTranspose{d}d": conv_transpose(d) for d in (1, 2, 3)},
    **{f"MaxPool{d}d": pool(d, dilation=True) for d in (1, 2, 3)},
    **{f"AvgPool{d}d": pool(d, average=True) for d in (1, 2, 3)},
    **{f"LPPool{d}d": lp_pool(d) for d in (1, 2, 3)},
    **{f"AdaptiveMaxPool{d}d": adaptive(d, indexed=True) for d in (1, 2, 3)},
    **{f"AdaptiveAvgPool{d}d": adaptive(d) for d in (1, 2, 3)},
    **{f"FractionalMaxPool{d}d": fractional(d) for d in (2, 3)},
    **{f"MaxUnpool{d}d": unpool(d) for d in (1, 2, 3)},
    **{f"ZeroPad{d}d": padding(d) for d in (1, 2, 3)},
    **{f"ConstantPad{d}d": padding(d, value=True) for d in (1, 2, 3)},
    **{f"ReflectionPad{d}d": padding(d) for d in (1, 2, 3)},
    **{f"ReplicationPad{d}d": padding(d) for d in (1, 2, 3)},
    **{f"CircularPad{d}d": padding(d) for d in (1, 2, 3)},
    "BatchNorm1d": batch_norm([2, 3]),
    "BatchNorm2d": batch_norm([4]),
    "BatchNorm3d": batch_norm([5]),
    "SyncBatchNorm": batch_norm([2, 3, 4, 5]),
    **{f"InstanceNorm{d}d": instance_norm(d) for d in (1, 2, 3)},
    "GroupNorm": group_norm,
    "LayerNorm": layer_norm(True),
    "RMSNorm": layer_norm(False),
    "LocalResponseNorm": any_shape(([2], {}), ([3], {}), ([0], {}), least=1),
    "CrossMapLRN2d": any_shape(([2], {}), ([3], {}), ([0], {}), least=3),
    "Linear": linear,
    "Bilinear": bilinear,
    "Embedding": embedding,
    "EmbeddingBag": embedding_bag,
    **{name: recurrent(name) for name in ("RNN", "LSTM", "GRU")},
    **{name: cell(name) for name in ("RNNCell", "LSTMCell", "GRUCell")},
    **{name: INPLACE for name in ("ReLU", "ReLU6", "SELU", "SiLU", "Mish", "Hardsigmoid", "Hardswish")},
    **{name: any_shape(([], {}), ([0.2], {}), ([], {"inplace": True})) for name in ("LeakyReLU", "ELU", "CELU")},
    **{name: any_shape(([], {}), ([0.2], {}), ([], {"lambd": 1})) for name in ("Hardshrink", "Softshrink")},
    **{
        name: any_shape(([], {}), ([], {}), ([1], {}), ([], {"inplace": True}))
        for name in ("Sigmoid", "LogSigmoid", "Softsign", "Tanh", "Tanhshrink")
    },
    "RReLU": any_shape(([], {}), ([0.1, 0.2], {}), ([], {"inplace": True})),
    "Softplus": any_shape(([], {}), ([2], {}), ([], {"threshold": 10})),
    "Threshold": any_shape(([0.1, 20], {}), ([0.1], {}), ([1, 2, True], {})),
    "GELU": any_shape(([], {}), (["tanh"], {}), ([], {"approximate": "foo"})),
    "Hardtanh": any_shape(([], {}), ([-2, 2], {}), ([2.0, 1.0], {}), ([], {"min_value": -3.0}), ([1, 1], {})),
    **{name: along() for name in ("Softmax", "LogSoftmax", "Softmin", "GLU")},
    "Softmax2d": PLAIN,
    "PReLU": prelu,
    **{
        name: any_shape(([], {}), ([0.2], {}), ([0], {}), ([], {"p": 1.5}), ([-0.1], {}))
        for name in ("Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout")
    },
    "Flatten": flatten,
    "Unflatten": unflatten,
    "Upsample": upsample,
    "UpsamplingNearest2d": upsampling2d,
    "UpsamplingBilinear2d": upsampling2d,
    "PixelShuffle": pixel_shuffle,
    "PixelUnshuffle": pixel_unshuffle,
    "ChannelShuffle": channel_shuffle,
    "Unfold": unfold,
    "Fold": fold,
    "CosineSimilarity": similarity,
    "PairwiseDistance": distance,
    **{
        name: elementwise_loss("reduce")
        for name in ("MSELoss", "L1Loss", "SmoothL1Loss", "HingeEmbeddingLoss", "PoissonNLLLoss", "SoftMarginLoss")
    },
    **{name: elementwise_loss("reduce") for name in ("BCELoss", "BCEWithLogitsLoss", "MultiLabelSoftMarginLoss")},
    "KLDivLoss": elementwise_loss("reduce", reductions=[*REDUCTIONS, "batchmean"]),
    "HuberLoss": elementwise_loss(reductions=[*REDUCTIONS, "batchmean"]),
    "CrossEntropyLoss": class_loss(True),
    "NLLLoss": class_loss(False),
    "MultiMarginLoss": multi_margin,
    "MultiLabelMarginLoss": multi_label_margin,
    "TripletMarginLoss": triple_loss,
    "MarginRankingLoss": triple_loss,
    "CosineEmbeddingLoss": cosine_embedding_loss,
    "GaussianNLLLoss": gaussian_nll,
    "CTCLoss": ctc,
}

GENERATORS |= {
    f"Lazy{name}": lazy(GENERATORS[name])
    for name in ["Linear", *(f"{kind}{d}d" for kind in ("Conv", "ConvTranspose", "BatchNorm", "InstanceNorm") for d in (1, 2, 3))]
}
