/**
 * A small editor: the language server as a real process over stdio, and the requests that an editor makes of it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { CodeAction, TextEdit } from "vscode-languageserver-protocol/node";
import {
  type ClientCapabilities,
  CodeActionRequest,
  type CodeLens,
  CodeLensRequest,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesRegistrationOptions,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  ExitNotification,
  FileChangeType,
  type Hover,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type InlayHint,
  InlayHintRequest,
  type Position,
  type ProgressToken,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Range,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  UnregistrationRequest,
  WorkDoneProgress,
  WorkDoneProgressCancelNotification,
  WorkDoneProgressCreateRequest,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { AnalyzedParams, PreviewInputResult, SummaryResult } from "../../server/src/lsp/protocol.ts";

export const serverBundle = fileURLToPath(new URL("../../dist/server/server.cjs", import.meta.url));

export interface EditorOptions {
  /** A workspace folder. */
  readonly folder?: string;
  /** The section `paramlens`. */
  readonly settings?: Record<string, unknown>;
  readonly command?: readonly string[];
}

export class Editor {
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly log: string[] = [];
  readonly refreshes: string[] = [];
  /** Addresses of the documents that an analysis was told of, in order. */
  readonly analyzed: string[] = [];
  /** Glob patterns that the server asked to be watched, as text; a folder before its pattern. */
  watched: string[] = [];
  /** What the status bar was told of long work. */
  readonly progress: {
    readonly token: ProgressToken;
    readonly value: { readonly kind: string; readonly title?: string };
  }[] = [];
  initializeResult: InitializeResult | null = null;
  private settings: Record<string, unknown>;
  private readonly documents = new Map<string, TextDocument>();
  private readonly published = new Map<string, PublishDiagnosticsParams>();
  private readonly waiting = new Set<() => void>();

  private constructor(process: ChildProcess, connection: ProtocolConnection, settings: Record<string, unknown>) {
    this.process = process;
    this.connection = connection;
    this.settings = settings;
  }

