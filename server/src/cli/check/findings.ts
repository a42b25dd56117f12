/** The findings of `paramlens check` as plain rows, for every form that they are printed in. */
import type { LineIndex } from "../../base/lines.ts";
import type { Diagnostic, DiagnosticCode, Fix, Range, Related } from "../../report/types.ts";

/** Codes of the report, and the one that only a check has: a model with more parameters than it may have. */
export type CheckCode = DiagnosticCode | "max-params";
export type Level = "error" | "warning" | "information" | "hint";

/** Lines and columns from 1; columns count UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Finding extends Place {
  /** As the person would name it, with forward slashes. */
  readonly path: string;
  readonly severity: Level;
  readonly code: CheckCode;
  readonly message: string;
  readonly related: readonly (Place & { readonly path: string; readonly message: string })[];
  readonly fixes: readonly {
    readonly title: string;
    readonly edits: readonly (Place & { readonly newText: string })[];
  }[];
  /** The lines of the source that it stands on. */
  readonly source: readonly string[];
}

export interface Checked {
  /** How many files were looked at. */
  readonly files: number;
  readonly findings: readonly Finding[];
}

/** A finding of the report as a row. `named` gives a path of the analysis the name that the person uses. */
export function findingRow(
  found: Pick<Diagnostic, "range" | "message" | "related"> & { readonly code: CheckCode },
  severity: Level,
  fixes: readonly Fix[],
  lines: LineIndex,
  path: string,
  named: (path: string) => string,
): Finding {
  const place = placeOf(found.range, lines);
  return {
    path,
    ...place,
    severity,
    code: found.code,
    message: found.message,
    related: found.related.map((related) => ({
      path: named(related.path),
      ...relatedPlace(related),
      message: related.message,
    })),
    fixes: fixes.map(({ title, edits }) => ({
      title,
      edits: edits.map(({ range, newText }) => ({ ...placeOf(range, lines), newText })),
    })),
    source: sourceLines(lines, place),
  };
}

function placeOf({ start, end }: Range, lines: LineIndex): Place {
  const [from, to] = [lines.positionAt(start), lines.positionAt(end)];
  return { line: from.line + 1, column: from.character + 1, endLine: to.line + 1, endColumn: to.character + 1 };
}

/** Only the start of a place in another file is known by line. */
function relatedPlace({ line, character, range }: Related): Place {
  const column = character + 1;
  return { line: line + 1, column, endLine: line + 1, endColumn: column + (range.end - range.start) };
}

function sourceLines(lines: LineIndex, { line, endLine }: Place): string[] {
  return Array.from({ length: endLine - line + 1 }, (_, i) => lines.lineText(line - 1 + i));
}
