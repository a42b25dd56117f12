/**
 * What symbolic tracing needs of the interpreter: functions of PyTorch that hand calls over to objects with
 * `__torch_function__`, and a time during which calls of modules, reads of parameters and calls of wrapped functions are
 * led elsewhere. The tracer itself is Python, in `prelude/fx`.
 */
import { findAttribute } from "../../../python/attributes.ts";
import { call } from "../../../python/call.ts";
import { Raised } from "../../../python/errors.ts";
import { describeException } from "../../../python/exceptions.ts";
import type { Interpreter } from "../../../python/interpreter.ts";
import { itemsOf } from "../../../python/iterate.ts";
import { objectClass } from "../../../python/types.ts";
import {
  bool,
  Class,
  Dict,
  Func,
  Instance,
  type Keywords,
  type Module,
  Native,
  type NativeCall,
  noKeywords,
  none,
  str,
  Tuple,
  Unknown,
  type Value,
} from "../../../python/values.ts";
import { Trace } from "./trace.ts";
import { tensorClass } from "./values.ts";

/** Where calls are led while a model is traced: to Python functions of the tracer. */
export interface Patches {
  /** `(module, forward, args, kwargs)`, for a call of a module. */
  readonly callModule: Value;
  /** `(name, value)`, for what a module has under a name. */
  readonly attribute: Value;
  /** How uncertain the run was when it began. */
  readonly uncertain: number;
}

/** A name that a module has wrapped by `torch.fx.wrap`. */
export interface Wrapped {
  readonly module: Module;
  readonly name: string;
}

// ── __torch_function__ ───────────────────────────────────────────────────────────────────────────────────────────────

const protocol = "__torch_function__";

/** The first object among arguments, in lists and tuples too, whose class takes calls of PyTorch's functions over. */
export function overriding(args: readonly Value[], keywords: Keywords): Instance | null {
  for (const arg of args) {
    const found = overridingIn(arg);
    if (found) return found;
  }
  for (const arg of keywords.values()) {
    const found = overridingIn(arg);
    if (found) return found;
  }
  return null;
}

function overridingIn(value: Value): Instance | null {
  if (value.kind === "instance") return value.cls.lookup(protocol) === undefined ? null : value;
  if (value.kind === "tuple" || value.kind === "list") return overriding(value.items, noKeywords);
  return null;
}

/** What an object of the arguments makes of a call of PyTorch's `func`; null where none takes it over. */
export function overridden(it: Interpreter, func: Value, args: readonly Value[], keywords: Keywords): Value | null {
  const object = overriding(args, keywords);
  const method = object && findAttribute(it, object, protocol);
  if (!object || !method) return null;
  return call(it, method, [func, new Tuple([object.cls]), new Tuple(args), dictOf(keywords)]);
}

function dictOf(keywords: Keywords): Dict {
  const dict = new Dict();
  for (const [name, value] of keywords) dict.set(name, value);
  return dict;
}

// ── tracing ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** `torch.fx.wrap("name")` and `@torch.fx.wrap`: calls of it are one step of a graph. */
export const wrap = new Native(
  "wrap",
  (it, [target = none]) => {
    const name = target.kind === "str" ? target.value : target.kind === "function" ? target.name : null;
    const module = it.frame?.globals;
    if (name !== null && module) Trace.of(it).wrapped.push({ module, name });
    return target;
  },
  false,
);

/**
 * `traced(tracer, trace, root, concrete_args)`: the graph, or an unknown where tracing came by what it cannot follow.
 * Then nothing that the tracer noted can be relied upon either.
 */
const traced: NativeCall = (it, [tracer = none, trace = none, ...args]) => {
  const { guarded, attempts, uncertain, frame } = it;
  const { depth } = it.budget;
  const progress = Trace.of(it);
  progress.tracings += 1;
  // A mistake is the traced model's affair, and told where it is called.
  it.guarded += 1;
  try {
    return call(it, trace, args);
  } catch (problem) {
    if (!(problem instanceof Raised) && !(problem instanceof Untraceable)) throw problem;
    it.frame = frame;
    it.attempts = attempts;
    it.uncertain = uncertain;
    it.budget.depth = depth;
    const reason = problem instanceof Raised ? describeException(problem.exception) : problem.why;
    const why = `the model could not be traced: ${reason}`;
    if (tracer.kind === "instance")
      for (const name of [...tracer.attrs.keys()]) tracer.set(name, new Unknown(why, { name }));
    return new Unknown(why);
  } finally {
    it.guarded = guarded;
    progress.tracings -= 1;
  }
};

