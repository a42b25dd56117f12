"""Records what real PyTorch makes of the layers of torch.nn, for layers.test.ts and the tests of the prelude.

    python test/torch/record_layers.py

Writes layers.json, and layers_composed.json for layers that are made of other layers, beside this file; the same rows
on every run of one PyTorch version. A row of layers.json:

    [class, args, kwargs, inputs, weights, buffers, result]

`inputs` are the arguments of the call. `weights` and `buffers` are lists of [name, shape] (a buffer with its dtype).
`result` is the output as nested arrays of tensors, or {"error": message, "at": "init" | "call"}. Values are written as
json-reader.ts describes. A call counts as refused only where both training and evaluation mode refuse it. A row of
layers_composed.json has the list of [name, type] of named_modules() between `buffers` and `result`, and a dict of keyword
arguments of the call as the last of its inputs.
"""

import json
import pathlib
import random
import warnings

import torch
from torch import nn

from layers_composed import COMPOSED, Source
from layers_edges import EDGES
from layers_generators import GENERATORS

warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).parent
ROWS = 26


def main():
    rows, composed = [], []
    for name, generate in GENERATORS.items():
        chance = random.Random(name)
        torch.manual_seed(0)
        seen = set()
        for case in [*EDGES.get(name, []), *(generate(chance) for _ in range(ROWS))]:
            args, kwargs, inputs = case
            row = record(name, args, kwargs, inputs)
            text = json.dumps(row[:4])
            if text not in seen:
                seen.add(text)
                rows.append(row)
    for name, cases in COMPOSED.items():
        for args, kwargs, inputs, call in cases:
            composed.append(record_composed(name, args, kwargs, inputs, call))
    write("layers.json", rows)
    write("layers_composed.json", composed)


def record(name, args, kwargs, inputs):
    head = [name, encode(args), encode(kwargs), encode(inputs)]
    try:
        layer = getattr(nn, name)(*args, **kwargs)
    except Exception as error:
        return [*head, [], [], refusal(error, "init")]
    if isinstance(layer, nn.modules.lazy.LazyModuleMixin):
        # Its sizes are not those of the arguments: only what comes out is.
        return [*head, [], [], call(layer, inputs, {})]
    return [*head, weights(layer), buffers(layer), call(layer, inputs, {})]


def record_composed(name, args, kwargs, inputs, keywords):
    head = [name, encode(args), encode(kwargs), encode([*inputs, keywords])]
    args = [build(value) for value in args]
    kwargs = {key: build(value) for key, value in kwargs.items()}
    try:
        layer = getattr(nn, name)(*args, **kwargs)
    except Exception as error:
        return [*head, [], [], [], refusal(error, "init")]
    modules = [[path, type(child).__name__] for path, child in layer.named_modules()]
    return [*head, weights(layer), buffers(layer), modules, call(layer, inputs, keywords)]


def call(layer, inputs, keywords):
    for mode in (layer.eval, layer.train):
        try:
            mode()
            return encode(layer(*inputs, **keywords))
        except Exception as error:
            last = refusal(error, "call")
    return last


def weights(layer):
    return [[name, list(weight.shape)] for name, weight in layer.named_parameters()]


def buffers(layer):
    return [[name, list(buffer.shape), dtype(buffer.dtype)] for name, buffer in layer.named_buffers()]


def refusal(error, at):
    # Sets print in another order on every run.
    text = str(error).strip().split("\n")[0].split("{")[0]
    return {"error": f"{type(error).__name__}: {text}"[:160], "at": at}


def encode(value):
    if isinstance(value, Source):
        return {"source": value.text}
    if isinstance(value, torch.Tensor):
        return {"tensor": list(value.shape), "dtype": dtype(value.dtype)}
    if isinstance(value, torch.dtype):
        return {"dtype": dtype(value)}
    if isinstance(value, (list, tuple)):
        return [encode(item) for item in value]
    if isinstance(value, dict):
        return {key: encode(item) for key, item in value.items()}
    if isinstance(value, float):
        return {"float": int(value)} if value.is_integer() else value
    return value


def dtype(value):
    return str(value).removeprefix("torch.")


def write(name, rows):
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    (HERE / name).write_text(f"[\n{lines}\n]\n")
    refused = sum(isinstance(row[-1], dict) and "error" in row[-1] for row in rows)
    print(f"{name}: {len(rows)} rows, {refused} refused")


def build(value):
    return eval(value.text, {"nn": nn, "torch": torch}) if isinstance(value, Source) else value


if __name__ == "__main__":
    main()
