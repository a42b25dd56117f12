"""The calls that `record_ops.py` records: each op with several argument sets, ranks and edge sizes, refused ones too."""

import dataclasses
import itertools

import torch

F32, F64, F16, BF16 = torch.float32, torch.float64, torch.float16, torch.bfloat16
I64, I32, I16, I8, U8, BOOL = torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool
C64 = torch.complex64


@dataclasses.dataclass(frozen=True)
class T:
    """A tensor to make: of `fill`, as an index needs it. Square matrices are positive definite, with entries up to 1."""

    shape: tuple
    dtype: torch.dtype = F32
    fill: object = 1

    def make(self):
        made = torch.full(self.shape, self.fill, dtype=self.dtype)
        square = len(self.shape) > 1 and self.shape[-1] == self.shape[-2]
        if square and self.fill == 1 and (self.dtype.is_floating_point or self.dtype.is_complex):
            return (made + torch.eye(self.shape[-1], dtype=self.dtype)) / 2
        return made


@dataclasses.dataclass(frozen=True)
class Slice:
    start: object = None
    stop: object = None
    step: object = None


def t(*shape, d=F32):
    return T(tuple(shape), d)


def index(*shape, fill=0, d=I64):
    return T(tuple(shape), d, fill)


def mask(*shape):
    return T(tuple(shape), BOOL, True)


def shapes(rng, count, low=0, high=4, zeros=True):
    """Random shapes with sizes 0, 1 and odd ones among them."""
    for _ in range(count):
        rank = rng.randint(low, high)
        yield tuple(rng.choice([1, 2, 3, 4, 5, 7] + ([0] if zeros and rng.random() < 0.15 else [])) for _ in range(rank))


def both(*names):
    return [f"{home}.{name}" for name in names for home in ("torch", "Tensor")]


def unary(rng):
    names = (
        "abs acos acosh asin asinh atan atanh ceil cos cosh deg2rad erf erfc erfinv exp exp2 expm1 floor frac lgamma log "
        "log10 log1p log2 neg rad2deg reciprocal round rsqrt sgn sigmoid sign sin sinc sinh sqrt square tan tanh trunc "
        "isfinite isinf isnan isneginf isposinf isreal signbit logical_not positive digamma i0 angle nan_to_num real conj "
        "relu logit"
    )
    for name in names.split():
        for dtype in (F32, I64, BOOL, F16, C64, U8, F64):
            shape = next(shapes(rng, 1))
            yield rng.choice(both(name)), [T(shape, dtype)], {}
        writable = hasattr(torch.Tensor, name + "_")
        for dtype in (F32, I64) if writable else ():
            yield f"Tensor.{name}_", [T(next(shapes(rng, 1)), dtype)], {}
    for dtype in (I64, BOOL, U8, F32):
        yield "torch.bitwise_not", [T((2, 3), dtype)], {}
        yield "Tensor.__invert__", [T((3,), dtype)], {}
    for name in ("__neg__", "__pos__", "__abs__"):
        yield f"Tensor.{name}", [t(2, 3)], {}
        yield f"Tensor.{name}", [t(2, 3, d=I64)], {}
    functional = (
        "relu relu6 hardswish hardsigmoid silu mish selu elu celu leaky_relu rrelu hardtanh gelu softplus softshrink "
        "hardshrink tanhshrink softsign logsigmoid dropout alpha_dropout feature_alpha_dropout sigmoid tanh"
    )
    for name in functional.split():
        for shape in shapes(rng, 3):
            yield f"torch.nn.functional.{name}", [T(shape if len(shape) > 1 else (2, *shape), F32)], {}
        yield f"torch.nn.functional.{name}", [t(2, 3, d=F64)], {}
    yield "torch.nn.functional.gelu", [t(2, 3)], {"approximate": "tanh"}
    yield "torch.nn.functional.threshold", [t(2, 3), 0.5, 1.0], {}
    for n in (1, 2, 3):
        yield f"torch.nn.functional.dropout{n}d", [T((2, 3) + (4,) * n)], {"p": 0.3, "training": False}


