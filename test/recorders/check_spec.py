"""Holds the annotated Python of test/spec/*.md against real PyTorch.

    python test/recorders/check_spec.py [FILE.md ...]

Every case is run. Behind each line stand then the modules that its calls built and the tensors that it assigned or
returned; the counts and shapes that the case expects of the line must be theirs. A case that expects an error must raise
one, on a line that expects it; a case that expects none must not. `<!-- run: EXPR -->` under a block is evaluated after
it, for models that the block itself does not call, and `<!-- sizes: H=9, c_in=4 -->` tells what symbols stand for where
that does not follow. What cannot be compared is listed as unchecked, never passed over in silence.
"""

import ast
import builtins
import importlib
import importlib.machinery
import re
import sys
import tempfile
import traceback
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import nn

EXPECTATION = re.compile(r"# (?:params|shape): |# (?:error|warning|information)\[")
SPLIT = re.compile(r"  (?=# (?:params|shape): |# (?:error|warning|information)\[)")
UNWRAPPED = {"super", "locals", "globals", "vars", "dir", "eval", "exec"}


@dataclass
class File:
    name: str
    code: str
    expected: dict[int, list[str]]  # by line, from 1


@dataclass
class Case:
    name: str
    files: list[File] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)


def read_cases(markdown: str) -> list[Case]:
    cases: list[Case] = []
    heading, block = "", None
    for line in markdown.split("\n"):
        if block is not None:
            if line.rstrip() == "```":
                if not cases or cases[-1].name != heading:
                    cases.append(Case(heading))
                cases[-1].files.append(read_file(block, len(cases[-1].files)))
                block = None
            else:
                block.append(line)
        elif match := re.match(r"#+\s+(.*)", line):
            heading = match[1]
        elif line.rstrip() == "```python":
            block = []
        elif match := re.match(r"<!-- run: (.*) -->", line):
            cases[-1].runs.append(match[1])
        elif match := re.match(r"<!-- sizes: (.*) -->", line):
            cases[-1].sizes.update((name.strip(), int(size)) for name, size in (each.split("=") for each in match[1].split(",")))
    return cases


def read_file(lines: list[str], index: int) -> File:
    named = re.match(r"# file: (\S+)$", lines[0] if lines else "")
    name = named[1] if named else "case.py" if index == 0 else f"case{index + 1}.py"
    code, expected = [], {}
    for number, line in enumerate(lines, 1):
        at = EXPECTATION.search(line)
        code.append(line[: at.start()].rstrip() if at else line)
        if at:
            expected[number] = [text.rstrip() for text in SPLIT.split(line[at.start() :])]
    return File(name, "\n".join(code) + "\n", expected)


# ── running ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Site:
    """A call in the source, the modules that it built, in order."""

    start: tuple[int, int]
    end: tuple[int, int]
    modules: list[nn.Module] = field(default_factory=list)


class Run:
    def __init__(self) -> None:
        self.sites: dict[tuple[str, int, int, int, int], Site] = {}
        # Calls of functions that gave a module.
        self.builders: dict[tuple[str, int, int, int, int], Site] = {}
        self.values: dict[tuple[str, int], list[str]] = {}
        self.outputs: dict[nn.Module, list[str]] = {}

    def call(self, key, function, *args, **kwargs):
        result = function(*args, **kwargs)
        if isinstance(result, nn.Module):
            is_new = isinstance(function, type)
            sites = self.sites if is_new else self.builders
            site = sites.setdefault(key, Site((key[1], key[2]), (key[3], key[4])))
            if result not in site.modules:
                site.modules.append(result)
            if is_new:
                self.outputs.setdefault(result, [])
        return result

    def value(self, file, line, value):
        self.values.setdefault((file, line), []).append(value)
        return value


def watch_calls(run: Run) -> None:
    """What a call gives is what all of its hooks leave of it."""

    def call(module, *args, **kwargs):
        output = MODULE_CALL(module, *args, **kwargs)
        if module in run.outputs:
            run.outputs[module].append(shape_text(output))
        return output

    nn.Module.__call__ = call


MODULE_CALL = nn.Module.__call__


