/**
 * *Set Input Shape…*: asks for the inputs of a model and writes them where they belong: a `# given` comment at the
 * class's forward method, or the setting `paramlens.inputShapes` for a model that has no such method in this file.
 */
import * as vscode from "vscode";
import type { ModelSummary } from "../../../server/src/report/types.ts";
import { inputsText, shortType } from "../view/format.ts";
import { givenEdit, problemOf } from "./given.ts";

export async function setInputShape(document: vscode.TextDocument, model: ModelSummary): Promise<void> {
  const inputs = await vscode.window.showInputBox({
    title: `Input of ${model.name}`,
    prompt: "Sizes are numbers or names; a name means one size throughout.",
    placeHolder: "x: (N, 3, 224, 224), mask: (N, T) bool",
    value: inputsText(model.inputs),
    validateInput: problemOf,
  });
  if (inputs === undefined) return;
  const lines = document.getText().split(/\r?\n/);
  const edit = givenEdit(lines, shortType(model.type), inputs);
  if (edit === null) return writeSetting(document, model, inputs);
  const change = new vscode.WorkspaceEdit();
  const start = new vscode.Position(edit.line, 0);
  const end = new vscode.Position(edit.line, edit.remove === 0 ? 0 : (lines[edit.line]?.length ?? 0));
  change.replace(document.uri, new vscode.Range(start, end), edit.remove === 0 ? `${edit.text}\n` : edit.text);
  await vscode.workspace.applyEdit(change);
}

async function writeSetting(document: vscode.TextDocument, model: ModelSummary, inputs: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration("paramlens", document);
  const shapes = settings.get<Record<string, string>>("inputShapes", {});
  const target = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await settings.update("inputShapes", { ...shapes, [model.name]: inputs.trim() }, target);
}
