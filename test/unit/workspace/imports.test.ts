/**
 * Imports that are hard to follow, in folders that exist nowhere: what is missing, shadowed, broken, cyclic or huge has a
 * reason, and everything else its hints.
 */
import { beforeAll, describe, expect, test } from "vitest";
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
/** An environment in which PyTorch is installed: what is not there is missing for sure. */
const environment: Tree = { "/w/.venv/pyvenv.cfg": "version = 3.11.1\n", [`${site}/torch/__init__.py`]: "" };

function programFor(tree: Tree, roots = ["/w"]): Program {
  const machine = machineWith(tree);
  return new Program(parser, machine.files, {
    roots,
    libraries: [],
    environment: environmentOf({ folder: roots[0] ?? "/", python: "", extraPaths: [] }, machine),
    inputShapes: {},
    batchSymbol: "N",
  });
}

async function analyze(tree: Tree, file = "/w/main.py", roots?: string[]): Promise<Analysis> {
  const analysis = await programFor(tree, roots).analyze(file);
  if (analysis === null) throw new Error("given up");
  return analysis;
}

function labels(analysis: Analysis): string[] {
  const { lines } = analysis;
  return reportOf(analysis).hints.map(({ offset, label }) => `${lines.positionAt(offset).line + 1}: ${label}`);
}

const layer = "from torch import nn\nfc = nn.Linear(4, 4)\n";
const itsLabel = "2: # params: 20 → (N, 4)";

describe("a package that is missing", () => {
  const main = `${layer}from timm.models import create_model\nnet = create_model("resnet50")\n`;

  test("is a reason that names the environment", async () => {
    const analysis = await analyze({ ...environment, "/w/main.py": main });
    expect(analysis.unknowns.get("net")).toBe(
      "the module timm was not found: /w/.venv (Python 3.11) does not have its source",
    );
    expect(labels(analysis)).toEqual([itsLabel]);
  });

  test("is a reason where no environment is known", async () => {
    const analysis = await analyze({ "/w/main.py": main });
    expect(analysis.unknowns.get("net")).toBe("the module timm was not found: no Python environment is known");
  });

  test("is missing for sure where PyTorch is installed: its `except` runs", async () => {
    const fallback =
      "from torch import nn\ntry:\n    import timm\n    width = 1\nexcept ImportError:\n    width = 2\nfc = nn.Linear(width, 1)\n";
    const certain = await analyze({ ...environment, "/w/main.py": fallback });
    expect(labels(certain)).toEqual(["7: # params: 3 → (N, 1)"]);
    const unsure = await analyze({ "/w/main.py": fallback });
    expect(labels(unsure)).toEqual(["7: # params: ? + 1 → (N, 1)"]);
    const there = await analyze({ ...environment, [`${site}/timm.py`]: "", "/w/main.py": fallback });
    expect(labels(there)).toEqual(["7: # params: 2 → (N, 1)"]);
  });
});

test("a compiled module stands before the folder of its stubs", async () => {
  const nets = `from torch import nn
import fast._C
from fast._C import warm_up


def build(width):
    fast._C.warm_up("build")
    warm_up("build")
    return nn.Linear(width, width)
`;
  const analysis = await analyze({
    ...environment,
    [`${site}/fast/__init__.py`]: "",
    [`${site}/fast/_C/__init__.pyi`]: "",
    [`${site}/fast/_C.cpython-311-x86_64-linux-gnu.so`]: "",
    [`${site}/nets.py`]: nets,
    "/w/main.py": "from nets import build\nfc = build(4)\nfrom fast._C import version\n",
  });
  expect(labels(analysis)).toEqual(["2: # params: 20 → (N, 4)"]);
  expect(analysis.unknowns.get("version")).toMatch(/is compiled/);
});

