/**
 * Layers of the rule tables as classes: the constructor binds the signature, sets the attributes that PyTorch sets and
 * registers the weights; `forward` applies the rule.
 */
import type { Dim, Shape } from "../../../algebra/index.ts";
import { getAttribute } from "../../../python/attributes.ts";
import { call } from "../../../python/call.ts";
import type { Interpreter } from "../../../python/interpreter.ts";
import { truth } from "../../../python/truth.ts";
import {
  bool,
  Class,
  Descriptor,
  type Instance,
  int,
  type Keywords,
  Native,
  none,
  str,
  Tuple,
  Unknown,
  type Value,
} from "../../../python/values.ts";
import {
  type Args,
  type Bound,
  bind,
  type DType,
  type LayerEntry,
  type LayerRule,
  notFitting,
  type Out,
  type Parameter,
  Tensor,
  Undecided,
} from "../../rules/index.ts";
import { eagerOf } from "../rules/layers/lazy.ts";
import { applyCount, decided } from "./apply.ts";
import { type AttributeSource, entriesOf, initModule, isModule, method, moduleClass, registry } from "./module.ts";
import { namesOf } from "./moduleNames.ts";
import { toValue, valueReader } from "./reader.ts";
import { Trace } from "./trace.ts";
import { TensorValue } from "./values.ts";

/**
 * What a layer keeps beside its attributes. The attributes that PyTorch sets from the arguments are made when they are
 * read: a model of hundreds of layers has thousands, of which a handful is ever looked at.
 */
export class LayerState implements AttributeSource {
  readonly entry: LayerEntry;
  /** The constructor's arguments; a change of an attribute replaces them at the next call. */
  readonly bound: Bound;
  /** The arguments as they were given. */
  readonly args: readonly Value[];
  readonly keywords: Keywords;
  /** Why the layer can't be built, where PyTorch refuses its arguments. */
  refused: string | null = null;
  /** Whether its weights are known: `bias=True` is an argument where `self.bias` is a weight or None. */
  hasWeights = true;
  private readonly made = new Map<string, Value | undefined>();

  constructor(entry: LayerEntry, bound: Bound, args: readonly Value[], keywords: Keywords) {
    this.entry = entry;
    this.bound = bound;
    this.args = args;
    this.keywords = keywords;
  }

  /** What the constructor set; undefined where it sets no such attribute. */
  attribute(name: string): Value | undefined {
    if (!this.made.has(name)) this.made.set(name, this.derived(name) ?? this.argument(name));
    const made = this.made.get(name);
    return made?.kind === "bool" && name === "bias" && !this.hasWeights ? undefined : made;
  }

  private argument(name: string): Value | undefined {
    if (name === "device" || name === "dtype") return undefined;
    const index = this.entry.parameters.findIndex((parameter) => parameter.name === name);
    const parameter = this.entry.parameters[index];
    if (!parameter) return undefined;
    // Where the weights are not known, `bias` is one of them rather than the argument that asks for it.
    if (name === "bias" && settle(() => ruleOf(this.entry).weights?.(this.bound as AnyArgs)) === undefined)
      return undefined;
    const given = parameter.keywordOnly ? this.keywords.get(name) : (this.args[index] ?? this.keywords.get(name));
    return attributeValue(this.bound, parameter, given);
  }

  /** What PyTorch computes of the arguments; it wins over them. */
  private derived(name: string): Value | undefined {
    const attributes = settle(() => ruleOf(this.entry).attributes?.(this.bound as AnyArgs)) ?? {};
    if (!Object.hasOwn(attributes, name)) return undefined;
    const value = attributes[name];
    if (value === null) return none;
    return Array.isArray(value) ? new Tuple(value.map(plainValue)) : plainValue(value);
  }
}

type AnyLayer = LayerRule<string, string>;
type AnyArgs = Args<string>;

