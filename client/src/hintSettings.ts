/**
 * *Toggle Hints*: switches the three kinds of inlay hints off together, and back to what they were.
 */
import * as vscode from "vscode";

const kinds = ["params", "layerShapes", "tensorShapes"] as const;
const rememberedKey = "paramlens.hintsBeforeToggle";

export async function toggleHints(state: vscode.Memento): Promise<void> {
  const settings = vscode.workspace.getConfiguration("paramlens.inlayHints");
  const shown = kinds.filter((kind) => settings.get<boolean>(kind, true));
  const next = shown.length > 0 ? [] : state.get<readonly string[]>(rememberedKey, kinds);
  if (shown.length > 0) await state.update(rememberedKey, shown);
  for (const kind of kinds) await setHint(settings, kind, next.includes(kind));
}

/** The person's own settings, unless the workspace has a say. A value that is the default is not written down. */
async function setHint(settings: vscode.WorkspaceConfiguration, kind: string, value: boolean): Promise<void> {
  const current = settings.inspect<boolean>(kind);
  const inWorkspace = current?.workspaceValue !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  const written = !inWorkspace && value === current?.defaultValue ? undefined : value;
  await settings.update(kind, written, target);
}
