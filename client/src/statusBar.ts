/**
 * The status bar: the headline of the active Python file, `Net · 5,852,234 params`, whose click opens the summary; and long
 * work while it goes on, whose click stops it.
 */
import * as vscode from "vscode";
import type { AnalyzedParams } from "../../server/src/lsp/protocol.ts";
import type { LongWork } from "./server.ts";

export interface StatusBar extends vscode.Disposable {
  analyzed(params: AnalyzedParams): void;
  working(id: string, work: LongWork | null): void;
}

const stopCommand = "paramlens.stopWork";

export function createStatusBar(): StatusBar {
  const headlines = new Map<string, string | null>();
  const item = vscode.window.createStatusBarItem("paramlens.headline", vscode.StatusBarAlignment.Right, 100);
  item.name = "ParamLens";
  item.command = "paramlens.showSummary";

  const works = new Map<string, LongWork>();
  const workItem = vscode.window.createStatusBarItem("paramlens.work", vscode.StatusBarAlignment.Right, 99);
  workItem.name = "ParamLens: long work";
  workItem.command = stopCommand;

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
    vscode.commands.registerCommand(stopCommand, () => {
      for (const work of works.values()) work.stop();
    }),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.workspace.onDidCloseTextDocument((document) => headlines.delete(document.uri.toString())),
  ];

  return {
    analyzed({ uri, headline }) {
      headlines.set(uri, headline);
      update();
    },
    working(id, work) {
      if (work === null) works.delete(id);
      else works.set(id, work);
      const [first] = works.values();
      if (first === undefined) return workItem.hide();
      workItem.text = `$(loading~spin) ${[first.title, first.message].filter(Boolean).join(": ")}`;
      workItem.tooltip = "ParamLens reads what the open files import. Click to stop.";
      workItem.show();
    },
    dispose() {
      item.dispose();
      workItem.dispose();
      for (const listener of listeners) listener.dispose();
    },
  };
}
