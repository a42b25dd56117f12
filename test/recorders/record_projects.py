"""Records what real PyTorch says of the multi-file projects in test/models/projects, for test/models/models.test.ts.

A project is a folder of test/models/projects; test/models/projects/cases.json names the file that is run, the folders
that imports are searched in, and what is built and called. Recorded is what record_models.py records of single files.

    python test/recorders/record_projects.py              record everything
    python test/recorders/record_projects.py hf timm      only the projects whose names contain one of these words
"""

import contextlib
import importlib.machinery
import importlib.util
import io
import json
import os
import pathlib
import subprocess
import sys
import warnings

import torch

import record_models as models

PROJECTS = models.MODELS / "projects"
STUBS = pathlib.Path(__file__).resolve().parent / "stubs"


def main(words):
    cases = json.loads((PROJECTS / "cases.json").read_text(encoding="utf-8"))
    (PROJECTS / "truth").mkdir(exist_ok=True)
    for entry in cases:
        if words and not any(word in entry["project"] for word in words):
            continue
        # Projects have modules of the same names: each is run in a process of its own.
        subprocess.run([sys.executable, "-W", "ignore", __file__, "--only", json.dumps(entry)], check=True)


def record(entry):
    folder = PROJECTS / entry["project"]
    roots = [folder / root for root in entry.get("roots", ["."])]
    sys.path[:0] = [str(path) for path in (*roots, STUBS)]
    log = ProjectLog(folder)
    sys.meta_path.insert(0, log)
    file = folder / entry["file"]
    torch.manual_seed(0)
    # Once as a script, for what its last lines do; once as a module, whose classes bear its name.
    with contextlib.redirect_stdout(io.StringIO()):
        if "__main__" in file.read_text(encoding="utf-8"):
            run(log, file, "__main__")
        module = run(log, file, file.stem)
    targets = []
    rows = [{**case, "file": entry["file"]} for case in entry["cases"]]
    for case in rows:
        log.asked = models.asks_more(case, rows)
        targets.append(models.record_target(case, module))
    truth = {
        "file": file.relative_to(models.ROOT).as_posix(),
        "roots": [pathlib.Path(os.path.normpath(path)).relative_to(models.ROOT).as_posix() for path in roots],
        "torch": torch.__version__.split("+")[0],
        "targets": targets,
        "values": log.rows(file),
        "others": [path.relative_to(models.ROOT).as_posix() for path in sorted(log.files) if path != file],
    }
    name = entry["project"]
    (PROJECTS / "truth" / f"{name}.json").write_text(dump(truth), encoding="utf-8", newline="\n")
    layers = sum(len(t["layers"]) for t in targets)
    print(f"{name}: {len(targets)} targets, {layers} layers, {len(truth['values'])} values")


def run(log, file, name):
    spec = importlib.util.spec_from_file_location(name, file, loader=Loader(log, name, str(file)))
    module = importlib.util.module_from_spec(spec)
    if name != "__main__":
        sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


class ProjectLog:
    """Finds the modules of the project, and keeps what their lines bind to names."""

    def __init__(self, folder):
        self.folder = folder
        self.files = set()
        self.logs = {}
        self.asked = False

    def find_spec(self, name, path=None, target=None):
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is None or spec.origin is None or not pathlib.Path(spec.origin).is_relative_to(self.folder):
            return None
        if spec.origin.endswith(".py"):
            spec.loader = Loader(self, name, spec.origin)
        return spec

    def record(self, file, line, name, value):
        log = self.logs.setdefault(file, models.ValueLog())
        log.asked = self.asked
        log.record(line, name, value)

    def rows(self, file):
        return self.logs[file].rows() if file in self.logs else []


class Loader(importlib.machinery.SourceFileLoader):
    """Reads a file with a call of the log behind every statement that binds a name."""

    def __init__(self, log, name, path):
        super().__init__(name, path)
        self.log = log

    def get_code(self, name):
        tree = models.RecordAssignments().visit(models.ast.parse(pathlib.Path(self.path).read_text(encoding="utf-8")))
        return compile(models.ast.fix_missing_locations(tree), self.path, "exec")

    def exec_module(self, module):
        file = pathlib.Path(self.path)
        self.log.files.add(file)
        setattr(module, models.RecordAssignments.HOOK, lambda *row: self.log.record(file, *row))
        super().exec_module(module)


def dump(truth):
    """As record_models.py writes it, with the other files behind."""

    others = ",\n".join("    " + json.dumps(path) for path in truth["others"])
    head = models.dump(truth).rstrip().removesuffix("}").rstrip()
    return f'{head},\n  "roots": {json.dumps(truth["roots"])},\n  "others": [\n{others}\n  ] }}\n'


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    if sys.argv[1:2] == ["--only"]:
        record(json.loads(sys.argv[2]))
    else:
        main(sys.argv[1:])