test("what is compiled or belongs to Python itself is not missing for sure", async () => {
  const main = (name: string) =>
    `from torch import nn\ntry:\n    import ${name}\n    width = 1\nexcept ImportError:\n    width = 2\nfc = nn.Linear(width, 1)\n`;
  const tree = {
    ...environment,
    [`${site}/fast.cpython-311-x86_64-linux-gnu.so`]: "",
    [`${site}/nets/__init__.py`]: "",
    [`${site}/nets/_ops.abi3.so`]: "",
    [`${site}/open/__init__.py`]: "__path__.append('/elsewhere')\n",
  };
  for (const name of ["fast", "nets._ops", "open.part", "zoneinfo", "curses"]) {
    const [label = ""] = labels(await analyze({ ...tree, "/w/main.py": main(name) }));
    expect(label).toBe("7: # params: ? + 1 → (N, 1)");
  }
  expect(labels(await analyze({ ...tree, "/w/main.py": main("nets.other") }))).toEqual(["7: # params: 3 → (N, 1)"]);
});

test("a package is asked for before it is imported", async () => {
  const main =
    'from importlib.util import find_spec\nfrom torch import nn\nwidth = 1 if find_spec("timm") is None else 2\nfc = nn.Linear(width, 1)\n';
  expect(labels(await analyze({ ...environment, "/w/main.py": main }))).toEqual(["4: # params: 2 → (N, 1)"]);
  const there = { ...environment, [`${site}/timm/__init__.py`]: "", "/w/main.py": main };
  expect(labels(await analyze(there))).toEqual(["4: # params: 3 → (N, 1)"]);
  const [unsure = ""] = labels(await analyze({ "/w/main.py": main }));
  expect(unsure).not.toMatch(/params: \d/);
});

test("a module that puts something else in its place is not known", async () => {
  const nets = "import sys\nclass Lazy:\n    pass\nwidth = 3\nsys.modules[__name__] = Lazy()\n";
  const analysis = await analyze({ "/w/nets.py": nets, "/w/main.py": `${layer}from nets import width\n` });
  expect(analysis.unknowns.get("width")).toBe("the module nets puts something else in its place");
  expect(labels(analysis)).toEqual([itsLabel]);
});

describe("where imports are searched", () => {
  const main = "from torch import nn\nfrom nets import width\nfc = nn.Linear(width, 1)\n";
  const label = (width: number) => [`3: # params: ${width + 1} → (N, 1)`];

  test("beside the file, in the roots, in src, on the extra paths, among packages, in this order", async () => {
    const tree: Record<string, string> = { ...environment, "/w/scripts/main.py": main };
    const run = async () => labels(await analyze(tree, "/w/scripts/main.py"));
    tree["/w/pyrightconfig.json"] = '{ "extraPaths": ["vendor"] }';
    tree[`${site}/nets.py`] = "width = 5";
    expect(await run()).toEqual(label(5));
    tree["/w/vendor/nets.py"] = "width = 4";
    expect(await run()).toEqual(label(4));
    tree["/w/src/nets/__init__.py"] = "width = 3";
    expect(await run()).toEqual(label(3));
    tree["/w/nets.py"] = "width = 2";
    expect(await run()).toEqual(label(2));
    tree["/w/scripts/nets.py"] = "width = 1";
    expect(await run()).toEqual(label(1));
  });

  test("the src folder of the project around the file, in a workspace of several", async () => {
    const tree = {
      "/w/packages/a/pyproject.toml": "",
      "/w/packages/a/src/nets/__init__.py": "width = 1",
      "/w/packages/a/tests/main.py": main,
      "/w/packages/b/src/nets/__init__.py": "width = 2",
      "/w/packages/b/setup.py": "",
    };
    expect(labels(await analyze(tree, "/w/packages/a/tests/main.py"))).toEqual(label(1));
  });

  test("editable installs, by folder and by name", async () => {
    const byFolder = {
      ...environment,
      [`${site}/nets.pth`]: "/elsewhere/src\n",
      "/elsewhere/src/nets.py": "width = 7",
    };
    expect(labels(await analyze({ ...byFolder, "/w/main.py": main }))).toEqual(label(7));
    const byName = {
      ...environment,
      [`${site}/__editable__.nets.pth`]: "import __editable___nets_finder; __editable___nets_finder.install()",
      [`${site}/__editable___nets_finder.py`]: "MAPPING = {'nets': '/elsewhere/nets'}",
      "/elsewhere/nets/__init__.py": "from .size import width",
      "/elsewhere/nets/size.py": "width = 8",
    };
    expect(labels(await analyze({ ...byName, "/w/main.py": main }))).toEqual(label(8));
  });

  test("a folder that is a package itself and was opened as the workspace", async () => {
    const tree = { "/p/nets/__init__.py": "width = 6", "/p/nets/main.py": main, "/p/secret.py": "" };
    expect(labels(await analyze(tree, "/p/nets/main.py", ["/p/nets"]))).toEqual(label(6));
    const outside = { ...tree, "/p/nets/main.py": `${main}import secret\n` };
    expect((await analyze(outside, "/p/nets/main.py", ["/p/nets"])).unknowns.get("secret")).toMatch(/not found/);
  });

  test("stubs are no modules", async () => {
    const tree = {
      ...environment,
      [`${site}/nets-stubs/__init__.pyi`]: "",
      [`${site}/nets/__init__.pyi`]: "width: int",
    };
    expect((await analyze({ ...tree, "/w/main.py": main })).unknowns.get("width")).toMatch(/nets/);
  });

  test("a submodule in its package alone", async () => {
    const tree = {
      ...environment,
      "/w/nets/__init__.py": "",
      [`${site}/nets/__init__.py`]: "",
      [`${site}/nets/size.py`]: "width = 3",
      "/w/main.py": "from nets.size import width\n",
    };
    expect((await analyze(tree)).unknowns.get("width")).toBe(
      "the module nets.size was not found: nets is /w/nets/__init__.py",
    );
  });
});

