/**
 * The commands of the palette. Each works on the document that it is given, else on the active editor's.
 */
import * as vscode from "vscode";
import type { ModelSummary } from "../../server/src/report/types.ts";
import { isPython } from "./documents.ts";
import { toggleHints } from "./hintSettings.ts";
import { setInputShape } from "./input/setInputShape.ts";
import type { SummaryPanel } from "./panel/panel.ts";
import type { Server } from "./server.ts";
import { modelAt } from "./view/facts.ts";
import { type CopyFormat, summaryText } from "./view/summaryText.ts";

export function registerCommands(server: Server, panel: SummaryPanel, state: vscode.Memento): vscode.Disposable[] {
  const command = (name: string, run: (...args: never[]) => unknown) =>
    vscode.commands.registerCommand(`paramlens.${name}`, run);

  return [
    command("showSummary", async (uri?: string, model?: string) => {
      const document = await documentFor(uri);
      if (document !== undefined) await panel.show(document.uri, model ?? null);
    }),
    command("setInputShape", async (uri?: string, model?: string) => {
      const document = await documentFor(uri);
      const chosen = document && (await modelFor(server, document, model));
      if (document && chosen) await setInputShape(server, document, chosen);
    }),
    command("copySummaryAs", async (uri?: string, model?: string, format?: CopyFormat) => {
      const document = await documentFor(uri);
      const chosen = document && (await modelFor(server, document, model));
      const as = chosen && (format ?? (await pickFormat()));
      if (!chosen || !as) return;
      await vscode.env.clipboard.writeText(summaryText(chosen, as));
      vscode.window.setStatusBarMessage(`Summary of ${chosen.name} copied`, messageTime);
    }),
    command("writeHintsAsComments", async () => {
      const document = await documentFor(undefined);
      if (document === undefined) return;
      const edit = new vscode.WorkspaceEdit();
      edit.set(document.uri, await server.annotations(document.uri));
      await vscode.workspace.applyEdit(edit);
    }),
    command("toggleHints", () => toggleHints(state)),
    command("restartServer", () => server.restart()),
    command("showOutput", () => server.showOutput()),
  ];
}

const messageTime = 4000;

async function documentFor(uri: string | undefined): Promise<vscode.TextDocument | undefined> {
  // A menu passes its own kind of address.
  if (typeof uri === "string") return vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const document = vscode.window.activeTextEditor?.document;
  if (document !== undefined && isPython(document)) return document;
  void vscode.window.showInformationMessage("ParamLens: open a Python file first.");
  return undefined;
}

async function modelFor(
  server: Server,
  document: vscode.TextDocument,
  id: string | undefined,
): Promise<ModelSummary | undefined> {
  const models = (await server.of(document.uri))?.models ?? [];
  const editor = vscode.window.visibleTextEditors.find((candidate) => candidate.document === document);
  const model = models.find((candidate) => candidate.id === id) ?? modelAt(models, editor?.selection.active.line ?? 0);
  if (model === undefined) void vscode.window.showInformationMessage("ParamLens: no model found in this file.");
  return model;
}

async function pickFormat(): Promise<CopyFormat | undefined> {
  const formats: readonly (vscode.QuickPickItem & { readonly format: CopyFormat })[] = [
    { label: "Markdown", description: "a table for pages and issues", format: "markdown" },
    { label: "CSV", description: "a row a layer, for spreadsheets", format: "csv" },
    { label: "JSON", description: "every fact, for scripts", format: "json" },
    { label: "Plain text", description: "aligned columns", format: "text" },
  ];
  return (await vscode.window.showQuickPick(formats, { title: "Copy Summary As" }))?.format;
}
