"""Runs the programs of test/unit/modules/programs with PyTorch and records what their variables are.

They are about `nn.Module`: what surgery, sharing, freezing, parametrisations and hooks make of it. Recorded is what
record_python.py records.
"""

import json
import pathlib

import torch

from record_python import run

HERE = pathlib.Path(__file__).resolve().parent.parent / "unit" / "modules"


def main():
    truth = {}
    for path in sorted((HERE / "programs").glob("*.py")):
        torch.manual_seed(0)
        truth[path.stem] = run(path, (torch.nn.Module, torch.Tensor, torch.utils.hooks.RemovableHandle))
    (HERE / "truth.json").write_text(json.dumps(truth, indent=1) + "\n")
    print(f"{len(truth)} programs, {sum(map(len, truth.values()))} variables")


if __name__ == "__main__":
    main()