/** The rule and arguments of a layer that has them; null for other modules. */
export function layerOf(module: Instance): { entry: LayerEntry; rule: AnyLayer; args: AnyArgs } | null {
  const state = module.extra;
  if (!(state instanceof LayerState)) return null;
  const entry = currentEntry(module, state);
  return { entry, rule: ruleOf(entry), args: currentArgs(module, state, entry) as AnyArgs };
}

/** What a layer is by now: a lazy one that was called is another, which the size that it was told shows. */
function currentEntry(module: Instance, state: LayerState): LayerEntry {
  const eager = eagerOf(state.entry);
  return eager !== null && module.attrs.has(eager.argument) ? eager.entry : state.entry;
}

/** Makes of a lazy layer what a call with these arguments makes of it; others stay what they are. */
export function materialize(module: Instance, args: readonly Value[]): void {
  const state = module.extra;
  const eager = state instanceof LayerState ? eagerOf(state.entry) : null;
  if (!eager || !(state instanceof LayerState) || module.attrs.has(eager.argument)) return;
  const [input] = args;
  const size = input instanceof TensorValue ? input.type.dims?.at(eager.dimension) : undefined;
  if (size === undefined) return;
  module.set(eager.argument, int(size));
  const rule = ruleOf(eager.entry);
  const bound = currentArgs(module, state, eager.entry);
  const weights = settle(() => rule.weights?.(bound as AnyArgs)) ?? {};
  const buffers = settle(() => rule.buffers?.(bound as AnyArgs)) ?? {};
  for (const [kind, shapes] of [
    ["_parameters", weights],
    ["_buffers", buffers],
  ] as const) {
    for (const [name, made] of Object.entries(shapes)) {
      const tensor = registry(module, kind)?.get(name);
      if (tensor instanceof TensorValue && Array.isArray(made)) tensor.setType(tensor.type.withShape(made));
    }
  }
}

/** A call's arguments as the layer's rule receives them; null for modules that no rule speaks of. */
export function bindForward(module: Instance, args: readonly Value[], keywords: Keywords): AnyArgs | null {
  const state = module.extra;
  if (!(state instanceof LayerState)) return null;
  return bind(module.cls.name, state.entry.forwardParameters, args, keywords, valueReader) as AnyArgs;
}

/** Names of the arguments that a class must be built with where it takes a layer's constructor as it is. */
export function requiredArguments(cls: Class): readonly string[] {
  const init = cls.lookup("__init__");
  const layer = cls.mro.find((each) => each.dict.get("__init__") === init);
  const entry = layer && entries.get(layer);
  return entry ? entry.parameters.flatMap(({ name, ...rest }) => ("default" in rest ? [] : [name])) : [];
}

const entries = new WeakMap<Class, LayerEntry>();

/** The class of a layer. */
export function makeLayerClass(entry: LayerEntry, bases: readonly Class[] = [moduleClass]): Class {
  const name = entry.name.slice(entry.name.lastIndexOf(".") + 1);
  const cls = new Class({ name, qualname: entry.name, module: "torch.nn", bases, partial: namesOf(name) });
  entries.set(cls, entry);
  method(cls, "__init__", (it, self, args, keywords) => construct(it, entry, self, args, keywords));
  method(cls, "forward", (it, self, args, keywords) => forward(it, self, args, keywords));
  if (name === "Embedding" || name === "EmbeddingBag") {
    cls.dict.set("from_pretrained", new Descriptor("class", new Native("from_pretrained", fromPretrained)));
  }
  return cls;
}

