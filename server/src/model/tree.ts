/** The module tree of a model as plain facts: `named_modules` rows with counts; every tensor counts once. */
import { type Dim, numel, type Shape, sum } from "../algebra/index.ts";
import { type DType, Undecided } from "../frameworks/rules/index.ts";
import { layerOf } from "../frameworks/torch/binding/layers.ts";
import { entriesOf, isModule, namedModules, ownLostPart, registry } from "../frameworks/torch/binding/module.ts";
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
  /** Bytes of those that are trained. */
  readonly trainableBytes: number | null;
  /** The types of the parameters' numbers. */
  readonly dtypes: readonly DType[];
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

/** What is remembered of a module, for itself and for the containers around it. Each part is found when it is asked. */
class ModuleFacts {
  counts: ModuleCounts | null = null;
  _parameters: readonly TensorValue[] | null = null;
  _buffers: readonly TensorValue[] | null = null;
  /** `undefined`: not asked yet. */
  lost: string | null | undefined = undefined;

  static of(module: Instance): ModuleFacts {
    if (!(module.facts instanceof ModuleFacts)) module.facts = new ModuleFacts();
    return module.facts as ModuleFacts;
  }
}

/** Counts of a module with all below it. Asked for when the run is over, so that they stay. */
export function countsOf(root: Instance): ModuleCounts {
  const facts = ModuleFacts.of(root);
  facts.counts ??= new Counts(root);
  return facts.counts;
}

/** A hint asks for the parameters alone, so that the rest is counted when it is asked for. */
class Counts implements ModuleCounts {
  readonly params: Counted;
  private readonly root: Instance;
  private readonly lost: string | null;

  constructor(root: Instance) {
    this.root = root;
    this.lost = lostBelow(root);
    this.params = total(this.parameters, this.lost);
  }

  get trainable(): Counted {
    const trained = this.parameters.filter(({ requiresGrad }) => requiresGrad);
    return trained.length === this.parameters.length ? this.params : total(trained, this.lost);
  }

  get buffers(): Counted {
    return total(tensorsBelow(this.root, "_buffers"), this.lost);
  }

  get bytes(): number | null {
    return this.lost === null ? bytesOf(this.parameters) : null;
  }

  get trainableBytes(): number | null {
    return this.lost === null ? bytesOf(this.parameters.filter(({ requiresGrad }) => requiresGrad)) : null;
  }

  get dtypes(): readonly DType[] {
    return [...new Set(this.parameters.flatMap(({ type }) => type.dtype ?? []))];
  }

  private get parameters(): readonly TensorValue[] {
    return tensorsBelow(this.root, "_parameters");
  }
}

/** Why a module or a part of it is not fully known, remembered for each part. */
function lostBelow(module: Instance, above: ReadonlySet<Instance> = new Set()): string | null {
  const facts = ModuleFacts.of(module);
  if (facts.lost !== undefined) return facts.lost;
  let why = ownLostPart(module);
  const modules = registry(module, "_modules");
  if (why === null && modules && modules.entries.size > 0) {
    const inside = new Set(above).add(module);
    for (const { value: child } of modules.entries.values()) {
      if (why === null && isModule(child) && !inside.has(child)) why = lostBelow(child, inside);
    }
  }
  facts.lost = why;
  return why;
}

/** The distinct tensors of a module and all below it; remembered, since each container asks for those of its parts. */
function tensorsBelow(
  root: Instance,
  kind: "_parameters" | "_buffers",
  above: ReadonlySet<Instance> = new Set(),
): readonly TensorValue[] {
  const facts = ModuleFacts.of(root);
  const remembered = facts[kind];
  if (remembered) return remembered;
  const own: TensorValue[] = [];
  for (const { value } of registry(root, kind)?.entries.values() ?? [])
    if (value instanceof TensorValue) own.push(value);
  const modules = registry(root, "_modules");
  let all = own;
  if (modules && modules.entries.size > 0) {
    const inside = new Set(above).add(root);
    const distinct = new Set(own);
    for (const { value: child } of modules.entries.values()) {
      if (!isModule(child) || inside.has(child)) continue;
      for (const tensor of tensorsBelow(child, kind, inside)) distinct.add(tensor);
    }
    all = [...distinct];
  }
  facts[kind] = all;
  return all;
}

/** Qualified class name as PyTorch's users know it: `torch.nn.Conv2d`, `net.Block`. */
export function typeOf(instance: Instance): string {
  // A lazy layer is another one from its first call on.
  return instance.cls.name.startsWith("Lazy")
    ? (layerOf(instance)?.entry.name ?? publicName(instance.cls))
    : publicName(instance.cls);
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

/** Of a type that is not known, PyTorch's usual one is taken. */
export function bytesPerElement(dtype: DType | null): number {
  return dtypeBytes[dtype ?? "float32"];
}

/** Bytes of tensors; null where a size is not a number. */
export function bytesOf(tensors: Iterable<TensorValue>): number | null {
  let bytes = 0;
  for (const { type } of tensors) {
    const size = type.dims === null ? null : numel(type.dims);
    if (typeof size !== "number") return null;
    bytes += size * bytesPerElement(type.dtype);
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
