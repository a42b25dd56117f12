"""Calls of factorizations and solvers, special functions, integrals and the seldom used reductions."""

import itertools

from ops_cases import BOOL, C64, F32, F64, I32, I64, T, both, t

SQUARE = ((3, 3), (2, 4, 4), (1, 1), (0, 0))
WIDE = ((3, 5), (2, 5, 3), (2, 2, 4, 4), (0, 3))
LINALG = "torch.linalg."


def factorizations(rng):
    squares = "cholesky_ex inv_ex eig eigh eigvalsh eigvals slogdet ldl_factor ldl_factor_ex lu lu_factor lu_factor_ex cond".split()
    for name, shape, dtype in itertools.product(squares, (*SQUARE, (2, 3), (3,)), (F32, C64)):
        yield LINALG + name, [T(shape, dtype)], {}
    for name in ("cholesky_ex", "inv_ex", "lu_factor_ex", "ldl_factor_ex"):
        yield LINALG + name, [t(2, 3, 3)], {"check_errors": True}
    for name, shape in itertools.product(("lu", "lu_factor", "lu_factor_ex", "matrix_rank", "cond"), WIDE):
        yield LINALG + name, [T(shape)], {}
    yield LINALG + "matrix_rank", [t(2, 3, 4)], {"atol": 0.1, "rtol": 0.1}
    yield LINALG + "matrix_rank", [t(2, 3, 3), 0.1, True], {}
    yield LINALG + "cond", [t(2, 3, 3)], {"p": "fro"}
    for shape in (*SQUARE, *WIDE, (3,)):
        for name in both("qr", "geqrf", "slogdet"):
            yield name, [T(shape)], {}
        yield rng.choice(both("qr")), [T(shape)], {"some": False}
        for name in ("torch.lu", "Tensor.lu"):
            yield name, [T(shape)], {}
            yield name, [T(shape)], {"get_infos": True}
        least = min(shape[-2:]) if len(shape) > 1 else 1
        pivots = T((*shape[:-2], least), I32, 1)
        yield "torch.lu_unpack", [T(shape), pivots], {}
        yield "torch.lu_unpack", [T(shape), pivots], {"unpack_data": False}
        yield "torch.lu_unpack", [T(shape), pivots, True, False], {}
        for name in (*both("orgqr"), LINALG + "householder_product"):
            yield name, [T(shape), T((*shape[:-2], least))], {}
        for name in both("ormqr"):
            yield name, [T(shape), T((*shape[:-2], least)), T((*shape[:-2], shape[-1], 2))], {}
        for mode in ("reduced", "complete", "r"):
            yield LINALG + "qr", [T(shape)], {"mode": mode}
        for q in (1, 2, 9):
            if q <= least:
                yield "torch.svd_lowrank", [T(shape)], {"q": q}
            yield "torch.pca_lowrank", [T(shape)], {"q": q, "center": False}
            yield "torch.pca_lowrank", [T(shape), q], {"niter": 1}
    for name in both("cholesky_inverse"):
        for shape in (*SQUARE, (2, 3)):
            yield name, [T(shape)], {}


def solvers(rng):
    pairs = (
        ((3, 3), (3,)), ((3, 3), (3, 2)), ((2, 3, 3), (2, 3)), ((2, 3, 3), (2, 3, 4)), ((2, 3, 3), (3, 4)), ((3, 3), (2, 3, 1)),
        ((2, 3, 3), (3,)), ((2, 3, 3), (4, 3, 2)), ((3, 3), (4, 2)), ((2, 3), (2, 1)), ((1, 1), (1, 1)), ((0, 0), (0, 2)),
        ((5, 1, 2, 2), (3, 2, 2)),
    )  # fmt: skip
    for a, b in pairs:
        for name in ("solve", "solve_ex"):
            yield LINALG + name, [T(a), T(b)], {}
            yield LINALG + name, [T(a), T((*b[:-2], *reversed(b[-2:])))], {"left": False}
        for upper in (True, False):
            yield LINALG + "solve_triangular", [T(a), T(b)], {"upper": upper}
        pivots = T(a[:-1], I32, 1)
        yield LINALG + "lu_solve", [T(a), pivots, T(b)], {}
        yield LINALG + "lu_solve", [T(a), pivots, T((*b[:-2], *reversed(b[-2:])))], {"left": False}
        yield LINALG + "ldl_solve", [T(a), pivots, T(b)], {}
        for name in both("lu_solve"):
            yield name, [T(b), T(a), pivots], {}
        for name in both("cholesky_solve", "triangular_solve"):
            yield name, [T(b), T(a)], {}
    for a, b in (((3, 4), (3, 2)), ((3, 3), (3,)), ((2, 3, 4), (2, 3, 1)), ((2, 2, 3), (2, 2)), ((3, 4), (2, 2))):
        for driver in ("gelsy", "gels", "gelsd", "gelss"):
            yield LINALG + "lstsq", [T(a), T(b)], {"driver": driver}
    yield LINALG + "tensorinv", [T((4, 6, 8, 3), fill=1)], {}
    for shape, ind in (((2, 2, 4), 2), ((4, 2, 2), 1), ((2, 3, 4), 2), ((3, 3), 1), ((3, 3), 0)):
        yield LINALG + "tensorinv", [T(shape)], {"ind": ind}
    for a, b in (((2, 3, 6), (2, 3)), ((4, 2, 2), (4,)), ((2, 3, 4), (2, 3)), ((3, 3), (3,))):
        yield LINALG + "tensorsolve", [T(a), T(b)], {}
    yield LINALG + "tensorsolve", [t(6, 2, 3), t(2, 3)], {"dims": (0,)}
    for shape in ((3,), (2, 4), ()):
        yield LINALG + "vander", [T(shape)], {}
        yield LINALG + "vander", [T(shape, I64)], {"N": 5}
        yield LINALG + "vander", [T(shape)], {"N": 1}
    for shape, dim in itertools.product(((3, 4), (2, 3, 4), (3,)), (None, 1, (0, 1), [1])):
        yield "torch.nuclear_norm", [T(shape)], {} if dim is None else {"dim": dim}
        yield "torch.frobenius_norm", [T(shape), 0 if dim is None else dim], {"keepdim": rng.random() < 0.5}


