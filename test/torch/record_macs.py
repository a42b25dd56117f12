"""Records what PyTorch's own counter makes of calls, for macs.test.ts.

    python test/torch/record_macs.py [--seed S] [--out DIR]

Writes macs.json: rows [name, build, expression, macs], Python source as in layers_composed.json. `macs` is half of the
FLOPs of torch.utils.flop_counter, or null where PyTorch refuses the call. The rows of layers.json, layers_composed.json and
ops.json have counts of their own; here are the ways that people write products, and layers inside of others.
"""

import argparse
import json
import pathlib
import random
import warnings

import torch

from layers_composed import call, some, tensor
from record_layers import HERE, record_composed

warnings.simplefilter("ignore")
ROWS = 12


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=pathlib.Path, default=HERE)
    options = parser.parse_args()
    rows = []
    for name, generate in GENERATORS.items():
        chance = random.Random(f"{options.seed} {name}")
        cases = {generate(chance) for _ in range(ROWS)}
        for build, expression in sorted(cases):
            result, *count = record_composed(name, build, expression)[6:]
            refused = isinstance(result, dict) and "error" in result
            rows.append([name, build, expression, None if refused else count[0] if count else 0])
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    (options.out / "macs.json").write_text(f"[\n{lines}\n]\n")
    print(f"macs.json: {len(rows)} rows, {sum(row[3] is None for row in rows)} refused")


def of_function(write):
    """A function or an operator: there is no layer."""
    return lambda chance: ("nn.Identity()", write(chance))


def size(chance, most=6):
    return chance.randint(1, most)


def lead(chance, most=2):
    return [size(chance, 4) for _ in range(chance.randint(0, most))]


def product_of(form):
    def write(chance):
        n, k, m = size(chance), size(chance), size(chance)
        left, right = [*lead(chance), n, k], [*lead(chance), k, m]
        if len(left) > 2 and len(right) > 2:
            right = [*left[:-2], k, m] if chance.random() < 0.7 else [1, k, m]
        return form.format(a=tensor(*left), b=tensor(*right))

    return of_function(write)


def batched(form, matrix=False):
    def write(chance):
        n, k, m = size(chance), size(chance), size(chance)
        b = [] if matrix else [size(chance)]
        return form.format(c=tensor(*b, n, m), a=tensor(*b, n, k), b=tensor(*b, k, m))

    return of_function(write)


@of_function
def einsum(chance):
    sizes = {letter: size(chance, 5) for letter in "bhijkd"}
    equation = chance.choice(
        ["bij,bjk->bik", "bhid,bhjd->bhij", "bhij,bhjd->bhid", "ij,jk", "bid,dk->bik", "...ij,...jk->...ik", "bi,bj->bij", "ij,ij->", "bij,kj->bki"]
    )
    shapes = [[sizes[letter] for letter in part.replace("...", "b")] for part in equation.split("->")[0].split(",")]
    return f'torch.einsum("{equation}", {", ".join(tensor(*shape) for shape in shapes)})'


@of_function
def attention(chance):
    b, h, n, s, e, v = (size(chance, 4) for _ in range(6))
    given = some(chance, is_causal=("True", 0.3), scale=("0.5", 0.2))
    lead = chance.choice([[b, h], [b], []])
    return f"F.scaled_dot_product_attention({call(tensor(*lead, n, e), tensor(*lead, s, e), tensor(*lead, s, v), **given)})"


@of_function
def linear(chance):
    n, m = size(chance), size(chance)
    bias = f", {tensor(m)}" if chance.random() < 0.5 else ""
    return f"F.linear({tensor(*lead(chance), size(chance), n)}, {tensor(m, n)}{bias})"


