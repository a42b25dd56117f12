/** Calls: functions with all parameter kinds, natives, classes, objects with `__call__`, the unknown. */
import { bindTo, specialMethod } from "./attributes.ts";
import { BudgetSpent, Raised } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import { execBlock } from "./execute.ts";
import { generate } from "./generators.ts";
import { forget } from "./given.ts";
import type { Frame, Interpreter } from "./interpreter.ts";
import { joinValues } from "./join.ts";
import { mayRaiseAny } from "./tries.ts";
import { objectClass } from "./types.ts";
import {
  type Class,
  Dict,
  type Func,
  Instance,
  Iterator,
  type Keywords,
  Native,
  noKeywords,
  none,
  Scope,
  str,
  Tuple,
  Unknown,
  type Value,
} from "./values.ts";

/** Calls `callee`; the frame's `at` tells where. */
export function call(it: Interpreter, callee: Value, args: readonly Value[], keywords: Keywords = noKeywords): Value {
  switch (callee.kind) {
    case "function":
      return it.divert?.(callee, args, keywords) ?? callFunction(it, callee, args, keywords);
    case "native":
      it.budget.step();
      return it.divert?.(callee, args, keywords) ?? callee.call(it, args, keywords);
    case "bound":
      return call(it, callee.func, [callee.self, ...args], keywords);
    case "class":
      return instantiate(it, callee, args, keywords);
    case "unknown":
      it.observer?.calledUnknown?.(callee, args, it);
      return callUnknown(it, callee, args, keywords);
    case "descriptor":
      return call(it, callee.getter, args, keywords);
    default: {
      const method = specialMethod(it, callee, "__call__");
      if (method) return call(it, method, args, keywords);
      if (callee.kind === "instance" && callee.cls.unknownBase) {
        return callUnknown(it, new Unknown(callee.cls.unknownBase.why), args, keywords);
      }
      return it.raise("TypeError", `'${callee.kind}' object is not callable`);
    }
  }
}

/** Runs a Python function's body in a frame of its own. */
export function callFunction(it: Interpreter, func: Func, args: readonly Value[], keywords: Keywords): Value {
  return runFunction(it, func, (scope) => bindParameters(it, func, args, keywords, scope));
}

/**
 * A call of which some arguments are not known at all, for `f(*rest)` and `f(**rest)` of something unknown. What the
 * callee does, it does with unknowns in their place: an object is initialised, but not known. `keepsDefaults` tells that
 * the parameters that are not given have their defaults, and only `*args` and `**kwargs` are not known.
 */
export function callWithUnknownRest(
  it: Interpreter,
  callee: Value,
  args: readonly Value[],
  keywords: Keywords,
  rest: Unknown,
  keepsDefaults = false,
): Value {
  switch (callee.kind) {
    case "function":
      return runFunction(it, callee, (scope) => bindKnown(callee, args, keywords, rest, scope, keepsDefaults));
    case "native":
      return call(it, callee, [...args, new Unknown(rest.why, { ...rest.facts, rest: true })], keywords);
    case "bound":
      return callWithUnknownRest(it, callee.func, [callee.self, ...args], keywords, rest, keepsDefaults);
    case "class": {
      const init = callee.lookup("__init__");
      const plain = callee.lookup("__new__") === objectClass.dict.get("__new__");
      if (callee.metaclass?.lookup("__call__") || !plain || !init) break;
      const made = new Instance(callee, it.site());
      callWithUnknownRest(it, init, [made, ...args], keywords, rest, keepsDefaults);
      return made;
    }
    default:
      break;
  }
  return call(it, new Unknown(rest.why), [callee, ...args], keywords);
}