def pairs(rng, count):
    """Pairs of shapes, most of which broadcast."""
    for shape in shapes(rng, count):
        other = [size if rng.random() < 0.7 else 1 for size in shape][rng.randint(0, len(shape)) :]
        if rng.random() < 0.15 and other:
            other[rng.randrange(len(other))] += 2
        if rng.random() < 0.2:
            other = [rng.choice([1, 2, 3])] * rng.randint(0, 2) + other
        yield shape, tuple(other)


def binary(rng):
    names = (
        "add sub mul div true_divide floor_divide remainder fmod pow atan2 maximum minimum fmax fmin hypot logical_and "
        "logical_or logical_xor bitwise_and bitwise_or bitwise_xor eq ne lt le gt ge copysign logaddexp xlogy float_power "
        "gcd lcm bitwise_left_shift greater less multiply subtract divide not_equal"
    )
    dtypes = [F32, F32, F64, F16, BF16, I64, I32, U8, I8, BOOL, C64]
    scalars = [2, 2.5, True, 3.0]
    operators = (
        "add sub mul truediv floordiv mod pow and or xor lshift rshift eq ne lt le gt ge radd rsub rmul rtruediv rpow "
        "iadd imul isub itruediv rfloordiv rmod rsub"
    )
    targets = [f"{home}.{n}" for n in names.split() for home in ("torch", "Tensor")]
    targets += [f"Tensor.__{n}__" for n in operators.split()]
    for target in targets:
        if ".__r" in target:  # Python calls it with a number on the left.
            for dtype, scalar in itertools.product((F32, I64, U8, F16), scalars):
                yield target, [T((2, 3), dtype), scalar], {}
            continue
        in_integers = any(word in target for word in ("bitwise", "gcd", "lcm", "and__", "or__", "shift"))
        for left, right in pairs(rng, 5):
            d1 = rng.choice([I64, I32, U8, BOOL] if in_integers and rng.random() < 0.8 else dtypes)
            d2 = d1 if in_integers or rng.random() < 0.4 else rng.choice(dtypes)
            yield target, [T(left, d1), T(right, d2)], {}
        yield target, [T(next(shapes(rng, 1)), I64 if in_integers else rng.choice(dtypes)), rng.choice(scalars)], {}
        yield target, [t(2, 3, d=I64), 2], {}
        yield target, [T((), F64), t(2, d=F32)], {}
    for name in ("add", "sub", "mul", "div", "pow", "eq", "logical_and", "remainder", "clamp_min"):
        for left, right in pairs(rng, 3):
            yield f"Tensor.{name}_", [T(left), T(right)], {}
        yield f"Tensor.{name}_", [t(2, d=I64), 1.5], {}
        yield f"Tensor.{name}_", [t(2, d=I64), 2], {}
    yield "torch.add", [t(2, 3), t(3)], {"alpha": 2}
    yield "torch.div", [t(2, d=I64), 2], {"rounding_mode": "floor"}
    yield "torch.div", [t(2, d=I64), t(2)], {"rounding_mode": "trunc"}
    yield "torch.pow", [2, t(3)], {}
    yield "torch.pow", [2.0, t(3, d=I64)], {}
    yield "torch.rsub", [t(3), 2], {}
    for name in both("clamp", "clip"):
        yield name, [t(2, 3)], {"min": 0}
        yield name, [t(2, 3, d=I64), 0, 5], {}
        yield name, [t(2, 3, d=I64), 0.5, None], {}
        yield name, [t(2, 3), t(3), t(2, 1)], {}
        yield name, [t(2, 3)], {}
        yield name, [t(2, 3), t(4)], {}
    yield "torch.clamp_min", [t(3, d=I64), 2.0], {}
    yield "Tensor.clamp_max", [t(3), t(2, 1)], {}
    for shape, other in pairs(rng, 12):
        yield "torch.where", [T(shape, BOOL), T(other), T(shape)], {}
        yield "torch.where", [T(shape, BOOL), T(other), 1.0], {}
        yield "Tensor.where", [T(other), T(shape, BOOL), T((), F64)], {}
        yield "torch.lerp", [T(shape), T(other), 0.5], {}
        yield "torch.addcmul", [T(shape), T(other), T(shape)], {}
        yield "Tensor.addcdiv", [T(shape), T(other), T(shape)], {"value": 0.5}
        yield "torch.isclose", [T(shape), T(other)], {}
    for left, right in itertools.product([2, 2.0, True], repeat=2):
        yield "torch.where", [mask(3), left, right], {}
    yield "torch.where", [mask(3, 2), t(2, d=I64), 0.5], {}
    yield "torch.isin", [t(2, 3, d=I64), t(4, d=I64)], {}
    yield "torch.complex", [t(2, 3), t(2, 3)], {}
    yield "torch.polar", [t(2, 3), t(2, 3)], {}
    for shape in ((3, 2), (2,), (3, 4), ()):
        yield "torch.view_as_complex", [T(shape)], {}
        yield "torch.view_as_real", [T(shape, C64)], {}


