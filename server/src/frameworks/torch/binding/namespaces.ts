/**
 * The modules of PyTorch as the interpreter imports them: layers and ops from the rule tables, layers of layers from the
 * prelude, and the parts of the library that change no shape. What is not here is an unknown with that reason.
 */
import { getAttribute } from "../../../python/attributes.ts";
import { call } from "../../../python/call.ts";
import type { Interpreter } from "../../../python/interpreter.ts";
import { itemsOf } from "../../../python/iterate.ts";
import type { NativeModules } from "../../../python/modules.ts";
import { objectClass } from "../../../python/types.ts";
import {
  bool,
  Class,
  float,
  Instance,
  Module,
  Native,
  type NativeCall,
  none,
  str,
  Unknown,
  type Value,
} from "../../../python/values.ts";
import type { DType } from "../../rules/index.ts";
import { type Prelude, preludes } from "../prelude/index.ts";
import { torchRules } from "../rules/all.ts";
import { applyOp } from "./apply.ts";
import {
  moduleDictClass,
  moduleListClass,
  parameterDictClass,
  parameterListClass,
  sequentialClass,
} from "./containers.ts";
import { createdContents, withContents } from "./contents.ts";
import { baseOf, familyClass } from "./families.ts";
import { initFunction } from "./init.ts";
import { makeLayerClass } from "./layers.ts";
import { limitNames } from "./limits.ts";
import { isModule, moduleClass } from "./module.ts";
import "./moduleMethods.ts";
import { loaderClass } from "./loading.ts";
import { fromNumpy, tensorConstructor, tensorFunction } from "./tensor.ts";
import { exportNames, onnxNames, trace } from "./tools.ts";
import "./precision.ts";
import { runtimeNames } from "./runtime.ts";
import { preludePrefix } from "./trace.ts";
import { overridden, patchingNames, wrap } from "./tracing.ts";
import { changing, namesOfUtils } from "./utils.ts";
import { DTypeValue, device, parameterClass, sizeClass, TensorValue, tensorClass } from "./values.ts";

type Names = Readonly<Record<string, Value | (() => Value)>>;

/** The files of `torch.nn.modules`. */
const filesOfModules =
  "activation adaptive batchnorm channelshuffle container conv distance dropout flatten fold instancenorm lazy linear \
loss module normalization padding pixelshuffle pooling rnn sparse transformer upsampling utils".split(" ");