describe("a file that shadows a library", () => {
  test("torch.py: Python would import it, too", async () => {
    const tree = {
      ...environment,
      "/w/torch.py": "tensor = 3\n",
      "/w/main.py": `${layer}import torch\nx = torch.tensor\n`,
    };
    const analysis = await analyze(tree);
    expect(analysis.unknowns.get("nn")).toBe(
      "it raises ImportError: cannot import name 'nn' from 'torch' (/w/torch.py)",
    );
    expect(analysis.bindings.get("x")).toBe("int");
    expect(labels(analysis)).toEqual([]);
  });

  test("not where it lies in another folder, or in a package", async () => {
    const tree = { ...environment, "/w/vendor/torch.py": "", "/w/nets/__init__.py": "", "/w/nets/torch.py": "" };
    expect(labels(await analyze({ ...tree, "/w/nets/main.py": layer }, "/w/nets/main.py"))).toEqual([itsLabel]);
  });

  test("the source of PyTorch itself is PyTorch", async () => {
    const tree = { "/w/torch/__init__.py": "", "/w/torch/nn/__init__.py": "", "/w/main.py": layer };
    expect(labels(await analyze(tree))).toEqual([itsLabel]);
  });

  test("a module of the standard library, unless Python has it before any file runs", async () => {
    const tree = { "/w/enum.py": "width = 9\n", "/w/sys.py": "width = 1\n" };
    const main =
      "from torch import nn\nfrom enum import width\nimport sys\nfc = nn.Linear(width, len(sys.version_info))\n";
    expect((await analyze({ ...tree, "/w/main.py": main })).unknowns.get("width")).toBeUndefined();
  });
});

