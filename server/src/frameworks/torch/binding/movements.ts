/**
 * Ops that move numbers and compute none: where each number of a result comes from. Views share memory with what they are
 * made of, so a write to either lets go of the numbers of both.
 */
import type { Value } from "../../../python/values.ts";
import type { IndexItem } from "../rules/ops/indexing.ts";
import type { Arguments, Computed, KernelCall } from "./kernels.ts";
import { asType, concreteShape, exactly, most, type Numbers, partsOfRows, picked, wholeNumber } from "./numbers.ts";
import { TensorValue } from "./values.ts";

/** Coordinates in the input, of those in the result; null for a 0 that is filled in. */
type Origin = (at: readonly number[]) => readonly number[] | null;

interface Moving {
  readonly input: readonly number[];
  readonly output: readonly number[];
  /** An argument that is one number; null where it is not known or not given. */
  readonly int: (name: string) => number | null;
  /** An argument that is a list of numbers, or several of them. */
  readonly ints: (name: string) => readonly number[] | null;
  /** A tensor of known integers. */
  readonly tensor: (name: string) => TensorValue | null;
}

/** What an op gives that only moves numbers; null for other ops. */
export function movedBy(name: string, call: KernelCall, self: Value | undefined): Computed | null {
  if (Object.hasOwn(joins, name)) return { numbers: joined(name, call), shared: null };
  const movement = Object.hasOwn(movements, name) ? movements[name] : undefined;
  if (!movement || !(self instanceof TensorValue)) return null;
  const shared = views.has(name) ? self : null;
  const [input, output] = [concreteShape(self.type), concreteShape(call.type)];
  if (self.numbers === null || input === null || output === null) return { numbers: null, shared };
  const origin = movement({
    input,
    output,
    int: (wanted) => wholeNumber(call.argument(wanted)),
    ints: (wanted) => intsOf(call.arguments(wanted)),
    tensor: (wanted) => {
      const value = call.argument(wanted);
      return value instanceof TensorValue && value.contents !== null ? value : null;
    },
  });
  return { numbers: origin && arranged(self.numbers, input, output, origin), shared };
}

/** The numbers of `self[index]`, and whether they are a view; null where that is not known. */
export function indexedNumbers(
  self: TensorValue,
  index: readonly { readonly item: IndexItem; readonly value: Value }[],
  output: readonly number[],
): { readonly numbers: Numbers; readonly isView: boolean } | null {
  const input = concreteShape(self.type);
  if (self.numbers === null || input === null) return null;
  const steps: ((at: readonly number[], into: number[]) => void)[] = [];
  const consumed = index.filter(({ item }) => item.kind === "int" || item.kind === "slice" || item.kind === "tensor");
  const tensors = index.filter(({ item }) => item.kind === "tensor");
  // Several advanced indices are broadcast with each other, and integers beside one are such.
  if (tensors.length > 0 && consumed.some(({ item }) => item.kind === "int")) return null;
  if (tensors.length > 1) return null;
  let [axis, place] = [0, 0];
  const keep = (count: number): void => {
    for (let i = 0; i < count; i += 1, axis += 1, place += 1) steps.push(along(axis, place, 0, 1));
  };
  for (const { item, value } of index) {
    if (item.kind === "newaxis") place += 1;
    else if (item.kind === "ellipsis") keep(input.length - consumed.length);
    else if (item.kind === "int") {
      if (typeof item.value !== "number") return null;
      const [at, to] = [item.value < 0 ? item.value + (input[axis] ?? 0) : item.value, axis];
      steps.push((_at, into) => {
        into[to] = at;
      });
      axis += 1;
    } else if (item.kind === "slice") {
      const start = item.start ?? 0;
      if (typeof start !== "number") return null;
      steps.push(along(axis, place, clamped(start, input[axis] ?? 0), item.step ?? 1));
      axis += 1;
      place += 1;
    } else if (item.kind === "tensor" && value instanceof TensorValue && value.type.dtype !== "bool") {
      const [shape, numbers] = [concreteShape(value.type), value.contents];
      if (shape === null || numbers === null) return null;
      const [from, to, size] = [place, axis, input[axis] ?? 0];
      steps.push((at, into) => {
        const number = numbers[flat(at.slice(from, from + shape.length), shape)] ?? 0;
        into[to] = number < 0 ? number + size : number;
      });
      axis += 1;
      place += shape.length;
    } else return null;
  }
  keep(input.length - axis);
  const numbers = arranged(self.numbers, input, output, (at) => {
    const into = input.map(() => 0);
    for (const step of steps) step(at, into);
    return into;
  });
  return numbers && { numbers, isView: tensors.length === 0 };
}

