/**
 * The language server: starting it, asking it, and telling it which Python the person works with.
 */
import * as vscode from "vscode";
import {
  LanguageClient,
  type LanguageClientOptions,
  type Middleware,
  type TextEdit,
  TransportKind,
} from "vscode-languageclient/node";
import {
  type AnalyzedParams,
  type AnnotateParams,
  analyzedNotification,
  annotateRequest,
  type InitializationOptions,
  inputEditRequest,
  type PreviewInputParams,
  type PreviewInputResult,
  previewInputRequest,
  type SummaryParams,
  type SummaryResult,
  summaryRequest,
} from "../../server/src/lsp/protocol.ts";
import { documentSelector } from "./documents.ts";
import { createPythonChoice, type ExtensionHost, type PythonChoice } from "./pythonChoice.ts";

/** The models of a document; null while the server cannot tell. */
export interface Summaries {
  of(uri: vscode.Uri): Promise<SummaryResult | null>;
}

export interface Server extends Summaries, vscode.Disposable {
  start(): Promise<void>;
  restart(): Promise<void>;
  showOutput(): void;
  /** What a model would give for inputs that are being typed. */
  previewInput(uri: vscode.Uri, model: string, inputs: string): Promise<PreviewInputResult>;
  /** The edits that write inputs down; null where the model's `forward` is not in the document. */
  inputEdits(uri: vscode.Uri, model: string, inputs: string): Promise<vscode.TextEdit[] | null>;
  /** The edits that write every hint of a document as a comment. */
  annotations(uri: vscode.Uri): Promise<vscode.TextEdit[]>;
}

/** Room for what one analysis makes before it is collected: fewer pauses between a keystroke and its hints. */
const roomy = ["--min-semi-space-size=32", "--max-semi-space-size=64"];

/** What the server tells by itself. */
export interface ServerEvents {
  readonly analyzed: (params: AnalyzedParams) => void;
  /** Long work goes on, or has ended. `stop` ends it. */
  readonly working: (id: string, work: LongWork | null) => void;
}

export interface LongWork {
  readonly title: string;
  readonly message: string;
  stop(): void;
}

export function createServer(extension: vscode.Uri, { analyzed, working }: ServerEvents): Server {
  const module = vscode.Uri.joinPath(extension, "dist", "server", "server.cjs").fsPath;
  const transport = TransportKind.ipc;
  const configurationChanged = () =>
    void client.sendNotification("workspace/didChangeConfiguration", { settings: null });
  const python = createPythonChoice(extensionHost, configurationChanged);
  const extraPathsChanged = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(extraPaths)) configurationChanged();
  });
  const client = new LanguageClient(
    "paramlens",
    "ParamLens",
    {
      run: { module, transport, options: { execArgv: roomy } },
      debug: { module, transport, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
    },
    clientOptions(python, (token, params) => {
      const id = String(token);
      if (params.kind === "end") return working(id, null);
      const stop = () => void client.sendNotification("window/workDoneProgress/cancel", { token });
      const title = params.kind === "begin" ? params.title : (titles.get(id) ?? "");
      titles.set(id, title);
      working(id, { title, message: params.message ?? "", stop });
    }),
  );
  const titles = new Map<string, string>();
  client.onNotification(analyzedNotification, (params: AnalyzedParams) =>
    // One spelling of an address, VS Code's.
    analyzed({ ...params, uri: client.protocol2CodeConverter.asUri(params.uri).toString() }),
  );

  const documentParams = (uri: vscode.Uri) => ({
    textDocument: { uri: client.code2ProtocolConverter.asUri(uri) },
  });

  return {
    start: () => client.start(),
    restart: () => client.restart(),
    showOutput: () => client.outputChannel.show(),
    async of(uri) {
      if (!client.isRunning()) return null;
      const params: SummaryParams = documentParams(uri);
      try {
        return await client.sendRequest<SummaryResult>(summaryRequest, params);
      } catch (error) {
        // Cancelled, or the server went away; the next analysis brings a new summary.
        client.debug(`No summary of ${uri.path}: ${error}`);
        return null;
      }
    },
    previewInput(uri, model, inputs) {
      const params: PreviewInputParams = { ...documentParams(uri), model, inputs };
      return client.sendRequest<PreviewInputResult>(previewInputRequest, params);
    },
    async inputEdits(uri, model, inputs) {
      const params: PreviewInputParams = { ...documentParams(uri), model, inputs };
      const edits = await client.sendRequest<TextEdit[] | null>(inputEditRequest, params);
      return edits && client.protocol2CodeConverter.asTextEdits(edits);
    },
    async annotations(uri) {
      const params: AnnotateParams = documentParams(uri);
      const edits = await client.sendRequest<TextEdit[]>(annotateRequest, params);
      return client.protocol2CodeConverter.asTextEdits(edits);
    },
    dispose() {
      extraPathsChanged.dispose();
      python.dispose();
      void client.dispose();
    },
  };
}

const extensionHost: ExtensionHost = {
  activate: (id) => vscode.extensions.getExtension(id)?.activate(),
  parse: (uri) => vscode.Uri.parse(uri),
};

/**
 * The hint with its places as commands: VS Code asks a language server for the definition of what stands there, and goes
 * nowhere if none answers.
 */
function opening(hint: vscode.InlayHint | null | undefined): vscode.InlayHint | null | undefined {
  if (typeof hint?.label !== "object") return hint;
  for (const part of hint.label) {
    const { location } = part;
    if (location === undefined) continue;
    const show: vscode.TextDocumentShowOptions = { selection: location.range };
    part.command = { title: "Go to Layer", command: "vscode.open", arguments: [location.uri, show] };
    delete part.location;
  }
  return hint;
}

/** Folders that Pylance adds to the path of imports. */
const extraPaths = "python.analysis.extraPaths";

type Progress = (...[token, params]: Parameters<NonNullable<Middleware["handleWorkDoneProgress"]>>) => void;

function clientOptions(python: PythonChoice, progress: Progress): LanguageClientOptions {
  return {
    documentSelector,
    initializationOptions: { commandLinks: true } satisfies InitializationOptions,
    // Cards are the server's own words, and of commands they only ask for an input.
    markdown: { isTrusted: { enabledCommands: ["paramlens.setInputShape"] } },
    middleware: {
      // The editor's own way is a notification where work can be stopped; ours is the status bar.
      handleWorkDoneProgress: progress,
      resolveInlayHint: async (hint, token, next) => opening(await next(hint, token)),
      workspace: {
        // The server asks for the section `paramlens`; the Python extension's choice stands in for an empty path.
        async configuration(params, token, next) {
          const sections = await next(params, token);
          if (!Array.isArray(sections)) return sections;
          return sections.map((section: unknown, at) => {
            const scope = params.items[at]?.scopeUri;
            if (params.items[at]?.section !== "paramlens") return section;
            return withPython(section, python.pathFor(scope), extraPathsOf(scope));
          });
        },
      },
    },
  };
}

function withPython(section: unknown, path: string | undefined, extraPaths: readonly string[]): unknown {
  if (typeof section !== "object" || section === null) return section;
  const own = "pythonPath" in section && section.pythonPath;
  return { ...section, extraPaths, ...(own || path === undefined ? {} : { pythonPath: path }) };
}

function extraPathsOf(scope: string | undefined): readonly string[] {
  const resource = scope === undefined ? undefined : vscode.Uri.parse(scope);
  return vscode.workspace.getConfiguration(undefined, resource).get<readonly string[]>(extraPaths) ?? [];
}
