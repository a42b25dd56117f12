/**
 * The Python environment that the person chose in the Python extension or in its Python Environments extension, where one
 * of them is there. They are never waited for: until they answer the choice is unknown, then `changed` is called.
 */
import type * as vscode from "vscode";

export interface PythonChoice extends vscode.Disposable {
  /** Path of the environment or the executable that holds for a document, as far as it is known by now. */
  pathFor(documentUri: string | undefined): string | undefined;
}

/** What is asked of the editor. */
export interface ExtensionHost {
  /** What an extension exports once it is up; undefined where it is not there. */
  activate(id: string): Thenable<unknown> | undefined;
  parse(uri: string): vscode.Uri;
}

/** What is used of the API of `ms-python.python`. */
interface PythonApi {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(path: { readonly path: string }): Promise<ResolvedEnvironment | undefined>;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

interface ResolvedEnvironment {
  readonly executable: { readonly uri?: vscode.Uri | undefined };
  readonly environment?: { readonly folderUri?: vscode.Uri } | undefined;
}

/** What is used of the API of `ms-python.vscode-python-envs`. */
interface EnvironmentsApi {
  getEnvironment?(scope: vscode.Uri | undefined): Promise<{ readonly environmentPath?: vscode.Uri } | undefined>;
  readonly onDidChangeEnvironment?: vscode.Event<unknown>;
}

/** Finds the path of the environment that one extension has chosen for a document. */
type Source = (resource: vscode.Uri | undefined) => Promise<string | undefined>;

export function createPythonChoice(host: ExtensionHost, changed: () => void): PythonChoice {
  const sources: Source[] = [];
  const listeners: vscode.Disposable[] = [];
  const known = new Map<string, string | undefined>();
  const asked = new Set<string>();

  /** Everything may be different now. What was known holds until it is. */
  const askAgain = () => {
    const before = [...asked];
    asked.clear();
    for (const uri of before) ask(uri);
  };
  const ask = (uri: string) => {
    asked.add(uri);
    const resource = uri === "" ? undefined : host.parse(uri);
    firstOf(sources, resource).then((path) => {
      if (path === known.get(uri)) return;
      known.set(uri, path);
      changed();
    }, ignore);
  };
  const connect = (connection: Promise<Connection | undefined>, first: boolean) =>
    connection.then((connected) => {
      if (connected === undefined) return;
      if (first) sources.unshift(connected.source);
      else sources.push(connected.source);
      listeners.push(connected.onDidChange(askAgain));
      askAgain();
    }, ignore);
  // The newer extension knows better where both are there.
  void connect(connectEnvironments(host), true);
  void connect(connectPython(host), false);

  return {
    pathFor(documentUri = "") {
      if (!asked.has(documentUri)) ask(documentUri);
      return known.get(documentUri);
    },
    dispose() {
      for (const listener of listeners) listener.dispose();
    },
  };
}

interface Connection {
  readonly source: Source;
  readonly onDidChange: vscode.Event<unknown>;
}

async function connectPython(host: ExtensionHost): Promise<Connection | undefined> {
  const api = (await host.activate("ms-python.python")) as PythonApi | undefined;
  const environments = api?.environments;
  if (environments === undefined) return undefined;
  return {
    onDidChange: environments.onDidChangeActiveEnvironmentPath,
    async source(resource) {
      const chosen = environments.getActiveEnvironmentPath(resource);
      // The choice may be a command such as `python`; what is behind it the extension finds out.
      const resolved = await environments.resolveEnvironment(chosen).catch(() => undefined);
      return (resolved?.executable.uri ?? resolved?.environment?.folderUri)?.fsPath ?? chosen.path;
    },
  };
}

async function connectEnvironments(host: ExtensionHost): Promise<Connection | undefined> {
  const api = (await host.activate("ms-python.vscode-python-envs")) as EnvironmentsApi | undefined;
  const getEnvironment = api?.getEnvironment?.bind(api);
  if (getEnvironment === undefined || api?.onDidChangeEnvironment === undefined) return undefined;
  return {
    onDidChange: api.onDidChangeEnvironment,
    source: async (resource) => (await getEnvironment(resource))?.environmentPath?.fsPath,
  };
}

async function firstOf(sources: readonly Source[], resource: vscode.Uri | undefined): Promise<string | undefined> {
  for (const source of sources) {
    const path = await source(resource).catch(() => undefined);
    if (path) return path;
  }
  return undefined;
}

/** An extension that fails to start leaves the choice unknown; it reports its failure itself. */
function ignore(): void {}
