/** `torch.finfo` and `torch.iinfo`: the limits of number types, as NumPy names them. */

import { integer } from "../../../algebra/index.ts";
import type { Interpreter } from "../../../python/interpreter.ts";
import { objectClass } from "../../../python/types.ts";
import {
  Class,
  float,
  Instance,
  int,
  Native,
  type NativeCall,
  str,
  Unknown,
  type Value,
} from "../../../python/values.ts";
import type { DType } from "../../rules/index.ts";
import { DTypeValue } from "./values.ts";

interface FloatLimits {
  readonly bits: number;
  readonly max: number;
  readonly eps: number;
  readonly tiny: number;
  readonly resolution: number;
}

const floats: Partial<Record<DType, FloatLimits>> = {
  float32: { bits: 32, max: 3.4028234663852886e38, eps: 2 ** -23, tiny: 2 ** -126, resolution: 1e-6 },
  float64: { bits: 64, max: Number.MAX_VALUE, eps: 2 ** -52, tiny: 2 ** -1022, resolution: 1e-15 },
  float16: { bits: 16, max: 65504, eps: 2 ** -10, tiny: 2 ** -14, resolution: 0.001 },
  bfloat16: { bits: 16, max: 3.3895313892515355e38, eps: 2 ** -7, tiny: 2 ** -126, resolution: 0.01 },
};

const integers: Partial<Record<DType, { readonly bits: number; readonly signed: boolean }>> = {
  uint8: { bits: 8, signed: false },
  int8: { bits: 8, signed: true },
  int16: { bits: 16, signed: true },
  int32: { bits: 32, signed: true },
  int64: { bits: 64, signed: true },
};

const finfoClass = new Class({ name: "finfo", module: "torch", bases: [objectClass], partial: true });
const iinfoClass = new Class({ name: "iinfo", module: "torch", bases: [objectClass], partial: true });

/** `torch.finfo(dtype)`; the default dtype where none is given. */
export const finfo: NativeCall = (it, [type]) => {
  const dtype = type === undefined ? "float32" : type instanceof DTypeValue ? type.name : null;
  if (dtype === null)
    return unknownLimits(finfoClass, it, ["min", "max", "eps", "tiny", "smallest_normal", "resolution"]);
  const limits = floats[dtype];
  if (!limits) return it.raise("TypeError", `torch.finfo() requires a floating point input type`);
  const { bits, max, eps, tiny, resolution } = limits;
  return made(finfoClass, it, {
    bits: int(bits),
    max: float(max),
    min: float(-max),
    eps: float(eps),
    tiny: float(tiny),
    smallest_normal: float(tiny),
    resolution: float(resolution),
    dtype: str(dtype),
  });
};

/** `torch.iinfo(dtype)`. */
export const iinfo: NativeCall = (it, [type]) => {
  if (!(type instanceof DTypeValue)) return unknownLimits(iinfoClass, it, []);
  const limits = integers[type.name];
  if (!limits) return it.raise("TypeError", "torch.iinfo() requires an integer input type");
  const { bits, signed } = limits;
  const magnitude = 2n ** BigInt(signed ? bits - 1 : bits);
  return made(iinfoClass, it, {
    bits: int(bits),
    max: int(integer(magnitude - 1n)),
    min: int(integer(signed ? -magnitude : 0n)),
    dtype: str(type.name),
  });
};

function made(cls: Class, it: Interpreter, members: Readonly<Record<string, Value>>): Value {
  const info = new Instance(cls, it.site());
  for (const [name, value] of Object.entries(members)) info.set(name, value);
  return info;
}

/** Limits of a dtype that is not known: floats all the same. */
function unknownLimits(cls: Class, it: Interpreter, names: readonly string[]): Value {
  return made(
    cls,
    it,
    Object.fromEntries(names.map((name) => [name, new Unknown("the dtype is not known", { type: "float" })])),
  );
}

export const limitNames: Readonly<Record<string, Value>> = {
  finfo: new Native("finfo", finfo, false),
  iinfo: new Native("iinfo", iinfo, false),
};
