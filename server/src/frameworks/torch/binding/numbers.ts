/**
 * The numbers of small tensors. A number that PyTorch's kernels may round in more than one way is held as the two ends
 * between which it lies, so that what is made of it later is either certain or not known.
 */
import { numberOf } from "../../../python/equality.ts";
import type { Value } from "../../../python/values.ts";
import type { DType, Tensor } from "../../rules/index.ts";

/** Row-major numbers, the least and the greatest that each can be; one array where they are certain. */
export interface Numbers {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Most numbers that are kept of one tensor. */
export const most = 4096;

export function certain(numbers: readonly number[]): Numbers {
  return { low: numbers, high: numbers };
}

/** The numbers themselves where they are certain, else null. */
export function exactly({ low, high }: Numbers): readonly number[] | null {
  return low === high ? low : null;
}

/** Numbers of both ends, certain where the ends meet. */
export function between(low: readonly number[], high: readonly number[]): Numbers {
  return low.every((number, i) => Object.is(number, high[i])) ? certain(low) : { low, high };
}

/** Of rows of `row` numbers, the numbers from `from` up to `to` of each. */
export function partsOfRows(numbers: Numbers, row: number, from: number, to: number): Numbers {
  const cut = (all: readonly number[]): number[] =>
    Array.from({ length: row === 0 ? 0 : all.length / row }, (_, i) => all.slice(i * row + from, i * row + to)).flat();
  return between(cut(numbers.low), cut(numbers.high));
}

/** Numbers by the places that they are taken from; 0 where there is none. */
export function picked(numbers: Numbers, places: readonly (number | null)[]): Numbers {
  const pick = (from: readonly number[]): number[] =>
    places.map((place) => (place === null ? 0 : (from[place] ?? Number.NaN)));
  const low = pick(numbers.low);
  return numbers.low === numbers.high ? certain(low) : between(low, pick(numbers.high));
}

/** The shape of a tensor all of whose sizes are numbers. */
export function concreteShape({ dims }: Tensor): readonly number[] | null {
  return dims?.every((size) => typeof size === "number") ? dims : null;
}

/** An int argument as a number; null for what is none, or not known. */
export function wholeNumber(value: Value | undefined): number | null {
  return value?.kind === "int" ? numberOf(value) : null;
}

/** The numbers as a dtype holds them; null where it can't hold one, or is not computed with. */
export function asType(numbers: Numbers, dtype: DType | null): Numbers | null {
  const round = rounding(dtype);
  // Truth is no matter of more or less: what lies on both sides of 0 may be 0.
  if (round === null || (dtype === "bool" && exactly(numbers) === null)) return null;
  const low = numbers.low.map(round);
  const high = numbers.low === numbers.high ? low : numbers.high.map(round);
  if (!isFloat(dtype) && (low.some(Number.isNaN) || high.some(Number.isNaN))) return null;
  return low === high ? certain(low) : between(low, high);
}

/** Rounds a number to a dtype, NaN where an integer does not fit in; null for dtypes that are not computed with. */
export function rounding(dtype: DType | null): ((x: number) => number) | null {
  switch (dtype) {
    case "float32":
      return Math.fround;
    case "float64":
      return (x) => x;
    case "bool":
      return (x) => (x === 0 ? 0 : 1);
    case "int64":
      return (x) => (Number.isSafeInteger(Math.trunc(x)) ? plain(Math.trunc(x)) : Number.NaN);
    case "int32":
    case "int16":
    case "int8":
      return within(-(2 ** (Number(dtype.slice(3)) - 1)), 2 ** (Number(dtype.slice(3)) - 1) - 1);
    case "uint8":
      return within(0, 255);
    default:
      return null;
  }
}

export function isFloat(dtype: DType | null): boolean {
  return dtype === "float32" || dtype === "float64";
}

/** A number moved by a few units in the last place: as far as a library's function may be off. */
export function moved(number: number, dtype: DType | null, direction: 1 | -1): number {
  const unit = dtype === "float32" ? 2 ** -23 : 2 ** -52;
  const far = number + direction * 4 * unit * Math.abs(number);
  return dtype === "float32" ? Math.fround(far) : far;
}

function within(least: number, greatest: number): (x: number) => number {
  return (x) => {
    const number = plain(Math.trunc(x));
    return number >= least && number <= greatest ? number : Number.NaN;
  };
}

/** Integers have no negative zero. */
function plain(number: number): number {
  return number === 0 ? 0 : number;
}
