/** NumPy's arrays as the interpreter sees them: a shape and a dtype, as model code passes them on to a framework. */
import { broadcast, type Dim, eq, inferMinusOne, numel, type Shape } from "../../../algebra/index.ts";
import type { Interpreter } from "../../../python/interpreter.ts";
import { itemsOf, iteratorOf } from "../../../python/iterate.ts";
import { objectClass } from "../../../python/types.ts";
import {
  Class,
  Descriptor,
  float,
  Host,
  int,
  List,
  Native,
  type NativeCall,
  none,
  notImplemented,
  Tuple,
  Unknown,
  type Value,
} from "../../../python/values.ts";
import type { DType } from "../../rules/index.ts";

export const arrayClass = new Class({ name: "ndarray", module: "numpy", bases: [objectClass], partial: true });
export const dtypeClass = new Class({ name: "dtype", module: "numpy", bases: [objectClass], partial: true });

/** An array; either of shape and dtype may be unknown. */
export class ArrayValue extends Host {
  readonly cls = arrayClass;
  readonly shape: Shape | null;
  readonly dtype: DType | null;
  /** The numbers of a row that was just made, until something may write to it. */
  numbers: readonly number[] | null;
  constructor(shape: Shape | null, dtype: DType | null, numbers: readonly number[] | null = null) {
    super();
    this.shape = shape;
    this.dtype = dtype;
    this.numbers = numbers;
  }
  /** Not undone with a branch that is: what may be written to on one side is known on neither. */
  override forget(): void {
    this.numbers = null;
  }
  describe(): string {
    return "an array";
  }
  join(other: Host): Value | null {
    if (!(other instanceof ArrayValue)) return null;
    const [a, b] = [this.shape, other.shape];
    const same = a && b && a.length === b.length && a.every((size, i) => eq(size, b[i] ?? -1) === true);
    return new ArrayValue(same ? a : null, this.dtype === other.dtype ? this.dtype : null);
  }
}

/** `np.float32` and its like: types that numbers can be made of. */
export class ArrayType extends Host {
  readonly cls = dtypeClass;
  readonly name: DType;
  constructor(name: DType) {
    super();
    this.name = name;
  }
  describe(): string {
    return `numpy.${this.name}`;
  }
  join(other: Host): Value | null {
    return other instanceof ArrayType && other.name === this.name ? this : null;
  }
}

const pythonTypes: Readonly<Record<string, DType>> = {
  float: "float64",
  int: "int64",
  bool: "bool",
  complex: "complex128",
};

/** The dtype that an argument names; null where that is not known. */
export function dtypeOf(value: Value | undefined): DType | null {
  if (value instanceof ArrayType) return value.name;
  if (value?.kind === "class") return pythonTypes[value.name] ?? null;
  if (value?.kind === "str") return typeNames.find((name) => name === value.value) ?? pythonTypes[value.value] ?? null;
  return null;
}

export const typeNames: readonly DType[] = [
  "float16",
  "float32",
  "float64",
  "complex64",
  "complex128",
  "int8",
  "int16",
  "int32",
  "int64",
  "uint8",
];

/** Sizes of `shape` arguments: an int or a sequence of ints. */
export function shapeOf(it: Interpreter, value: Value | undefined): Shape | null {
  if (value === undefined) return null;
  if (value.kind === "int") return [value.dim];
  if (value.kind !== "tuple" && value.kind !== "list") return null;
  const items = itemsOf(it, value);
  if (items instanceof Unknown) return null;
  const sizes = items.map(sizeOf);
  return sizes.every((size) => size !== null) ? sizes : null;
}

function sizeOf(value: Value): Dim | null {
  if (value.kind === "int") return value.dim;
  return value.kind === "unknown" ? value.asDim() : null;
}

/** Enters a method. Its result may be a view, through which the array can be written to, unless it only `reads`. */
function method(
  name: string,
  run: (it: Interpreter, self: ArrayValue, args: readonly Value[], keywords: ReadonlyMap<string, Value>) => Value,
  reads = false,
): void {
  const native: NativeCall = (it, [self, ...args], keywords) => {
    if (!(self instanceof ArrayValue)) return new Unknown("an array that is not known");
    if (!reads) self.forget();
    return run(it, self, args, keywords);
  };
  arrayClass.dict.set(name, new Native(name, native));
}

function property(name: string, get: (self: ArrayValue) => Value): void {
  const getter = new Native(name, (_it, [self]) => {
    if (!(self instanceof ArrayValue)) return new Unknown("an array that is not known");
    if (name === "T") self.forget();
    return get(self);
  });
  arrayClass.dict.set(name, new Descriptor("property", getter));
}

