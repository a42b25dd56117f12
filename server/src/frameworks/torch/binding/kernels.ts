/**
 * What ops make of small known numbers, as PyTorch's CPU kernels do: code computes widths and tables with tensors while
 * it builds a model. An op that is not here lets go of the numbers.
 */
import { numberOf } from "../../../python/equality.ts";
import type { Value } from "../../../python/values.ts";
import type { DType, OpEntry, Tensor } from "../../rules/index.ts";
import { movedBy } from "./movements.ts";
import {
  asType,
  between,
  certain,
  concreteShape,
  exactly,
  isFloat,
  most,
  moved,
  type Numbers,
  picked,
} from "./numbers.ts";
import { reducedBy } from "./reductions.ts";
import { TensorValue } from "./values.ts";

/** What an op was called with. */
export interface Arguments {
  /** The argument of a name. */
  readonly argument: (name: string) => Value | undefined;
  /** The same, with all that stand for an argument that takes several. */
  readonly arguments: (name: string) => readonly Value[];
}

export interface KernelCall extends Arguments {
  /** The tensor that it gives. */
  readonly type: Tensor;
}

/**
 * The numbers of an op's result; null where they can't be told. `shared` is the tensor that the result may be a view of.
 */
export interface Computed {
  readonly numbers: Numbers | null;
  readonly shared: TensorValue | null;
}

/** The numbers that an op gives; null for an op whose result may share memory in ways that are not known here. */
export function computed(name: string, call: KernelCall, self: Value | undefined): Computed | null {
  const operands = name === "clamp" || name === "clip" ? clamping(call) : functionOf(name);
  if (operands) return { numbers: elementwise(call, operands), shared: null };
  const reduced = reducedBy(name, call);
  if (reduced !== undefined) return { numbers: reduced, shared: null };
  const movement = movedBy(name, call, self);
  if (movement !== null) return movement;
  if (views.has(name) && self instanceof TensorValue) return { numbers: reread(name, call, self), shared: self };
  return null;
}

/** The arguments of a call by their names. */
export function argumentsOf(
  { parameters }: OpEntry,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): Arguments {
  const all = (wanted: string): readonly Value[] => {
    const given = keywords.get(wanted);
    if (given !== undefined) return [given];
    const index = parameters.findIndex(({ name }) => name === wanted);
    return index < 0 ? [] : args.slice(index, parameters[index]?.variadic ? args.length : index + 1);
  };
  return { argument: (wanted) => all(wanted)[0], arguments: all };
}

// ── elementwise ──────────────────────────────────────────────────────────────────────────────────────────────────────

interface Elementwise {
  readonly operands: readonly string[];
  readonly run: (x: number, y: number) => number;
  /** Whether a greater operand moves the result one way throughout, so that the ends tell all between. */
  readonly monotone: boolean;
  /**
   * Whether the result is the nearest number there is. A library's function is off by less than the next number, so it is
   * where a result needs no rounding.
   */
  readonly nearest: (x: number, y: number) => boolean;
  /** The dtype to compute in, where that is not the result's. */
  readonly compares?: boolean;
  /** Whether it can be computed with these numbers at all. */
  readonly domain?: (x: number, y: number) => boolean;
}

const one = ["input"];
const two = ["input", "other"];
const always = (): boolean => true;
const ends = { monotone: true, nearest: always };
const point = { monotone: false, nearest: always };
const loose = { monotone: true, nearest: (x: number): boolean => x === 1 };

const add: Elementwise = { operands: two, run: (x, y) => x + y, ...ends };
const sub: Elementwise = { operands: two, run: (x, y) => x - y, ...ends };
const mul: Elementwise = { operands: two, run: (x, y) => x * y, ...ends };
const div: Elementwise = { operands: two, run: (x, y) => x / y, domain: (_x, y) => y !== 0, ...ends };
const square = (x: number): number => x * x;
const wholes = (x: number, y: number): boolean => Number.isInteger(x) && Number.isInteger(y) && y !== 0;
const floorDiv: Elementwise = { ...point, operands: two, run: (x, y) => Math.floor(x / y), domain: wholes };
const mod: Elementwise = { ...point, operands: two, run: (x, y) => x - Math.floor(x / y) * y, domain: wholes };
const pow: Elementwise = {
  operands: ["input", "exponent"],
  run: (x, y) => x ** y,
  monotone: true,
  nearest: isShortPower,
  domain: (x, y) => x > 0 || (Number.isInteger(y) && y >= 0),
};
const reversed = ({ run, domain, nearest, ...rest }: Elementwise): Elementwise => ({
  ...rest,
  run: (x, y) => run(y, x),
  nearest: (x, y) => nearest(y, x),
  ...(domain && { domain: (x, y) => domain(y, x) }),
});
const compare = (run: (x: number, y: number) => boolean, monotone: boolean): Elementwise => ({
  operands: two,
  run: (x, y) => (run(x, y) ? 1 : 0),
  monotone,
  nearest: always,
  compares: true,
});
const unary = (run: (x: number) => number, kind: Pick<Elementwise, "monotone" | "nearest"> = ends): Elementwise => ({
  operands: one,
  run,
  ...kind,
});
const positive = (run: (x: number) => number, kind = loose): Elementwise => ({
  ...unary(run, kind),
  domain: (x) => x > 0,
});
const [less, lessEqual] = [compare((x, y) => x < y, true), compare((x, y) => x <= y, true)];
const [greater, greaterEqual] = [compare((x, y) => x > y, true), compare((x, y) => x >= y, true)];
const [equal, unequal] = [compare((x, y) => x === y, false), compare((x, y) => x !== y, false)];

