/**
 * The forward pass that shows a model's shapes. Inputs come from the first source that has them: calls in the file, a
 * `given` comment, settings, sizes solved from the layers, else symbols of the rank that the first layer asks for.
 */
import type { Dim, Equation } from "../algebra/index.ts";
import { substitute } from "../algebra/index.ts";
import type { LineIndex } from "../base/lines.ts";
import { Tensor } from "../frameworks/rules/index.ts";
import { inEvaluation } from "../frameworks/torch/binding/module.ts";
import type { ModuleCall, Probe, Trace } from "../frameworks/torch/binding/trace.ts";
import { TensorValue } from "../frameworks/torch/binding/values.ts";
import {
  imageTemplate,
  sizeNames,
  type Template,
  type Templates,
  tellsInput,
  templatesFor,
} from "../model/consumers.ts";
import { type Solution, solveInput } from "../model/solve.ts";
import { findAttribute } from "../python/attributes.ts";
import { call } from "../python/call.ts";
import type { Interpreter } from "../python/interpreter.ts";
import { speculate } from "../python/journal.ts";
import type { Func, Instance, Value } from "../python/values.ts";
import type { Parameter, Site } from "../syntax/ast.ts";
import { type AnalyzedInput, type AnalyzedModel, sizeOfInput } from "./analysis.ts";
import { unknownArgument } from "./arguments.ts";
import { type Directive, givenFor } from "./directives.ts";
import { InputError, type InputSpec, parseGiven, toShape } from "./inputs.ts";
import type { ProgramOptions } from "./types.ts";

export type Forward = Pick<
  AnalyzedModel,
  "call" | "calls" | "inputs" | "inputSource" | "inputSite" | "range" | "notes"
>;

export interface ForwardContext {
  readonly it: Interpreter;
  readonly trace: Trace;
  readonly directives: readonly Directive[];
  readonly lines: LineIndex;
  readonly file: string;
  readonly options: ProgramOptions;
  /** Inputs that the settings tell of this model. */
  readonly setting: string | null;
  /** Inputs that were asked for of this very model. */
  readonly asked: readonly InputSpec[] | null;
  /** Marks the events so far; the function given back takes away those that came since. */
  readonly mark: () => () => void;
  /** Runs a body under a budget; null where only calls that were made may be used. */
  readonly run: ((body: () => Value) => Value | null) | null;
}

export function runForward(root: Instance, context: ForwardContext): Forward {
  const asked = context.asked && context.run ? fromOption(root, context.asked, context) : null;
  if (asked) return asked;
  const made = context.trace.calls.find((each) => each.instance === root && isShowing(each));
  if (made) return fromCall(root, made, context.trace, "call");
  if (context.run === null) return nothing;
  const parameters = inputParameters(context.it, root);
  if (parameters === null) return nothing;
  return (
    fromGiven(root, parameters, context) ??
    fromSettings(root, parameters, context) ??
    inferred(root, parameters, context)
  );
}

const nothing: Forward = {
  call: null,
  calls: [],
  inputs: [],
  inputSource: "none",
  inputSite: null,
  range: null,
  notes: [],
};

interface InputParameters {
  readonly func: Func | null;
  /** Those without a default; `input` for containers and layers. */
  readonly required: readonly Parameter[];
  readonly all: readonly Parameter[];
}

function inputParameters(it: Interpreter, root: Instance): InputParameters | null {
  const forward = it.silently(() => findAttribute(it, root, "forward"));
  if (forward?.kind !== "bound") return null;
  const { func } = forward;
  if (func.kind === "native") {
    const input: Parameter = { name: "input", annotation: null, default: null, start: 0, end: 0 };
    return { func: null, required: [input], all: [input] };
  }
  if (func.kind !== "function") return null;
  const all = [...func.params.positional.slice(1), ...func.params.keywordOnly];
  const required = all.filter(({ name }) => !func.defaults.has(name));
  return all.length === 0 && func.params.vararg === null ? null : { func, required, all };
}

// ── told inputs ──────────────────────────────────────────────────────────────────────────────────────────────────────

function fromGiven(root: Instance, parameters: InputParameters, context: ForwardContext): Forward | null {
  const { func } = parameters;
  if (!func || func.unit.file !== context.file) return null;
  const start = func.unit.offset + func.def.start;
  const header = func.def.kind === "FunctionDef" ? (func.def.body[0]?.start ?? func.def.start) : func.def.start;
  const first = context.lines.positionAt(start).line;
  const last = context.lines.positionAt(func.unit.offset + header).line;
  const directive = givenFor(context.directives, first, Math.max(first, last - 1));
  if (!directive) return null;
  const specs = readSpecs(() => parseGiven(directive.text));
  if (!specs) return null;
  const site: Site = {
    unit: func.unit,
    start: directive.start - func.unit.offset,
    end: directive.end - func.unit.offset,
  };
  return told(root, parameters, specs, "given", `given in line ${directive.line + 1}`, site, context);
}

