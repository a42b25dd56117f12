/** Functions of NumPy on arrays that model code has: joining, moving and adding dimensions, running sums. */
import { type Dim, eq, numel, type Shape, sum } from "../../../algebra/index.ts";
import { numberOf } from "../../../python/equality.ts";
import type { Interpreter } from "../../../python/interpreter.ts";
import { itemsOf } from "../../../python/iterate.ts";
import { float, int, Native, type NativeCall, Unknown, type Value } from "../../../python/values.ts";
import { ArrayValue, dtypeOf, shapeOf } from "./array.ts";
import { scalar } from "./scalars.ts";

const entry = (name: string, run: NativeCall): readonly [string, Value] => [name, new Native(name, run, false)];

/** Arrays of equal rank, or null where a shape is not known. */
function arraysOf(
  it: Interpreter,
  value: Value | undefined,
): { shapes: readonly Shape[]; dtype: ArrayValue["dtype"] } | null {
  const items = value && (value.kind === "list" || value.kind === "tuple") ? itemsOf(it, value) : null;
  if (!Array.isArray(items) || items.length === 0) return null;
  const arrays = items.filter((item): item is ArrayValue => item instanceof ArrayValue);
  const shapes = arrays.map(({ shape }) => shape).filter((shape) => shape !== null);
  if (shapes.length < items.length || shapes.some(({ length }) => length !== shapes[0]?.length)) return null;
  const dtype = arrays.every((array) => array.dtype === arrays[0]?.dtype) ? (arrays[0]?.dtype ?? null) : null;
  return { shapes, dtype };
}

/** A known axis from the front, or null. */
function axisOf(value: Value | undefined, rank: number): number | null {
  const axis = value === undefined ? 0 : numberOf(value);
  if (axis === null || !Number.isInteger(axis) || axis < -rank || axis >= rank) return null;
  return axis < 0 ? axis + rank : axis;
}

const unknown = new ArrayValue(null, null);

const joined: NativeCall = (it, args, keywords) => {
  const arrays = arraysOf(it, args[0]);
  const [first] = arrays?.shapes ?? [];
  const axis = first ? axisOf(args[1] ?? keywords.get("axis"), first.length) : null;
  if (!arrays || !first || axis === null) return unknown;
  const { shapes, dtype } = arrays;
  const fits = shapes.every((shape) => shape.every((size, i) => i === axis || eq(size, first[i] ?? -1) === true));
  const along = sum(shapes.map((shape) => shape[axis] as Dim));
  return new ArrayValue(fits ? first.map((size, i) => (i === axis ? along : size)) : null, dtype);
};

const stacked: NativeCall = (it, args, keywords) => {
  const arrays = arraysOf(it, args[0]);
  const [first] = arrays?.shapes ?? [];
  const axis = first ? axisOf(args[1] ?? keywords.get("axis"), first.length + 1) : null;
  if (!arrays || !first || axis === null) return unknown;
  const fits = arrays.shapes.every((shape) => shape.every((size, i) => eq(size, first[i] ?? -1) === true));
  return new ArrayValue(fits ? first.toSpliced(axis, 0, arrays.shapes.length) : null, arrays.dtype);
};

const widened: NativeCall = (_it, [array, place], keywords) => {
  const shape = array instanceof ArrayValue ? array.shape : null;
  const axis = shape ? axisOf(place ?? keywords.get("axis"), shape.length + 1) : null;
  const dtype = array instanceof ArrayValue ? array.dtype : null;
  return new ArrayValue(shape && axis !== null ? shape.toSpliced(axis, 0, 1) : null, dtype);
};

const transposed: NativeCall = (it, [array, axes], keywords) => {
  if (!(array instanceof ArrayValue) || !array.shape) return unknown;
  const given = axes ?? keywords.get("axes");
  if (given === undefined) return new ArrayValue(array.shape.toReversed(), array.dtype);
  const order = shapeOf(it, given);
  const sizes = order?.map((axis) => (typeof axis === "number" ? array.shape?.at(axis) : undefined)) ?? null;
  return new ArrayValue(sizes?.every((size) => size !== undefined) ? sizes : null, array.dtype);
};

const ranged: NativeCall = (_it, args, keywords) => {
  const numbers = args.slice(0, 3).map(numberOf);
  if (numbers.length === 0 || numbers.some((each) => each === null)) return unknown;
  const [a = 0, b, step = 1] = numbers as number[];
  const [start, stop] = b === undefined ? [0, a] : [a, b];
  if (step === 0) return unknown;
  const type = keywords.get("dtype");
  const whole = args.every((each) => each.kind === "int");
  const size = Math.max(Math.ceil((stop - start) / step), 0);
  return new ArrayValue([size], type ? dtypeOf(type) : whole ? "int64" : "float64");
};

/** A running sum is a row, but along an axis. */
const running: NativeCall = (it, [value, place], keywords) => {
  const shape = value instanceof ArrayValue ? value.shape : flat(it, value);
  if (!shape) return unknown;
  const along = place ?? keywords.get("axis");
  return new ArrayValue(along === undefined ? [numel(shape)] : shape, null);
};

function flat(it: Interpreter, value: Value | undefined): Shape | null {
  const items = value && (value.kind === "list" || value.kind === "tuple") ? itemsOf(it, value) : null;
  return Array.isArray(items) && items.every(({ kind }) => kind === "int" || kind === "float") ? [items.length] : null;
}

/** The greater or lesser of two numbers. */
const extreme = (name: string, run: (a: number, b: number) => number): readonly [string, Value] =>
  entry(name, (_it, [left, right]) => {
    if (left instanceof ArrayValue || right instanceof ArrayValue) return unknown;
    const [a, b] = [left, right].map((each) => (each ? numberOf(each) : null));
    if (a == null || b == null) return new Unknown(`${name} of what is not known`, { plain: true });
    return left?.kind === "int" && right?.kind === "int" ? scalar(int(run(a, b))) : scalar(float(run(a, b)));
  });

export const functionNames: Readonly<Record<string, Value>> = Object.fromEntries([
  entry("concatenate", joined),
  entry("stack", stacked),
  entry("expand_dims", widened),
  entry("transpose", transposed),
  entry("arange", ranged),
  entry("cumsum", running),
  extreme("maximum", Math.max),
  extreme("minimum", Math.min),
]);