class Instrument(ast.NodeTransformer):
    def __init__(self, file: str) -> None:
        self.file = file

    def visit_Call(self, node: ast.Call):
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in UNWRAPPED:
            return node
        key = (self.file, node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)
        call = ast.Attribute(ast.Name("__recorder__", ast.Load()), "call", ast.Load())
        wrapped = ast.Call(call, [ast.Constant(key), node.func, *node.args], node.keywords)
        return ast.copy_location(wrapped, node)

    def visit_Assign(self, node):
        return self.watch(node)

    def visit_Return(self, node):
        return self.watch(node) if node.value is not None else node

    def watch(self, node):
        line = node.end_lineno
        self.generic_visit(node)
        value = ast.Attribute(ast.Name("__recorder__", ast.Load()), "value", ast.Load())
        node.value = ast.copy_location(ast.Call(value, [ast.Constant(self.file), ast.Constant(line), node.value], []), node.value)
        return node


def shape_text(value) -> str | None:
    """As a hint writes it; None for what is no tensor."""
    if isinstance(value, torch.Tensor):
        sizes = tuple(value.shape)
        return f"({', '.join(map(str, sizes))}{',' if len(sizes) == 1 else ''})"
    if isinstance(value, (tuple, list)) and not isinstance(value, torch.Size):
        texts = [text for text in map(shape_text, value) if text is not None]
        return f"({', '.join(texts)}{',' if len(texts) == 1 else ''})" if texts else None
    return None


class WatchedFile(importlib.machinery.SourceFileLoader):
    """Imports a file of the case with its calls and values watched."""

    folder: Path

    def source_to_code(self, data, path, **_):
        tree = ast.parse(data)
        if Path(path).is_relative_to(self.folder):
            tree = Instrument(Path(path).relative_to(self.folder).as_posix()).visit(tree)
        return compile(ast.fix_missing_locations(tree), path, "exec")

    def get_code(self, fullname):
        return self.source_to_code(self.get_data(self.path), self.path)


def module_name(file: str) -> str:
    parts = Path(file).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def run_case(case: Case, folder: Path) -> tuple[Run, BaseException | None]:
    run = Run()
    watch_calls(run)
    for file in case.files:
        (folder / file.name).parent.mkdir(parents=True, exist_ok=True)
        (folder / file.name).write_text(file.code)
    WatchedFile.folder = folder
    hook = importlib.machinery.FileFinder.path_hook((WatchedFile, [".py"]))
    before = set(sys.modules)
    sys.path.insert(0, str(folder))
    sys.path_hooks.insert(0, hook)
    builtins.__recorder__ = run
    try:
        importlib.invalidate_caches()
        sys.path_importer_cache.clear()
        for file in case.files:
            module = importlib.import_module(module_name(file.name))
        for expression in case.runs:
            eval(expression, {**vars(module), "torch": torch, "nn": nn})
        return run, None
    except Exception as error:
        return run, error
    finally:
        sys.path.pop(0)
        sys.path_hooks.remove(hook)
        sys.path_importer_cache.clear()
        for name in set(sys.modules) - before:
            if (getattr(sys.modules[name], "__file__", None) or str(folder)).startswith(str(folder)):
                del sys.modules[name]


def stand_in(name: str, **members) -> None:
    """A package that need not be installed: of the tools that run a model, only that they do is of interest here."""
    module = type(sys)(name)
    module.__dict__.update(members)
    sys.modules[name] = module
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], child, module)


class Annotation:
    def __class_getitem__(cls, _):
        return cls


def with_input(model, inputs):
    model.eval()(*inputs) if isinstance(inputs, (tuple, list)) else model.eval()(inputs)


def with_sizes(model, input_size=None, input_data=None, dtypes=(torch.float32,)):
    sizes = [input_size] if isinstance(input_size, tuple) else input_size
    with_input(model, input_data if sizes is None else [torch.zeros(s, dtype=d) for s, d in zip(sizes, dtypes)])


def profiled(model, inputs):
    with_input(model, inputs)
    return 0, 0


stand_in("jaxtyping", **dict.fromkeys(["Float", "Bool", "Int", "Int64"], Annotation))
stand_in("torchsummary", summary=lambda model, size: with_input(model, torch.zeros(7, *size)))
stand_in("torchinfo", summary=with_sizes)
stand_in("thop", profile=profiled)
stand_in("fvcore")
stand_in("fvcore.nn", FlopCountAnalysis=with_input)
torch.onnx.export = lambda model, args, *_, **__: with_input(model, args)


