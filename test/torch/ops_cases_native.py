"""Calls of the functions of `torch` beneath those of `torch.nn.functional`, and of ops under their other names."""

import itertools

from ops_cases import C64, F16, F32, F64, I32, I64, T, both, t

F = "torch.nn.functional."


def copies(rng):
    for shape in ((2, 3, 4), (1, 3), (3,)):
        x = T(shape)
        for dim in (0, -1, 3):
            yield "torch.select_copy", [x, dim, 0], {}
            yield "torch.unbind_copy", [x, dim], {}
            yield "torch.unsqueeze_copy", [x, dim], {}
            yield "torch.squeeze_copy", [x, dim], {}
            yield "torch.unfold_copy", [x, dim, 2, 1], {}
            yield "torch.split_copy", [x, 2, dim], {}
            yield "torch.split_with_sizes_copy", [x, [1, 1], dim], {}
            yield "torch.transpose_copy", [x, 0, dim], {}
            for start, end, step in ((None, None, 1), (1, None, 1), (0, -1, 2), (-2, 9, 1), (0, 2, 0)):
                yield "torch.slice_copy", [x, dim, start, end, step], {}
        yield "torch.squeeze_copy", [x], {}
        yield "torch.t_copy", [x], {}
        yield "torch.diagonal_copy", [x], {"offset": 1}
        yield "torch.permute_copy", [x, list(reversed(range(len(shape))))], {}
        yield "torch.expand_copy", [x, [2, *shape]], {}
        yield "torch.expand_copy", [x, [5] * len(shape)], {}
        yield "torch.view_copy", [x, [-1]], {}
        yield "torch.view_copy", [x, F16], {}
        yield "torch.view_copy", [x, [5, 5]], {}
        yield "torch.as_strided_copy", [x, (1, 2), (1, 1)], {}
        yield "torch.view_as_real_copy", [T(shape, C64)], {}
        yield "torch.view_as_complex_copy", [T((*shape, 2))], {}
        yield "torch.view_as_complex_copy", [x], {}
        for name in both("as_strided_"):
            yield name, [x, (1, 2), (1, 1)], {}
        for name in both("as_strided_scatter"):
            yield name, [x, t(1, 2), (1, 2), (1, 1)], {}
        for name in both("slice_inverse"):
            yield name, [x, x], {}
    for name in ("addmv_", "clamp_max_", "clamp_min_", "gcd_", "lcm_", "ldexp_", "xlogy_", "resize_as_"):
        integers = name in ("gcd_", "lcm_")
        args = [t(3), t(3, 4), t(4)] if name == "addmv_" else [t(2, 3, d=I64 if integers else F32), t(3, d=I64 if integers else F32)]
        yield f"torch.{name}", args, {}
        yield f"torch.{name}", [args[0], *(T((*arg.shape, 5), arg.dtype) for arg in args[1:])], {}


def remains(rng):
    """What a tensor has besides: deprecated reshapes, indices as a list, and functions of numbers."""
    for shape in ((2, 3), (6,), (2, 3, 4)):
        yield "Tensor.resize", [T(shape), 3, 2], {}
        yield "Tensor.resize_as", [T(shape), t(3, 2)], {}
        yield "Tensor.index", [T(shape), [T((2,), I64, 0)]], {}
        yield "Tensor.index", [T(shape), [T((2, 1), I64, 0), T((3,), I64, 0)]], {}
        for name in both("dequantize"):
            yield name, [T(shape)], {}
    for a, b in ((2, 3), (5, 1), (0, -2)):
        yield "torch.sym_max", [a, b], {}
        yield "torch.sym_min", [a, b], {}
        yield "torch.sym_sum", [[a, b, 4]], {}
    for value in (2, 2.7, 4.0):
        yield "torch.sym_int", [value], {}
        yield "torch.sym_float", [value], {}
        yield "torch.sym_sqrt", [value], {}
    for value in (True, False):
        yield "torch.sym_not", [value], {}
    for shapes in (((2, 1), (3,)), ((2, 3), (3, 2)), ((), (4,)), ((5, 1, 3), (1, 4, 1), (3,))):
        yield "torch.broadcast_shapes", list(shapes), {}
    dtypes = (F32, F64, F16, I64, I32, C64)
    for a, b in itertools.product(dtypes, dtypes):
        yield "torch.promote_types", [a, b], {}
        yield "torch.can_cast", [a, b], {}
        yield "torch.result_type", [T((2,), a), T((), b)], {}
        yield "torch.result_type", [T((2,), a), 2.5], {}


