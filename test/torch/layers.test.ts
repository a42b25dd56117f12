/**
 * Replays the calls of `layers.json`, recorded from real PyTorch, through the layer rules: weights, buffers and outputs
 * must be exactly PyTorch's, what PyTorch accepts is never flagged, and nearly all that it refuses is.
 */
import { expect, test } from "vitest";
import { evaluate, type Shape, symbol, symbolsOf } from "../../server/src/algebra/index.ts";
import { bind, Tensor, Undecided, Violation } from "../../server/src/frameworks/rules/index.ts";
import { compute } from "./compute.ts";
import { jsonReader } from "./json-reader.ts";
import { bindConstructor, describeRow, encode, entryOf, isRefusal, judge, layerRows, same } from "./layers-rows.ts";

test("layers are those of PyTorch", () => {
  const tally = new Map<string, Tally>();
  const complaints: string[] = [];
  for (const row of layerRows) {
    const count = tally.get(row[0]) ?? { exact: 0, flagged: 0, missed: 0, unknown: 0 };
    tally.set(row[0], count);
    const verdict = judge(row);
    count[verdict.kind === "wrong" ? "exact" : verdict.kind] += verdict.kind === "wrong" ? 0 : 1;
    if (verdict.kind === "wrong" || process.env.SHOW === verdict.kind) complaints.push(describeRow(row, verdict.why));
  }
  console.log(table(tally));
  const total = [...tally.values()].reduce(sum);
  expect(complaints.slice(0, 40)).toEqual([]);
  expect(layerRows.length).toBeGreaterThan(5500);
  expect(total.exact / (total.exact + total.unknown)).toBeGreaterThan(0.998);
  expect(total.flagged / (total.flagged + total.missed)).toBeGreaterThan(0.95);
});

test("with symbols for the input's sizes, outputs are the same formulas", () => {
  const complaints: string[] = [];
  let told = 0;
  for (const row of layerRows) {
    const [name, args, kwargs, inputs, , , result] = row;
    // Of what has no elements PyTorch asks less, which a symbol does not tell.
    if (isRefusal(result) || JSON.stringify(inputs).includes('"tensor":[0')) continue;
    const entry = entryOf(name);
    const sizes = new Map<number, number>();
    const x = withSymbols(bind(name, entry.forwardParameters, inputs, new Map(), jsonReader), sizes);
    try {
      const out = entry.rule.output(bindConstructor(entry, args, kwargs) as never, x as never);
      const values = valuesOf(encode(out), sizes);
      if (values === null) continue;
      if (same(values, result)) told += 1;
      else complaints.push(describeRow(row, `gives ${JSON.stringify(values)}`));
    } catch (thrown) {
      if (thrown instanceof Violation) complaints.push(describeRow(row, thrown.message));
      else if (!(thrown instanceof Undecided)) throw thrown;
    }
  }
  expect(complaints).toEqual([]);
  expect(told).toBeGreaterThan(3000);
});

test("every weighted layer tells its formula, and its numbers compute to the count", () => {
  const complaints: string[] = [];
  for (const row of layerRows) {
    const [name, args, kwargs, , weights, , result] = row;
    if (weights.length === 0 || isRefusal(result) || name.startsWith("Lazy")) continue;
    const entry = entryOf(name);
    const bound = bindConstructor(entry, args, kwargs);
    const formula = entry.rule.formula?.(bound as never);
    const count = weights.reduce((total, [, shape]) => total + shape.reduce((a, b) => a * b, 1), 0);
    if (formula === undefined || compute(formula.numbers) !== count) {
      complaints.push(describeRow(row, `${formula?.numbers} is not ${count}`));
    }
    entry.rule.essentials?.(bound as never);
  }
  expect(complaints).toEqual([]);
});

test("the size arithmetic computes to the size it states", () => {
  const complaints: string[] = [];
  for (const row of layerRows) {
    const [name, args, kwargs, inputs] = row;
    const entry = entryOf(name);
    if (judge(row).kind !== "exact" || entry.rule.arithmetic === undefined) continue;
    const x = bind(name, entry.forwardParameters, inputs, new Map(), jsonReader);
    for (const line of entry.rule.arithmetic(bindConstructor(entry, args, kwargs) as never, x as never)) {
      const match = /^[\w ]+: (.+) = (-?\d+)$/.exec(line);
      if (match === null) complaints.push(describeRow(row, line));
      else if (!line.includes("ceil") && !("output_size" in x && x.output_size !== null)) {
        if (compute(match[1] ?? "") !== Number(match[2])) complaints.push(describeRow(row, line));
      }
    }
  }
  expect(complaints).toEqual([]);
});

interface Tally {
  exact: number;
  flagged: number;
  missed: number;
  unknown: number;
}

/** The same arguments with a symbol for every size of every tensor, whose values go to `sizes`. */
function withSymbols(value: unknown, sizes: Map<number, number>): unknown {
  if (value instanceof Tensor) {
    const shape = value.shape.map((size, i) => {
      const unknown = symbol(`s${i}`, "replayed with symbols", { min: Math.min(1, size as number) });
      for (const info of symbolsOf(unknown)) sizes.set(info.id, size as number);
      return unknown;
    });
    return new Tensor(shape, value.dtype);
  }
  if (Array.isArray(value)) return value.map((item) => withSymbols(item, sizes));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withSymbols(item, sizes)]));
}

/** An encoded output with the values of its symbols put in; null where one of them is none of the input's. */
function valuesOf(encoded: unknown, sizes: ReadonlyMap<number, number>): unknown {
  if (Array.isArray(encoded)) {
    const items = encoded.map((item) => valuesOf(item, sizes));
    return items.includes(null) ? null : items;
  }
  const { tensor, dtype } = encoded as { tensor: Shape; dtype: string };
  if (tensor.some((size) => symbolsOf(size).some((info) => !sizes.has(info.id)))) return null;
  return { tensor: tensor.map((size) => Number(evaluate(size, sizes))), dtype };
}

function table(tally: ReadonlyMap<string, Tally>): string {
  const line = (name: string, t: Tally) =>
    [name.padEnd(28), ...[t.exact, t.flagged, t.missed, t.unknown].map((n) => String(n).padStart(8))].join("");
  const lines = [...tally].map(([name, count]) => line(name, count));
  const header = ["".padEnd(28), ...["exact", "flagged", "missed", "unknown"].map((word) => word.padStart(8))].join("");
  return [header, ...lines, line("all", [...tally.values()].reduce(sum))].join("\n");
}

function sum(a: Tally, b: Tally): Tally {
  return {
    exact: a.exact + b.exact,
    flagged: a.flagged + b.flagged,
    missed: a.missed + b.missed,
    unknown: a.unknown + b.unknown,
  };
}
