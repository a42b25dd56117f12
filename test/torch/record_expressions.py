"""Records what real PyTorch makes of seeded expressions of Python, for `expressions.test.ts` to run as a user's code:

    python test/torch/record_expressions.py [--seed S] [--out FOLDER]

Indexing and writing to parts, sizes as numbers, iteration, operators, conversion, `out=`, einops and NumPy: what lies
between Python and the rules. Writes `expressions.json`: rows `[name, expression, result]`, where `name` is the public name
that the row is about, and a refused expression has `{"error": message}` for its result.
Needs PyTorch 2.13, einops 0.8 and NumPy.
"""

import argparse
import json
import os
import random
import warnings

import einops
import einops.layers.torch
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from record_ops import NOT_ABOUT_SHAPES, encode_result

NAMES = {"torch": torch, "F": F, "nn": nn, "np": np, "einops": einops}
DTYPES = ["float32", "float64", "float16", "int64", "int32", "uint8", "bool", "complex64"]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--out", default=os.path.dirname(os.path.abspath(__file__)))
    options.add_argument("--rounds", type=int, default=12)
    options = options.parse_args()
    warnings.filterwarnings("ignore")
    rng = random.Random(options.seed)
    rows = {}
    for _ in range(options.rounds):
        for family in (indexing, writing, sizes, conversion, operators, einsums, outputs, rearranging, layers, arrays, creation):
            for name, text in family(rng):
                rows.setdefault((name, text), None)
    recorded = [row for row in (record(name, text) for name, text in rows) if row is not None]
    with open(os.path.join(options.out, "expressions.json"), "w") as out:
        out.write("[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in recorded) + "\n]\n")
    print(len(recorded), "expressions")


def record(name, text):
    try:
        value = eval(text, dict(NAMES))
    except Exception as error:
        message = f"{type(error).__name__}: {error}".split("\n")[0][:120]
        return None if any(word in message for word in NOT_ABOUT_SHAPES) else [name, text, {"error": message}]
    try:
        return [name, text, encoded(value)]
    except TypeError:
        return None


def encoded(value):
    if isinstance(value, np.ndarray):
        return {"array": list(value.shape), "dtype": str(value.dtype)}
    if isinstance(value, np.generic):
        return encoded(value.item())
    if isinstance(value, dict):
        return {"dict": [[encoded(k), encoded(v)] for k, v in value.items()]}
    if isinstance(value, str):
        return {"str": value}
    if isinstance(value, (list, tuple)) and type(value).__module__ != "torch.return_types":
        return [encoded(item) for item in value]
    if type(value).__module__ == "torch.return_types":
        return [encoded(item) for item in value]
    return encode_result(value)


def shape(rng, low=1, high=4):
    return [rng.choice([1, 2, 3, 4, 5, 6]) for _ in range(rng.randint(low, high))]


def tensor(sizes, dtype="float32"):
    return f"torch.zeros({tuple(sizes)}{'' if dtype == 'float32' else f', dtype=torch.{dtype}'})"


def item(rng, size):
    """An entry of an index for a dimension of this size, mostly inside of it."""
    at = lambda: rng.choice([None, 0, 1, -1, 2, -2, 7])  # noqa: E731
    number = lambda: rng.randint(-size, size - 1) if rng.random() < 0.93 else size  # noqa: E731
    text = lambda bound: "" if bound is None else str(bound)  # noqa: E731
    return rng.choice([
        lambda: str(number()),
        lambda: f"{text(at())}:{text(at())}",
        lambda: f"{text(at())}:{text(at())}:{rng.choice([1, 2, 3])}",
        lambda: ":",
        lambda: str([number() for _ in range(rng.choice([1, 2, 3]))]),
        lambda: f"torch.tensor({[number() for _ in range(2)]})",
        lambda: f"torch.zeros({rng.choice([(2,), (2, 2), ()])}, dtype=torch.int64)",
        lambda: str([rng.random() < 0.5 for _ in range(size)]),
        lambda: f"torch.ones({size}, dtype=torch.bool)",
    ])()  # fmt: skip


def index(rng, sizes):
    parts = [item(rng, size) for size in sizes[: rng.randint(1, len(sizes))]]
    for extra in ("None", "..."):
        if rng.random() < 0.3:
            parts.insert(rng.randint(0, len(parts)), extra)
    return ", ".join(parts)


