/** `paramlens/annotate`: the edits that write every hint of a document as a comment. */
import type { TextEdit } from "vscode-languageserver";
import { annotations } from "../../report/annotate.ts";
import { toTextEdit } from "../convert.ts";
import type { View } from "../documents.ts";

export function annotate({ lines, report }: View): TextEdit[] {
  return annotations(lines.text, report).map((edit) => toTextEdit(lines, edit));
}
