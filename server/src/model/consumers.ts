/**
 * What the first layer that takes an input tells of it: the ranks it may have, channels, type. Sizes that it leaves open
 * are symbols.
 */
import { type Dim, symbol } from "../algebra/index.ts";
import { type DType, Undecided } from "../frameworks/rules/index.ts";
import { layerOf } from "../frameworks/torch/binding/layers.ts";
import { publicName } from "../frameworks/torch/binding/namespaces.ts";
import type { Instance } from "../python/values.ts";

/** One way that an input may look. */
export interface Template {
  readonly shape: readonly Dim[];
  /** null where any type would do. */
  readonly dtype: DType | null;
  /** Sizes that an equation may decide, the square ones in one group. */
  readonly spatial: readonly Dim[];
  readonly channels: Dim | null;
  /** Whether a layer tells the channels: an equation is not to decide them then. */
  readonly channelsTold: boolean;
}

export interface Templates {
  readonly options: readonly Template[];
  /**
   * `certain`: the layer leaves no doubt about the rank (up to a batch that is left out). `usual`: the first option that
   * the model can be run with is what such a layer is given. `unique`: an option holds only where no other one does.
   */
  readonly choice: "certain" | "usual" | "unique";
}

/**
 * Symbols of inputs by name and reason. They are the same from run to run, and so is all that was computed of them:
 * no two models are ever run together, so sharing tells nothing of either.
 */
const standingSymbols = new Map<string, Dim>();

function standing(name: string, why: string): Dim {
  const key = `${name}\u0000${why}`;
  let size = standingSymbols.get(key);
  if (size === undefined) {
    size = symbol(name, why);
    standingSymbols.set(key, size);
  }
  return size;
}

/** Names of fresh symbols, each meaning one size throughout an input. */
export type SizeNames = (name: string) => Dim;

/** Names for one input; those that `taken` holds already bear the input's own name behind them. */
export function sizeNames(batch: string, why: string, input: string, taken: Set<string>): SizeNames {
  const own = new Map<string, Dim>();
  return (name) => {
    let size = own.get(name);
    if (size === undefined) {
      const usual = name === "N" ? batch : name;
      const text = taken.has(usual) ? `${usual}_${input}` : usual;
      taken.add(text);
      size = standing(text, why);
      own.set(name, size);
    }
    return size;
  };
}

/** Whether a layer tells how its input looks. */
export function tellsInput(module: Instance): boolean {
  return Object.hasOwn(families, shortType(module));
}

/** Whether a layer looks things up: its input is integers. */
export function takesIndices(module: Instance): boolean {
  const family = families[shortType(module)];
  return family === tokens || family === bags;
}

/**
 * How the argument of `module` at `position` may look, `count` of them being given; null where the layer does not tell.
 */
export function templatesFor(module: Instance, position: number, count: number, size: SizeNames): Templates | null {
  const name = shortType(module);
  const family = Object.hasOwn(families, name) ? families[name] : undefined;
  return family ? family({ module, position, count, size, argument: (each) => argumentOf(module, each) }) : null;
}

/** An image without a layer that tells: what a flattening network is usually given. */
export function imageTemplate(size: SizeNames): Template {
  const channels = size("C");
  const spatial = [size("H"), size("W")];
  return { shape: [size("N"), channels, ...spatial], dtype: "float32", spatial, channels, channelsTold: false };
}

/** An input that no layer takes as it is: any of the usual ranks, of which only one may turn out to do. */
export function anyTemplates(size: SizeNames): Templates {
  const image = imageTemplate(size);
  const ranks = [["N"], ["N", "T"]].map((names) => plain(names.map(size), null));
  // What is made of the length of a sequence may tell it.
  const sequence = { ...plain(["N", "T", "F"].map(size), null), spatial: [size("T")] };
  return { options: [...ranks, sequence, { ...image, dtype: null }], choice: "unique" };
}

/** One of five dimensions, which only a model that takes no other is given. */
export function volumeTemplates(size: SizeNames): Templates {
  return { options: [plain(["N", "C", "D", "H", "W"].map(size), null)], choice: "unique" };
}

/** Sizes of the arguments of a layer that tells, by name; null where a size is not known. */
function argumentOf(module: Instance, name: string): Dim | null {
  const value = settled(() => {
    const args = layerOf(module)?.args as Readonly<Record<string, unknown>> | undefined;
    return args ? args[name] : attribute(module, name);
  });
  const isSize = typeof value === "number" || (typeof value === "object" && value !== null && !Array.isArray(value));
  return isSize ? (value as Dim) : null;
}

function settled<T>(read: () => T): T | null {
  try {
    return read();
  } catch (problem) {
    if (problem instanceof Undecided) return null;
    throw problem;
  }
}

