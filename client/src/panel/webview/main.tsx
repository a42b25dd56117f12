/**
 * The page of the summary panel: keeps what the extension sent and what the person chose, and renders it.
 */
import { render } from "preact";
import type { FromPanel, ToPanel } from "../messages.ts";
import { App, type PanelState } from "./App.tsx";

interface VsCodeApi {
  postMessage(message: FromPanel): void;
  getState(): { readonly selected?: string } | undefined;
  setState(state: { readonly selected?: string }): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const vscode = acquireVsCodeApi();
const root = document.getElementById("root");
let state: PanelState = { summary: null, selected: vscode.getState()?.selected ?? null, cursor: null };

window.addEventListener("message", (event: MessageEvent<ToPanel>) => {
  const message = event.data;
  if (message.type === "summary") update({ summary: message, selected: message.select ?? state.selected });
  else update({ cursor: message });
});
update({});
vscode.postMessage({ type: "ready" });

function update(change: Partial<PanelState>): void {
  state = { ...state, ...change };
  if (state.selected !== null) vscode.setState({ selected: state.selected });
  if (root !== null)
    render(<App state={state} post={(message) => vscode.postMessage(message)} select={select} />, root);
}

/** The page keeps the choice itself, also while it is hidden. */
function select(model: string): void {
  update({ selected: model });
}