def normalisation(rng):
    for shape, channels in (((2, 4), 4), ((2, 4, 5), 4), ((2, 4, 5, 5), 4), ((2, 4, 5, 5), 3), ((1, 4, 3, 3, 3), 4), ((4,), 4)):
        x, w = T(shape), t(channels)
        yield "torch.batch_norm", [x, w, w, w, w, False, 0.1, 1e-5, False], {}
        yield "torch.batch_norm", [x, None, None, None, None, True, 0.1, 1e-5, False], {}
        yield "torch.instance_norm", [x, w, w, None, None, True, 0.1, 1e-5, False], {}
        yield "torch.native_batch_norm", [x, w, w, w, w, False, 0.1, 1e-5], {}
        yield "torch.native_batch_norm", [x, w, w, w, w, True, 0.1, 1e-5], {}
        for groups in (1, 2, 3):
            yield "torch.group_norm", [x, groups, w, w], {}
        inner = 1
        for size in shape[2:]:
            inner *= size
        yield "torch.native_group_norm", [x, None, None, shape[0], shape[-1] if len(shape) == 1 else shape[1], inner, 2, 1e-5], {}
        yield "torch.native_layer_norm", [x, shape[-1:], None, None, 1e-5], {}
        yield "torch.native_layer_norm", [x, (channels, 5), None, None, 1e-5], {}
        yield "torch.native_dropout", [x, 0.5, True], {}
        for home, groups in itertools.product((F, "torch."), (1, 2, 3)):
            yield home + "native_channel_shuffle", [x, groups], {}
    for shape, dtype in itertools.product(((3,), (2, 3), ()), (I64, F32)):
        yield "torch.embedding", [t(10, 4), T(shape, dtype, 0)], {}
        yield "torch.embedding_renorm_", [t(10, 4), T(shape, dtype, 0), 1.0, 2.0], {}


