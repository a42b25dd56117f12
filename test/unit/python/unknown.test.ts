/** What is known after branches and loops on unknown conditions, and that nothing hangs. */
import { describe, expect, test } from "vitest";
import { type Ran, runPython } from "./harness.ts";

/** Runs a program in which `flag`, `n` and `items` are not known. */
function run(body: string): Ran {
  return runPython(
    `import argparse\nargs = argparse.ArgumentParser().parse_args()\nflag = args.flag\nn = args.n\nitems = args.items\n${body}`,
  );
}
const unknown = /^unknown: /;

describe("branches", () => {
  test("equal on both sides stays", () => {
    const ran = run("if flag:\n    x = 1\n    y = [1, 'a']\nelse:\n    x = 1\n    y = 2\n");
    expect(ran.show("x")).toBe("1");
    expect(ran.show("y")).toMatch(unknown);
  });

  test("different becomes unknown, and what came before is not one of the two", () => {
    const ran = run("x = 0\nz = 5\nif flag:\n    x = 1\nelif n:\n    x = 2\nelse:\n    x = 3\n");
    expect(ran.show("x")).toMatch(unknown);
    expect(ran.show("z")).toBe("5");
  });

  test("written on one side only", () => {
    const ran = run("x = 1\nsame = 2\nif flag:\n    x = 7\n    same = 2\n");
    expect(ran.show("x")).toMatch(unknown);
    expect(ran.show("same")).toBe("2");
  });

  test("each side starts from the same state", () => {
    const ran = run("x = [1]\nseen = {}\nif flag:\n    x.append(2)\n    a = len(x)\nelse:\n    a = len(x) + 1\n");
    expect(ran.show("a")).toBe("2");
  });

  test("a return in one branch", () => {
    const ran = run(
      "def f(c):\n    if c:\n        return 1\n    return 1\ndef g(c):\n    if c:\n        return 1\n    x = 5\n    return 2\na, b = f(flag), g(flag)\n",
    );
    expect(ran.show("a")).toBe("1");
    expect(ran.show("b")).toMatch(unknown);
    expect(ran.failures).toEqual([]);
  });

  test("a side that raises is a guard", () => {
    const ran = run(
      "def f(c):\n    if c:\n        raise ValueError('no')\n    return 3\na = f(flag)\nif n:\n    raise TypeError\nelse:\n    b = 4\nc = 5\n",
    );
    expect([ran.show("a"), ran.show("b"), ran.show("c")]).toEqual(["3", "4", "5"]);
    expect(ran.failures).toEqual([]);
  });

  test("an assertion on something unknown holds", () => {
    expect(run("assert n % 2 == 0, 'even'\nx = 1\n").show("x")).toBe("1");
  });

  test("nested branches", () => {
    const ran = run("x = 0\nif flag:\n    if n:\n        x = 1\n    else:\n        x = 1\nelse:\n    x = 1\n");
    expect(ran.show("x")).toBe("1");
  });

  test("attributes and items", () => {
    const ran = run(
      "class A: pass\na = A()\na.x = 1\na.y = 1\nd = {'k': 1, 'l': 1}\nif flag:\n    a.x = 2\n    a.y = 1\n    d['k'] = 2\nx, y, k, l = a.x, a.y, d['k'], d['l']\n",
    );
    expect(ran.show("x")).toMatch(unknown);
    expect(ran.show("y")).toBe("1");
    expect(ran.show("k")).toMatch(unknown);
    expect(ran.show("l")).toBe("1");
  });

  test("a list that grew on one side has lost its contents", () => {
    const ran = run(
      "x = [1]\nif flag:\n    x.append(2)\nlength = len(x)\nfirst = x[0]\nsame = [1]\nif flag:\n    same.append(2)\nelse:\n    same.append(2)\n",
    );
    expect(ran.show("x")).toMatch(unknown);
    expect(ran.show("length")).toMatch(unknown);
    expect(ran.show("first")).toMatch(unknown);
    expect(ran.show("same")).toBe("[1, 2]");
  });

  test("a dict and a set that grew on one side", () => {
    const ran = run("d = {}\ns = set()\nif flag:\n    d['a'] = 1\n    s.add(1)\n");
    expect(ran.show("d")).toMatch(unknown);
    expect(ran.show("s")).toMatch(unknown);
  });

  test("is None decides", () => {
    const ran = run(
      "x = n\nif x is None:\n    x = 4\n    y = x\nz = x\ndef f(v):\n    v = 3 if v is None else 3\n    return v\nw = f(n)\n",
    );
    expect(ran.show("y")).toBe("4");
    expect(ran.show("z")).toMatch(unknown);
    expect(ran.show("w")).toBe("3");
  });

  test("conditional expressions and boolean operators", () => {
    const ran = run(
      "a = 1 if flag else 1\nb = 1 if flag else 2\nc = flag and False\nd = flag or True\ne = not flag\nf = False and flag\n",
    );
    expect([ran.show("a"), ran.show("c"), ran.show("d"), ran.show("f")]).toEqual(["1", "False", "True", "False"]);
    expect(ran.show("b")).toMatch(unknown);
    expect(ran.show("e")).toMatch(unknown);
  });

  test("an iterator that advanced on one side is lost", () => {
    const ran = run(
      "i = iter([1, 2, 3])\nif flag:\n    a = next(i)\nb = next(i)\nj = iter([1, 2, 3])\nnext(j)\nc = next(j)\n",
    );
    expect(ran.show("b")).toMatch(unknown);
    expect(ran.show("c")).toBe("2");
  });

  test("match on something unknown", () => {
    const ran = run(
      "x = 0\nmatch n:\n    case 1:\n        x = 1\n    case _:\n        x = 2\ny = 0\nmatch n:\n    case 1:\n        y = 5\n    case _:\n        y = 5\n",
    );
    expect(ran.show("x")).toMatch(unknown);
    expect(ran.show("y")).toBe("5");
  });

  test("an exception on one side inside try", () => {
    const ran = run("x = 0\ntry:\n    if flag:\n        raise ValueError\n    x = 1\nexcept ValueError:\n    x = 2\n");
    expect(ran.show("x")).toMatch(unknown);
  });

  test("what a handler does is joined, from where the exception was raised", () => {
    const ran = run(
      "a = b = 0\nlog = []\ntry:\n    a = 1\n    if flag:\n        log.append('raised')\n        raise KeyError\n    a = 2\n    b = 5\nexcept ValueError:\n    b = 9\nexcept KeyError:\n    b = 5\n    c = a\n",
    );
    expect(ran.show("a")).toMatch(unknown);
    expect(ran.show("b")).toBe("5");
    expect(ran.show("c")).toBe("1");
    expect(ran.show("log")).toMatch(unknown);
  });

  test("an exception that no handler takes is a guard", () => {
    const ran = run("x = 0\ntry:\n    if flag:\n        raise ValueError\n    x = 1\nexcept KeyError:\n    x = 2\n");
    expect(ran.show("x")).toBe("1");
  });

  test("a handler that returns, and one that raises again", () => {
    const ran = run(
      "def check():\n    if flag:\n        raise ValueError\n    return 1\ndef f():\n    try:\n        check()\n    except ValueError:\n        return 2\n    return 1\ndef g():\n    try:\n        return check()\n    except ValueError as e:\n        raise TypeError from e\na, b = f(), g()\n",
    );
    expect(ran.show("a")).toMatch(unknown);
    expect(ran.show("b")).toBe("1");
  });

  test("expressions of which one side raises", () => {
    const ran = run(
      "d = {}\na = d['k'] if flag else 3\nb = 4 if flag else d['k']\nc = flag and d['k']\nx = 0\ntry:\n    e = d['k'] if flag else 1\n    x = 1\nexcept KeyError:\n    x = 2\n",
    );
    expect([ran.show("a"), ran.show("b")]).toEqual(["3", "4"]);
    expect(ran.show("x")).toMatch(unknown);
  });

  test("finally and with run on both sides", () => {
    const ran = run(
      "log = []\ndef f():\n    try:\n        if flag:\n            return 1\n        return 2\n    finally:\n        log.append('f')\nx = f()\n",
    );
    expect(ran.show("x")).toMatch(unknown);
    expect(ran.show("log")).toBe("['f']");
  });

  test("a closure's variable", () => {
    const ran = run(
      "def f():\n    total = 0\n    def add():\n        nonlocal total\n        total += 1\n    if flag:\n        add()\n    return total\nx = f()\n",
    );
    expect(ran.show("x")).toMatch(unknown);
  });

  test("a global written by a function under a condition", () => {
    const ran = run("g = 1\ndef f():\n    global g\n    if flag:\n        g = 2\nf()\nx = g\n");
    expect(ran.show("x")).toMatch(unknown);
  });
});