function fromOption(root: Instance, specs: readonly InputSpec[], context: ForwardContext): Forward | null {
  const parameters = inputParameters(context.it, root);
  return parameters ? told(root, parameters, specs, "option", "from the command line", null, context) : null;
}

function fromSettings(root: Instance, parameters: InputParameters, context: ForwardContext): Forward | null {
  const text = context.setting;
  const specs = text === null ? null : readSpecs(() => parseGiven(text));
  return specs ? told(root, parameters, specs, "setting", "from the settings", null, context) : null;
}

function readSpecs(read: () => InputSpec[]): InputSpec[] | null {
  try {
    return read();
  } catch (problem) {
    if (problem instanceof InputError) return null;
    throw problem;
  }
}

function told(
  root: Instance,
  parameters: InputParameters,
  specs: readonly InputSpec[],
  source: Forward["inputSource"],
  why: string,
  site: Site | null,
  context: ForwardContext,
): Forward {
  const names = new Map<string, Dim>();
  const values = new Map<string, Value>();
  specs.forEach((spec, i) => {
    const name = spec.name ?? parameters.all[i]?.name;
    if (name !== undefined)
      values.set(name, new TensorValue(new Tensor(toShape(spec, names, why), spec.dtype ?? "float32")));
  });
  return observed(root, withUnknowns(parameters, values), source, site, null, context);
}

/** Fills what is not told of with named unknowns. */
function withUnknowns(parameters: InputParameters, values: ReadonlyMap<string, Value>): Map<string, Value> {
  const filled = new Map<string, Value>();
  for (const parameter of parameters.all) {
    const value = values.get(parameter.name);
    if (value) filled.set(parameter.name, value);
    else if (parameters.required.includes(parameter)) filled.set(parameter.name, unknownArgument(parameter));
  }
  return filled;
}

// ── inferred inputs ──────────────────────────────────────────────────────────────────────────────────────────────────

/** An input parameter with the ways it may look. */
interface Candidate {
  readonly name: string;
  readonly templates: Templates;
}

function inferred(root: Instance, parameters: InputParameters, context: ForwardContext): Forward {
  const candidates = probe(root, parameters, context);
  const certain = candidates.every(({ templates }) => templates.certain);
  for (const chosen of combinations(candidates)) {
    const values = (sizes: ReadonlyMap<number, Dim> = new Map()): Map<string, Value> =>
      withUnknowns(parameters, new Map(chosen.map(({ name, template }) => [name, inputOf(template, sizes)])));
    const takeBack = context.mark();
    const open = attempted(root, values(), "symbolic", null, context);
    const solution = solve(chosen, open.equations);
    if (solution === null) {
      if (!open.flawed || certain) return open.forward;
      takeBack();
      continue;
    }
    takeBack();
    const solved = attempted(root, values(solution.sizes), "solved", solution.range, context);
    if (!solved.flawed || certain) return solved.forward;
    takeBack();
  }
  return flattened(root, parameters, context) ?? nothing;
}

/** Runs forward on inputs of unknown shape, to see which layers take them first. */
function probe(root: Instance, parameters: InputParameters, context: ForwardContext): Candidate[] {
  const { trace, it } = context;
  const probes = new Map<string, Probe>();
  for (const { name } of parameters.required) {
    const tensor = new TensorValue(new Tensor(null, null, `the shape of ${name} is not known`));
    probes.set(name, { tensor, tells: tellsInput, consumer: null });
  }
  trace.probes = [...probes.values()];
  const values = new Map([...probes].map(([name, { tensor }]) => [name, tensor as Value]));
  it.silently(() => pass(root, values, context));
  trace.probes = [];
  const size = sizeNames(context.options.batchSymbol, sizeOfInput);
  return [...probes].flatMap(([name, { consumer }]) => {
    const templates = consumer ? templatesFor(consumer, size) : null;
    return templates ? [{ name, templates }] : [];
  });
}

