/**
 * `from module import *` of modules whose names are not listed: those that are run only as far as somebody asks, those that
 * come with the program, and those that are not known. Their names are asked for when they are missed.
 */
import { boundInModule, findAttribute } from "./attributes.ts";
import type { Interpreter } from "./interpreter.ts";
import { itemsOf } from "./iterate.ts";
import { isLazy, sourceOf } from "./lazyModules.ts";
import { type Module, Tuple, Unknown, type Value } from "./values.ts";

/** What stands for the names that a module may have beside those that are known; null where it has no others. */
export function openness(module: Module | Unknown, seen = new Set<Module>()): Unknown | null {
  if (module.kind === "unknown") return new Unknown(module.why, { name: "" });
  if (module.incomplete !== null) return new Unknown(module.incomplete, { name: "" });
  const asked = seen.add(module);
  for (const from of starSources(module)) {
    const open = from.kind === "module" && asked.has(from) ? null : openness(from, asked);
    if (open !== null) return open;
  }
  const isListed = module.fallback === null || isLazy(module);
  return isListed ? null : new Unknown(`it may come from ${module.name}`, { name: "" });
}

/** Enters that a module has the names of another one, which are asked for when they are missed. */
export function addStarSource(module: Module, from: Module | Unknown): void {
  module.scope.set(star, withSource(module, from));
}

/** The same for a module that is run as it is asked, whatever becomes of what asked. */
export function noteStarSource(module: Module, from: Module | Unknown): void {
  module.scope.vars.set(star, withSource(module, from));
}

function withSource(module: Module, from: Module | Unknown): Tuple {
  return new Tuple([...starSources(module).filter((each) => each !== from), from]);
}

/** A name that star imports from modules brought whose names are not listed. */
export function fromStarSources(it: Interpreter, module: Module, name: string): Value | undefined {
  for (const from of starSources(module).toReversed()) {
    const value = from.kind === "module" ? broughtBy(it, from, name) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Stands in a module's scope for what `import *` brought and nobody listed: a tuple of modules, or of unknowns for them. */
export const star = "*";

export function starSources(module: Module): readonly (Module | Unknown)[] {
  const sources = module.scope.vars.get(star);
  if (sources === undefined) return [];
  const items = sources.kind === "tuple" ? sources.items : [sources];
  return items.filter((each) => each.kind === "module" || each.kind === "unknown");
}

/** What `from target import *` binds to a name; undefined where it certainly binds nothing, or nobody knows. */
export function broughtBy(it: Interpreter, target: Module, name: string): Value | undefined {
  if (!exports(it, target, name)) return undefined;
  const value = boundInModule(it, target, name);
  // A module that comes with the program has a reason, not a value, for each name that it does not know.
  return value?.kind === "unknown" && target.file === null ? undefined : value;
}

/** Whether `from target import *` binds `name`. */
function exports(it: Interpreter, target: Module, name: string): boolean {
  const text = sourceOf(target);
  if (text !== undefined && !text.includes(name) && !text.includes("import *")) return false;
  const listed = (): boolean | null => {
    const all = findAttribute(it, target, "__all__");
    const names = all === undefined ? null : itemsOf(it, all);
    return Array.isArray(names) ? names.some((each) => each.kind === "str" && each.value === name) : null;
  };
  const isListed = listed();
  if (isListed === null) return !name.startsWith("_");
  // A decorator may enter what it decorates.
  return isListed || (findAttribute(it, target, name) !== undefined && listed() === true);
}
