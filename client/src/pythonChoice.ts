/**
 * The Python environment that the person chose in the Python extension, where there is one. That extension is never
 * waited for: until it is up the choice is unknown, then `changed` is called.
 */
import * as vscode from "vscode";

export interface PythonChoice extends vscode.Disposable {
  /** Path of the environment that holds for a document. */
  pathFor(documentUri: string | undefined): string | undefined;
}

/** What is used of the Python extension's API. */
interface PythonApi {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

export function createPythonChoice(changed: () => void): PythonChoice {
  let api: PythonApi | undefined;
  let listener: vscode.Disposable | undefined;
  const connect = async () => {
    api = await vscode.extensions.getExtension<PythonApi>("ms-python.python")?.activate();
    listener = api?.environments?.onDidChangeActiveEnvironmentPath(changed);
    if (api?.environments !== undefined) changed();
  };
  // A Python extension that fails to start leaves the choice unknown; it reports its failure itself.
  connect().catch(() => undefined);
  return {
    pathFor: (uri) =>
      api?.environments?.getActiveEnvironmentPath(uri === undefined ? undefined : vscode.Uri.parse(uri)).path,
    dispose: () => listener?.dispose(),
  };
}
