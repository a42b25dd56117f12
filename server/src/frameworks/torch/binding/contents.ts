/**
 * Small tensors whose numbers are known, for code that asks them while it builds a model: `[x.item() for x in
 * torch.linspace(0, rate, depth)]`. What ops make of them is in `kernels.ts`; every other op, and every write, lets go of
 * them.
 */
import { numberOf } from "../../../python/equality.ts";
import { bool, float, int, List, type Value } from "../../../python/values.ts";
import type { DType, Tensor } from "../../rules/index.ts";
import { asType, certain, isFloat, most, partsOfRows } from "./numbers.ts";
import { TensorValue } from "./values.ts";

/** The tensor with its numbers, where they can be known. */
export function withContents(type: Tensor, numbers: readonly number[] | null): TensorValue {
  const tensor = new TensorValue(type);
  const held = numbers === null || numbers.length > most ? null : asType(certain(numbers), type.dtype);
  if (held) tensor.hold(held);
  return tensor;
}

/** The numbers that creation functions of `torch` fill a tensor with; null for those that are not known. */
export function createdContents(
  name: string,
  type: Tensor,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): readonly number[] | null {
  const count = countOf(type);
  if (count === null) return null;
  const given = (index: number, keyword: string): number | null => {
    const value = args[index] ?? keywords.get(keyword);
    return value === undefined ? null : numberOf(value);
  };
  switch (name) {
    case "zeros":
    case "ones":
      return filled(count, name === "ones" ? 1 : 0);
    case "full": {
      const value = given(1, "fill_value");
      return value === null ? null : filled(count, value);
    }
    case "arange": {
      if (type.dtype !== "int64") return null;
      const ends = args.length > 1 || keywords.has("end");
      const start = ends ? given(0, "start") : 0;
      const step = args.length > 2 || keywords.has("step") ? given(2, "step") : 1;
      return start === null || step === null ? null : Array.from({ length: count }, (_, i) => start + i * step);
    }
    case "linspace": {
      const [start, end] = [given(0, "start"), given(1, "end")];
      return type.dtype !== "float32" || start === null || end === null ? null : linspace(start, end, count);
    }
    default:
      return null;
  }
}

/** The numbers of nested lists; null where one is not known. */
export function contentsOfData(data: Value): number[] | null {
  if (data instanceof TensorValue) return data.contents === null ? null : [...data.contents];
  if (data.kind === "list" || data.kind === "tuple") {
    if (data.kind === "list" && data.lost) return null;
    const numbers: number[] = [];
    for (const item of data.items) {
      const inner = contentsOfData(item);
      if (inner === null || numbers.length + inner.length > most) return null;
      numbers.push(...inner);
    }
    return numbers;
  }
  const number = data.kind === "int" || data.kind === "float" || data.kind === "bool" ? numberOf(data) : null;
  return number === null ? null : [number];
}

/** The one number of a tensor as Python has it; null where it is not known. */
export function numberIn(tensor: TensorValue): Value | null {
  const [only, another] = tensor.contents ?? [];
  return only === undefined || another !== undefined ? null : toPython(only, tensor.type.dtype);
}

/** The numbers as nested lists; null where they are not known. */
export function toLists(tensor: TensorValue): Value | null {
  const { contents, type } = tensor;
  if (contents === null) return null;
  let next = 0;
  const build = (axis: number): Value => {
    const size = type.shape[axis];
    if (typeof size !== "number") {
      next += 1;
      return toPython(contents[next - 1] ?? 0, type.dtype);
    }
    return new List(Array.from({ length: size }, () => build(axis + 1)));
  };
  return build(0);
}

/** `tensor[index]` of a known tensor, with the numbers of that part. */
export function partOf(tensor: TensorValue, index: number, type: Tensor): TensorValue {
  const part = new TensorValue(type);
  const first = tensor.type.dims?.[0];
  const { numbers } = tensor;
  if (numbers === null || typeof first !== "number" || first === 0) return part;
  const each = numbers.low.length / first;
  const at = (index < 0 ? index + first : index) * each;
  part.hold(partsOfRows(numbers, numbers.low.length, at, at + each), tensor);
  return part;
}

/** PyTorch's linspace: from the start up to the middle, from the end down to it, each rounded once. */
function linspace(start: number, end: number, count: number): number[] {
  const [a, b] = [Math.fround(start), Math.fround(end)];
  const step = count > 1 ? Math.fround(Math.fround(b - a) / (count - 1)) : 0;
  const half = Math.floor(count / 2);
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? a : Math.fround(i < half ? a + step * i : b - step * (count - 1 - i)),
  );
}

function toPython(number: number, dtype: DType | null): Value {
  if (dtype === "bool") return bool(number !== 0);
  return isFloat(dtype) ? float(number) : int(number);
}

function filled(count: number, value: number): number[] {
  return Array.from({ length: count }, () => value);
}

function countOf(type: Tensor): number | null {
  let count = 1;
  for (const size of type.dims ?? [Number.POSITIVE_INFINITY]) {
    if (typeof size !== "number") return null;
    count *= size;
  }
  return count <= most ? count : null;
}