/** Binds what is given; everything else may be anything. */
function bindKnown(
  func: Func,
  args: readonly Value[],
  keywords: Keywords,
  rest: Unknown,
  scope: Scope,
  keepsDefaults: boolean,
): void {
  const { positional, keywordOnly, vararg, kwarg } = func.params;
  const unknown = (name: string): Value =>
    (keepsDefaults ? func.defaults.get(name) : undefined) ?? new Unknown(rest.why, { name });
  positional.forEach(({ name }, i) => {
    scope.vars.set(name, args[i] ?? keywords.get(name) ?? unknown(name));
  });
  for (const { name } of keywordOnly) scope.vars.set(name, keywords.get(name) ?? unknown(name));
  if (vararg) scope.vars.set(vararg.name, unknown(vararg.name));
  if (kwarg) {
    const dict = new Dict();
    dict.lost = rest;
    scope.vars.set(kwarg.name, dict);
  }
}

function runFunction(it: Interpreter, func: Func, bind: (scope: Scope) => void): Value {
  it.budget.enter();
  try {
    const scope = new Scope(func.scope);
    bind(scope);
    const frame: Frame = {
      func,
      scope,
      globals: func.globals,
      unit: func.unit,
      caller: it.frame,
      owner: func.owner,
      at: func.def,
      pending: null,
      maybeBroken: false,
      outer: null,
      handling: [],
    };
    it.observer?.entered?.(func, it);
    const { def } = func;
    if (def.kind === "Lambda") return it.within(frame, () => evaluate(it, def.body, frame));
    if (def.isGenerator) return new Iterator(generate(it, def.body, frame), "generator");
    const result = it.within(frame, () => finish(frame, execBlock(it, def.body, frame)));
    if (it.observer?.received && it.frame && it.frame.unit.file !== func.unit.file) {
      const site = it.site();
      if (site) it.observer.received(result, site, it);
    }
    return result;
  } finally {
    it.budget.leave();
  }
}

/** The value of a call whose body ended so: the last return joined with those that may have come before. */
function finish(frame: Frame, completion: ReturnType<typeof execBlock>): Value {
  let result: Value = completion?.kind === "return" ? completion.value : none;
  for (const earlier of frame.pending ?? []) result = joinValues(result, earlier);
  return result;
}

/** Binds arguments to parameters as Python does; raises TypeError where they do not fit. */
function bindParameters(it: Interpreter, func: Func, args: readonly Value[], keywords: Keywords, scope: Scope): void {
  const { params } = func;
  const { vars } = scope;
  const { positional } = params;
  const given = Math.min(args.length, positional.length);
  for (let i = 0; i < given; i += 1) vars.set(positional[i]?.name ?? "", args[i] as Value);
  if (params.vararg) vars.set(params.vararg.name, new Tuple(args.slice(given)));
  else if (args.length > positional.length) it.raise("TypeError", tooMany(func, args.length, keywords));
  let extra: Dict | null = null;
  for (const [name, value] of keywords) {
    const index = positional.findIndex((p) => p.name === name);
    const known = index >= params.positionalOnly || params.keywordOnly.some((p) => p.name === name);
    if (known) {
      if (index >= 0 && index < given)
        it.raise("TypeError", `${func.name}() got multiple values for argument '${name}'`);
      vars.set(name, value);
    } else if (params.kwarg) {
      extra ??= new Dict();
      extra.entries.set(`s${name}`, { key: str(name), value });
    } else {
      it.raise("TypeError", `${func.name}() got an unexpected keyword argument '${name}'`);
    }
  }
  if (params.kwarg) vars.set(params.kwarg.name, extra ?? new Dict());
  const missing: string[] = [];
  for (let i = given; i < positional.length; i += 1) fillDefault(func, positional[i]?.name ?? "", vars, missing);
  if (missing.length > 0) it.raise("TypeError", missed(func, missing, "positional"));
  for (const parameter of params.keywordOnly) fillDefault(func, parameter.name, vars, missing);
  if (missing.length > 0) it.raise("TypeError", missed(func, missing, "keyword-only"));
}

