/** The line above a class: `Net · 5,852,234 params · (N, 3, 32, 32) → (N, 10) · 137.7 MMACs`. */
import { countsOf } from "../model/tree.ts";
import type { Analysis, AnalyzedModel } from "../workspace/analysis.ts";
import { macsText, perItem, shapeText } from "./facts.ts";
import { builtOf, groupCount } from "./hints.ts";
import { silencedLines } from "./silence.ts";
import type { Lens } from "./types.ts";

export function lensesOf(analysis: Analysis): Lens[] {
  const silent = silencedLines(analysis);
  return analysis.classes.flatMap(({ cls, model }) => {
    if (!model || !cls.site) return [];
    const start = cls.site.unit.offset + cls.site.start;
    if (silent.has(analysis.lines.positionAt(start).line)) return [];
    const range = { start, end: cls.site.unit.offset + cls.site.end };
    return [{ range, title: headlineOf(model, builtOf(cls, model, analysis)), model: model.id }];
  });
}

/** A model in one line; of several models of its class, the range of their counts. */
export function headlineOf(
  model: AnalyzedModel,
  { instances, times }: ReturnType<typeof builtOf> = { instances: [model.instance], times: 1 },
): string {
  const count = groupCount(instances.map(countsOf), times);
  const parts = [model.id, count === null ? "params unknown" : `${count} params`];
  if (times !== 1) return parts.join(" · ");
  const inputs = model.inputs.map(({ value }) => shapeText(value)).filter((text) => text !== null);
  const output = model.call?.output ? shapeText(model.call.output) : null;
  if (inputs.length > 0 && output !== null) parts.push(`${inputs.join(", ")} → ${output}`);
  if (model.call?.macs) parts.push(macsText(perItem(model.call.macs, model)));
  return parts.join(" · ");
}
