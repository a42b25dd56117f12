"""Calls of ops that make, reshape, join, part, index and multiply tensors."""

import itertools

from ops_cases import BOOL, F16, F32, F64, I32, I64, U8, Slice, T, both, index, mask, pairs, shapes, t


def creation(rng):
    for name in ("zeros", "ones", "empty", "rand", "randn"):
        full = f"torch.{name}"
        for shape in shapes(rng, 3):
            yield full, list(shape), {}
            yield full, [list(shape)], {"dtype": F16}
        yield full, [2, -1], {}
        yield full, [], {"size": (2, 3)}
        yield full, [3], {"device": "cpu", "requires_grad": False}
    for fill in (1, 1.5, True):
        yield "torch.full", [(2, 3), fill], {}
        yield "torch.full", [(2,), fill], {"dtype": F64}
    for args in ([5], [2, 5], [0, 10, 3], [5, 0, -2], [5.0], [0, 1, 0.3], [1, 2.5], [5, 0], [0], [0, 5, 0], [3, 3]):
        yield "torch.arange", args, {}
        yield "torch.arange", args, {"dtype": F32}
    yield "torch.arange", [], {"start": 1, "end": 7, "step": 2}
    for args in ([10, (2, 3)], [2, 10, (3,)], [10], [5, 5, (2,)], [10, []]):
        yield "torch.randint", args, {}
    yield "torch.randint", [0, 5, (2,)], {"dtype": I32}
    yield "torch.randint", [], {"low": 0, "high": 5, "size": (2, 2)}
    for args in ([0, 1, 5], [0, 1, 0], [0.0, 2.5, 7], [0, 1, -1]):
        yield "torch.linspace", args, {}
        yield "torch.logspace", args, {}
    for args in ([3], [3, 4], [0], [2, 0], [-1]):
        yield "torch.eye", args, {}
    for n in (0, 4, -1):
        yield "torch.randperm", [n], {}
        yield "torch.hann_window", [n], {}
        yield "torch.hamming_window", [n], {"periodic": False}
    for name in ("zeros_like", "ones_like", "empty_like", "rand_like", "randn_like"):
        for dtype in (F32, F64):
            yield f"torch.{name}", [T(next(shapes(rng, 1)), dtype)], {}
        yield f"torch.{name}", [t(2, 3, d=I64)], {"dtype": F32}
    yield "torch.full_like", [t(2, d=I64), 3], {}
    yield "torch.full_like", [t(2)], {"fill_value": 3, "dtype": BOOL}
    yield "torch.randint_like", [t(2, 3, d=I64), 5], {}
    for name in ("new_zeros", "new_ones", "new_empty"):
        yield f"Tensor.{name}", [t(2, d=I64), 2, 3], {}
        yield f"Tensor.{name}", [t(2), (2, 3)], {"dtype": BOOL}
        yield f"Tensor.{name}", [t(2), []], {}
    yield "Tensor.new_full", [t(2), (3,), 1], {}
    for name in both("tril", "triu"):
        for shape in shapes(rng, 3):
            yield name, [T(shape)], {"diagonal": rng.choice([0, 1, -1])}
    for rows, columns, offset in itertools.product((0, 3, 4), (2, 5), (0, 1, -2)):
        yield "torch.tril_indices", [rows, columns, offset], {}
        yield "torch.triu_indices", [rows, columns], {"offset": offset}
    for name in ("zero_", "normal_", "uniform_", "exponential_", "bernoulli_", "random_"):
        yield f"Tensor.{name}", [t(2, 3)], {}
    yield "Tensor.fill_", [t(2, 3, d=I64), 1.0], {}
    yield "Tensor.uniform_", [t(2), -1, 1], {}
    for args in ([t(5), 3], [t(2, 5), 5], [t(2, 5), 6], [t(2, 2, 2), 1], [t(5), 0]):
        yield "torch.multinomial", args, {}
    yield "torch.multinomial", [t(5), 9], {"replacement": True}
    yield "torch.bernoulli", [t(2, 3)], {}
    yield "torch.normal", [0.0, 1.0, (2, 3)], {}
    yield "torch.normal", [t(2, 3), t(3)], {}
    yield "torch.combinations", [t(5)], {"r": 2}
    yield "torch.combinations", [t(4)], {"r": 3, "with_replacement": True}
    yield "torch.vander", [t(3)], {}
    for name in ("float", "double", "half", "bfloat16", "long", "int", "short", "char", "byte", "bool"):
        yield f"Tensor.{name}", [t(2, 3, d=I64)], {}
    for args in ([F64], ["cpu"], ["cpu", F16], [t(1, d=I64)], [BOOL, True], ["cpu", BOOL, False]):
        yield "Tensor.to", [t(2, 3), *args], {}
    yield "Tensor.to", [t(2, 3)], {"dtype": I64, "device": "cpu", "non_blocking": True}
    yield "Tensor.type", [t(2), F64], {}
    yield "Tensor.type", [t(2), "torch.LongTensor"], {}
    yield "Tensor.type_as", [t(2), t(1, d=I64)], {}
    for left, right in pairs(rng, 6):
        yield "Tensor.copy_", [T(left), T(right, I64)], {}
    for name in ("contiguous", "clone", "detach", "cpu"):
        yield f"Tensor.{name}", [t(2, 3)], {}
    for shape in shapes(rng, 4):
        yield "Tensor.size", [T(shape)], {}
        yield "Tensor.size", [T(shape), -1], {}
        yield "Tensor.dim", [T(shape)], {}
        yield "Tensor.numel", [T(shape)], {}
    yield "torch.is_floating_point", [t(2)], {}
    yield "Tensor.is_complex", [t(2)], {}
    yield "Tensor.element_size", [t(2, d=F16)], {}


