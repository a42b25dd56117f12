/**
 * Registries of installed libraries, which fill themselves as the whole library is imported. It is read only as far as
 * somebody asks: what is found is certain, what is not found is not known.
 */
import { beforeAll, expect, test } from "vitest";
import { environmentOf } from "../../../server/src/environment/index.ts";
import { readParserAssets } from "../../../server/src/node/assets.ts";
import { reportOf } from "../../../server/src/report/index.ts";
import { PythonParser } from "../../../server/src/syntax/parser.ts";
import type { Analysis } from "../../../server/src/workspace/analysis.ts";
import { Program } from "../../../server/src/workspace/program.ts";
import { machineWith, type Tree } from "../environment/machine.ts";

let parser: PythonParser;
beforeAll(async () => {
  parser = await PythonParser.create(readParserAssets());
});

const site = "/w/.venv/lib/python3.11/site-packages";

/** A library of models: a decorator enters builders by name, and adds them to `__all__` of their module. */
const library: Tree = {
  "/w/.venv/pyvenv.cfg": "version = 3.11.1\n",
  [`${site}/torch/__init__.py`]: "",
  [`${site}/nets/__init__.py`]: "from .models import *\nfrom .registry import build, builders, tags\n",
  [`${site}/nets/registry.py`]: `import sys
builders = {}
tags = []

def register(fn):
    module = sys.modules[fn.__module__]
    module.__all__.append(fn.__name__)
    builders[fn.__name__] = fn
    tags.append(fn.__name__)
    return fn

def build(name, **options):
    if name not in builders:
        raise RuntimeError(f"unknown model {name}")
    return builders[name](**options)
`,
  [`${site}/nets/models/__init__.py`]: "from .small import *\nfrom .large import *\n",
  [`${site}/nets/models/small.py`]: `from torch import nn
from ..registry import register
__all__ = ["Small"]

class Small(nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self.fc = nn.Linear(width, 2)

@register
def tiny(width=4):
    return Small(width)

@register
def small(width=8):
    return Small(width)
`,
  [`${site}/nets/models/large.py`]: `from torch import nn
from ..registry import register
__all__ = []

@register
def large():
    return nn.Linear(1000, 1000)
`,
};

async function analyze(main: string): Promise<Analysis> {
  const machine = machineWith({ ...library, "/w/main.py": main });
  const environment = environmentOf({ folder: "/w", python: "", extraPaths: [] }, machine);
  const options = { roots: ["/w"], libraries: [], environment, inputShapes: {}, batchSymbol: "N" };
  const analysis = await new Program(parser, machine.files, options).analyze("/w/main.py");
  if (analysis === null) throw new Error("given up");
  return analysis;
}

async function labels(main: string): Promise<string[]> {
  return reportOf(await analyze(main)).hints.map(({ label }) => label);
}

test("a model is built by its registered name", async () => {
  expect(await labels("import nets\na = nets.build('small')\n")).toEqual(["# params: 18"]);
  expect(await labels("from nets import build\na = build('tiny', width=2)\n")).toEqual(["# params: 6"]);
  expect(await labels("import nets\na = nets.build('large')\n")).toEqual(["# params: 1,001,000 → (N, 1000)"]);
});

test("a builder that its decorator exports is found through star imports", async () => {
  expect(await labels("from nets.models import small\na = small()\n")).toEqual(["# params: 18"]);
  expect(await labels("import nets\na = nets.tiny()\n")).toEqual(["# params: 10"]);
});

test("what is not found may be entered by what was not read", async () => {
  const { unknowns } = await analyze("import nets\na = nets.build('mystery')\n");
  expect(unknowns.get("a")).toContain("what nets.registry collects was read only as far as it was asked for");
});

test("how much there is in it is not known", async () => {
  const main = "from torch import nn\nimport nets\nnets.build('small')\nfc = nn.Linear(len(nets.tags), 1)\n";
  const label = (await labels(main)).at(-1);
  expect(label).toMatch(/^# params: len\(…\) \+ 1/);
  const counted = "from torch import nn\nimport nets\nnets.build('small')\nfc = nn.Linear(len(nets.builders), 1)\n";
  expect((await labels(counted)).at(-1)).toMatch(/^# params: len\(…\) \+ 1/);
});
