/**
 * Hints that stand still while a line is being typed. A half-typed line is often no Python, and what depends on it could
 * not be known for a moment; so until the text can be read again, the rest shows what was last known, moved along.
 */
import { changedRange } from "../base/changes.ts";
import type { FileReport, Range } from "./types.ts";

export interface Sound {
  readonly text: string;
  readonly report: FileReport;
}

/** Most characters that may have changed since the text was last sound; beyond, the new text speaks for itself. */
const maxChange = 400;

/** The report of a broken text, given what was known before it broke. */
export function steadied(report: FileReport, text: string, sound: Sound | null): FileReport {
  if (sound === null) return report;
  const { start, oldEnd, newEnd } = wholeLines(sound.text, text);
  if (Math.max(oldEnd, newEnd) - start > maxChange) return report;
  const shift = newEnd - oldEnd;
  const kept = (offset: number): boolean => offset < start || offset > oldEnd;
  const moved = (offset: number): number => (offset < start ? offset : offset + shift);
  const range = (old: Range): Range => ({ start: moved(old.start), end: moved(old.end) });
  const { hints, diagnostics, lenses, models, values, path } = sound.report;
  return {
    path,
    models,
    values,
    hints: hints
      .filter((hint) => kept(hint.offset))
      .map((hint) => ({ ...hint, offset: moved(hint.offset), range: range(hint.range) })),
    diagnostics: diagnostics
      .filter((each) => kept(each.range.start) && kept(each.range.end))
      .map((each) => ({ ...each, range: range(each.range), fixes: [] })),
    lenses: lenses.filter((lens) => kept(lens.range.start)).map((lens) => ({ ...lens, range: range(lens.range) })),
  };
}

/** The changed range, widened to whole lines of both texts. */
function wholeLines(before: string, after: string): { start: number; oldEnd: number; newEnd: number } {
  const { start, oldEnd, newEnd } = changedRange(before, after);
  const lineStart = before.lastIndexOf("\n", start - 1) + 1;
  const toLineEnd = (text: string, offset: number): number => {
    const end = text.indexOf("\n", offset);
    return end === -1 ? text.length : end;
  };
  return { start: lineStart, oldEnd: toLineEnd(before, oldEnd), newEnd: toLineEnd(after, newEnd) };
}
