"""Draws variations of recorded calls: other sizes, ranks, dtypes and options, told by the signatures that PyTorch has.

A variation keeps most of what makes a call sensible, so that about half of them are accepted; the other half is what
PyTorch refuses, which the rules must refuse too. For `record_ops.py`.
"""

import inspect

import torch

from ops_cases import BOOL, C64, F16, F32, F64, I32, I64, U8, T

DTYPES = [F32, F32, F64, F16, I64, I64, I32, U8, BOOL, C64]
SIZES = [0, 1, 1, 2, 3, 4, 5, 6, 7, 8]
STRINGS = {
    "reduction": ["none", "mean", "sum"],
    "rounding_mode": ["floor", "trunc"],
    "indexing": ["ij", "xy"],
    "norm": ["ortho", "forward", "backward"],
    "padding_mode": ["zeros", "border", "reflection"],
    "mode": ["nearest", "linear", "bilinear", "bicubic", "area", "nearest-exact", "constant", "reflect", "circular"],
    "approximate": ["none", "tanh"],
    "side": ["left", "right"],
    "padding": ["same", "valid"],
    "reduce": ["sum", "mean", "amax", "prod"],
    "UPLO": ["L", "U"],
    "ord": ["fro", "nuc"],
    "p": ["fro", "nuc"],
}


def variation(rng, name, case):
    """Arguments and keywords like those of the case, with one to three things changed."""
    args, kwargs = list(case[0]), dict(case[1])
    for _ in range(rng.choice([1, 1, 2, 2, 3])):
        change = rng.choices(CHANGES, WEIGHTS)[0]
        args, kwargs = change(rng, name, args, kwargs)
    return args, kwargs


def resized(rng, name, args, kwargs):
    """One size is another one, wherever it occurs."""
    sizes = {size for tensor in tensors(args, kwargs) for size in tensor.shape}
    if not sizes:
        return args, kwargs
    old, new = rng.choice(sorted(sizes)), rng.choice(SIZES)
    in_lists = rng.random() < 0.6

    def swap(value):
        if isinstance(value, T):
            return with_shape(value, [new if size == old else size for size in value.shape])
        if in_lists and isinstance(value, (list, tuple)) and all(type(item) is int for item in value):
            return type(value)(new if item == old else item for item in value)
        return value

    return walk(args, swap), walk(kwargs, swap)


def missized(rng, name, args, kwargs):
    """One size of one tensor is another one, as in a mistake."""

    def swap(tensor):
        if not tensor.shape:
            return tensor
        axis = rng.randrange(len(tensor.shape))
        size = rng.choice([1, tensor.shape[axis] + 1, rng.choice(SIZES)])
        return with_shape(tensor, [size if i == axis else s for i, s in enumerate(tensor.shape)])

    return one_tensor(rng, args, kwargs, swap)


def reranked(rng, name, args, kwargs):
    """A dimension more or less in front, of one tensor or of all of them."""
    more, size = rng.random() < 0.6, rng.choice([1, 2, 3])

    def swap(tensor):
        return with_shape(tensor, [size, *tensor.shape] if more else tensor.shape[1:])

    if rng.random() < 0.5:
        return one_tensor(rng, args, kwargs, swap)
    each = lambda value: swap(value) if isinstance(value, T) else value  # noqa: E731
    return walk(args, each), walk(kwargs, each)


def retyped(rng, name, args, kwargs):
    """Another dtype for one tensor, or for all that had one in common."""
    dtype = rng.choice(DTYPES)

    def swap(tensor):
        return T(tensor.shape, dtype, tensor.fill)

    chosen = tensors(args, kwargs)
    if not chosen or rng.random() < 0.4:
        return one_tensor(rng, args, kwargs, swap)
    old = rng.choice(chosen).dtype
    each = lambda value: swap(value) if isinstance(value, T) and value.dtype == old else value  # noqa: E731
    return walk(args, each), walk(kwargs, each)


def renumbered(rng, name, args, kwargs):
    """Another int or flag in place of one that is given."""
    places = [i for i, arg in enumerate(args) if type(arg) in (int, bool)]
    names = [key for key, value in kwargs.items() if type(value) in (int, bool)]
    if not places and not names:
        return args, kwargs
    place = rng.choice([*places, *names])
    holder = args if type(place) is int else kwargs
    holder = list(holder) if holder is args else dict(holder)
    old = holder[place]
    holder[place] = not old if type(old) is bool else rng.choice([old + 1, old - 1, -old, rng.randint(-4, 6)])
    return (holder, kwargs) if type(place) is int else (args, holder)


