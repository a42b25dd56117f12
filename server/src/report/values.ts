/** Tensors bound to names, for `inspect --json`: a row a place, with every different result. */
import type { Analysis } from "../workspace/analysis.ts";
import { holdsTensor, valueShape } from "./facts.ts";
import { rangeOf } from "./hints.ts";
import type { ValueRow, ValueShape } from "./types.ts";

export function valuesOf(analysis: Analysis): ValueRow[] {
  const rows = new Map<string, { row: ValueRow; shapes: ValueShape[]; seen: Set<string> }>();
  for (const { kind, site, name, value } of analysis.tensors) {
    if (kind !== "assigned" || !holdsTensor(value)) continue;
    const range = rangeOf(site);
    const key = `${range.start}-${name}`;
    let entry = rows.get(key);
    if (!entry) {
      const shapes: ValueShape[] = [];
      entry = { row: { range, name, shapes }, shapes, seen: new Set() };
      rows.set(key, entry);
    }
    const shape = valueShape(value);
    const text = JSON.stringify(shape);
    if (!entry.seen.has(text)) {
      entry.seen.add(text);
      entry.shapes.push(shape);
    }
  }
  return [...rows.values()].map(({ row }) => row).sort((a, b) => a.range.start - b.range.start);
}