describe("cycles", () => {
  test("of imports", async () => {
    const tree = {
      "/w/a.py":
        "from torch import nn\nimport b\nwidth = 3\nclass A(nn.Linear):\n    def __init__(self):\n        super().__init__(width, b.height)\n",
      "/w/b.py": "import a\nfrom a import A\nheight = 2\n",
      "/w/main.py": "from a import A\nimport b\nnet = A()\n",
    };
    const analysis = await analyze(tree);
    expect(labels(analysis)).toEqual(["3: # params: 8"]);
    const inner = await analyze({ ...tree, "/w/main.py": "import b\nx = b.A\n" });
    expect(inner.unknowns.get("x")).toBeUndefined();
    expect((await analyze(tree, "/w/b.py")).unknowns.size).toBe(0);
  });

  test("of a file with itself, of star imports, and of packages that are read by name", async () => {
    expect(labels(await analyze({ "/w/main.py": `import main\nfrom main import *\n${layer}` }))).toEqual([
      itsLabel.replace("2:", "4:"),
    ]);
    const stars = {
      [`${site}/one.py`]: "from two import *\n",
      [`${site}/two.py`]: "from one import *\n",
      ...environment,
    };
    const analysis = await analyze({ ...stars, "/w/main.py": `${layer}from one import nothing\n` });
    expect(analysis.unknowns.get("nothing")).toMatch(/cannot import name 'nothing'/);
    expect(labels(analysis)).toEqual([itsLabel]);
  });

  test("of inheritance", async () => {
    for (const folder of ["/w", site]) {
      const tree = {
        ...environment,
        [`${folder}/one.py`]: "from two import Two\nclass One(Two): pass\n",
        [`${folder}/two.py`]: "from one import One\nclass Two(One): pass\n",
        "/w/main.py": `${layer}from one import One\nsize = One().size\nclass Own(Own): pass\n`,
      };
      const analysis = await analyze(tree);
      expect(analysis.unknowns.get("size")).toMatch(folder === "/w" ? /circular import/ : /cannot import name/);
      expect(labels(analysis)).toEqual([itsLabel]);
    }
  });

  test("of symbolic links", async () => {
    const tree = {
      "/w/nets/__init__.py": "width = 3",
      "/w/nets/again": "-> /w/nets",
      "/w/self": "-> /w/self",
      "/w/main.py": `${layer}import nets.again.again.again as nets\nimport self\nfc2 = nn.Linear(nets.width, 1)\n`,
    };
    const analysis = await analyze(tree);
    expect(labels(analysis)).toEqual([itsLabel, "5: # params: 4 → (N, 1)"]);
    expect(analysis.unknowns.get("self")).toMatch(/not found/);
  });
});

describe("files that cannot be read as they are", () => {
  const main =
    "from torch import nn\nfrom nets import width, height\nfc = nn.Linear(width, 1)\nfc2 = nn.Linear(4, 4)\n";

  test("a syntax error in an imported file: what can be read is", async () => {
    const nets = "width = 3\nheight = (((\nclass\n";
    const analysis = await analyze({ "/w/nets.py": nets, "/w/main.py": main });
    expect(labels(analysis)).toEqual(["3: # params: 4 → (N, 1)", "4: # params: 20 → (N, 4)"]);
    expect(analysis.unknowns.get("height")).toBe("/w/nets.py has a syntax error");
  });

  test("a file that vanishes while it is read", async () => {
    const machine = machineWith({ "/w/nets.py": "width = 3", "/w/main.py": main });
    const files = {
      ...machine.files,
      read: (path: string) => (path === "/w/nets.py" ? null : machine.files.read(path)),
    };
    const program = new Program(parser, files, { roots: ["/w"], libraries: [], inputShapes: {}, batchSymbol: "N" });
    const analysis = await program.analyze("/w/main.py");
    expect(analysis?.unknowns.get("width")).toBe("the module nets cannot be read: /w/nets.py");
    expect(analysis && labels(analysis)).toContain("4: # params: 20 → (N, 4)");
  });

  test("a module of 50,000 lines is read, one of a million is not, and neither takes long", {
    timeout: 60_000,
  }, async () => {
    const block =
      "class Net%(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(3, 3)\n\n";
    const lines = (count: number) => Array.from({ length: count / 5 }, (_, i) => block.replace("%", `${i}`)).join("");
    const nets = `from torch import nn\nwidth, height = 3, 4\n${lines(50_000)}`;
    const start = performance.now();
    const analysis = await analyze({ ...environment, [`${site}/nets.py`]: nets, "/w/main.py": main });
    expect(labels(analysis)).toEqual(["3: # params: 4 → (N, 1)", "4: # params: 20 → (N, 4)"]);
    expect(performance.now() - start).toBeLessThan(40_000);
    const huge = await analyze({ "/w/nets.py": `${"# filler\n".repeat(1_000_000)}width = 3`, "/w/main.py": main });
    expect(huge.unknowns.get("width")).toBe("the module nets is too large to be read: /w/nets.py");
    expect(labels(huge)).toContain("4: # params: 20 → (N, 4)");
  });
});

