/** What the command line is asked about: `FILE.py`, `FILE.py:EXPR`, `package.module:EXPR`, with inputs. */
import type { Analysis, AnalyzedModel } from "../workspace/analysis.ts";
import { type InputSpec, parseInputSpec } from "../workspace/inputs.ts";
import type { Program } from "../workspace/program.ts";
import { summaryOf } from "./summary.ts";
import type { ModelSummary } from "./types.ts";

export type Target =
  | { readonly file: string; readonly expr: string | null }
  | { readonly module: string; readonly expr: string };

/** A target that can't be shown; the message is for people. */
export class TargetError extends Error {}

export { type InputSpec, parseInputSpec };

export function parseTarget(text: string): Target {
  const file = /^(.*?\.py)(?::(.+))?$/s.exec(text);
  if (file) return { file: file[1] ?? text, expr: file[2]?.trim() ?? null };
  const module = /^([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*):(.+)$/s.exec(text);
  if (module) return { module: module[1] ?? "", expr: (module[2] ?? "").trim() };
  throw new TargetError(`"${text}" is no target: write FILE.py, FILE.py:EXPR or package.module:EXPR`);
}

/**
 * The model that a target names.
 * @throws TargetError, UnreadableFile
 */
export async function summarizeTarget(
  program: Program,
  target: Target,
  inputs: readonly InputSpec[],
): Promise<ModelSummary> {
  if ("module" in target) {
    const text = `import ${target.module} as _module\n${targetName} = _module.${target.expr}\n`;
    const [root = ""] = program.options.roots;
    const build = isName(target.expr) ? text + calledWithDefaults : text;
    return evaluated(program, `${root}/_target.py`, build, target.expr, inputs);
  }
  const { file, expr } = target;
  const text = program.textOf(file);
  const evaluate = (call: string) => evaluated(program, file, `${text}\n${targetName} = ${call}\n`, call, inputs);
  if (expr !== null && !isName(expr) && text !== null) return evaluate(expr);
  const first = await analyzed(program, file, null);
  // A function of the file, rather than a model: what it builds.
  if (expr !== null && text !== null && first.bindings.get(expr) === "function") return evaluate(`${expr}()`);
  const model = expr === null ? mainModel(first, file) : namedModel(first, expr, file);
  if (inputs.length === 0) return summaryOf(model, first);
  const analysis = await analyzed(program, file, { model: model.id, specs: inputs });
  return checked(summaryOf(namedModel(analysis, model.id, file), analysis), inputs);
}

const targetName = "paramlens_target";

function isName(expr: string): boolean {
  return /^[A-Za-z_]\w*$/.test(expr);
}

/**
 * A name stands for what it makes with nothing but defaults: a class for its instance, a builder for its model. Told in
 * Python, so that one analysis does.
 */
const calledWithDefaults = `from inspect import isclass, isfunction
if isclass(${targetName}) or isfunction(${targetName}):
    ${targetName} = ${targetName}()
`;

/** Evaluates an expression at the end of a file's text. */
async function evaluated(
  program: Program,
  file: string,
  text: string,
  expr: string,
  inputs: readonly InputSpec[],
): Promise<ModelSummary> {
  const { options } = program;
  if (inputs.length > 0) program.options = { ...options, inputs: { model: targetName, specs: inputs } };
  try {
    const analysis = await program.analyzeText(file, text);
    const model = analysis.models.find(({ id }) => id === targetName);
    if (!model) throw new TargetError(`${expr} gives no model${whyNot(analysis, targetName)}`);
    return checked({ ...summaryOf(model, analysis), id: expr, name: expr, built: expr }, inputs);
  } finally {
    program.options = options;
  }
}

/** An input that the model does not take is a mistake of who asked. */
function checked(summary: ModelSummary, specs: readonly InputSpec[]): ModelSummary {
  const names = summary.inputs.map(({ name }) => name);
  for (const { name } of specs) {
    if (name !== null && summary.inputs.length > 0 && !names.includes(name)) {
      throw new TargetError(`${summary.name} takes no input named ${name}; it takes ${names.join(", ")}`);
    }
  }
  return summary;
}

async function analyzed(
  program: Program,
  file: string,
  inputs: { model: string; specs: readonly InputSpec[] } | null,
): Promise<Analysis> {
  const { options } = program;
  if (inputs) {
    program.options = { ...options, inputs };
    program.invalidate(file);
  }
  try {
    const analysis = await program.analyze(file);
    if (!analysis) throw new TargetError(`the analysis of ${file} was stopped`);
    return analysis;
  } finally {
    program.options = options;
  }
}

/** The model that a file is about: the last one at module level that is part of no other, else the last class. */
function mainModel({ models }: Analysis, file: string): AnalyzedModel {
  const main =
    models.findLast(({ kind }) => kind === "variable") ??
    models.findLast(({ call }) => call?.depth === 0) ??
    models.at(-1);
  if (!main) throw new TargetError(`${file} builds no model and defines no model class`);
  return main;
}

function namedModel(analysis: Analysis, name: string, file: string): AnalyzedModel {
  const model = analysis.models.find(({ id }) => id === name);
  if (model) return model;
  const known = analysis.models.map(({ id }) => id);
  const hint = known.length === 0 ? "it has no models" : `it has ${known.join(", ")}`;
  throw new TargetError(`${file} has no model named ${name}${whyNot(analysis, name)}; ${hint}`);
}

function whyNot(analysis: Analysis, name: string): string {
  const why = analysis.unknowns.get(name);
  return why === undefined ? "" : `: ${why}`;
}
