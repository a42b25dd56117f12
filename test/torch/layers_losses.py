"""Random calls of losses and distances, for layers_generators.py."""

import torch

from layers_inputs import indices, maybe, sizes, tensor

REDUCTIONS = ["none", "none", "mean", "sum"]


def elementwise_loss(*keywords, reductions=REDUCTIONS):
    def generate(chance):
        kwargs = {"reduction": chance.choice(reductions)}
        maybe(chance, kwargs, "reduce", lambda: chance.choice([True, False]), 0.1)
        maybe(chance, kwargs, "size_average", lambda: False, 0.1)
        if "reduce" not in keywords:
            kwargs.pop("reduce", None)
            kwargs.pop("size_average", None)
        shape = sizes(chance, chance.randint(0, 3), 2, 5)
        other = list(shape)
        if shape and chance.random() < 0.35:
            other[chance.randrange(len(shape))] = chance.choice([1, 6])
        if shape and chance.random() < 0.15:
            other = other[1:]
        return [], kwargs, [tensor(*shape), tensor(*other)]

    return generate


def class_loss(probabilities):
    def generate(chance):
        classes = chance.randint(2, 5)
        kwargs = {"reduction": chance.choice(REDUCTIONS)}
        maybe(chance, kwargs, "weight", lambda: tensor(classes + (chance.random() < 0.2)), 0.3)
        spatial = sizes(chance, chance.choice([0, 0, 1, 2, 3]), 2, 4)
        batch = [chance.randint(2, 4)] if spatial or chance.random() < 0.8 else []
        input = tensor(*batch, classes, *spatial)
        target = [*batch, *spatial]
        if target and chance.random() < 0.15:
            target[-1] += 1
        if chance.random() < 0.08:
            target = [*target, 1]
        if probabilities and chance.random() < 0.3:
            return [], kwargs, [input, tensor(*input.shape)]
        return [], kwargs, [input, indices(*target)]

    return generate


def multi_margin(chance):
    lead = [chance.randint(2, 4)] if chance.random() < 0.8 else []
    target = [side + (chance.random() < 0.2) for side in lead]
    kwargs = {"reduction": chance.choice(REDUCTIONS), "p": chance.choice([1, 2])}
    maybe(chance, kwargs, "weight", lambda: tensor(5), 0.3)
    return [], kwargs, [tensor(*lead, chance.choice([5, 5, 5, 4])), indices(*target)]


def multi_label_margin(chance):
    shape = sizes(chance, chance.choice([0, 1, 2, 2, 2, 3]), 2, 5)
    target = [side + (chance.random() < 0.1) for side in shape]
    return [], {"reduction": chance.choice(REDUCTIONS)}, [tensor(*shape), indices(*target)]


def triple_loss(chance):
    shape = sizes(chance, chance.randint(0, 3), 2, 5)
    shapes = [list(shape) for _ in range(3)]
    if shape and chance.random() < 0.4:
        shapes[chance.randrange(3)][chance.randrange(len(shape))] = chance.choice([1, 6])
    if shape and chance.random() < 0.15:
        shapes[2] = shapes[2][1:]
    return [], {"reduction": chance.choice(REDUCTIONS)}, [tensor(*each) for each in shapes]


def cosine_embedding_loss(chance):
    lead = [chance.randint(2, 4)] if chance.random() < 0.75 else []
    features = chance.randint(2, 5)
    target = [side + (chance.random() < 0.2) for side in lead]
    if chance.random() < 0.1:
        target = [1, *target]
    other = features + (chance.random() < 0.15)
    return [], {"reduction": chance.choice(REDUCTIONS)}, [tensor(*lead, features), tensor(*lead, other), torch.ones(target)]


def gaussian_nll(chance):
    shape = sizes(chance, chance.randint(1, 3), 2, 4)
    variance = chance.choice([shape, shape, [*shape[:-1], 1], shape[:-1]])
    target = list(shape) if chance.random() < 0.8 else [1, *shape[1:]]
    return [], {"reduction": chance.choice(REDUCTIONS)}, [tensor(*shape), tensor(*target), tensor(*variance)]


def ctc(chance):
    length, batch, classes, target = chance.randint(6, 9), chance.randint(1, 3), chance.randint(3, 5), chance.randint(1, 3)
    kwargs = {"reduction": chance.choice(REDUCTIONS)}
    if chance.random() < 0.3:
        inputs = [tensor(length, classes), torch.ones(target, dtype=torch.int64), (length,), (target,)]
    elif chance.random() < 0.5:
        ones = torch.ones(batch * target, dtype=torch.int64)
        inputs = [tensor(length, batch, classes), ones, [length] * batch, [target] * batch]
    else:
        rows = batch + (chance.random() < 0.25)
        ones = torch.ones(rows, target, dtype=torch.int64)
        inputs = [tensor(length, batch, classes), ones, [length] * batch, [target] * batch]
    return [], kwargs, inputs


def similarity(chance):
    shape = sizes(chance, chance.randint(1, 4), 2, 5)
    other = shape if chance.random() < 0.6 else shape[1:]
    if other and chance.random() < 0.2:
        other = [*other[:-1], chance.choice([1, 6])]
    return [chance.choice([0, 1, -1, 2])], {}, [tensor(*shape), tensor(*other)]


def distance(chance):
    args, _, inputs = similarity(chance)
    return [], {"keepdim": True} if chance.random() < 0.4 else {}, inputs
