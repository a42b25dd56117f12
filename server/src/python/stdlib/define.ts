/** How modules of the standard library are written down. */
import type { Interpreter } from "../interpreter.ts";
import { objectClass } from "../types.ts";
import { Class, Module, Native, type NativeCall, Unknown, type Value } from "../values.ts";

/** A value, or the body of a native function. */
export type Members = Readonly<Record<string, Value | NativeCall>>;

/** Computes names of a module when they are asked for; null where there is no such name. */
export type Rest = (name: string, it: Interpreter) => Value | null;

/** Makes a module with these names; `rest` computes others, what it does not have is not known. */
export function moduleOf(name: string, members: Members, rest?: Rest): () => Module {
  return () => {
    const module = new Module(name, {
      fallback: (missing, it) => (missing.startsWith("__") ? null : (rest?.(missing, it) ?? notKnown(name, missing))),
    });
    for (const [key, member] of Object.entries(members)) {
      module.scope.vars.set(key, typeof member === "function" ? new Native(key, member, false) : member);
    }
    return module;
  };
}

/** A module of which only running the program tells anything. */
export function outsideModule(name: string, members: Members = {}, rest?: Rest): () => Module {
  return moduleOf(
    name,
    members,
    (each, it) =>
      rest?.(each, it) ??
      new Unknown(`${name}.${each} is not known before the program runs`, { name: `${name}.${each}` }),
  );
}

function notKnown(module: string, name: string): Value {
  return new Unknown(`${module}.${name} is not known to this version`, { name });
}

/** A class that the module brings, known in full: a miss on it is an AttributeError. */
export function classIn(module: string, name: string, ...bases: Class[]): Class {
  return new Class({ name, module, bases: bases.length > 0 ? bases : [objectClass] });
}

/** A decorator or function that gives back its first argument. */
export const identityFunction: NativeCall = (_it, [value]) => value ?? new Unknown("nothing was given");
