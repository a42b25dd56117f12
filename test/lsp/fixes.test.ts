/** Quick fixes as an editor asks for them: offered at the finding, as edits that mend it. And a project's own settings. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DiagnosticSeverity } from "vscode-languageserver-protocol/node";
import { Editor, uriOf } from "./client.ts";

const head = "import torch\nfrom torch import nn\n\n";
const uri = "untitled:Untitled-1";

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

/** A model whose only statement of interest stands in `__init__`, called with an input of ones. */
const model = (init: string, forward: string, sizes: string): string => `${head}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        ${init}

    def forward(self, x):
        return ${forward}

y = Net()(torch.ones(${sizes}))
`;

describe("quick fixes", () => {
  test.each([
    [
      "set in_features",
      model("self.fc = nn.Linear(8, 2)", "self.fc(x)", "4, 9"),
      "Set in_features to 9",
      model("self.fc = nn.Linear(9, 2)", "self.fc(x)", "4, 9"),
    ],
    [
      "set in_channels",
      model("self.conv = nn.Conv2d(3, 8, 3)", "self.conv(x)", "1, 4, 9, 9"),
      "Set in_channels to 4",
      model("self.conv = nn.Conv2d(4, 8, 3)", "self.conv(x)", "1, 4, 9, 9"),
    ],
    [
      "set num_features, given by keyword",
      model("self.norm = nn.BatchNorm2d(num_features=16)", "self.norm(x)", "1, 4, 9, 9"),
      "Set num_features to 4",
      model("self.norm = nn.BatchNorm2d(num_features=4)", "self.norm(x)", "1, 4, 9, 9"),
    ],
    [
      "swap features",
      model("self.fc = nn.Sequential(nn.Linear(2, 8), nn.Linear(2, 3))", "self.fc(x)", "4, 8"),
      "Swap in_features and out_features",
      model("self.fc = nn.Sequential(nn.Linear(8, 2), nn.Linear(2, 3))", "self.fc(x)", "4, 8"),
    ],
    [
      "insert flatten",
      model("self.fc = nn.Linear(12, 2)", "self.fc(x)", "4, 3, 2, 2"),
      "Insert flatten(1)",
      model("self.fc = nn.Linear(12, 2)", "self.fc(x.flatten(1))", "4, 3, 2, 2"),
    ],
    [
      "insert a Flatten",
      model("self.net = nn.Sequential(nn.ReLU(), nn.Linear(12, 2))", "self.net(x)", "4, 3, 2, 2"),
      "Insert nn.Flatten()",
      model("self.net = nn.Sequential(nn.ReLU(), nn.Flatten(), nn.Linear(12, 2))", "self.net(x)", "4, 3, 2, 2"),
    ],
    [
      "wrap a list",
      model("self.layers = [nn.Linear(3, 3)]", "self.layers[0](x)", "4, 3"),
      "Wrap in nn.ModuleList",
      model("self.layers = nn.ModuleList([nn.Linear(3, 3)])", "self.layers[0](x)", "4, 3"),
    ],
    [
      "wrap a list that is filled later",
      model("self.layers = []\n        self.layers.append(nn.Linear(3, 3))", "self.layers[0](x)", "4, 3"),
      "Wrap in nn.ModuleList",
      model("self.layers = nn.ModuleList()\n        self.layers.append(nn.Linear(3, 3))", "self.layers[0](x)", "4, 3"),
    ],
    [
      "wrap a dict",
      model('self.heads = {"a": nn.Linear(3, 3)}', 'self.heads["a"](x)', "4, 3"),
      "Wrap in nn.ModuleDict",
      model('self.heads = nn.ModuleDict({"a": nn.Linear(3, 3)})', 'self.heads["a"](x)', "4, 3"),
    ],
    [
      "add super().__init__()",
      model("self.fc = nn.Linear(3, 2)", "self.fc(x)", "4, 3").replace("super().__init__()", "self.n = 1"),
      "Add super().__init__()",
      model("self.fc = nn.Linear(3, 2)", "self.fc(x)", "4, 3").replace(
        "super().__init__()",
        "super().__init__()\n        self.n = 1",
      ),
    ],
    [
      "change a stale comment",
      `${head}fc = nn.Linear(3, 2)  # params: 9\n`,
      "Change to # params: 8 → (N, 2)",
      `${head}fc = nn.Linear(3, 2)  # params: 8 → (N, 2)\n`,
    ],
    [
      "remove a stale comment",
      `${head}x = torch.ones(3, 2)  # shape: (3, 1)  # why\n`,
      "Remove the comment",
      `${head}x = torch.ones(3, 2)  # why\n`,
    ],
  ])("%s", async (_, before, title, after) => {
    await editor.open(uri, before);
    const [found] = await editor.diagnostics(uri);
    if (found === undefined) return expect.fail("no finding");
    const actions = await editor.actions(uri, found.range);
    const action = actions.find((each) => each.title === title);
    expect(actions.map((each) => each.title)).toContain(title);
    expect(action).toMatchObject({ kind: "quickfix", diagnostics: [{ code: found.code }] });
    const mended = editor.textAfter(uri, action?.edit?.changes?.[uri] ?? []);
    expect(mended).toBe(after);
    await editor.edit(uri, before, mended);
    expect(await editor.diagnostics(uri)).toEqual([]);
  });

  test("one that would only move the mistake is not offered", async () => {
    const text = model("self.net = nn.Sequential(nn.Linear(4, 8), nn.Linear(9, 2))", "self.net(x) @ x", "3, 4");
    await editor.open(uri, text);
    const [found] = await editor.diagnostics(uri);
    expect(found?.code).toBe("in-features-mismatch");
    // (3, 2) does not fit (3, 4) either.
    expect(found && (await editor.actions(uri, found.range))).toEqual([]);
  });
});