def views(rng):
    for source, sizes in (
        ((2, 3, 4), [6, 4]), ((2, 3, 4), [-1]), ((2, 3, 4), [2, -1, 2]), ((2, 3, 4), [5, -1]), ((2, 3, 4), [-1, -1]),
        ((2, 3, 4), [24, 1]), ((2, 3, 4), [23]), ((), [1]), ((), []), ((1,), []), ((0, 3), [-1, 3]), ((0, 3), [-1, 0]),
        ((0, 3), [0, 5]), ((8, 256, 4, 4), [8, 1024]), ((2, 6), [2, 2, 3]), ((4,), [2, -2]), ((3, 5), [5, 3]),
    ):  # fmt: skip
        yield "Tensor.view", [T(source), *sizes], {}
        yield "Tensor.view", [T(source), sizes], {}
        yield "Tensor.reshape", [T(source), *sizes], {}
        yield "torch.reshape", [T(source), sizes], {}
    for dtype, view in itertools.product((F32, I64, U8), (F64, F16, BOOL, I32)):
        yield "Tensor.view", [t(2, 4, d=dtype), view], {}
        yield "Tensor.view", [t(3, d=dtype), view], {}
    yield "Tensor.view_as", [t(2, 6), t(3, 4)], {}
    yield "Tensor.reshape_as", [t(2, 6), t(3, 5)], {}
    for shape in shapes(rng, 8):
        for args in ([], [1], [0, 1], [1, -1], [2, 1], [-1]):
            yield rng.choice(both("flatten")), [T(shape), *args], {}
        for dim in (None, 0, 1, -1, -3, (0, 1), (0, -1)):
            yield rng.choice(both("squeeze")), [T(shape), *([] if dim is None else [dim])], {}
        for dim in (0, 1, -1, -2, 4, -6):
            yield rng.choice(both("unsqueeze")), [T(shape), dim], {}
        for dims in ((0, 1), (1, -1), (-1, -2), (0, 3)):
            yield rng.choice(both("transpose", "swapaxes")), [T(shape), *dims], {}
            yield rng.choice(both("movedim")), [T(shape), *dims], {}
        order = list(range(len(shape)))
        rng.shuffle(order)
        yield "Tensor.permute", [T(shape), *order], {}
        yield "torch.permute", [T(shape), order], {}
        yield "Tensor.permute", [T(shape), *order[1:]], {}
        yield "Tensor.permute", [T(shape), *[0 for _ in order]], {}
        yield "Tensor.t", [T(shape)], {}
        for name in ("T", "mT", "ravel", "adjoint"):
            if name != "T" or len(shape) == 2:
                yield f"Tensor.{name}", [T(shape)], {}
        wide = [rng.choice([2, 3])] + [rng.choice([s, s, -1, 5]) for s in shape]
        yield "Tensor.expand", [T(shape), *wide], {}
        yield "Tensor.expand", [T(shape), [-1, *shape]], {}
        yield "Tensor.expand", [T((*shape[:1], *(1 for _ in shape[1:]))), *shape], {}
        yield "torch.broadcast_to", [T(shape), wide], {}
        yield "Tensor.expand_as", [T(shape), T(tuple(wide[1:]) if min(wide) > 0 else (2,))], {}
        yield "Tensor.repeat", [T(shape), *[rng.choice([1, 2, 0]) for _ in range(len(shape) + rng.randint(-1, 1))]], {}
        yield "torch.tile", [T(shape), [2, 3]], {}
        yield "Tensor.tile", [T(shape), 2], {}
        for dim, size, step in ((0, 2, 1), (-1, 3, 2), (1, 2, 2), (0, 1, 0)):
            yield "Tensor.unfold", [T(shape), dim, size, step], {}
        for dim, start, length in ((0, 0, 1), (1, 1, 2), (-1, -2, 2), (0, 0, 9), (0, 1, 0)):
            yield rng.choice(both("narrow")), [T(shape), dim, start, length], {}
        for dim, place in ((0, 0), (-1, -1), (1, 2), (0, 9), (0, -9)):
            yield rng.choice(both("select")), [T(shape), dim, place], {}
        for args in ([], [1], [-1], [0, 1, 2], [0, -2, -1], [9]):
            yield rng.choice(both("diagonal")), [T(shape), *args], {}
        for offset in (0, 2, -1):
            yield rng.choice(both("diag")), [T(shape), offset], {}
            yield rng.choice(both("diag_embed")), [T(shape)], {"offset": offset}
        for n in (1, 2, 3):
            yield f"torch.atleast_{n}d", [T(shape)], {}
        yield rng.choice(both("flip")), [T(shape), [0]], {}
        yield "Tensor.flip", [T(shape), 0, 1], {}
        yield "torch.fliplr", [T(shape)], {}
        yield rng.choice(both("roll")), [T(shape), 1, 0], {}
        yield rng.choice(both("roll")), [T(shape)], {"shifts": (1, 2), "dims": (0, 1)}
        yield "torch.roll", [T(shape), 2], {}
        yield rng.choice(both("rot90")), [T(shape)], {"k": rng.choice([1, 2, -1])}
        yield rng.choice(both("diff")), [T(shape)], {"n": rng.choice([1, 2])}
    for sizes in ((2, 3), (-1, 2), (2, -1, 1), (4,), (4, 2), (-1, 5)):
        yield "Tensor.unflatten", [t(2, 6, 3), 1, sizes], {}
        yield "torch.unflatten", [t(6), -1, sizes], {}
    yield "Tensor.movedim", [t(2, 3, 4, 5), (0, 1), (-1, 0)], {}
    yield "torch.movedim", [t(2, 3, 4), (0, 1), (0, 0)], {}
    yield "Tensor.as_strided", [t(12), (2, 3), (3, 1)], {}
    yield "torch.broadcast_tensors", [t(2, 1), t(3)], {}
    for name in ("squeeze_", "unsqueeze_"):
        yield f"Tensor.{name}", [t(2, 1, 3), 1], {}
    yield "Tensor.transpose_", [t(2, 3), 0, 1], {}


