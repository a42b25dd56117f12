/** Imported files as an editor sees them: read beside the typing, followed while they change, led to from hints. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { InlayHintResolveRequest } from "vscode-languageserver-protocol/node";
import { Editor, uriOf } from "./client.ts";

let editor: Editor;
let folder: string;

beforeEach(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "paramlens-")));
  editor = await Editor.start({ folder });
});

afterEach(() => {
  editor.process.kill();
  rmSync(folder, { recursive: true, force: true });
});

const block = `from torch import nn


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)

    def forward(self, x):
        return self.fc(x)


def build(width):
    return Block(width)
`;
const main = `from blocks import Block, build

a = Block(4)
b = build(8)
`;

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

async function open(name: string, text: string): Promise<string> {
  const uri = uriOf(path.join(folder, name));
  await editor.open(uri, text);
  return uri;
}

/** Asks for the hints until they are these. */
async function untilLabels(uri: string, wanted: readonly string[]): Promise<void> {
  await expect.poll(() => editor.labels(uri).catch(() => []), { timeout: 25_000 }).toEqual(wanted);
}

/** A long module of a library: reading it takes a while. */
const long = `${block}${Array.from({ length: 20_000 }, (_, i) => `SIZES_${i} = [${i}, (1, 2), {"a": 3}]\n`).join("")}`;

describe("names of other files", () => {
  test("have hints, cards and summaries", async () => {
    write("blocks.py", block);
    const uri = await open("main.py", main);
    expect(await editor.labels(uri)).toEqual(["3: # params: 20", "4: # params: 72"]);
    expect(await editor.hover(uri, "build(8)")).toMatchObject({
      contents: { value: expect.stringContaining("**Block** · 72 parameters") },
    });
    const [model] = (await editor.summary(uri, "b")).models;
    expect(model?.params).toBe(72);
    const [layer] = model?.layers ?? [];
    expect([layer?.name, layer?.path, layer?.line]).toEqual(["fc", path.join(folder, "blocks.py"), 6]);
  });

  test("lead to the source of their layer", async () => {
    write("blocks.py", block);
    const uri = await open("main.py", main);
    for (const hint of await editor.hints(uri)) {
      const { label } = await editor.connection.sendRequest(InlayHintResolveRequest.type, hint);
      expect(label).toMatchObject([
        { location: { uri: uriOf(path.join(folder, "blocks.py")), range: { start: { line: 3, character: 6 } } } },
      ]);
    }
  });

  test("lead to PyTorch's source where it is installed", async () => {
    const nn = (file: string) => `.venv/lib/python3.11/site-packages/torch/nn/${file}`;
    for (const part of ["", "../"]) write(nn(`${part}__init__.py`), "from torch.nn.modules import *\n");
    write(
      nn("modules/__init__.py"),
      "from .module import Module\nfrom .linear import (\n    Bilinear,\n    Linear,\n)\n",
    );
    write(nn("modules/linear.py"), "class Bilinear(Module):\n    pass\n\n\nclass Linear(Module):\n    pass\n");
    await editor.fileChanged(write(".venv/pyvenv.cfg", "version = 3.11.7\n"));
    const uri = await open("main.py", "from torch import nn\n\nfc = nn.Linear(2, 2)\n");
    const [hint] = await editor.hints(uri);
    const { label } = await editor.connection.sendRequest(InlayHintResolveRequest.type, hint ?? expect.fail("no hint"));
    expect(label).toMatchObject([
      {
        location: {
          uri: uriOf(path.join(folder, nn("modules/linear.py"))),
          range: { start: { line: 4, character: 6 } },
        },
      },
    ]);
  });

  test("are found from the cells of a notebook", async () => {
    write("blocks.py", block);
    const uri = `${uriOf(path.join(folder, "nets.ipynb")).replace("file:", "vscode-notebook-cell:")}#W0sZmlsZQ%3D%3D`;
    await editor.open(uri, main);
    expect(await editor.labels(uri)).toEqual(["3: # params: 20", "4: # params: 72"]);
  });

  test("of a package that is missing say where it was looked for", async () => {
    const uri = await open("main.py", "import nobodys_zoo\n\nnet = nobodys_zoo.build('resnet')\n");
    const card = await editor.hover(uri, "net");
    expect(card).toMatchObject({
      contents: { value: expect.stringMatching(/the module nobodys_zoo was not found: /) },
    });
  });
});

