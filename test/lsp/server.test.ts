/** The language server as an editor sees it: a process that is spoken to over stdio. Runs the bundle of `dist/`. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  CancellationTokenSource,
  DiagnosticSeverity,
  InlayHintRequest,
  InlayHintResolveRequest,
  LSPErrorCodes,
} from "vscode-languageserver-protocol/node";
import { Editor, serverBundle, uriOf } from "./client.ts";

const exampleFile = fileURLToPath(new URL("../../examples/cifar_cnn.py", import.meta.url));
const example = readFileSync(exampleFile, "utf8");
const exampleUri = uriOf(exampleFile);

const mismatch = `import torch
from torch import nn
model = nn.Sequential(nn.Linear(4, 8), nn.Linear(9, 9))
y = model(torch.randn(2, 4))
`;
const mismatchUri = "untitled:Untitled-1";

let editor: Editor;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "paramlens-"));
  editor = await Editor.start({ folder });
});

afterEach(() => {
  editor.process.kill();
  rmSync(folder, { recursive: true, force: true });
});

describe("hints", () => {
  test("stand behind every layer", async () => {
    await editor.open(exampleUri, example);
    const labels = await editor.labels(exampleUri);
    expect(labels).toContain("6: # params: 896 → (N, 32, 32, 32)");
    expect(labels).toContain("8: # params: 18,496 → (N, 64, 32, 32)");
    expect(labels).toContain("10: # shape: (N, 64, 16, 16)");
    expect(labels).toContain("28: # params: 4,195,328 → (N, 1024)");
  });

  test("follow what is typed", async () => {
    await editor.open(exampleUri, example);
    await editor.edit(exampleUri, "nn.Conv2d(3, 32", "nn.Conv2d(3, 48");
    await editor.edit(exampleUri, "nn.Conv2d(32, 64", "nn.Conv2d(48, 64");
    const labels = await editor.labels(exampleUri);
    expect(labels).toContain("6: # params: 1,344 → (N, 48, 32, 32)");
    expect(labels).toContain("8: # params: 27,712 → (N, 64, 32, 32)");
    expect(labels.join("\n")).not.toContain("# params: 896");
  });

  test("stay on other lines while one is half typed", async () => {
    await editor.open(exampleUri, example);
    const before = await editor.labels(exampleUri);
    await editor.edit(exampleUri, "nn.Linear(512, 10),\n", "nn.Linear(512, \n");
    const after = await editor.labels(exampleUri);
    const above = (labels: readonly string[]) => labels.filter((label) => Number.parseInt(label, 10) < 30);
    expect(above(after).map(countOf)).toEqual(above(before).map(countOf));
  });

  test("tell their card when resolved, and write themselves as comments", async () => {
    await editor.open(exampleUri, example);
    const [first] = await editor.hints(exampleUri);
    if (first === undefined) return expect.fail("no hint");
    const resolved = await editor.connection.sendRequest(InlayHintResolveRequest.type, first);
    expect(resolved.tooltip).toMatchObject({ kind: "markdown", value: expect.stringContaining("896") });
    const written = editor.textAfter(exampleUri, first.textEdits ?? []);
    expect(written.split("\n")[5]).toBe(
      "    nn.Conv2d(3, 32, kernel_size=3, padding=1),  # params: 896 → (N, 32, 32, 32)",
    );
  });

  test("show what the settings ask for", async () => {
    await editor.open(exampleUri, example);
    await editor.configure({ inlayHints: { layerShapes: false, format: "compact", minParams: 1000 } });
    await editor.until(() => editor.refreshes.includes("workspace/inlayHint/refresh"));
    const labels = await editor.labels(exampleUri);
    expect(labels).toContain("8: # params: 18.5 k");
    expect(labels.filter((label) => label.startsWith("6:") || label.startsWith("7:"))).toEqual([]);
    await editor.configure({ enable: false });
    await editor.until(() => editor.refreshes.filter((method) => method.includes("inlayHint")).length > 1);
    expect(await editor.labels(exampleUri)).toEqual([]);
  });

  test("are not shown in files that are excluded", async () => {
    await editor.configure({ exclude: ["legacy/**"] });
    const uri = uriOf(path.join(folder, "legacy", "net.py"));
    await editor.open(uri, example);
    expect(await editor.labels(uri)).toEqual([]);
  });
});

test("a hover card explains a layer, and nothing else has one", async () => {
  await editor.open(exampleUri, example);
  const card = await editor.hover(exampleUri, "Conv2d(3, 32");
  expect(card).toMatchObject({
    contents: { kind: "markdown", value: expect.stringContaining("((3 × 3 × 3) + 1) × 32 = 896") },
  });
  expect(await editor.hover(exampleUri, "A small convolutional")).toBeNull();
});

test("lenses name the model, open its summary and ask for its input", async () => {
  await editor.open(exampleUri, example);
  const lenses = await editor.lenses(exampleUri);
  const { models } = await editor.summary(exampleUri);
  expect(models[0]?.params).toBe(5852234);
  for (const { command } of lenses) {
    expect(["paramlens.showSummary", "paramlens.setInputShape"]).toContain(command?.command);
    expect(command?.arguments?.[0]).toBe(exampleUri);
    expect(models.map(({ id }) => id)).toContain(command?.arguments?.[1]);
  }
});

describe("the input of a model", () => {
  const uri = "file:///input/net.py";
  const source = [
    "from torch import nn",
    "class Net(nn.Module):",
    "    def __init__(self):",
    "        super().__init__()",
    "        self.conv = nn.Conv2d(3, 4, 3)",
    "    # given x: (N, 3, 9, 9)",
    "    def forward(self, x):",
    "        return self.conv(x)",
    "class Bare(nn.Module):",
    "    def forward(self, x):",
    "        return x.mean(1)",
    "flat = nn.Flatten()",
    "",
  ].join("\n");

  beforeEach(() => editor.open(uri, source));

  test("gives a shape while it is typed, and nothing of it stays", async () => {
    expect(await editor.previewInput(uri, "Net", "x: (N, 3, 8, 2*k)")).toEqual({
      problem: null,
      output: "(N, 4, 6, 2·k - 2)",
    });
    expect((await editor.labels(uri)).join("\n")).toContain("# params: 112 → (N, 4, 7, 7)");
  });

  test.each([
    ["", "Name each input: x: (N, 3, 224, 224)"],
    ["(N, 3)", "Name each input: x: (N, 3)"],
    ["x: N, 3", "Put the sizes of x in parentheses: x: (N, 3, 224, 224)"],
    ["x: (N, 3", "Put the sizes of x in parentheses: x: (N, 3, 224, 224)"],
    ["x: (N,, 3)", "A size is missing between two commas"],
    ["x: (N, -3)", "A size cannot be -3: it is at least 1, or a name where it is open"],
    ["x: (N, 3.5)", '"3.5" is no size: a size is a whole number, a name or arithmetic over them'],
    ["x: (N, 3) flaot32", '"flaot32" is no tensor type: float32, int64, bool, …'],
    ["y: (N, 3)", "The model has no input y; it takes x"],
    ["x: (N, 1, 8, 8)", "Conv2d expects 3 input channels (in_channels=3), but input has 1: (N, 1, 8, 8)"],
    ["x: (N, 3, 2, 2)", "Conv2d slides a window of 3 over only 2 elements of input (padding included): (N, 3, 2, 2)"],
  ])("%s is refused while it is typed", async (inputs, problem) => {
    expect(await editor.previewInput(uri, "Net", inputs)).toEqual({ problem, output: null });
  });

  test("is written over the comment that is there, or above forward", async () => {
    const at = (line: number, start: number, end: number) => ({
      start: { line, character: start },
      end: { line, character: end },
    });
    expect(await editor.inputEdits(uri, "Net", " x: (N, 3, 8, 8) ")).toEqual([
      { range: at(5, 4, 27), newText: "# given x: (N, 3, 8, 8)" },
    ]);
    expect(await editor.inputEdits(uri, "Bare", "x: (N, 3)")).toEqual([
      { range: at(9, 0, 0), newText: "    # given x: (N, 3)\n" },
    ]);
    expect(await editor.inputEdits(uri, "flat", "input: (N, 3, 2)")).toBeNull();
  });

  test("can be gone to and changed from a card", async () => {
    const card = await editor.hover(uri, "Conv2d(3, 4");
    const text = JSON.stringify(card?.contents);
    expect(text).toContain(`given in [line 6](${uri}#L6)`);
    expect(text).toContain("[Set input shape…](command:paramlens.setInputShape?");
  });
});

describe("diagnostics", () => {
  test("come by themselves, and go when the cause does", async () => {
    await editor.open(mismatchUri, mismatch);
    const found = await editor.diagnostics(mismatchUri);
    expect(found).toMatchObject([
      { code: "in-features-mismatch", severity: DiagnosticSeverity.Error, source: "ParamLens" },
    ]);
    await editor.edit(mismatchUri, "nn.Linear(9, 9)", "nn.Linear(8, 9)");
    expect(await editor.diagnostics(mismatchUri)).toEqual([]);
  });

  test("have the severity that the settings give", async () => {
    await editor.configure({ diagnostics: { severity: { "in-features-mismatch": "information" } } });
    await editor.open(mismatchUri, mismatch);
    expect(await editor.diagnostics(mismatchUri)).toMatchObject([{ severity: DiagnosticSeverity.Information }]);
    await editor.configure({ diagnostics: { severity: { "in-features-mismatch": "off" } } });
    await editor.until(() => editor.lastDiagnostics(mismatchUri)?.length === 0);
  });

  test("are cleared when a document closes", async () => {
    await editor.open(mismatchUri, mismatch);
    await editor.diagnostics(mismatchUri);
    await editor.close(mismatchUri);
    await editor.until(() => editor.lastDiagnostics(mismatchUri)?.length === 0);
  });
});

test("all hints can be written as comments", async () => {
  await editor.open(exampleUri, example);
  const text = editor.textAfter(exampleUri, await editor.annotations(exampleUri));
  expect(text).toContain("nn.Linear(512, 10),  # params: 5,130 → (N, 10)\n");
  expect(text.replaceAll(/ {2}# (params|shape):.*$/gm, "")).toBe(example);
});

test("a file that others import is followed, in its buffer and on disk", async () => {
  const blocks = path.join(folder, "blocks.py");
  const blocksText = "from torch import nn\n\ndef block():\n    return nn.Linear(4, 8)\n";
  writeFileSync(blocks, blocksText);
  const main = uriOf(path.join(folder, "main.py"));
  await editor.open(main, "from blocks import block\n\nmodel = block()\n");
  expect((await editor.summary(main)).models[0]?.params).toBe(40);

  await editor.open(uriOf(blocks), blocksText);
  await editor.edit(uriOf(blocks), "nn.Linear(4, 8)", "nn.Linear(4, 9)");
  await editor.until(() => editor.refreshes.length > 0);
  expect((await editor.summary(main)).models[0]?.params).toBe(45);

  await editor.close(uriOf(blocks));
  writeFileSync(blocks, blocksText.replace("8", "16"));
  await editor.fileChanged(blocks);
  await editor.until(() => editor.refreshes.length > 2);
  expect((await editor.summary(main)).models[0]?.params).toBe(80);
});

describe("the protocol", () => {
  test("announces what the server can do", () => {
    expect(editor.initializeResult?.capabilities).toMatchObject({
      textDocumentSync: { openClose: true, change: 2 },
      inlayHintProvider: { resolveProvider: true },
      hoverProvider: true,
      codeLensProvider: {},
      codeActionProvider: { codeActionKinds: ["quickfix"] },
    });
    expect(editor.initializeResult?.serverInfo?.name).toBe("ParamLens");
  });

  test("a cancelled request is answered as such", async () => {
    await editor.open(exampleUri, example);
    await editor.labels(exampleUri);
    await editor.edit(exampleUri, "nn.Conv2d(3, 32", "nn.Conv2d(3, 48");
    const cancellation = new CancellationTokenSource();
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const params = { textDocument: { uri: exampleUri }, range };
    const answer = editor.connection.sendRequest(InlayHintRequest.type, params, cancellation.token);
    cancellation.cancel();
    // An analysis of a few milliseconds may be quicker than the cancellation.
    await answer.catch((error: { code: number }) => expect(error.code).toBe(LSPErrorCodes.RequestCancelled));
    expect((await editor.labels(exampleUri)).map(countOf)).toContain("6: # params: 1,344");
  });

  test("a hundred edits in a row end with the hints of the last", async () => {
    await editor.open(exampleUri, example);
    const at = example.indexOf("32, kernel_size");
    for (let width = 100; width < 200; width++) {
      const length = width === 100 ? 2 : 3;
      void editor.replace(exampleUri, at, at + length, String(width));
    }
    expect((await editor.labels(exampleUri)).map(countOf)).toContain("6: # params: 5,572");
  });

  test("requests about documents that are not open get nothing", async () => {
    const params = { textDocument: { uri: "file:///nowhere.py" } };
    expect(await editor.connection.sendRequest("textDocument/codeLens", params)).toEqual([]);
    expect(await editor.summary("file:///nowhere.py")).toMatchObject({ models: [] });
  });

  test("malformed requests get an error, and the server goes on", async () => {
    await expect(editor.connection.sendRequest("paramlens/nothing", {})).rejects.toThrow();
    await expect(editor.connection.sendRequest("textDocument/hover", {})).rejects.toThrow();
    await expect(editor.connection.sendRequest("textDocument/inlayHint", { textDocument: null })).rejects.toThrow();
    await editor.connection.sendNotification("textDocument/didChange", { nonsense: true });
    await editor.open(exampleUri, example);
    expect(await editor.labels(exampleUri)).not.toEqual([]);
  });

  test("the process ends in order when it is told to", async () => {
    expect(await editor.stop()).toBe(0);
  });

  test("the process ends when its editor is gone", async () => {
    const orphan = spawn(process.execPath, [serverBundle, "--stdio"], { stdio: ["pipe", "ignore", "inherit"] });
    orphan.stdin.end();
    await once(orphan, "exit");
    expect(orphan.exitCode).not.toBeNull();
  });
});

/** A hint's line and count: what it says of the output may rest on the line that is being typed. */
function countOf(label: string): string {
  return label.replace(/ → .*$/, "");
}