describe("what was found stays found", () => {
  const main = "from torch import nn\nfrom nets import width\nfc = nn.Linear(width, 1)\n";

  test("until a file comes, changes or goes", async () => {
    const tree: Record<string, string> = { "/w/main.py": main };
    const machine = { ...machineWith({}) };
    const files = {
      read: (path: string) => tree[path] ?? null,
      kind: (path: string) =>
        path in tree ? ("file" as const) : path === "/w" ? ("directory" as const) : machine.files.kind(path),
    };
    const program = new Program(parser, files, { roots: ["/w"], libraries: [], inputShapes: {}, batchSymbol: "N" });
    const run = async () => {
      const analysis = await program.analyze("/w/main.py");
      return analysis && labels(analysis);
    };
    expect(await run()).toEqual(["3: # params: width + 1 → (N, 1)"]);
    expect(program.isCurrent("/w/main.py")).toBe(true);
    tree["/w/nets.py"] = "width = 5";
    program.invalidate("/w/nets.py");
    expect(program.isCurrent("/w/main.py")).toBe(false);
    expect(await run()).toEqual(["3: # params: 6 → (N, 1)"]);
    program.setDocument("/w/nets.py", "width = 6");
    expect(await run()).toEqual(["3: # params: 7 → (N, 1)"]);
    program.setDocument("/w/other.py", "width = 8");
    expect(program.isCurrent("/w/main.py")).toBe(true);
    program.closeDocument("/w/nets.py");
    expect(await run()).toEqual(["3: # params: 6 → (N, 1)"]);
  });
});

describe("star imports", () => {
  const nets = {
    [`${site}/nets/__init__.py`]: "from .small import *\nfrom .large import *\n",
    [`${site}/nets/small.py`]: "from torch import nn\n\n\ndef small():\n    return nn.Linear(4, 4)\n",
    [`${site}/nets/large.py`]: `from torch import nn\n${"x = [1, 2, 3]\n".repeat(20_000)}\n\ndef len(n):\n    return 8\n`,
  };

  test("of a library bring what they are asked for", async () => {
    const main = "from nets import *\nfc = small()\nother = nn.Linear(len([1]), 1)\nmissing = nothing\n";
    const analysis = await analyze({ ...environment, ...nets, "/w/main.py": main });
    expect(labels(analysis)).toEqual(["2: # params: 20 → (N, 4)", "3: # params: 9 → (N, 1)"]);
    expect(analysis.unknowns.get("missing")).toBe("it raises NameError: name 'nothing' is not defined");
  });

  test("leave open what a part may bring that is not read yet", async () => {
    const main =
      "from torch import nn\ntry:\n    from nets import *\n    from nets import large\n    width = huge\nexcept (ImportError, NameError):\n    width = 2\nfc = nn.Linear(width, 1)\nrest = small()\n";
    const program = programFor({ ...environment, ...nets, "/w/main.py": main });
    const first = await program.analyze("/w/main.py", undefined, 20);
    expect(first?.pending).toEqual([{ path: `${site}/nets/large.py`, isLibrary: true }]);
    expect(first && labels(first)).toEqual(["8: # params: ? + 1 → (N, 1)", "9: # params: 20 → (N, 4)"]);
    await program.readAhead(first?.pending ?? [], { cancelled: false }, () => undefined);
    const second = await program.analyze("/w/main.py", undefined, 0);
    expect(second?.pending).toEqual([]);
    expect(second && labels(second)).toEqual(["8: # params: 3 → (N, 1)", "9: # params: 20 → (N, 4)"]);
  });

  test("of a module that is not known leave every other name open", async () => {
    const own = { "/w/names.py": "from somewhere import *\nwidth = 3\n" };
    const main =
      "from torch import nn\nfrom names import width, height\nimport names\nfc = nn.Linear(width, 1)\nfc2 = nn.Linear(2, height)\nfc3 = nn.Linear(2, names.depth)\n";
    const analysis = await analyze({ ...own, "/w/main.py": main });
    expect(labels(analysis)).toEqual([
      "4: # params: 4 → (N, 1)",
      "5: # params: 3·height → (N, height)",
      "6: # params: 3·depth → (N, depth)",
    ]);
  });
});