# ── comparing ────────────────────────────────────────────────────────────────────────────────────────────────────────


def outermost(run: Run, file: str, line: int) -> list[Site]:
    """The calls that end on the line and lie in no other that does."""
    ending = [[s for key, s in sites.items() if key[0] == file and s.end[0] == line] for sites in (run.sites, run.builders)]
    # A line that builds nothing itself has what the functions give that it calls.
    here = ending[0] or ending[1]
    return sorted(
        (s for s in here if not any(o is not s and o.start <= s.start and s.end <= o.end for o in here)),
        key=lambda site: site.start,
    )


def count(module: nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())


def counts_text(sites: list[Site]) -> str | None:
    texts = []
    for site in sites:
        counts = sorted(count(module) for module in site.modules)
        times = f" ×{len(counts)}" if len(counts) > 1 else ""
        low, high = counts[0], counts[-1]
        if high > 0:
            texts.append((f"{low:,}" if low == high else f"{low:,} … {high:,}") + times)
    return " + ".join(texts) if texts else None


def fits(expected: str, actual: str | None, sizes: dict[str, int]) -> bool:
    """Whether the shapes agree; a symbol is the size that it first stood for, and arithmetic is computed."""
    return actual is not None and agree(tree_of(expected), tree_of(actual), sizes)


def agree(expected, actual, sizes: dict[str, int]) -> bool:
    if isinstance(expected, list) or isinstance(actual, list):
        if not isinstance(expected, list) or not isinstance(actual, list) or len(expected) != len(actual):
            return False
        return all(agree(one, other, sizes) for one, other in zip(expected, actual))
    if expected == actual or "?" in expected:
        return True
    if NAME.fullmatch(expected):
        return sizes.setdefault(expected, int(actual)) == int(actual)
    return is_size(expected, int(actual), sizes)


NAME = re.compile(r"[A-Za-z_][\w.]*")


def tree_of(text: str):
    """`((N, 4), (N, 8))` as nested lists of sizes."""
    text = text.strip()
    if not (text.startswith("(") and closing(text) == len(text) - 1):
        return text
    return [tree_of(part) for part in split_outside(text[1:-1]) if part.strip()]


