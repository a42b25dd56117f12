"""Writes server/src/frameworks/torch/binding/moduleNames.ts: the attributes that PyTorch's own modules may have.

    python test/recorders/record_module_names.py

Read from the sources of torch.nn.modules: what a class and its bases below Module define, and what their methods assign
to `self`. A superset will do: what is in it is unknown where ParamLens does not know it, and what is not is missing.
"""

import ast
import importlib
import inspect
import textwrap
from pathlib import Path

import torch.nn.modules
from torch.nn import Module

TARGET = Path(__file__).resolve().parents[2] / "server/src/frameworks/torch/binding/moduleNames.ts"
HEADER = """/**
 * The attributes that PyTorch's own modules may have beside those of `torch.nn.Module`, by class: asked for another one, a
 * layer raises AttributeError, on which `getattr` with a default relies. Written by
 * `test/recorders/record_module_names.py`.
 */
"""
FOOTER = """
/** The names that a class may have. */
export function namesOf(cls: string): ReadonlySet<string> {
  const names = moduleNames[cls];
  return new Set(names === undefined ? [] : names.split(" "));
}
"""


def own_names(cls: type) -> set[str]:
    (node,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    names = set()
    for each in ast.walk(node):
        if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)):
            names.add(each.name)
        elif isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store):
            names.add(each.attr)
    for each in node.body:
        targets = each.targets if isinstance(each, ast.Assign) else [each.target] if isinstance(each, ast.AnnAssign) else []
        names.update(target.id for target in targets if isinstance(target, ast.Name))
    return {name for name in names if not (name.startswith("__") and name.endswith("__"))}


def main() -> None:
    names: dict[str, set[str]] = {}
    for file in sorted(Path(torch.nn.modules.__file__).parent.glob("*.py")):
        module = importlib.import_module(f"torch.nn.modules.{file.stem}")
        for name, cls in vars(module).items():
            if isinstance(cls, type) and issubclass(cls, Module) and cls is not Module and cls.__module__ == module.__name__:
                bases = [base for base in cls.__mro__ if base.__module__.startswith("torch.nn") and base is not Module]
                names[name] = set().union(*map(own_names, bases))
    rows = "".join(f'  {name}: "{" ".join(sorted(names[name]))}",\n' for name in sorted(names) if names[name])
    table = f"const moduleNames: Readonly<Record<string, string>> = {{\n{rows}}};\n"
    TARGET.write_text(HEADER + table + FOOTER, encoding="utf-8")


main()