describe("loops", () => {
  test("over something unknown: what the body writes is unknown, the rest stays", () => {
    const ran = run("x = 1\ny = 2\nout = []\nfor i in items:\n    x = x + 1\n    out.append(i)\n");
    expect(ran.show("x")).toMatch(unknown);
    expect(ran.show("out")).toMatch(unknown);
    expect(ran.show("y")).toBe("2");
    expect(ran.failures).toEqual([]);
  });

  test("an unknown number of times", () => {
    const ran = run("x = 0\nfor i in range(n):\n    x += 1\nz = 7\nlayers = [0 for _ in range(n)]\nw = len(layers)\n");
    expect(ran.show("x")).toMatch(unknown);
    expect(ran.show("z")).toBe("7");
    expect(ran.show("w")).toMatch(unknown);
  });

  test("a break under an unknown condition", () => {
    const ran = run("x = 0\nlast = None\nfor i in range(5):\n    if flag:\n        break\n    x += 1\n");
    expect(ran.show("x")).toMatch(unknown);
  });

  test("a continue under an unknown condition", () => {
    const ran = run("x = y = 0\nfor i in range(3):\n    y += 1\n    if flag:\n        continue\n    x += 1\n");
    expect(ran.show("x")).toMatch(unknown);
    expect(ran.show("y")).toBe("3");
  });

  test("a return inside a loop under an unknown condition", () => {
    const ran = run(
      "def f():\n    for i in range(3):\n        if flag:\n            return 1\n    return 2\ndef g():\n    for i in range(3):\n        if flag:\n            return 4\n    return 4\na, b = f(), g()\n",
    );
    expect(ran.show("a")).toMatch(unknown);
    expect(ran.show("b")).toBe("4");
  });

  test("while on something unknown", () => {
    const ran = run("x = 0\ny = 3\nwhile n > 0:\n    x += 1\n    n -= 1\nz = 1\n");
    expect(ran.show("x")).toMatch(unknown);
    expect([ran.show("y"), ran.show("z")]).toEqual(["3", "1"]);
  });

  test("a return from a loop over something unknown", () => {
    const ran = run("def f():\n    for i in items:\n        return 1\n    return 2\na = f()\n");
    expect(ran.show("a")).toMatch(unknown);
  });

  test("comprehensions over something unknown", () => {
    const ran = run(
      "a = [i for i in items]\nb = {i: 1 for i in items}\nc = [i for i in range(3) if flag]\nd = sum(i for i in items)\n",
    );
    for (const name of ["a", "b", "c", "d"]) expect(ran.show(name)).toMatch(unknown);
  });
});