def indexing(rng):
    for _ in range(24):
        sizes = shape(rng)
        yield "Tensor.__getitem__", f"{tensor(sizes)}[{index(rng, sizes)}]"
    sizes = shape(rng, 2, 3)
    mask = f"{tensor(sizes)} > 0"
    yield "Tensor.__getitem__", f"{tensor(sizes)}[{mask}].dim()"
    yield "Tensor.__getitem__", f"{tensor([*sizes, 4])}[{mask}].shape[1:]"
    yield "Tensor.__getitem__", f"{tensor(sizes)}[torch.ones({sizes[0] + 1}, dtype=torch.bool)]"


def writing(rng):
    for _ in range(10):
        sizes = shape(rng, 1, 3)
        value = rng.choice(["1.0", tensor(shape(rng, 0, 2)), tensor(sizes[1:]), tensor([])])
        yield "Tensor.__setitem__", setting(rng, sizes, value)


def setting(rng, sizes, value):
    """Writing is a statement: a function of Python does it within an expression."""
    entry = rng.choice([str(rng.randrange(sizes[0])), "slice(None)", "slice(0, 2)", "...", "None", "torch.zeros(2, dtype=torch.int64)"])
    return f"(lambda x: (x.__setitem__({entry}, {value}), x)[1])({tensor(sizes)})"


def sizes(rng):
    dims = shape(rng, 1, 4)
    x = tensor(dims, rng.choice(DTYPES))
    dim = rng.randint(-len(dims) - 1, len(dims))
    first = {
        "Tensor.shape": ["{x}.shape", f"{{x}}.shape[{dim}]", "{x}.shape[:-1]", "{x}.shape == {x}.size()", "{x}.shape.numel()", "list({x}.shape)", "[*{x}.shape[1:], 7]"],
        "Tensor.size": ["{x}.size()", f"{{x}}.size({dim})", "{x}.size(-1) // 2"],
        "Tensor.ndim": ["{x}.ndim", "{x}.ndim == 3"],
        "Tensor.dim": ["{x}.dim()"],
        "Tensor.numel": ["{x}.numel()", "torch.numel({x})"],
        "Tensor.__len__": ["len({x})"],
        "Tensor.__iter__": ["[t.shape for t in {x}]", "torch.stack([t * 2 for t in {x}])", "torch.cat(list({x}.split(1)))", "[i for i, _ in enumerate({x})]", "list(zip({x}, {x}))[0]"],
        "Tensor.dtype": ["{x}.dtype", "{x}.dtype == torch.float32", "{x}.is_floating_point()"],
        "Tensor.itemsize": ["{x}.itemsize"],
        "Tensor.nbytes": ["{x}.nbytes"],
        "Tensor.tolist": ["len({x}.tolist())", "len({x}.shape) == {x}.dim()"],
        "Tensor.requires_grad": ["{x}.requires_grad"],
        "Tensor.requires_grad_": ["torch.zeros(2, 3).requires_grad_().shape"],
        "Tensor.data": ["{x}.data"],
        "Tensor.is_cuda": ["{x}.is_cuda"],
        "Tensor.is_sparse": ["{x}.is_sparse"],
        "Tensor.is_quantized": ["{x}.is_quantized"],
        "Tensor.as_subclass": ["{x}.as_subclass(torch.Tensor)"],
        "Tensor.new": ["{x}.new(2, 3)", "{x}.new_zeros({x}.shape)"],
        "Tensor.new_tensor": ["{x}.new_tensor([1, 2, 3])", "{x}.new_tensor(1.5)", "{x}.new_tensor([[1.0], [2.0]], dtype=torch.float64)"],
        "Tensor.backward": ["torch.zeros(2, requires_grad=True).sum().backward()"],
        "Tensor.item": ["torch.tensor(3).item() + 1", "torch.arange(5)[2].item()", "int(torch.tensor(2.0))", "{x}.sum().item() is None"],
        "Tensor.numpy": ["{x}.numpy()", "{x}.cpu().numpy().shape"],
        "Tensor.T": ["torch.zeros(3, 4).T"],
        "Tensor.mT": ["{x}.mT"],
        "torch.is_tensor": ["torch.is_tensor({x})", "torch.is_tensor(3)"],
        "torch.tensor": ["torch.tensor([[1, 2], [3, 4]])", "torch.tensor([1.5, 2])", "torch.tensor([])", "torch.tensor([[True], [False]])", "torch.tensor([1, [2]])", "torch.tensor(5, dtype=torch.float16)"],
        "torch.Size": ["torch.Size([2, 3])[0]"],
        "torch.get_default_dtype": ["torch.get_default_dtype()"],
        "torch.from_numpy": ["torch.from_numpy(np.zeros((2, 3)))", "torch.from_numpy(np.ones((4,), dtype=np.int64))"],
        "torch.set_default_dtype": ["torch.set_default_dtype(torch.float32)"],
        "torch.sym_max": ["torch.sym_max({x}.dim(), 3)"],
    }  # fmt: skip
    for name, texts in first.items():
        for text in texts:
            yield name, text.replace("{x}", x)