/** `patched(body, call_module, attribute, call_function, modules, functions)`: the value of `body()`. */
const patched: NativeCall = (it, [body = none, callModule = none, attribute = none, record = none, ...wrappers]) => {
  const trace = Trace.of(it);
  const outer = { patches: trace.patches, calls: it.divert };
  const [modules, functions] = wrappers.map((each) => itemsOf(it, each));
  if (!Array.isArray(modules) || !Array.isArray(functions))
    return new Unknown("which functions are traced as one step");
  const isWrapped = (callee: Value): boolean => {
    if (callee.kind !== "function" && callee.kind !== "native") return false;
    if (functions.includes(callee)) return true;
    const here = it.frame?.globals;
    if (trace.wrapped.some(({ module, name }) => name === callee.name && ownerOf(callee, here) === module)) return true;
    if (callee.name.startsWith("_")) return false;
    return modules.some((module) => module.kind === "module" && findAttribute(it, module, callee.name) === callee);
  };
  trace.patches = { callModule, attribute, uncertain: it.uncertain };
  it.divert = (callee, args, keywords) =>
    overriding(args, keywords) && isWrapped(callee)
      ? call(it, record, [callee, new Tuple(args), dictOf(keywords)])
      : null;
  try {
    return call(it, body, []);
  } finally {
    trace.patches = outer.patches;
    it.divert = outer.calls;
  }
};

/** A function belongs to the module that defines it, a builtin to each that wraps it. */
function ownerOf(callee: Func | Native, here: Module | undefined): Module | undefined {
  return callee.kind === "function" ? callee.globals : here;
}

/** Ends the tracing of a model, past all `try` statements and conditions in it. */
class Untraceable {
  readonly why: string;
  constructor(why: string) {
    this.why = why;
  }
}

/** `certain()`: ends the tracing where a step would be written down that may not be taken. */
const certain: NativeCall = (it) => {
  const { patches } = Trace.of(it);
  if (patches !== null && it.uncertain > patches.uncertain)
    throw new Untraceable("it depends on a condition that is not known");
  return none;
};

/** `known(value)`: ends the tracing where a step is given something that is not known. */
const known: NativeCall = (it, [value = none]) => {
  if (value.kind === "unknown" && Trace.of(it).tracings > 0)
    throw new Untraceable(`a step is given what is not known: ${value.why}`);
  return none;
};

/** `holds(module, graph)`: whether the graph is known; else the module is not known either. */
const holds: NativeCall = (_it, [module = none, graph = none]) => {
  if (graph.kind !== "unknown") return bool(true);
  if (module.kind === "instance") {
    module.set("_modules", new Unknown(graph.why));
    module.set("_graph", graph);
  }
  return bool(false);
};

/** `with_parameters(function, names, defaults)`: the function with these parameters behind its own. */
const withParameters: NativeCall = (it, [func = none, names = none, defaults = none]) => {
  const added = itemsOf(it, names);
  if (!(func instanceof Func) || !Array.isArray(added) || defaults.kind !== "dict") return func;
  const { start, end } = func.def;
  const parameter = (name: string) => ({ name, annotation: null, default: null, start, end });
  const given = added.flatMap((each) => (each.kind === "str" ? [parameter(each.value)] : []));
  const values = [...defaults.entries.values()].flatMap(({ key, value }) =>
    key.kind === "str" ? [[key.value, value] as const] : [],
  );
  return new Func({
    ...func,
    name: "forward",
    params: { ...func.params, positional: [...func.params.positional, ...given] },
    defaults: new Map(values),
  });
};

/** The names of `torch.fx._patching`, which only the tracer imports. */
export const patchingNames: Readonly<Record<string, Value>> = {
  ...Object.fromEntries(
    Object.entries({
      traced,
      patched,
      certain,
      known,
      holds,
      with_parameters: withParameters,
      unknown: ((_it, [why]) => new Unknown(why?.kind === "str" ? why.value : "")) satisfies NativeCall,
      overriding: ((_it, [, args, kwargs]) =>
        overriding(
          args?.kind === "tuple" ? args.items : [],
          new Map(kwargs?.kind === "dict" ? [...kwargs.entries].map(([key, { value }]) => [String(key), value]) : []),
        ) ?? none) satisfies NativeCall,
      is_method: ((_it, [func]) =>
        bool(func?.kind === "native" && tensorClass.dict.get(func.name) === func)) satisfies NativeCall,
    }).map(([name, run]) => [name, new Native(name, run, false)]),
  ),
  missing: new Instance(new Class({ name: "missing", module: "torch.fx", bases: [objectClass] }), null),
};

/** What a module has under a name, as code that is being traced sees it. */
export function tracedAttribute(it: Interpreter, name: string, value: Value): Value {
  const { patches } = Trace.of(it);
  return patches === null ? value : call(it, patches.attribute, [str(name), value]);
}

/** A call of a module while its owner is traced; `forward` is what it does otherwise. */
export function tracedCall(
  it: Interpreter,
  patches: Patches,
  module: Instance,
  forward: (args: readonly Value[], keywords: Keywords) => Value,
  args: readonly Value[],
  keywords: Keywords,
): Value {
  const run = new Native("forward", (_it, inputs, named) => forward(inputs, named), false);
  return call(it, patches.callModule, [module, run, new Tuple(args), dictOf(keywords)]);
}