def with_option(rng, name, args, kwargs):
    """An argument that was left out is given, of the type that the signature tells."""
    overload = rng.choice(signatures(name) or [[]])
    free = [p for i, p in enumerate(overload) if p[0] not in kwargs and (i >= len(args) or p[3])]
    if not free:
        return args, kwargs
    key, kind, *_ = rng.choice(free)
    rank = max((len(tensor.shape) for tensor in tensors(args, kwargs)), default=1)
    value = drawn(rng, key, kind, rank)
    return (args, kwargs) if value is None else (args, {**kwargs, key: value})


def without_option(rng, name, args, kwargs):
    if not kwargs:
        return args, kwargs
    dropped = rng.choice(sorted(kwargs))
    return args, {key: value for key, value in kwargs.items() if key != dropped}


def by_keyword(rng, name, args, kwargs):
    """The last positional argument by its name."""
    fitting = [o for o in signatures(name) if len(args) <= len(o)]
    if len(args) < 2 or not fitting:
        return args, kwargs
    return args[:-1], {rng.choice(fitting)[len(args) - 1][0]: args[-1], **kwargs}


CHANGES = [resized, missized, reranked, retyped, renumbered, with_option, without_option, by_keyword]
WEIGHTS = [6, 3, 3, 2, 4, 6, 1, 1]


def drawn(rng, key, kind, rank):
    """A value for an option, or None where no use is known."""
    dim = rng.randint(-rank - 1, rank)
    if key in STRINGS and kind in ("str", "Optional[str]"):
        return rng.choice(STRINGS[key])
    if "Tensor" in kind or "Generator" in kind or key in ("layout", "device", "pin_memory", "memory_format"):
        return None
    if key == "dtype" or key.endswith("_dtype"):
        return rng.choice([F32, F64, I64, F16, BOOL])
    if "bool" in kind:
        return rng.random() < 0.6
    if "List[int]" in kind or "SymInt[]" in kind:
        if key.startswith("dim") or key == "axis":
            return rng.choice([dim, [dim], [dim, rng.randint(-rank, rank)], list(range(rank))])
        return rng.choice([2, [rng.randint(0, 4) for _ in range(rng.randint(1, 3))]])
    if "int" in kind or "Int" in kind:
        return dim if "dim" in key else rng.choice([0, 1, 2, 3, dim])
    if "float" in kind or "number" in kind or "Scalar" in kind:
        return rng.choice([0.5, 1.0, 2.0, 0.1])
    return None


HOMES = {"linalg": "linalg_", "fft": "fft_", "special": "special_"}
_signatures = {}


def signatures(name):
    """Per overload a list of (name, type, has a default, keyword only)."""
    if "__" in name:
        return []
    if name not in _signatures:
        _signatures[name] = python_signature(name) or aten_signatures(name)
    return _signatures[name]


def python_signature(name):
    if not name.startswith("torch.nn.functional."):
        return None
    try:
        found = inspect.signature(getattr(torch.nn.functional, name.rsplit(".", 1)[1]))
    except (TypeError, ValueError):
        return None
    if any(p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in found.parameters.values()):
        return None
    words = lambda p: str(p.annotation).replace("<class '", "").replace("'>", "").replace("typing.", "")  # noqa: E731
    return [[(p.name, words(p), p.default is not p.empty, p.kind == p.KEYWORD_ONLY) for p in found.parameters.values()]]


def aten_signatures(name):
    *path, plain = name.split(".")
    schemas = torch._C._jit_get_schemas_for_operator(f"aten::{HOMES.get(path[-1], '')}{plain}")
    return [
        [("input" if a.name == "self" else a.name, str(a.type), a.has_default_value(), a.kwarg_only) for a in s.arguments]
        for s in schemas
        if s.arguments and "Tensor" in str(s) and not any(a.is_out for a in s.arguments)
    ]


def tensors(args, kwargs):
    found = []
    walk([args, kwargs], lambda value: found.append(value) or value if isinstance(value, T) else value)
    return found


def one_tensor(rng, args, kwargs, swap):
    chosen = tensors(args, kwargs)
    if not chosen:
        return args, kwargs
    place, count = rng.randrange(len(chosen)), iter(range(len(chosen)))
    each = lambda value: swap(value) if isinstance(value, T) and next(count) == place else value  # noqa: E731
    return walk(args, each), walk(kwargs, each)


def walk(value, each):
    """The value with `each` put on everything in it, and on its lists from the inside."""
    if type(value) in (list, tuple):
        return each(type(value)(walk(item, each) for item in value))
    if isinstance(value, dict):
        return {key: walk(item, each) for key, item in value.items()}
    return each(value)


def with_shape(tensor, shape):
    return T(tuple(shape), tensor.dtype, tensor.fill)
