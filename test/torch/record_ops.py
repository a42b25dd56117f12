"""Records what real PyTorch makes of seeded calls of ops, for `ops.test.ts` to replay: python test/torch/record_ops.py

Writes `ops.json`, by the name of the op: rows `[args, kwargs, result]` or `[args, kwargs, result, macs]`, where a refused
call has `{"error": message}` for its result. Values are written as `json-reader.ts` reads them. Needs PyTorch 2.13.
"""

import json
import os
import random
import warnings

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from ops_cases import Slice, T, all_cases

HERE = os.path.dirname(os.path.abspath(__file__))
DTYPES = {
    "float32", "float64", "float16", "bfloat16", "complex64", "complex128",
    "int64", "int32", "int16", "int8", "uint8", "bool",
}  # fmt: skip
# What depends on the machine or on the elements says nothing about shapes.
NOT_ABOUT_SHAPES = ("not implemented for", "not implemented on", "out of range in self", "could not create a primitive")


def main():
    warnings.filterwarnings("ignore")
    torch.manual_seed(0)
    rng = random.Random(20)
    rows = {}
    seen = set()
    for name, args, kwargs in all_cases(rng):
        key = json.dumps([name, encode(args), encode(kwargs)])
        if key in seen:
            continue
        seen.add(key)
        row = record(name, args, kwargs)
        if row is not None:
            rows.setdefault(name, []).append(row)
    with open(os.path.join(HERE, "ops.json"), "w") as out:
        out.write("{\n")
        for i, name in enumerate(sorted(rows)):
            lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows[name])
            out.write(f"{json.dumps(name)}: [\n{lines}\n]{',' if i + 1 < len(rows) else ''}\n")
        out.write("}\n")
    print(sum(map(len, rows.values())), "rows of", len(rows), "names")


def record(name, args, kwargs):
    row = [encode(args), encode(kwargs)]
    counter = FlopCounterMode(display=False)
    try:
        values = [materialise(arg) for arg in args]
        named = {k: materialise(v) for k, v in kwargs.items()}
        # The fused kernels of a CPU are not counted: attention is taken apart into its two products.
        with counter, torch.no_grad(), sdpa_kernel(SDPBackend.MATH):
            result = resolve(name)(*values, **named)
    except Exception as error:
        message = str(error).split("\n")[0][:120]
        if any(text in str(error) for text in NOT_ABOUT_SHAPES):
            return None
        return [*row, {"error": message}]
    try:
        encoded = encode_result(result)
    except TypeError:
        return None
    macs = counter.get_total_flops() // 2
    return [*row, encoded, macs] if macs else [*row, encoded]


def resolve(name):
    if name == "Tensor.__getitem__":
        return lambda tensor, index: tensor[tuple(index)]
    path = name.split(".")
    if path[0] == "Tensor":
        attribute = getattr(torch.Tensor, path[1])
        return attribute if callable(attribute) else lambda tensor: getattr(tensor, path[1])
    value = torch
    for part in path[1:]:
        value = getattr(value, part)
    return value


def materialise(value):
    if isinstance(value, T):
        return value.make()
    if isinstance(value, Slice):
        return slice(value.start, value.stop, value.step)
    if isinstance(value, (list, tuple)):
        return type(value)(materialise(item) for item in value)
    return value


def encode(value):
    if value is Ellipsis:
        return {"ellipsis": True}
    if isinstance(value, Slice):
        return {"slice": [value.start, value.stop, value.step]}
    if isinstance(value, T):
        return {"tensor": list(value.shape), "dtype": name_of(value.dtype)}
    if isinstance(value, torch.dtype):
        return {"dtype": name_of(value)}
    if isinstance(value, (list, tuple)):
        return [encode(item) for item in value]
    if isinstance(value, dict):
        return {k: encode(v) for k, v in value.items()}
    if isinstance(value, float) and value == int(value):
        return {"float": int(value)}
    return value


def encode_result(value):
    if isinstance(value, torch.Tensor):
        if name_of(value.dtype) not in DTYPES:
            raise TypeError(f"{value.dtype} is not followed")
        return {"tensor": list(value.shape), "dtype": name_of(value.dtype)}
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return {"float": value if value == value else "nan"}
    if type(value).__module__ == "torch.return_types":
        fields = [f for f in dir(value) if not f.startswith("_") and isinstance(getattr(value, f), torch.Tensor)]
        return {"fields": {f: encode_result(getattr(value, f)) for f in fields}}
    if isinstance(value, (tuple, torch.Size)):
        return [encode_result(item) for item in value]
    if isinstance(value, list):
        return {"list": [encode_result(item) for item in value]}
    raise TypeError(f"{type(value)} is not followed")


def name_of(dtype):
    return str(dtype).removeprefix("torch.")


if __name__ == "__main__":
    main()