/** `Embedding.from_pretrained(embeddings, freeze=True, …)`: a table of known weights. */
function fromPretrained(it: Interpreter, [cls, ...args]: readonly Value[], keywords: Keywords): Value {
  const table = args[0] ?? keywords.get("embeddings");
  if (cls?.kind !== "class") return new Unknown("from_pretrained of something that is no layer");
  const known = table instanceof TensorValue && table.type.dims !== null ? table.type : null;
  const own = new Set(["embeddings", "freeze", "_weight"]);
  const options = new Map([...keywords].filter(([name]) => !own.has(name)));
  if (known && known.dims?.length !== 2)
    it.raise("AssertionError", "Embeddings parameter is expected to be 2-dimensional");
  const why = table?.kind === "unknown" ? table.why : "the shape of the given table is not known";
  const size = (axis: number): Value =>
    known?.dims?.[axis] === undefined ? new Unknown(why, { type: "int" }) : int(known.dims[axis]);
  const layer = call(it, cls, [size(0), size(1), ...args.slice(2)], options);
  const freeze = args[1] ?? keywords.get("freeze");
  const frozen = freeze === undefined || truth(it, freeze);
  if (layer.kind === "instance" && frozen === undefined) lose(layer, "whether the table is frozen is not known");
  if (layer.kind === "instance" && known) {
    const trainable = frozen === false;
    registry(layer, "_parameters")?.set("weight", new TensorValue(known, { parameter: true, requiresGrad: trainable }));
  }
  return layer;
}

function ruleOf(entry: LayerEntry): AnyLayer {
  return entry.rule as unknown as AnyLayer;
}

function construct(
  it: Interpreter,
  entry: LayerEntry,
  self: Instance,
  args: readonly Value[],
  keywords: Keywords,
): Value {
  initModule(self);
  const name = self.cls.name;
  const result = decided(it, self, false, () => {
    const bound = bind(name, entry.parameters, args, keywords, valueReader);
    self.extra = new LayerState(entry, bound, args, keywords);
    const rule = ruleOf(entry);
    settle(() => rule.check?.(bound as AnyArgs));
    const dtype = settle(() => bound.dtype as DType | null | undefined) ?? "float32";
    registerWeights(self, () => rule.weights?.(bound as AnyArgs), dtype);
    registerBuffers(self, () => rule.buffers?.(bound as AnyArgs), dtype);
    return none;
  });
  // A layer that can't be built has no number.
  if (result.kind === "unknown") {
    lose(self, result.why);
    if (self.extra instanceof LayerState) self.extra.refused = result.why;
  }
  return none;
}

/** Runs what may be undecided; undefined where it is. */
function settle<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (problem) {
    if (problem instanceof Undecided) return undefined;
    throw problem;
  }
}

function lose(self: Instance, why: string): void {
  if (self.extra instanceof LayerState) self.extra.hasWeights = false;
  const parameters = registry(self, "_parameters");
  if (parameters) parameters.lost = new Unknown(why);
}

function registerWeights(
  self: Instance,
  weights: () => Readonly<Record<string, Shape | null | false>> | undefined,
  dtype: DType,
): void {
  const parameters = registry(self, "_parameters");
  try {
    for (const [name, shape] of Object.entries(weights() ?? {})) {
      parameters?.set(name, shape ? new TensorValue(new Tensor(shape, dtype), { parameter: true }) : none);
    }
  } catch (problem) {
    if (!(problem instanceof Undecided)) throw problem;
    lose(self, problem.why);
  }
}

function registerBuffers(
  self: Instance,
  buffers: () => ReturnType<NonNullable<AnyLayer["buffers"]>> | undefined,
  dtype: DType,
): void {
  const registered = registry(self, "_buffers");
  try {
    for (const [name, buffer] of Object.entries(buffers() ?? {})) {
      const type =
        buffer && "shape" in buffer ? new Tensor(buffer.shape, buffer.dtype) : buffer && new Tensor(buffer, dtype);
      registered?.set(name, type ? new TensorValue(type) : none);
    }
  } catch (problem) {
    if (!(problem instanceof Undecided)) throw problem;
    if (registered) registered.lost = new Unknown(problem.why);
  }
}

