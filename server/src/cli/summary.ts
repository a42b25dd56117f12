/** `paramlens summary`: one model, as a table for people or in a form for other programs. */
import { InputError, parseInputSpec, parseTarget, summarizeTarget, type Target, TargetError } from "../report/index.ts";
import type { ModelSummary } from "../report/types.ts";
import { UnreadableFile } from "../workspace/program.ts";
import { UserError } from "./errors.ts";
import { modelRow } from "./rows.ts";
import { csv, markdown } from "./tables.ts";
import { terminalTable } from "./terminal.ts";
import { absolute, analyzed, openProgram, type WorkspaceOptions } from "./workspace.ts";

export type SummaryFormat = "table" | "markdown" | "csv" | "json";

export interface SummaryOptions extends WorkspaceOptions {
  readonly input: readonly string[];
  readonly depth?: number;
  readonly format: SummaryFormat;
  readonly color: boolean;
}

export async function summary(targetText: string, options: SummaryOptions): Promise<void> {
  const model = await summarize(targetText, options);
  const layers = model.layers.filter(({ depth }) => depth < (options.depth ?? Number.POSITIVE_INFINITY));
  process.stdout.write(printed({ ...model, layers }, options));
}

async function summarize(targetText: string, options: SummaryOptions): Promise<ModelSummary> {
  try {
    const target = parseTarget(targetText);
    const inputs = options.input.map(parseInputSpec);
    const program = await openProgram("file" in target ? [target.file] : [], options);
    // A file that cannot be read is named as the person named it.
    if ("file" in target) await analyzed(program, target.file);
    return await summarizeTarget(program, located(target), inputs);
  } catch (error) {
    const mendable = error instanceof TargetError || error instanceof InputError || error instanceof UnreadableFile;
    throw mendable ? new UserError(error.message) : error;
  }
}

function located(target: Target): Target {
  return "file" in target ? { ...target, file: absolute(target.file) } : target;
}

function printed(model: ModelSummary, { format, color }: SummaryOptions): string {
  switch (format) {
    case "table":
      return terminalTable(model, { width: process.stdout.columns ?? 100, color });
    case "markdown":
      return markdown(model);
    case "csv":
      return csv(model);
    case "json":
      return `${JSON.stringify(modelRow(model), null, 2)}\n`;
  }
}