/** A network that only flattens its input is tried as one for images; it must come out even. */
function flattened(root: Instance, parameters: InputParameters, context: ForwardContext): Forward | null {
  const [only] = parameters.required;
  if (!only || parameters.required.length > 1) return null;
  const template = imageTemplate(sizeNames(context.options.batchSymbol, sizeOfInput));
  const values = (sizes: ReadonlyMap<number, Dim>): Map<string, Value> =>
    withUnknowns(parameters, new Map([[only.name, inputOf(template, sizes)]]));
  const takeBack = context.mark();
  const { equations } = attempted(root, values(new Map()), "symbolic", null, context);
  takeBack();
  const solution = solveInput(template, equations);
  if (!solution) return null;
  const solved = attempted(root, values(solution.sizes), "solved", solution.range, context);
  if (!solved.flawed) return solved.forward;
  takeBack();
  return null;
}

type Choice = readonly { readonly name: string; readonly template: Template }[];

/** Every way to choose one template for each candidate; few, since most have one. None where nothing is a candidate. */
function combinations(candidates: readonly Candidate[]): Choice[] {
  if (candidates.length === 0) return [];
  let choices: Choice[] = [[]];
  for (const { name, templates } of candidates) {
    choices = choices.flatMap((choice) => templates.options.map((template) => [...choice, { name, template }]));
  }
  return choices.slice(0, 9);
}

function inputOf(template: Template, sizes: ReadonlyMap<number, Dim>): Value {
  return new TensorValue(
    new Tensor(
      template.shape.map((size) => substitute(size, sizes)),
      template.dtype,
    ),
  );
}

function solve(choice: Choice, equations: readonly Equation[]): Solution | null {
  for (const { template } of choice) {
    const solution = solveInput(template, equations);
    if (solution) return solution;
  }
  return null;
}

/** Runs forward; tells the equations that were left open, and whether something was definitely wrong. */
function attempted(
  root: Instance,
  values: ReadonlyMap<string, Value>,
  source: Forward["inputSource"],
  range: Forward["range"],
  context: ForwardContext,
): { forward: Forward; equations: readonly Equation[]; flawed: boolean } {
  const { trace } = context;
  const before = trace.equations.length;
  const flaws = trace.flaws;
  const forward = observed(root, values, source, null, range, context);
  const raised = forward.notes.some((note) => note.startsWith("it raises "));
  return { forward, equations: trace.equations.slice(before), flawed: raised || trace.flaws > flaws };
}

// ── running ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** One forward pass in evaluation mode, its writes undone. null where it could not be run. */
function pass(root: Instance, values: ReadonlyMap<string, Value>, { it, run }: ForwardContext): Value | null {
  return inEvaluation(root, () => {
    const { result } = speculate(() =>
      run?.(() => {
        const named = values.size === 1 && values.has("input");
        return call(it, root, named ? [...values.values()] : [], named ? new Map() : values);
      }),
    );
    return result ?? null;
  });
}

function observed(
  root: Instance,
  values: ReadonlyMap<string, Value>,
  source: Forward["inputSource"],
  site: Site | null,
  range: Forward["range"],
  context: ForwardContext,
): Forward {
  const { trace } = context;
  const before = trace.calls.length;
  const result = pass(root, values, context);
  const made = trace.calls.slice(before).find((each) => each.instance === root && each.depth === 0);
  const inputs = [...values].map(([name, value]) => ({ name, value }));
  const notes = result?.kind === "unknown" ? [result.why] : [];
  if (!made) return { ...nothing, inputs, inputSource: source, inputSite: site, notes };
  return { call: made, calls: within(trace, made), inputs, inputSource: source, inputSite: site, range, notes };
}

function fromCall(root: Instance, made: ModuleCall, trace: Trace, source: Forward["inputSource"]): Forward {
  return {
    call: made,
    calls: within(trace, made),
    inputs: namedInputs(root, made),
    inputSource: source,
    inputSite: made.site,
    range: null,
    notes: [],
  };
}

/** A call and those within it. */
function within(trace: Trace, made: ModuleCall): readonly ModuleCall[] {
  const start = trace.calls.indexOf(made);
  let end = start + 1;
  while (end < trace.calls.length && (trace.calls[end] as ModuleCall).depth > made.depth) end += 1;
  return trace.calls.slice(start, end);
}

function namedInputs(root: Instance, made: ModuleCall): AnalyzedInput[] {
  const forward = root.cls.lookup("forward");
  const names = forward?.kind === "function" ? forward.params.positional.slice(1).map(({ name }) => name) : ["input"];
  const inputs = made.args.map((value, i) => ({ name: names[i] ?? `input${i}`, value }));
  for (const [name, value] of made.keywords) inputs.push({ name, value });
  return inputs;
}

/** Whether a call shows shapes: one with unknown inputs does not. */
function isShowing({ args, keywords }: ModuleCall): boolean {
  return [...args, ...keywords.values()].some((value) => value instanceof TensorValue && value.type.dims !== null);
}
