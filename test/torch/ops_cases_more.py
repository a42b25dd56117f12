"""Calls of aliases, in-place forms and seldom used ops, so that every name in the table is recorded at least once."""

import itertools

import torch

from ops_cases import BOOL, C64, F16, F32, F64, I64, U8, T, both, index, mask, t

F = "torch.nn.functional."


def aliases(rng):
    unary = (
        "absolute arccos arccosh arcsin arcsinh arctan arctanh fix negative floor trunc abs conj_physical resolve_conj "
        "resolve_neg imag frexp logdet det inverse cholesky pinverse matrix_exp trace cov corrcoef ravel t adjoint fliplr "
        "flipud detach clone hardshrink numel is_complex is_floating_point is_signed nanmedian aminmax mode bernoulli "
        "bitwise_not diagflat msort isreal frac"
    )
    for name in both(*unary.split()):
        for args in ([t(3, 3)], [t(2, 3, d=I64)], [t(4)], [t(2, d=C64)], [t(3, d=BOOL)]):
            yield name, args, {}
    for name in ("H", "mH", "mT", "ndimension", "nelement", "coalesce", "share_memory_", "detach_", "cfloat", "cdouble"):
        if name != "coalesce":
            yield f"Tensor.{name}", [t(2, 3)], {}
    for name in dir(torch):
        if name.endswith("_") and not name.startswith("_"):
            for args in ([t(2, 3)], [t(2, 3, d=I64)]):
                yield f"torch.{name}", args, {}
    for name in ("arccos_ arccosh_ arcsin_ arcsinh_ arctan_ arctanh_ fix_ negative_ absolute_ conj_physical_ t_ tril_ "
                 "triu_ bitwise_not_ round_").split():  # fmt: skip
        yield f"Tensor.{name}", [t(2, 3)], {}
        yield f"Tensor.{name}", [t(2, 3, d=I64)], {}
    special = (
        "expit exp2 expm1 erf erfc erfinv erfcx log1p digamma psi gammaln i0 i0e i1 i1e sinc entr ndtr ndtri log_ndtr "
        "bessel_j0 bessel_j1"
    )
    for name, dtype in itertools.product(special.split(), (F32, I64)):
        yield f"torch.special.{name}", [t(2, 3, d=dtype)], {}
    binary = (
        "arctan2 ldexp nextafter igamma igammac heaviside logaddexp2 bitwise_right_shift less_equal greater_equal "
        "subtract multiply divide float_power is_same_size equal allclose isclose dist kron outer ger inner dot vdot mm bmm "
        "mv cross masked_select gcd"
    )
    for name in both(*binary.split()):
        for args in ([t(2, 3), t(3)], [t(3), t(3)], [t(2, d=I64), t(2, d=I64)], [t(2), t(3)], [t(2, 3), t(3, 4)]):
            yield name, args, {}
    for name in ("xlog1py", "xlogy", "zeta"):
        yield f"torch.special.{name}", [t(2, 3), t(3)], {}
        yield f"torch.special.{name}", [2, t(3, d=I64)], {}
    in_place = (
        "subtract multiply true_divide floor_divide fmod atan2 arctan2 copysign xlogy ldexp nextafter hypot igamma igammac "
        "gcd lcm heaviside bitwise_and bitwise_or bitwise_xor bitwise_left_shift bitwise_right_shift float_power logical_or "
        "logical_xor ne not_equal lt less le less_equal gt greater ge greater_equal divide clamp_max"
    )
    operators = "ifloordiv imod ipow iand ior ixor ilshift irshift".split()
    for name in [n + "_" for n in in_place.split()] + [f"__{n}__" for n in operators]:
        for args in ([t(2, 3), t(3)], [t(3), t(2, 3)], [t(3, d=I64), t(3)], [t(3, d=I64), t(3, d=I64)], [t(3, d=BOOL), t(3, d=I64)]):
            yield f"Tensor.{name}", args, {}
    for name in "rand ror rxor rlshift rrshift".split():
        yield f"Tensor.__{name}__", [t(3, d=I64), 1], {}
        yield f"Tensor.__{name}__", [t(3), 1.5], {}
    yield "Tensor.__rmatmul__", [t(3, 4), t(2, 3)], {}
    yield "torch.linalg.matmul", [t(2, 3), t(3, 4)], {}


