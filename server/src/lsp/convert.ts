/** Plain data of the report to LSP's, one function a kind. */
import {
  DiagnosticSeverity,
  type Diagnostic as LspDiagnostic,
  type Range as LspRange,
  type TextEdit,
} from "vscode-languageserver";
import type { LineIndex } from "../base/lines.ts";
import type { TextChange } from "../report/annotate.ts";
import type { Diagnostic, Range } from "../report/types.ts";
import { uriOf } from "./addresses.ts";
import type { Settings, Severity } from "./settings.ts";

export function toLspRange(lines: LineIndex, range: Range): LspRange {
  return { start: lines.positionAt(range.start), end: lines.positionAt(range.end) };
}

export function toRange(lines: LineIndex, range: LspRange): Range {
  return { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
}

export function toTextEdit(lines: LineIndex, { range, newText }: TextChange): TextEdit {
  return { range: toLspRange(lines, range), newText };
}

/** Null where the settings silence it. */
export function toLspDiagnostic(
  lines: LineIndex,
  diagnostic: Diagnostic,
  path: string,
  settings: Settings["diagnostics"],
): LspDiagnostic | null {
  const severity = settings.severity[diagnostic.code] ?? diagnostic.severity;
  if (!settings.enable || severity === "off") return null;
  return {
    range: toLspRange(lines, diagnostic.range),
    severity: severities[severity],
    code: diagnostic.code,
    source: "ParamLens",
    message: diagnostic.message,
    relatedInformation: diagnostic.related.map((related) => {
      const start = { line: related.line, character: related.character };
      const end = { line: related.line, character: related.character + (related.range.end - related.range.start) };
      const range = related.path === path ? toLspRange(lines, related.range) : { start, end };
      return { location: { uri: uriOf(related.path), range }, message: related.message };
    }),
  };
}

const severities: Readonly<Record<Exclude<Severity, "off">, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