const functions: Readonly<Record<string, Elementwise>> = {
  ...named("add __add__ __radd__", add),
  ...named("sub subtract __sub__", sub),
  ...named("__rsub__", reversed(sub)),
  ...named("mul multiply __mul__ __rmul__", mul),
  ...named("div divide true_divide __truediv__", div),
  // PyTorch multiplies by the reciprocal, which rounds twice.
  ...named("__rtruediv__", { ...reversed(div), nearest: () => false }),
  ...named("floor_divide __floordiv__", floorDiv),
  ...named("__rfloordiv__", reversed(floorDiv)),
  ...named("remainder __mod__", mod),
  ...named("pow", pow),
  ...named("__pow__", { ...pow, operands: two }),
  ...named("__rpow__", reversed({ ...pow, operands: two })),
  ...named("minimum", { operands: two, run: Math.min, ...ends }),
  ...named("maximum", { operands: two, run: Math.max, ...ends }),
  ...named("lt less __lt__", less),
  ...named("le less_equal __le__", lessEqual),
  ...named("gt greater __gt__", greater),
  ...named("ge greater_equal __ge__", greaterEqual),
  ...named("eq __eq__", equal),
  ...named("ne not_equal __ne__", unequal),
  ...named(
    "neg negative __neg__",
    unary((x) => -x),
  ),
  ...named("abs absolute __abs__", unary(Math.abs, point)),
  ...named("sign sgn", unary(Math.sign)),
  ...named("square", unary(square, point)),
  ...named("floor", unary(Math.floor)),
  ...named("ceil", unary(Math.ceil)),
  ...named("trunc fix", unary(Math.trunc)),
  ...named("round", unary(halfToEven)),
  ...named("sqrt", positive(Math.sqrt, { monotone: true, nearest: isSquare })),
  ...named("log", positive(Math.log)),
  ...named("log2", positive(Math.log2)),
  ...named("log10", positive(Math.log10)),
  ...named("exp", unary(Math.exp, { monotone: true, nearest: (x) => x === 0 })),
};

function functionOf(name: string): Elementwise | undefined {
  return Object.hasOwn(functions, name) ? functions[name] : undefined;
}

/** Between two bounds that are numbers; undefined where one is not known. */
function clamping({ argument }: KernelCall): Elementwise | undefined {
  const bound = (name: string, otherwise: number): number | null => {
    const value = argument(name);
    if (value === undefined || value.kind === "none") return otherwise;
    return value.kind === "int" || value.kind === "float" ? numberOf(value) : null;
  };
  const [low, high] = [bound("min", Number.NEGATIVE_INFINITY), bound("max", Number.POSITIVE_INFINITY)];
  return low === null || high === null ? undefined : unary((x) => Math.min(Math.max(x, low), high));
}

function named(names: string, kernel: Elementwise): Record<string, Elementwise> {
  return Object.fromEntries(names.split(" ").map((name) => [name, kernel]));
}

/** Rounds to the nearest integer, halves to the even one. */
function halfToEven(x: number): number {
  const near = Math.round(x);
  return Math.abs(x % 1) === 0.5 && near % 2 !== 0 ? near - 1 : near;
}

/** Whether the root of a number is a float. */
function isSquare(x: number): boolean {
  const root = Math.fround(Math.sqrt(x));
  return root * root === x;
}

/** Whether a power has so few digits that a float holds them all: 2.25 squared is 5.0625. */
function isShortPower(x: number, y: number): boolean {
  if (!Number.isFinite(x) || !Number.isInteger(y) || y < 0 || y > 24) return false;
  if (x === 0) return true;
  let odd = x;
  while (!Number.isInteger(odd)) odd *= 2;
  while (odd % 2 === 0) odd /= 2;
  return Math.abs(odd) ** y < 2 ** 24;
}

