/**
 * `torch.nn.Module`: registration on attribute assignment, calls to `forward`, traversal in `named_modules` order,
 * modes and freezing. Parameters, buffers and children live in the dicts that PyTorch keeps them in, so code that reads
 * `_modules` finds what it expects.
 */
import { describeType, getAttribute } from "../../../python/attributes.ts";
import { call } from "../../../python/call.ts";
import { asBuilt, givenHook, perhapsChanged } from "../../../python/given.ts";
import type { Interpreter } from "../../../python/interpreter.ts";
import { forgetAttributes, setInstanceAttribute } from "../../../python/setAttributes.ts";
import { objectClass } from "../../../python/types.ts";
import {
  Class,
  Dict,
  False,
  type Instance,
  type Keywords,
  Native,
  type NativeCall,
  none,
  notImplemented,
  SetValue,
  True,
  Unknown,
  type Value,
} from "../../../python/values.ts";
import { doubtGiven, doubtOf, givenBelow, isReading, markGiven, perhapsModule } from "./doubts.ts";
import { hasHooks, withHooks } from "./hooks.ts";
import { Trace } from "./trace.ts";
import { tracedAttribute, tracedCall } from "./tracing.ts";
import { TensorValue } from "./values.ts";

export const moduleClass = new Class({ name: "Module", module: "torch.nn", bases: [objectClass] });

/** What a layer keeps beside its attributes, where it makes some of them only when they are read. */
export interface AttributeSource {
  attribute(name: string): Value | undefined;
}

/** Whether a value is an `nn.Module`. */
export function isModule(value: Value | undefined): value is Instance {
  return value?.kind === "instance" && value.cls.isSubclassOf(moduleClass);
}

/** The dict that PyTorch keeps a module's children, parameters or buffers in; null before `Module.__init__`. */
export function registry(module: Instance, name: "_modules" | "_parameters" | "_buffers"): Dict | null {
  const dict = module.attrs.get(name);
  return dict?.kind === "dict" ? dict : null;
}

/** Named entries of a registry in order, whatever their values. */
export function entriesOf(dict: Dict | null): [string, Value][] {
  const named: [string, Value][] = [];
  if (dict) for (const { key, value } of dict.entries.values()) if (key.kind === "str") named.push([key.value, value]);
  return named;
}

/** A module and all below it with their dotted names, in `named_modules` order, each module once. */
export function* namedModules(
  module: Instance,
  prefix = "",
  seen: Set<Instance> | null = new Set(),
): Generator<[string, Instance], void, undefined> {
  if (seen?.has(module)) return;
  seen?.add(module);
  yield [prefix, module];
  // What holds itself has no end unless each is told once.
  if (seen === null && prefix.split(".").length > 100) return;
  for (const [name, child] of entriesOf(registry(module, "_modules"))) {
    if (isModule(child)) yield* namedModules(child, prefix === "" ? name : `${prefix}.${name}`, seen);
  }
}

/** A module and all below it in `named_modules` order, each once, where nobody asks for names. */
export function modulesOf(module: Instance, found: Set<Instance> = new Set()): Set<Instance> {
  if (found.has(module)) return found;
  found.add(module);
  const children = registry(module, "_modules");
  if (children) for (const { value } of children.entries.values()) if (isModule(value)) modulesOf(value, found);
  return found;
}

/** Named tensors of a module's own registry and of all below, each tensor once. */
export function* namedTensors(
  module: Instance,
  kind: "_parameters" | "_buffers",
  recurse = true,
  first = "",
  once = true,
): Generator<[string, TensorValue], void, undefined> {
  const seen = new Set<TensorValue>();
  const modules = recurse ? namedModules(module, first, once ? new Set() : null) : [[first, module] as const];
  for (const [prefix, each] of modules) {
    for (const [name, tensor] of entriesOf(registry(each, kind))) {
      if (!(tensor instanceof TensorValue) || (once && seen.has(tensor))) continue;
      seen.add(tensor);
      yield [prefix === "" ? name : `${prefix}.${name}`, tensor];
    }
  }
}

/** Why the tree below a module is not fully known, or null. */
export function lostPart(module: Instance): string | null {
  for (const each of modulesOf(module)) if (ownLostPart(each) !== null) return namedLostPart(module);
  return null;
}

/** The reason with the name of the part. */
function namedLostPart(module: Instance): string | null {
  for (const [name, each] of namedModules(module)) {
    const why = ownLostPart(each, name);
    if (why !== null) return why;
  }
  return null;
}

/** Why what a module registers itself, under `name`, is not fully known, or null. */
export function ownLostPart(module: Instance, name = ""): string | null {
  for (const kind of ["_modules", "_parameters", "_buffers"] as const) {
    const dict = registry(module, kind);
    const held = module.attrs.get(kind);
    if (held?.kind === "unknown") return held.why;
    if (!dict) return `${name === "" ? module.cls.name : name} was not initialised`;
    if (dict.lost) return dict.lost.why;
    for (const { key, value } of dict.entries.values()) {
      if (value.kind !== "unknown") continue;
      const child = key.kind === "str" ? key.value : "?";
      return `${name === "" ? child : `${name}.${child}`} is not known: ${value.why}`;
    }
  }
  return doubtOf(module);
}

