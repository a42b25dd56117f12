"""Records what real PyTorch makes of seeded calls of ops, for `ops.test.ts` to replay:

    python test/torch/record_ops.py [--seed S] [--out FOLDER] [--variations N]

Writes `ops.json`, by the name of the op: rows `[args, kwargs, result]` or `[args, kwargs, result, macs]`, where a refused
call has `{"error": message}` for its result. Values are written as `json-reader.ts` reads them. Needs PyTorch 2.13.
Besides the calls of `ops_cases*.py` it records variations of them for each name (`ops_random.py`).
"""

import argparse
import json
import multiprocessing
import os
import random
import warnings

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from ops_cases import Slice, T, all_cases
from ops_random import variation

DTYPES = {
    "float32", "float64", "float16", "bfloat16", "complex64", "complex128",
    "int64", "int32", "int16", "int8", "uint8", "bool",
}  # fmt: skip
# Names that one process records, and the seconds that it may take: what corrupts PyTorch's memory may also hang it.
GROUP = 40
PATIENCE = 60
# What depends on the machine or on the elements says nothing about shapes.
NOT_ABOUT_SHAPES = (
    "not implemented for", "not implemented on", "out of range in self", "could not create a primitive", "singular",
    "could not be completed", "division by zero", "full rank", "ZeroDivisionError", "setStorage", "number of ones in mask", "MKL FFT error",
)  # fmt: skip


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--out", default=os.path.dirname(os.path.abspath(__file__)))
    options.add_argument("--variations", type=int, default=4, help="of each name")
    options.add_argument("--names", default="", help="record only names with this in them")
    options = options.parse_args()
    warnings.filterwarnings("ignore")
    torch.manual_seed(0)
    torch.set_num_threads(1)
    record("torch.abs", [T((1,))], {})  # What PyTorch loads at its first call is then loaded for all processes.
    cases = {}
    for name, args, kwargs in all_cases(random.Random(options.seed)):
        if options.names in name:
            cases.setdefault(name, []).append((args, kwargs))
    names = sorted(cases)
    rows = {}
    for i in range(0, len(names), GROUP):
        rows |= safely(recorded_names, {name: cases[name] for name in names[i : i + GROUP]}, options)
    write(os.path.join(options.out, "ops.json"), {name: made for name, made in rows.items() if made})
    print(sum(map(len, rows.values())), "rows of", len(rows), "names")


def safely(work, *args):
    """What `work(*args, allowed)` returns, done in a process of its own, for some sizes crash PyTorch itself.

    `work` asks `allowed()` before each call; the call that it crashed in is not allowed when it is done again.
    """
    calls, crashed = multiprocessing.RawValue("i", 0), set()

    def allowed():
        calls.value += 1
        return calls.value not in crashed

    while True:
        calls.value = 0
        receiver, sender = multiprocessing.Pipe(duplex=False)
        child = multiprocessing.get_context("fork").Process(target=lambda: sender.send(work(*args, allowed)))
        child.start()
        sender.close()
        try:
            if not receiver.poll(PATIENCE):
                child.kill()
            return receiver.recv()
        except EOFError:
            child.join()
            if child.exitcode >= 0:
                raise RuntimeError(f"one of {list(args[0])} cannot be recorded") from None
            crashed.add(calls.value)


def recorded_names(cases, options, allowed):
    return {name: recorded(name, own, options, allowed) for name, own in cases.items()}


def recorded(name, cases, options, allowed):
    """The rows of a name: its cases, and variations of those that PyTorch accepts."""
    rows, seen, accepted = [], set(), []

    def add(args, kwargs):
        key = json.dumps([encode(args), encode(kwargs)])
        row = None if key in seen or not allowed() else record(name, args, kwargs)
        seen.add(key)
        if row is not None:
            rows.append(row)
        return row

    for args, kwargs in cases:
        row = add(args, kwargs)
        if row is not None and not is_refused(row):
            accepted.append((args, kwargs))
    rng = random.Random(f"{options.seed} {name}")
    tries = count = 0
    refused = 0
    while accepted and count < options.variations and tries < 8 * options.variations:
        tries += 1
        case = rng.choice(accepted)
        row = add(*variation(rng, name, case))
        if row is None:
            continue
        if is_refused(row):
            refused += 1
            if refused > options.variations // 2:
                rows.pop()
                continue
        count += 1
    return rows


def is_refused(row):
    return isinstance(row[2], dict) and "error" in row[2]


def write(path, rows):
    with open(path, "w") as out:
        out.write("{\n")
        for i, name in enumerate(rows):
            lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows[name])
            out.write(f"{json.dumps(name)}: [\n{lines}\n]{',' if i + 1 < len(rows) else ''}\n")
        out.write("}\n")


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
    if isinstance(value, torch.dtype) and name_of(value) in DTYPES:
        return {"dtype": name_of(value)}
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return {"float": value if value == value else "nan"}
    if type(value).__module__ == "torch.return_types":
        fields = [f for f in dir(value) if not f.startswith("_") and isinstance(getattr(value, f), (torch.Tensor, tuple))]
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
