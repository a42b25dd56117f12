/**
 * What the first layer that takes an input tells of it: rank, channels, type. Sizes it leaves open are symbols.
 */
import { type Dim, symbol } from "../algebra/index.ts";
import { type DType, Undecided } from "../frameworks/rules/index.ts";
import { layerOf } from "../frameworks/torch/binding/layers.ts";
import { publicName } from "../frameworks/torch/binding/namespaces.ts";
import type { Instance } from "../python/values.ts";

/** One way that an input may look. */
export interface Template {
  readonly shape: readonly Dim[];
  readonly dtype: DType;
  /** Sizes that an equation may decide, the square ones in one group. */
  readonly spatial: readonly Dim[];
  readonly channels: Dim | null;
}

export interface Templates {
  readonly options: readonly Template[];
  /** Whether the layer leaves no doubt about the rank (up to a batch that is left out). */
  readonly certain: boolean;
}

/** Names of fresh symbols, each meaning one size throughout the inputs of a call. */
export type SizeNames = (name: string) => Dim;

export function sizeNames(batch: string, why: string): SizeNames {
  const known = new Map<string, Dim>();
  return (name) => {
    let size = known.get(name);
    if (size === undefined) {
      size = symbol(name === "N" ? batch : name, why);
      known.set(name, size);
    }
    return size;
  };
}

/** Whether a layer tells how its input looks. */
export function tellsInput(module: Instance): boolean {
  return Object.hasOwn(families, shortType(module));
}

/** How the input of `module` may look; null where the layer does not tell. */
export function templatesFor(module: Instance, size: SizeNames): Templates | null {
  const family = families[shortType(module)];
  if (!family) return null;
  const argument = (name: string): Dim | null => {
    const args = layerOf(module)?.args as Readonly<Record<string, unknown>> | undefined;
    try {
      const value = args ? args[name] : attribute(module, name);
      return typeof value === "number" || (typeof value === "object" && value !== null && !Array.isArray(value))
        ? (value as Dim)
        : null;
    } catch (problem) {
      if (problem instanceof Undecided) return null;
      throw problem;
    }
  };
  return family(argument, size, module);
}

/** An image without a layer that tells: what a flattening network is usually given. */
export function imageTemplate(size: SizeNames): Template {
  const channels = size("C");
  const spatial = [size("H"), size("W")];
  return { shape: [size("N"), channels, ...spatial], dtype: "float32", spatial, channels };
}

type Family = (argument: (name: string) => Dim | null, size: SizeNames, module: Instance) => Templates | null;

const spatialNames = [["L"], ["H", "W"], ["D", "H", "W"]] as const;

const families: Readonly<Record<string, Family>> = Object.fromEntries([
  ...[1, 2, 3].flatMap((n) => [
    ...["Conv", "ConvTranspose"].map((name) => [`${name}${n}d`, withChannels(n, "in_channels")]),
    ...["BatchNorm", "InstanceNorm"].map((name) => [`${name}${n}d`, withChannels(n, "num_features")]),
    ...["MaxPool", "AvgPool", "AdaptiveAvgPool", "AdaptiveMaxPool", "LPPool"].map((name) => [
      `${name}${n}d`,
      withChannels(n, null),
    ]),
    ...["ZeroPad", "ConstantPad", "ReflectionPad", "ReplicationPad"].map((name) => [
      `${name}${n}d`,
      withChannels(n, null),
    ]),
  ]),
  ["GroupNorm", withChannels(2, "num_channels")],
  ["PixelUnshuffle", withChannels(2, null)],
  ["PixelShuffle", withChannels(2, null)],
  ["Flatten", (_argument: unknown, size: SizeNames) => ({ options: [imageTemplate(size)], certain: false })],
  ["Linear", features("in_features")],
  ["LayerNorm", normalized],
  ["RMSNorm", normalized],
  ["Embedding", tokens],
  ["EmbeddingBag", tokens],
  ...["RNN", "LSTM", "GRU"].map((name) => [name, sequence("input_size")]),
  ...["RNNCell", "LSTMCell", "GRUCell"].map((name) => [name, vector("input_size")]),
  ["MultiheadAttention", sequence("embed_dim")],
]);

function withChannels(dimensions: number, name: string | null): Family {
  return (argument, size) => {
    const channels = name === null ? null : argument(name);
    const spatial = (spatialNames[dimensions - 1] ?? []).map((each) => size(each));
    const c = channels ?? size("C");
    return {
      options: [
        { shape: [size("N"), c, ...spatial], dtype: "float32", spatial, channels: channels === null ? c : null },
      ],
      certain: true,
    };
  };
}

function features(name: string): Family {
  return (argument, size) => {
    const last = argument(name) ?? size("F");
    const plain = { dtype: "float32", spatial: [], channels: null } as const;
    return {
      options: [
        { ...plain, shape: [size("N"), last] },
        { ...plain, shape: [size("N"), size("T"), last] },
        { ...plain, shape: [size("N"), size("H"), size("W"), last] },
      ],
      certain: false,
    };
  };
}

function vector(name: string): Family {
  return (argument, size) => ({
    options: [{ shape: [size("N"), argument(name) ?? size("F")], dtype: "float32", spatial: [], channels: null }],
    certain: true,
  });
}

function sequence(name: string): Family {
  return (argument, size, module) => {
    const flag = layerOf(module)?.args as { readonly batch_first?: boolean } | undefined;
    const first = flag ? flag.batch_first === true : attribute(module, "batch_first") === true;
    const last = argument(name) ?? size("F");
    const shape = first ? [size("N"), size("T"), last] : [size("T"), size("N"), last];
    return { options: [{ shape, dtype: "float32", spatial: [], channels: null }], certain: true };
  };
}

function tokens(_argument: unknown, size: SizeNames): Templates {
  return { options: [{ shape: [size("N"), size("T")], dtype: "int64", spatial: [], channels: null }], certain: false };
}

function normalized(_argument: unknown, size: SizeNames, module: Instance): Templates | null {
  const args = layerOf(module)?.args as { readonly normalized_shape?: readonly Dim[] } | undefined;
  const shape = args?.normalized_shape;
  if (!shape) return null;
  const plain = { dtype: "float32", spatial: [], channels: null } as const;
  return {
    options: [
      { ...plain, shape: [size("N"), size("T"), ...shape] },
      { ...plain, shape: [size("N"), ...shape] },
    ],
    certain: false,
  };
}

function shortType(module: Instance): string {
  for (const cls of module.cls.mro) {
    const name = publicName(cls);
    if (name.startsWith("torch.nn.")) return name.slice("torch.nn.".length);
  }
  return "";
}

function attribute(module: Instance, name: string): unknown {
  const value = module.attrs.get(name);
  if (value?.kind === "int") return value.dim;
  return value?.kind === "bool" ? value.value : undefined;
}
