/**
 * Counts, sizes and shapes in words, for everything that the client shows or copies: the spelling that all windows
 * share, and what only a panel needs.
 */

import type { Count, ShapeFact, ValueShape } from "../../../server/src/report/types.ts";
import * as words from "../../../server/src/report/words.ts";

export {
  compact,
  grouped,
  inputSourceText,
  inputsText,
  percent,
  shapeText,
  shortType,
} from "../../../server/src/report/words.ts";

/** A count in full; `?` where it is unknown (`reasonOf` tells why), nothing where there is none. */
export function countText(count: Count | null): string {
  return count === null ? "" : words.countText(count);
}

/** A shape, or the shapes of a nested value; nothing where there is none. */
export function valueText(value: ValueShape | null): string {
  return value === null ? "" : words.valueText(value);
}

export function reasonOf(fact: Count | ShapeFact | null): string | null {
  return typeof fact === "object" && fact !== null && "unknown" in fact ? fact.unknown : null;
}

/** The number behind a count that is one. */
export function exact(count: Count | null): number | null {
  return typeof count === "number" ? count : null;
}

/** A layer's own weights, a line each: `weight (64, 3, 7, 7)`. */
export function weightsText(weights: Readonly<Record<string, ShapeFact>>): string {
  return Object.entries(weights)
    .map(([name, shape]) => `${name} ${words.shapeText(shape)}`)
    .join("\n");
}

/** Megabytes of a million bytes, as torchinfo prints them: `0.57 MB`, `44.6 MB`. */
export function megabytes(bytes: number): string {
  const value = bytes / 1e6;
  if (bytes > 0 && value < 0.005) return "<0.01 MB";
  return `${value < 9.995 ? value.toFixed(2) : tenths(value)} MB`;
}

/** `1,234.6`. */
function tenths(value: number): string {
  const [whole = "", tenth = ""] = value.toFixed(1).split(".");
  return `${words.grouped(Number(whole))}.${tenth}`;
}
