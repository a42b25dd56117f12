/**
 * The forward pass that shows a model's shapes. Inputs come from the first source that has them: what was asked for, a
 * `given` comment, annotations, calls in the file, settings, sizes solved from the layers, else symbols of the rank that
 * the first layer asks for. What a later source says otherwise is told.
 */
import { type Dim, formatShape, isConcrete } from "../algebra/index.ts";
import { Tensor } from "../frameworks/rules/index.ts";
import { inEvaluation, modulesOf } from "../frameworks/torch/binding/module.ts";
import { TensorValue } from "../frameworks/torch/binding/values.ts";
import type { Instance, Value } from "../python/values.ts";
import type { Site } from "../syntax/ast.ts";
import { annotatedInput } from "./annotations.ts";
import { type Directive, givenOf } from "./directives.ts";
import { indexInputs, inferred } from "./infer.ts";
import { InputError, type InputSpec, parseGiven, toShape } from "./inputs.ts";
import {
  type Forward,
  type ForwardContext,
  fromCall,
  type InputParameters,
  inputParameters,
  isShowing,
  namedInputs,
  nothing,
  observed,
  withUnknowns,
} from "./pass.ts";

export type { Forward, ForwardContext } from "./pass.ts";

/** What shows a model's shapes. All passes are made in evaluation mode. */
export function runForward(root: Instance, context: ForwardContext): Forward {
  if (context.run === null) return firstCall(root, context) ?? nothing;
  return inEvaluation(root, () => {
    const parameters = inputParameters(context.it, root);
    if (parameters === null) return firstCall(root, context) ?? nothing;
    const called = firstCall(root, context, parameters);
    const told =
      fromOption(root, parameters, context) ??
      fromGiven(root, parameters, context) ??
      fromAnnotations(root, parameters, context);
    if (told !== null) {
      context.supersede(root, told.calls);
      return { ...told, contradictions: contradictions(told, called, parameters, context) };
    }
    const shown = called ?? fromExample(root, parameters, context) ?? fromSettings(root, parameters, context);
    if (shown === null) return inferred(root, parameters, context);
    return { ...shown, contradictions: contradictions(shown, null, parameters, context) };
  });
}

/**
 * The first call in the file that shows shapes of the model as it is in the end. Where its layers were replaced since,
 * the model is called once more with what it was called with last.
 */
function firstCall(root: Instance, context: ForwardContext, parameters: InputParameters | null = null): Forward | null {
  const { trace, run } = context;
  const calls = trace.calls.filter((each) => each.instance === root && isShowing(each));
  const now = modulesOf(root);
  const made = calls.find(
    ({ parts }) => parts === null || (parts.size === now.size && [...parts].every((part) => now.has(part))),
  );
  if (made) return fromCall(root, made, trace, "call");
  const last = calls.at(-1);
  if (!last || !run || !parameters) return null;
  const inputs = namedInputs(root, last);
  if (inputs.some(({ name }) => !parameters.all.some((parameter) => parameter.name === name))) return null;
  const values = new Map(inputs.map(({ name, value }) => [name, value]));
  return observed(root, withUnknowns(parameters, values), "call", last.site, null, context);
}

// ── told inputs ──────────────────────────────────────────────────────────────────────────────────────────────────────

function fromGiven(root: Instance, parameters: InputParameters, context: ForwardContext): Forward | null {
  const { func } = parameters;
  const directive = func && givenOf(func, context.file, context.lines, context.directives);
  if (!func || !directive) return null;
  const own = readSpecs(() => parseGiven(directive.text));
  if (!own) return null;
  complainOfNames(own, directive, parameters, context);
  if (own.every(({ name }) => parameters.all.every((parameter) => parameter.name !== name))) return null;
  const specs = [
    ...own,
    ...annotated(parameters, context).filter(({ name }) => own.every((spec) => spec.name !== name)),
  ];
  const site: Site = {
    unit: func.unit,
    start: directive.start - func.unit.offset,
    end: directive.end - func.unit.offset,
  };
  return told(root, parameters, specs, "given", `given in line ${directive.line + 1}`, site, context);
}

/** A comment that names what `forward` does not take. */
function complainOfNames(
  specs: readonly InputSpec[],
  directive: Directive,
  { all, func }: InputParameters,
  context: ForwardContext,
): void {
  if (func?.params.kwarg) return;
  const names = all.map(({ name }) => name);
  for (const { name } of specs) {
    if (name === null || names.includes(name)) continue;
    const start = directive.textStart + directive.text.search(new RegExp(`\\b${name}\\b`));
    const message = `forward has no input ${name}; it takes ${names.join(", ")}`;
    context.complain({ start, end: start + name.length, message });
  }
}

function annotated({ all }: InputParameters, { options }: ForwardContext): InputSpec[] {
  return all.flatMap((parameter) => annotatedInput(parameter, options.batchSymbol) ?? []);
}

