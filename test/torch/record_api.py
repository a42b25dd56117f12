"""Copies the public names of PyTorch, einops and torchvision.ops, for `coverage.test.ts`:

    python test/torch/record_api.py [USAGE.json]

Writes `api.json`: by module a string of its names, in the order of the alphabet, and `usage`: how often large libraries
of models call a name. Those counts come from the file that is given, an object `{"usage": {"torch": {name: count}}}`;
without one they stay as they are. Needs PyTorch 2.13, torchvision 0.28 and einops 0.8.
"""

import json
import os
import sys
import types

import torch

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "api.json")
HOMES = {"torch": "torch", "tensor": "Tensor", "functional": "torch.nn.functional", "nn": "torch.nn"}


def main():
    with open(OUT) if os.path.exists(OUT) else open(os.devnull) as file:
        known = json.loads(file.read() or "{}")
    usage = known.get("usage", {})
    if len(sys.argv) > 1:
        with open(sys.argv[1]) as file:
            given = json.load(file)["usage"]
        usage = {HOMES[home]: " ".join(f"{n}:{c}" for n, c in counts.items()) for home, counts in given.items()}
    modules = {
        "torch.nn": layers(),
        "torch.nn.functional": functions(torch.nn.functional),
        "torch": functions(torch),
        "Tensor": [n for n in dir(torch.Tensor) if not n.startswith("_")] + ["__getitem__", "__iter__", "__len__", "__matmul__", "__setitem__"],
        "torch.linalg": functions(torch.linalg),
        "torch.fft": functions(torch.fft),
        "torch.special": functions(torch.special),
        "einops": einops_names(),
        "einops.layers.torch": ["EinMix", "Rearrange", "Reduce"],
        "torchvision.ops": torchvision_names(),
    }
    with open(OUT, "w") as out:
        json.dump({"names": {m: " ".join(sorted(names)) for m, names in modules.items()}, "usage": usage}, out, indent=1)
        out.write("\n")


def layers():
    classes = {n: getattr(torch.nn, n) for n in dir(torch.nn) if isinstance(getattr(torch.nn, n), type)}
    return [name for name, value in classes.items() if issubclass(value, torch.nn.Module)]


def functions(module):
    """What can be called and is no class, but for what the module merely imports."""
    found = []
    for name in dir(module):
        value = getattr(module, name)
        if name.startswith("_") or isinstance(value, (type, types.ModuleType)) or not callable(value):
            continue
        home = getattr(value, "__module__", None) or ""
        if home.split(".")[0] in ("torch", "", "builtins") or home.startswith("torch"):
            found.append(name)
    return found


def einops_names():
    import einops

    return [n for n in einops.__all__ if n != "EinopsError"]


def torchvision_names():
    library = torch.library.Library("torchvision", "FRAGMENT")
    for name in ("nms", "qnms"):
        library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    from torchvision import ops

    return list(ops.__all__)


if __name__ == "__main__":
    main()