describe("calls", () => {
  test("what an unknown function is given may have been written to", () => {
    const ran = run("x = [1]\nd = {}\nnothing = args.f(x, d)\nt = (1, 2)\nargs.f(t)\n");
    expect(ran.show("x")).toMatch(unknown);
    expect(ran.show("d")).toMatch(unknown);
    expect(ran.show("t")).toBe("(1, 2)");
  });

  test("unknown arguments are spread", () => {
    const ran = run("def f(*a, **k): return 1\nx = f(*items)\ny = [*items]\nz = {**items}\nw = dict(items)\n");
    for (const name of ["y", "z", "w"]) expect(ran.show(name)).toMatch(unknown);
  });

  test("an unknown place in a list", () => {
    const ran = run(
      "a = [1, 2]\na[n] = 5\nb = [1, 2]\nb.insert(n, 3)\nc = [1, 2]\nc.append(n)\nk = len(c)\nd = [1, 2][n]\ne = [1, 2]\ne.pop(n)\n",
    );
    for (const name of ["a", "b", "d", "e"]) expect(ran.show(name)).toMatch(unknown);
    expect(ran.show("k")).toBe("3");
  });

  test("order and extremes of unknown values", () => {
    const ran = run(
      "a = sorted([3, n, 1])\nb = max(3, n)\nc = min([n], default=1) is n\nd = any([n, True])\ne = all([n, False])\nf = n == n\n",
    );
    expect(ran.show("a")).toMatch(unknown);
    expect(ran.show("b")).toMatch(unknown);
    expect([ran.show("c"), ran.show("d"), ran.show("e")]).toEqual(["True", "True", "False"]);
  });
});