interface Asked {
  readonly module: Instance;
  readonly position: number;
  readonly count: number;
  readonly size: SizeNames;
  readonly argument: (name: string) => Dim | null;
}
type Family = (asked: Asked) => Templates | null;

const spatialNames = [["L"], ["H", "W"], ["D", "H", "W"]] as const;
const directions = [1, 2, 3] as const;

const families: Readonly<Record<string, Family>> = Object.fromEntries([
  ...directions.flatMap((n) => [
    ...["Conv", "ConvTranspose"].map((name) => [`${name}${n}d`, channelled([n], "in_channels")]),
    [`InstanceNorm${n}d`, channelled([n], "num_features")],
    [`BatchNorm${n}d`, channelled(n === 1 ? [0, 1] : [n], "num_features")],
    ...["MaxPool", "AvgPool", "AdaptiveAvgPool", "AdaptiveMaxPool", "LPPool"].map((name) => [
      `${name}${n}d`,
      channelled([n], null),
    ]),
    ...["ZeroPad", "ConstantPad", "ReflectionPad", "ReplicationPad"].map((name) => [
      `${name}${n}d`,
      channelled([n], null),
    ]),
  ]),
  ["GroupNorm", channelled([2, 1, 3, 0], "num_channels")],
  ["PixelUnshuffle", channelled([2], null)],
  ["PixelShuffle", channelled([2], null)],
  ["Flatten", ({ size }: Asked) => ({ options: [imageTemplate(size)], choice: "usual" })],
  ["Linear", features],
  ["LayerNorm", normalized],
  ["RMSNorm", normalized],
  ["Embedding", tokens],
  ["EmbeddingBag", bags],
  ...["RNN", "LSTM", "GRU"].map((name) => [name, sequence("input_size")]),
  ...["RNNCell", "LSTMCell", "GRUCell"].map((name) => [name, vector("input_size")]),
  ["MultiheadAttention", sequence("embed_dim")],
]);

function plain(shape: readonly Dim[], dtype: DType | null = "float32"): Template {
  return { shape, dtype, spatial: [], channels: null, channelsTold: false };
}

/** Batch, channels and as many spatial sizes as one of `ranks` says. */
function channelled(ranks: readonly number[], name: string | null): Family {
  return ({ argument, size, position }) => {
    if (position > 0) return null;
    const channels = name === null ? null : argument(name);
    const c = channels ?? size("C");
    const options = ranks.map((rank): Template => {
      const spatial = (spatialNames[rank - 1] ?? []).map((each) => size(each));
      return {
        shape: [size("N"), c, ...spatial],
        dtype: "float32",
        spatial,
        channels: c,
        channelsTold: channels !== null,
      };
    });
    return { options, choice: ranks.length === 1 ? "certain" : "unique" };
  };
}

function features({ argument, size, position }: Asked): Templates | null {
  if (position > 0) return null;
  const last = argument("in_features") ?? size("F");
  const leading = [["N"], ["N", "T"], ["N", "H", "W"]];
  return { options: leading.map((names) => plain([...names.map(size), last])), choice: "usual" };
}

function vector(name: string): Family {
  return ({ argument, size, position }) =>
    position > 0 ? null : { options: [plain([size("N"), argument(name) ?? size("F")])], choice: "certain" };
}

function sequence(name: string): Family {
  return ({ argument, size, module, position }) => {
    if (position > 0) return null;
    const told = settled(() => (layerOf(module)?.args as { readonly batch_first?: boolean } | undefined)?.batch_first);
    const first = told ?? attribute(module, "batch_first") === true;
    const last = argument(name) ?? size("F");
    const shape = first ? [size("N"), size("T"), last] : [size("T"), size("N"), last];
    return { options: [plain(shape)], choice: "certain" };
  };
}

function tokens({ size, position }: Asked): Templates | null {
  if (position > 0) return null;
  const ranks = [["N", "T"], ["N"], ["N", "T", "W"]];
  return { options: ranks.map((names) => plain(names.map(size), "int64")), choice: "unique" };
}

/** Beside offsets, the bags lie behind each other in one row. */
function bags({ size, position, count }: Asked): Templates | null {
  if (position > 1) return null;
  const names = count === 1 ? ["N", "T"] : position === 0 ? ["T"] : ["N"];
  return { options: [plain(names.map(size), "int64")], choice: "certain" };
}

function normalized({ size, module, position }: Asked): Templates | null {
  const args = layerOf(module)?.args as { readonly normalized_shape?: readonly Dim[] } | undefined;
  const shape = settled(() => args?.normalized_shape);
  if (!shape || position > 0) return null;
  const leading = [["N", "T"], ["N"], ["N", "H", "W"]];
  return { options: leading.map((names) => plain([...names.map(size), ...shape])), choice: "unique" };
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
