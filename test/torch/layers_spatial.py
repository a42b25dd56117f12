"""Random calls of layers over images and signals, for layers_generators.py."""

from layers_inputs import image, indices, maybe, sizes, tensor, window


def conv(dimensions):
    def generate(chance):
        groups = chance.choice([1, 1, 1, 2, 3])
        channels = groups * chance.randint(1, 3)
        outputs = groups * chance.randint(1, 3)
        if chance.random() < 0.05:
            outputs += 1
        kwargs = {}
        maybe(chance, kwargs, "stride", lambda: window(chance, dimensions, 1, 3))
        maybe(chance, kwargs, "padding", lambda: chance.choice(["same", "valid", window(chance, dimensions, 0, 3)]))
        maybe(chance, kwargs, "dilation", lambda: window(chance, dimensions, 1, 2), 0.3)
        maybe(chance, kwargs, "bias", lambda: False, 0.3)
        maybe(chance, kwargs, "padding_mode", lambda: chance.choice(["reflect", "replicate", "circular"]), 0.25)
        if groups > 1:
            kwargs["groups"] = groups
        return [channels, outputs, window(chance, dimensions, 1, 4)], kwargs, [image(chance, channels, dimensions)]

    return generate


def conv_transpose(dimensions):
    def generate(chance):
        groups = chance.choice([1, 1, 2])
        channels = groups * chance.randint(1, 3)
        kwargs = {}
        maybe(chance, kwargs, "stride", lambda: window(chance, dimensions, 1, 3), 0.6)
        maybe(chance, kwargs, "padding", lambda: window(chance, dimensions, 0, 2))
        maybe(chance, kwargs, "output_padding", lambda: window(chance, dimensions, 0, 1), 0.3)
        maybe(chance, kwargs, "dilation", lambda: window(chance, dimensions, 1, 2), 0.3)
        maybe(chance, kwargs, "bias", lambda: False, 0.3)
        if groups > 1:
            kwargs["groups"] = groups
        outputs = groups * chance.randint(1, 3)
        inputs = [image(chance, channels, dimensions, 1, 6)]
        if chance.random() < 0.15:
            inputs.append(sizes(chance, dimensions, 4, 14))
        return [channels, outputs, window(chance, dimensions, 1, 4)], kwargs, inputs

    return generate


def pool(dimensions, dilation=False, average=False):
    def generate(chance):
        kwargs = {}
        maybe(chance, kwargs, "stride", lambda: window(chance, dimensions, 1, 4), 0.6)
        maybe(chance, kwargs, "padding", lambda: window(chance, dimensions, 0, 2), 0.5)
        maybe(chance, kwargs, "ceil_mode", lambda: True, 0.5)
        if dilation:
            maybe(chance, kwargs, "dilation", lambda: window(chance, dimensions, 1, 3), 0.3)
            maybe(chance, kwargs, "return_indices", lambda: True, 0.2)
        if average:
            maybe(chance, kwargs, "count_include_pad", lambda: False, 0.2)
        return [window(chance, dimensions, 1, 5)], kwargs, [image(chance, chance.randint(1, 4), dimensions)]

    return generate


def lp_pool(dimensions):
    def generate(chance):
        kwargs = {}
        maybe(chance, kwargs, "stride", lambda: window(chance, dimensions, 1, 3), 0.5)
        maybe(chance, kwargs, "ceil_mode", lambda: True, 0.5)
        return [2, window(chance, dimensions, 1, 4)], kwargs, [image(chance, chance.randint(1, 4), dimensions)]

    return generate


def adaptive(dimensions, indexed=False):
    def generate(chance):
        size = window(chance, dimensions, 1, 9)
        if dimensions > 1 and isinstance(size, tuple) and chance.random() < 0.4:
            size = (None, *size[1:])
        kwargs = {"return_indices": True} if indexed and chance.random() < 0.3 else {}
        return [size], kwargs, [image(chance, chance.randint(1, 4), dimensions)]

    return generate


def fractional(dimensions):
    def generate(chance):
        kwargs = {}
        if chance.random() < 0.5:
            kwargs["output_size"] = window(chance, dimensions, 1, 6)
        else:
            kwargs["output_ratio"] = round(chance.uniform(0.2, 0.9), 2)
        maybe(chance, kwargs, "return_indices", lambda: True, 0.2)
        return [window(chance, dimensions, 1, 3)], kwargs, [image(chance, chance.randint(1, 4), dimensions, 3)]

    return generate


