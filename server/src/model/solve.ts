/** Sizes of an input from the equations that a run with symbols left open: `256·(H//8)·(W//8) = 4096`. */
import { type Dim, type Equation, keyOf, solveFor, substitute, symbolsOf } from "../algebra/index.ts";
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
    .map((each) => substituted(each, asSquare))
    .filter((equation) => {
      const symbols = [...symbolsOf(equation.left), ...symbolsOf(equation.right)];
      return symbols.length > 0 && symbols.every(({ id }) => ids.has(id));
    });
  if (open.every(({ atLeast }) => atLeast)) return null;
  for (const c of channel ? usualChannels : [null]) {
    const known = channel && c !== null ? new Map<number, Dim>([[channel.id, c]]) : new Map<number, Dim>();
    const rest = open.map((each) => substituted(each, known));
    const range = pinned(fittingSizes(rest, first.id));
    if (!range) continue;
    const size = spatial.length < template.spatial.length ? side(range) : square(range, c ?? template.channels);
    return { sizes: new Map<number, Dim>([...known, ...group.map(({ id }) => [id, size] as [number, Dim])]), range };
  }
  return null;
}

function substituted({ left, right, atLeast = false }: Equation, sizes: ReadonlyMap<number, Dim>): Equation {
  return { left: substitute(left, sizes), right: substitute(right, sizes), atLeast };
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

function side(range: Range): number {
  return usualSides.find((size) => isWithin(size, range)) ?? range.min;
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
