/** The `numpy` module, as far as models use it: arrays that become tensors, and arithmetic on sizes. */
import { product } from "../../../algebra/index.ts";
import { numberOf } from "../../../python/equality.ts";
import type { NativeModules } from "../../../python/modules.ts";
import {
  False,
  float,
  int,
  Module,
  Native,
  type NativeCall,
  none,
  str,
  True,
  Unknown,
  type Value,
} from "../../../python/values.ts";
import type { DType } from "../../rules/index.ts";
import { ArrayType, ArrayValue, arrayClass, dtypeOf, shapeOf, typeNames } from "./array.ts";
import { functionNames } from "./functions.ts";
import { scalar } from "./scalars.ts";

/** NumPy's native modules by dotted name. */
export const numpyModules: NativeModules = new Map([
  ["numpy", () => namespace("numpy", names)],
  ["numpy.random", () => namespace("numpy.random", randomNames)],
]);

function namespace(name: string, members: Readonly<Record<string, Value>>): Module {
  const module = new Module(name, {
    isPackage: false,
    fallback: (attribute, it) => {
      if (Object.hasOwn(members, attribute)) return members[attribute] ?? null;
      if (numpyModules.has(`${name}.${attribute}`)) {
        const submodule = it.loader.load(it, `${name}.${attribute}`, null);
        return submodule.kind === "module" ? submodule : null;
      }
      if (attribute.startsWith("__")) return null;
      return new Unknown(`${name}.${attribute} is not known to this version`, { name: `${name}.${attribute}` });
    },
  });
  module.scope.vars.set("__name__", str(name));
  return module;
}

const native = (name: string, run: NativeCall): [string, Value] => [name, new Native(name, run, false)];

/** Creation from a shape: the dtype is the second argument, float64 if none is given. */
const filled = (name: string): [string, Value] =>
  native(name, (it, args, keywords) => {
    const type = keywords.get("dtype") ?? args[name === "full" ? 2 : 1];
    const dtype = type === undefined ? (name === "full" ? null : "float64") : dtypeOf(type);
    return new ArrayValue(shapeOf(it, args[0] ?? keywords.get("shape")), dtype);
  });

const random = (name: string, given: "sizes" | "size"): [string, Value] =>
  native(name, (it, args, keywords) => {
    const shape = given === "sizes" ? args.map((arg) => shapeOf(it, arg)?.[0] ?? null) : null;
    const size = keywords.get("size");
    if (shape) return new ArrayValue(shape.every((each) => each !== null) ? shape : null, "float64");
    return size ? new ArrayValue(shapeOf(it, size), "float64") : new Unknown(`numpy.random.${name} draws it`);
  });

/** A function of one real number; of arrays, each by itself. */
const real = (name: string, run: (x: number) => number): [string, Value] =>
  native(name, (_it, [value]) => {
    if (value instanceof ArrayValue)
      return new ArrayValue(value.shape, value.dtype?.startsWith("float") ? value.dtype : null);
    const number = value && (value.kind === "int" || value.kind === "float") ? numberOf(value) : null;
    const result = number === null ? Number.NaN : run(number);
    return Number.isNaN(result)
      ? new Unknown("a function of an unknown number", { type: "float" })
      : scalar(float(result));
  });

