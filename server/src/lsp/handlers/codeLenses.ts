/** `textDocument/codeLens`: the line above each model, which opens its summary. */
import type { CodeLens } from "vscode-languageserver";
import { toLspRange } from "../convert.ts";
import type { View } from "../documents.ts";

export function codeLenses(view: View): CodeLens[] {
  if (!view.project.settings.codeLens.enable) return [];
  return view.report.lenses.map(({ range, title, model }) => ({
    range: toLspRange(view.lines, range),
    command: { title, command: "paramlens.showSummary", arguments: [view.uri, model] },
  }));
}