def windows(rng):
    for n in (1, 2, 3):
        for groups, transposed, stride in itertools.product((1, 2), (False, True), (1, 2)):
            weight = T((4, 4 // groups, *(3,) * n))
            for sizes in ((6,) * n, (2,) * n):
                x = T((2, 4, *sizes))
                yield "torch.convolution", [x, weight, None, [stride] * n, [0] * n, [1] * n, transposed, [0] * n, groups], {}
        yield "torch.convolution", [T((2, 3, *(6,) * n)), T((4, 4, *(3,) * n)), None, [1], [0], [1], False, [0], 1], {}
    for home, (x, w, b) in itertools.product((F, "torch."), (((7, 2, 3), (3, 3, 4), 4), ((7, 2, 3), (3, 2, 4), 4), ((7, 2, 3), (3, 3, 4), 5))):
        yield home + "conv_tbc", [T(x), T(w), t(b)], {}
        yield home + "conv_tbc", [T(x), T(w), t(b), 1], {}
    for x, kernel in itertools.product((t(2, 3, 9), t(3, 9), t(9)), (2, 3, 10)):
        yield "torch.max_pool1d_with_indices", [x, kernel], {}
        yield "torch.max_pool1d_with_indices", [x, kernel, 1], {"ceil_mode": True}
    for n in (2, 3):
        for x in ((2, 3, *(8,) * n), (3, *(8,) * n), (2, *(8,) * (n - 1))):
            yield f"{F}fractional_max_pool{n}d_with_indices", [T(x), 2], {"output_size": 3}
            yield f"{F}fractional_max_pool{n}d_with_indices", [T(x), 2], {"output_ratio": (0.5,) * n}
    for name, x, grid in (
        ("grid_sampler_2d", (2, 3, 5, 5), (2, 4, 4, 2)), ("grid_sampler_3d", (2, 3, 5, 5, 5), (2, 4, 4, 4, 3)),
        ("grid_sampler", (2, 3, 5, 5), (2, 4, 4, 2)), ("grid_sampler", (2, 3, 5, 5), (1, 4, 4, 2)),
        ("grid_sampler_2d", (2, 3, 5, 5), (2, 4, 4, 3)), ("grid_sampler_2d", (2, 3, 5, 5, 5), (2, 4, 4, 4, 3)),
    ):  # fmt: skip
        yield f"torch.{name}", [T(x), T(grid), 0, 0, False], {}
    for theta, size in (((2, 2, 3), (2, 3, 4, 5)), ((2, 3, 4), (2, 3, 4, 5, 6)), ((1, 2, 3), (2, 3, 4, 5)), ((2, 2, 3), (2, 3, 4))):
        yield "torch.affine_grid_generator", [T(theta), size, False], {}


def losses(rng):
    for shape, reduction in itertools.product(((3,), (2, 3), (2, 3, 4)), (0, 1, 2)):
        x, wrong = T(shape), T((*shape[:-1], shape[-1] + 1))
        for name in ("binary_cross_entropy_with_logits", "hinge_embedding_loss", "kl_div"):
            yield f"torch.{name}", [x, x], {"reduction": reduction}
            yield f"torch.{name}", [x, wrong], {"reduction": reduction}
        yield "torch.poisson_nll_loss", [x, x, True, False, 1e-8, reduction], {}
        yield "torch.margin_ranking_loss", [x, x, x], {"reduction": reduction}
        yield "torch.triplet_margin_loss", [x, x, x], {"reduction": reduction}
        yield "torch.triplet_margin_loss", [x, wrong, x], {"reduction": reduction}
        yield "torch.cosine_embedding_loss", [x, x, T(shape[:-1])], {"reduction": reduction}
        yield "torch.ctc_loss", [t(9, 2, 5), T((2, 3), I64, 1), T((2,), I64, 9), T((2,), I64, 3)], {"reduction": reduction}
        yield "torch.ctc_loss", [t(9, 2, 5), T((2, 3), I64, 1), [9, 9], [3, 2]], {"reduction": reduction}
    for reduction in ("mean", "sum", "none"):
        name = F + "linear_cross_entropy"
        yield name, [t(4, 3), t(7, 3), T((4,), I64, 1)], {"reduction": reduction}
        yield name, [t(4, 3), t(7, 4), T((4,), I64, 1)], {"reduction": reduction}


def recurrent(rng):
    for gates, name in ((3, "gru"), (1, "rnn_relu"), (1, "rnn_tanh"), (4, "lstm")):
        for layers, bidirectional, batch_first in itertools.product((1, 2), (False, True), (False, True)):
            directions = 2 if bidirectional else 1
            params = []
            for layer in range(layers):
                size = 3 if layer == 0 else 5 * directions
                for _ in range(directions):
                    params += [t(5 * gates, size), t(5 * gates, 5), t(5 * gates), t(5 * gates)]
            state = t(layers * directions, 2, 5)
            x = t(2, 7, 3) if batch_first else t(7, 2, 3)
            hx = [state, state] if name == "lstm" else state
            yield f"torch.{name}", [x, hx, params, True, layers, 0.0, False, bidirectional, batch_first], {}
        for x, state in ((t(2, 3), t(2, 5)), (t(2, 4), t(2, 5)), (t(2, 3), t(3, 5))):
            hx = [state, state] if name == "lstm" else state
            yield f"torch.{name}_cell", [x, hx, t(5 * gates, 3), t(5 * gates, 5), t(5 * gates), t(5 * gates)], {}
    for a, b, offs in (
        ((4, 8), (2, 8, 16), 2), ((2, 4, 8), (2, 8, 16), None), ((4, 16), (16, 8), 2), ((2, 4, 8), (2, 4, 16), None),
    ):  # fmt: skip
        kwargs = {} if offs is None else {"offs": T((offs,), I32, 4)}
        yield F + "grouped_mm", [T(a), T(b)], kwargs


native = (copies, remains, normalisation, windows, losses, recurrent)
