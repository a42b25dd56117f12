/** `paramlens/summary` and the headline of `paramlens/analyzed`: the models of a document. */
import { headlineOf } from "../../report/index.ts";
import type { View } from "../documents.ts";
import type { SummaryResult } from "../protocol.ts";

export function summary({ uri, version, report }: View, model: string | undefined): SummaryResult {
  return { uri, version, models: report.models.filter(({ id }) => model === undefined || id === model) };
}

/** `Net · 5,852,234 params`, of the file's first model. Said after every change, so it asks for no whole summary. */
export function headline({ analysis }: View): string | null {
  const model = analysis?.models[0];
  return model === undefined ? null : headlineOf(model);
}
