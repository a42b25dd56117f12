/**
 * Whole models against real PyTorch: every count, weight, output shape and assigned tensor of the files in this folder.
 *
 * Five questions a file, and a project of several. Is what `summary` says of each recorded case exact? Is what the file's own report says of its
 * models, with symbols for the sizes that the file leaves open, exact once the sizes of a case are put in? Is any shape
 * that it shows of an assigned tensor one that PyTorch never had there? Does it find fault with what runs? And does it
 * say something of every tensor that a reader of the file could know? `test/recorders` says how the truth was recorded.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { FileReport, LayerRow, ModelSummary, ValueRow } from "../../server/src/report/types.ts";
import { reportFile, summarizeFile } from "../harness.ts";
import { bindSizes, withSizes } from "./sizes.ts";
import {
  type FileTruth,
  fits,
  inputSizes,
  judge,
  type LayerTruth,
  pathOf,
  plain,
  readTruths,
  rootsOf,
  saysNothing,
  type TargetTruth,
  type ValueTruth,
  type Verdict,
} from "./truth.ts";

for (const truth of readTruths()) {
  const path = pathOf(truth.file);
  const roots = rootsOf(truth);
  describe(truth.file, () => {
    for (const target of truth.targets) {
      test(`${target.target}: every number is PyTorch's`, async () => {
        const summary = await summarizeFile(path, target.expr, Object.values(target.inputs), roots);
        const facts = factsOf(target, summary);
        expect(complaints(facts), tally(facts)).toEqual([]);
      });
    }

    for (const target of truth.targets.filter((target) => isOfTheFile(target, truth))) {
      test(`${target.target}: the file's report holds for the sizes of the case`, async () => {
        const report = await reportFile(path, roots);
        const summary = report.models.find((model) => model.name === target.expr.replace("()", ""));
        if (summary === undefined) return expect.fail(`no model ${target.expr} in the report`);
        // A class that the file itself builds with arguments is shown as it is built there.
        if (target.expr.endsWith("()") && summary.built !== target.expr) return;
        const facts = symbolicFacts(target, summary).filter((fact) => !isUntold(fact, target));
        expect(complaints(facts), tally(facts)).toEqual([]);
      });
    }

    test("no assigned tensor has a shape that PyTorch never gave it", async () => {
      const rows = rowsByPlace(path, await reportFile(path, roots));
      const wrong = truth.values.flatMap((value) =>
        (rows.get(placeOf(value)) ?? []).flatMap((row) => contradictions(value, row)),
      );
      expect(wrong).toEqual([]);
    });

    test("code that runs has no findings", async () => {
      const files = [truth.file, ...(truth.others ?? [])];
      const reports = await Promise.all(files.map((file) => reportFile(pathOf(file), roots)));
      expect(reports.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    });

    test("every tensor that is assigned is told of", async () => {
      const rows = rowsByPlace(path, await reportFile(path, roots));
      const silent = truth.values.filter((value) => {
        const shapes = (rows.get(placeOf(value)) ?? []).flatMap((row) => row.shapes.map(plain));
        return !value.asked && (shapes.length === 0 || shapes.every(saysNothing));
      });
      const expected = truth.values.filter((value) => !value.asked).length;
      expect(silent.map(placeOf), `${expected - silent.length} of ${expected} told`).toEqual([]);
    });
  });
}

/** Whether the file itself has a model row for the case: a name of it, or a class with nothing but defaults. */
function isOfTheFile(target: TargetTruth, { targets }: FileTruth): boolean {
  const isRow = /^\w+$/.test(target.expr) || target.expr === `${target.type.split(".").at(-1)}()`;
  // Of two calls the report shows the one without optional inputs.
  const inputs = (other: TargetTruth) => Object.keys(other.inputs).length;
  return isRow && !targets.some((other) => other.expr === target.expr && inputs(other) < inputs(target));
}

/** Whether a fact is open that the file does not tell. */
function isUntold({ about, verdict }: Fact, { untold }: TargetTruth): boolean {
  return verdict === "unknown" && untold.includes(about);
}

/** One thing that PyTorch says, beside what we say. */
interface Fact {
  readonly about: string;
  readonly truth: unknown;
  readonly said: unknown;
  readonly verdict: Verdict;
}

function factsOf(truth: TargetTruth, said: ModelSummary): Fact[] {
  return [
    fact("type", truth.type, said.type),
    fact("params", truth.params, said.params),
    fact("trainable", truth.trainable, said.trainable),
    fact("non-trainable", truth.params - truth.trainable, said.nonTrainable),
    fact("buffers", truth.buffers, said.buffers),
    fact("output", truth.output, plain(said.output)),
    ...(truth.flops === null ? [] : [fact("macs", truth.flops / 2, said.macs)]),
    fact("order of layers", truth.layers.map(nameOf), said.layers.map(nameOf)),
    ...truth.layers.flatMap((layer) =>
      layerFacts(
        layer,
        said.layers.find((row) => row.name === layer.name),
      ),
    ),
  ];
}