/** An argument as the attribute that PyTorch makes of it: `kernel_size=3` is read as `(3, 3)`. */
function attributeValue(bound: Bound, { name, types, ...rest }: Parameter, given: Value | undefined): Value {
  const converted = settle(() => bound[name]);
  if (converted === undefined) return given ?? new Unknown("it is not known");
  const spread = types.some((type) => type === "single" || type === "pair" || type === "triple");
  if (Array.isArray(converted) && spread) {
    return new Tuple(converted.map((item) => (item === null ? none : plainValue(item))));
  }
  if (given && given.kind !== "unknown") return given;
  if (typeof converted === "boolean" || typeof converted === "string") return plainValue(converted);
  return valueReader.fromDefault(rest.default ?? null);
}

function plainValue(value: unknown): Value {
  if (typeof value === "boolean") return bool(value);
  if (typeof value === "string") return str(value);
  return int(value as Dim);
}

/** The arguments as the attributes say now: `conv.stride = (1, 1)` after construction counts. */
function currentArgs(self: Instance, state: LayerState, entry: LayerEntry): Bound {
  // What stands among the attributes was put there later.
  let changed: Map<string, Value> | null = null;
  for (const { name } of entry.parameters) {
    // A table's rows have the type that it has by now.
    const now = name === "_weight" ? weightOf(self) : self.attrs.get(name);
    if (now === undefined) continue;
    changed ??= new Map();
    changed.set(name, now);
  }
  if (!changed) return state.bound;
  const bound: Record<string, unknown> = Object.create(state.bound);
  for (const parameter of entry.parameters) {
    const value = changed.get(parameter.name);
    if (value === undefined) continue;
    const read = parameter.nullable && value.kind === "none" ? null : firstFitting(parameter.types, value);
    Object.defineProperty(bound, parameter.name, {
      enumerable: true,
      get() {
        if (read instanceof Undecided) throw read;
        return read;
      },
    });
  }
  return bound;
}

function weightOf(self: Instance): Value | undefined {
  return registry(self, "_parameters")?.get("weight");
}

function firstFitting(types: LayerEntry["parameters"][number]["types"], value: Value): unknown {
  for (const type of types) {
    const read = valueReader.read(type, value);
    if (read !== notFitting) return read;
  }
  return new Undecided("the attribute was set to something unexpected");
}

function forward(it: Interpreter, self: Instance, args: readonly Value[], keywords: Keywords): Value {
  const state = self.extra;
  if (!(state instanceof LayerState)) return new Unknown("the layer was not initialised");
  const entry = currentEntry(self, state);
  for (const arg of args) if (arg instanceof TensorValue) arg.forget();
  for (const [name] of entriesOf(registry(self, "_modules"))) {
    // A parametrised weight is computed anew at each call.
    const owner = name === "parametrizations" ? registry(self, "_modules")?.get(name) : undefined;
    if (isModule(owner)) for (const [weight] of entriesOf(registry(owner, "_modules"))) getAttribute(it, self, weight);
  }
  if (state.refused !== null) {
    if (ruleOf(entry).macs) Trace.of(it).count(it, null);
    return new Unknown(state.refused);
  }
  return decided(
    it,
    self,
    ruleOf(entry).macs !== undefined,
    () => {
      const rule = ruleOf(entry);
      const bound = currentArgs(self, state, entry) as AnyArgs;
      const inputs = bindForward(self, args, keywords) as AnyArgs;
      const out: Out = rule.output(bound, inputs);
      const mode = self.attrs.get("training");
      if (mode?.kind === "bool" && mode.value) rule.training?.(bound, inputs);
      if (rule.macs) applyCount(it, () => rule.macs?.(bound, inputs, out) ?? 0);
      materialize(self, args);
      return sameObject(out, args) ?? toValue(out);
    },
    args,
  );
}

/** A layer that gives back what it was given (Identity, Dropout in eval mode) keeps the tensor's identity. */
function sameObject(out: Out, args: readonly Value[]): Value | null {
  const [first] = args;
  return first instanceof TensorValue && out === first.type ? first : null;
}
