/**
 * The summary panel as the editor sees it: one webview beside the code that follows the active Python file, refreshes
 * when an analysis has finished and shares the cursor with the editor in both directions.
 */
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { ModelSummary } from "../../../server/src/report/types.ts";
import { isPython, pathOf, uriOf } from "../documents.ts";
import type { Summaries } from "../server.ts";
import { modelAt } from "../view/facts.ts";
import type { FromPanel, ToPanel } from "./messages.ts";
import { page } from "./page.ts";

export interface SummaryPanel extends vscode.Disposable {
  /** Opens the panel, or brings it to the front, at a model or at the one under the cursor. */
  show(uri: vscode.Uri, model: string | null): Promise<void>;
  /** An analysis of this document has finished. */
  analyzed(uri: string): void;
}

export function createSummaryPanel(extension: vscode.Uri, summaries: Summaries): SummaryPanel {
  let view: vscode.WebviewPanel | undefined;
  let shown: vscode.Uri | undefined;
  let pendingSelect: string | null = null;
  let requests = 0;
  /** The file that a row of the panel led to. */
  let visited: string | null = null;
  const baselines = new Map<string, Record<string, number>>();

  const post = (message: ToPanel) => view?.webview.postMessage(message);

  async function refresh(): Promise<void> {
    const uri = shown;
    const request = ++requests;
    if (uri === undefined || view === undefined) return;
    const result = await summaries.of(uri);
    if (request !== requests || result === null) return;
    // A model that appears later counts from then on.
    const baseline = { ...countsOf(result.models), ...baselines.get(uri.toString()) };
    baselines.set(uri.toString(), baseline);
    post({
      type: "summary",
      file: vscode.workspace.asRelativePath(uri),
      models: result.models,
      select: pendingSelect,
      baselines: baseline,
    });
    pendingSelect = null;
    const editor = vscode.window.activeTextEditor;
    if (editor !== undefined) postCursor(editor);
  }

  function postCursor(editor: vscode.TextEditor): void {
    if (isPython(editor.document)) {
      post({ type: "cursor", path: pathOf(editor.document.uri), line: editor.selection.active.line });
    }
  }

  function open(): vscode.WebviewPanel {
    const files = vscode.Uri.joinPath(extension, "dist", "panel");
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const created = vscode.window.createWebviewPanel("paramlens.summary", "Model Summary", column, {
      enableScripts: true,
      localResourceRoots: [files],
      retainContextWhenHidden: false,
    });
    const source = (name: string) => created.webview.asWebviewUri(vscode.Uri.joinPath(files, name)).toString();
    created.webview.onDidReceiveMessage((message: FromPanel) => void receive(message));
    created.onDidDispose(() => {
      view = undefined;
    });
    created.webview.html = page({
      script: source("panel.js"),
      style: source("panel.css"),
      origin: created.webview.cspSource,
      nonce: randomBytes(16).toString("base64url"),
    });
    return created;
  }

  async function receive(message: FromPanel): Promise<void> {
    switch (message.type) {
      case "ready":
        return refresh();
      case "reveal":
        // What a layer is written in may be another file; the panel stays with the model.
        visited = uriOf(message.path).toString();
        return reveal(uriOf(message.path), message.line, message.focus);
      case "editInput":
        await vscode.commands.executeCommand("paramlens.setInputShape", shown?.toString(), message.model);
        return;
      case "copy":
        await vscode.commands.executeCommand(
          "paramlens.copySummaryAs",
          shown?.toString(),
          message.model,
          message.format,
        );
    }
  }

  const listeners = [
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor === undefined || view === undefined || !isPython(editor.document)) return;
      const uri = editor.document.uri.toString();
      if (uri === visited) return postCursor(editor);
      visited = null;
      if (uri === shown?.toString()) return postCursor(editor);
      shown = editor.document.uri;
      void refresh();
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => postCursor(textEditor)),
    vscode.workspace.onDidCloseTextDocument((document) => baselines.delete(document.uri.toString())),
  ];

  return {
    async show(uri, model) {
      shown = uri;
      const existing = view;
      view ??= open();
      existing?.reveal(undefined, true);
      const editor = vscode.window.activeTextEditor;
      const line = editor?.document.uri.toString() === uri.toString() ? editor.selection.active.line : 0;
      const models = (await summaries.of(uri))?.models ?? [];
      pendingSelect = model ?? modelAt(models, line)?.id ?? null;
      await refresh();
    },
    analyzed(uri) {
      if (uri === shown?.toString()) void refresh();
    },
    dispose() {
      view?.dispose();
      for (const listener of listeners) listener.dispose();
    },
  };
}

/** Puts the cursor on a line. A line that is in view already stays where it is. */
async function reveal(uri: vscode.Uri, line: number, focus: boolean): Promise<void> {
  const selection = new vscode.Selection(line, 0, line, 0);
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  if (visible === undefined) {
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One, preserveFocus: !focus, selection });
    return;
  }
  visible.selection = selection;
  visible.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  if (focus) await vscode.window.showTextDocument(visible.document, visible.viewColumn);
}

function countsOf(models: readonly ModelSummary[]): Record<string, number> {
  return Object.fromEntries(models.flatMap(({ id, params }) => (typeof params === "number" ? [[id, params]] : [])));
}
