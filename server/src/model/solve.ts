/** Sizes of an input from the equations that a run with symbols left open: `256·(H//8)·(W//8) = 4096`. */
import { type Dim, type Equation, solutionRange, solveFor, substitute, symbolsOf } from "../algebra/index.ts";
import type { Template } from "./consumers.ts";

export interface Solution {
  readonly sizes: ReadonlyMap<number, Dim>;
  /** All sizes around the chosen one that would fit, for the hover: "32 to 39 would fit". */
  readonly range: { readonly min: number; readonly max: number } | null;
}

const usualSizes = [28, 32, 64, 96, 128, 224, 256, 299, 384, 512];
const usualChannels = [3, 1];
const largest = 1100;

/** Decides the open sizes of a template; null where nothing is to be decided or nothing fits. */
export function solveInput(template: Template, equations: readonly Equation[]): Solution | null {
  const spatial = template.spatial.flatMap((size) => symbolsOf(size));
  const [first, ...others] = spatial;
  if (!first) return null;
  const [square] = template.spatial;
  const asSquare = new Map(others.map((each) => [each.id, square as Dim]));
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
    const size = solveFor(rest, first.id, [...usualSizes, ...Array.from({ length: largest }, (_, i) => i + 1)])[0];
    if (size === undefined) continue;
    const sizes = new Map<number, Dim>([...known, ...spatial.map(({ id }) => [id, size] as [number, Dim])]);
    return { sizes, range: solutionRange(rest, first.id, largest, size) ?? null };
  }
  return null;
}