/** PyTorch's native modules by dotted name. */
export const torchModules: NativeModules = new Map(
  Object.entries({
    torch: () => namespace("torch", torchNames, (name, it) => opOf("torch")(name) ?? exported("torch", name, it)),
    "torch.nn": () => namespace("torch.nn", nnNames, (name, it) => layerClass(name) ?? exported("torch.nn", name, it)),
    "torch.nn.functional": () => namespace("torch.nn.functional", {}, opOf("torch.nn.functional")),
    "torch.nn.init": () => namespace("torch.nn.init", {}, initFunction),
    "torch.nn.parameter": () => namespace("torch.nn.parameter", { Parameter: parameterClass }),
    "torch.nn.utils": () =>
      namespace("torch.nn.utils", namesOfUtils, (name, it) => exported("torch.nn.utils", name, it) ?? changing(name)),
    ...Object.fromEntries(
      ["parametrize", "parametrizations", "prune", "fusion"].map((part) => {
        const name = `torch.nn.utils.${part}`;
        return [name, () => namespace(name, {}, (each, it) => exported(name, each, it) ?? changing(each))];
      }),
    ),
    "torch.func": () => namespace("torch.func", { functional_call: functionalCall }),
    ...namespacesOf("torch.nn.utils.rnn"),
    ...namespacesOf("torch._refusal"),
    ...Object.fromEntries(
      ["", ...filesOfModules.map((file) => `.${file}`)].map((file) => [
        `torch.nn.modules${file}`,
        () => definingNamespace(`torch.nn.modules${file}`),
      ]),
    ),
    "torch.nn.parallel": () => definingNamespace("torch.nn.parallel"),
    "torch.nn.parallel.data_parallel": () => definingNamespace("torch.nn.parallel.data_parallel"),
    "torch.nn.parallel.distributed": () => definingNamespace("torch.nn.parallel.distributed"),
    "torch.ao": () => namespace("torch.ao", {}),
    "torch.ao.nn": () => namespace("torch.ao.nn", {}),
    ...namespacesOf("torch.ao.nn.quantized", "torch.nn.quantized"),
    ...namespacesOf("torch.ao.quantization", "torch.quantization"),
    // Written all over the sources of libraries, and does nothing that they could see.
    "torch._C": () => namespace("torch._C", { _log_api_usage_once: nothing("_log_api_usage_once") }),
    "torch.ops": () => namespace("torch.ops", { load_library: nothing("load_library") }),
    "torch.ops.torchvision": () => namespace("torch.ops.torchvision", {}, opOf("torch.ops.torchvision")),
    "torch.fx": () => namespace("torch.fx", { wrap }, exportedByFx),
    "torch.fx._patching": () => namespace("torch.fx._patching", patchingNames),
    ...namespacesOf("torch.fx.node"),
    ...namespacesOf("torch.fx.graph"),
    ...namespacesOf("torch.fx.proxy"),
    "torch.fx._symbolic_trace": () =>
      namespace("torch.fx._symbolic_trace", { wrap }, (name, it) => exported("torch.fx._symbolic_trace", name, it)),
    ...namespacesOf("torch.fx.graph_module"),
    ...namespacesOf("torch.fx.interpreter"),
    einops: () => namespace("einops", {}, (name, it) => opOf("einops")(name) ?? exported("einops", name, it)),
    "einops.einops": () =>
      namespace("einops.einops", {}, (name, it) => opOf("einops")(name) ?? exported("einops", name, it)),
    "einops._rules": () => namespace("einops._rules", {}, opOf("einops")),
    "einops.layers": () => namespace("einops.layers", {}),
    ...namespacesOf("einops.layers.torch"),
    "torch.linalg": () => namespace("torch.linalg", {}, opOf("torch.linalg")),
    "torch.special": () => namespace("torch.special", {}, opOf("torch.special")),
    "torch.fft": () => namespace("torch.fft", {}, opOf("torch.fft")),
    "torch.cuda": () => namespace("torch.cuda", cudaNames),
    "torch.backends": () => namespace("torch.backends", {}),
    "torch.autograd": () => namespace("torch.autograd", {}),
    "torch.utils": () => namespace("torch.utils", {}),
    "torch.utils.data": () =>
      namespace("torch.utils.data", dataNames, (name, it) => exported("torch.utils.data", name, it)),
    "torch.utils.checkpoint": () =>
      namespace("torch.utils.checkpoint", { checkpoint, checkpoint_sequential: checkpointSequential }),
    "torch.jit": () => namespace("torch.jit", { ...transparentNames, trace }),
    "torch.onnx": () => namespace("torch.onnx", onnxNames),
    "torch.export": () => namespace("torch.export", exportNames),
    "torch.amp": () => namespace("torch.amp", { autocast: transparentContext("autocast") }),
    "torch.cuda.amp": () => namespace("torch.cuda.amp", { autocast: transparentContext("autocast") }),
    "torch.optim": () => namespace("torch.optim", {}),
    "torch.types": () => namespace("torch.types", {}),
  }),
);

/**
 * The Python text of a prelude module, or null. It is loaded by a name that no import can write, since the module that it
 * is a part of holds more than its names.
 */
export function preludeSource(name: string): { readonly module: string; readonly text: string } | null {
  if (!name.startsWith(preludePrefix)) return null;
  const prelude = preludes.find(({ module }) => `${preludePrefix}${module}` === name);
  return prelude ? { module: prelude.module, text: prelude.source } : null;
}