describe("reasons", () => {
  test("the command line is named with its default", () => {
    const ran = runPython(
      "import argparse\np = argparse.ArgumentParser()\np.add_argument('--width', type=int, default=64)\nwidth = p.parse_args().width\n",
    );
    expect(ran.show("width")).toBe("unknown: it comes from the command line (argparse, default 64)");
  });

  test("modules that are not there, and what only a run tells", () => {
    const ran = runPython(
      "import nowhere\nimport os, time, random\na = nowhere.f(1)\nb = os.getcwd()\nc = time.time()\nd = random.random()\ne = os.environ.get('X', 5)\n",
    );
    expect(ran.show("a")).toBe("unknown: the module nowhere was not found");
    expect(ran.show("b")).toBe("unknown: os.getcwd is not known before the program runs");
    for (const name of ["c", "d", "e"]) expect(ran.show(name)).toMatch(unknown);
  });
});

test("whether something is in a list of unknown length is not known", () => {
  const ran = runPython("import os\nx = []\nif os.environ.get('A'): x.append(1)\ny = 1 in x\nafter = 5\n");
  expect(ran.show("y")).toMatch(unknown);
  expect(ran.show("after")).toBe("5");
});

describe("budgets", () => {
  const limits = { steps: 20_000, depth: 60, time: 2_000 };
  const endless = {
    "a loop": "while True:\n    x = 1\n",
    "a loop over count()": "import itertools\nfor i in itertools.count():\n    pass\n",
    "a list of count()": "import itertools\nx = list(itertools.count())\n",
    "a list of an endless generator": "def g():\n    while True:\n        yield 1\nx = list(g())\n",
    recursion: "def f(n): return f(n + 1)\nx = f(0)\n",
    "mutual recursion": "def f(n): return g(n)\ndef g(n): return f(n)\nx = f(0)\n",
    "a class that makes itself": "class A:\n    def __init__(self): self.a = A()\nx = A()\n",
    "a property of itself": "class A:\n    @property\n    def a(self): return self.a\nx = A().a\n",
    "nested repetition": "x = [0]\nfor i in range(60):\n    x = x + x\n",
    "a power": "x = 7\nfor i in range(200):\n    x = x * x\n",
    "a product": "import itertools\nx = list(itertools.product(range(10), repeat=12))\n",
    "__getattr__ of itself": "class A:\n    def __getattr__(self, name): return self.b\nx = A().c\n",
  };
  test.each(Object.entries(endless))("%s ends with a reason, and what comes after runs", (_what, source) => {
    const ran = runPython(`${source}after = 5\n`, limits);
    expect(ran.show("after").startsWith("5") || ran.failures.length > 0).toBe(true);
    expect(ran.failures.every((why) => why.length > 0)).toBe(true);
  });
});
