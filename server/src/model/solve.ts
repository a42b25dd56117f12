/** Sizes of an input from the equations that a run with symbols left open: `256·(H//8)·(W//8) = 4096`. */
import { type Dim, type Equation, keyOf, solveFor, substitute, symbolsOf } from "../algebra/index.ts";
import type { Template } from "./consumers.ts";

export interface Solution {
  readonly sizes: ReadonlyMap<number, Dim>;
  /** All sizes around the chosen one that would fit, for the hover: "32 to 39 would fit". */
  readonly range: { readonly min: number; readonly max: number } | null;
}

const usualSizes = [28, 32, 64, 96, 128, 224, 256, 299, 384, 512];
const usualChannels = [3, 1];
const largest = 1100;

/**
 * Decides the open sizes of a template. Only sizes that the equations pin down, to one range without gaps, are decided:
 * "divisible by 16" is a condition, not a size. Square inputs are preferred. null where nothing is decided.
 */
export function solveInput(template: Template, equations: readonly Equation[]): Solution | null {
  const mentioned = new Set(
    equations.flatMap(({ left, right }) => [...symbolsOf(left), ...symbolsOf(right)]).map(({ id }) => id),
  );
  const spatial = template.spatial.filter((size) => symbolsOf(size).some(({ id }) => mentioned.has(id)));
  const [square] = spatial;
  const first = square === undefined ? undefined : symbolsOf(square)[0];
  if (!first || square === undefined) return null;
  const group = spatial.flatMap((size) => symbolsOf(size));
  const asSquare = new Map<number, Dim>(group.slice(1).map(({ id }) => [id, square]));
  const channel = template.channels === null ? undefined : symbolsOf(template.channels)[0];
  const ids = new Set([first.id, ...(channel ? [channel.id] : [])]);
  const open = equations
    .map(({ left, right }) => ({ left: substitute(left, asSquare), right: substitute(right, asSquare) }))
    .filter((equation) => {
      const symbols = [...symbolsOf(equation.left), ...symbolsOf(equation.right)];
      return symbols.length > 0 && symbols.every(({ id }) => ids.has(id));
    });
  if (open.length === 0) return null;
  for (const c of channel ? usualChannels : [null]) {
    const known = channel && c !== null ? new Map<number, Dim>([[channel.id, c]]) : new Map<number, Dim>();
    const rest = open.map(({ left, right }) => ({ left: substitute(left, known), right: substitute(right, known) }));
    const range = pinned(fittingSizes(rest, first.id));
    if (!range) continue;
    const size = chosen(range);
    if (size === null) continue;
    return { sizes: new Map<number, Dim>([...known, ...group.map(({ id }) => [id, size] as [number, Dim])]), range };
  }
  return null;
}

const everySize = Array.from({ length: largest }, (_, i) => i + 1);
let known = new Map<string, readonly number[]>();

/** All sizes that fit. The same equations come back with every keystroke elsewhere, and are not tried again. */
function fittingSizes(equations: readonly Equation[], id: number): readonly number[] {
  const key = `${id}:${equations.map(({ left, right }) => `${keyOf(left)}=${keyOf(right)}`).join(";")}`;
  let sizes = known.get(key);
  if (sizes === undefined) {
    sizes = solveFor(equations, id, everySize);
    if (known.size > 200) known = new Map();
    known.set(key, sizes);
  }
  return sizes;
}

/** The one size that fits, or of several the one that images usually have. */
function chosen({ min, max }: { readonly min: number; readonly max: number }): number | null {
  if (min === max) return min;
  const [usual, another] = usualSizes.filter((size) => size >= min && size <= max);
  return usual === undefined || another !== undefined ? null : usual;
}

/** The range of sizes that fit, where they are one range that ends. */
function pinned(fitting: readonly number[]): { min: number; max: number } | null {
  const [min] = fitting;
  const max = fitting.at(-1);
  if (min === undefined || max === undefined || max >= largest) return null;
  return max - min + 1 === fitting.length ? { min, max } : null;
}