def joining(rng):
    for shape in shapes(rng, 14, low=1):
        same = [T(shape)] * rng.randint(1, 3)
        dim = rng.randint(-len(shape), len(shape) - 1)
        longer = tuple(s + (2 if i == dim % len(shape) else 0) for i, s in enumerate(shape))
        wrong = tuple(s + 1 for s in shape)
        for others in ([], [T(longer)], [T(wrong)], [T(shape, I64)], [T((*shape, 2))], [t(0)]):
            yield rng.choice(["torch.cat", "torch.concat"]), [[*same, *others], dim], {}
        yield "torch.cat", [same], {"dim": len(shape)}
        for others in ([], [T(shape, F64)], [T(wrong)]):
            yield "torch.stack", [[*same, *others]], {"dim": rng.randint(-len(shape) - 1, len(shape))}
        for name in ("hstack", "vstack", "dstack", "column_stack"):
            yield f"torch.{name}", [[*same, T(shape)]], {}
            yield f"torch.{name}", [[*same, T(longer)]], {}
    yield "torch.cat", [[]], {}
    yield "torch.stack", [[t(2, 3)], 3], {}
    yield "torch.cat", [[t(), t()]], {}
    yield "torch.cat", [[t(2), t(2, d=F64), t(1, d=I64)]], {}
    yield "torch.block_diag", [t(2, 3), t(4), t()], {}
    for shape in shapes(rng, 10):
        for chunks, dim in ((1, 0), (2, 0), (3, -1), (4, 1), (0, 0)):
            yield rng.choice(both("chunk")), [T(shape), chunks, dim], {}
        for size, dim in ((1, 0), (2, 0), (3, -1), (9, 1), (0, 0), (-1, 0)):
            yield rng.choice(both("split")), [T(shape), size], {"dim": dim}
        if shape:
            total = shape[-1]
            yield rng.choice(both("split")), [T(shape), [total // 2, total - total // 2], -1], {}
            yield rng.choice(both("split")), [T(shape), [total, 1]], {"dim": -1}
            yield "torch.split_with_sizes", [T(shape), [1, total - 1], -1], {}
        for sections in (2, 3, [1, 2], [3, 1], [-1]):
            yield rng.choice(both("tensor_split")), [T(shape), sections], {"dim": 0}
        yield rng.choice(both("unbind")), [T(shape)], {"dim": rng.choice([0, -1, 2])}
        yield "torch.hsplit", [T(shape), 2], {}
        yield "Tensor.vsplit", [T(shape), [1]], {}
    for indexing in ("ij", "xy"):
        yield "torch.meshgrid", [t(2), t(3), t(4)], {"indexing": indexing}
        yield "torch.meshgrid", [[t(2), t(3)]], {"indexing": indexing}
        yield "torch.meshgrid", [t(2)], {"indexing": indexing}
    yield "torch.meshgrid", [t(2, 2), t(3)], {"indexing": "ij"}
    yield "torch.cartesian_prod", [t(2), t(3)], {}


def indexing(rng):
    def item(size):
        kind = rng.random()
        if kind < 0.2:
            return rng.choice([0, -1, 1, 6, -8])
        if kind < 0.5:
            bounds = [None, None, 0, 1, 2, 9, -1, -2, -9]
            return Slice(rng.choice(bounds), rng.choice(bounds), rng.choice([None, None, 1, 2, 3]))
        if kind < 0.6:
            return None
        if kind < 0.85:
            return index(*rng.choice([(), (2,), (3,), (1,), (2, 3), (3, 1), (0,)]), d=rng.choice([I64, I64, I32]))
        if kind < 0.92:
            return mask(size)
        return rng.choice([True, False, Slice()])

    for _ in range(420):
        shape = next(shapes(rng, 1, low=1, zeros=rng.random() < 0.3))
        items = [item(size) for size in shape[: rng.randint(0, len(shape))]]
        if rng.random() < 0.25:
            items.insert(rng.randint(0, len(items)), Ellipsis)
        if rng.random() < 0.1:
            items += [0, 0]
        yield "Tensor.__getitem__", [T(shape), items], {}
    for items in ([mask(2, 3)], [mask(3)], [mask(2, 2)], [mask(2), index(2)], [mask(), 0], [t(2)], [index(2, d=U8)],
                  [mask(2), Slice(), index(2)], [Ellipsis, Ellipsis], [Slice(None, None, -1)]):  # fmt: skip
        yield "Tensor.__getitem__", [t(2, 3, 4), items], {}


def selection(rng):
    for _ in range(30):
        shape = next(shapes(rng, 1, low=1, zeros=False))
        dim = rng.randint(-len(shape), len(shape) - 1)
        smaller = tuple(rng.randint(1, s) for s in shape)
        larger = tuple(s + rng.choice([0, 0, 1]) for s in shape)
        for name in both("gather"):
            yield name, [T(shape), dim, index(*smaller)], {}
            yield name, [T(shape), dim, index(*larger)], {}
        yield "torch.gather", [T(shape), dim, index(*smaller, 1)], {}
        for name in ("torch.scatter", "Tensor.scatter_", "Tensor.scatter_add", "torch.scatter_add"):
            yield name, [T(shape), dim, index(*smaller), T(shape)], {}
            yield name, [T(shape), dim, index(*larger), T(larger)], {}
        yield "Tensor.scatter", [T(shape), dim, index(*smaller), 1.0], {}
        yield "torch.scatter_reduce", [T(shape), dim, index(*smaller), T(shape), "sum"], {}
        yield rng.choice(both("index_select")), [T(shape), dim, index(rng.randint(0, 4))], {}
        yield rng.choice(both("take_along_dim")), [T(shape), index(*smaller), dim], {}
        count = shape[dim]
        yield rng.choice(both("index_add")), [T(shape), dim, index(count), T(shape)], {}
        yield "Tensor.index_copy_", [T(shape), dim, index(count + 1), T(shape)], {}
        yield "Tensor.index_fill_", [T(shape), dim, index(1), 0.5], {}
        yield rng.choice(both("repeat_interleave")), [T(shape), 2], {"dim": dim}
        yield "Tensor.repeat_interleave", [T(shape), 3], {}
        yield "torch.repeat_interleave", [T(shape), index(count, fill=2), dim], {}
        yield "torch.repeat_interleave", [T(shape), index(count + 1, fill=2), dim], {}
    for shape, other in pairs(rng, 20):
        yield rng.choice(both("masked_fill")), [T(shape), T(other, BOOL, True), 0.0], {}
        yield "Tensor.masked_fill_", [T(shape), T(other, BOOL, True), -1e9], {}
        yield rng.choice(both("masked_select")), [T(shape), T(other, BOOL, True)], {}
        yield rng.choice(both("nonzero", "argwhere")), [T(shape)], {}
        yield "torch.nonzero", [T(shape)], {"as_tuple": True}
        yield "torch.where", [T(shape, BOOL, True)], {}
        yield rng.choice(both("take")), [T((6,)), index(*shape)], {}
    yield "torch.masked_fill", [t(2), t(2, d=I64), 1], {}
    yield "torch.masked_fill", [t(2), mask(2), t(2)], {}
    yield "Tensor.gather", [t(2, 3), 1, t(2, 3)], {}
    yield "Tensor.index_select", [t(2, 3), 1, index(2, 2)], {}
    yield "torch.bincount", [index(5)], {}
    yield "torch.bincount", [index(5), t(5)], {}
    yield "torch.histc", [t(5)], {"bins": 7}
    yield "torch.bucketize", [t(2, 3), t(4)], {}
    yield "torch.bucketize", [0.5, t(4)], {"out_int32": True}
    yield "torch.searchsorted", [t(4), t(2, 3)], {}
    yield "torch.unravel_index", [index(5), (2, 3)], {}


def products(rng):
    size = lambda: rng.choice([1, 2, 3, 4, 5])
    for _ in range(60):
        n, m, p, b = size(), size(), size(), size()
        inner = m if rng.random() < 0.8 else m + 1
        lefts = [(m,), (n, m), (b, n, m), (1, n, m), (2, b, n, m), ()]
        rights = [(inner,), (inner, p), (b, inner, p), (1, inner, p), (b, inner, p), ()]
        name = rng.choice([*both("matmul"), "Tensor.__matmul__"])
        yield name, [T(rng.choice(lefts[:5])), T(rng.choice(rights[:5]))], {}
    for left, right in itertools.product([(3,), (2, 3), (4, 2, 3), ()], [(3,), (3, 2), (4, 3, 2), (2, 5), (5, 3, 2), ()]):
        yield "torch.matmul", [T(left), T(right)], {}
        yield "torch.mm", [T(left), T(right)], {}
        yield "torch.bmm", [T(left), T(right)], {}
        yield "Tensor.mv", [T(left), T(right)], {}
        yield "torch.dot", [T(left), T(right)], {}
        yield "torch.outer", [T(left), T(right)], {}
        yield "torch.inner", [T(left), T(right)], {}
        yield "torch.kron", [T(left), T(right)], {}
        yield "torch.tensordot", [T(left), T(right)], {"dims": 1}
        yield "torch.cdist", [T(left), T(right)], {}
    for bias in ((4,), (2, 4), (1, 4), (), (5,), (3, 2, 4)):
        yield "torch.addmm", [T(bias), t(2, 3), t(3, 4)], {}
        yield "torch.addmm", [T(bias), t(2, 3), t(2, 4)], {}
        yield "torch.baddbmm", [T(bias), t(5, 2, 3), t(5, 3, 4)], {"beta": 0, "alpha": 0.5}
        yield "torch.addbmm", [T(bias), t(5, 2, 3), t(5, 3, 4)], {}
        yield "torch.addmv", [T(bias), t(4, 3), t(3)], {}
        yield "torch.addr", [T(bias), t(2), t(4)], {}
    for dtype in (F64, I64, F16):
        yield "torch.matmul", [t(2, 3, d=dtype), t(3, 4, d=dtype)], {}
    for shape in ((3, 3), (2, 3, 3), (2, 3), (3,)):
        yield "torch.trace", [T(shape)], {}
        yield "torch.det", [T(shape)], {}
        yield "torch.matrix_power", [T(shape), 2], {}
        yield "torch.matrix_exp", [T(shape)], {}
        yield "torch.cov", [T(shape)], {}
        yield "torch.cross", [T(shape), T(shape)], {"dim": -1}
        yield "torch.linalg.diagonal", [T(shape)], {}
        yield "torch.linalg.eigvalsh", [T(shape)], {}
        yield "torch.linalg.eigh", [T(shape)], {}
    equations = [
        ("ij,jk->ik", (2, 3), (3, 4)), ("ij,jk", (2, 3), (3, 4)), ("bij,bjk->bik", (5, 2, 3), (5, 3, 4)),
        ("bhid,bhjd->bhij", (2, 4, 3, 5), (2, 4, 6, 5)), ("...ij,...jk->...ik", (5, 2, 3), (3, 4)), ("ii->i", (3, 3)),
        ("ii", (3, 3)), ("ij->ji", (2, 3)), ("ij->", (2, 3)), ("i,j->ij", (2,), (3,)), ("ij,ij->ij", (2, 3), (2, 3)),
        ("ij,jk->ik", (2, 3), (4, 3)), ("ijk->ij", (2, 3)), ("...i->...", (2, 3, 4)), ("i...->...", (2, 3)),
        ("ba,ca", (2, 3), (4, 3)), ("Ab,bC", (2, 3), (3, 4)), ("ij,jk,kl->il", (2, 3), (3, 4), (4, 5)),
        ("b i j , b j d -> b i d", (2, 3, 4), (2, 4, 5)), ("bn,anm,bm->ba", (2, 3), (5, 3, 4), (2, 4)),
        ("ij,jk->iz", (2, 3), (3, 4)), ("ij,jk->iik", (2, 3), (3, 4)), ("ij", (2, 3), (3, 4)), ("nchw,nc->nhw", (2, 3, 4, 5), (2, 3)),
        ("bqhd,bkhd->bhqk", (2, 3, 4, 5), (2, 6, 4, 5)), ("...,...->...", (2, 3), (3,)),
        ("bik,bjk->bij", (2, 3, 4), (1, 5, 4)), ("i,i->", (3,), (3,)), ("ij,k->i", (2, 3), (4,)),
    ]  # fmt: skip
    for equation, *operands in equations:
        yield "torch.einsum", [equation, *map(T, operands)], {}
    yield "torch.einsum", ["ij,jk->ik", [t(2, 3), t(3, 4)]], {}


shaping = (creation, views, joining, indexing, selection, products)
