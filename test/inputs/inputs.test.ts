/**
 * Model files without a hint of an input: what is found for it, and what follows, holds in real PyTorch.
 *
 * For each of five inputs that PyTorch was given, the input that is shown must be that one with numbers in place of its
 * symbols, and so must be the output and what every layer gives. Where a size was solved, all sizes that are said to fit
 * must fit, and the one before and the one behind them must not; where it stays open, what the model is said to need must
 * be what it needs. `test/recorders/record_inputs.py` recorded the truth.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import type { ModelSummary } from "../../server/src/report/types.ts";
import { reportFile } from "../harness.ts";
import { bindSizes, withSizes } from "../models/sizes.ts";
import { plain } from "../models/truth.ts";

interface Truth {
  readonly file: string;
  readonly model: string;
  readonly runs: readonly {
    readonly inputs: Readonly<Record<string, readonly number[]>>;
    readonly output: unknown;
    readonly layers: Readonly<Record<string, unknown>>;
  }[];
  /** Square sizes that the model takes. */
  readonly fitting?: readonly (readonly [number, number])[];
}

const truths: readonly Truth[] = JSON.parse(readFileSync(new URL("truth.json", import.meta.url), "utf8"));
const agreeing: { file: string; source: string; shapes: number }[] = [];

describe.each(truths)("$file: $model", ({ file, model, runs, fitting }) => {
  test("what is found holds for every size", { timeout: 20_000 }, async () => {
    const report = await reportFile(fileURLToPath(new URL(`models/${file}`, import.meta.url)));
    expect(report.diagnostics).toEqual([]);
    const said = report.models.find(({ id }) => id === model);
    if (said === undefined) return expect.fail(`no model ${model} in the report`);
    expect(runs.flatMap((run) => disagreements(run, said))).toEqual([]);
    if (fitting !== undefined && said.inputSource === "solved") expect(fitting).toContainEqual(rangeOf(said));
    if (fitting !== undefined && said.inputSource === "symbolic") expect(neededOf(said)).toEqual(sizesIn(fitting));
    agreeing.push({ file, source: said.inputSource, shapes: said.layers.length * runs.length });
  });
});

afterAll(() => {
  const files = new Set(agreeing.map(({ file }) => file));
  const solved = agreeing.filter(({ source }) => source === "solved").length;
  const shapes = agreeing.reduce((sum, each) => sum + each.shapes, 0);
  process.stdout.write(
    `inputs: ${files.size} of ${new Set(truths.map(({ file }) => file)).size} files without a hint agree with PyTorch ` +
      `on 5 sizes each (${agreeing.length} models, ${solved} solved, ${shapes} shapes of layers)\n`,
  );
});

function disagreements(run: Truth["runs"][number], said: ModelSummary): string[] {
  const sizes = new Map<string, number>();
  const unbound = Object.entries(run.inputs).filter(([name, truth]) => {
    const shape = plain(said.inputs.find((input) => input.name === name)?.value ?? null);
    return !Array.isArray(shape) || !bindSizes(truth, shape, sizes);
  });
  if (unbound.length > 0) return [`input ${JSON.stringify(unbound)}, said ${JSON.stringify(said.inputs)}`];
  const differs = (name: string, truth: unknown, shape: unknown): string[] => {
    const found = withSizes(shape, sizes);
    const expected = JSON.stringify(truth);
    return JSON.stringify(found) === expected ? [] : [`${name}: PyTorch ${expected}, said ${JSON.stringify(found)}`];
  };
  return [
    ...differs("output", run.output, plain(said.output)),
    ...said.layers.flatMap(({ name, output }) => differs(name, run.layers[name] ?? null, plain(output))),
  ];
}

/** The square sizes that a model is said to need: "H and W divisible by 16", "H and W of at least 16". */
function neededOf({ notes }: ModelSummary): number[] {
  const needs = notes.find((note) => note.startsWith("The model needs "));
  const step = Number(/divisible by (\d+)/.exec(needs ?? "")?.[1] ?? 1);
  const least = Number(/at least (\d+)/.exec(needs ?? "")?.[1] ?? step);
  return Array.from({ length: largest }, (_, i) => i + 1).filter((size) => size % step === 0 && size >= least);
}

/** As far as the recorder tried. */
const largest = 400;

function sizesIn(ranges: NonNullable<Truth["fitting"]>): number[] {
  return ranges.flatMap(([min, max]) => Array.from({ length: max - min + 1 }, (_, i) => min + i));
}

/** The sizes that are said to fit; where nothing is said of others, the one that is shown. */
function rangeOf({ notes, inputs }: ModelSummary): [number, number] {
  const told = notes.map((note) => /(\d+) to (\d+) would fit/.exec(note)).find((match) => match !== null);
  if (told) return [Number(told[1]), Number(told[2])];
  const [first] = inputs;
  const shape = plain(first?.value ?? null);
  const size = Array.isArray(shape) ? Number(shape.at(-1)) : Number.NaN;
  return [size, size];
}
