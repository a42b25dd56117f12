/** Sizes of an input from the equations that a run with symbols left open: `256·(H//8)·(W//8) = 4096`. */
import {
  type Dim,
  divExact,
  type Equation,
  evaluate,
  isConcrete,
  keyOf,
  solutionRange,
  solveFor,
  substitute,
  symbolsOf,
} from "../algebra/index.ts";
import type { Template } from "./consumers.ts";

interface Range {
  readonly min: number;
  readonly max: number;
}

export interface Solution {
  readonly sizes: ReadonlyMap<number, Dim>;
  /** All sizes around the chosen one that would fit, for the hover: "32 to 39 would fit". */
  readonly range: Range | null;
}

const usualSizes = [28, 32, 64, 96, 128, 224, 256, 299, 384, 512];
/** Of one side alone: lines of text, and bands of spectrograms, too. */
const usualSides = [28, 32, 40, 64, 80, 96, 128, 224, 256, 257, 512, 513];
/** Of signals: seconds of sound at usual rates, and powers of two. */
const usualLengths = [
  16000, 8000, 22050, 44100, 48000, 32000, 4000, 1024, 2048, 4096, 8192, 16384, 512, 256, 128, 1000,
];
const usualChannels = [3, 1];
const largest = 1100;

/**
 * Decides the open sizes of a template. Only sizes that the equations pin down, to one range without gaps, are decided:
 * "divisible by 16" is a condition, not a size. Square inputs are preferred. null where nothing is decided.
 */
export function solveInput(template: Template, equations: readonly Equation[]): Solution | null {
  const mentioned = new Set(
    equations
      .filter(({ atLeast }) => !atLeast)
      .flatMap(({ left, right }) => [...symbolsOf(left), ...symbolsOf(right)])
      .map(({ id }) => id),
  );
  const spatial = template.spatial.filter((size) => symbolsOf(size).some(({ id }) => mentioned.has(id)));
  const [one] = spatial;
  const first = one === undefined ? undefined : symbolsOf(one)[0];
  if (!first || one === undefined) return null;
  const group = spatial.flatMap((size) => symbolsOf(size));
  const asSquare = new Map<number, Dim>(group.slice(1).map(({ id }) => [id, one]));
  const channel = template.channels === null || template.channelsTold ? undefined : symbolsOf(template.channels)[0];
  const ids = new Set([first.id, ...(channel ? [channel.id] : [])]);
  const open = equations
    .map((each) => perItem(substituted(each, asSquare), template.shape[0]))
    .filter((equation) => {
      const symbols = [...symbolsOf(equation.left), ...symbolsOf(equation.right)];
      return symbols.length > 0 && symbols.every(({ id }) => ids.has(id));
    });
  if (open.every(({ atLeast }) => atLeast)) return null;
  for (const c of channel ? usualChannels : [null]) {
    const known = channel && c !== null ? new Map<number, Dim>([[channel.id, c]]) : new Map<number, Dim>();
    const rest = open.map((each) => substituted(each, known));
    const range = template.spatial.length === 1 ? signalRange(rest, first.id) : pinned(fittingSizes(rest, first.id));
    if (!range) continue;
    const usual = template.spatial.length === 1 ? usualLengths : usualSides;
    const isImage = template.spatial.length > 1 && spatial.length === template.spatial.length;
    const size = isImage
      ? square(range, c ?? template.channels)
      : (usual.find((each) => isWithin(each, range)) ?? range.min);
    return { sizes: new Map<number, Dim>([...known, ...group.map(({ id }) => [id, size] as [number, Dim])]), range };
  }
  return null;
}

function substituted({ left, right, atLeast = false }: Equation, sizes: ReadonlyMap<number, Dim>): Equation {
  return { left: substitute(left, sizes), right: substitute(right, sizes), atLeast };
}

/** What is said of a whole batch, said of one item of it. */
function perItem(equation: Equation, batch: Dim | undefined): Equation {
  if (batch === undefined || isConcrete(batch) || equation.atLeast) return equation;
  const [left, right] = [divExact(equation.left, batch), divExact(equation.right, batch)];
  return left === null || right === null ? equation : { left, right };
}

/** Signals are longer than images are wide: their length is looked for where an equation changes its sign. */
function signalRange(equations: readonly Equation[], id: number): Range | null {
  for (const { left, right, atLeast } of equations) {
    if (atLeast) continue;
    const around = isConcrete(right) ? crossing(left, right, id) : isConcrete(left) ? crossing(right, left, id) : null;
    if (around === null) continue;
    const range = solutionRange(equations, id, longest, around);
    return range && range.max < longest ? range : null;
  }
  return null;
}

const longest = 2 ** 22;

/** The least length at which a size that grows with it is no longer below `wanted`. */
function crossing(size: Dim, wanted: number, id: number): number | null {
  let [low, high] = [1, longest];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (evaluate(size, new Map([[id, middle]])) < wanted) low = middle + 1;
    else high = middle;
  }
  return low < longest ? low : null;
}

/** Whether images usually are that large: others are shown only where a layer asks for images. */
export function isUsual(size: number): boolean {
  return usualSizes.includes(size);
}

const everySize = Array.from({ length: largest }, (_, i) => i + 1);
let known = new Map<string, readonly number[]>();

/** All sizes that fit. The same equations come back with every keystroke elsewhere, and are not tried again. */
function fittingSizes(equations: readonly Equation[], id: number): readonly number[] {
  const distinct = new Map(equations.map((each) => [conditionKey(each), each]));
  const key = `${id}:${[...distinct.keys()].join(";")}`;
  let sizes = known.get(key);
  if (sizes === undefined) {
    // What fewest sizes fulfil is tried first.
    const ordered = [...distinct.values()].sort((a, b) => Number(a.atLeast ?? false) - Number(b.atLeast ?? false));
    sizes = solveFor(ordered, id, everySize);
    if (known.size > 200) known = new Map();
    known.set(key, sizes);
  }
  return sizes;
}

function conditionKey({ left, right, atLeast }: Equation): string {
  return `${keyOf(left)}${atLeast ? "≥" : "="}${keyOf(right)}`;
}

/** Of all sizes that fit the one that images usually have, else the least. Images of 28 pixels are grey. */
function square(range: Range, channels: Dim | null): number {
  const fitting = usualSizes.filter((size) => isWithin(size, range));
  return (channels === 1 ? undefined : fitting.find((size) => size !== 28)) ?? fitting[0] ?? range.min;
}

function isWithin(size: number, { min, max }: Range): boolean {
  return size >= min && size <= max;
}

/** The range of sizes that fit, where they are one range that ends. */
function pinned(fitting: readonly number[]): Range | null {
  const [min] = fitting;
  const max = fitting.at(-1);
  if (min === undefined || max === undefined || max >= largest) return null;
  return max - min + 1 === fitting.length ? { min, max } : null;
}
