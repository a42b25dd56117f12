/**
 * Layers that a module keeps in a plain list, tuple or dict: PyTorch does not see them there, so they are neither
 * trained nor saved nor moved. Told of are layers with parameters that their owner's own class builds and that no module
 * registers in another way; what was built elsewhere and is kept so may be meant to stay unseen.
 */
import { isModule, modulesOf, namedTensors, registry } from "../frameworks/torch/binding/module.ts";
import type { Stored, Trace } from "../frameworks/torch/binding/trace.ts";
import { TensorValue } from "../frameworks/torch/binding/values.ts";
import type { Instance, Value } from "../python/values.ts";
import type { Site } from "../syntax/ast.ts";

/** A container of layers that PyTorch does not see. */
export interface Unregistered extends Stored {
  readonly layers: readonly Instance[];
}

/** `built` are all modules that were made in the file. */
export function unregisteredIn(
  { stored, listed }: Trace,
  built: readonly { readonly instance: Instance; readonly site: Site }[],
): Unregistered[] {
  const candidates = stored.flatMap((each) => {
    // What stands in the attribute now: it may have been replaced.
    if (each.owner.attrs.get(each.name) !== each.value) return [];
    const layers = layersIn(each.value).filter((layer) => isBuiltBy(each.owner, layer) && hasParameters(layer));
    return layers.length > 0 ? [{ ...each, layers }] : [];
  });
  if (candidates.length === 0) return [];
  const { children, parameters } = registered(built.map(({ instance }) => instance));
  const isKnown = (layer: Instance): boolean =>
    children.has(layer) ||
    listed.has(layer) ||
    [...namedTensors(layer, "_parameters")].some(([, t]) => parameters.has(t));
  return candidates.filter(({ layers }) => !layers.some(isKnown));
}

/** The modules in a container, one level of containers deep. */
function layersIn(value: Value, depth = 0): Instance[] {
  if (isModule(value)) return [value];
  if (depth > 1) return [];
  if (value.kind === "list" || value.kind === "tuple") {
    if (value.kind === "list" && value.lost) return [];
    return value.items.flatMap((item) => layersIn(item, depth + 1));
  }
  if (value.kind !== "dict" || value.lost) return [];
  return [...value.entries.values()].flatMap((entry) => layersIn(entry.value, depth + 1));
}

/** Whether the source of a layer's constructor stands in its owner's class. */
function isBuiltBy(owner: Instance, { site }: Instance): boolean {
  return owner.cls.mro.some(
    ({ def, site: place }) =>
      def !== null && place?.unit === site?.unit && site !== null && def.start <= site.start && site.end <= def.end,
  );
}

function hasParameters(layer: Instance): boolean {
  for (const [, tensor] of namedTensors(layer, "_parameters")) if (tensor.requiresGrad) return true;
  return false;
}

/** Every module that another one registers, and every parameter that a module of the user's own registers itself. */
function registered(built: readonly Instance[]): {
  readonly children: ReadonlySet<Value>;
  readonly parameters: ReadonlySet<Value>;
} {
  const children = new Set<Value>();
  const parameters = new Set<Value>();
  for (const root of built) {
    for (const module of modulesOf(root)) {
      for (const { value } of registry(module, "_modules")?.entries.values() ?? []) children.add(value);
      if (module.cls.def === null && module.cls.name !== "ParameterList" && module.cls.name !== "ParameterDict")
        continue;
      for (const { value } of registry(module, "_parameters")?.entries.values() ?? []) {
        if (value instanceof TensorValue) parameters.add(value);
      }
    }
  }
  return { children, parameters };
}
