"""Calls at the edges: dtypes that meet, sizes of 0 and 1, arguments that PyTorch does not look at."""

import itertools

from ops_cases import F16, F32, F64, I32, I64, T, both, index, t

F = "torch.nn.functional."


def along(rng):
    for name in ("trapezoid", "cumulative_trapezoid", "trapz"):
        for y, x in (
            ((2, 0), (2, 2, 0)), ((2, 1), (2, 2, 0)), ((2, 3), (3,)), ((2, 3), (1,)), ((2, 3), (2, 1)), ((2, 3), (3, 2, 3)),
            ((2, 2), (2, 3)), ((2, 3), ()), ((2, 0), (5,)), ((0, 3), (2, 3)), ((2, 0), (2, 3)), ((1, 3), (4, 3)), ((0,), (0,)),
        ):  # fmt: skip
            for dim in (-1, 0):
                yield f"torch.{name}", [T(y), T(x)], {"dim": dim}
        for dtype in (I32, F64):
            yield f"torch.{name}", [t(2, 0, d=I32), t(2, 0, d=dtype)], {}
            yield f"torch.{name}", [t(2, 3, d=I32), t(2, 3, d=dtype)], {}
    for name, n, dim in itertools.product(both("diff"), (0, 1), (1, 2)):
        yield name, [t(4, 1)], {"n": n, "dim": dim}
    for shape, dims in (((1, 1, 0), [-2]), ((2, 3), [-2]), ((3, 0), [-2, 1]), ((0, 3), [-2, 1])):
        for name in both("tile"):
            yield name, [T(shape), *dims], {}
    for name in ("torch.histogram", "Tensor.histogram"):
        yield name, [t(5)], {}
    for name in both("scatter", "scatter_add"):
        for dtype, shape in itertools.product((F32, I32), ((0, 1), (0,), (0, 7))):
            yield name, [t(5, 1), 1, T(shape, dtype), t(5, 1)], {}
    for name, dtype, shape in itertools.product(both("gather"), (F32, I64), ((0, 1), (0,), (0, 7), (2, 1))):
        yield name, [t(5, 1), 0, index(*shape, d=dtype)], {}
    yield "torch.isin", [], {"elements": t(3), "test_element": 1}
    yield "torch.isin", [], {"element": 1, "test_elements": t(3)}
    yield "torch.isin", [1, t(3)], {}
    for bounds in ((1, 2.5), (0.5, 3), (0, 5, 1.5), (0, 5, 0.5), (0.9, 5.9, 1.9)):
        for dtype in (I64, I32, F64):
            yield "torch.arange", list(bounds), {"dtype": dtype}


def losses(rng):
    for shapes in (((4,), (3, 4)), ((3, 4), (4,)), ((2, 3, 4), (3, 4)), ((3, 4), (3, 1)), ((4,), (4,))):
        yield F + "multilabel_soft_margin_loss", [T(shape) for shape in shapes], {"reduction": "none"}
    for name in ("nll_loss", "cross_entropy"):
        yield F + name, [t(4), index(1)], {"reduction": "none"}
        yield F + name, [t(4), index()], {"reduction": "none"}
    for name, swap in itertools.product(("triplet_margin_loss", "triplet_margin_with_distance_loss"), (False, True)):
        for shapes in (((2, 1), (2, 3), (2, 4)), ((1,), (3,), (4,)), ((1, 1), (2, 3), (2, 1)), ((1, 4), (2, 4), (3, 4)), ((1, 4), (1, 4), (3, 4))):
            yield F + name, [T(shape) for shape in shapes], {"swap": swap, "reduction": "none"}


def layers(rng):
    for shape, size in itertools.product(((0, 0), (2, 0), (0, 5), (3, 0, 5), (0, 3, 0)), (1, 2)):
        yield F + "adaptive_avg_pool1d", [T(shape), size], {}
    for shape, dtype in itertools.product(((2, 4, 4), (0, 4, 4)), (I64, F16, F64)):
        yield F + "local_response_norm", [T(shape, dtype), 2], {}
    for shape in ((4, 6), (2, 4, 4, 6), (1, 1, 4, 6), (2, 4, 8, 6)):
        yield F + "scaled_dot_product_attention", [t(2, 4, 4, 3), t(2, 4, 6, 3), t(2, 4, 6, 6)], {"attn_mask": T(shape)}


edges = (along, losses, layers)