def conversion(rng):
    x, other = tensor(shape(rng), rng.choice(DTYPES)), tensor([1], rng.choice(DTYPES))
    dtype = f"torch.{rng.choice(DTYPES)}"
    for text in (
        f"{x}.to({dtype})", f"{x}.to('cpu', {dtype})", f"{x}.to({other})", f"{x}.to(dtype={dtype}, copy=True)", f"{x}.to('cpu')",
        f"{x}.to({x}.device)", f"{x}.to(torch.device('cpu'), non_blocking=True)",
    ):  # fmt: skip
        yield "Tensor.to", text
    yield "Tensor.type_as", f"{x}.type_as({other})"
    yield "Tensor.type", f"{x}.type({dtype})"
    yield "torch.result_type", f"torch.result_type({x}, {other})"
    yield "torch.result_type", f"torch.result_type({x}, {rng.choice(['2', '2.5', 'True'])})"
    yield "torch.promote_types", f"torch.promote_types({dtype}, torch.{rng.choice(DTYPES)})"
    yield "torch.can_cast", f"torch.can_cast({dtype}, torch.{rng.choice(DTYPES)})"
    yield "torch.broadcast_shapes", f"torch.broadcast_shapes({tuple(shape(rng))}, {tuple(shape(rng, 0, 1))})"
    yield "torch.broadcast_shapes", "torch.broadcast_shapes((2, 1), (3,), (1, 1, 1))"


def operators(rng):
    for _ in range(8):
        left = shape(rng, 1, 3)
        right = [size if rng.random() < 0.7 else 1 for size in left][rng.randint(0, len(left)) :]
        a, b = tensor(left, rng.choice(DTYPES)), rng.choice([tensor(right, rng.choice(DTYPES)), "2", "2.5", "True"])
        sign = rng.choice(["+", "-", "*", "/", "//", "%", "**", "==", "<", ">=", "&", "|", "@"])
        yield "Tensor.__add__", rng.choice([f"{a} {sign} {b}", f"{b} {sign} {a}"])
    n = rng.randint(1, 4)
    yield "Tensor.__matmul__", f"{tensor(shape(rng, 0, 2) + [2, n])} @ {tensor([n, 3])}"
    yield "Tensor.__matmul__", f"{tensor([2, n])} @ {tensor([n + 1, 3])}"
    x = tensor(shape(rng, 2, 3))
    for text in ("-{x}", "~({x} > 0)", "abs({x})", "1 - {x}", "2 / {x}", "{x}.max(dim=1).values", "{x}.max(dim=-1)[1]",
                 "{x}.topk(1, dim=0).indices", "{x}.sort().values", "torch.sort({x})[0]", "{x}.sum((0, 1), keepdim=True)",
                 "sum([{x}, {x}])", "{x}.mean(0) if {x}.dim() > 2 else {x}", "max({x}.shape)", "{x}.unbind(1)[0]"):  # fmt: skip
        yield "Tensor.max" if "max(dim" in text else "Tensor.__neg__", text.replace("{x}", x)


def einsums(rng):
    n, m, k = (rng.randint(1, 4) for _ in range(3))
    a, b = tensor([n, m]), tensor([m, k])
    for text in (
        f"torch.einsum('ij,jk', {a}, {b})", f"torch.einsum({a}, [0, 1], {b}, [1, 2], [0, 2])", f"torch.einsum({a}, [0, 1], {b}, [1, 2])",
        f"torch.einsum({a}, [0, 1], [1, 0])", f"torch.einsum({a}, [0, 1], {b}, [0, 2], [1, 2])",
        f"torch.einsum({tensor([2, n, m])}, [..., 0, 1], {b}, [1, 2], [..., 0, 2])", f"torch.einsum('...ij,jk->...ik', {tensor([2, n, m])}, {b})",
    ):  # fmt: skip
        yield "torch.einsum", text
    x = tensor([2, n, m])
    yield "einops.einsum", f"einops.einsum({a}, {b}, 'row inner, inner column -> row column')"
    yield "einops.einsum", f"einops.einsum({x}, {b}, '... i, i j -> ... j')"
    yield "einops.einsum", f"einops.einsum({x}, 'b i j -> b j')"
    yield "einops.einsum", f"einops.einsum({x}, {a}, 'b i j, j i -> b')"