def three_operands(rng):
    for name in ("clamp_", "clip_"):
        yield f"torch.{name}", [t(3), 0, 1], {}
        yield f"Tensor.{name}", [t(3)], {"max": 1}
        yield f"Tensor.{name}", [t(3, d=I64), 0.5, 1], {}
    yield "Tensor.clamp_min", [t(3), 0], {}
    yield "torch.clamp_max", [t(3, d=I64), 0.5], {}
    for name in both("lerp", "addcmul", "addcdiv") + ["Tensor.lerp_", "Tensor.addcmul_", "Tensor.addcdiv_"]:
        yield name, [t(2, 3), t(3), t(2, 1)], {}
        yield name, [t(3), t(2, 3), t(3)], {}
        yield name, [t(3), t(2), t(3)], {}
    for name in both("mvlgamma", "polygamma") + ["torch.special.polygamma", "Tensor.mvlgamma_", "Tensor.polygamma_"]:
        first = "torch" in name and "poly" in name
        yield name, [2, T((3,), F32, 5)] if first else [T((3,), F32, 5), 2], {}
    left, mat, batch = t(2, 3), t(3, 4), (t(5, 2, 3), t(5, 3, 4))
    for suffix in ("", "_"):
        for size in ((2, 4), (4,)):
            yield f"Tensor.addmm{suffix}", [T(size), left, mat], {}
            yield f"Tensor.addbmm{suffix}", [T(size), *batch], {}
            yield f"Tensor.baddbmm{suffix}", [T((5, *size) if len(size) > 1 else size), *batch], {}
            yield f"Tensor.addr{suffix}", [T(size), t(2), t(4)], {}
        yield f"Tensor.addmv{suffix}", [t(3), t(3, 4), t(4)], {}
    yield "torch.linalg.vecdot", [t(2, 3), t(3)], {}
    yield "torch.linalg.cross", [t(2, 3), t(3)], {}
    yield "torch.linalg.cross", [t(2, 4), t(2, 4)], {}
    yield "torch.chain_matmul", [t(2, 3), t(3, 4), t(4, 5)], {}
    yield "torch.linalg.multi_dot", [[t(2, 3), t(3, 4), t(4, 5)]], {}
    yield "torch.linalg.multi_dot", [[t(2, 3), t(4, 4), t(4, 5)]], {}
    for home in (F, "torch."):
        yield home + "pdist", [t(4, 3)], {}
        yield home + "pdist", [t(3)], {}
        yield home + "bilinear", [t(2, 3), t(2, 4), t(5, 3, 4), t(5)], {}
        yield home + "prelu", [t(2, 3, 4), t(3)], {}
        yield home + "cosine_similarity", [t(2, 3), t(2, 3)], {}
        yield home + "pairwise_distance", [t(2, 3), t(2, 3)], {}
        yield home + "layer_norm", [t(2, 3), (3,)], {}
        yield home + "rms_norm", [t(2, 3), (3,)], {}
        yield home + "pixel_shuffle", [t(2, 4, 3, 3), 2], {}
        yield home + "pixel_unshuffle", [t(2, 3, 4, 4), 2], {}
        yield home + "channel_shuffle", [t(2, 4, 3, 3), 2], {}
        for n in (1, 2, 3):
            x, weight = T((2, 3, *(6,) * n)), T((4, 3, *(3,) * n))
            yield f"{home}conv{n}d", [x, weight, t(4), 2, 1], {}
            yield f"{home}conv_transpose{n}d", [T((2, 4, *(6,) * n)), weight], {"stride": 2}
            yield f"{home}max_pool{n}d", [x, 2], {}
    yield "Tensor.prelu", [t(2, 3, 4), t(3)], {}
    yield "torch.avg_pool1d", [t(2, 3, 6), 2], {}
    yield "torch.adaptive_avg_pool1d", [t(2, 3, 6), 2], {}
    yield "torch.adaptive_max_pool1d", [t(2, 3, 6), 2], {}
    for n in (1, 2, 3):
        x = T((2, 3, *(6,) * n))
        yield f"{F}max_pool{n}d_with_indices", [x, 2], {}
        yield f"{F}adaptive_max_pool{n}d_with_indices", [x, 2], {}
        yield f"{F}max_unpool{n}d", [T((1, 1, *(2,) * n)), index(1, 1, *(2,) * n), 2], {}
    yield F + "fractional_max_pool3d", [t(1, 3, 8, 8, 8), 2], {"output_size": 3}
    yield F + "upsample_nearest", [t(2, 3, 4, 4), 8], {}
    yield F + "upsample_bilinear", [t(2, 3, 4, 4)], {"scale_factor": 2}
    yield "torch.constant_pad_nd", [t(2, 3), (1, 2), 0.0], {}
    yield F + "log_softmax", [t(2, 3)], {"dim": 1}
    yield "torch.special.softmax", [t(2, 3), 1], {}
    yield "torch.special.log_softmax", [t(2, 3), 1], {}
    for name, more in (("selu", []), ("celu", []), ("rrelu", []), ("threshold", [0.5, 1.0]), ("dropout", [0.5, True]),
                       ("alpha_dropout", [0.5, False]), ("feature_dropout", [0.5, True]),
                       ("feature_alpha_dropout", [0.5, False])):  # fmt: skip
        yield f"torch.{name}", [t(2, 3), *more], {}
        yield f"torch.{name}_", [t(2, 3), *more], {}
    for name in ("relu_", "selu_", "elu_", "celu_", "leaky_relu_", "hardtanh_", "rrelu_"):
        yield F + name, [t(2, 3)], {}
    yield F + "threshold_", [t(2, 3), 0.5, 1.0], {}


