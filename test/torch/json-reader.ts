/**
 * Reads the arguments of recorded calls, which are plain JSON, into what rules receive; for the tests that replay rows
 * against real PyTorch. Ints, bools, strings and None are themselves; lists and tuples are arrays; a float that is a
 * whole number is `{"float": 2}`, a tensor `{"tensor": [2, 3], "dtype": "float32"}`, a dtype `{"dtype": "int64"}`.
 */
import {
  type DType,
  notFitting,
  type Opaque,
  type Reader,
  Scalar,
  Tensor,
  type TypeName,
} from "../../server/src/frameworks/rules/index.ts";

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly float: number | "inf" | "-inf" | "nan" }
  | { readonly tensor: readonly number[]; readonly dtype: string }
  | { readonly dtype: string };

export const jsonReader: Reader<Json> = {
  isNone: (value) => value === null,
  read: (type, value) => readers[type](value),
  describe: (value) => JSON.stringify(value),
  isRest: isList,
  asOpen: () => null,
  pack: (values) => values,
  fromDefault: (value) => value,
};

const readers: Readonly<Record<TypeName, (value: Json) => unknown>> = {
  int: readInt,
  float: readFloat,
  bool: readBool,
  str: (value) => (typeof value === "string" ? value : notFitting),
  tensor: readTensor,
  tensors: (value) => (isList(value) ? readAll(value, readTensor) : notFitting),
  single: (value) => readTuple(value, 1),
  pair: (value) => readTuple(value, 2),
  triple: (value) => readTuple(value, 3),
  ints: (value) => readAll(isList(value) ? value : [value], readInt),
  shapes: (value) =>
    isList(value) ? readAll(value, (item) => readAll(isList(item) ? item : [item], readInt)) : notFitting,
  optints: (value) => readAll(isList(value) ? value : [value], (item) => (item === null ? null : readInt(item))),
  floats: (value) => readAll(isList(value) ? value : [value], readFloat),
  dtype: (value) => (isObject(value) && "dtype" in value && !("tensor" in value) ? value.dtype : notFitting),
  operand: (value) => {
    if (typeof value === "boolean") return new Scalar("bool", Number(value));
    if (isInt(value)) return new Scalar("int", value);
    const number = readFloat(value);
    return typeof number === "number" ? new Scalar("float", number) : readTensor(value);
  },
  packed: () => notFitting,
  sublists: () => notFitting,
  any: (value): Opaque => ({ opaque: value }),
};

/** Whatever Python takes for true or false. */
function readBool(value: Json): boolean | typeof notFitting {
  if (isList(value)) return value.length > 0;
  const number = readFloat(value);
  if (typeof number === "number") return number !== 0;
  return isObject(value) ? notFitting : Boolean(value);
}

function readInt(value: Json): number | typeof notFitting {
  if (typeof value === "boolean") return Number(value);
  return isInt(value) ? value : notFitting;
}

function readFloat(value: Json): number | typeof notFitting {
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "number") return value;
  return isObject(value) && "float" in value ? Number(infinities[value.float] ?? value.float) : notFitting;
}

const infinities: Readonly<Record<string, number>> = { inf: Infinity, "-inf": -Infinity, nan: Number.NaN };

function readTensor(value: Json): Tensor | typeof notFitting {
  return isObject(value) && "tensor" in value ? new Tensor(value.tensor, value.dtype as DType) : notFitting;
}

function readTuple(value: Json, count: number): unknown {
  if (!isList(value)) {
    const only = readInt(value);
    return only === notFitting ? notFitting : new Array<number>(count).fill(only);
  }
  return value.length === count ? readAll(value, readInt) : notFitting;
}

function readAll<T>(values: readonly Json[], read: (value: Json) => T | typeof notFitting): T[] | typeof notFitting {
  const result: T[] = [];
  for (const value of values) {
    const item = read(value);
    if (item === notFitting) return notFitting;
    result.push(item);
  }
  return result;
}

function isInt(value: Json): value is number {
  return typeof value === "number" && Number.isInteger(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json): value is Exclude<Json, null | boolean | number | string | readonly Json[]> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