def outputs(rng):
    dims = shape(rng, 1, 3)
    x, out = tensor(dims), tensor(dims, rng.choice(["float32", "float64"]))
    yield "torch.add", f"torch.add({x}, {x}, out={out})"
    yield "torch.mul", f"torch.mul({x}, 2, out=torch.empty(0))"
    yield "torch.matmul", f"torch.matmul({tensor([2, 3])}, {tensor([3, 4])}, out=torch.empty(2, 4))"
    yield "torch.cat", f"torch.cat([{x}, {x}], dim=0, out=torch.empty(0))"
    yield "torch.sum", f"torch.sum({x}, 0, out=torch.empty(0))"


def rearranging(rng):
    b, c, h, w = rng.randint(1, 3), rng.randint(1, 4), rng.choice([2, 4, 6, 5]), rng.choice([4, 8, 6])
    x, p = tensor([b, c, h, w], rng.choice(["float32", "float32", "int64", "float16"])), rng.choice([1, 2, 2, 3])
    patterns = [
        ("b c h w -> b (c h w)", ""), ("b c h w -> b h w c", ""), ("b c (h p) w -> b (c p) h w", f", p={p}"),
        ("b c (h p) (w q) -> b (h w) (p q c)", f", p={p}, q=2"), ("b (h d) n m -> b h n m d", f", d={p}"), ("... h w -> ... w h", ""),
        ("b ... -> b (...)", ""), ("b c h -> b h c", ""), ("b c h w -> b c h", ""), ("b c h w -> b c h w x", ""), ("(b) c h w -> b c 1 h w", ""),
        ("b c h w -> (b c) h w ()", f", b={b + rng.randint(0, 1)}"), ("b c h w -> b c (h w", ""), ("b c h w b -> b", ""), ("b (c d e) h w -> b c d e h w", ", c=1"),
        ("b c (h p1) (w p2) -> b (p1 p2) c h w", f", h={p}, w=2"), ("a b c d -> d c b a", ", e=3"),
    ]  # fmt: skip
    for pattern, axes in rng.sample(patterns, 9):
        yield "einops.rearrange", f"einops.rearrange({x}, '{pattern}'{axes})"
    yield "einops.rearrange", f"einops.rearrange([{x}, {x}], 'n b c h w -> b (n c) h w')"
    for pattern in ("b c h w -> b c", "b c h w -> ", "b c (h 2) (w 2) -> b c h w", "b c h w -> () c () ()", "b c ... -> b ...", "b c h w -> c b w h"):
        reduction = rng.choice(["mean", "max", "sum", "min", "prod", "median"])
        yield "einops.reduce", f"einops.reduce({x}, '{pattern}', '{reduction}')"
    for pattern, axes in (("b c h w -> b c h w r", ", r=3"), ("b c h w -> b c (h 2) (w 2)", ""), ("b c h w -> (r b) c h w", f", r={p}"), ("b c h w -> b c h w r", ""),
                          ("b c h w -> b c h", ""), ("... -> r ...", ", r=2")):  # fmt: skip
        yield "einops.repeat", f"einops.repeat({x}, '{pattern}'{axes})"
    y = tensor([b, c])
    yield "einops.parse_shape", f"einops.parse_shape({x}, 'b c h w')"
    yield "einops.parse_shape", f"einops.parse_shape({x}, 'b _ ... w')"
    yield "einops.parse_shape", f"einops.parse_shape({x}, 'b c h')"
    yield "einops.pack", f"einops.pack([{tensor([b, 3, c])}, {y}, {tensor([b, 2, 2, c])}], 'b * c')"
    yield "einops.pack", f"einops.pack([{tensor([b, 3, c])}, {tensor([b + 1, c])}], 'b * c')"
    yield "einops.pack", f"einops.pack([{tensor([b])}], 'b * c')"
    yield "einops.unpack", f"einops.unpack({tensor([b, 8, c])}, [(3,), (), (2, 2)], 'b * c')"
    yield "einops.unpack", f"einops.unpack({tensor([b, 8, c])}, [(3,), (-1,)], 'b * c')"
    yield "einops.unpack", f"einops.unpack({tensor([b, 8, c])}, [(3,), (4,)], 'b * c')"
    yield "einops.asnumpy", f"einops.asnumpy({y})"