/** The public name of a class: PyTorch's layers are known by `torch.nn.X` wherever they are written. */
export function publicName(cls: Class): string {
  if (
    cls.module.startsWith("torch.nn.") &&
    preludes.some(
      ({ module, exports, exportedBy }) =>
        module === cls.module && exportedBy === undefined && exports.includes(cls.name),
    )
  ) {
    return `torch.nn.${cls.name}`;
  }
  // A program may call a class otherwise than its source does.
  const renamed = cls.dict.get("__name__");
  return renamed?.kind === "str" ? `${cls.module}.${renamed.value}` : cls.qualname;
}

// ── making modules ───────────────────────────────────────────────────────────────────────────────────────────────────

function namespace(
  name: string,
  names: Names,
  computed: (name: string, it: Interpreter) => Value | null = () => null,
): Module {
  const module = new Module(name, {
    isPackage: false,
    fallback: (attribute, it) => {
      const known = Object.hasOwn(names, attribute) ? names[attribute] : undefined;
      if (known !== undefined) return typeof known === "function" ? known() : known;
      if (torchModules.has(`${name}.${attribute}`)) {
        const submodule = it.loader.load(it, `${name}.${attribute}`, null);
        return submodule.kind === "module" ? submodule : null;
      }
      if (attribute.startsWith("__")) return null;
      return (
        computed(attribute, it) ?? new Unknown(`${name}.${attribute} has no rule`, { name: `${name}.${attribute}` })
      );
    },
  });
  module.scope.vars.set("__name__", str(name));
  return module;
}

function opOf(prefix: string): (name: string) => Value | null {
  return (name) => {
    const entry = torchRules.ops.get(`${prefix}.${name}`);
    if (!entry) return null;
    const run: NativeCall = (it, args, keywords) => {
      const taken = overridden(it, function_, args, keywords);
      if (taken) return taken;
      const made = applyOp(it, entry, args, keywords);
      const numbers = made instanceof TensorValue ? createdContents(name, made.type, args, keywords) : null;
      return made instanceof TensorValue && numbers ? withContents(made.type, numbers) : made;
    };
    const function_ = new Native(name, run, false);
    return function_;
  };
}

const layerClasses = new Map<string, Class>();

function layerClass(name: string): Class | null {
  const known = layerClasses.get(name);
  if (known) return known;
  const entry = torchRules.layers.get(`torch.nn.${name}`);
  if (!entry) return null;
  const base = publicBaseOf(name);
  const cls = makeLayerClass(entry, [base ?? baseOf(name)]);
  layerClasses.set(name, cls);
  return cls;
}

/** A name that `module` has of a prelude. */
function exported(module: string, name: string, it: Interpreter): Value | null {
  const prelude = preludes.find((each) => (each.exportedBy ?? "torch.nn") === module && each.exports.includes(name));
  return prelude ? fromPrelude(prelude, name, it) : null;
}

/** A name of `torch.fx`, which has those of its files. */
function exportedByFx(name: string, it: Interpreter): Value | null {
  const prelude = preludes.find((each) => each.module.startsWith("torch.fx.") && each.exports.includes(name));
  return prelude && !name.startsWith("_") ? fromPrelude(prelude, name, it) : null;
}

function fromPrelude({ module }: Prelude, name: string, it: Interpreter): Value {
  const loaded = it.loader.load(it, `${preludePrefix}${module}`, null);
  return loaded.kind === "module" ? getAttribute(it, loaded, name) : loaded;
}

/** One of the modules that PyTorch defines its layers in. All layers are found in each: their files are its own affair. */
function definingNamespace(module: string): Module {
  return namespace(module, nnNames, (name, it) => {
    const own = preludes.find((each) => each.module === module && each.internal?.includes(name));
    return own ? fromPrelude(own, name, it) : (layerClass(name) ?? exported("torch.nn", name, it) ?? familyClass(name));
  });
}

