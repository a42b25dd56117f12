"""Sizes and tensors for the calls that record_layers.py records."""

import torch


def tensor(*shape):
    return torch.rand(shape)


def indices(*shape):
    return torch.zeros(shape, dtype=torch.int64)


def sizes(chance, count, least=1, most=12):
    return [chance.randint(least, most) for _ in range(count)]


def maybe(chance, kwargs, name, make, odds=0.4):
    if chance.random() < odds:
        kwargs[name] = make()


def window(chance, dimensions, least, most):
    """One number, or one for each dimension."""
    if chance.random() < 0.5:
        return chance.randint(least, most)
    return tuple(sizes(chance, dimensions, least, most))


def image(chance, channels, dimensions, least=1, most=12):
    """Batched or not, now and then of the wrong rank or with other channels."""
    shape = sizes(chance, dimensions, least, most)
    if chance.random() < 0.06:
        channels += 1
    shape = [channels, *shape]
    odds = chance.random()
    if odds < 0.65:
        shape = [chance.randint(1, 3), *shape]
    elif odds < 0.72:
        shape = [2, 2, *shape]
    elif odds < 0.76:
        shape = shape[1:]
    return tensor(*shape)
