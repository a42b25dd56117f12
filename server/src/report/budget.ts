/** Models that have more parameters than they may have. */
import { isConcrete } from "../algebra/index.ts";
import { modulesOf } from "../frameworks/torch/binding/module.ts";
import { countsOf } from "../model/tree.ts";
import type { Analysis, AnalyzedModel } from "../workspace/analysis.ts";
import { rangeOf } from "./hints.ts";
import type { Range, Related } from "./types.ts";

export interface OverBudget {
  readonly code: "max-params";
  readonly range: Range;
  readonly message: string;
  readonly related: readonly Related[];
}

/** Of a model within another one only the outer is told; a count in symbols is not known to be too large. */
export function overBudget(analysis: Analysis, most: number): OverBudget[] {
  const large = analysis.models.filter((model) => (paramsOf(model) ?? 0) > most);
  const inner = new Set(large.flatMap(({ instance }) => [...modulesOf(instance)].filter((part) => part !== instance)));
  const told = new Set<AnalyzedModel["instance"]>();
  return large.flatMap((model) => {
    if (inner.has(model.instance) || told.has(model.instance) || model.site.unit.file !== analysis.path) return [];
    told.add(model.instance);
    const message = `${model.id} has ${number(paramsOf(model) ?? 0)} parameters, more than the ${number(most)} that it may have`;
    return [{ code: "max-params" as const, range: rangeOf(model.site), message, related: [] }];
  });
}

function paramsOf({ instance }: AnalyzedModel): number | null {
  const { params } = countsOf(instance);
  return "count" in params && isConcrete(params.count) ? params.count : null;
}

function number(count: number): string {
  return count.toLocaleString("en-US");
}
