/** `textDocument/codeAction`: the certain fixes of the findings at a place. */
import { type CodeAction, CodeActionKind } from "vscode-languageserver";
import type { Range } from "../../report/types.ts";
import { toLspDiagnostic, toTextEdit } from "../convert.ts";
import type { View } from "../documents.ts";

export function codeActions(view: View, range: Range): CodeAction[] {
  const { lines, report, project, uri } = view;
  return report.diagnostics
    .filter((found) => found.range.start <= range.end && range.start <= found.range.end)
    .flatMap((found) => {
      const diagnostic = toLspDiagnostic(lines, found, report.path, project.settings.diagnostics);
      if (diagnostic === null) return [];
      return found.fixes.map(({ title, edits }) => ({
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        isPreferred: found.fixes.length === 1,
        edit: { changes: { [uri]: edits.map((edit) => toTextEdit(lines, edit)) } },
      }));
    });
}
