/**
 * Small tensors whose numbers are known, for code that asks them while it builds a model: `[x.item() for x in
 * torch.linspace(0, rate, depth)]`. Numbers are computed as PyTorch's CPU kernels do, rounded to the dtype at each step;
 * every other op, and every write, lets go of them.
 */
import { numberOf } from "../../../python/equality.ts";
import { bool, float, int, List, type Value } from "../../../python/values.ts";
import type { DType, Tensor } from "../../rules/index.ts";
import { TensorValue } from "./values.ts";

/** Numbers in row-major order; integers and bools are held as numbers too. */
export type Contents = readonly number[];

/** Most numbers that are kept of one tensor. */
const most = 4096;

/** Rounds to a dtype; null for those that are not computed with. */
function rounding(dtype: DType | null): ((x: number) => number) | null {
  if (dtype === "float32") return Math.fround;
  if (dtype === "float64" || dtype === "bool") return (x) => x;
  return dtype === "int64" ? (x) => (Number.isSafeInteger(x) ? x : Number.NaN) : null;
}

/** The tensor with its numbers, where they can be known. */
export function withContents(type: Tensor, numbers: readonly number[] | null): TensorValue {
  const tensor = new TensorValue(type);
  const round = rounding(type.dtype);
  if (numbers === null || round === null || numbers.length > most) return tensor;
  const rounded = numbers.map(round);
  if (type.dtype === "float32" || type.dtype === "float64" || !rounded.some(Number.isNaN)) tensor.hold(rounded);
  return tensor;
}

/** The numbers that creation functions of `torch` fill a tensor with; null for those that are not known. */
export function createdContents(
  name: string,
  type: Tensor,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): Contents | null {
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
  if (tensor.contents === null || typeof first !== "number" || first === 0) return part;
  const each = tensor.contents.length / first;
  const at = index < 0 ? index + first : index;
  part.hold(tensor.contents.slice(at * each, (at + 1) * each), tensor);
  return part;
}

/** What an operator gives on two operands that are known, one a tensor; null where that is not computed. */
export function operatorContents(name: string, type: Tensor, left: Value, right: Value | undefined): number[] | null {
  const round = rounding(type.dtype);
  if (round === null || !(left instanceof TensorValue) || left.contents === null) return null;
  if (name === "__neg__") return left.type.dtype === "bool" ? null : left.contents.map((x) => -x);
  const operate = operators[name];
  if (!operate || right === undefined || right instanceof TensorValue) return null;
  const isNumber = right.kind === "int" || right.kind === "float";
  const number = isNumber ? numberOf(right) : null;
  if (number === null) return null;
  const other = round(number);
  return left.contents.map((x) => round(operate(round(x), other)));
}

/** Whether an operator's result is a tensor of its own, so that no write to it can reach the operand. */
export function computesNew(name: string): boolean {
  return Object.hasOwn(operators, name) || /^__(neg|eq|ne|lt|le|gt|ge)__$/.test(name);
}

const operators: Readonly<Record<string, (x: number, y: number) => number>> = {
  __add__: (x, y) => x + y,
  __radd__: (x, y) => x + y,
  __sub__: (x, y) => x - y,
  __rsub__: (x, y) => y - x,
  __mul__: (x, y) => x * y,
  __rmul__: (x, y) => x * y,
  __truediv__: (x, y) => x / y,
};

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
  return dtype === "int64" ? int(number) : float(number);
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