describe("pyproject.toml", () => {
  const file = () => path.join(folder, "net.py");
  const text = model("self.fc = nn.Linear(8, 2)", "self.fc(x)", "4, 9");

  test("sets severities, which change with it", async () => {
    const project = path.join(folder, "pyproject.toml");
    writeFileSync(file(), text);
    writeFileSync(project, '[tool.paramlens.severity]\nin-features-mismatch = "warning"\n');
    await editor.fileChanged(project);
    await editor.open(uriOf(file()), text);
    await editor.until(() => editor.lastDiagnostics(uriOf(file()))?.[0]?.severity === DiagnosticSeverity.Warning);
    writeFileSync(project, '[tool.paramlens]\nexclude = ["net.py"]\n');
    await editor.fileChanged(project);
    await editor.until(() => editor.lastDiagnostics(uriOf(file()))?.length === 0);
  });

  test("what the editor sets goes first", async () => {
    const project = path.join(folder, "pyproject.toml");
    writeFileSync(project, '[tool.paramlens.severity]\nin-features-mismatch = "off"\n');
    await editor.fileChanged(project);
    await editor.configure({ diagnostics: { severity: { "in-features-mismatch": "information" } } });
    writeFileSync(file(), text);
    await editor.open(uriOf(file()), text);
    expect(await editor.diagnostics(uriOf(file()))).toMatchObject([{ severity: DiagnosticSeverity.Information }]);
  });

  test("a part that cannot be used is logged, and the rest holds", async () => {
    const project = path.join(folder, "pyproject.toml");
    writeFileSync(project, '[tool.paramlens]\nexcludes = []\nbatch-symbol = "B"\n');
    await editor.fileChanged(project);
    await editor.until(() => editor.log.some((line) => line.includes("excludes: there is no such setting")));
    const source = `${head}layer = nn.Linear(3, 2)\n`;
    writeFileSync(file(), source);
    await editor.open(uriOf(file()), source);
    expect(await editor.labels(uriOf(file()))).toEqual(["4: # params: 8 → (B, 2)"]);
  });
});