/** Initialises what `Module.__init__` sets. */
export function initModule(module: Instance): void {
  module.set("training", True);
  for (const name of ["_parameters", "_buffers", "_modules"]) module.set(name, new Dict());
}

/** Registers a parameter, buffer or child without asking. */
export function register(
  module: Instance,
  kind: "_modules" | "_parameters" | "_buffers",
  name: string,
  value: Value,
): void {
  if (!registry(module, kind)) initModule(module);
  doubtGiven(module, value);
  registry(module, kind)?.set(name, perhapsModule(value) ?? value);
}

/** Enters a method of `nn.Module` or a subclass. */
export function method(
  cls: Class,
  name: string,
  run: (it: Interpreter, self: Instance, args: readonly Value[], keywords: ReadonlyMap<string, Value>) => Value,
): void {
  const native: NativeCall = (it, [self, ...args], keywords) => {
    if (self?.kind !== "instance")
      return new Unknown(self?.kind === "unknown" ? self.why : `${name} of something that is no module`);
    const given = isReading(name) ? givenBelow(it, self) : null;
    if (given === null) return run(it, self, args, keywords);
    // What something unknown may have changed runs as it was built, to be shown; what comes out is not claimed.
    const result = asBuilt(it, () => run(it, self, args, keywords));
    return result === self || result.kind === "none" ? result : new Unknown(given.why);
  };
  cls.dict.set(name, new Native(name, native));
}

moduleClass.dict.set(givenHook, new Native(givenHook, markGiven));

// ── attributes ───────────────────────────────────────────────────────────────────────────────────────────────────────

method(moduleClass, "__init__", (_it, self) => {
  initModule(self);
  return none;
});

method(moduleClass, "__setattr__", (it, self, [name, value]) => {
  if (value === undefined) return none;
  if (name?.kind === "str") setModuleAttribute(it, self, name.value, value);
  else loseAttribute(self, value);
  return none;
});

method(moduleClass, "__delattr__", (it, self, [name]) => {
  if (name?.kind !== "str") return none;
  for (const kind of ["_parameters", "_buffers", "_modules"] as const) {
    if (registry(self, kind)?.get(name.value) !== undefined) {
      registry(self, kind)?.delete(name.value);
      return none;
    }
  }
  if (!self.delete(name.value))
    it.raise("AttributeError", `'${self.cls.name}' object has no attribute '${name.value}'`);
  return none;
});

method(moduleClass, "__getattr__", (it, self, [name]) => {
  if (name?.kind !== "str") return notImplemented;
  for (const kind of ["_parameters", "_buffers", "_modules"] as const) {
    const found = registry(self, kind)?.get(name.value);
    if (found !== undefined) return tracedAttribute(it, name.value, perhapsChanged(it, self, name.value, found));
  }
  const empty = emptyOf(self, name.value);
  if (empty) return empty;
  const { extra } = self;
  const own = extra && "attribute" in extra ? (extra as AttributeSource).attribute(name.value) : undefined;
  if (own !== undefined) return perhapsChanged(it, self, name.value, own);
  const lost = (["_parameters", "_buffers", "_modules"] as const)
    .map((kind) => registry(self, kind)?.lost)
    .find(Boolean);
  if (lost) return new Unknown(lost.why, { name: `self.${name.value}` });
  return notImplemented;
});

/** Enters a value under a name that is not known: any of its kind may be another now. */
function loseAttribute(self: Instance, value: Value): void {
  const why = "an attribute was set under a name that is not known";
  const isParameter = value instanceof TensorValue && value.isParameter;
  for (const kind of ["_parameters", "_buffers", "_modules"] as const) {
    const mayHold = kind === "_modules" ? isModule(value) : kind === "_parameters" ? isParameter : false;
    const dict = registry(self, kind);
    if (!dict || !(mayHold || value.kind === "unknown")) continue;
    dict.touch();
    dict.entries = new Map();
    dict.lost ??= new Unknown(why);
  }
  if (!isModule(value) && !isParameter) forgetAttributes(self, ownAttributes);
}

/** What `Module.__init__` sets. */
const ownAttributes: ReadonlySet<string> = new Set(["training", "_parameters", "_buffers", "_modules"]);

/** Dicts and sets that a module has from the beginning, made when they are asked for. */
function emptyOf(self: Instance, name: string): Value | null {
  const isSet = name === "_non_persistent_buffers_set";
  if (!isSet && name !== "_forward_hooks" && name !== "_forward_pre_hooks") return null;
  const made = isSet ? new SetValue(new Map()) : new Dict();
  self.set(name, made);
  return made;
}

