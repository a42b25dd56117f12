/**
 * Reductions of small known numbers. A sum of floats depends on the order in which they are added, which kernels choose,
 * so floats are added only where no order can round.
 */
import type { Value } from "../../../python/values.ts";
import type { KernelCall } from "./kernels.ts";
import { asType, certain, concreteShape, isFloat, type Numbers, wholeNumber } from "./numbers.ts";
import { TensorValue } from "./values.ts";

/** What becomes of the numbers that a result is made of, in order; null where it can't be told. */
type Reduction = (numbers: readonly number[], isFloating: boolean) => number | null;

const sum: Reduction = (numbers, isFloating) =>
  isFloating && !addsExactly(numbers) ? null : numbers.reduce((total, x) => total + x, 0);
const greatest: Reduction = (numbers) => (numbers.length === 0 ? null : Math.max(...numbers));
const least: Reduction = (numbers) => (numbers.length === 0 ? null : Math.min(...numbers));

const reductions: Readonly<Record<string, Reduction>> = {
  sum,
  mean: (numbers, isFloating) => {
    const total = sum(numbers, isFloating);
    return total === null || numbers.length === 0 ? null : total / numbers.length;
  },
  prod: (numbers, isFloating) => (isFloating ? null : numbers.reduce((product, x) => product * x, 1)),
  amax: greatest,
  amin: least,
  max: greatest,
  min: least,
  all: (numbers) => Number(numbers.every((x) => x !== 0)),
  any: (numbers) => Number(numbers.some((x) => x !== 0)),
};

/** The numbers of a reduction or a running sum; undefined for other ops, null where they can't be told. */
export function reducedBy(name: string, call: KernelCall): Numbers | null | undefined {
  const reduction = Object.hasOwn(reductions, name) ? reductions[name] : undefined;
  if (!reduction && name !== "cumsum" && name !== "diff") return undefined;
  const input = call.argument("input");
  const shape = input instanceof TensorValue ? concreteShape(input.type) : null;
  const numbers = input instanceof TensorValue ? input.contents : null;
  if (shape === null || numbers === null || numbers.some(Number.isNaN)) return null;
  // `max(x, y)`, `diff(x, n=2)`, another dtype, `out`: each computes something else.
  for (const option of ["other", "n", "prepend", "append", "out", "dtype"])
    if (call.argument(option) !== undefined) return null;
  const axes = axesOf(call.arguments("dim"), shape.length);
  if (axes === null) return null;
  const { dtype } = call.type;
  if (!reduction) {
    const [axis] = axes ?? [];
    const isBool = input instanceof TensorValue && input.type.dtype === "bool";
    const isRunning = shape.length === 1 && (axis === undefined || axis === 0) && !(isBool && name === "diff");
    return isRunning ? running(name, numbers, call) : null;
  }
  const gathered: number[][] = [];
  const kept = shape.map((_, axis) => axes !== undefined && !axes.includes(axis));
  const groups = shape.reduce((product, size, axis) => (kept[axis] ? product * size : product), 1);
  for (let i = 0; i < groups; i += 1) gathered.push([]);
  numbers.forEach((number, place) => {
    gathered[groupOf(place, shape, kept)]?.push(number);
  });
  const results = gathered.map((group) => reduction(group, isFloat(dtype)));
  return results.every((result) => result !== null) ? asType(certain(results), dtype) : null;
}

/** Sums up to each number, or differences of neighbours. */
function running(name: string, numbers: readonly number[], { type }: KernelCall): Numbers | null {
  if (isFloat(type.dtype) && !addsExactly(numbers)) return null;
  if (name === "diff") return asType(certain(numbers.slice(1).map((x, i) => x - (numbers[i] ?? 0))), type.dtype);
  let total = 0;
  const sums = numbers.map((x) => {
    total += x;
    return total;
  });
  return asType(certain(sums), type.dtype);
}

/** Where the numbers at a place are gathered: its coordinates in the dimensions that are kept. */
function groupOf(place: number, shape: readonly number[], kept: readonly boolean[]): number {
  let [rest, group, stride] = [place, 0, 1];
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    const size = shape[axis] ?? 1;
    if (kept[axis]) {
      group += (rest % size) * stride;
      stride *= size;
    }
    rest = Math.floor(rest / size);
  }
  return group;
}

/** Whether floats are whole and so few that each partial sum, in whatever order, is a float. */
function addsExactly(numbers: readonly number[]): boolean {
  return numbers.every(Number.isInteger) && numbers.reduce((total, x) => total + Math.abs(x), 0) < 2 ** 24;
}

/** The dimensions that are named; undefined for all of them, null where they are not known. */
function axesOf(values: readonly Value[], rank: number): readonly number[] | undefined | null {
  const [only] = values;
  if (only === undefined || only.kind === "none") return undefined;
  const items = only.kind === "tuple" || only.kind === "list" ? only.items : values;
  const dims = items.map(wholeNumber);
  if (items.length === 0) return undefined;
  return dims.every((dim) => dim !== null) ? dims.map((dim) => (dim < 0 ? dim + rank : dim)) : null;
}