def attention(rng):
    name = F + "multi_head_attention_forward"
    fixed = [8, 2, t(24, 8), t(24), None, None, False, 0.0, t(8, 8), t(8)]
    for query, key in ((t(5, 3, 8), t(6, 3, 8)), (t(5, 8), t(6, 8)), (t(5, 3, 7), t(6, 3, 7))):
        yield name, [query, key, key, *fixed], {}
        yield name, [query, key, key, *fixed], {"need_weights": False}
        yield name, [query, key, key, *fixed], {"average_attn_weights": False}
    biased = [8, 2, t(24, 8), t(24), t(1, 1, 8), t(1, 1, 8), True, 0.0, t(8, 8), t(8)]
    yield name, [t(5, 3, 8), t(6, 3, 8), t(6, 3, 8), *biased], {}


def conversion(rng):
    yield "Tensor.to_dense", [t(2, 3)], {}
    yield "Tensor.is_contiguous", [t(2, 3)], {}
    yield "torch.empty_strided", [(2, 3), (3, 1)], {}
    yield "torch.empty_permuted", [(2, 3), (1, 0)], {}
    yield "Tensor.new_empty_strided", [t(2), (2, 3), (3, 1)], {}
    for args in ([0, 5], [0, 5, 2], [1.0, 2.0, 0.5]):
        yield "torch.range", args, {}
    for value in (1, 2.5, True):
        yield "torch.scalar_tensor", [value], {}
        yield "torch.as_tensor", [value], {}
        yield "torch.asarray", [value], {"dtype": F16}
    yield "torch.as_tensor", [t(2, d=I64)], {"dtype": F32}
    yield "torch.fill", [t(2, 3), 1], {}
    yield "torch.fill_", [t(2, 3), 1], {}
    yield "Tensor.log_normal_", [t(2)], {}
    yield "Tensor.cauchy_", [t(2)], {}
    yield "Tensor.geometric_", [t(2), 0.5], {}
    yield "Tensor.fill_diagonal_", [t(3, 3), 1.0], {}
    yield "torch.poisson", [t(2, 3)], {}
    yield "Tensor.multinomial", [t(2, 3), 2], {}
    for name in ("blackman", "bartlett", "kaiser"):
        yield f"torch.{name}_window", [5], {}
    for name in both("detach_copy", "alias_copy", "is_nonzero"):
        if name != "Tensor.detach_copy" and name != "Tensor.alias_copy":
            yield name, [t(1)], {}
    yield "Tensor.resize_", [t(2, 3), 3, 4], {}
    yield "Tensor.resize_as_", [t(2, 3), t(3)], {}
    yield "Tensor.sum_to_size", [t(2, 3), 1, 3], {}
    yield "torch.as_strided", [t(12), (2, 3), (3, 1)], {}
    for name in ("swapdims", "swapaxes", "moveaxis"):
        yield f"torch.{name}", [t(2, 3, 4), 0, -1], {}
        yield f"Tensor.{name}", [t(2, 3, 4), 0, 3], {}
    for name in ("swapdims_", "swapaxes_"):
        yield f"Tensor.{name}", [t(2, 3, 4), 0, 1], {}
    yield "Tensor.broadcast_to", [t(3), 2, 3], {}
    for name in both("narrow_copy"):
        yield name, [t(4, 3), 0, 1, 2], {}
    yield "torch.concatenate", [[t(2), t(3)]], {"dim": 0}
    yield "torch.row_stack", [[t(2), t(2)]], {}
    for name in both("unsafe_chunk", "unsafe_split", "chunk", "dsplit", "vsplit", "hsplit"):
        yield name, [t(4, 4, 4), 2], {}
        yield name, [t(4), 3], {}
    for name in both("split_with_sizes", "unsafe_split_with_sizes"):
        yield name, [t(5), [2, 3]], {}
    yield "Tensor.hsplit", [t(4, 4)], {"sections": 2}
    for name in ("split", "meshgrid", "einsum", "cdist", "tensordot", "stft"):
        args = {
            "split": [t(5), 2], "meshgrid": [t(2), t(3)], "einsum": ["ij->ji", t(2, 3)],
            "cdist": [t(2, 3), t(4, 3)], "tensordot": [t(2, 3), t(3, 4), 1], "stft": [t(100), 16, 4],
        }[name]  # fmt: skip
        kwargs = {"stft": {"return_complex": True}, "meshgrid": {"indexing": "ij"}}.get(name, {})
        yield f"torch.functional.{name}", args, kwargs
    for name in both("quantile", "nanquantile"):
        yield name, [t(2, 3), 0.5], {"dim": 1}
    for name in both("kthvalue", "mode"):
        yield name, [t(2, 3), 2] if "kth" in name else [t(2, 3)], {"dim": 0}
    for name in ("cumsum_", "cumprod_"):
        yield f"Tensor.{name}", [t(2, 3), 1], {}
    for suffix in ("", "_"):
        yield f"Tensor.renorm{suffix}", [t(2, 3), 2, 0, 1.0], {}
    yield "torch.renorm", [t(2, 3), 2, 0, 1.0], {}
    yield "torch.special.logsumexp", [t(2, 3), 1], {}
    yield "Tensor.bincount", [index(4)], {"minlength": 3}
    yield "Tensor.histc", [t(5)], {}
    for name in both("histogram"):
        yield name, [t(5), 3], {}


