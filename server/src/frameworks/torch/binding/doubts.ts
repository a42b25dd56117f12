/**
 * What leaves it open what a module holds: unknown values that may be modules, base classes that are not known, and
 * functions that are not known and were given the module.
 */
import { anyMarked, type Given, givenHook, mark, markOf } from "../../../python/given.ts";
import type { Interpreter } from "../../../python/interpreter.ts";
import { type Class, type Instance, type NativeCall, none, type Unknown, type Value } from "../../../python/values.ts";
import { entriesOf, isModule, moduleClass, modulesOf, registry } from "./module.ts";
import { TensorValue } from "./values.ts";

/** An unknown value that was stored on a module and may be a module itself: its parameters would be missing. */
export function doubtOf(module: Instance): string | null {
  const { unknownBase } = module.cls;
  const given = module.attrs.get(doubtName);
  if (given?.kind === "unknown") return given.why;
  if (unknownBase) return `a base class of ${module.cls.name} is not known: ${unknownBase.why}`;
  for (const [name, value] of module.attrs) {
    if (value.kind === "unknown" && mayBeModule(value, name, module.cls))
      return `self.${name} is not known: ${value.why}`;
    const base = perhapsModule(value);
    if (base && value.kind === "instance" && isUsedAsModule(value, name, module.cls))
      return `a base class of self.${name} is not known: ${base.why}`;
  }
  return null;
}

/** The base that is not known of an object that may be a module by it; null where that is decided. */
export function perhapsModule(value: Value): Unknown | null {
  return value.kind === "instance" && !value.cls.isSubclassOf(moduleClass) ? value.cls.unknownBase : null;
}

/** Settings have bases that are not known, too: what tells a module is that it is called, or that it holds weights. */
function isUsedAsModule(value: Instance, name: string, owner: Class): boolean {
  if (value.cls.lookup("forward") || owner.mro.some((each) => calledAttributes(each).has(name))) return true;
  return [...value.attrs.values()].some((part) => isModule(part) || part instanceof TensorValue);
}

/**
 * What comes from a call or an import may be a module. A plain input is taken for a setting where the class only reads
 * it, and for a module where the class calls it.
 */
function mayBeModule(value: Unknown, name: string, cls: Class): boolean {
  const { type, dim, ratio, plain } = value.facts;
  if (type !== undefined || dim !== undefined || ratio !== undefined) return false;
  return plain !== true || cls.mro.some((each) => calledAttributes(each).has(name));
}

const calledBy = new WeakMap<Class, ReadonlySet<string>>();

/** Attributes of `self` that the source of a class calls or iterates over. */
function calledAttributes(cls: Class): ReadonlySet<string> {
  let names = calledBy.get(cls);
  if (!names) {
    const source = cls.def && cls.site ? cls.site.unit.text.slice(cls.def.start, cls.def.end) : "";
    names = new Set(
      [...source.matchAll(/\bself\s*\.\s*(\w+)\s*\(|\bin\s+self\s*\.\s*(\w+)\s*:/g)].map((m) => m[1] ?? m[2] ?? ""),
    );
    calledBy.set(cls, names);
  }
  return names;
}

// ── what something unknown was given ────────────────────────────────────────────────────────────────────────────────────

/** Whether a method may tell of a module's parts. Attributes tell of themselves. */
export function isReading(name: string): boolean {
  return name === "__call__" || !objectProtocol.test(name);
}

const objectProtocol = /^__(init|(get|set|del)attr)__$/;

/** The mark of a module or of one below it. */
export function givenBelow(it: Interpreter, module: Instance): Given | null {
  if (!anyMarked()) return null;
  for (const each of modulesOf(module)) {
    const given = markOf(it, each);
    if (given) return given;
  }
  return null;
}

/** Marks a module and all below it as something that an unknown function was given. */
export const markGiven: NativeCall = (it, [module], keywords) => {
  const why = keywords.get("why");
  if (module?.kind !== "instance" || why?.kind !== "unknown") return none;
  const marked = modulesOf(module);
  for (const each of marked) {
    const registered = registries.flatMap((kind) => entriesOf(registry(each, kind)));
    mark(each, why.why, new Map([...each.attrs, ...registered]));
  }
  for (const owner of underConstruction(it)) {
    const part = [...modulesOf(owner)].find((each) => marked.has(each));
    const given = part?.attrs.get(givenHook);
    if (given) owner.set(doubtName, given);
  }
  return none;
};

/** The modules whose `__init__` is running: what they are when it returns is what is counted. */
function underConstruction(it: Interpreter): Set<Instance> {
  const found = new Set<Instance>();
  for (let frame = it.frame; frame; frame = frame.caller) {
    const first = frame.func?.name === "__init__" ? frame.func.params.positional[0] : undefined;
    const self = first && frame.scope.vars.get(first.name);
    if (isModule(self)) found.add(self);
  }
  return found;
}

/** Enters a module under another: what was marked before makes the other one's total doubtful. */
export function doubtGiven(owner: Instance, child: Value): void {
  if (!anyMarked() || !isModule(child)) return;
  for (const each of modulesOf(child)) {
    const given = each.attrs.get(givenHook);
    if (given) owner.set(doubtName, given);
  }
}

const doubtName = "%holds given";
const registries = ["_parameters", "_buffers", "_modules"] as const;
