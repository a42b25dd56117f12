/**
 * ParamLens in the extension host, through the API that VS Code's own features use. The workspace is a copy of
 * `examples/`; the numbers are the ones that real PyTorch gives for `cifar_cnn.py`.
 */
import assert from "node:assert/strict";
import * as vscode from "vscode";

const firstHint = "# params: 896 → (N, 32, 32, 32)";

describe("ParamLens in the editor", () => {
  let document: vscode.TextDocument;
  let editor: vscode.TextEditor;

  before(async () => {
    const [example] = await vscode.workspace.findFiles("cifar_cnn.py");
    assert.ok(example, "the workspace holds cifar_cnn.py");
    document = await vscode.workspace.openTextDocument(example);
    editor = await vscode.window.showTextDocument(document);
  });

  it("starts with a Python file", async () => {
    await eventually(() => assert.equal(vscode.extensions.getExtension("paramlens.paramlens")?.isActive, true));
  });

  it("registers every command of its manifest", async () => {
    const extension = vscode.extensions.getExtension("paramlens.paramlens");
    const declared: string[] = extension?.packageJSON.contributes.commands.map(
      (each: { command: string }) => each.command,
    );
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.equal(declared.length, 7);
    assert.deepEqual(
      declared.filter((command) => !registered.has(command)),
      [],
    );
  });

  it("shows a hint behind each layer", async () => {
    await eventually(async () => {
      const labels = await hintLabels(document);
      assert.ok(labels.includes(firstHint), `no "${firstHint}" among ${JSON.stringify(labels)}`);
      for (const params of ["18,496", "295,168", "4,195,328", "5,130"]) {
        assert.ok(
          labels.some((label) => label.startsWith(`# params: ${params}`)),
          `no hint of ${params} among ${JSON.stringify(labels)}`,
        );
      }
    });
  });

  it("explains a layer in a hover card", async () => {
    await eventually(async () => {
      const text = await hoverText(document, positionOf(document, "Conv2d(3, 32"));
      assert.match(text, /896/);
      assert.ok(text.includes("((3 × 3 × 3) + 1) × 32 = 896"), text);
    });
  });

  it("offers to set the input shape beside each lens", async () => {
    const [file] = await vscode.workspace.findFiles("unet.py");
    assert.ok(file, "the workspace holds unet.py");
    await vscode.workspace.openTextDocument(file);
    await eventually(async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        file,
        100,
      );
      const commands = lenses.map((lens) => lens.command?.command);
      assert.ok(commands.includes("paramlens.setInputShape"), JSON.stringify(commands));
      assert.equal(
        commands.filter((command) => command === "paramlens.setInputShape").length,
        commands.filter((command) => command === "paramlens.showSummary").length,
      );
    });
  });

  it("shows the total in a hint or lens", async () => {
    await eventually(async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        document.uri,
        100,
      );
      const titles = lenses.map((lens) => lens.command?.title ?? "");
      const texts = [...titles, ...(await hintLabels(document))];
      assert.ok(
        texts.some((text) => text.includes("5,852,234")),
        JSON.stringify(texts),
      );
    });
  });

  it("follows an edit, and its undoing", async () => {
    const at = positionOf(document, "32, kernel_size");
    await editor.edit((edit) => edit.replace(new vscode.Range(at, at.translate(0, 2)), "48"));
    await eventually(async () => {
      const labels = await hintLabels(document);
      assert.ok(
        labels.some((label) => label.startsWith("# params: 1,344")),
        JSON.stringify(labels),
      );
      assert.ok(!labels.includes(firstHint));
    });
    await vscode.commands.executeCommand("undo");
    await eventually(async () => assert.ok((await hintLabels(document)).includes(firstHint)));
  });

  it("reports layers that do not fit together, and mends them", async () => {
    const broken = await vscode.workspace.openTextDocument({
      language: "python",
      content: [
        "import torch",
        "from torch import nn",
        "model = nn.Sequential(nn.Linear(4, 8), nn.Linear(9, 9))",
        "y = model(torch.randn(2, 4))",
        "",
      ].join("\n"),
    });
    await vscode.window.showTextDocument(broken);
    await eventually(() => {
      const found = vscode.languages.getDiagnostics(broken.uri);
      assert.deepEqual(
        found.map(({ code, severity }) => ({ code: codeOf(code), severity })),
        [{ code: "in-features-mismatch", severity: vscode.DiagnosticSeverity.Error }],
      );
    });
    const [found] = vscode.languages.getDiagnostics(broken.uri);
    assert.ok(found);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      broken.uri,
      found.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ title }) => title === "Set in_features to 8");
    assert.ok(fix?.edit, JSON.stringify(actions.map(({ title }) => title)));
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.ok(broken.getText().includes("nn.Linear(8, 9)"), broken.getText());
    await eventually(() => assert.deepEqual(vscode.languages.getDiagnostics(broken.uri), []));
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("says nothing about Python without models", async () => {
    const plain = await vscode.workspace.openTextDocument({ language: "python", content: "total = 1 + 1\n" });
    assert.deepEqual(await hintLabels(plain), []);
    assert.deepEqual(vscode.languages.getDiagnostics(plain.uri), []);
  });

  it("follows names of other files and what becomes of these on disk", async () => {
    await write("parts.py", partsOf(4));
    const user = await vscode.workspace.openTextDocument(
      await write("user.py", "from parts import Part\n\npart = Part()\n"),
    );
    await eventually(async () => assert.deepEqual(await hintLabels(user), ["# params: 20"]));
    await write("parts.py", partsOf(8));
    await eventually(async () => assert.deepEqual(await hintLabels(user), ["# params: 72"]));
  });

  it("finds the environment of the workspace, and what is installed into it later", async () => {
    const packages = ".venv/lib/python3.12/site-packages";
    const user = await vscode.workspace.openTextDocument(
      await write("late.py", "from late_parts import Part\n\npart = Part()\n"),
    );
    assert.deepEqual(await hintLabels(user), []);
    await write(".venv/pyvenv.cfg", "version = 3.12.1\n");
    await write(`${packages}/late_parts.py`, partsOf(4));
    await eventually(async () => assert.deepEqual(await hintLabels(user), ["# params: 20"]));
  });

  it("opens the summary panel beside the code", async () => {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("paramlens.showSummary");
    await eventually(() => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      const panel = tabs.find(
        ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes("paramlens.summary"),
      );
      assert.ok(panel, "no summary tab");
    });
  });

  it("copies the summary", async () => {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("paramlens.copySummaryAs", document.uri.toString(), undefined, "csv");
    const text = await vscode.env.clipboard.readText();
    assert.match(text, /^name,type,output,params,macs\r?\n0,torch\.nn\.Conv2d,"\(N, 32, 32, 32\)",896,/);
  });

  it("switches the hints off and on again", async () => {
    await vscode.commands.executeCommand("paramlens.toggleHints");
    await eventually(async () => assert.deepEqual(await hintLabels(document), []));
    await vscode.commands.executeCommand("paramlens.toggleHints");
    await eventually(async () => assert.ok((await hintLabels(document)).includes(firstHint)));
  });

  it("comes back after a restart of its server", async () => {
    await vscode.commands.executeCommand("paramlens.restartServer");
    await eventually(async () => assert.ok((await hintLabels(document)).includes(firstHint)));
  });
});