def reductions(rng):
    def dims(rank):
        yield from ({}, {"dim": 0}, {"dim": -1, "keepdim": True}, {"dim": rank}, {"dim": -rank - 1})

    for name in both("sum", "mean", "prod", "all", "any", "amax", "amin", "nansum", "std", "var", "norm", "logsumexp",
                     "median", "argmax", "argmin", "max", "min", "count_nonzero", "nanmean"):  # fmt: skip
        plain = name.split(".")[1]
        for shape in shapes(rng, 3, zeros=False):
            for kwargs in dims(len(shape)):
                if plain == "logsumexp" and not kwargs:
                    continue
                if plain == "count_nonzero":
                    kwargs.pop("keepdim", None)
                yield name, [T(shape)], kwargs
        if plain in ("sum", "mean", "amax", "amin", "std", "var", "norm", "logsumexp", "all", "any", "nansum"):
            for dim in ([0, 1], [-1, 0], [0, 0], [], [1, 3]):
                yield name, [t(2, 3, 4)], {"dim": dim, "keepdim": rng.random() < 0.5}
            yield name, [t(2, 0, 4)], {"dim": 1}
        if plain not in ("std", "var", "norm"):
            for dtype in (I64, BOOL, U8, F16, I32):
                yield name, [t(2, 3, d=dtype)], {"dim": 1}
        yield name, [t(0, 3)], {"dim": 1}
        yield name, [t(0, 3)], {"dim": 0}
        yield name, [t(2, 3)], {"dim": 1, **({} if plain == "count_nonzero" else {"keepdim": True})}
    for name in both("sum", "mean", "prod"):
        yield name, [t(2, 3, d=I64)], {"dtype": F32}
        yield name, [t(2, 3)], {"dtype": F64, "dim": 0}
        yield name, [t(2, 3, d=I64)], {}
    for name in both("max", "min"):
        for left, right in pairs(rng, 4):
            yield name, [T(left), T(right)], {}
        yield name, [t(2, d=I64), t(2)], {}
    for name in both("std", "var"):
        yield name, [t(2, 3)], {"unbiased": False}
        yield name, [t(2, 3), False], {}
        yield name, [t(2, 3), 1, False], {}
        yield name, [t(2, 3), [0, 1]], {"correction": 0, "keepdim": True}
        yield name, [t(2, 3, d=I64)], {}
    yield "torch.var_mean", [t(2, 3)], {"dim": 1}
    yield "torch.std_mean", [t(2, 3)], {}
    for p in (1, 2.0, "fro", float("2")):
        yield "Tensor.norm", [t(2, 3, 4)], {"p": p, "dim": -1 if p != "fro" else [1, 2]}
    yield "torch.norm", [t(2, 3), 2, 1], {"keepdim": True}
    yield "torch.norm", [t(2, 3, d=I64)], {}
    yield "torch.linalg.vector_norm", [t(2, 3)], {"dim": 1}
    yield "torch.linalg.norm", [t(2, 3, 4)], {"dim": -1, "keepdim": True}
    yield "torch.linalg.matrix_norm", [t(2, 3, 4)], {}
    for name in both("cumsum", "cumprod", "logcumsumexp", "cummax", "cummin"):
        for shape in shapes(rng, 3):
            yield name, [T(shape)], {"dim": rng.choice([0, -1, 1])}
        if "log" not in name:
            yield name, [t(2, 3, d=I32), 1], {}
            yield name, [t(3, d=BOOL), 0], {}
    yield "torch.cumsum", [t(2, 3, d=I64), 1], {"dtype": F32}
    yield "torch.mode", [t(2, 3)], {}
    for k in (1, 3, 4):
        yield "torch.kthvalue", [t(2, 3), k], {}
    yield "torch.aminmax", [t(2, 3)], {}
    yield "torch.aminmax", [t(2, 3)], {"dim": 1, "keepdim": True}
    yield "torch.quantile", [t(2, 3), 0.5], {}
    yield "torch.quantile", [t(2, 3), t(4)], {"dim": 1, "keepdim": True}
    for dtype in (F32, F16, I64):
        for name in both("softmax", "log_softmax"):
            yield name, [t(2, 3, d=dtype)], {"dim": -1}
            yield name, [t(2, 3, d=dtype), 2], {}
        yield "torch.nn.functional.softmax", [t(2, 3, d=dtype)], {"dim": 1, "dtype": F32}
        yield "torch.nn.functional.softmin", [t(2, 3)], {"dim": -3}
    yield "torch.nn.functional.gumbel_softmax", [t(2, 3)], {"tau": 0.5, "hard": True}
    yield "torch.nn.functional.normalize", [t(2, 3)], {}
    yield "torch.nn.functional.normalize", [t(2, 3)], {"p": 2.0, "dim": -1}
    yield "torch.nn.functional.normalize", [t(3)], {}
    for shape in ((2, 4), (2, 3), (4,), ()):
        for dim in (-1, 0):
            yield "torch.nn.functional.glu", [T(shape)], {"dim": dim}


