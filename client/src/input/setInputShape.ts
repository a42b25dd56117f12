/**
 * *Set Input Shape…*: asks for the inputs of a model, tells while they are typed what comes out, and writes them where
 * they belong: a `# given` comment at the class's forward method, or the setting `paramlens.inputShapes` for a model that
 * has no such method in this file.
 */
import * as vscode from "vscode";
import type { ModelSummary } from "../../../server/src/report/types.ts";
import type { Server } from "../server.ts";
import { inputsText } from "../view/format.ts";

export async function setInputShape(server: Server, document: vscode.TextDocument, model: ModelSummary): Promise<void> {
  const inputs = await vscode.window.showInputBox({
    title: `Input of ${model.name}`,
    prompt: "Sizes are numbers, names or arithmetic over them; a name means one size throughout.",
    placeHolder: "x: (N, 3, 224, 224), mask: (N, T) bool",
    value: inputsText(model.inputs),
    validateInput: (text) => validation(server, document.uri, model.id, text),
  });
  if (inputs === undefined) return;
  const edits = await server.inputEdits(document.uri, model.id, inputs);
  if (edits === null) return writeSetting(document, model, inputs);
  const change = new vscode.WorkspaceEdit();
  change.set(document.uri, edits);
  await vscode.workspace.applyEdit(change);
}

/** What is wrong with the inputs, or what the model gives for them. */
async function validation(
  server: Server,
  uri: vscode.Uri,
  model: string,
  text: string,
): Promise<vscode.InputBoxValidationMessage | null> {
  const { problem, output } = await server.previewInput(uri, model, text);
  if (problem !== null) return { message: problem, severity: vscode.InputBoxValidationSeverity.Error };
  return output === null ? null : { message: `→ ${output}`, severity: vscode.InputBoxValidationSeverity.Info };
}

async function writeSetting(document: vscode.TextDocument, model: ModelSummary, inputs: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration("paramlens", document);
  const shapes = settings.get<Record<string, string>>("inputShapes", {});
  const target = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await settings.update("inputShapes", { ...shapes, [model.name]: inputs.trim() }, target);
}
