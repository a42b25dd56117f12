/** One forward pass of a model, and what is kept of it. */
import type { LineIndex } from "../base/lines.ts";
import { materialize } from "../frameworks/torch/binding/layers.ts";
import type { ModuleCall, Trace } from "../frameworks/torch/binding/trace.ts";
import { TensorValue } from "../frameworks/torch/binding/values.ts";
import { findAttribute } from "../python/attributes.ts";
import { call } from "../python/call.ts";
import { asBuilt } from "../python/given.ts";
import type { Interpreter } from "../python/interpreter.ts";
import { speculate } from "../python/journal.ts";
import type { Func, Instance, Value } from "../python/values.ts";
import type { Parameter, Site } from "../syntax/ast.ts";
import type { AnalyzedInput, AnalyzedModel, BadDirective } from "./analysis.ts";
import { unknownArgument } from "./arguments.ts";
import type { Directive } from "./directives.ts";
import type { InputSpec } from "./inputs.ts";
import type { ProgramOptions } from "./types.ts";

export type Forward = Pick<
  AnalyzedModel,
  "call" | "calls" | "inputs" | "inputSource" | "inputSite" | "range" | "notes" | "conditions" | "contradictions"
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
  /** Lets these calls of a model stand alone: what other calls of it told is forgotten. */
  readonly supersede: (root: Instance, calls: readonly ModuleCall[]) => void;
  /** Tells of a comment that can't be meant. */
  readonly complain: (problem: BadDirective) => void;
  /** Where the file binds an attribute of this name. */
  readonly boundAt: (attribute: string) => Site | null;
  /** Marks the events so far; the function given back takes away those that came since. */
  readonly mark: () => () => void;
  /** Runs a body under a budget; null where only calls that were made may be used. */
  readonly run: ((body: () => Value) => Value | null) | null;
}

export const nothing: Forward = {
  call: null,
  calls: [],
  inputs: [],
  inputSource: "none",
  inputSite: null,
  range: null,
  notes: [],
  conditions: [],
  contradictions: [],
};

export interface InputParameters {
  readonly func: Func | null;
  /** Those without a default; `input` for containers and layers. */
  readonly required: readonly Parameter[];
  readonly all: readonly Parameter[];
}

/** The inputs that `forward` takes; null where it takes none. */
export function inputParameters(it: Interpreter, root: Instance): InputParameters | null {
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

/** Fills what is not told of with named unknowns. */
export function withUnknowns(parameters: InputParameters, values: ReadonlyMap<string, Value>): Map<string, Value> {
  const filled = new Map<string, Value>();
  for (const parameter of parameters.all) {
    const value = values.get(parameter.name);
    if (value) filled.set(parameter.name, value);
    else if (parameters.required.includes(parameter)) filled.set(parameter.name, unknownArgument(parameter));
  }
  return filled;
}

/** One forward pass, its writes undone. null where it could not be run. */
export function pass(root: Instance, values: ReadonlyMap<string, Value>, { it, run }: ForwardContext): Value | null {
  const { result } = speculate(() =>
    run?.(() => {
      const named = values.size === 1 && values.has("input");
      return asBuilt(it, () => call(it, root, named ? [...values.values()] : [], named ? new Map() : values));
    }),
  );
  return result ?? null;
}

/** A forward pass that is shown. */
export function observed(
  root: Instance,
  values: ReadonlyMap<string, Value>,
  source: Forward["inputSource"],
  site: Site | null,
  range: Forward["range"],
  context: ForwardContext,
): Forward {
  return accepted({ ...tried(root, values, context), inputSource: source, inputSite: site, range });
}

/** A forward pass that is to be shown: lazy layers become what its calls make of them. */
export function accepted(forward: Forward): Forward {
  for (const { instance, args } of forward.calls) materialize(instance, args);
  return forward;
}

/** A forward pass as it shows itself, before anybody decides whether it is the one to show. */
export function tried(root: Instance, values: ReadonlyMap<string, Value>, context: ForwardContext): Forward {
  const { trace } = context;
  const before = trace.calls.length;
  const equations = trace.equations.length;
  // Sizes of inputs bear the same symbols from pass to pass.
  const assumptions = trace.assumptions;
  trace.assumptions = [];
  const result = pass(root, values, context);
  trace.assumptions = assumptions;
  const conditions = trace.equations.slice(equations).filter(({ usual }) => !usual);
  const made = trace.calls.slice(before).find((each) => each.instance === root && each.depth === 0);
  const inputs = [...values].map(([name, value]) => ({ name, value }));
  const notes = result?.kind === "unknown" ? [result.why] : [];
  const calls = made ? within(trace, made) : [];
  return { ...nothing, call: made ?? null, calls, inputs, notes, conditions };
}

/** What a call that the file makes shows. */
export function fromCall(root: Instance, made: ModuleCall, trace: Trace, source: Forward["inputSource"]): Forward {
  const calls = within(trace, made);
  for (const { instance, args } of calls) materialize(instance, args);
  return {
    ...nothing,
    call: made,
    calls,
    inputs: namedInputs(root, made),
    inputSource: source,
    inputSite: made.site,
  };
}

/** A call and those within it. */
function within(trace: Trace, made: ModuleCall): readonly ModuleCall[] {
  const start = trace.calls.indexOf(made);
  let end = start + 1;
  while (end < trace.calls.length && (trace.calls[end] as ModuleCall).depth > made.depth) end += 1;
  return trace.calls.slice(start, end);
}

export function namedInputs(root: Instance, made: ModuleCall): AnalyzedInput[] {
  const forward = root.cls.lookup("forward");
  const names = forward?.kind === "function" ? forward.params.positional.slice(1).map(({ name }) => name) : ["input"];
  const inputs = made.args.map((value, i) => ({ name: names[i] ?? `input${i}`, value }));
  for (const [name, value] of made.keywords) inputs.push({ name, value });
  return inputs;
}

/** Whether a call shows shapes: one with unknown inputs does not. */
export function isShowing({ args, keywords }: ModuleCall): boolean {
  return [...args, ...keywords.values()].some((value) => value instanceof TensorValue && value.type.dims !== null);
}
