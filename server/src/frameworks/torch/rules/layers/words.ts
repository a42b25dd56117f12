/** How layers put their arguments into words: for formulas, size arithmetic and the essentials of a constructor. */
import { type Dim, eq, format, type Shape } from "../../../../algebra/index.ts";
import type { Formula } from "../../../rules/index.ts";

/** A size inside of a product: sums get parentheses. */
export function factor(size: Dim): string {
  const text = format(size);
  return text.includes(" ") ? `(${text})` : text;
}

/** `3 × 3 × 64`. */
export function times(...factors: readonly (Dim | string)[]): string {
  return factors.map((f) => (typeof f === "string" ? f : factor(f))).join(" × ");
}

/** `3×3`, as people call a window. */
export function windowText(sizes: Shape): string {
  return sizes.map(format).join("×");
}

/** One number where all are the same, else all: `2`, `2×1`. */
export function compact(sizes: Shape): string {
  const [first] = sizes;
  return first !== undefined && sizes.every((size) => eq(size, first) === true) ? format(first) : windowText(sizes);
}

/** Whether every size surely is that number. */
export function allAre(sizes: Shape, value: number): boolean {
  return sizes.every((size) => eq(size, value) === true);
}

/** Non-empty parts joined by commas. */
export function phrase(...parts: readonly (string | false | null)[]): string {
  return parts.filter((part) => part !== false && part !== null && part !== "").join(", ");
}

/** `symbols` and `numbers` of `(inputs + 1) × outputs`, without the `+ 1` where there is no bias. */
export function affine(
  inputs: { readonly symbols: string; readonly numbers: string },
  outputs: { readonly symbols: string; readonly numbers: string },
  bias: boolean,
): Formula {
  const one = (text: string) => (bias ? `(${/[ ]/.test(text) ? `(${text})` : text} + 1)` : text);
  return {
    symbols: `${one(inputs.symbols)} × ${outputs.symbols}`,
    numbers: `${one(inputs.numbers)} × ${outputs.numbers}`,
  };
}

/** What a window spans, in symbols. */
export function extentSymbols(dilation: Shape): string {
  return allAre(dilation, 1) ? "kernel" : "(dilation·(kernel − 1) + 1)";
}

/** Names of spatial dimensions, the last `count` of D, H, W; a single one is L. */
export function spatialNames(count: number): readonly string[] {
  return count === 1 ? ["L"] : ["D", "H", "W"].slice(3 - count);
}