describe("a file that is edited", () => {
  test("refreshes the open files that import it, and only those", async () => {
    write("blocks.py", block);
    const blocks = await open("blocks.py", block);
    const importer = await open("main.py", main);
    const other = await open("other.py", "from torch import nn\n\nfc = nn.Linear(2, 2)\n");
    await untilLabels(importer, ["3: # params: 20", "4: # params: 72"]);
    expect(await editor.labels(other)).toEqual(["3: # params: 6 → (N, 2)"]);
    await editor.until(() => new Set(editor.analyzed).size === 3);
    editor.analyzed.length = 0;
    await editor.edit(blocks, "nn.Linear(width, width)", "nn.Linear(width, width, bias=False)");
    await untilLabels(importer, ["3: # params: 16", "4: # params: 64"]);
    await editor.until(() => editor.refreshes.includes("workspace/inlayHint/refresh"));
    expect(new Set(editor.analyzed)).toEqual(new Set([blocks, importer]));
    expect(editor.analyzed).not.toContain(other);
  });

  test("a new file is found by those that miss it", async () => {
    const uri = await open("main.py", main);
    expect(await editor.labels(uri)).toEqual([]);
    await editor.fileChanged(write("blocks.py", block));
    await untilLabels(uri, ["3: # params: 20", "4: # params: 72"]);
  });
});

describe("reading imported files", () => {
  test("the first hints do not wait for it, and it shows in the status bar", async () => {
    write("blocks.py", long);
    const uri = await open("main.py", `from torch import nn\nfc = nn.Linear(2, 2)\n${main}`);
    expect(await editor.labels(uri)).toEqual(["2: # params: 6 → (N, 2)"]);
    expect(await editor.hover(uri, "b = build")).toMatchObject({
      contents: { value: expect.stringContaining("is still being read") },
    });
    await editor.until(() => editor.progress.some(({ value }) => value.kind === "begin"));
    expect(editor.progress[0]?.value.title).toBe("Reading imported files");
    await editor.until(() => editor.refreshes.includes("workspace/inlayHint/refresh"));
    await untilLabels(uri, ["2: # params: 6 → (N, 2)", "5: # params: 20", "6: # params: 72"]);
    await editor.until(() => editor.progress.some(({ value }) => value.kind === "end"));
  });

  test("typing goes on meanwhile", async () => {
    write("blocks.py", long);
    const uri = await open("main.py", `from torch import nn\nfc = nn.Linear(2, 2)\n${main}`);
    for (let width = 3; width < 8; width += 1) {
      await editor.edit(uri, `nn.Linear(${width - 1},`, `nn.Linear(${width},`);
      expect(await editor.labels(uri)).toContain(`2: # params: ${2 * width + 2} → (N, 2)`);
    }
    await untilLabels(uri, ["2: # params: 16 → (N, 2)", "5: # params: 20", "6: # params: 72"]);
  });

  test("can be stopped, and goes on when the file is saved", async () => {
    write("blocks.py", long);
    const uri = await open("main.py", `from torch import nn\nfc = nn.Linear(2, 2)\n${main}`);
    await editor.until(() => editor.progress.some(({ value }) => value.kind === "begin"));
    await editor.stopWork(editor.progress[0]?.token ?? "");
    await editor.until(() => editor.progress.some(({ value }) => value.kind === "end"));
    expect(await editor.labels(uri)).toEqual(["2: # params: 6 → (N, 2)"]);
    expect(await editor.hover(uri, "b = build")).toMatchObject({
      contents: { value: expect.stringContaining("its reading was stopped") },
    });
    await editor.save(uri);
    await untilLabels(uri, ["2: # params: 6 → (N, 2)", "5: # params: 20", "6: # params: 72"]);
  });
});

describe("the environment", () => {
  const packages = ".venv/lib/python3.12/site-packages";

  test("of the workspace is found, watched, and looked at again after an installation", async () => {
    write(".venv/pyvenv.cfg", "version = 3.12.1\n");
    write(`${packages}/torch/__init__.py`, "");
    const uri = await open("main.py", main);
    expect(await editor.labels(uri)).toEqual([]);
    await editor.until(() => editor.watched.includes("**/*.py"));
    const installed = write(`${packages}/blocks.py`, block);
    await editor.fileChanged(installed);
    await untilLabels(uri, ["3: # params: 20", "4: # params: 72"]);
  });

  test("outside of the workspace is watched, too", async () => {
    const outside = realpathSync(mkdtempSync(path.join(tmpdir(), "paramlens-env-")));
    try {
      mkdirSync(path.join(outside, "lib/python3.12/site-packages"), { recursive: true });
      await editor.configure({ pythonPath: outside });
      const uri = await open("main.py", main);
      expect(await editor.labels(uri)).toEqual([]);
      const site = path.join(outside, "lib/python3.12/site-packages");
      await editor.until(() => editor.watched.includes(`${uriOf(site)} *`));
      writeFileSync(path.join(site, "blocks.py"), block);
      await editor.fileChanged(path.join(site, "blocks.py"));
      await untilLabels(uri, ["3: # params: 20", "4: # params: 72"]);
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  });

  test("that comes later is found", async () => {
    const uri = await open("main.py", main);
    expect(await editor.labels(uri)).toEqual([]);
    write(`${packages}/blocks.py`, block);
    await editor.fileChanged(write(".venv/pyvenv.cfg", "version = 3.12.1\n"));
    await untilLabels(uri, ["3: # params: 20", "4: # params: 72"]);
  });
});