def layers(rng):
    b, c, h = rng.randint(1, 3), rng.choice([2, 4]), rng.choice([4, 6, 5])
    x = tensor([b, c, h, h])
    home = "einops.layers.torch."
    yield home + "Rearrange", f"{home}Rearrange('b c (h p) w -> b (h w) (p c)', p=2)({x})"
    yield home + "Rearrange", f"nn.Sequential({home}Rearrange('b c h w -> b (c h w)'), nn.Linear({c * h * h}, 3))({x})"
    yield home + "Reduce", f"{home}Reduce('b c h w -> b c', '{rng.choice(['mean', 'max', 'sum'])}')({x})"
    yield home + "Reduce", f"{home}Reduce('b c (h 2) w -> b c h w', 'max')({x})"
    yield home + "EinMix", f"{home}EinMix('b c h w -> b d h w', weight_shape='c d', bias_shape='d', c={c}, d=5)({x})"
    yield home + "EinMix", f"{home}EinMix('b c h w -> b (h w) d', weight_shape='c d', c={c}, d=3)({x})"
    yield home + "EinMix", f"{home}EinMix('b (g e) h w -> b h w (g f)', 'g e f', 'g f', g=2, e={c // 2}, f=3)({x})"
    yield home + "EinMix", f"[tuple(p.shape) for p in {home}EinMix('b c h w -> b (h w) d', 'c d', 'd', c={c}, d=3).parameters()]"
    yield home + "EinMix", f"{home}EinMix('b c h w -> b d h w', 'c d', c={c + 1}, d=5)({x})"


def arrays(rng):
    n, m = rng.randint(1, 5), rng.randint(1, 5)
    x = tensor([n, m, 4])
    for text in (
        f"torch.zeros(int(np.prod({x}.shape)))", f"int(np.prod(({n}, {m})))", f"int(np.sqrt({n * n}))", f"int(np.ceil({n} / 2))", f"np.zeros(({n}, {m}))",
        f"np.zeros(({n}, {m})).shape", f"np.ones({n}).reshape(1, -1)", f"torch.from_numpy(np.zeros(({n}, {m}), dtype=np.float32))", f"np.arange({n}).shape",
        f"np.linspace(0, 1, {n}).shape", f"int(np.log2({2 ** n}))", f"torch.tensor(np.zeros(({n},)))", f"np.cumsum([{n}, {m}]).shape",
        f"np.array([[{n}, {m}]]).shape", f"np.concatenate([np.zeros(({n}, 2)), np.ones(({m}, 2))]).shape", f"np.stack([np.zeros({n}), np.zeros({n})]).shape",
        f"np.expand_dims(np.zeros(({n}, {m})), 0).shape", f"np.transpose(np.zeros(({n}, {m}, 2)), (2, 0, 1)).shape", f"int(np.floor({n} * 0.5))", f"int(np.round({n} / 3))",
        f"torch.zeros({n}, {m}).numpy().shape", f"np.zeros(({n}, {m})).T.shape", f"int(np.maximum({n}, {m}))", f"max(1, int(np.floor({m} / 2)))",
    ):  # fmt: skip
        yield "numpy", text


def creation(rng):
    dims = shape(rng, 1, 3)
    x = tensor(dims, rng.choice(DTYPES))
    for text in (
        f"torch.zeros({x}.shape)", f"torch.zeros(*{x}.shape)", f"torch.zeros({x}.size(0), 3)", f"torch.full({tuple(dims)}, {rng.choice(['1', '1.5', 'True'])})",
        f"torch.arange({x}.shape[0])", f"torch.ones_like({x})", f"torch.zeros(2, 3, dtype={x}.dtype)", f"torch.eye({dims[0]})", f"torch.rand({dims})",
        f"torch.linspace(0, 1, {x}.numel())", f"torch.randint(0, 5, {x}.shape)", f"torch.empty({dims}).normal_()", f"torch.meshgrid(torch.arange({dims[0]}), torch.arange(3), indexing='ij')",
        f"{x}.view(-1)", f"{x}.reshape(-1, {x}.shape[-1])", f"{x}.flatten(0, -1).unsqueeze(0)", f"{x}[None].expand(3, *{x}.shape)", f"{x}.permute(*range({len(dims)})[::-1])",
        f"torch.cat([{x}, {x}], dim=-1)", f"torch.stack(({x}, {x}))", f"{x}.chunk(2, dim=-1)[0]", f"{x}.repeat(2, *[1] * {x}.dim())", f"torch.split({x}, [1, {dims[0] - 1}])[1]",
        f"F.pad({x}, (1, 2))", f"F.one_hot(torch.arange(3), {dims[0] + 2})", f"torch.where({x} == 0, {x}, 1)", f"{x}.masked_fill({x} == 0, 1)", f"torch.nonzero({x}).shape[1]",
        f"torch.unique({x}).dim()", f"{x}.nonzero(as_tuple=True)[0].ndim", f"torch.broadcast_tensors({x}, torch.zeros(1))[1]",
    ):  # fmt: skip
        yield "Tensor.view" if "view" in text else "torch.zeros", text


if __name__ == "__main__":
    main()
