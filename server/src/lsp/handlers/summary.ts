/** `paramlens/summary` and the headline of `paramlens/analyzed`: the models of a document. */
import { countText } from "../../report/words.ts";
import type { View } from "../documents.ts";
import type { SummaryResult } from "../protocol.ts";

export function summary({ uri, version, report }: View, model: string | undefined): SummaryResult {
  return { uri, version, models: report.models.filter(({ id }) => model === undefined || id === model) };
}

/** `Net · 5,852,234 params`, of the file's first model. */
export function headline({ report }: View): string | null {
  const [model] = report.models;
  return model === undefined ? null : `${model.name} · ${countText(model.params)} params`;
}
