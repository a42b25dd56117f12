/**
 * Hints as comments: the edits that write a file's hints behind its lines, for *Write Hints As Comments*, a double click
 * on a hint, and `paramlens annotate`. Comments of ParamLens that stand there already give way; other comments stay.
 */
import { LineIndex } from "../base/lines.ts";
import { type LineEnd, lineEnds } from "./lineEnds.ts";
import type { FileReport, Hint, Range } from "./types.ts";

export interface TextChange {
  readonly range: Range;
  readonly newText: string;
}

/** The edits that write every hint of a report, in the order of the text and without overlap. */
export function annotations(text: string, report: Pick<FileReport, "hints" | "diagnostics">): TextChange[] {
  const ends = endsByOffset(text);
  const byLine = new Map<LineEnd, string[]>();
  for (const { offset, label } of [...report.hints, ...mendedAssertions(report)]) {
    const end = ends(offset);
    if (end?.open) byLine.set(end, [...(byLine.get(end) ?? []), label]);
  }
  return [...byLine]
    .map(([end, labels]) => comment(text, end, labels))
    .filter(({ range, newText }) => text.slice(range.start, range.end) !== newText)
    .toSorted((a, b) => a.range.start - b.range.start);
}

/** A function that gives the edit which writes one hint, or null where no comment can stand. */
export function annotator(text: string): (hint: Hint) => TextChange | null {
  let ends: ((offset: number) => LineEnd | undefined) | null = null;
  return (hint) => {
    ends ??= endsByOffset(text);
    const end = ends(hint.offset);
    return end?.open ? comment(text, end, [hint.label]) : null;
  };
}

/** `text` after `changes`, which must not overlap. */
export function applied(text: string, changes: readonly TextChange[]): string {
  let result = "";
  let at = 0;
  for (const { range, newText } of changes.toSorted((a, b) => a.range.start - b.range.start)) {
    result += text.slice(at, range.start) + newText;
    at = range.end;
  }
  return result + text.slice(at);
}

/** A comment's parts that are ParamLens': from `# params:` or `# shape:` to the next `#`. */
const ownComment = /#\s*(?:params|shape):[^#]*/g;

/** The line's comment with `labels` at its head: PEP 8 asks for two blanks before it. */
function comment(text: string, { code, comment: existing, end }: LineEnd, labels: readonly string[]): TextChange {
  const own = labels.join("  ");
  if (existing === null) return { range: { start: code, end }, newText: `  ${own}` };
  const others = text.slice(existing, end).replace(ownComment, "").trim();
  return { range: { start: code, end }, newText: others === "" ? `  ${own}` : `  ${own}  ${others}` };
}

/** Where an assertion has gone stale stands a finding instead of a hint; its mend is what the hint would say. */
function mendedAssertions({ diagnostics }: Pick<FileReport, "diagnostics">): Pick<Hint, "offset" | "label">[] {
  const stale = diagnostics.filter(({ code }) => code === "stale-params" || code === "stale-shape");
  return stale.flatMap(({ range, fixes }) => {
    const label = fixes[0]?.edits[0]?.newText;
    return label === undefined ? [] : [{ offset: range.start, label }];
  });
}

function endsByOffset(text: string): (offset: number) => LineEnd | undefined {
  const ends = lineEnds(text);
  const index = new LineIndex(text);
  return (offset) => ends[index.positionAt(offset).line];
}
