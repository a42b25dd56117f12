"""Calls of the functions that layers are made of: convolutions, pooling, norms, losses, attention."""

import itertools

from ops_cases import BOOL, F64, I64, T, index, mask, pairs, shapes, t

F = "torch.nn.functional."


def convolutions(rng):
    for n in (1, 2, 3):
        for _ in range(22):
            groups = rng.choice([1, 1, 2, 3])
            channels, filters = groups * rng.randint(1, 3), groups * rng.randint(1, 2)
            kernel = tuple(rng.randint(1, 3) for _ in range(n))
            sizes = tuple(rng.randint(1, 8) for _ in range(n))
            given = channels + rng.choice([0] * 5 + [1])
            batch = rng.choice([(2,), (1,), ()])
            stride = rng.choice([1, 2, (2,) * n])
            padding = rng.choice([0, 1, (1,) * n, "same", "valid"])
            dilation = rng.choice([1, 1, 2])
            x = T((*batch, given, *sizes))
            weight = T((filters, channels // groups, *kernel))
            bias = rng.choice([None, t(filters), t(filters), t(filters + 1)])
            yield f"{F}conv{n}d", [x, weight, bias], {
                "stride": stride, "padding": padding, "dilation": dilation, "groups": groups,
            }  # fmt: skip
            weight = T((channels, filters // groups, *kernel))
            yield f"{F}conv_transpose{n}d", [x, weight], {
                "stride": stride, "padding": rng.choice([0, 1]), "output_padding": rng.choice([0, 0, 1]),
                "groups": groups, "dilation": dilation,
            }  # fmt: skip
        for _ in range(14):
            sizes = tuple(rng.randint(1, 9) for _ in range(n))
            x = T((*rng.choice([(2,), ()]), 3, *sizes))
            kernel = rng.choice([2, 3, (2,) * n, (3,) * n])
            stride = rng.choice([None, 1, 2])
            padding = rng.choice([0, 0, 1, 2])
            ceil = rng.random() < 0.4
            yield f"{F}max_pool{n}d", [x, kernel, stride, padding], {
                "ceil_mode": ceil, "dilation": rng.choice([1, 1, 2]), "return_indices": rng.random() < 0.3,
            }  # fmt: skip
            yield f"{F}avg_pool{n}d", [x, kernel], {"stride": stride, "padding": padding, "ceil_mode": ceil}
            yield f"{F}lp_pool{n}d", [x, 2.0, kernel if n > 1 else 2], {"ceil_mode": ceil}
            target = rng.choice([1, 3, (2,) * n, (2,) * (n + 1)] + ([(None, *(3,) * (n - 1))] if n > 1 else []))
            yield f"{F}adaptive_avg_pool{n}d", [x, target], {}
            yield f"{F}adaptive_max_pool{n}d", [x, target], {"return_indices": rng.random() < 0.5}
    for _ in range(20):
        x = T((2, 4, rng.randint(2, 7), rng.randint(2, 7)))
        yield F + "unfold", [x, rng.choice([2, 3, (2, 3)])], {
            "dilation": rng.choice([1, 2]), "padding": rng.choice([0, 1]), "stride": rng.choice([1, 2]),
        }  # fmt: skip
        yield F + "fold", [T((2, 12, rng.choice([9, 12]))), (4, rng.choice([4, 5])), 2], {}
    yield F + "max_unpool2d", [t(1, 1, 2, 2), index(1, 1, 2, 2), 2], {}
    yield F + "fractional_max_pool2d", [t(1, 3, 8, 8), 2], {"output_size": (3, 4)}
    yield F + "fractional_max_pool2d", [t(1, 3, 8, 8), 2], {"output_ratio": 0.5}


def resampling(rng):
    for _ in range(70):
        x = T(next(shapes(rng, 1, low=1, high=5, zeros=False)))
        pads = [rng.choice([0, 1, 2, -1]) for _ in range(rng.choice([2, 2, 4, 6, 3, 8]))]
        mode = rng.choice(["constant", "constant", "reflect", "replicate", "circular"])
        yield F + "pad", [x, pads], {"mode": mode}
    yield F + "pad", [t(2, 3), (1, 1)], {"value": 0.5}
    yield F + "pad", [t(2, 3), (1, 1), "none"], {}
    for mode, rank in itertools.product(["nearest", "linear", "bilinear", "bicubic", "trilinear", "area", "other"], (3, 4, 5)):
        x = T((2, 3, 5, 4, 6)[:rank])
        yield F + "interpolate", [x], {"scale_factor": 2, "mode": mode}
        yield F + "interpolate", [x, rng.choice([7, (8,) * (rank - 2)])], {"mode": mode}
        yield F + "interpolate", [x], {"scale_factor": rng.choice([0.5, 1.5, 0.3]), "mode": mode, "align_corners": False}
    yield F + "interpolate", [t(2, 3, 4, 4)], {}
    yield F + "interpolate", [t(2, 3, 4, 4), 5, 2.0], {}
    yield F + "interpolate", [t(2, 3, 4, 4)], {"scale_factor": [2.0, 0.5]}
    yield F + "upsample", [t(2, 3, 4, 4)], {"scale_factor": 2}
    for channels, factor in itertools.product((4, 8, 9, 5), (1, 2, 3)):
        yield F + "pixel_shuffle", [t(2, channels, 3, 6), factor], {}
        yield F + "pixel_unshuffle", [t(channels, 6, 4), factor], {}
        yield F + "channel_shuffle", [t(2, channels, 3, 3), factor], {}
    for x, grid in (
        (t(2, 3, 4, 4), t(2, 5, 6, 2)), (t(2, 3, 4, 4), t(1, 5, 6, 2)), (t(2, 3, 4, 4), t(2, 5, 6, 3)),
        (t(2, 3, 4, 4, 4), t(2, 5, 6, 7, 3)), (t(2, 3, 4), t(2, 5, 1)), (t(2, 3, 4, 4), t(2, 5, 6, 7, 3)),
    ):  # fmt: skip
        yield F + "grid_sample", [x, grid], {"align_corners": False}
    for theta, size in ((t(2, 2, 3), (2, 3, 4, 5)), (t(2, 3, 4), (2, 1, 4, 5, 6)), (t(2, 2, 3), (3, 3, 4, 5))):
        yield F + "affine_grid", [theta, size], {"align_corners": True}
    for shape in shapes(rng, 6, zeros=False):
        yield F + "one_hot", [index(*shape), 5], {}
    yield F + "one_hot", [t(3)], {"num_classes": 4}
    yield F + "one_hot", [index(3)], {}


def normalisation(rng):
    for _ in range(30):
        shape = next(shapes(rng, 1, low=1, high=5, zeros=False))
        size, out = shape[-1] + rng.choice([0] * 4 + [1]), rng.randint(1, 4)
        yield F + "linear", [T(shape), t(out, size), rng.choice([None, t(out), t(out), t(out + 1)])], {}
        yield F + "embedding", [T(shape, I64, 0), t(5, 3)], {}
        tail = shape[-rng.randint(1, len(shape)) :]
        yield F + "layer_norm", [T(shape), tail], {}
        yield F + "rms_norm", [T(shape), (size,)], {}
        channels = shape[1] if len(shape) > 1 else 3
        yield F + "group_norm", [T(shape), rng.choice([1, 2, channels])], {}
        yield F + "group_norm", [T(shape), 1, t(channels), t(channels)], {}
        stats = channels + rng.choice([0] * 4 + [1])
        yield F + "batch_norm", [T(shape), t(stats), t(stats)], {}
        yield F + "local_response_norm", [T(shape), 3], {}
    yield F + "linear", [t(2, 3), t(3)], {}
    yield F + "layer_norm", [t(2, 3), 3], {}
    yield F + "layer_norm", [t(2, 3), []], {}
    yield F + "embedding", [t(2, 3), t(5, 3)], {}
    yield F + "embedding", [index(2, 3), t(5)], {}
    yield F + "bilinear", [t(2, 3), t(2, 4), t(5, 3, 4)], {}
    yield F + "bilinear", [t(2, 3), t(2, 4), t(5, 3, 3)], {}
    yield F + "instance_norm", [t(2, 3, 4)], {}
    yield F + "prelu", [t(2, 3, 4), t(3)], {}
    yield F + "prelu", [t(2, 3, 4), t(4)], {}
    yield F + "prelu", [t(2, 3, 4), t(1)], {}
    for bags in ({}, {"mode": "sum"}, {"mode": "max"}, {"mode": "other"}):
        yield F + "embedding_bag", [index(2, 3), t(5, 4)], bags
        yield F + "embedding_bag", [index(6), t(5, 4)], {"offsets": index(1), **bags}
        yield F + "embedding_bag", [index(6), t(5, 4)], bags
    for left, right in pairs(rng, 20):
        yield F + "cosine_similarity", [T(left), T(right)], {"dim": rng.choice([-1, 0, 1])}
        if left and right:
            yield F + "pairwise_distance", [T(left), T(right)], {"keepdim": rng.random() < 0.5}


def losses(rng):
    for reduction in ("mean", "sum", "none"):
        kw = {"reduction": reduction}
        for left, right in pairs(rng, 5):
            for name in ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "kl_div", "soft_margin_loss",
                         "hinge_embedding_loss", "poisson_nll_loss"):  # fmt: skip
                yield F + name, [T(left), T(right)], kw
            for name in ("binary_cross_entropy", "binary_cross_entropy_with_logits"):
                yield F + name, [T(left), T(right)], kw
                yield F + name, [T(left), T(left)], kw
        for shape in shapes(rng, 8, low=1, zeros=False):
            target = shape[:1] + shape[2:] if len(shape) > 1 else ()
            wrong = tuple(s + 1 for s in shape[:1]) + shape[2:]
            for name in ("cross_entropy", "nll_loss"):
                yield F + name, [T(shape), T(target, I64, 0)], kw
                yield F + name, [T(shape), T(wrong, I64, 0)], kw
            yield F + "cross_entropy", [T(shape), T(shape)], kw
            yield F + "cross_entropy", [T(shape), T((*shape, 1), I64, 0)], {"label_smoothing": 0.1, **kw}
        yield F + "margin_ranking_loss", [t(3), t(3), t(3)], kw
        yield F + "cosine_embedding_loss", [t(3, 4), t(3, 4), t(3)], kw
        yield F + "cosine_embedding_loss", [t(3, 4), t(3, 4), t(3, 1)], kw
        yield F + "multi_margin_loss", [t(3, 4), index(3)], kw
        yield F + "multilabel_margin_loss", [t(3, 4), index(3, 4)], kw
        yield F + "multilabel_soft_margin_loss", [t(3, 4), t(3, 4)], kw
        yield F + "triplet_margin_loss", [t(3, 4), t(3, 4), t(3, 4)], kw
        yield F + "triplet_margin_with_distance_loss", [t(3, 4), t(3, 4), t(3, 4)], kw
        yield F + "gaussian_nll_loss", [t(3, 4), t(3, 4), t(3, 4)], kw
        yield F + "ctc_loss", [t(9, 2, 5), index(2, 3, fill=1), index(2, fill=9), index(2, fill=3)], kw
    yield F + "mse_loss", [t(3), t(3)], {"reduction": "other"}
    yield F + "mse_loss", [t(3), t(3, d=F64)], {}


def attention(rng):
    sdpa = F + "scaled_dot_product_attention"
    for _ in range(40):
        batch = rng.choice([(2, 4), (2,), (1, 4), (2, 4)])
        other = batch if rng.random() < 0.7 else rng.choice([(2, 1), (1,), (3, 4)])
        length, keys, size, value = (rng.randint(1, 6) for _ in range(4))
        q = T((*batch, length, size))
        k = T((*other, keys, size + rng.choice([0] * 6 + [1])))
        v = T((*other, keys + rng.choice([0] * 6 + [1]), value))
        attn_mask = rng.choice([None, None, mask(length, keys), t(length + 1, keys + 1), t(*batch, length, keys)])
        yield sdpa, [q, k, v], {"attn_mask": attn_mask} if attn_mask else {}
    for heads in (1, 2, 3, 4, 8):
        q, k = t(2, 8, 5, 4), T((2, heads, 6, 4))
        yield sdpa, [q, k, k], {"enable_gqa": True}
        yield sdpa, [q, k, k], {}
    yield sdpa, [t(2, 4, 5, 8), t(2, 4, 5, 8), t(2, 4, 5, 8)], {"is_causal": True, "dropout_p": 0.1}
    yield sdpa, [t(5), t(5), t(5)], {}


layers_as_functions = (convolutions, resampling, normalisation, losses, attention)