function along(axis: number, place: number, start: number, step: number) {
  return (at: readonly number[], into: number[]): void => {
    into[axis] = start + step * (at[place] ?? 0);
  };
}

function clamped(bound: number, size: number): number {
  return Math.min(Math.max(bound < 0 ? bound + size : bound, 0), size);
}

// ── one tensor ───────────────────────────────────────────────────────────────────────────────────────────────────────

const views: ReadonlySet<string> = new Set(
  "transpose swapaxes swapdims t T mT adjoint permute select narrow expand expand_as broadcast_to".split(" "),
);

const movements: Readonly<Record<string, (moving: Moving) => Origin | null>> = {
  transpose: ({ input, int }) => swapped(input, int("dim0"), int("dim1")),
  swapdims: ({ input, int }) => swapped(input, int("dim0"), int("dim1")),
  swapaxes: ({ input, int }) => swapped(input, int("axis0"), int("axis1")),
  t: ({ input }) => swapped(input, 0, input.length - 1),
  T: ({ input }) => (input.length === 2 ? swapped(input, 0, 1) : null),
  mT: ({ input }) => swapped(input, -1, -2),
  adjoint: ({ input }) => swapped(input, -1, -2),
  permute: ({ input, ints }) => {
    const dims = axesOf(ints("dims"), input.length);
    return dims && ((at) => input.map((_, axis) => at[dims.indexOf(axis)] ?? 0));
  },
  flip: ({ input, ints }) => flipped(input, ints("dims")),
  fliplr: ({ input }) => flipped(input, [1]),
  flipud: ({ input }) => flipped(input, [0]),
  roll: ({ input, ints }) => {
    const shifts = ints("shifts");
    const dims = axesOf(ints("dims") ?? (input.length === 1 ? [0] : null), input.length);
    if (shifts === null || dims === null || dims.length !== shifts.length) return null;
    const by = input.map((_, axis) => dims.reduce((sum, dim, i) => (dim === axis ? sum + (shifts[i] ?? 0) : sum), 0));
    return (at) => at.map((x, axis) => modulo(x - (by[axis] ?? 0), input[axis] ?? 1));
  },
  select: ({ input, int }) => {
    const [axis, index] = [axisOf(int("dim"), input.length), int("index")];
    if (axis === null || index === null) return null;
    const at = index < 0 ? index + (input[axis] ?? 0) : index;
    return (others) => [...others.slice(0, axis), at, ...others.slice(axis)];
  },
  narrow: ({ input, int }) => {
    const [axis, start] = [axisOf(int("dim"), input.length), int("start")];
    if (axis === null || start === null) return null;
    const first = start < 0 ? start + (input[axis] ?? 0) : start;
    return (at) => at.map((x, i) => (i === axis ? x + first : x));
  },
  index_select: ({ input, int, tensor }) => {
    const [axis, numbers] = [axisOf(int("dim"), input.length), tensor("index")?.contents];
    if (axis === null || !numbers || input.length === 0) return null;
    return (at) => at.map((x, i) => (i === axis ? (numbers[x] ?? 0) : x));
  },
  gather: ({ input, output, int, tensor }) => {
    const [axis, numbers] = [axisOf(int("dim"), input.length), tensor("index")?.contents];
    if (axis === null || !numbers || input.length === 0) return null;
    return (at) => at.map((x, i) => (i === axis ? (numbers[flat(at, output)] ?? 0) : x));
  },
  expand: stretched,
  expand_as: stretched,
  broadcast_to: stretched,
  repeat: tiled,
  tile: tiled,
  repeat_interleave: ({ input, int }) => {
    const [repeats, dim] = [int("repeats"), int("dim")];
    if (repeats === null || repeats === 0) return null;
    if (dim === null) return ([at = 0]) => coordinates(Math.floor(at / repeats), input);
    const axis = axisOf(dim, input.length);
    return axis === null ? null : (at) => at.map((x, i) => (i === axis ? Math.floor(x / repeats) : x));
  },
  tril: ({ int }) => triangle((above) => above <= (int("diagonal") ?? 0)),
  triu: ({ int }) => triangle((above) => above >= (int("diagonal") ?? 0)),
};