function fromAnnotations(root: Instance, parameters: InputParameters, context: ForwardContext): Forward | null {
  const specs = annotated(parameters, context);
  const { func } = parameters;
  const first = parameters.all.find(({ name }) => name === specs[0]?.name);
  if (specs.length === 0 || !func || !first?.annotation) return null;
  const { start, end } = first.annotation;
  return told(
    root,
    parameters,
    specs,
    "annotation",
    "a size of the annotation",
    { unit: func.unit, start, end },
    context,
  );
}

/** What Lightning calls a module with to look at it. */
function fromExample(root: Instance, parameters: InputParameters, context: ForwardContext): Forward | null {
  const value = root.attrs.get(exampleName) ?? root.cls.lookup(exampleName);
  const inputs = new Map<string, Value>();
  if (value?.kind === "dict")
    for (const { key, value: each } of value.entries.values()) if (key.kind === "str") inputs.set(key.value, each);
  const items = value?.kind === "tuple" ? value.items : value === undefined || value.kind === "dict" ? [] : [value];
  for (const [i, item] of items.entries()) {
    const name = parameters.all[i]?.name;
    if (name !== undefined) inputs.set(name, item);
  }
  const isKnown = [...inputs.values()].some((each) => each instanceof TensorValue && each.type.dims !== null);
  if (!isKnown) return null;
  return observed(root, withUnknowns(parameters, inputs), "example", context.boundAt(exampleName), null, context);
}

const exampleName = "example_input_array";

function fromOption(root: Instance, parameters: InputParameters, context: ForwardContext): Forward | null {
  return context.asked && told(root, parameters, context.asked, "option", "from the command line", null, context);
}

function fromSettings(root: Instance, parameters: InputParameters, context: ForwardContext): Forward | null {
  const text = context.setting;
  const specs = text === null ? null : readSpecs(() => parseGiven(text));
  return specs ? told(root, parameters, specs, "setting", "from the settings", null, context) : null;
}

export function readSpecs(read: () => InputSpec[]): InputSpec[] | null {
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
  const isTyped = specs.every(({ dtype }) => dtype !== null);
  const indices = isTyped ? new Set<string>() : indexInputs(root, parameters, context);
  const values = valuesOf(specs, parameters, why, indices);
  return observed(root, withUnknowns(parameters, values), source, site, null, context);
}

/** What specs say of each input; those of `indices` are integers where nothing else is said. */
export function valuesOf(
  specs: readonly InputSpec[],
  { all }: Pick<InputParameters, "all">,
  why = "",
  indices: ReadonlySet<string> = new Set(),
): Map<string, Value> {
  const names = new Map<string, Dim>();
  const values = new Map<string, Value>();
  specs.forEach((spec, i) => {
    const name = spec.name ?? all[i]?.name;
    if (name === undefined) return;
    const dtype = spec.dtype ?? (indices.has(name) ? "int64" : "float32");
    values.set(name, new TensorValue(new Tensor(toShape(spec, names, why), dtype)));
  });
  return values;
}

// ── contradictions ───────────────────────────────────────────────────────────────────────────────────────────────────

/** What later sources say otherwise, a sentence each. */
function contradictions(
  shown: Forward,
  called: Forward | null,
  parameters: InputParameters,
  context: ForwardContext,
): string[] {
  const others: { readonly where: string; readonly shapes: ReadonlyMap<string, Value> }[] = [];
  if (shown.inputSource === "given" || shown.inputSource === "option") {
    others.push({ where: "the annotation", shapes: valuesOf(annotated(parameters, context), parameters) });
  }
  if (called !== null) {
    const line = called.inputSite && lineOf(called.inputSite, context);
    const shapes = new Map(called.inputs.map(({ name, value }) => [name, value]));
    others.push({ where: line === null ? "a call" : `the call in line ${line}`, shapes });
  }
  const setting = shown.inputSource === "setting" ? null : context.setting;
  const specs = setting === null ? null : readSpecs(() => parseGiven(setting));
  if (specs) others.push({ where: "the settings", shapes: valuesOf(specs, parameters) });
  return others.flatMap(({ where, shapes }) =>
    shown.inputs.flatMap(({ name, value }) => {
      const other = shapes.get(name);
      return other && disagree(value, other) ? [`${where} says \`${name}: ${shapeOf(other)}\``] : [];
    }),
  );
}

function lineOf({ unit, start }: Site, { lines, file }: ForwardContext): number | null {
  return unit.file === file ? lines.positionAt(unit.offset + start).line + 1 : null;
}

function disagree(one: Value, other: Value): boolean {
  if (!(one instanceof TensorValue && other instanceof TensorValue)) return false;
  const [a, b] = [one.type.dims, other.type.dims];
  if (a === null || b === null) return false;
  return a.length !== b.length || a.some((size, i) => isConcrete(size) && isConcrete(b[i] ?? size) && size !== b[i]);
}

function shapeOf(value: Value): string {
  return value instanceof TensorValue && value.type.dims ? formatShape(value.type.dims) : "?";
}
