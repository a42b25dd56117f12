/**
 * The extension's entry: puts the parts together when the first Python file opens. Everything that is computed is
 * computed in the language server; here are only windows on it.
 */
import type * as vscode from "vscode";
import { registerCommands } from "./commands.ts";
import { createSummaryPanel } from "./panel/panel.ts";
import { createServer } from "./server.ts";
import { createStatusBar } from "./statusBar.ts";

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const statusBar = createStatusBar();
  const server = createServer(context.extensionUri, {
    analyzed(params) {
      statusBar.analyzed(params);
      panel.analyzed(params.uri);
    },
    working: statusBar.working,
  });
  const panel = createSummaryPanel(context.extensionUri, server);
  context.subscriptions.push(server, panel, statusBar, ...registerCommands(server, panel, context.globalState));
  // A server that fails to start has told the person so; Restart Server and Show Output must work then, too.
  await server.start().catch(() => undefined);
}