function swapped(input: readonly number[], one: number | null, other: number | null): Origin | null {
  const [a, b] = [axisOf(one, input.length), axisOf(other, input.length)];
  if (a === null || b === null) return null;
  return (at) => at.map((x, axis) => (axis === a ? (at[b] ?? 0) : axis === b ? (at[a] ?? 0) : x));
}

function flipped(input: readonly number[], dims: readonly number[] | null): Origin | null {
  const axes = axesOf(dims, input.length);
  return axes && ((at) => at.map((x, axis) => (axes.includes(axis) ? (input[axis] ?? 1) - 1 - x : x)));
}

function stretched({ input, output }: Moving): Origin {
  return (at) => input.map((size, i) => (size === 1 ? 0 : (at[i + output.length - input.length] ?? 0)));
}

function tiled({ input, output }: Moving): Origin {
  return (at) => input.map((size, i) => (at[i + output.length - input.length] ?? 0) % size);
}

function triangle(keeps: (above: number) => boolean): Origin {
  return (at) => (keeps((at.at(-1) ?? 0) - (at.at(-2) ?? 0)) ? at : null);
}

// ── several tensors ──────────────────────────────────────────────────────────────────────────────────────────────────

const joins: Readonly<Record<string, "along" | "anew">> = {
  cat: "along",
  concat: "along",
  concatenate: "along",
  stack: "anew",
};

function joined(name: string, { type, argument }: KernelCall): Numbers | null {
  const [list, dim, output] = [argument("tensors"), argument("dim"), concreteShape(type)];
  if (output === null || (list?.kind !== "list" && list?.kind !== "tuple")) return null;
  const axis = axisOf(dim === undefined ? 0 : wholeNumber(dim), output.length);
  if (axis === null || output.reduce((product, size) => product * size, 1) > most) return null;
  const parts: { readonly size: number; readonly numbers: Numbers; readonly row: number }[] = [];
  const inner = output.slice(axis + 1).reduce((product, size) => product * size, 1);
  for (const tensor of list.items) {
    const shape = tensor instanceof TensorValue ? concreteShape(tensor.type) : null;
    const numbers = tensor instanceof TensorValue && tensor.numbers && asType(tensor.numbers, type.dtype);
    if (!numbers || shape === null || (joins[name] === "along" && shape.length !== output.length)) return null;
    const size = joins[name] === "along" ? (shape[axis] ?? 0) : 1;
    parts.push({ size, numbers, row: size * inner });
  }
  const rows = output.slice(0, axis).reduce((product, size) => product * size, 1);
  const woven = (end: "low" | "high"): number[] =>
    Array.from({ length: rows }, (_, i) =>
      parts.flatMap(({ numbers, row }) => numbers[end].slice(i * row, (i + 1) * row)),
    ).flat();
  const low = woven("low");
  return parts.every(({ numbers }) => exactly(numbers)) ? { low, high: low } : { low, high: woven("high") };
}

// ── parts ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const partings: ReadonlySet<string> = new Set(
  "split unsafe_split split_with_sizes unsafe_split_with_sizes chunk unsafe_chunk unbind".split(" "),
);

