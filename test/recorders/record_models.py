"""Records what real PyTorch says of the models in test/models, for test/models/models.test.ts.

Every case of test/models/cases.json is built and called once in evaluation mode. What is recorded: parameter counts,
weights, the shape of every module's first output, floating point operations, and the shape of every tensor that a line
of the file assigns to a name. Run it from anywhere; see README.md beside this file.

    python test/recorders/record_models.py            record everything
    python test/recorders/record_models.py vit gpt    only the files whose names contain one of these words
"""

import ast
import contextlib
import dataclasses
import io
import json
import pathlib
import sys
import types
import warnings

import torch
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODELS = ROOT / "test" / "models"
TRUTH = MODELS / "truth"

# FlopCounterMode sees what a recurrent layer does on some back ends only, so its figure would not mean anything.
RECURRENT = (nn.RNNBase, nn.RNNCellBase)


def main(words):
    cases = json.loads((MODELS / "cases.json").read_text(encoding="utf-8"))
    TRUTH.mkdir(exist_ok=True)
    for file in sorted({case["file"] for case in cases}):
        if words and not any(word in file for word in words):
            continue
        truth = record_file(file, [case for case in cases if case["file"] == file])
        target = TRUTH / (pathlib.PurePath(file).stem + ".json")
        target.write_text(dump(truth), encoding="utf-8", newline="\n")
        layers = sum(len(t["layers"]) for t in truth["targets"])
        print(f"{file}: {len(truth['targets'])} targets, {layers} layers, {len(truth['values'])} values")


def record_file(file, cases):
    path = ROOT / file if "/" in file else MODELS / file
    source = path.read_text(encoding="utf-8")
    values = ValueLog()
    tree = ast.parse(source)
    code = compile(ast.fix_missing_locations(RecordAssignments().visit(tree)), path.name, "exec")
    torch.manual_seed(0)
    # Once as a script, for what its last lines print; once as a module, whose classes bear its name.
    if "__main__" in source:
        run_module(code, "__main__", values)
    module = run_module(code, path.stem, values)
    targets = []
    for case in cases:
        values.asked = "run" in case or asks_more(case, cases)
        if "run" in case:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(case["run"], module.__dict__)
        else:
            targets.append(record_target(case, module))
    return {"file": file, "torch": torch.__version__.split("+")[0], "targets": targets, "values": values.rows()}


def run_module(code, name, values):
    module = types.ModuleType(name)
    setattr(module, RecordAssignments.HOOK, values.record)
    # A dataclass looks its module up; the recorder itself stays `__main__`.
    if name != "__main__":
        sys.modules[name] = module
    with contextlib.redirect_stdout(io.StringIO()):
        exec(code, module.__dict__)
    return module


def needs_arguments(expr):
    """Whether a case says more than the file itself does: neither a name of it nor a call with all defaults."""
    tree = ast.parse(expr, mode="eval").body
    return not isinstance(tree, ast.Name) and bool(tree.args or tree.keywords)


def asks_more(case, cases):
    """Whether a case takes a way that the file alone does not tell of: its model or its inputs are not the file's own."""
    gives_options = any(
        other.get("expr") == case["expr"] and len(other["inputs"]) < len(case["inputs"]) for other in cases
    )
    untold = any(fact.startswith("input ") for fact in case.get("untold", ()))
    return gives_options or untold or needs_arguments(case["expr"])


def record_target(case, module):
    torch.manual_seed(0)
    with contextlib.redirect_stdout(io.StringIO()):
        model = eval(case["expr"], module.__dict__)
    model.eval()
    watch = CallWatch(model)
    flops = FlopCounterMode(display=False)
    # FlopCounterMode does not know the CPU's fused attention, but does the plain products that it stands for. Gradients
    # stay on: without them nn.TransformerEncoder takes a fused path that calls none of its layers.
    with flops, sdpa_kernel(SDPBackend.MATH):
        output = model(**{name: make_input(spec) for name, spec in case["inputs"].items()})
    watch.remove()
    recurrent = any(isinstance(m, RECURRENT) for m in model.modules())
    return {
        "target": case["target"],
        "expr": case["expr"],
        "inputs": {name: input_text(name, spec) for name, spec in case["inputs"].items()},
        "untold": sorted(case.get("untold", ())),
        "type": qualified_name(type(model), module),
        "params": count(model.parameters()),
        "trainable": count(p for p in model.parameters() if p.requires_grad),
        "buffers": count(model.buffers()),
        "flops": None if recurrent else flops.get_total_flops(),
        "output": shape_of(output),
        "layers": [
            {
                "name": name,
                "type": qualified_name(type(layer), module),
                "params": count(layer.parameters()),
                "own": count(layer.parameters(recurse=False)),
                "trainable": count(p for p in layer.parameters() if p.requires_grad),
                "weights": {key: list(p.shape) for key, p in layer.named_parameters(recurse=False)},
                "output": watch.first_output.get(layer),
                "calls": watch.calls.get(layer, 0),
            }
            for name, layer in model.named_modules()
            if layer is not model
        ],
    }


