"""Records what real PyTorch makes of the layers of torch.nn, for layers.test.ts and the tests of the prelude.

    python test/torch/record_layers.py [--seed S] [--out DIR]

Writes layers.json, layers_composed.json for what takes several layers or calls, and layers_names.json with every class of
torch.nn, into DIR, which is the folder of this file unless told; the same rows on every run of one seed and one PyTorch version. A row of layers.json:

    [class, args, kwargs, inputs, weights, buffers, result, macs?]

`inputs` are the arguments of the call. `weights` and `buffers` are lists of [name, shape] (with its dtype, where that of
a weight is not float32); those of a lazy layer are what its first call makes of it. `result` is the output as nested
arrays of tensors, or {"error": message, "at": "init" | "call"}. `macs` is half of what FlopCounterMode counts, where it
counts anything. Values are written as json-reader.ts describes. A call counts as refused only where both training and
evaluation mode refuse it. layers_composed.py says what the rows of layers_composed.json are.
"""

import argparse
import collections
import json
import pathlib
import random
import warnings

import torch
from torch import nn

from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from layers_composed import composed_cases
from layers_edges import EDGES
from layers_generators import GENERATORS
from layers_variants import vary

warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).parent
ROWS = 42
# What depends on the machine or on the elements says nothing about shapes.
NOT_ABOUT_SHAPES = ("not implemented for", "not implemented on", "could not create a primitive", "out of range in self")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=pathlib.Path, default=HERE)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    write(options.out / "layers.json", list(simple_rows(options.seed)))
    write(options.out / "layers_composed.json", list(composed_rows(options.seed)))
    (options.out / "layers_names.json").write_text(json.dumps(public_names(), indent=2) + "\n")


def public_names():
    """Every class of torch.nn."""
    return [name for name, value in sorted(vars(nn).items()) if isinstance(value, type) and issubclass(value, nn.Module)]


def simple_rows(seed):
    for name, generate in GENERATORS.items():
        chance = random.Random(f"{seed} {name}")
        torch.manual_seed(0)
        seen = set()
        cases = [*EDGES.get(name, []), *(vary(chance, name, *generate(chance)) for _ in range(ROWS))]
        for args, kwargs, inputs in cases:
            row = record(name, args, kwargs, inputs)
            text = json.dumps(row[:4])
            if text not in seen and is_about_shapes(row[6]):
                seen.add(text)
                yield row


def composed_rows(seed):
    for name, build, expression in composed_cases(random.Random(f"{seed} composed")):
        row = record_composed(name, build, expression)
        if is_about_shapes(row[6]):
            yield row


def record(name, args, kwargs, inputs):
    head = [name, encode(args), encode(kwargs), encode(inputs)]
    try:
        layer = getattr(nn, name)(*args, **kwargs)
    except Exception as error:
        return [*head, [], [], refusal(error, "init")]
    result, count = call(layer, lambda: layer(*inputs))
    if is_lazy(layer):
        return [*head, [], [], result]
    return [*head, weights(layer), buffers(layer), result, *([count] if count else [])]


def record_composed(name, build, expression):
    """The layer is built and called as the texts say, where `layer` is what was built."""
    torch.manual_seed(0)
    names = {"collections": collections, "torch": torch, "nn": nn, "F": nn.functional, "rnn": nn.utils.rnn}
    try:
        layer = eval(build, names)
    except Exception as error:
        return [name, build, expression, [], [], [], refusal(error, "init")]
    evaluate = lambda layer: eval(expression, {**names, "layer": layer})
    # The expression may change the layer: what is counted is another one.
    result, count = call(layer, lambda: evaluate(layer), lambda: evaluate(eval(build, names).train(layer.training)))
    modules = [[path, type(child).__name__] for path, child in layer.named_modules()]
    return [name, build, expression, weights(layer), buffers(layer), modules, result, *([count] if count else [])]


def call(layer, run, again=None):
    """What comes of a call, and half of the FLOPs that PyTorch counts when it is run again."""
    for mode in (layer.eval, layer.train):
        try:
            mode()
            return encode(run()), macs(again or run)
        except Exception as error:
            last = refusal(error, "call")
    return last, 0


def macs(run):
    """Counted in a run of its own: counting takes layers apart, and so does not refuse all that they refuse."""
    counter = FlopCounterMode(display=False)
    # The fused kernels of a CPU are not counted: they are taken apart into their products.
    with counter, sdpa_kernel(SDPBackend.MATH), torch.backends.mkldnn.flags(enabled=False):
        run()
    return counter.get_total_flops() // 2


def is_lazy(layer):
    return any(isinstance(each, nn.parameter.UninitializedTensorMixin) for each in layer.parameters())


def is_about_shapes(result):
    error = result.get("error", "") if isinstance(result, dict) else ""
    return not any(text in error for text in NOT_ABOUT_SHAPES)


def weights(layer):
    return [
        [name, list(weight.shape), *([] if weight.dtype == torch.float32 else [dtype(weight.dtype)])]
        for name, weight in layer.named_parameters()
        if not isinstance(weight, nn.parameter.UninitializedTensorMixin)
    ]


def buffers(layer):
    return [
        [name, list(buffer.shape), dtype(buffer.dtype)]
        for name, buffer in layer.named_buffers()
        if not isinstance(buffer, nn.parameter.UninitializedTensorMixin)
    ]


def refusal(error, at):
    # Sets print in another order on every run.
    text = str(error).strip().split("\n")[0].split("{")[0]
    return {"error": f"{type(error).__name__}: {text}"[:160], "at": at}


def encode(value):
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


def write(path, rows):
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    path.write_text(f"[\n{lines}\n]\n")
    refused = sum(isinstance(row[6], dict) and "error" in row[6] for row in rows)
    print(f"{path.name}: {len(rows)} rows, {refused} refused")


if __name__ == "__main__":
    main()