def writes(rng):
    for name in both("masked_scatter") + ["Tensor.masked_scatter_"]:
        yield name, [t(2, 3), mask(2, 3), t(6)], {}
        yield name, [t(2, 3), mask(2), t(6)], {}
        yield name, [t(2, 3), t(2, 3), t(6)], {}
    yield "Tensor.scatter_add_", [t(3, 3), 0, index(2, 3), t(2, 3)], {}
    for suffix in ("", "_"):
        yield f"Tensor.scatter_reduce{suffix}", [t(3, 3), 0, index(2, 3), t(2, 3)], {"reduce": "amax"}
        yield f"Tensor.index_add{suffix}", [t(3, 3), 0, index(2), t(2, 3)], {}
        yield f"Tensor.index_reduce{suffix}", [t(3, 3), 0, index(2), t(2, 3), "prod"], {}
        yield f"Tensor.put{suffix}", [t(3, 3), index(2), t(2)], {}
    yield "torch.index_reduce", [t(3, 3), 0, index(2), t(2, 4), "prod"], {}
    yield "torch.put", [t(3, 3), index(2), t(2)], {}
    for name in both("index_copy"):
        yield name, [t(3, 3), 0, index(2), t(2, 3)], {}
        yield name, [t(3, 3), 0, index(2), t(3)], {}
    for name in both("index_fill"):
        yield name, [t(3, 3), 0, index(2), 1.0], {}
    for name in [*both("index_put"), "Tensor.index_put_", "torch.index_put_"]:
        yield name, [t(3, 3), (index(2),), t(2, 3)], {}
    for name in both("select_scatter"):
        yield name, [t(3, 4), t(4), 0, 1], {}
    for name in both("slice_scatter"):
        yield name, [t(3, 4), t(2, 4)], {"start": 1}
    for name in both("diagonal_scatter"):
        yield name, [t(3, 3), t(3)], {}


