/**
 * Replays the recorded calls of layers as Python source through the interpreter: what the rules say must arrive with the
 * user, and what takes several layers or steps (`layers_composed.json`) has no other way.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compute } from "./compute.ts";
import type { Json } from "./json-reader.ts";
import { isRefusal, type LayerRow, layerRows, rowsFolder, uncounted } from "./layers-rows.ts";
import { type PythonCase, type PythonResult, runCases } from "./python-runner.ts";

type ComposedRow = readonly [
  name: string,
  build: string,
  expression: string,
  weights: LayerRow[4],
  buffers: LayerRow[5],
  modules: readonly (readonly [string, string])[],
  result: LayerRow[6],
  macs?: number,
];

/** What both kinds of rows tell. */
interface Recorded extends PythonCase {
  readonly name: string;
  readonly weights: LayerRow[4];
  readonly buffers: LayerRow[5];
  readonly modules: ComposedRow[5] | null;
  readonly result: LayerRow[6];
  readonly macs: number;
}

const composed: readonly ComposedRow[] = JSON.parse(readFileSync(join(rowsFolder, "layers_composed.json"), "utf8"));

test("layers of layers, containers and packed sequences are those of PyTorch", { timeout: 60_000 }, () => {
  check(
    composed.map(([name, build, expression, weights, buffers, modules, result, macs = 0]) => ({
      name,
      build,
      expression,
      weights,
      buffers,
      modules,
      result,
      macs,
    })),
    { exact: 0.99, flagged: 0.9 },
  );
});

test("what the rules say of a layer arrives in the code that calls it", { timeout: 60_000 }, () => {
  check(
    layerRows.map(([name, args, kwargs, inputs, weights, buffers, result, macs = 0]) => ({
      name,
      build: `nn.${name}(${[...args.map(python), ...Object.entries(kwargs).map(([key, value]) => `${key}=${python(value)}`)].join(", ")}).eval()`,
      expression: `layer(${inputs.map(python).join(", ")})`,
      weights,
      buffers,
      modules: null,
      result,
      macs,
    })),
    { exact: 0.99, flagged: 0.9 },
  );
});

test("every class of torch.nn is known", () => {
  const names: readonly string[] = JSON.parse(readFileSync(join(import.meta.dirname, "layers_names.json"), "utf8"));
  const results = runCases(names.map((name) => ({ build: "nn.Identity()", expression: `nn.${name}` })));
  expect(names.filter((_, i) => results[i]?.result !== "? a class")).toEqual([]);
  expect(names.length).toBe(163);
});

const kinds = ["exact", "unknown", "flagged", "missed", "wrong"] as const;
type Kind = (typeof kinds)[number];

function check(rows: readonly Recorded[], least: { readonly exact: number; readonly flagged: number }): void {
  const tally = new Map<string, Record<Kind, number>>();
  const complaints: string[] = [];
  const results = runCases(rows);
  for (const [i, row] of rows.entries()) {
    const [kind, why] = judge(row, results[i] as PythonResult);
    const count = tally.get(row.name) ?? { exact: 0, unknown: 0, flagged: 0, missed: 0, wrong: 0 };
    tally.set(row.name, count);
    count[kind] += 1;
    if (kind === "wrong" || process.env.SHOW === kind) {
      complaints.push(`${row.build}: ${row.expression} = ${JSON.stringify(row.result)}; ${why}`);
    }
  }
  const total = (kind: Kind): number => [...tally.values()].reduce((sum, count) => sum + count[kind], 0);
  const all = Object.fromEntries(kinds.map((kind) => [kind, total(kind)]));
  console.table({ ...(tally.size < 40 ? Object.fromEntries(tally) : {}), all });
  expect(complaints).toEqual([]);
  expect(total("exact") / (total("exact") + total("unknown"))).toBeGreaterThan(least.exact);
  expect(total("flagged") / (total("flagged") + total("missed"))).toBeGreaterThan(least.flagged);
}

function judge(row: Recorded, ours: PythonResult): [Kind, string] {
  if (isRefusal(row.result))
    return ours.findings.length > 0 ? ["flagged", ""] : ["missed", JSON.stringify(ours.result)];
  if (ours.findings.length > 0) return ["wrong", ours.findings.join("; ")];
  if (ours.raised !== null) return ["wrong", ours.raised];
  for (const [ourFact, theirs] of [
    [ours.layer?.weights, row.weights],
    [ours.layer?.buffers, row.buffers],
    [ours.layer?.modules, row.modules],
    [ours.result, row.result],
    [ours.macs, row.macs],
  ] as const) {
    if (theirs === null && ourFact !== ours.result) continue;
    if (ourFact === ours.macs && (uncounted.has(row.name) || ours.macs === null)) continue;
    const [a, b] = [JSON.stringify(ourFact), JSON.stringify(theirs)];
    if (a !== b) return [a?.includes('"?') ? "unknown" : "wrong", `${a}, not ${b}`];
  }
  const count = row.weights.reduce((sum, [, shape]) => sum + shape.reduce((a, b) => a * b, 1), 0);
  const numbers = ours.layer?.formula?.numbers;
  if (count > 0 && (numbers === undefined ? !containers.has(row.name) : compute(numbers) !== count)) {
    return ["wrong", `${numbers} is not ${count}`];
  }
  return ["exact", ""];
}

/** Their parts are all there is to say of them. */
const containers = new Set(["Sequential", "ModuleList", "ModuleDict", "ParameterList", "Container", "DataParallel"]);

/** The source of a recorded argument. */
function python(value: Json): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number" || typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `(${value.map((item) => `${python(item)},`).join(" ")})`;
  if ("tensor" in value)
    return `torch.zeros((${value.tensor.map((size) => `${size},`).join(" ")}), dtype=torch.${value.dtype})`;
  if ("float" in value) return typeof value.float === "number" ? value.float.toFixed(1) : `float("${value.float}")`;
  return "dtype" in value ? `torch.${value.dtype}` : "None";
}