function setModuleAttribute(it: Interpreter, self: Instance, name: string, value: Value): void {
  const [parameters, buffers, modules] = [
    registry(self, "_parameters"),
    registry(self, "_buffers"),
    registry(self, "_modules"),
  ];
  const isParameter = value instanceof TensorValue && value.isParameter;
  // What a module holds, a checkpoint may fill.
  if (value instanceof TensorValue) value.forget();
  if (self.attrs.get("_modules")?.kind === "unknown") {
    setInstanceAttribute(it, self, name, value);
    return;
  }
  if ((isParameter || isModule(value)) && (!parameters || !buffers || !modules)) {
    const what = isParameter ? "parameters" : "a module";
    const message = `${self.cls.name} assigns ${what} before super().__init__() has run`;
    if (!self.cls.unknownBase) {
      if (it.guarded === 0 && it.uncertain === 0) {
        Trace.of(it).report(it, { code: "missing-super-init", message, fix: null, layer: self, inputs: [] });
      }
      it.raise("AttributeError", "cannot assign module before Module.__init__() call");
    }
    initModule(self);
    setModuleAttribute(it, self, name, value);
    return;
  }
  const others = (kept: Dict | null): void => {
    self.attrs.has(name) && self.delete(name);
    for (const dict of [parameters, buffers, modules])
      if (dict && dict !== kept && dict.get(name) !== undefined) dict.delete(name);
  };
  if (isParameter) {
    others(parameters);
    parameters?.set(name, value);
  } else if (isModule(value)) {
    others(modules);
    doubtGiven(self, value);
    modules?.set(name, value);
  } else if (parameters?.get(name) !== undefined) {
    mustFit(it, name, value, "parameter", "torch.nn.Parameter");
    parameters.set(name, value);
  } else if (modules?.get(name) !== undefined) {
    mustFit(it, name, value, "child module", "torch.nn.Module");
    modules.set(name, value);
  } else if (buffers?.get(name) !== undefined) buffers.set(name, value);
  else {
    if (value.kind === "list" || value.kind === "tuple" || value.kind === "dict") tellStored(it, self, name, value);
    setInstanceAttribute(it, self, name, value);
  }
}

/** What certainly is no module or parameter is refused in place of one; whether a tensor is a parameter is left open. */
function mustFit(it: Interpreter, name: string, value: Value, what: string, type: string): void {
  const isTensor = value instanceof TensorValue;
  const isOther = ["int", "float", "bool", "str", "list", "tuple", "dict"].includes(value.kind);
  if (!isOther && !(isTensor && what !== "parameter")) return;
  const got = isTensor ? "torch.FloatTensor" : describeType(value);
  it.raise("TypeError", `cannot assign '${got}' as ${what} '${name}' (${type} or None expected)`);
}

/** Layers in a plain container are not the module's: the analysis looks into it when the run is over. */
function tellStored(it: Interpreter, owner: Instance, name: string, value: Value): void {
  const site = it.observer && it.uncertain === 0 ? it.site() : null;
  if (site) Trace.of(it).stored.push({ owner, name, value, site });
}

// ── calls ────────────────────────────────────────────────────────────────────────────────────────────────────────────

method(moduleClass, "__call__", (it, self, args, keywords) => callModule(it, self, args, keywords));

/** `module(x)`. */
export function callModule(
  it: Interpreter,
  module: Instance,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): Value {
  const run = (inputs: readonly Value[], named: Keywords): Value =>
    call(it, getAttribute(it, module, "forward"), inputs, named);
  const forward = (inputs: readonly Value[], named: Keywords): Value =>
    hasHooks(module) ? withHooks(it, module, inputs, named, run) : run(inputs, named);
  const trace = Trace.of(it);
  if (trace.patches) return tracedCall(it, trace.patches, module, forward, args, keywords);
  return trace.call(it, module, args, keywords, () => forward(args, keywords), modulesOf);
}

method(moduleClass, "forward", (it, self) =>
  it.raise("NotImplementedError", `Module [${self.cls.name}] is missing the required "forward" function`),
);

// ── modes ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Sets `training` on a module and all below it. */
export function setTraining(module: Instance, value: Value): void {
  for (const each of modulesOf(module)) each.set("training", value);
}

/**
 * Runs `body` with a module and all below it in evaluation mode. The modes are put back without the journal: there is
 * one for each module, and nothing else of it is written.
 */
export function inEvaluation<T>(module: Instance, body: () => T): T {
  return inMode(module, False, body);
}

/** Runs `body` with `training` of a module and its parts being `mode`. */
export function inMode<T>(module: Instance, mode: Value, body: () => T): T {
  const before: [Instance, Value | undefined][] = [];
  for (const each of modulesOf(module)) {
    before.push([each, each.attrs.get("training")]);
    each.attrs.set("training", mode);
  }
  try {
    return body();
  } finally {
    for (const [each, was] of before) if (was !== undefined) each.attrs.set("training", was);
  }
}