def unpool(dimensions):
    def generate(chance):
        kwargs = {}
        maybe(chance, kwargs, "stride", lambda: window(chance, dimensions, 1, 3), 0.6)
        input = image(chance, 2, dimensions, 2, 6)
        shape = list(input.shape)
        if chance.random() < 0.1:
            shape[-1] += 1
        inputs = [input, indices(*shape)]
        if chance.random() < 0.2:
            inputs.append(sizes(chance, dimensions, 4, 14))
        return [window(chance, dimensions, 2, 4)], kwargs, inputs

    return generate


def padding(dimensions, value=False, negative=True):
    def generate(chance):
        least = -1 if negative and chance.random() < 0.3 else 0
        if chance.random() < 0.5:
            amount = chance.randint(least, 4)
        else:
            amount = tuple(sizes(chance, 2 * dimensions, least, 4))
        return [amount, *([0.5] if value else [])], {}, [image(chance, 2, dimensions, 1, 8)]

    return generate


def upsample(chance):
    mode = chance.choice(["nearest", "nearest-exact", "area", "linear", "bilinear", "bicubic", "trilinear"])
    rank = {"linear": 3, "bilinear": 4, "bicubic": 4, "trilinear": 5}.get(mode, chance.choice([3, 4, 5]))
    if chance.random() < 0.1:
        rank = chance.randint(2, 6)
    spatial = max(rank - 2, 1)
    kwargs = {"mode": mode}
    if chance.random() < 0.4:
        kwargs["size"] = window(chance, spatial, 1, 9)
    else:
        factors = [0.3, 0.5, 0.7, 1, 1.3, 1.5, 2, 2.0, 3]
        one = chance.choice(factors)
        kwargs["scale_factor"] = one if chance.random() < 0.6 else tuple(chance.choice(factors) for _ in range(spatial))
    maybe(chance, kwargs, "align_corners", lambda: chance.choice([True, False]), 0.25)
    maybe(chance, kwargs, "recompute_scale_factor", lambda: True, 0.1)
    return [], kwargs, [tensor(*sizes(chance, rank, 1, 7))]


def upsampling2d(chance):
    kwargs = {"size": window(chance, 2, 1, 9)} if chance.random() < 0.4 else {"scale_factor": chance.choice([2, 1.5, 3])}
    return [], kwargs, [tensor(*sizes(chance, chance.choice([4, 4, 4, 3]), 1, 7))]


def pixel_shuffle(chance):
    factor = chance.randint(1, 3)
    channels = factor * factor * chance.randint(1, 3) + (chance.random() < 0.2)
    lead = sizes(chance, chance.randint(0, 2), 1, 3)
    return [factor], {}, [tensor(*lead, channels, *sizes(chance, 2, 1, 5))]


def pixel_unshuffle(chance):
    factor = chance.randint(1, 3)
    lead = sizes(chance, chance.randint(0, 2), 1, 3)
    spatial = [factor * chance.randint(1, 3) + (chance.random() < 0.15) for _ in range(2)]
    return [factor], {}, [tensor(*lead, chance.randint(1, 3), *spatial)]


def channel_shuffle(chance):
    groups = chance.randint(1, 4)
    channels = groups * chance.randint(1, 3) + (chance.random() < 0.2)
    return [groups], {}, [tensor(chance.randint(1, 3), channels, *sizes(chance, chance.choice([1, 2, 2, 0]), 1, 5))]


def unfold(chance):
    kwargs = {}
    maybe(chance, kwargs, "dilation", lambda: window(chance, 2, 1, 2))
    maybe(chance, kwargs, "padding", lambda: window(chance, 2, 0, 2))
    maybe(chance, kwargs, "stride", lambda: window(chance, 2, 1, 3))
    return [window(chance, 2, 1, 3)], kwargs, [image(chance, 2, 2, 2, 8)]


def fold(chance):
    kernel = sizes(chance, 2, 1, 3)
    size = [side + chance.randint(0, 4) for side in kernel]
    stride = chance.choice([1, 1, 2])
    blocks = 1
    for side, span in zip(size, kernel):
        blocks *= (side - span) // stride + 1
    columns = chance.randint(1, 3) * kernel[0] * kernel[1] + (chance.random() < 0.15)
    lead = [chance.randint(1, 3)] if chance.random() < 0.7 else []
    blocks += chance.random() < 0.15
    return [tuple(size), tuple(kernel)], {"stride": stride} if stride > 1 else {}, [tensor(*lead, columns, blocks)]