/** Gives the parts that an op makes of tensors their numbers; false for an op of which they are not known. */
export function holdParts(name: string, parts: readonly Value[], call: Arguments): boolean {
  if (name === "meshgrid") return holdGrids(parts, call);
  const whole = call.argument("input");
  const shape = whole instanceof TensorValue ? concreteShape(whole.type) : null;
  if (!partings.has(name) || !(whole instanceof TensorValue) || whole.numbers === null || shape === null) return false;
  const given = call.argument("dim");
  const axis = axisOf(given === undefined ? 0 : wholeNumber(given), shape.length);
  if (axis === null) return false;
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const row = (shape[axis] ?? 0) * inner;
  let start = 0;
  for (const part of parts) {
    const size = part instanceof TensorValue ? (name === "unbind" ? 1 : part.type.dims?.[axis]) : undefined;
    if (!(part instanceof TensorValue) || typeof size !== "number") return false;
    part.hold(partsOfRows(whole.numbers, row, start, start + size * inner), whole);
    start += size * inner;
  }
  return true;
}

/** Each grid of `meshgrid` holds the numbers of one tensor along a dimension of its own. */
function holdGrids(grids: readonly Value[], call: Arguments): boolean {
  const given = call.arguments("tensors");
  const tensors = given.flatMap((each) => (each.kind === "list" || each.kind === "tuple" ? each.items : [each]));
  const indexing = call.argument("indexing");
  const isSwapped = indexing?.kind === "str" && indexing.value === "xy" && tensors.length > 1;
  if (indexing !== undefined && indexing.kind !== "str" && indexing.kind !== "none") return false;
  for (const [i, grid] of grids.entries()) {
    const tensor = tensors[i];
    const output = grid instanceof TensorValue ? concreteShape(grid.type) : null;
    if (!(grid instanceof TensorValue) || !(tensor instanceof TensorValue) || output === null) return false;
    const [numbers, input] = [tensor.numbers, concreteShape(tensor.type)];
    const axis = isSwapped && i < 2 ? 1 - i : i;
    const held = numbers && input && arranged(numbers, input, output, (at) => input.map(() => at[axis] ?? 0));
    if (!held) return false;
    grid.hold(held, tensor);
  }
  return true;
}

// ── coordinates ──────────────────────────────────────────────────────────────────────────────────────────────────────

function arranged(
  numbers: Numbers,
  input: readonly number[],
  output: readonly number[],
  origin: Origin,
): Numbers | null {
  const count = output.reduce((product, size) => product * size, 1);
  if (count > most) return null;
  const places = Array.from({ length: count }, (_, i) => {
    const at = origin(coordinates(i, output));
    return at && flat(at, input);
  });
  return picked(numbers, places);
}

/** Row-major coordinates of the element at a place. */
function coordinates(place: number, shape: readonly number[]): number[] {
  const at = shape.map(() => 0);
  let rest = place;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    const size = shape[axis] ?? 1;
    at[axis] = rest % size;
    rest = Math.floor(rest / size);
  }
  return at;
}

function flat(at: readonly number[], shape: readonly number[]): number {
  return shape.reduce((place, size, axis) => place * size + (at[axis] ?? 0), 0);
}

function axisOf(dim: number | null, rank: number): number | null {
  return dim === null ? null : dim < 0 ? dim + rank : dim;
}

function axesOf(dims: readonly number[] | null, rank: number): readonly number[] | null {
  return dims?.map((dim) => (dim < 0 ? dim + rank : dim)) ?? null;
}

function modulo(x: number, size: number): number {
  return ((x % size) + size) % size;
}

/** The numbers of one argument that is a list, or of all that stand for it. */
function intsOf(values: readonly Value[]): readonly number[] | null {
  const [only] = values;
  const items = only?.kind === "tuple" || only?.kind === "list" ? only.items : values;
  const numbers = items.map(wholeNumber);
  return numbers.length > 0 && numbers.every((number) => number !== null) ? numbers : null;
}
