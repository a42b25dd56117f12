/** `textDocument/hover`: the card of what stands under the pointer. */
import { type Hover, MarkupKind, type Position } from "vscode-languageserver";
import { hoverAt } from "../../report/index.ts";
import { toLspRange } from "../convert.ts";
import type { View } from "../documents.ts";

export function hover(view: View, position: Position): Hover | null {
  if (view.analysis === null || !view.project.settings.hover.enable) return null;
  const card = hoverAt(view.analysis, view.lines.offsetAt(position));
  if (card === null) return null;
  return { contents: { kind: MarkupKind.Markdown, value: card.markdown }, range: toLspRange(view.lines, card.range) };
}