def closing(text: str) -> int:
    depth = 0
    for at, character in enumerate(text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            return at
    return -1


def split_outside(text: str) -> list[str]:
    parts, depth = [""], 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def is_size(expression: str, size: int, sizes: dict[str, int]) -> bool:
    expression = expression.replace("·", "*").replace("²", "**2").replace("³", "**3")
    expression = NAME.sub(lambda name: name[0].replace(".", "_"), expression)
    try:
        return eval(expression, {"__builtins__": {}}, {name.replace(".", "_"): each for name, each in sizes.items()}) == size
    except NameError:
        return False


def check(case: Case) -> tuple[int, list[str], list[str]]:
    """How many expectations hold, which do not, and which cannot be compared."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            for file in case.files:
                ast.parse(file.code)
        except SyntaxError:
            return check_parts(case)
        if "does not end" in case.name:
            return 0, [], [f"{case.name}: not run"]
        run, error = run_case(case, Path(folder))
    held, wrong, unchecked = 0, [], []
    sizes = dict(case.sizes)

    ignored = {
        (file.name, number)
        for file in case.files
        for number, line in enumerate(file.code.split("\n"), 1)
        if "# paramlens: ignore" in line
    }
    errors = {
        (file.name, line)
        for file in case.files
        for line, texts in file.expected.items()
        if any(text.startswith("# error[") and "bad-directive" not in text for text in texts)
    }
    if error is not None:
        lines = {(relative(frame.filename, folder), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)}
        if (errors | ignored) & lines or errors & calls_of_built(run, error):
            held += 1
        elif not isinstance(error, ModuleNotFoundError):
            wrong.append(f"{case.name}: PyTorch raises {type(error).__name__}: {error}")
    elif errors:
        wrong.append(f"{case.name}: PyTorch raises nothing")

    for file in case.files:
        for line, texts in sorted(file.expected.items()):
            for text in texts:
                place = f"{case.name}: {file.name}:{line}: {text}"
                verdict, found = judge(text, run, file.name, line, sizes)
                if verdict is None:
                    if not re.match(r"# (error|warning)\[", text):
                        unchecked.append(place)
                elif verdict:
                    held += 1
                else:
                    wrong.append(f"{place}\n    PyTorch: {found}")
    return held, wrong, unchecked


def judge(text: str, run: Run, file: str, line: int, sizes: dict[str, int]) -> tuple[bool | None, object]:
    match = re.match(r"# (params|shape): (.*?)(?: → (.*))?$", text)
    if match is None:
        return None, None
    kind, said, output = match.groups()
    sites = outermost(run, file, line)
    if kind == "shape":
        values = [value for value in (run.values.get((file, line)) or [])]
        texts = [text for text in map(shape_text, values) if text is not None]
        if sites and not texts:
            texts = [text for module in sites[-1].modules for text in run.outputs.get(module, []) if text]
        # Several targets of one statement are told one after the other.
        texts = [flat(text) for text in texts]
        if not texts:
            return None, None
        if several := re.fullmatch(r"(.*) … (.*) ×(\d+)", said):
            first, last, times = several.groups()
            ends = fits(flat(first), texts[0], sizes) and fits(flat(last), texts[-1], sizes)
            return ends and len(texts) == int(times), texts
        return any(fits(flat(said), each, sizes) for each in texts), texts
    if not sites:
        return None, None
    counted = counts_text(sites)
    if not re.fullmatch(r"[\d,×…+ ]+", said):
        numbers = {count(module) for site in sites for module in site.modules}
        # What ParamLens does not know has no name either.
        if "?" not in said and not any(is_size(said.replace(" ", ""), number, sizes) for number in numbers):
            return False, sorted(numbers)
    # A loop of an unknown number of rounds is shown without that number.
    elif said not in (counted, re.sub(r" ×\d+", "", counted or "")):
        return False, counted
    if output is None:
        return True, None
    outputs = [text for module in sites[-1].modules for text in run.outputs.get(module, [])]
    if not outputs:
        return None, None
    return all(fits(output, each, sizes) for each in outputs), outputs


def relative(file: str, folder: str) -> str:
    return file.removeprefix(f"{folder}/")


def flat(text: str) -> str:
    """The shapes in nested ones, one behind the other."""
    return "(" + ", ".join(leaves(text if closing(text) == len(text) - 1 else f"({text})")) + ")"


def leaves(text: str) -> list[str]:
    tree = tree_of(text)
    parts = [part.strip() for part in split_outside(text[1:-1]) if part.strip()]
    return [leaf for part in parts for leaf in leaves(part)] if any(isinstance(each, list) for each in tree) else [text]


def calls_of_built(run: Run, error: BaseException) -> set[tuple[str, int]]:
    """Where the modules were built whose forward raised."""
    frames, failed = [], set()
    step = error.__traceback__
    while step is not None:
        frames.append(step.tb_frame)
        step = step.tb_next
    for frame in frames:
        module = frame.f_locals.get("self")
        for key, site in run.sites.items():
            if any(module is built for built in site.modules):
                failed.add((key[0], site.end[0]))
    return failed


def check_parts(case: Case) -> tuple[int, list[str], list[str]]:
    """A file that is no Python: its lines that are, each on its own."""
    held, wrong, unchecked = 0, [], []
    for file in case.files:
        for line, texts in sorted(file.expected.items()):
            source = file.code.split("\n")[line - 1]
            alone = File(file.name, f"from torch import nn\n{source}\n", {2: texts})
            some = check(Case(case.name, [alone]))
            held, wrong, unchecked = held + some[0], wrong + some[1], unchecked + some[2]
    return held, wrong, unchecked


def main() -> int:
    here = Path(__file__).resolve().parent.parent / "spec"
    files = [Path(name) for name in sys.argv[1:]] or sorted(p for p in here.glob("*.md") if p.name != "README.md")
    totals = [0, 0, 0]
    for path in files:
        for case in read_cases(path.read_text(encoding="utf-8")):
            held, wrong, unchecked = check(case)
            for total, more in enumerate((held, len(wrong), len(unchecked))):
                totals[total] += more
            for line in wrong:
                print(f"wrong      {path.name}: {line}")
            for line in unchecked:
                print(f"unchecked  {path.name}: {line}")
    print(f"{totals[0]} hold, {totals[1]} wrong, {totals[2]} unchecked")
    return 1 if totals[1] else 0


if __name__ == "__main__":
    torch.manual_seed(0)
    sys.exit(main())
