/**
 * The language server: starting it, asking it, and telling it which Python the person works with.
 */
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type TextEdit, TransportKind } from "vscode-languageclient/node";
import {
  type AnalyzedParams,
  type AnnotateParams,
  analyzedNotification,
  annotateRequest,
  type SummaryParams,
  type SummaryResult,
  summaryRequest,
} from "../../server/src/lsp/protocol.ts";
import { documentSelector } from "./documents.ts";
import { createPythonChoice, type PythonChoice } from "./pythonChoice.ts";

/** The models of a document; null while the server cannot tell. */
export interface Summaries {
  of(uri: vscode.Uri): Promise<SummaryResult | null>;
}

export interface Server extends Summaries, vscode.Disposable {
  start(): Promise<void>;
  restart(): Promise<void>;
  showOutput(): void;
  /** The edits that write every hint of a document as a comment. */
  annotations(uri: vscode.Uri): Promise<vscode.TextEdit[]>;
}

/** Room for what one analysis makes before it is collected: fewer pauses between a keystroke and its hints. */
const roomy = ["--min-semi-space-size=32", "--max-semi-space-size=64"];

export function createServer(extension: vscode.Uri, analyzed: (params: AnalyzedParams) => void): Server {
  const module = vscode.Uri.joinPath(extension, "dist", "server", "server.cjs").fsPath;
  const transport = TransportKind.ipc;
  const python = createPythonChoice(
    () => void client.sendNotification("workspace/didChangeConfiguration", { settings: null }),
  );
  const watcher = vscode.workspace.createFileSystemWatcher("**/*.py");
  const client = new LanguageClient(
    "paramlens",
    "ParamLens",
    {
      run: { module, transport, options: { execArgv: roomy } },
      debug: { module, transport, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
    },
    clientOptions(watcher, python),
  );
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
    async annotations(uri) {
      const params: AnnotateParams = documentParams(uri);
      const edits = await client.sendRequest<TextEdit[]>(annotateRequest, params);
      return client.protocol2CodeConverter.asTextEdits(edits);
    },
    dispose() {
      watcher.dispose();
      python.dispose();
      void client.dispose();
    },
  };
}

function clientOptions(watcher: vscode.FileSystemWatcher, python: PythonChoice): LanguageClientOptions {
  return {
    documentSelector,
    synchronize: { fileEvents: watcher },
    middleware: {
      workspace: {
        // The server asks for the section `paramlens`; the Python extension's choice stands in for an empty path.
        async configuration(params, token, next) {
          const sections = await next(params, token);
          if (!Array.isArray(sections)) return sections;
          return sections.map((section: unknown, at) => {
            const scope = params.items[at]?.scopeUri;
            return params.items[at]?.section === "paramlens" ? withPython(section, python.pathFor(scope)) : section;
          });
        },
      },
    },
  };
}

function withPython(section: unknown, path: string | undefined): unknown {
  if (typeof section !== "object" || section === null || path === undefined) return section;
  return "pythonPath" in section && section.pythonPath ? section : { ...section, pythonPath: path };
}