const roundHalfEven = (x: number): number => {
  const down = Math.floor(x);
  if (x - down !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
};

const names: Readonly<Record<string, Value>> = {
  ...Object.fromEntries(typeNames.map((name) => [name, new ArrayType(name)])),
  bool_: new ArrayType("bool"),
  ndarray: arrayClass,
  pi: float(Math.PI),
  e: float(Math.E),
  inf: float(Number.POSITIVE_INFINITY),
  nan: float(Number.NaN),
  newaxis: none,
  True_: True,
  ...functionNames,
  False_: False,
  ...Object.fromEntries([
    filled("zeros"),
    filled("ones"),
    filled("empty"),
    filled("full"),
    native("eye", (it, args, keywords) => {
      const rows = shapeOf(it, args[0] ?? keywords.get("N"))?.[0];
      const second = args[1] ?? keywords.get("M");
      const columns = second === undefined || second.kind === "none" ? rows : shapeOf(it, second)?.[0];
      const type = keywords.get("dtype") ?? args[3];
      const known = rows !== undefined && columns !== undefined;
      return new ArrayValue(known ? [rows, columns] : null, type === undefined ? "float64" : dtypeOf(type));
    }),
    ...["array", "asarray"].map((name) =>
      native(name, (_it, args, keywords) => {
        const [data] = args;
        const type = keywords.get("dtype") ?? args[1];
        if (data instanceof ArrayValue) return new ArrayValue(data.shape, type ? dtypeOf(type) : data.dtype);
        const measured = data ? measure(data) : null;
        return new ArrayValue(measured?.shape ?? null, type ? dtypeOf(type) : (measured?.dtype ?? null));
      }),
    ),
    native("linspace", (it, args, keywords) => {
      const count = args[2] ?? keywords.get("num") ?? int(50);
      const type = keywords.get("dtype");
      const shape = shapeOf(it, count);
      if (type !== undefined) return new ArrayValue(shape, dtypeOf(type));
      const plain = args.length <= 3 && ["endpoint", "retstep", "axis"].every((option) => !keywords.has(option));
      const [start, stop] = [args[0] ?? keywords.get("start"), args[1] ?? keywords.get("stop")].map(numberIn);
      const size = shape?.[0];
      const known = plain && start !== null && start !== undefined && stop !== null && stop !== undefined;
      const numbers = known && typeof size === "number" && size <= 4096 ? linspace(start, stop, size) : null;
      return new ArrayValue(shape, "float64", numbers);
    }),
    native("prod", (it, args, keywords) => {
      const sizes = args.length === 1 && keywords.size === 0 ? shapeOf(it, args[0]) : null;
      if (sizes?.length === 0) return scalar(float(1));
      return sizes ? scalar(int(product(sizes))) : new Unknown("a product of what is not known");
    }),
    real("sqrt", Math.sqrt),
    real("ceil", Math.ceil),
    real("floor", Math.floor),
    real("abs", Math.abs),
    real("round", roundHalfEven),
    real("log", Math.log),
    real("log2", Math.log2),
    real("log10", Math.log10),
    real("exp", Math.exp),
  ]),
};

const randomNames: Readonly<Record<string, Value>> = Object.fromEntries([
  random("rand", "sizes"),
  random("randn", "sizes"),
  random("random", "size"),
  random("normal", "size"),
  random("uniform", "size"),
  native("seed", () => none),
]);

function numberIn(value: Value | undefined): number | null {
  return value?.kind === "int" || value?.kind === "float" ? numberOf(value) : null;
}

/** NumPy's linspace: every step counted from the start, and the end as it was given. */
function linspace(start: number, stop: number, count: number): number[] {
  const step = count > 1 ? (stop - start) / (count - 1) : 0;
  const at = (i: number): number => (step === 0 ? (i / (count - 1)) * (stop - start) : i * step) + start;
  return Array.from({ length: count }, (_, i) => (count > 1 && i === count - 1 ? stop : count > 1 ? at(i) : start));
}

/** Shape and dtype of nested lists of numbers; null where they are not known. */
function measure(data: Value): { readonly shape: readonly number[]; readonly dtype: DType | null } | null {
  switch (data.kind) {
    case "bool":
      return { shape: [], dtype: "bool" };
    case "int":
      return { shape: [], dtype: "int64" };
    case "float":
      return { shape: [], dtype: "float64" };
    case "list":
    case "tuple": {
      if (data.kind === "list" && data.lost) return null;
      const parts = data.items.map(measure);
      const [first] = parts;
      if (parts.length === 0) return { shape: [0], dtype: "float64" };
      if (!first || parts.some((part) => part?.shape.join() !== first.shape.join())) return null;
      const same = parts.every((part) => part?.dtype === first.dtype);
      return { shape: [parts.length, ...first.shape], dtype: same ? first.dtype : null };
    }
    default:
      return null;
  }
}