/** The facts of a report that knows no sizes of inputs. Where the file calls the model otherwise, counts alone. */
function symbolicFacts(truth: TargetTruth, said: ModelSummary): Fact[] {
  const sizes = new Map<string, number>();
  const inputs = Object.entries(truth.inputs).map(([name, text]) => {
    const shape = plain(said.inputs.find((input) => input.name === name)?.value ?? null);
    return { name, text, shape, fit: Array.isArray(shape) && bindSizes(inputSizes(text), shape, sizes) };
  });
  const sameCall = said.inputs.length === inputs.length && inputs.every((input) => input.fit);
  const facts = factsOf(truth, said).filter((f) => f.about !== "macs");
  if (sameCall) {
    return facts.map((f) =>
      /(^order of layers|type)$/.test(f.about) ? f : fact(f.about, f.truth, withSizes(f.said, sizes)),
    );
  }
  const counts = facts.filter((f) => !/output$|calls$/.test(f.about));
  if (["call", "given", "example"].includes(said.inputSource)) return counts;
  return [...counts, ...inputs.filter((i) => !i.fit).map((i) => fact(`input ${i.name}`, inputSizes(i.text), i.shape))];
}

function layerFacts(truth: LayerTruth, said: LayerRow | undefined): Fact[] {
  if (said === undefined) return [{ about: truth.name, truth: truth.type, said: "no such layer", verdict: "wrong" }];
  return [
    fact(`${truth.name}: type`, truth.type, said.type),
    fact(`${truth.name}: params`, truth.params, said.params),
    fact(`${truth.name}: own`, truth.own, said.own),
    fact(`${truth.name}: trainable`, truth.trainable, said.trainable),
    fact(`${truth.name}: weights`, truth.weights, said.weights),
    fact(`${truth.name}: output`, truth.output, plain(said.output)),
    fact(`${truth.name}: calls`, truth.calls, said.calls),
  ];
}

function fact(about: string, truth: unknown, said: unknown): Fact {
  return { about, truth, said, verdict: judge(truth, said) };
}

/** What is not exact, in words; the first dozen are enough to see what is the matter. */
function complaints(facts: readonly Fact[]): string[] {
  const faults = facts.filter((f) => f.verdict !== "exact");
  const lines = faults
    .toSorted((a, b) => Number(b.verdict === "wrong") - Number(a.verdict === "wrong"))
    .slice(0, 12)
    .map((f) => `${f.verdict}: ${f.about}: PyTorch ${JSON.stringify(f.truth)}, ParamLens ${JSON.stringify(f.said)}`);
  return faults.length > lines.length ? [...lines, `and ${faults.length - lines.length} more`] : lines;
}

function tally(facts: readonly Fact[]): string {
  const count = (verdict: Verdict) => facts.filter((f) => f.verdict === verdict).length;
  return `${count("exact")} exact, ${count("wrong")} wrong, ${count("unknown")} unknown`;
}

/** The report's rows by line and name. A name may be bound twice on a line. */
function rowsByPlace(path: string, report: FileReport): Map<string, ValueRow[]> {
  const text = readFileSync(path, "utf8");
  const byPlace = new Map<string, ValueRow[]>();
  for (const row of report.values) {
    const place = placeOf({ line: text.slice(0, row.range.start).split("\n").length, name: row.name });
    byPlace.set(place, [...(byPlace.get(place) ?? []), row]);
  }
  return byPlace;
}

function contradictions(truth: ValueTruth, row: ValueRow): string[] {
  const wrongShapes = row.shapes
    .map(plain)
    .filter((said) => !truth.shapes.some((shape) => fits(shape, said)))
    .map((said) => `${placeOf(truth)}: PyTorch ${JSON.stringify(truth.shapes)}, ParamLens ${JSON.stringify(said)}`);
  const wrongTypes = row.shapes
    .flatMap((said) => (said.kind === "tensor" && said.dtype !== null ? [said.dtype] : []))
    .filter((dtype) => !truth.dtypes.includes(null) && !truth.dtypes.includes(dtype))
    .map((dtype) => `${placeOf(truth)}: PyTorch ${truth.dtypes.join(" or ")}, ParamLens ${dtype}`);
  return [...wrongShapes, ...wrongTypes];
}

function placeOf(value: { readonly line: number; readonly name: string }): string {
  return `line ${value.line}, ${value.name}`;
}

function nameOf(layer: { readonly name: string }): string {
  return layer.name;
}