class CallWatch:
    """Notes, by forward hooks, how often each module is called and the shape of its first result."""

    def __init__(self, model):
        self.calls = {}
        self.first_output = {}
        self.handles = [m.register_forward_hook(self.note) for m in model.modules()]

    def note(self, module, args, output):
        self.calls[module] = self.calls.get(module, 0) + 1
        self.first_output.setdefault(module, shape_of(output))

    def remove(self):
        for handle in self.handles:
            handle.remove()


class RecordAssignments(ast.NodeTransformer):
    """Puts a call of the hook behind every statement that binds a plain name."""

    HOOK = "__record_value__"

    def visit_Assign(self, node):
        return [node, *self.calls(name for target in node.targets for name in plain_names(target))]

    def visit_AnnAssign(self, node):
        return [node, *self.calls(plain_names(node.target) if node.value else [])]

    def visit_AugAssign(self, node):
        return [node, *self.calls(plain_names(node.target))]

    def calls(self, names):
        return [
            ast.copy_location(
                ast.Expr(
                    ast.Call(
                        ast.Name(self.HOOK, ast.Load()),
                        [ast.Constant(name.lineno), ast.Constant(name.id), ast.Name(name.id, ast.Load())],
                        [],
                    )
                ),
                name,
            )
            for name in names
        ]


def plain_names(target):
    if isinstance(target, ast.Name):
        yield target
    elif isinstance(target, ast.Starred):
        yield from plain_names(target.value)
    elif isinstance(target, (ast.Tuple, ast.List)):
        for element in target.elts:
            yield from plain_names(element)


class ValueLog:
    """The tensors that lines bind to names, with their different shapes in the order of first appearance."""

    def __init__(self):
        self.seen = {}
        # Whether the running case asks for what a reader of the file alone could not know.
        self.asked = False

    def record(self, line, name, value):
        if not holds_tensors(value):
            return
        shape = shape_of(value)
        row = self.seen.setdefault((line, name), {"shapes": [], "dtypes": [], "asked": self.asked})
        row["asked"] = row["asked"] and self.asked
        dtype = dtype_of(value)
        if shape not in row["shapes"]:
            row["shapes"].append(shape)
        if dtype not in row["dtypes"]:
            row["dtypes"].append(dtype)

    def rows(self):
        return [{"line": line, "name": name, **row} for (line, name), row in sorted(self.seen.items())]


def holds_tensors(value):
    """Whether a value is a tensor or a nest of nothing but tensors."""
    if isinstance(value, (tuple, list)):
        return len(value) > 0 and all(holds_tensors(v) for v in value)
    if isinstance(value, dict):
        return len(value) > 0 and all(holds_tensors(v) for v in value.values())
    return isinstance(value, torch.Tensor)


def shape_of(value):
    """A tensor's shape; a list of shapes for a tuple or list, an object for a dict or dataclass, else null."""
    if isinstance(value, torch.Tensor):
        return list(value.shape)
    if isinstance(value, (tuple, list)):
        return [shape_of(v) for v in value]
    if isinstance(value, dict):
        return {str(key): shape_of(v) for key, v in value.items()}
    if dataclasses.is_dataclass(value):
        return {field.name: shape_of(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return None


def dtype_of(value):
    if isinstance(value, torch.Tensor):
        return str(value.dtype).removeprefix("torch.")
    members = value.values() if isinstance(value, dict) else value
    kinds = {dtype_of(v) for v in members}
    return kinds.pop() if len(kinds) == 1 else None


def count(tensors):
    """Elements, every tensor once: parameters() and buffers() leave out what they have already given."""
    return sum(t.numel() for t in tensors)


def qualified_name(cls, module):
    if getattr(nn, cls.__name__, None) is cls:
        return f"torch.nn.{cls.__name__}"
    return f"{cls.__module__}.{cls.__qualname__}"


def make_input(spec):
    dtype = getattr(torch, spec.get("dtype", "float32"))
    if dtype.is_floating_point:
        return torch.randn(spec["shape"], dtype=dtype)
    return torch.randint(0, spec["below"], spec["shape"]).to(dtype)


def input_text(name, spec):
    """The input as `paramlens summary --input` takes it."""
    sizes = ",".join(map(str, spec["shape"]))
    dtype = spec.get("dtype", "float32")
    return f"{name}=({sizes})" + ("" if dtype == "float32" else f":{dtype}")


def dump(truth):
    """JSON with one layer and one value a line."""

    def rows(items, indent):
        return ",\n".join(indent + json.dumps(item) for item in items)

    def target(t):
        head = {key: value for key, value in t.items() if key != "layers"}
        text = json.dumps(head)[1:-1]
        return f'    {{ {text}, "layers": [\n{rows(t["layers"], "      ")}\n    ] }}'

    targets = ",\n".join(target(t) for t in truth["targets"])
    return (
        f'{{ "file": {json.dumps(truth["file"])}, "torch": {json.dumps(truth["torch"])},\n'
        f'  "targets": [\n{targets}\n  ],\n'
        f'  "values": [\n{rows(truth["values"], "    ")}\n  ] }}\n'
    )


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    main(sys.argv[1:])
