/** The module tree of a model as plain facts: `named_modules` rows with counts; every tensor counts once. */
import { type Dim, numel, type Shape, sum } from "../algebra/index.ts";
import { type DType, Undecided } from "../frameworks/rules/index.ts";
import { layerOf } from "../frameworks/torch/binding/layers.ts";
import { entriesOf, isModule, lostPart, namedModules, registry } from "../frameworks/torch/binding/module.ts";
import { publicName } from "../frameworks/torch/binding/namespaces.ts";
import { TensorValue } from "../frameworks/torch/binding/values.ts";
import type { Instance } from "../python/values.ts";

/** A count, or the reason why it is not known. */
export type Counted = { readonly count: Dim } | { readonly unknown: string };

export interface ModuleCounts {
  readonly params: Counted;
  readonly trainable: Counted;
  readonly buffers: Counted;
  /** Bytes of the parameters; null where not known. */
  readonly bytes: number | null;
}

export interface ModuleRow {
  /** Dotted path; empty for the root. */
  readonly name: string;
  readonly instance: Instance;
  readonly type: string;
  readonly depth: number;
  readonly hasChildren: boolean;
  readonly counts: ModuleCounts;
  /** Without children. */
  readonly own: Counted;
  /** Own parameters. */
  readonly weights: readonly { readonly name: string; readonly tensor: TensorValue }[];
}

/** Rows of a model, the root first. */
export function rowsOf(root: Instance): ModuleRow[] {
  return [...namedModules(root)].map(([name, instance]) => {
    const weights = ownTensors(instance, "_parameters");
    return {
      name,
      instance,
      type: typeOf(instance),
      depth: name === "" ? 0 : name.split(".").length - 1,
      hasChildren: entriesOf(registry(instance, "_modules")).some(([, child]) => isModule(child)),
      counts: countsOf(instance),
      own: ownCount(instance, weights),
      weights,
    };
  });
}

const known = new WeakMap<Instance, ModuleCounts>();

/** Counts of a module with all below it. Asked for when the run is over, so that they stay. */
export function countsOf(root: Instance): ModuleCounts {
  let counts = known.get(root);
  if (!counts) {
    counts = count(root);
    known.set(root, counts);
  }
  return counts;
}

function count(root: Instance): ModuleCounts {
  const lost = lostPart(root);
  const parameters = new Set<TensorValue>();
  const buffers = new Set<TensorValue>();
  for (const [, module] of namedModules(root)) {
    for (const { tensor } of ownTensors(module, "_parameters")) parameters.add(tensor);
    for (const { tensor } of ownTensors(module, "_buffers")) buffers.add(tensor);
  }
  return {
    params: total(parameters, lost),
    trainable: total(
      [...parameters].filter((tensor) => tensor.requiresGrad),
      lost,
    ),
    buffers: total(buffers, lost),
    bytes: lost === null ? bytesOf(parameters) : null,
  };
}

/** Qualified class name as PyTorch's users know it: `torch.nn.Conv2d`, `net.Block`. */
export function typeOf(instance: Instance): string {
  return publicName(instance.cls);
}

/** Constructor essentials for people; empty where there are none. */
export function essentialsOf(instance: Instance): string {
  const layer = layerOf(instance);
  try {
    return layer?.rule.essentials?.(layer.args) ?? "";
  } catch (problem) {
    if (problem instanceof Undecided) return "";
    throw problem;
  }
}

const dtypeBytes: Readonly<Record<DType, number>> = {
  float32: 4,
  float64: 8,
  float16: 2,
  bfloat16: 2,
  complex64: 8,
  complex128: 16,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint8: 1,
  bool: 1,
};

/** Bytes of tensors; null where a size is not a number. */
export function bytesOf(tensors: Iterable<TensorValue>): number | null {
  let bytes = 0;
  for (const { type } of tensors) {
    const size = type.dims === null ? null : numel(type.dims);
    if (typeof size !== "number") return null;
    bytes += size * dtypeBytes[type.dtype ?? "float32"];
  }
  return bytes;
}

function ownTensors(module: Instance, kind: "_parameters" | "_buffers"): { name: string; tensor: TensorValue }[] {
  return entriesOf(registry(module, kind)).flatMap(([name, tensor]) =>
    tensor instanceof TensorValue ? [{ name, tensor }] : [],
  );
}

function ownCount(module: Instance, weights: readonly { tensor: TensorValue }[]): Counted {
  const lost = registry(module, "_parameters")?.lost;
  return total(new Set(weights.map(({ tensor }) => tensor)), lost?.why ?? null);
}

function total(tensors: Iterable<TensorValue>, lost: string | null): Counted {
  if (lost !== null) return { unknown: lost };
  const sizes: Dim[] = [];
  for (const { type } of tensors) {
    if (type.dims === null) return { unknown: type.why || "the shape of a parameter is not known" };
    sizes.push(numel(type.dims as Shape));
  }
  return { count: sum(sizes) };
}
