"""Records what real PyTorch says of the files in test/bugs: where each broken one fails, and that its twin runs.

    python test/recorders/record_bugs.py [NAME…]

Every quick fix that ParamLens offers is run too: `node test/bugs/offered.ts` prints the mended files, and the hash of
each is kept with what became of it. The test asks for fixes that were seen to run.

What is recorded of a broken file is the innermost line of that file in the traceback. Layers in a plain list or dict
fail elsewhere or nowhere: of them it is the line that stores them on a module which does not know them afterwards.
"""

import contextlib
import hashlib
import io
import json
import subprocess
import sys
import traceback
import warnings
from pathlib import Path

import torch
from torch import nn

HERE = Path(__file__).resolve().parent
BUGS = HERE.parent / "bugs"
TRUTH = BUGS / "truth.json"


class Stored:
    """Attributes of modules that hold layers in a plain list, tuple or dict, with the lines that set them."""

    def __init__(self, path):
        self.path = path
        self.seen = []

    def __enter__(self):
        self.original = nn.Module.__setattr__
        stored = self

        def setattr_(module, name, value):
            stored.original(module, name, value)
            layers = list(layers_in(value))
            if layers:
                line = next((f.lineno for f in reversed(traceback.extract_stack()) if f.filename == stored.path), None)
                stored.seen.append((module, line, layers))

        nn.Module.__setattr__ = setattr_
        return self

    def __exit__(self, *_):
        nn.Module.__setattr__ = self.original

    def unregistered(self):
        lines = {line for module, line, layers in self.seen if not set(layers) <= set(module.modules())}
        return sorted(line for line in lines if line is not None)


def layers_in(value):
    if isinstance(value, (list, tuple)):
        for item in value:
            if isinstance(item, nn.Module):
                yield item
            else:
                yield from layers_in(item)
    elif isinstance(value, dict):
        yield from layers_in(list(value.values()))


def run(text, path):
    """What becomes of a file: its error with the innermost line, and lines that store layers unseen."""
    torch.manual_seed(0)
    with Stored(path) as stored, contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(compile(text, path, "exec"), {"__name__": "__main__", "__file__": path})
        except Exception as error:
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path]
            failure = {"line": frames[-1].lineno, "error": type(error).__name__, "message": str(error).split("\n")[0]}
        else:
            failure = None
    return failure, stored.unregistered()


def main(names):
    truth = json.loads(TRUTH.read_text()) if TRUTH.exists() else {}
    files = sorted((BUGS / "broken").glob("*.py"))
    truth = {path.stem: truth.get(path.stem, {}) for path in files}
    chosen = [path for path in files if not names or path.stem in names]
    for path in chosen:
        failure, unregistered = run(path.read_text(), str(path))
        twin = BUGS / "fixed" / path.name
        twin_failure, twin_unregistered = run(twin.read_text(), str(twin))
        if not failure and not unregistered:
            raise SystemExit(f"{path.stem}: the broken file is not broken")
        if twin_failure or twin_unregistered:
            raise SystemExit(f"{path.stem}: the fixed file fails: {twin_failure or twin_unregistered}")
        found = {"line": unregistered[0]} if unregistered else {"line": failure["line"]}
        if failure:
            found |= {"error": failure["error"], "message": failure["message"]}
        truth[path.stem] = found | {"fixes": {}}
    for offered in offered_fixes():
        if names and offered["name"] not in names:
            continue
        path = str(BUGS / "broken" / f"{offered['name']}.py")
        failure, unregistered = run(offered["text"], path)
        outcome = "runs" if not failure and not unregistered else f"fails: {failure or unregistered}"
        digest = hashlib.sha256(offered["text"].encode()).hexdigest()[:16]
        truth[offered["name"]]["fixes"][digest] = {"title": offered["title"], "outcome": outcome}
    TRUTH.write_text(json.dumps(truth, indent=1, ensure_ascii=False) + "\n")


def offered_fixes():
    script = BUGS / "offered.ts"
    done = subprocess.run(["node", str(script)], check=True, capture_output=True, text=True, cwd=HERE.parent.parent)
    return json.loads(done.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
