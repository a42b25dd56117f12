/** `textDocument/codeLens`: the line above each model, which opens its summary, and asks for its input. */
import type { CodeLens } from "vscode-languageserver";
import { toLspRange } from "../convert.ts";
import type { View } from "../documents.ts";

export function codeLenses(view: View): CodeLens[] {
  if (!view.project.settings.codeLens.enable) return [];
  return view.report.lenses.flatMap(({ range: place, title, model }) => {
    const range = toLspRange(view.lines, place);
    const lens = (text: string, command: string) => ({
      range,
      command: { title: text, command: `paramlens.${command}`, arguments: [view.uri, model] },
    });
    return [lens(title, "showSummary"), lens("Set input shape…", "setInputShape")];
  });
}
