/** `paramlens/previewInput` and `paramlens/inputEdit`: the inputs of a model as somebody types them. */
import type { TextEdit } from "vscode-languageserver";
import { inputEdit, previewInput } from "../../report/index.ts";
import { pathOf } from "../addresses.ts";
import { toLspRange } from "../convert.ts";
import type { View } from "../documents.ts";
import type { PreviewInputParams, PreviewInputResult } from "../protocol.ts";

export function inputPreview({ uri, project }: View, { model, inputs }: PreviewInputParams): PreviewInputResult {
  return previewInput(project.program, pathOf(uri), model, inputs);
}

export function inputEdits({ analysis, lines }: View, { model, inputs }: PreviewInputParams): TextEdit[] | null {
  const found = analysis?.models.find(({ id }) => id === model);
  const edit = analysis && found ? inputEdit(found, analysis, inputs) : null;
  return edit && [{ range: toLspRange(lines, edit.range), newText: edit.newText }];
}