/** A module that only has names of preludes, under its names of today and of before. */
function namespacesOf(module: string, ...others: string[]): Record<string, () => Module> {
  return Object.fromEntries(
    [module, ...others].map((name) => [
      name,
      () => namespace(name, {}, (attribute, it) => exported(module, attribute, it)),
    ]),
  );
}

/** The public layer that a layer derives from in PyTorch, so that `isinstance` holds. */
function publicBaseOf(name: string): Class | null {
  if (name.startsWith("Lazy")) return layerClass(name.slice("Lazy".length));
  const base = publicBases[name];
  return base === undefined ? null : layerClass(base);
}

const publicBases: Readonly<Record<string, string>> = {
  RNN: "RNNBase",
  LSTM: "RNNBase",
  GRU: "RNNBase",
  RNNCell: "RNNCellBase",
  LSTMCell: "RNNCellBase",
  GRUCell: "RNNCellBase",
  NLLLoss2d: "NLLLoss",
  UpsamplingNearest2d: "Upsample",
  UpsamplingBilinear2d: "Upsample",
};

// ── names that change no shape ───────────────────────────────────────────────────────────────────────────────────────

function native(name: string, run: NativeCall): Native {
  return new Native(name, run, false);
}

/** `torch.compile(model)`, `@torch.jit.script`, `@torch.compile(mode=…)`: what goes in comes out. */
const transparent = native("transparent", (_it, args, keywords) => {
  const target = args[0] ?? keywords.get("model") ?? keywords.get("fn");
  if (target && target.kind !== "none" && target.kind !== "str") return target;
  return native("transparent", (_inner, [decorated]) => decorated ?? none);
});

/** A context manager that is a decorator too, `with torch.no_grad():` and `@torch.no_grad()`. */
function transparentContext(name: string): Class {
  const cls = new Class({ name, module: "torch", bases: [objectClass], partial: true });
  cls.dict.set("__init__", new Native("__init__", () => none));
  cls.dict.set(
    "__new__",
    native("__new__", (_it, [self, first]) => {
      if (first?.kind === "function") return first;
      return self?.kind === "class" ? new Instance(self, null) : none;
    }),
  );
  cls.dict.set("__enter__", new Native("__enter__", (_it, [self]) => self ?? none));
  cls.dict.set("__exit__", new Native("__exit__", () => bool(false)));
  cls.dict.set("__call__", new Native("__call__", (_it, [, decorated]) => decorated ?? none));
  return cls;
}

/** `checkpoint(function, *args, use_reentrant=…)` gives what the function gives. */
const checkpoint = native("checkpoint", (it, [run, ...args], keywords) => {
  const own = new Set(["use_reentrant", "preserve_rng_state", "context_fn", "determinism_check", "debug"]);
  const passed = new Map([...keywords].filter(([name]) => !own.has(name)));
  return run ? call(it, run, args, passed) : none;
});

/** `checkpoint_sequential(functions, segments, input)` calls one after the other. */
const checkpointSequential = native("checkpoint_sequential", (it, [functions = none, , input = none]) => {
  if (isModule(functions)) return call(it, functions, [input]);
  const items = itemsOf(it, functions);
  return items instanceof Unknown ? items : items.reduce((x, run) => call(it, run, [x]), input);
});

/** `functional_call(module, weights, args, kwargs)`: weights of the same shapes give an output of the same shape. */
const functionalCall = native("functional_call", (it, [module = none, , args = none, given], keywords) => {
  const inputs = args.kind === "tuple" ? args.items : args.kind === "none" ? [] : [args];
  const named = given ?? keywords.get("kwargs");
  const entries = named?.kind === "dict" ? [...named.entries.values()] : [];
  const pairs = entries.flatMap(({ key, value }) => (key.kind === "str" ? [[key.value, value] as const] : []));
  return call(it, module, inputs, new Map(pairs));
});

const nothing = (name: string): Native => native(name, () => none);
const flag = (name: string, why: string): Native => native(name, () => new Unknown(why, { type: "bool" }));