  static async start({ folder, settings = {}, command }: EditorOptions = {}): Promise<Editor> {
    if (!existsSync(serverBundle)) throw new Error("the server is not built: npm run build");
    // Started as the extension starts it.
    const [program = "", ...args] = command ?? [
      process.execPath,
      "--min-semi-space-size=32",
      "--max-semi-space-size=64",
      serverBundle,
      "--stdio",
    ];
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const editor = new Editor(child, connection, settings);
    editor.listen();
    editor.initializeResult = await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities,
      initializationOptions: { commandLinks: true },
      workspaceFolders: folder === undefined ? null : [{ uri: uriOf(folder), name: "workspace" }],
    });
    await connection.sendNotification(InitializedNotification.type, {});
    return editor;
  }

  async open(uri: string, text: string): Promise<void> {
    const document = TextDocument.create(uri, "python", 1, text);
    this.documents.set(uri, document);
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: "python", version: 1, text },
    });
  }

  /** Replaces the first occurrence of `before`, as typing would. */
  async edit(uri: string, before: string, after: string): Promise<void> {
    const document = this.document(uri);
    const start = document.getText().indexOf(before);
    if (start < 0) throw new Error(`${before} is not in ${uri}`);
    await this.replace(uri, start, start + before.length, after);
  }

  /** Replaces the text between two offsets. */
  replace(uri: string, start: number, end: number, text: string): Promise<void> {
    const document = this.document(uri);
    const range = { start: document.positionAt(start), end: document.positionAt(end) };
    const version = document.version + 1;
    this.documents.set(uri, TextDocument.update(document, [{ range, text }], version));
    return this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [{ range, text }],
    });
  }

  async close(uri: string): Promise<void> {
    this.documents.delete(uri);
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  async configure(settings: Record<string, unknown>): Promise<void> {
    this.settings = settings;
    await this.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  }

  async save(uri: string): Promise<void> {
    await this.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri } });
  }

  /** Presses the button that stops long work. */
  async stopWork(token: ProgressToken): Promise<void> {
    await this.connection.sendNotification(WorkDoneProgressCancelNotification.type, { token });
  }

  async fileChanged(file: string): Promise<void> {
    await this.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: uriOf(file), type: FileChangeType.Changed }],
    });
  }

  async hints(uri: string): Promise<InlayHint[]> {
    const range = this.wholeRange(uri);
    return (await this.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range })) ?? [];
  }

  /** `line: label` of each hint, lines from 1. */
  async labels(uri: string): Promise<string[]> {
    return (await this.hints(uri)).map(({ position, label }) => `${position.line + 1}: ${labelText(label)}`);
  }

  /** The card over the first occurrence of `text`. */
  hover(uri: string, text: string): Promise<Hover | null> {
    return this.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri },
      position: this.positionOf(uri, text),
    });
  }

  async lenses(uri: string): Promise<CodeLens[]> {
    return (await this.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } })) ?? [];
  }

  async actions(uri: string, range: Range): Promise<CodeAction[]> {
    const context = { diagnostics: [] };
    const found = await this.connection.sendRequest(CodeActionRequest.type, { textDocument: { uri }, range, context });
    return (found ?? []).filter((action): action is CodeAction => "edit" in action);
  }

  summary(uri: string, model?: string): Promise<SummaryResult> {
    return this.connection.sendRequest("paramlens/summary", { textDocument: { uri }, model });
  }

  previewInput(uri: string, model: string, inputs: string): Promise<PreviewInputResult> {
    return this.connection.sendRequest("paramlens/previewInput", { textDocument: { uri }, model, inputs });
  }

  inputEdits(uri: string, model: string, inputs: string): Promise<TextEdit[] | null> {
    return this.connection.sendRequest("paramlens/inputEdit", { textDocument: { uri }, model, inputs });
  }

  annotations(uri: string): Promise<TextEdit[]> {
    return this.connection.sendRequest("paramlens/annotate", { textDocument: { uri } });
  }

  /** The document after `edits`. */
  textAfter(uri: string, edits: TextEdit[]): string {
    return TextDocument.applyEdits(this.document(uri), edits);
  }

  /** The diagnostics of the document's newest version. */
  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const version = this.document(uri).version;
    const latest = () => this.published.get(uri);
    await this.until(() => latest()?.version === version);
    return latest()?.diagnostics ?? [];
  }

  /** The last diagnostics of a document, whatever its version. */
  lastDiagnostics(uri: string): Diagnostic[] | undefined {
    return this.published.get(uri)?.diagnostics;
  }

  async until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve) => {
      const check = () => {
        if (!condition()) return;
        this.waiting.delete(check);
        resolve();
      };
      this.waiting.add(check);
    });
  }

  positionOf(uri: string, text: string): Position {
    const offset = this.document(uri).getText().indexOf(text);
    if (offset < 0) throw new Error(`${text} is not in ${uri}`);
    return this.document(uri).positionAt(offset);
  }

  text(uri: string): string {
    return this.document(uri).getText();
  }

  /** The exit status. */
  async stop(): Promise<number | null> {
    const ended = once(this.process, "exit");
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    const [status] = await ended;
    this.connection.dispose();
    return typeof status === "number" ? status : null;
  }

  private listen(): void {
    const { connection } = this;
    connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => this.settings));
    connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      for (const { method, registerOptions } of registrations) {
        if (method === DidChangeWatchedFilesNotification.method) this.watched = patternsOf(registerOptions);
      }
      this.notify();
    });
    connection.onRequest(UnregistrationRequest.type, () => undefined);
    connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
      connection.onProgress(WorkDoneProgress.type, token, (value) => {
        this.progress.push({ token, value });
        this.notify();
      });
    });
    connection.onNotification("paramlens/analyzed", ({ uri }: AnalyzedParams) => {
      this.analyzed.push(uri);
      this.notify();
    });
    for (const method of ["workspace/inlayHint/refresh", "workspace/codeLens/refresh"]) {
      connection.onRequest(method, () => {
        this.refreshes.push(method);
        this.notify();
        return null;
      });
    }
    connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.published.set(params.uri, params);
      this.notify();
    });
    connection.onNotification("window/logMessage", ({ message }: { message: string }) => {
      this.log.push(message);
      this.notify();
    });
    connection.listen();
  }

  private notify(): void {
    for (const check of [...this.waiting]) check();
  }

  private document(uri: string): TextDocument {
    const document = this.documents.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open`);
    return document;
  }

  private wholeRange(uri: string): Range {
    return { start: { line: 0, character: 0 }, end: { line: this.document(uri).lineCount, character: 0 } };
  }
}

/** A label's text, whether it comes whole or in parts. */
export function labelText(label: InlayHint["label"]): string {
  return typeof label === "string" ? label : label.map(({ value }) => value).join("");
}

export function uriOf(file: string): string {
  return pathToFileURL(file).href;
}

function patternsOf(options: unknown): string[] {
  const { watchers } = options as DidChangeWatchedFilesRegistrationOptions;
  return watchers.map(({ globPattern }) => {
    if (typeof globPattern === "string") return globPattern;
    const { baseUri, pattern } = globPattern;
    return `${typeof baseUri === "string" ? baseUri : baseUri.uri} ${pattern}`;
  });
}

const capabilities: ClientCapabilities = {
  window: { workDoneProgress: true },
  textDocument: {
    publishDiagnostics: { versionSupport: true, relatedInformation: true },
    inlayHint: { resolveSupport: { properties: ["tooltip", "label.location"] } },
  },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    inlayHint: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  },
};