/** What Python says of arguments that have no parameter. */
function tooMany({ name, params, defaults }: Func, count: number, keywords: Keywords): string {
  const most = params.positional.length;
  const least = params.positional.filter((parameter) => !defaults.has(parameter.name)).length;
  const takes = least < most ? `from ${least} to ${most}` : String(most);
  const named = params.keywordOnly.filter((parameter) => keywords.has(parameter.name)).length;
  const plural = (n: number): string => (n === 1 ? "" : "s");
  const given =
    named > 0
      ? `${count} positional argument${plural(count)} (and ${named} keyword-only argument${plural(named)})`
      : String(count);
  return `${name}() takes ${takes} positional argument${plural(most)} but ${given} ${count === 1 && named === 0 ? "was" : "were"} given`;
}

/** What Python says of parameters that have no argument. */
function missed({ name }: Func, missing: readonly string[], kind: string): string {
  const quoted = missing.map((each) => `'${each}'`);
  const last = quoted.pop() ?? "";
  const names = quoted.length === 0 ? last : `${quoted.join(", ")}${quoted.length > 1 ? "," : ""} and ${last}`;
  return `${name}() missing ${missing.length} required ${kind} argument${missing.length === 1 ? "" : "s"}: ${names}`;
}

function fillDefault(func: Func, name: string, vars: Map<string, Value>, missing: string[]): void {
  if (vars.has(name)) return;
  const value = func.defaults.get(name);
  if (value === undefined) missing.push(name);
  else vars.set(name, value);
}

/** `Class(...)`: the metaclass's `__call__`, `__new__`, `__init__`. */
export function instantiate(it: Interpreter, cls: Class, args: readonly Value[], keywords: Keywords): Value {
  const meta = cls.metaclass?.lookup("__call__");
  if (meta) return call(it, bindTo(it, meta, cls, cls.metaclass as Class), args, keywords);
  return construct(it, cls, args, keywords);
}

/** What `type.__call__` does: `__new__`, then `__init__`. */
export function construct(it: Interpreter, cls: Class, args: readonly Value[], keywords: Keywords): Value {
  const create = cls.lookup("__new__");
  const site = it.site();
  const made = create ? call(it, create, [cls, ...args], keywords) : new Instance(cls, site);
  if (made.kind !== "instance" || !made.cls.isSubclassOf(cls)) return made;
  const init = made.cls.lookup("__init__");
  if (init) {
    const at = it.frame?.at;
    const hidden = made.cls.hiding("__init__");
    call(it, hidden ? initBehind(hidden, init) : init, [made, ...args], keywords);
    if (it.frame && at) it.frame.at = at;
  } else if (!create && args.length + keywords.size > 0) {
    it.raise("TypeError", `${cls.name}() takes no arguments`);
  }
  if (site) it.observer?.constructed?.(made, site, it);
  return made;
}

/** An `__init__` that an unknown base comes before, which calls it with arguments of its own. */
export function initBehind(base: Unknown, init: Value): Native {
  return new Native("__init__", (it, [self = none, ...args], keywords) => {
    callUnknown(it, base, args, keywords);
    return callWithUnknownRest(it, init, [self], noKeywords, base);
  });
}

/** What an unknown callee does: what it is given may be written to, and it may raise. */
function callUnknown(it: Interpreter, callee: Unknown, args: readonly Value[], keywords: Keywords): Unknown {
  const { name } = callee.facts;
  forget(it, args, keywords, name ? `it was passed to ${name}, which is not known` : undefined);
  mayRaiseAny(it, callee);
  return new Unknown(callee.why, name ? { name: `${name}(…)` } : {});
}

/** Runs `body`; an exception or a spent budget becomes an unknown with that reason. */
export function guarded(it: Interpreter, body: () => Value, describe: (raised: Raised) => string): Value {
  const { frame } = it;
  const { depth } = it.budget;
  try {
    return body();
  } catch (problem) {
    it.frame = frame;
    it.budget.depth = depth;
    if (problem instanceof Raised) return new Unknown(describe(problem));
    if (problem instanceof BudgetSpent) return new Unknown(problem.why);
    if (problem instanceof RangeError) return new Unknown("the calls are nested too deeply");
    throw problem;
  }
}