const dtypes: Readonly<Record<string, DType>> = {
  float32: "float32",
  float: "float32",
  float64: "float64",
  double: "float64",
  float16: "float16",
  half: "float16",
  bfloat16: "bfloat16",
  complex64: "complex64",
  cfloat: "complex64",
  complex128: "complex128",
  cdouble: "complex128",
  int64: "int64",
  long: "int64",
  int32: "int32",
  int: "int32",
  int16: "int16",
  short: "int16",
  int8: "int8",
  uint8: "uint8",
  bool: "bool",
};

const torchNames: Names = {
  ...Object.fromEntries(Object.entries(dtypes).map(([name, dtype]) => [name, DTypeValue.of(dtype)])),
  ...limitNames,
  ...runtimeNames,
  Tensor: tensorClass,
  FloatTensor: native("FloatTensor", tensorConstructor("float32")),
  DoubleTensor: native("DoubleTensor", tensorConstructor("float64")),
  HalfTensor: native("HalfTensor", tensorConstructor("float16")),
  LongTensor: native("LongTensor", tensorConstructor("int64")),
  IntTensor: native("IntTensor", tensorConstructor("int32")),
  BoolTensor: native("BoolTensor", tensorConstructor("bool")),
  ByteTensor: native("ByteTensor", tensorConstructor("uint8")),
  Size: sizeClass,
  tensor: native("tensor", tensorFunction),
  as_tensor: native("as_tensor", tensorFunction),
  asarray: native("asarray", tensorFunction),
  from_numpy: native("from_numpy", fromNumpy),
  device: native("device", () => device),
  inf: float(Number.POSITIVE_INFINITY),
  nan: float(Number.NaN),
  pi: float(Math.PI),
  e: float(Math.E),
  no_grad: transparentContext("no_grad"),
  enable_grad: transparentContext("enable_grad"),
  inference_mode: transparentContext("inference_mode"),
  set_grad_enabled: transparentContext("set_grad_enabled"),
  autocast: transparentContext("autocast"),
  compile: transparent,
  is_tensor: native("is_tensor", (_it, [value]) =>
    value?.kind === "unknown"
      ? new Unknown(value.why, { type: "bool" })
      : bool(value?.kind === "host" && value.cls.isSubclassOf(tensorClass)),
  ),
  __version__: new Unknown("the version of the installed PyTorch", { type: "str" }),
};

const nnNames: Names = {
  Module: moduleClass,
  Sequential: sequentialClass,
  ModuleList: moduleListClass,
  ModuleDict: moduleDictClass,
  ParameterList: parameterListClass,
  ParameterDict: parameterDictClass,
  Parameter: parameterClass,
};

const transparentNames: Names = {
  script: transparent,
  ignore: transparent,
  export: transparent,
  unused: transparent,
  script_if_tracing: transparent,
  _script_if_tracing: transparent,
  _overload_method: transparent,
  _overload: transparent,
  is_scripting: native("is_scripting", () => bool(false)),
  is_tracing: native("is_tracing", () => bool(false)),
  annotate: native("annotate", (_it, [, value]) => value ?? none),
};

const cudaNames: Names = {
  is_available: flag("is_available", "whether the machine has a GPU"),
  is_bf16_supported: flag("is_bf16_supported", "whether the machine has a GPU"),
  device_count: native("device_count", () => new Unknown("the number of GPUs", { type: "int" })),
  empty_cache: nothing("empty_cache"),
  synchronize: nothing("synchronize"),
  manual_seed: nothing("manual_seed"),
  manual_seed_all: nothing("manual_seed_all"),
};

const datasetClass = new Class({ name: "Dataset", module: "torch.utils.data", bases: [objectClass] });
const dataNames: Names = {
  DataLoader: loaderClass,
  Dataset: datasetClass,
  IterableDataset: new Class({ name: "IterableDataset", module: "torch.utils.data", bases: [datasetClass] }),
};
