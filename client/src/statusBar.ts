/**
 * The status bar item: the headline of the active Python file, `Net · 5,852,234 params`. A click opens the summary.
 */
import * as vscode from "vscode";
import type { AnalyzedParams } from "../../server/src/lsp/protocol.ts";

export interface StatusBar extends vscode.Disposable {
  analyzed(params: AnalyzedParams): void;
}

export function createStatusBar(): StatusBar {
  const headlines = new Map<string, string | null>();
  const item = vscode.window.createStatusBarItem("paramlens.headline", vscode.StatusBarAlignment.Right, 100);
  item.name = "ParamLens";
  item.command = "paramlens.showSummary";

  const update = () => {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const headline = uri === undefined ? null : headlines.get(uri);
    if (!headline) return item.hide();
    // The bar is shared: name and count there, the whole on pointing.
    item.text = `$(list-tree) ${headline.split(" · ").slice(0, 2).join(" · ")}`;
    item.tooltip = `${headline}\nShow Model Summary`;
    item.show();
  };
  const listeners = [
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.workspace.onDidCloseTextDocument((document) => headlines.delete(document.uri.toString())),
  ];

  return {
    analyzed({ uri, headline }) {
      headlines.set(uri, headline);
      update();
    },
    dispose() {
      item.dispose();
      for (const listener of listeners) listener.dispose();
    },
  };
}
