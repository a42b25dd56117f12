/** `textDocument/publishDiagnostics`: the findings of a document, in the severities that the settings give them. */
import type { PublishDiagnosticsParams } from "vscode-languageserver";
import { toLspDiagnostic } from "../convert.ts";
import type { View } from "../documents.ts";

export function diagnostics({ uri, version, lines, report, project }: View): PublishDiagnosticsParams {
  const found = report.diagnostics.map((one) => toLspDiagnostic(lines, one, report.path, project.settings.diagnostics));
  return { uri, version, diagnostics: found.filter((one) => one !== null) };
}