def special(rng):
    unary = (
        "airy_ai bessel_y0 bessel_y1 modified_bessel_i0 modified_bessel_i1 modified_bessel_k0 modified_bessel_k1 "
        "scaled_modified_bessel_k0 scaled_modified_bessel_k1 spherical_bessel_j0 logit round"
    )
    for name, dtype in itertools.product(unary.split(), (F32, F64, I64, BOOL, C64)):
        yield f"torch.special.{name}", [t(2, 3, d=dtype)], {}
    polynomials = (
        "chebyshev_polynomial_t chebyshev_polynomial_u chebyshev_polynomial_v chebyshev_polynomial_w hermite_polynomial_h "
        "hermite_polynomial_he laguerre_polynomial_l legendre_polynomial_p shifted_chebyshev_polynomial_t "
        "shifted_chebyshev_polynomial_u shifted_chebyshev_polynomial_v shifted_chebyshev_polynomial_w"
    )
    for name in polynomials.split():
        for args in ([t(2, 3), 2], [t(2, 3), t(3)], [0.5, t(3)], [t(2), t(3)], [t(3, d=I64), 2], [t(3, d=F64), t(1, d=I64)]):
            yield f"torch.special.{name}", args, {}
    for name in ("gammainc", "gammaincc"):
        for args in ([t(2, 3), t(3)], [t(2), t(3)], [t(2, d=I64), t(2, d=I64)], [t(3, d=F64), t(3)]):
            yield f"torch.special.{name}", args, {}
    for dtype in (F32, F64, I64):
        yield "torch.special.multigammaln", [T((2, 3), dtype, 7), 2], {}
    yield "torch.special.logit", [t(3)], {"eps": 0.1}
    yield "torch.special.round", [t(3)], {"decimals": 2}
    for name, (s, dim) in itertools.product(
        ("hfft2", "ihfft2", "hfftn", "ihfftn"), ((None, None), ((4, 5), None), (None, (0, 1)), ((3,), (1,)), (None, (0, 3)))
    ):
        x = t(2, 4, 6, d=F32 if name.startswith("i") else C64)
        kwargs = {**({} if s is None else {"s": s}), **({} if dim is None else {"dim": dim})}
        yield f"torch.fft.{name}", [x], kwargs


def integrals(rng):
    for name in ("trapezoid", "trapz", "cumulative_trapezoid"):
        for shape in ((5,), (2, 5), (3, 1), (2, 3, 4), ()):
            yield f"torch.{name}", [T(shape)], {}
            yield f"torch.{name}", [T(shape, I64)], {"dim": 0}
            yield f"torch.{name}", [T(shape), T(shape)], {}
            yield f"torch.{name}", [T(shape), t(5)], {"dim": -1}
            yield f"torch.{name}", [T(shape)], {"dx": 0.5, "dim": 3}
    for shape in ((5,), (2, 5), (1, 4), (3, 4, 5)):
        yield "torch.gradient", [T(shape)], {}
        yield "torch.gradient", [T(shape, I64)], {"dim": 0}
        yield "torch.gradient", [T(shape)], {"dim": (0, -1), "edge_order": 2}
        yield "torch.gradient", [T(shape)], {"spacing": 2.0}
    for name in both("nonzero_static"):
        for shape, size in itertools.product(((3,), (2, 3), ()), (0, 4, -1)):
            yield name, [T(shape)], {"size": size}
    for dim, shape in itertools.product((0, 1, 2, -1), ((3, 4, 5), (3, 4), (3,))):
        yield "torch.norm_except_dim", [T(shape), 2, dim], {}
    for shape in ((3,), (2, 3)):
        yield "torch.binomial", [T(shape), T(shape)], {}
        yield "torch.binomial", [T(shape), t(3)], {}
    for bins in (3, [2, 3], [2, 3, 4], 0):
        yield "torch.histogramdd", [t(6, 2), bins], {}
    yield "torch.histogramdd", [t(2, 4, 3), [1, 2, 3]], {}
    yield "torch.histogramdd", [t(4), [2]], {}
    for reduce in ("sum", "max", "mean"):
        yield "torch.segment_reduce", [t(6, 2), reduce], {"lengths": T((3,), I64, 2)}
        yield "torch.segment_reduce", [t(6), reduce], {"lengths": T((2,), I64, 3)}
    for name in both("istft"):
        for n_fft, frames, hop in ((16, 9, None), (8, 5, 2), (16, 4, 8)):
            bins = n_fft // 2 + 1
            for batch in ((), (2,)):
                yield name, [T((*batch, bins, frames), C64), n_fft, *([] if hop is None else [hop])], {"window": t(n_fft)}
            yield name, [T((bins, frames), C64), n_fft], {"window": t(n_fft), "length": 20}
            yield name, [T((bins, frames), C64), n_fft], {"window": t(n_fft), "center": False}
            yield name, [T((bins, frames)), n_fft], {}


algebra = (factorizations, solvers, special, integrals)
