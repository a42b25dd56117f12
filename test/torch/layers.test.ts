/**
 * Replays the calls of `layers.json`, recorded from real PyTorch, through the layer rules: weights, buffers and outputs
 * must be exactly PyTorch's, what PyTorch accepts is never flagged, and nearly all that it refuses is.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { evaluate, type Shape, symbol, symbolsOf } from "../../server/src/algebra/index.ts";
import {
  bind,
  type DType,
  type LayerEntry,
  type Out,
  Tensor,
  Undecided,
  Violation,
} from "../../server/src/frameworks/rules/index.ts";
import "../../server/src/frameworks/torch/rules/layers/index.ts";
import { torchRules } from "../../server/src/frameworks/torch/rules/table.ts";
import { type Json, jsonReader } from "./json-reader.ts";

type Row = readonly [
  name: string,
  args: readonly Json[],
  kwargs: Readonly<Record<string, Json>>,
  inputs: readonly Json[],
  weights: readonly (readonly [string, readonly number[]])[],
  buffers: readonly (readonly [string, readonly number[], string])[],
  result: Json | { readonly error: string; readonly at: string },
];

const rows: readonly Row[] = JSON.parse(readFileSync(new URL("layers.json", import.meta.url), "utf8"));

test("layers are those of PyTorch", () => {
  const tally = new Map<string, Tally>();
  const complaints: string[] = [];
  for (const row of rows) {
    const count = tally.get(row[0]) ?? { exact: 0, flagged: 0, missed: 0, unknown: 0 };
    tally.set(row[0], count);
    const verdict = judge(row);
    count[verdict.kind === "wrong" ? "exact" : verdict.kind] += verdict.kind === "wrong" ? 0 : 1;
    if (verdict.kind === "wrong" || process.env.SHOW === verdict.kind) complaints.push(describe(row, verdict.why));
  }
  console.log(table(tally));
  const total = [...tally.values()].reduce(sum);
  expect(complaints).toEqual([]);
  expect(rows.length).toBeGreaterThan(1500);
  expect(total.unknown).toBe(0);
  expect(total.flagged / (total.flagged + total.missed)).toBeGreaterThan(0.9);
});

test("with symbols for the input's sizes, outputs are the same formulas", () => {
  const complaints: string[] = [];
  let told = 0;
  for (const row of rows) {
    const [name, args, kwargs, inputs, , , result] = row;
    if (isRefusal(result)) continue;
    const entry = entryOf(name);
    const sizes = new Map<number, number>();
    const x = withSymbols(bind(name, entry.forwardParameters, inputs, new Map(), jsonReader), sizes);
    try {
      const out = entry.rule.output(bindConstructor(entry, args, kwargs) as never, x as never);
      const values = valuesOf(encode(out), sizes);
      if (values === null) continue;
      if (same(values, result)) told += 1;
      else complaints.push(describe(row, `gives ${JSON.stringify(values)}`));
    } catch (thrown) {
      if (thrown instanceof Violation) complaints.push(describe(row, thrown.message));
      else if (!(thrown instanceof Undecided)) throw thrown;
    }
  }
  expect(complaints).toEqual([]);
  expect(told).toBeGreaterThan(2000);
});

test("every weighted layer tells its formula, and its numbers compute to the count", () => {
  const complaints: string[] = [];
  for (const row of rows) {
    const [name, args, kwargs, , weights, , result] = row;
    if (weights.length === 0 || isRefusal(result)) continue;
    const entry = entryOf(name);
    const bound = bindConstructor(entry, args, kwargs);
    const formula = entry.rule.formula?.(bound as never);
    const count = weights.reduce((total, [, shape]) => total + shape.reduce((a, b) => a * b, 1), 0);
    if (formula === undefined || compute(formula.numbers) !== count) {
      complaints.push(describe(row, `${formula?.numbers} is not ${count}`));
    }
    entry.rule.essentials?.(bound as never);
  }
  expect(complaints).toEqual([]);
});

test("the size arithmetic computes to the size it states", () => {
  const complaints: string[] = [];
  for (const row of rows) {
    const [name, args, kwargs, inputs, , , result] = row;
    const entry = entryOf(name);
    if (isRefusal(result) || entry.rule.arithmetic === undefined) continue;
    const x = bind(name, entry.forwardParameters, inputs, new Map(), jsonReader);
    for (const line of entry.rule.arithmetic(bindConstructor(entry, args, kwargs) as never, x as never)) {
      const match = /^[\w ]+: (.+) = (-?\d+)$/.exec(line);
      if (match === null) complaints.push(describe(row, line));
      else if (!line.includes("ceil") && !("output_size" in x && x.output_size !== null)) {
        if (compute(match[1] ?? "") !== Number(match[2])) complaints.push(describe(row, line));
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
type Verdict = { readonly kind: keyof Tally | "wrong"; readonly why: string };

function judge(row: Row): Verdict {
  const [name, args, kwargs, inputs, weights, buffers, result] = row;
  const refused = isRefusal(result);
  try {
    const entry = entryOf(name);
    const a = bindConstructor(entry, args, kwargs) as never;
    entry.rule.check?.(a);
    const lazy = name.startsWith("Lazy");
    if (!lazy && (!refused || result.at === "call")) {
      const ours = Object.entries(entry.rule.weights?.(a) ?? {}).filter(([, shape]) => Array.isArray(shape));
      if (!same(ours, weights)) return { kind: "wrong", why: `weights ${JSON.stringify(ours)}` };
      const kept = Object.entries(entry.rule.buffers?.(a) ?? {}).flatMap(([key, value]) => describeBuffer(key, value));
      if (!same(kept, buffers)) return { kind: "wrong", why: `buffers ${JSON.stringify(kept)}` };
    }
    const x = bind(name, entry.forwardParameters, inputs, new Map(), jsonReader) as never;
    const out = entry.rule.output(a, x);
    if (refused) return { kind: "missed", why: `gives ${JSON.stringify(encode(out))}` };
    if (!same(encode(out), result)) return { kind: "wrong", why: `gives ${JSON.stringify(encode(out))}` };
    const macs = entry.rule.macs?.(a, x, out as never);
    if (macs !== undefined && !(Number.isInteger(macs) && (macs as number) >= 0)) {
      return { kind: "wrong", why: `${JSON.stringify(macs)} multiply-accumulates` };
    }
    return { kind: "exact", why: "" };
  } catch (thrown) {
    if (thrown instanceof Violation) return { kind: refused ? "flagged" : "wrong", why: thrown.message };
    if (thrown instanceof Undecided) return { kind: "unknown", why: thrown.why };
    throw thrown;
  }
}

function entryOf(name: string): LayerEntry {
  const entry = torchRules.layers.get(`torch.nn.${name}`);
  if (entry === undefined) throw new Error(`no rule for ${name}`);
  return entry;
}

function bindConstructor(entry: LayerEntry, args: readonly Json[], kwargs: Readonly<Record<string, Json>>) {
  return bind(entry.name, entry.parameters, args, new Map(Object.entries(kwargs)), jsonReader);
}

function isRefusal(result: Row[6]): result is { readonly error: string; readonly at: string } {
  return typeof result === "object" && result !== null && "error" in result;
}

/** Buffers of losses are the weights that they were given; their dtype does not matter here. */
function describeBuffer(name: string, value: Shape | { shape: Shape; dtype: DType } | null | false): unknown[] {
  if (value === null || value === false) return [];
  return "shape" in value ? [[name, value.shape, value.dtype]] : [[name, value, "float32"]];
}

