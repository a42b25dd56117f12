/** `textDocument/hover`: the card of what stands under the pointer. */
import { type Hover, MarkupKind, type Position } from "vscode-languageserver";
import { hoverAt } from "../../report/index.ts";
import type { CardLinks } from "../../report/types.ts";
import { toLspRange } from "../convert.ts";
import type { View } from "../documents.ts";

/** `commands`: whether the editor runs commands of links in a card. */
export function hover(view: View, position: Position, commands: boolean): Hover | null {
  if (view.analysis === null || !view.project.settings.hover.enable) return null;
  const card = hoverAt(view.analysis, view.lines.offsetAt(position), linksOf(view, commands));
  if (card === null) return null;
  return { contents: { kind: MarkupKind.Markdown, value: card.markdown }, range: toLspRange(view.lines, card.range) };
}

function linksOf({ uri }: View, commands: boolean): CardLinks {
  const command = (model: string): string =>
    `command:paramlens.setInputShape?${encodeURIComponent(JSON.stringify([uri, model]))}`;
  return { line: (line) => `${uri}#L${line}`, setInput: (model) => (commands ? command(model) : null) };
}