def algebra(rng):
    square, wide = t(2, 3, 3), t(2, 3, 5)
    for name in ("eigvals", "inv", "det", "matrix_exp", "cholesky", "svdvals", "pinv"):
        for x in (square, wide, t(3)):
            if name != "cholesky" and not (name == "inv" and x is square):
                yield f"torch.linalg.{name}", [x], {}
    eye = T((3, 3), F32, 1)
    for x in (square, wide, t(5, 3)):
        for full in (True, False):
            yield "torch.linalg.svd", [x], {"full_matrices": full}
            yield "torch.svd", [x], {"some": full}
        yield "Tensor.svd", [x], {}
        for mode in ("reduced", "complete"):
            yield "torch.linalg.qr", [x], {"mode": mode}
    yield "torch.linalg.matrix_power", [eye, 3], {}
    yield "Tensor.matrix_power", [eye, 4], {}
    for name in ("inverse", "linalg.inv", "linalg.cholesky", "cholesky"):
        yield f"torch.{name}", [t(1, 1)], {}
        yield f"torch.{name}", [t(2, 3)], {}
    yield "torch.linalg.solve", [t(1, 1), t(1, 2)], {}


def spectral(rng):
    for name in ("fft", "ifft", "rfft", "ihfft", "irfft", "hfft"):
        complex_input = name in ("irfft", "hfft")
        for shape in ((2, 8), (7,), (3, 1)):
            x = T(shape, C64 if complex_input else F32)
            yield f"torch.fft.{name}", [x], {}
            yield f"torch.fft.{name}", [x], {"n": 6, "dim": 0}
            yield f"torch.fft.{name}", [x], {"dim": 2}
        yield f"torch.fft.{name}", [t(2, 8, d=F64)], {}
        if not complex_input:
            yield f"torch.fft.{name}", [t(2, 8, d=I64)], {}
    for name in ("fft2", "ifft2", "rfft2", "irfft2", "fftn", "ifftn", "rfftn", "irfftn"):
        x = t(2, 4, 6, d=C64 if "irfft" in name else F32)
        yield f"torch.fft.{name}", [x], {}
        yield f"torch.fft.{name}", [x], {"s": (4, 5)}
        yield f"torch.fft.{name}", [x], {"dim": (0, 1)}
    for name in ("fftshift", "ifftshift"):
        yield f"torch.fft.{name}", [t(2, 3)], {"dim": 1}
    for name in ("fftfreq", "rfftfreq"):
        yield f"torch.fft.{name}", [7], {}
        yield f"torch.fft.{name}", [8], {"d": 0.5}
    for name in both("stft"):
        for x, args in itertools.product((t(100), t(2, 64), t(2, 2, 64)), ([16], [16, 8], [16, 5, 12])):
            yield name, [x, *args], {"return_complex": True, "center": False}
            yield name, [x, *args], {"return_complex": False, "pad_mode": "constant"}
        yield name, [t(100), 16], {}
        yield name, [t(100), 16], {"onesided": False, "return_complex": True}
        yield name, [t(8), 16], {"center": False, "return_complex": True}


def numpy_keywords(rng):
    for name in both("sum", "mean", "max", "argmax", "softmax", "std", "amax", "cumsum", "flip"):
        kwargs = {"axis": 1} if "flip" not in name else {"dims": [1]}
        yield name, [t(2, 3)], kwargs
        if not any(word in name for word in ("softmax", "cumsum", "flip")):
            yield name, [t(2, 3)], {"axis": -1, "keepdims": True}
    for name in ("cat", "stack", "concat"):
        yield f"torch.{name}", [[t(2, 3), t(2, 3)]], {"axis": 1}
    yield "torch.add", [], {"input": t(2), "other": t(2)}
    yield "torch.unsqueeze", [], {"input": t(2), "dim": 0}
    yield "Tensor.squeeze", [t(2, 1)], {"axis": 1}


rest = (numpy_keywords, aliases, three_operands, attention, conversion, writes, algebra, spectral)
