/** NumPy's numbers, which its functions give in place of Python's: they have methods and attributes of arrays. */
import { floatClass, objectClass } from "../../../python/types.ts";
import {
  Class,
  Descriptor,
  Float,
  float,
  Int,
  int,
  Native,
  type NativeCall,
  type NumberTypes,
  Tuple,
  Unknown,
  type Value,
} from "../../../python/values.ts";
import type { DType } from "../../rules/index.ts";
import { ArrayType, dtypeClass, dtypeOf } from "./array.ts";

const integerClass = new Class({ name: "int64", module: "numpy", bases: [objectClass], partial: true });
const floatingClass = new Class({ name: "float64", module: "numpy", bases: [floatClass], partial: true });

const types: NumberTypes = { int: integerClass, float: floatingClass };

/** NumPy's number of the same value; what is no number stays what it is. */
export function scalar(value: Value): Value {
  if (value.kind === "int") return new Int(value.dim, types);
  return value.kind === "float" ? new Float(value.value, types) : value;
}

/** Python's number of the same value. */
function plain(value: Value | undefined): Value {
  if (value?.kind === "int") return int(value.dim);
  return value?.kind === "float" ? float(value.value) : new Unknown("a number that is not known");
}

/** A number as one of `dtype`. */
export function cast(value: Value | undefined, dtype: DType | null): Value {
  const isInteger = dtype !== null && /^u?int/.test(dtype);
  const isFloat = dtype === "float64";
  if (value?.kind === "int" && isInteger) return scalar(value);
  if (value?.kind === "int" && isFloat && typeof value.dim === "number") return scalar(float(value.dim));
  if (value?.kind === "float" && isFloat) return scalar(value);
  if (value?.kind === "float" && isInteger && Number.isFinite(value.value)) return scalar(int(Math.trunc(value.value)));
  return new Unknown("a number of a type that is not followed");
}

dtypeClass.dict.set(
  "__call__",
  new Native("__call__", (_it, [type, value]) => cast(value ?? int(0), type instanceof ArrayType ? type.name : null)),
);

for (const [cls, dtype] of [
  [integerClass, "int64"],
  [floatingClass, "float64"],
] as const) {
  const method = (name: string, run: NativeCall): void => {
    cls.dict.set(name, new Native(name, run));
  };
  const property = (name: string, get: () => Value): void => {
    cls.dict.set(name, new Descriptor("property", new Native(name, get)));
  };
  method("item", (_it, [self]) => plain(self));
  method("tolist", (_it, [self]) => plain(self));
  method("copy", (_it, [self]) => self ?? plain(self));
  method("astype", (_it, [self, type], keywords) => cast(self, dtypeOf(type ?? keywords.get("dtype"))));
  property("shape", () => new Tuple([]));
  property("ndim", () => int(0));
  property("size", () => int(1));
  property("dtype", () => new ArrayType(dtype));
}
