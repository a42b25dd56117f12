/**
 * What something unknown was given, it may have changed. Containers lose what they hold, and objects their settings. An
 * object that a framework knows is marked instead (`Given`): what the program reads off it from then on is not known, but
 * it can still be shown as it was built. Decision 3 in `docs/adr` has the reasons.
 */
import type { Interpreter } from "./interpreter.ts";
import { forgetAttributes } from "./setAttributes.ts";
import { Dict, type Instance, type Keywords, List, Native, SetValue, Unknown, type Value } from "./values.ts";

/** A native under this name in a class's dict is called with each object that something unknown was given. */
export const givenHook = "%given";

/** The mark of an object that something unknown was given, with the attributes that it had then. */
export class Given extends Unknown {
  readonly before: ReadonlyMap<string, Value>;
  /** Its place among all marks. */
  readonly serial: number;
  constructor(why: string, before: ReadonlyMap<string, Value>) {
    super(why, { plain: true });
    this.before = before;
    marks += 1;
    this.serial = marks;
  }
}

let marks = 0;

/** Whether there may be marks at all. */
export function anyMarked(): boolean {
  return marks > 0;
}

/** Marks an object whose attributes are these. */
export function mark(instance: Instance, why: string, attributes: ReadonlyMap<string, Value>): void {
  instance.set(givenHook, new Given(why, attributes));
}

/** The mark of an object, where it counts at present. */
export function markOf(it: Interpreter, { attrs }: Instance): Given | null {
  const given = attrs.get(givenHook);
  return given instanceof Given && given.serial > it.trusted ? given : null;
}

/** Runs `body` with what was marked until now being as it was built. */
export function asBuilt<T>(it: Interpreter, body: () => T): T {
  const { trusted } = it;
  it.trusted = marks;
  try {
    return body();
  } finally {
    it.trusted = trusted;
  }
}

/** The attribute that an object has now, as it is known to one who reads it: unknown where it may be another. */
export function perhapsChanged(it: Interpreter, instance: Instance, name: string, value: Value): Value {
  const given = markOf(it, instance);
  if (given === null || name.startsWith("__") || name === "training") return value;
  const earlier = given.before.get(name);
  if (earlier !== undefined && earlier !== value) return value;
  return new Unknown(given.why, { name: `self.${name}`, ...(isSetting(value) ? { plain: true } : {}) });
}

function isSetting({ kind }: Value): boolean {
  return ["int", "float", "bool", "str", "none", "tuple"].includes(kind);
}

/** What something unknown was given may have been written to, and so may all that can be reached from it. */
export function forget(it: Interpreter, args: readonly Value[], keywords: Keywords, why = passed): void {
  const seen = new Set<Value>();
  for (const arg of args) forgetOne(it, arg, why, seen);
  for (const arg of keywords.values()) forgetOne(it, arg, why, seen);
}

const passed = "it was passed to a function that is not known";

function forgetOne(it: Interpreter, value: Value, why: string, seen: Set<Value>): void {
  switch (value.kind) {
    case "dict":
    case "list":
    case "set":
    case "tuple":
    case "instance":
      if (seen.has(value)) return;
      seen.add(value);
      break;
    case "bound":
      forgetOne(it, value.self, why, seen);
      return;
    case "host":
      value.forget();
      return;
    default:
      return;
  }
  it.budget.step();
  if (value.kind === "instance") {
    const hook = value.cls.lookup(givenHook);
    if (hook instanceof Native) {
      hook.call(it, [value], new Map([["why", new Unknown(why)]]));
      return;
    }
  }
  const parts = partsOf(value);
  if (value instanceof Dict) value.lose(new Unknown(why));
  else if (value instanceof List || value instanceof SetValue) {
    value.touch();
    value.lost ??= new Unknown(why);
  } else if (value.kind === "instance") forgetAttributes(value, new Set(), why);
  for (const part of parts) forgetOne(it, part, why, seen);
}

function partsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case "dict":
      return [...value.entries.values()].map((entry) => entry.value);
    case "list":
    case "tuple":
      return value.items;
    case "set":
      return [...value.items.values()];
    case "instance":
      return [...value.attrs.values()];
    default:
      return [];
  }
}
