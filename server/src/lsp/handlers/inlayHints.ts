/** `textDocument/inlayHint`: hints as they stand in the file, cut to what the settings let show. */
import { type InlayHint, InlayHintKind, MarkupKind } from "vscode-languageserver";
import { annotator } from "../../report/annotate.ts";
import { hoverAt, sourceAt } from "../../report/index.ts";
import type { Place } from "../../report/places.ts";
import type { Hint, Range } from "../../report/types.ts";
import { compact } from "../../report/words.ts";
import { isNotebookCell, uriOf } from "../addresses.ts";
import { toTextEdit } from "../convert.ts";
import type { View } from "../documents.ts";
import type { Settings } from "../settings.ts";

/** Finds a hint's card again when the editor asks for its tooltip. */
export interface HintData {
  readonly uri: string;
  readonly version: number;
  /** Offset of the expression. */
  readonly about: number;
}

/** `inParts` for clients that let labels be clicked, which need them so. */
export function inlayHints(view: View, range: Range, inParts: boolean): InlayHint[] {
  const settings = view.project.settings.inlayHints;
  if (isNotebookCell(view.uri) && !settings.inNotebooks) return [];
  const edit = annotator(view.lines.text);
  return view.report.hints
    .filter(({ offset }) => range.start <= offset && offset <= range.end)
    .flatMap((hint) => {
      const label = shownLabel(hint, settings);
      if (label === null) return [];
      const written = edit(hint);
      const data: HintData = { uri: view.uri, version: view.version, about: hint.range.start };
      return [
        {
          position: view.lines.positionAt(hint.offset),
          label: inParts ? [{ value: label }] : label,
          kind: InlayHintKind.Type,
          paddingLeft: true,
          ...(written === null ? {} : { textEdits: [toTextEdit(view.lines, written)] }),
          data,
        },
      ];
    });
}

/** The hint with the card of its expression as tooltip, and the way to the source of its layer. */
export function resolveInlayHint(view: View | null, hint: InlayHint): InlayHint {
  const data: unknown = hint.data;
  if (view?.analysis == null || !isHintData(data) || data.version !== view.version) return hint;
  const card = hoverAt(view.analysis, data.about);
  const tooltip = card === null ? {} : { tooltip: { kind: MarkupKind.Markdown, value: card.markdown } };
  return {
    ...hint,
    ...tooltip,
    label: withSource(hint.label, sourceAt(data.about, view.analysis, view.project.program)),
  };
}

/** A label whose text leads to a place; only labels in parts can. */
function withSource(label: InlayHint["label"], place: Place | null): InlayHint["label"] {
  if (typeof label === "string" || place === null) return label;
  const start = { line: place.line, character: place.character };
  const location = { uri: uriOf(place.path), range: { start, end: start } };
  return label.map((part) => ({ ...part, location }));
}

export function isHintData(data: unknown): data is HintData {
  return typeof data === "object" && data !== null && "uri" in data && "version" in data && "about" in data;
}

/** What the settings leave of a hint's label; null where nothing is left. */
export function shownLabel(hint: Hint, settings: Settings["inlayHints"]): string | null {
  if (hint.about === "tensor") return settings.tensorShapes ? hint.label : null;
  const { count, shape } = labelParts(hint.label);
  const enough = hint.params === null || hint.params >= settings.minParams;
  const shownCount = count === null || !settings.params || !enough ? null : count;
  const shownShape = settings.layerShapes ? shape : null;
  if (shownCount === null) return shownShape === null ? null : `# shape: ${shownShape}`;
  const text = settings.format === "compact" ? shownCount.replace(groupedNumber, compactNumber) : shownCount;
  return shownShape === null ? `# params: ${text}` : `# params: ${text} → ${shownShape}`;
}

const groupedNumber = /\d{1,3}(?:,\d{3})+/g;

function compactNumber(text: string): string {
  return compact(Number(text.replaceAll(",", "")));
}

/** `# params: 896 → (N, 32, 32, 32)` in its two parts; `# shape: …` has the second only. */
function labelParts(label: string): { readonly count: string | null; readonly shape: string | null } {
  const shape = /^# shape: (.*)$/.exec(label)?.[1];
  if (shape !== undefined) return { count: null, shape };
  const [count = "", output] = label.replace(/^# params: /, "").split(" → ");
  return { count, shape: output ?? null };
}