/** A number of the array as Python has it. */
function numberAt({ numbers, dtype }: ArrayValue, index: number): Value | null {
  const number = numbers?.at(index);
  if (number === undefined) return null;
  return dtype === "float64" ? float(number) : int(number);
}

const lost = (): Unknown => new Unknown("the shape of the array is not known");

property("shape", ({ shape }) => (shape ? new Tuple(shape.map((size) => int(size))) : lost()));
property("ndim", ({ shape }) => (shape ? int(shape.length) : lost()));
property("size", ({ shape }) => (shape ? int(numel(shape)) : lost()));
property("dtype", ({ dtype }) => (dtype ? new ArrayType(dtype) : new Unknown("the dtype is not known")));
property("T", ({ shape, dtype }) => new ArrayValue(shape?.toReversed() ?? null, dtype));
for (const name of ["flatten", "ravel"]) {
  method(name, (_it, { shape, dtype }) => new ArrayValue(shape && [numel(shape)], dtype));
}
for (const name of ["copy", "clip", "round", "view"]) {
  method(name, (_it, self, args) =>
    name === "view" && args.length > 0 ? lost() : new ArrayValue(self.shape, self.dtype),
  );
}
method("astype", (_it, { shape }, args, keywords) => new ArrayValue(shape, dtypeOf(args[0] ?? keywords.get("dtype"))));
method("reshape", (it, { shape, dtype }, args) => {
  const [only] = args;
  const sizes = shapeOf(it, args.length === 1 && only && only.kind !== "int" ? only : new Tuple(args));
  if (!shape || !sizes) return new ArrayValue(null, dtype);
  const made = inferMinusOne(numel(shape), sizes);
  return made.kind === "ok"
    ? new ArrayValue(made.shape, dtype)
    : it.raise("ValueError", "cannot reshape the array into that shape");
});
method("transpose", (it, { shape, dtype }, args) => {
  if (args.length === 0) return new ArrayValue(shape?.toReversed() ?? null, dtype);
  const axes = shapeOf(it, args.length === 1 ? args[0] : new Tuple(args));
  const sizes = axes?.map((axis) => (typeof axis === "number" ? shape?.at(axis) : undefined)) ?? null;
  return new ArrayValue(sizes?.every((size) => size !== undefined) ? sizes : null, dtype);
});
method("__len__", (it, { shape }) => {
  const first = shape?.[0];
  return first !== undefined ? int(first) : shape ? it.raise("TypeError", "len() of unsized object") : lost();
});
method(
  "__getitem__",
  (_it, self, [index]) => {
    const at = index?.kind === "int" && typeof index.dim === "number" ? numberAt(self, index.dim) : null;
    return at ?? new Unknown("a part of an array");
  },
  true,
);
method("__iter__", (it, self) => iteratorOf(it, listOf(self)), true);
method("tolist", (_it, self) => listOf(self), true);
method("__getattr__", () => notImplemented);
method("__setitem__", () => none);
method("__bool__", () => new Unknown("it depends on the contents of an array", { type: "bool" }));
for (const name of ["add", "sub", "mul", "truediv", "pow", "radd", "rsub", "rmul", "rtruediv", "rpow"]) {
  method(`__${name}__`, (_it, self, [other]) => combined(self, other ?? none));
}
method("__neg__", (_it, { shape, dtype }) => new ArrayValue(shape, dtype));

/** A row's items. */
function listOf(self: ArrayValue): Value {
  const { numbers, shape } = self;
  if (numbers) return new List(numbers.map((_number, i) => numberAt(self, i) ?? none));
  const [size, ...rest] = shape ?? [];
  if (typeof size !== "number" || rest.length > 0 || size > maxItems) return new Unknown("the items of an array");
  return new List(Array.from({ length: size }, () => new Unknown("a number of an array")));
}

/** Most items of an array that are told apart. */
const maxItems = 4096;

/** The shape that two operands broadcast to. A Python number leaves the dtype of floats; else it is not told. */
function combined(self: ArrayValue, other: Value): Value {
  if (other.kind === "int" || other.kind === "float")
    return new ArrayValue(self.shape, self.dtype?.startsWith("float") ? self.dtype : null);
  if (!(other instanceof ArrayValue)) return other.kind === "unknown" ? lost() : notImplemented;
  if (!self.shape || !other.shape) return new ArrayValue(null, null);
  const made = broadcast(self.shape, other.shape);
  return "shape" in made ? new ArrayValue(made.shape, self.dtype === other.dtype ? self.dtype : null) : lost();
}
