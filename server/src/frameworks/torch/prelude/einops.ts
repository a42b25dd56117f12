/**
 * The parts of einops that are calls of its others, in Python for the interpreter to read like user code, and its layers:
 * https://einops.rocks/api/pack_unpack/ and https://einops.rocks/3-einmix-layer/.
 */
export const functions = `
import torch
from torch._refusal import refuse
from einops._rules import _einsum


def einsum(*tensors_and_pattern):
    if len(tensors_and_pattern) < 2 or not isinstance(tensors_and_pattern[-1], str):
        refuse("bad-argument", "einsum takes tensors, and its pattern as the last argument")
    return _einsum(tensors_and_pattern[-1], list(tensors_and_pattern[:-1]))


def asnumpy(tensor):
    return tensor.detach().cpu().numpy()


def parse_shape(x, pattern):
    names = pattern.split()
    rank = x.dim()
    if "..." in names:
        at = names.index("...")
        if rank < len(names) - 1:
            refuse("rank-mismatch", f"parse_shape: the pattern '{pattern}' takes at least {len(names) - 1} dimensions, but the tensor {tuple(x.shape)} has {rank}")
        names = names[:at] + ["_"] * (rank - len(names) + 1) + names[at + 1:]
    if len(names) != rank:
        refuse("rank-mismatch", f"parse_shape: the pattern '{pattern}' takes {len(names)} dimensions, but the tensor {tuple(x.shape)} has {rank}")
    return {name: x.shape[i] for i, name in enumerate(names) if name != "_"}


def _split_pattern(pattern, callee):
    axes = pattern.split()
    if axes.count("*") != 1:
        refuse("bad-argument", f"{callee}: the pattern '{pattern}' needs one *")
    at = axes.index("*")
    return axes, at, len(axes) - at - 1


def pack(tensors, pattern):
    axes, before, after = _split_pattern(pattern, "pack")
    shapes, parts = [], []
    for tensor in tensors:
        rank = tensor.dim()
        if rank < before + after:
            refuse("rank-mismatch", f"pack: the pattern '{pattern}' takes at least {before + after} dimensions, but the tensor {tuple(tensor.shape)} has {rank}")
        shape = tensor.shape[before:rank - after]
        size = 1
        for each in shape:
            size = size * each
        shapes.append(shape)
        parts.append(tensor.reshape(*tensor.shape[:before], size, *tensor.shape[rank - after:]))
    return torch.cat(parts, dim=before), shapes


def unpack(tensor, packed_shapes, pattern):
    axes, before, after = _split_pattern(pattern, "unpack")
    if tensor.dim() != len(axes):
        refuse("rank-mismatch", f"unpack: the pattern '{pattern}' takes {len(axes)} dimensions, but the tensor {tuple(tensor.shape)} has {tensor.dim()}")
    sizes = []
    for shape in packed_shapes:
        size = 1
        for each in shape:
            if each == -1:
                size = -1
                break
            size = size * each
        sizes.append(size)
    if sizes.count(-1) > 1:
        refuse("bad-argument", "unpack can work out one size of -1 only")
    if -1 in sizes:
        sizes[sizes.index(-1)] = tensor.shape[before] - sum(size for size in sizes if size != -1)
    parts = torch.split(tensor, sizes, dim=before)
    return [
        part.reshape(*tensor.shape[:before], *shape, *tensor.shape[before + 1:])
        for part, shape in zip(parts, packed_shapes)
    ]
`;

export const layers = `
import torch
import einops
from torch import nn


class Rearrange(nn.Module):
    def __init__(self, pattern, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.axes_lengths = axes_lengths

    def forward(self, input):
        return einops.rearrange(input, self.pattern, **self.axes_lengths)


class Reduce(nn.Module):
    def __init__(self, pattern, reduction, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.reduction = reduction
        self.axes_lengths = axes_lengths

    def forward(self, input):
        return einops.reduce(input, self.pattern, self.reduction, **self.axes_lengths)


def _names(side):
    return side.replace("(", " ").replace(")", " ").split()


def _groups(side):
    groups, group = [], None
    for token in side.replace("(", " ( ").replace(")", " ) ").split():
        if token == "(":
            group = []
        elif token == ")":
            groups.append(group)
            group = None
        elif group is None:
            groups.append([token])
        else:
            group.append(token)
    return groups


class EinMix(nn.Module):
    def __init__(self, pattern, weight_shape, bias_shape=None, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.weight_shape = weight_shape
        self.bias_shape = bias_shape
        self.axes_lengths = axes_lengths
        left, right = pattern.split("->")
        before, after = _names(left), _names(right)
        self.einsum_pattern = f"{' '.join(before)}, {weight_shape} -> {' '.join(after)}"
        self.weight = nn.Parameter(torch.empty([axes_lengths[name] for name in weight_shape.split()]))
        if bias_shape is None:
            self.bias = None
        else:
            names = bias_shape.split()
            sizes = []
            for group in _groups(right):
                if group == ["..."]:
                    continue
                for name in group:
                    sizes.append(axes_lengths[name] if name in names else 1)
            self.bias = nn.Parameter(torch.empty(sizes))
        self.pre_rearrange = None
        self.post_rearrange = None
        if "(" in left:
            lengths = {name: size for name, size in axes_lengths.items() if name in before}
            self.pre_rearrange = Rearrange(f"{left}->{' '.join(before)}", **lengths)
        if "(" in right:
            lengths = {name: size for name, size in axes_lengths.items() if name in after}
            self.post_rearrange = Rearrange(f"{' '.join(after)}->{right}", **lengths)

    def forward(self, input):
        if self.pre_rearrange is not None:
            input = self.pre_rearrange(input)
        result = einops.einsum(input, self.weight, self.einsum_pattern)
        if self.bias is not None:
            result = result + self.bias
        if self.post_rearrange is not None:
            result = self.post_rearrange(result)
        return result
`;
