/** The command line as a person or a script runs it: the bundle of `dist/` as a process. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Editor, uriOf } from "../lsp/client.ts";
import { program, root, run, runIn } from "./process.ts";

const example = path.join("examples", "cifar_cnn.py");

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "paramlens-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("summary", () => {
  test("prints the table of a model with its totals", async () => {
    const { stdout, status } = await run("summary", example);
    expect(status).toBe(0);
    const rows = stdout.split("\n").map((line) => line.trim().split(/\s{2,}/));
    expect(rows).toContainEqual(expect.arrayContaining(["0", "Conv2d", "(N, 32, 32, 32)", "896"]));
    expect(rows).toContainEqual(["Total params", "5,852,234"]);
    expect(rows).toContainEqual(["Trainable params", "5,852,234"]);
    expect(rows).toContainEqual(["Non-trainable params", "0"]);
    expect(stdout).toMatch(/Multiply-accumulates +137,729,024/);
    // As torchinfo prints them for a batch of one.
    expect(rows).toContainEqual(["Input size (MB)", "0.01"]);
    expect(rows).toContainEqual(["Params size (MB)", "23.41"]);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(stdout).not.toContain("\u001b[");
  });

  test("takes an input", async () => {
    const { stdout } = await run("summary", example, "--input", "8,3,32,32", "--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({
      name: "model",
      params: 5852234,
      inputs: { input: [8, 3, 32, 32] },
      inputSource: "option",
      output: [8, 10],
    });
  });

  test("builds what is asked for, as deep as is asked for", async () => {
    const target = `${path.join("test", "models", "resnet.py")}:resnet18()`;
    const json = JSON.parse((await run("summary", target, "--format", "json", "--depth", "1")).stdout);
    expect(json.params).toBe(11689512);
    expect(json.layers.every(({ name }: { name: string }) => !name.includes("."))).toBe(true);
  });

  test("builds what a function of the file gives", async () => {
    const file = path.join("test", "models", "resnet.py");
    const [named, called] = await Promise.all(
      ["resnet50", "resnet50()"].map((builder) => run("summary", `${file}:${builder}`, "--format", "json")),
    );
    expect(JSON.parse(named?.stdout ?? "").params).toBe(25557032);
    expect(JSON.parse(called?.stdout ?? "").params).toBe(25557032);
    const { stderr, status } = await run("summary", `${file}:_resnet`);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^paramlens: _resnet\(\) gives no model: .*missing 2 required positional arguments.*\n$/s);
  });

  test("wraps totals that are formulas", async () => {
    const { stdout } = await run("summary", `${path.join("test", "models", "resnet.py")}:resnet50`);
    const lines = stdout.split("\n");
    expect(lines).toContain("Total params          25,557,032");
    expect(lines.find((line) => line.startsWith("Multiply-accumulates"))).toMatch(/^Multiply-accumulates {2}9,408·/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test("prints Markdown and CSV", async () => {
    const markdown = (await run("summary", example, "--format", "markdown")).stdout;
    expect(markdown).toContain("| `0` | Conv2d | (N, 32, 32, 32) | 896 | <0.1 % |");
    const csv = (await run("summary", example, "--format", "csv")).stdout;
    expect(csv.split("\r\n").slice(0, 2)).toEqual([
      "name,type,output,params,trainable,macs",
      '0,torch.nn.Conv2d,"(N, 32, 32, 32)",896,896,884736',
    ]);
  });

  test("finds a module by its dotted name", async () => {
    const { stdout, status } = await runIn(
      path.join(root, "test"),
      "summary",
      "models.lenet:LeNet",
      "--format",
      "json",
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ params: 61706 });
  });
});

describe("inspect", () => {
  test("tells every fact in the form that is promised", async () => {
    const { stdout, status } = await run("inspect", example, "--json");
    expect(status).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ schema: 1, tool: expect.stringMatching(/^paramlens \d+\.\d+\.\d+$/) });
    const [file] = result.files;
    expect(Object.keys(file)).toEqual(["path", "models", "values", "hints", "diagnostics"]);
    expect(file.path).toBe(example);
    expect(file.models[0]).toMatchObject({
      name: "model",
      type: "torch.nn.Sequential",
      line: 5,
      params: 5852234,
      trainable: 5852234,
      macs: 137729024,
      inputs: { input: ["N", 3, 32, 32] },
      output: ["N", 10],
    });
    expect(file.models[0].layers[0]).toEqual({
      name: "0",
      type: "torch.nn.Conv2d",
      line: 6,
      params: 896,
      own: 896,
      trainable: 896,
      weights: { weight: [32, 3, 3, 3], bias: [32] },
      output: ["N", 32, 32, 32],
      outputBytes: 131072,
      calls: 1,
    });
    expect(file.hints[0]).toEqual({
      line: 6,
      column: 48,
      kind: "params",
      label: "# params: 896 → (N, 32, 32, 32)",
    });
  });

  test("tells findings and shapes of variables", async () => {
    const file = written(
      "mismatch.py",
      "import torch\nfrom torch import nn\n\nx = torch.zeros(2, 4)\nh, (a, b) = nn.LSTM(4, 6)(x)\ny = nn.Linear(9, 9)(x)\n",
    );
    const { stdout, status } = await run("inspect", file, "--json");
    expect(status).toBe(0);
    const [{ values, diagnostics }] = JSON.parse(stdout).files;
    expect(values).toContainEqual({ line: 4, column: 1, name: "x", shape: [2, 4], dtype: "float32" });
    expect(values).toContainEqual({ line: 5, column: 1, name: "h", shape: [2, 6], dtype: "float32" });
    expect(diagnostics).toMatchObject([{ line: 6, endLine: 6, severity: "error", code: "in-features-mismatch" }]);
  });
});

describe("annotate", () => {
  test("writes hints behind the lines, and nothing new the second time", async () => {
    const file = path.join(folder, "net.py");
    copyFileSync(path.join(root, example), file);
    const printed = (await run("annotate", file)).stdout;
    expect(readFileSync(file, "utf8")).not.toBe(printed);
    expect((await run("annotate", file, "--write")).status).toBe(0);
    const once = readFileSync(file, "utf8");
    expect(once).toBe(printed);
    expect(once).toContain("    nn.Conv2d(3, 32, kernel_size=3, padding=1),  # params: 896 → (N, 32, 32, 32)\n");
    await run("annotate", file, "--write");
    expect(readFileSync(file, "utf8")).toBe(once);
  });

  test("replaces what it wrote when the numbers change, and keeps other comments", async () => {
    const file = written("stale.py", "from torch import nn\nlayer = nn.Linear(4, 8)  # params: 99  # head\n");
    expect((await run("annotate", file)).stdout).toContain("nn.Linear(4, 8)  # params: 40");
    expect((await run("annotate", file)).stdout).toContain("# head");
    expect((await run("annotate", file)).stdout).not.toContain("99");
  });
});

describe("what cannot be done is said in one line, with status 2", () => {
  test.each([
    ["an unreadable file", ["summary", "nowhere.py"], /nowhere\.py/],
    ["a folder", ["summary", "examples"], /examples/],
    ["an unknown name", ["summary", `${example}:Nothing`], /Nothing/],
    ["a file without a model", ["summary", "EMPTY"], /empty\.py/],
    ["an input that is none", ["summary", example, "--input", "3;4"], /3;4/],
    ["an input that does not fit the name", ["summary", example, "--input", "nope=(1,3,32,32)"], /nope/],
    ["a depth that is no number", ["summary", example, "--depth", "deep"], /depth/],
    ["a format that is none", ["summary", example, "--format", "xml"], /xml/],
    ["no target", ["summary"], /target/],
    ["an unknown option", ["summary", example, "--colour"], /colour/],
    ["an unknown command", ["sumary", example], /sumary/],
    ["a Python that is none", ["summary", example, "--python", "/nowhere/python"], /nowhere/],
    ["a file to inspect that is not there", ["inspect", "nowhere.py", "--json"], /nowhere\.py/],
    ["a binary file", ["annotate", "BINARY"], /binary\.py/],
  ])("%s", async (_, args, message) => {
    const empty = written("empty.py", "total = 1\n");
    const binary = path.join(folder, "binary.py");
    writeFileSync(binary, Buffer.from([0x00, 0xff, 0x00, 0x61]));
    const named = args.map((argument) => ({ EMPTY: empty, BINARY: binary })[argument] ?? argument);
    const { status, stdout, stderr } = await run(...named);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr).not.toMatch(/internal error/);
  });
});

test("a broken model still has a summary, with its reasons", async () => {
  const file = written(
    "broken.py",
    "from torch import nn\nfrom elsewhere import mystery\nmodel = nn.Sequential(nn.Linear(4, 8), mystery())\n",
  );
  const { status, stderr } = await run("summary", file);
  expect(stderr).not.toMatch(/internal error/);
  expect(status).toBe(0);
});

test("installed packages are read from the environment that --python names", async () => {
  const packages = path.join(folder, "env", "lib", "python3.12", "site-packages", "blocks");
  mkdirSync(packages, { recursive: true });
  writeFileSync(
    path.join(packages, "__init__.py"),
    "from torch import nn\n\ndef head():\n    return nn.Linear(4, 8)\n",
  );
  const file = written("uses.py", "from blocks import head\nmodel = head()\n");
  const { stdout } = await run("summary", file, "--python", path.join(folder, "env"), "--format", "json");
  expect(JSON.parse(stdout)).toMatchObject({ params: 40 });
});

test("the environment of the project is found by itself, and its src folder", async () => {
  const project = path.join(folder, "project");
  const head = "from torch import nn\n\ndef head():\n    return nn.Linear(4, WIDTH)\n";
  for (const [name, text] of Object.entries({
    "pyproject.toml": "",
    ".venv/pyvenv.cfg": "version = 3.12.1\n",
    ".venv/lib/python3.12/site-packages/blocks/__init__.py": `WIDTH = 8\n${head}`,
    "src/nets/__init__.py": `WIDTH = 2\n${head}`,
    "scripts/uses.py": "import blocks, nets\nmodel = blocks.head()\nother = nets.head()\n",
  })) {
    mkdirSync(path.dirname(path.join(project, name)), { recursive: true });
    writeFileSync(path.join(project, name), text);
  }
  const { stdout } = await run("inspect", path.join(project, "scripts", "uses.py"), "--json");
  const [file] = JSON.parse(stdout).files;
  expect(file.hints.map(({ label }: { label: string }) => label)).toEqual([
    "# params: 40 → (N, 8)",
    "# params: 10 → (N, 2)",
  ]);
});

test("a reader that stops reading is no failure", () => {
  const { status, stderr } = spawnSync(
    "sh",
    ["-c", `"${process.execPath}" "${program}" inspect ${example} --json | head -n 1`],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test("`lsp --stdio` is the language server", async () => {
  const editor = await Editor.start({ command: [process.execPath, program, "lsp", "--stdio"] });
  const uri = uriOf(path.join(root, example));
  await editor.open(uri, readFileSync(path.join(root, example), "utf8"));
  expect(await editor.labels(uri)).toContain("6: # params: 896 → (N, 32, 32, 32)");
  expect(await editor.stop()).toBe(0);
});

function written(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}
