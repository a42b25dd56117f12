"""Records what real PyTorch makes of the models in test/inputs, for test/inputs/inputs.test.ts.

Every case of test/inputs/cases.json is built once and called with each of its five inputs, in evaluation mode. What is
recorded: the shape of every module's first output, and of the result. Where a case names a `square` input, every size
of a square image up to 400 is tried, and `fitting` has the ranges of those that the model takes, with a result for each
of the two images of the batch. Run it from anywhere; see README.md beside this file.

    python test/recorders/record_inputs.py            record everything
    python test/recorders/record_inputs.py vit gpt    only the files whose names contain one of these words
"""

import importlib.util
import json
import pathlib
import sys

import torch

HERE = pathlib.Path(__file__).resolve().parents[1] / "inputs"
LARGEST = 400


def main(words):
    truth_file = HERE / "truth.json"
    known = json.loads(truth_file.read_text(encoding="utf-8")) if truth_file.exists() else []
    known = {(row["file"], row["model"]): row for row in known}
    rows = []
    for case in json.loads((HERE / "cases.json").read_text(encoding="utf-8")):
        key = (case["file"], case["model"])
        if words and not any(word in case["file"] for word in words):
            rows += [known[key]] if key in known else []
            continue
        # Shapes are the same without numbers.
        with torch.device("meta"):
            rows.append(record(case))
        print(*key, len(rows[-1]["runs"]), rows[-1].get("fitting", ""))
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    truth_file.write_text(f"[\n{lines}\n]\n", encoding="utf-8", newline="\n")


def record(case):
    model = build(case)
    runs = []
    for sizes in zip(*case["inputs"].values()):
        inputs = [torch.randint(0, case["below"], size) if "below" in case else torch.randn(size) for size in sizes]
        runs.append({"inputs": dict(zip(case["inputs"], sizes)), **run(model, inputs)})
    row = {"file": case["file"], "model": case["model"], "runs": runs}
    if "square" in case:
        row["fitting"] = fitting(case)
    return row


def build(case):
    path = HERE / "models" / case["file"]
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    model = getattr(module, case["model"])
    return (model() if isinstance(model, type) else model).eval()


def run(model, inputs):
    outputs, hooks = {}, []
    for name, part in model.named_modules():
        # What a hook gives back would take the output's place.
        hook = lambda _, __, output, name=name: outputs.setdefault(name, shape(output)) and None
        hooks.append(part.register_forward_hook(hook))
    with torch.no_grad():
        output = shape(model(*inputs))
    for hook in hooks:
        hook.remove()
    return {"output": output, "layers": {name: size for name, size in outputs.items() if name != ""}}


def fitting(case):
    """Ranges of square sizes that a batch of two runs through, as [least, greatest]."""
    model = build(case)
    ranges = []
    for size in range(1, LARGEST + 1):
        inputs = [torch.empty(2, sizes[0][1], size, size) for sizes in case["inputs"].values()]
        if not runs(model, inputs):
            continue
        if ranges and ranges[-1][1] == size - 1:
            ranges[-1][1] = size
        else:
            ranges.append([size, size])
    return ranges


def runs(model, inputs):
    try:
        with torch.no_grad():
            output = shape(model(*inputs))
    except RuntimeError:
        return False
    first = output
    while isinstance(first[0], list):
        first = first[0]
    return first[0] == 2


def shape(value):
    if isinstance(value, torch.Tensor):
        return list(value.shape)
    if isinstance(value, (tuple, list)):
        return [shape(item) for item in value]
    return None


if __name__ == "__main__":
    # The fused encoder hides its layers from hooks.
    torch.backends.mha.set_fastpath_enabled(False)
    # What has no numbers cannot be moved.
    torch.nn.Module.to = lambda self, *_, **__: self
    main(sys.argv[1:])
