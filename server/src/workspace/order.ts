/** What comes first: which classes are built, and which models are run, before others that they tell something of. */
import { isModule, registry } from "../frameworks/torch/binding/module.ts";
import type { Class, Func, Instance } from "../python/values.ts";

/**
 * A class that needs no arguments is built first, since it gives the classes of its parts theirs; of the others, the one
 * that stands last, since a file tells of parts before wholes.
 */
export function wholesBeforeParts(one: Class, other: Class): number {
  return Number(isComplete(other)) - Number(isComplete(one)) || placeOf(other) - placeOf(one);
}

/** Whether a class can be built as it is. */
function isComplete(cls: Class): boolean {
  const init = cls.lookup("__init__");
  return init?.kind === "function" && needsNoArguments(init, 1);
}

function placeOf({ site }: Class): number {
  return site === null ? 0 : site.unit.offset + site.start;
}

/** Whether a function can be called as it is; `skip` parameters are bound already. */
export function needsNoArguments({ params, defaults }: Func, skip = 0): boolean {
  return [...params.positional.slice(skip), ...params.keywordOnly].every(({ name }) => defaults.has(name));
}

/** Models whose class is a part of another one come after it: how that one calls it tells how it is meant. */
export function wholesFirst(roots: readonly Instance[]): Instance[] {
  const partClasses = new Map(
    roots.map((root) => [root, new Set([...partsOf([root])].map(({ cls }) => cls))] as const),
  );
  const order = new Map<Instance, number>();
  const depthOf = (root: Instance, path: readonly Instance[]): number => {
    const known = order.get(root);
    if (known !== undefined) return known;
    const wholes = roots.filter((other) => !path.includes(other) && partClasses.get(other)?.has(root.cls));
    const depth = Math.max(-1, ...wholes.map((whole) => depthOf(whole, [...path, root]))) + 1;
    order.set(root, depth);
    return depth;
  };
  return roots.toSorted((one, other) => depthOf(one, [one]) - depthOf(other, [other]));
}

/** Every module that is a part of one of these. */
export function partsOf(modules: readonly Instance[]): ReadonlySet<Instance> {
  const parts = new Set<Instance>();
  const seen = new Set<Instance>();
  const open = [...modules];
  for (let module = open.pop(); module; module = open.pop()) {
    if (seen.has(module)) continue;
    seen.add(module);
    for (const { value: child } of registry(module, "_modules")?.entries.values() ?? []) {
      if (!isModule(child)) continue;
      parts.add(child);
      open.push(child);
    }
  }
  return parts;
}