def sorting(rng):
    for name in both("sort", "argsort", "topk", "msort", "unique", "unique_consecutive"):
        for shape in shapes(rng, 4):
            yield name, [T(shape), *([2] if "topk" in name else [])], {}
    for k, dim in itertools.product((0, 1, 3, 4, -1), (-1, 0)):
        yield "torch.topk", [t(3, 3), k], {"dim": dim}
    yield "Tensor.sort", [t(2, 3)], {"dim": 0, "descending": True}
    yield "torch.sort", [t(2, 3), 2], {}
    yield "torch.argsort", [t(2, 3)], {"dim": -1, "descending": True, "stable": True}
    for inverse, counts, dim in itertools.product((False, True), (False, True), (None, 0, 1)):
        yield "torch.unique", [t(4, 3)], {"return_inverse": inverse, "return_counts": counts, "dim": dim}
        yield "Tensor.unique_consecutive", [t(4, 3)], {"return_inverse": inverse, "return_counts": counts}


def all_cases(rng):
    from ops_cases_algebra import algebra
    from ops_cases_edges import edges
    from ops_cases_layers import layers_as_functions
    from ops_cases_more import rest
    from ops_cases_native import native
    from ops_cases_shapes import shaping

    families = (unary, binary, reductions, sorting, *shaping, *layers_as_functions, *rest, *algebra, *native, *edges)
    for family in families:
        yield from family(rng)