def convolution(transposed):
    def write(chance):
        d, groups = chance.randint(1, 3), chance.choice([1, 1, 2])
        c_in, c_out, k = groups * size(chance, 3), groups * size(chance, 3), chance.randint(1, 3)
        weight = [c_in, c_out // groups] if transposed else [c_out, c_in // groups]
        given = some(chance, bias=(tensor(c_out), 0.4), stride=(2, 0.4), padding=(1, 0.4), dilation=(2, 0.2))
        if transposed and "stride" in given:
            given |= some(chance, output_padding=(1, 0.4))
        if groups > 1:
            given["groups"] = groups
        batch = [size(chance, 3)] if chance.random() < 0.8 else []
        name = f"conv_transpose{d}d" if transposed else f"conv{d}d"
        return f"F.{name}({call(tensor(*batch, c_in, *[5 + size(chance, 4)] * d), tensor(*weight, *[k] * d), **given)})"

    return of_function(write)


def layered(write):
    """A model of several layers around the counted ones."""

    def generate(chance):
        build, inputs = write(chance)
        return build, f"layer({inputs})"

    return generate


@layered
def convnet(chance):
    c = size(chance, 4)
    stride, padding = chance.randint(1, 2), chance.choice([0, 1, '"valid"'])
    build = (
        f"nn.Sequential(nn.Conv2d(3, {c}, 3, stride={stride}, padding={padding}), nn.BatchNorm2d({c}), nn.ReLU(), "
        f"nn.Conv2d({c}, {2 * c}, 3, groups={c}), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear({2 * c}, 5))"
    )
    return build, tensor(size(chance, 3), 3, 12, 12 + size(chance))


@layered
def perceptron(chance):
    a, b, c = size(chance, 9), size(chance, 9), size(chance, 9)
    return f"nn.Sequential(nn.Linear({a}, {b}), nn.GELU(), nn.Linear({b}, {c}, bias=False))", tensor(*lead(chance), size(chance), a)


def recurrent(name):
    @layered
    def generate(chance):
        features, hidden = size(chance), 1 + size(chance)
        given = some(chance, num_layers=(2, 0.4), bidirectional=(True, 0.4), batch_first=(True, 0.4), bias=(False, 0.2))
        if name == "LSTM":
            given |= some(chance, proj_size=(1, 0.4))
        return f"nn.{name}({call(features, hidden, **given)})", tensor(size(chance), size(chance, 3), features)

    return generate


def cell(name):
    @layered
    def generate(chance):
        features, hidden = size(chance), size(chance)
        return f"nn.{name}({call(features, hidden)})", tensor(size(chance, 4), features)

    return generate


@layered
def multihead(chance):
    heads = chance.choice([1, 2, 3])
    features = heads * size(chance, 3)
    given = some(chance, bias=(False, 0.3), batch_first=(True, 0.4), add_bias_kv=(True, 0.2), add_zero_attn=(True, 0.2))
    batch = [size(chance, 3)]
    query, key = [size(chance), *batch], [size(chance), *batch]
    if given.get("batch_first"):
        query, key = query[::-1], key[::-1]
    inputs = [tensor(*query, features), tensor(*key, features), tensor(*key, features)]
    return f"nn.MultiheadAttention({call(features, heads, **given)})", ", ".join(
        [*inputs, *(["need_weights=False"] if chance.random() < 0.5 else [])]
    )


@layered
def transformer(chance):
    heads = chance.choice([1, 2])
    features = heads * 2 * size(chance, 2)
    given = some(chance, norm_first=(True, 0.4), bias=(False, 0.3))
    build = f"nn.Transformer({call(features, heads, 1, 2, size(chance, 8), **given)})"
    batch = size(chance, 3)
    return build, call(tensor(size(chance), batch, features), tensor(size(chance), batch, features))


GENERATORS = {
    "@": product_of("{a} @ {b}"),
    "torch.matmul": product_of("torch.matmul({a}, {b})"),
    "Tensor.matmul": product_of("{a}.matmul({b})"),
    "torch.mm": batched("torch.mm({a}, {b})", matrix=True),
    "Tensor.mm": batched("{a}.mm({b})", matrix=True),
    "torch.bmm": batched("torch.bmm({a}, {b})"),
    "Tensor.bmm": batched("{a}.bmm({b})"),
    "torch.addmm": batched("torch.addmm({c}, {a}, {b}, beta=0.5)", matrix=True),
    "Tensor.addmm": batched("{c}.addmm({a}, {b})", matrix=True),
    "torch.baddbmm": batched("torch.baddbmm({c}, {a}, {b}, alpha=0.5)"),
    "Tensor.baddbmm": batched("{c}.baddbmm({a}, {b})"),
    "torch.einsum": einsum,
    "F.scaled_dot_product_attention": attention,
    "F.linear": linear,
    "F.conv": convolution(False),
    "F.conv_transpose": convolution(True),
    "convolutional network": convnet,
    "perceptron": perceptron,
    **{name: recurrent(name) for name in ("RNN", "LSTM", "GRU")},
    **{name: cell(name) for name in ("RNNCell", "LSTMCell", "GRUCell")},
    "MultiheadAttention": multihead,
    "Transformer": transformer,
}

if __name__ == "__main__":
    main()