function partsOf(width: number): string {
  return `from torch import nn


class Part(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(${width}, ${width})

    def forward(self, x):
        return self.fc(x)
`;
}

/** Writes a file of the workspace. */
async function write(name: string, text: string): Promise<vscode.Uri> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, "a folder is open");
  const uri = vscode.Uri.joinPath(folder.uri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

async function hintLabels(document: vscode.TextDocument): Promise<string[]> {
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
    "vscode.executeInlayHintProvider",
    document.uri,
    new vscode.Range(0, 0, document.lineCount, 0),
  );
  return hints.map(({ label }) => (typeof label === "string" ? label : label.map((part) => part.value).join("")));
}

async function hoverText(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    position,
  );
  return hovers
    .flatMap((hover) => hover.contents)
    .map((content) => (typeof content === "string" ? content : content.value))
    .join("\n");
}

function positionOf(document: vscode.TextDocument, text: string): vscode.Position {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `${text} is not in the document`);
  return document.positionAt(offset);
}

function codeOf(code: vscode.Diagnostic["code"]): string | number | undefined {
  return typeof code === "object" ? code.value : code;
}

/** Until a check holds; its last failure after the patience has run out. */
async function eventually(check: () => void | Promise<void>, patience = 15_000): Promise<void> {
  const deadline = Date.now() + patience;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
