"""What any recorded call of a layer may be varied by, for record_layers.py: how its arguments are passed, of which type and
on which device it is, an empty batch, and mistakes of every kind in its arguments and inputs.
"""

import inspect

import torch
from torch import nn

TYPES = [torch.float64, torch.bfloat16, torch.float16]
# What people pass by mistake where a number is asked for.
MISTAKES = [-1, 0, "3", 2.5, None, (2, 2), (1, 2, 3, 4), True]


def vary(chance, name, args, kwargs, inputs):
    """A call with some of the variations; most stay as they are."""
    args, kwargs, inputs = list(args), dict(kwargs), list(inputs)
    if chance.random() < 0.12:
        kwargs, inputs = typed(chance, name, kwargs, inputs)
    if chance.random() < 0.04 and "device" in parameters(name):
        kwargs["device"] = "cpu"
    if chance.random() < 0.2:
        args, kwargs = positional(name, args, kwargs)
    if chance.random() < 0.06:
        inputs = emptied(inputs)
    if chance.random() < 0.1:
        inputs = disturbed(chance, inputs)
    if chance.random() < 0.05:
        args, kwargs = mistaken(chance, args, kwargs)
    return args, kwargs, inputs


def parameters(name):
    return inspect.signature(getattr(nn, name).__init__).parameters


def typed(chance, name, kwargs, inputs):
    dtype = chance.choice(TYPES)
    # Those of the networks are passed on to a base.
    if "dtype" in parameters(name) or name in ("RNN", "LSTM", "GRU"):
        kwargs = {**kwargs, "dtype": dtype}
    convert = lambda value: value.to(dtype) if value.is_floating_point() else value
    return each_tensor(kwargs, convert), each_tensor(inputs, convert)


def positional(name, args, kwargs):
    """Keywords as positions, as far as they follow each other; what lies between is passed as its default."""
    args, kwargs = list(args), dict(kwargs)
    plain = [p for p in parameters(name).values() if p.kind is p.POSITIONAL_OR_KEYWORD and p.name != "self"]
    last = max((i for i, p in enumerate(plain) if p.name in kwargs and p.name not in ("device", "dtype")), default=-1)
    for parameter in plain[len(args) : last + 1]:
        if parameter.name in kwargs:
            args.append(kwargs.pop(parameter.name))
        elif parameter.default is not parameter.empty:
            args.append(parameter.default)
        else:
            break
    return args, kwargs


def emptied(inputs):
    """The same with a first dimension of size 0, wherever the first tensor's first size stands first."""
    first = next((value for value in inputs if isinstance(value, torch.Tensor) and value.dim() > 0), None)
    if first is None:
        return inputs
    size = first.shape[0]
    return each_tensor(inputs, lambda value: value[:0] if value.dim() > 0 and value.shape[0] == size else value)


def disturbed(chance, inputs):
    """One tensor of another rank or with another size."""
    places = [i for i, value in enumerate(inputs) if isinstance(value, torch.Tensor)]
    if not places:
        return inputs
    inputs = list(inputs)
    place = chance.choice(places)
    shape = list(inputs[place].shape)
    how = chance.choice(["drop", "add", "grow", "one", "shrink"])
    if how == "add" or not shape:
        shape.insert(0, chance.randint(1, 3))
    elif how == "drop":
        shape.pop(chance.randrange(len(shape)))
    else:
        at = chance.randrange(len(shape))
        shape[at] = {"grow": shape[at] + chance.randint(1, 3), "one": 1, "shrink": max(shape[at] - 1, 0)}[how]
    inputs[place] = torch.zeros(shape, dtype=inputs[place].dtype)
    return inputs


def mistaken(chance, args, kwargs):
    """One argument of the constructor that is none."""
    args, kwargs = list(args), dict(kwargs)
    places = [*range(len(args)), *(name for name in kwargs if name not in ("dtype", "device"))]
    if not places:
        return args, kwargs
    place = chance.choice(places)
    (kwargs if isinstance(place, str) else args)[place] = chance.choice(MISTAKES)
    return args, kwargs


def each_tensor(value, convert):
    if isinstance(value, torch.Tensor):
        return convert(value)
    if isinstance(value, dict):
        return {key: each_tensor(item, convert) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(each_tensor(item, convert) for item in value)
    return value
