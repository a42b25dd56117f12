/** The report of a file, and what is asked of single places and targets. */
import type { Analysis } from "../workspace/analysis.ts";
import { diagnosticsOf } from "./diagnostics.ts";
import { hintsOf } from "./hints.ts";
import { lensesOf } from "./lenses.ts";
import { withoutAsserted } from "./stale.ts";
import { summaryOf } from "./summary.ts";
import type { FileReport, ModelSummary, ValueRow } from "./types.ts";
import { valuesOf } from "./values.ts";

export { InputError } from "../workspace/inputs.ts";
export { offeredFixes } from "./fixes/offered.ts";
export { hoverAt } from "./hover.ts";
export { type InputPreview, inputEdit, previewInput } from "./inputPrompt.ts";
export { headlineOf } from "./lenses.ts";
export { sourceAt } from "./places.ts";
export { type InputSpec, parseInputSpec, parseTarget, summarizeTarget, type Target, TargetError } from "./target.ts";

const key = Symbol("report");

/** Everything that a window shows of a file; models and values are made when they are read. */
export function reportOf(analysis: Analysis): FileReport {
  let report = analysis.derived.get(key);
  if (!(report instanceof LazyReport)) {
    const hints = hintsOf(analysis);
    report = new LazyReport(analysis, {
      hints: withoutAsserted(analysis, hints),
      diagnostics: diagnosticsOf(analysis, hints),
      lenses: lensesOf(analysis),
    });
    analysis.derived.set(key, report);
  }
  return report as LazyReport;
}

class LazyReport implements FileReport {
  readonly path: string;
  readonly hints: FileReport["hints"];
  readonly diagnostics: FileReport["diagnostics"];
  readonly lenses: FileReport["lenses"];
  private readonly analysis: Analysis;
  private ownModels: readonly ModelSummary[] | null = null;
  private ownValues: readonly ValueRow[] | null = null;

  constructor(analysis: Analysis, eager: Pick<FileReport, "hints" | "diagnostics" | "lenses">) {
    this.analysis = analysis;
    this.path = analysis.path;
    this.hints = eager.hints;
    this.diagnostics = eager.diagnostics;
    this.lenses = eager.lenses;
  }

  get models(): readonly ModelSummary[] {
    this.ownModels ??= this.analysis.models.map((model) => summaryOf(model, this.analysis));
    return this.ownModels;
  }

  get values(): readonly ValueRow[] {
    this.ownValues ??= valuesOf(this.analysis);
    return this.ownValues;
  }
}