function encode(out: Out): unknown {
  if (out instanceof Tensor) return { tensor: out.shape, dtype: out.dtype };
  if (Array.isArray(out)) return out.map(encode);
  throw new Error(`an output that no layer of the rows has: ${JSON.stringify(out)}`);
}

function same(ours: unknown, theirs: unknown): boolean {
  return JSON.stringify(ours) === JSON.stringify(theirs);
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

function describe([name, args, kwargs, inputs, , , result]: Row, why: string): string {
  return `${name}(${JSON.stringify(args)}, ${JSON.stringify(kwargs)})(${JSON.stringify(inputs)}) = ${JSON.stringify(result)}; ${why}`;
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

/** The value of a formula: integers, `+ − × · /` and `//` (which rounds down), parentheses. */
function compute(text: string): number {
  const tokens = text.match(/\d+|\/\/|[+−×·/()]/g) ?? [];
  let position = 0;
  const operand = (): number => {
    const token = tokens[position++];
    if (token !== "(") return Number(token);
    const value = chain(sums, product);
    position++;
    return value;
  };
  const chain = (operators: Operators, next: () => number): number => {
    let value = next();
    for (;;) {
      const apply = operators[tokens[position] ?? ""];
      if (apply === undefined) return value;
      position++;
      value = apply(value, next());
    }
  };
  const product = () => chain(products, operand);
  return chain(sums, product);
}

type Operators = Readonly<Record<string, (a: number, b: number) => number>>;
const sums: Operators = { "+": (a, b) => a + b, "−": (a, b) => a - b };
const products: Operators = {
  "×": (a, b) => a * b,
  "·": (a, b) => a * b,
  "/": (a, b) => a / b,
  "//": (a, b) => Math.floor(a / b),
};
