/** How modules of the standard library are written down. */
import { objectClass } from "../types.ts";
import { Class, Module, Native, type NativeCall, Unknown, type Value } from "../values.ts";

/** A value, or the body of a native function. */
export type Members = Readonly<Record<string, Value | NativeCall>>;

/** Makes a module with these names; `rest` computes others, `null` where there are none. */
export function moduleOf(name: string, members: Members, rest?: (name: string) => Value | null): () => Module {
  return () => {
    const module = new Module(name, {
      fallback: (missing) => (missing.startsWith("__") ? null : (rest ?? ((each) => notKnown(name, each)))(missing)),
    });
    for (const [key, member] of Object.entries(members)) {
      module.scope.vars.set(key, typeof member === "function" ? new Native(key, member, false) : member);
    }
    return module;
  };
}

/** A module of which only running the program tells anything. */
export function outsideModule(name: string, members: Members = {}): () => Module {
  return moduleOf(
    name,
    members,
    (each) => new Unknown(`${name}.${each} is not known before the program runs`, { name: `${name}.${each}` }),
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