describe("reading ahead", () => {
  const main = "from torch import nn\nfrom nets import width\nfc = nn.Linear(width, 1)\nfc2 = nn.Linear(4, 4)\n";
  const long = `width = 3\n${"x = [1, 2, 3]\n".repeat(3_000)}`;

  test("what takes long is left out at first, and there when it was read", async () => {
    const program = programFor({ "/w/nets.py": long, "/w/main.py": main });
    const first = await program.analyze("/w/main.py", undefined, 5);
    expect(first?.pending).toEqual([{ path: "/w/nets.py", isLibrary: false }]);
    expect(first?.unknowns.get("width")).toBe("the module nets is still being read: /w/nets.py");
    expect(first && labels(first)).toContain("4: # params: 20 → (N, 4)");
    const read: string[] = [];
    await program.readAhead(first?.pending ?? [], { cancelled: false }, (path) => read.push(path));
    expect(new Set(read)).toEqual(new Set(["/w/nets.py"]));
    expect(read.length).toBeGreaterThan(2);
    const second = await program.analyze("/w/main.py", undefined, 5);
    expect(second?.pending).toEqual([]);
    expect(second && labels(second)).toEqual(["3: # params: 4 → (N, 1)", "4: # params: 20 → (N, 4)"]);
  });

  test("what somebody does not want to wait for stays out until it is asked for again", async () => {
    const program = programFor({ "/w/nets.py": long, "/w/main.py": main });
    const first = await program.analyze("/w/main.py", undefined, 5);
    let steps = 0;
    const token = {
      get cancelled() {
        return steps++ > 1;
      },
    };
    await program.readAhead(first?.pending ?? [], token, () => undefined);
    program.refuse(first?.pending ?? []);
    const second = await program.analyze("/w/main.py", undefined, 5);
    expect(second?.unknowns.get("width")).toBe(
      "the module nets was not read, since its reading was stopped: /w/nets.py",
    );
    expect(program.retry("/w/main.py")).toBe(true);
    expect((await program.analyze("/w/main.py"))?.unknowns.size).toBe(0);
  });
});

describe("a file of an installed package", () => {
  test("reads of the other packages only what it asks for", async () => {
    const machine = machineWith({
      ...environment,
      [`${site}/blocks/__init__.py`]: "",
      [`${site}/blocks/mlp.py`]: `${layer}from sizes import width\nnet = nn.Linear(2, width)\n`,
      [`${site}/sizes/__init__.py`]: "from heavy import anything\nwidth = 3\n",
      [`${site}/heavy/__init__.py`]: "anything = 1\n",
    });
    const read: string[] = [];
    const files = {
      ...machine.files,
      read: (path: string) => {
        read.push(path);
        return machine.files.read(path);
      },
    };
    const program = new Program(parser, files, {
      roots: [site],
      libraries: [],
      environment: environmentOf({ folder: "/w", python: "", extraPaths: [] }, machine),
      inputShapes: {},
      batchSymbol: "N",
    });
    const analysis = await program.analyze(`${site}/blocks/mlp.py`);
    expect(analysis && labels(analysis)).toEqual([itsLabel, "4: # params: 9 → (N, 3)"]);
    expect(read).not.toContain(`${site}/heavy/__init__.py`);
  });
});
