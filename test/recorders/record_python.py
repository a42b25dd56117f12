"""Runs the programs of test/unit/python/programs in CPython and records what their variables are.

Needs Python 3.12, the version that the interpreter claims to be (`sys.version_info`). Each program is run
as `__main__`; recorded is the `repr` of every module-level variable whose name does not start with an underscore and
that is no module, function or class. Of a tuple each item is recorded by itself, as `name[0]`.
"""

import contextlib
import io
import json
import pathlib
import runpy
import sys
import types
import warnings

HERE = pathlib.Path(__file__).resolve().parent.parent / "unit" / "python"
SKIPPED = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, type)


def run(path, skipped=()):
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        variables = runpy.run_path(str(path), run_name="__main__")
    texts = {}
    for name, value in variables.items():
        if shown(name, value) and not isinstance(value, skipped):
            texts.update(items_of(name, value))
    return {name: text for name, text in texts.items() if " at 0x" not in text}


def items_of(name, value):
    if type(value) is tuple and len(value) > 1:
        return {f"{name}[{i}]": repr(item) for i, item in enumerate(value)}
    return {name: repr(value)}


def shown(name, value):
    typing = type(value).__module__ == "typing"
    return not name.startswith("_") and not typing and not isinstance(value, SKIPPED)


def main():
    if sys.version_info[:2] != (3, 12):
        sys.exit("the programs are recorded with Python 3.12")
    truth = {path.stem: run(path) for path in sorted((HERE / "programs").glob("*.py"))}
    (HERE / "truth.json").write_text(json.dumps(truth, indent=1) + "\n")
    print(f"{len(truth)} programs, {sum(map(len, truth.values()))} variables")


if __name__ == "__main__":
    main()