function elementwise(call: KernelCall, kernel: Elementwise): Numbers | null {
  // `alpha`, `rounding_mode`, `decimals`, `out`: each computes something else.
  for (const option of ["alpha", "rounding_mode", "decimals", "out"])
    if (call.argument(option) !== undefined) return null;
  const values = kernel.operands.map((name) => call.argument(name));
  const computeType = kernel.compares ? comparedType(values) : call.type.dtype;
  const operands = values.map((value) => spread(value, computeType, call.type));
  const [x, y = x] = operands;
  if (!x || !y || computeType === null) return null;
  const isExact = exactly(x) !== null && exactly(y) !== null;
  if (!isExact && (!kernel.monotone || hasEitherSign(x) || hasEitherSign(y))) return null;
  const low: number[] = [];
  const high: number[] = [];
  for (let i = 0; i < x.low.length; i += 1) {
    const corners: number[] = [];
    for (const a of pair(x, i)) {
      for (const b of operands.length > 1 ? pair(y, i) : [a]) {
        if (kernel.domain?.(a, b) === false) return null;
        corners.push(kernel.run(a, b));
      }
    }
    const [least, greatest] = [Math.min(...corners), Math.max(...corners)];
    const isNearest = kernel.nearest === always || (isExact && kernel.nearest(x.low[i] ?? 0, y.low[i] ?? 0));
    const off = isFloat(computeType) && !isNearest;
    low.push(off ? moved(least, computeType, -1) : least);
    high.push(off ? moved(greatest, computeType, 1) : greatest);
  }
  const type = call.type.dtype;
  // Arithmetic of the ends is rounded as the numbers between them are.
  return asType(between(low, high), type);
}

/** Whether nothing says on which side of 0 a number is, where the ends do not tell what lies between. */
function hasEitherSign({ low, high }: Numbers): boolean {
  return low.some((number, i) => number < 0 && (high[i] ?? 0) > 0);
}

function pair({ low, high }: Numbers, i: number): number[] {
  const [a, b] = [low[i] ?? Number.NaN, high[i] ?? Number.NaN];
  return a === b ? [a] : [a, b];
}

/** The dtype in which two operands are compared; null where nobody needs it. */
function comparedType(values: readonly (Value | undefined)[]): DType | null {
  const types = values.map((value) => (value instanceof TensorValue ? value.type.dtype : undefined));
  const tensors = types.filter((type) => type !== undefined);
  const [first] = tensors;
  if (first === undefined || tensors.some((type) => type !== first)) return null;
  const isWhole = values.every(
    (value) => value instanceof TensorValue || value?.kind === "int" || value?.kind === "bool",
  );
  if (first === "bool" && values.some((value) => value?.kind === "int")) return "int64";
  return isFloat(first) || isWhole ? first : null;
}

/** An operand in the dtype of the computation and the shape of the result. */
function spread(value: Value | undefined, dtype: DType | null, result: Tensor): Numbers | null {
  const shape = concreteShape(result);
  if (shape === null || value === undefined) return null;
  const count = shape.reduce((product, size) => product * size, 1);
  if (count > most) return null;
  if (!(value instanceof TensorValue)) {
    const number = value.kind === "int" || value.kind === "float" || value.kind === "bool" ? numberOf(value) : null;
    return number === null ? null : asType(certain(Array.from({ length: count }, () => number)), dtype);
  }
  const own = concreteShape(value.type);
  if (value.numbers === null || own === null) return null;
  const numbers = asType(value.numbers, dtype);
  if (numbers === null || (own.length === shape.length && own.every((size, i) => size === shape[i]))) return numbers;
  const places = Array.from({ length: count }, (_, i) => placeIn(own, shape, i));
  return picked(numbers, places);
}

/** Where the element of a broadcast shape comes from. */
function placeIn(own: readonly number[], shape: readonly number[], index: number): number {
  let rest = index;
  let place = 0;
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    const size = shape[axis] ?? 1;
    const ownSize = own[axis - (shape.length - own.length)];
    if (ownSize === undefined) break;
    if (ownSize !== 1) place += (rest % size) * stride;
    stride *= ownSize;
    rest = Math.floor(rest / size);
  }
  return place;
}

// ── the same numbers in another shape or dtype ───────────────────────────────────────────────────────────────────────

/** Ops whose result holds the numbers of their first argument in order; it may be that very tensor. */
const views = new Set(
  (
    "view reshape flatten unflatten unsqueeze squeeze contiguous clone detach float double int long short bool " +
    "to type ravel view_as reshape_as"
  ).split(" "),
);

function reread(name: string, { type }: KernelCall, self: TensorValue): Numbers | null {
  // `view(dtype)` reads the same bytes as other numbers.
  if (self.numbers === null || (name === "view" && type.dtype !== self.type.dtype)) return null;
  return asType(self.numbers, type.dtype);
}
