/** `textDocument/codeAction`: the fixes of the findings at a place that were seen to help. */
import { type CodeAction, CodeActionKind } from "vscode-languageserver";
import { offeredFixes } from "../../report/index.ts";
import type { Range } from "../../report/types.ts";
import { toLspDiagnostic, toTextEdit } from "../convert.ts";
import type { View } from "../documents.ts";

export function codeActions(view: View, range: Range): CodeAction[] {
  const { lines, report, project, uri, analysis } = view;
  if (analysis === null) return [];
  return report.diagnostics
    .filter((found) => found.range.start <= range.end && range.start <= found.range.end)
    .flatMap((found) => {
      const diagnostic = toLspDiagnostic(lines, found, report.path, project.settings.diagnostics);
      if (diagnostic === null) return [];
      return offeredFixes(project.program, analysis, found).map(({ title, edits }, i) => ({
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        isPreferred: i === 0,
        edit: { changes: { [uri]: edits.map((edit) => toTextEdit(lines, edit)) } },
      }));
    });
}
