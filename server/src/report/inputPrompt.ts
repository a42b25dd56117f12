/**
 * *Set Input Shape…*: what a text that somebody types as the input of a model would give, and how it is written down.
 */
import type { ModuleCall } from "../frameworks/torch/binding/trace.ts";
import type { Analysis, AnalyzedModel } from "../workspace/analysis.ts";
import { givenOf } from "../workspace/directives.ts";
import { InputError, type InputSpec, parseGiven } from "../workspace/inputs.ts";
import type { Program } from "../workspace/program.ts";
import { shapeText } from "./facts.ts";
import type { Range } from "./types.ts";
import { reasonOf } from "./unknowns.ts";

export interface InputPreview {
  /** What is wrong with the text, a sentence for who is typing it; null where it can be used. */
  readonly problem: string | null;
  /** The shape that comes out, or why none is known. */
  readonly output: string | null;
}

/** What the model gives for inputs written as in a `given` comment. Nothing of it is kept. */
export function previewInput(program: Program, path: string, model: string, text: string): InputPreview {
  let specs: readonly InputSpec[];
  try {
    specs = parseGiven(text);
  } catch (problem) {
    if (problem instanceof InputError) return refused(problem.message);
    throw problem;
  }
  const analysis = analysisWith(program, path, model, specs);
  const found = analysis.models.find(({ id }) => id === model);
  if (!found) return refused(`${model} is no longer there`);
  const unknown = unknownName(found, specs);
  if (unknown !== null) return refused(unknown);
  const mistake = mistakeIn(found, analysis);
  if (mistake !== null) return refused(mistake);
  return { problem: null, output: outputOf(found.call) };
}

/** The change of a text that gives a model these inputs; null where its `forward` stands in another file. */
export function inputEdit(
  model: AnalyzedModel,
  analysis: Analysis,
  inputs: string,
): { range: Range; newText: string } | null {
  const forward = model.instance.cls.lookup("forward");
  if (forward?.kind !== "function" || forward.unit.file !== analysis.path || forward.def.kind !== "FunctionDef")
    return null;
  const { lines, directives, path, text } = analysis;
  const comment = `# given ${inputs.trim()}`;
  const known = givenOf(forward, path, lines, directives);
  if (known) return { range: { start: known.start, end: known.end }, newText: comment };
  const start = forward.unit.offset + forward.def.start;
  const first = lines.positionAt(start).line;
  const lineStart = lines.offsetAt({ line: first, character: 0 });
  const indent = text.slice(lineStart, start);
  return { range: { start: lineStart, end: lineStart }, newText: `${indent}${comment}\n` };
}

function refused(problem: string): InputPreview {
  return { problem: problem.charAt(0).toUpperCase() + problem.slice(1), output: null };
}

/** The file analysed as if the model were asked for with these inputs. */
function analysisWith(program: Program, path: string, model: string, specs: readonly InputSpec[]): Analysis {
  const { options } = program;
  program.options = { ...options, inputs: { model, specs } };
  try {
    const steps = program.rehearse(path);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  } finally {
    program.options = options;
  }
}

function unknownName({ inputs }: AnalyzedModel, specs: readonly InputSpec[]): string | null {
  const names = inputs.map(({ name }) => name);
  const unknown = specs.find(({ name }) => name !== null && !names.includes(name));
  return unknown ? `the model has no input ${unknown.name}; it takes ${names.join(", ")}` : null;
}

/** What goes wrong on the way of these inputs, be it that the model is called otherwise elsewhere. */
function mistakeIn({ notes, call }: AnalyzedModel, { trace }: Analysis): string | null {
  const raised = notes.find((note) => note.startsWith("it raises "));
  if (raised) return raised;
  const why = call?.output ? reasonOf(call.output) : null;
  const finding = trace.findings.find(({ message }) => message === why);
  return finding ? finding.message : null;
}

function outputOf(call: ModuleCall | null): string | null {
  if (!call?.output) return null;
  return shapeText(call.output) ?? reasonOf(call.output);
}
