/** Models that are cut out of others: feature extractors that are traced, and models that end at a layer. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { torchvisionPackages } from "../../scripts/lib/setup.mjs";
import type { Shape } from "../models/truth.ts";
import { openZoo, replay } from "./replay.ts";
import type { BuilderTruth } from "./truth.ts";

type Row = readonly [name: string, type: string, params: number, own: number, output: Shape];

interface Recorded {
  readonly name: string;
  readonly text: string;
  readonly params: number;
  readonly trainable: number;
  readonly buffers: number;
  readonly input: readonly number[];
  readonly modules: readonly Row[];
}

const recorded = JSON.parse(readFileSync(new URL("features.json", import.meta.url), "utf8")) as {
  readonly models: readonly Recorded[];
};

test.each(recorded.models)("$name", { timeout: 60_000 }, async ({ name, text, modules: rows, input, ...counts }) => {
  const modules = rows.map(([name, type, params, own, output]) => ({ name, type, params, own, output }));
  const truth: BuilderTruth = {
    ...counts,
    builder: "extractor",
    module: "",
    function: name,
    kwargs: {},
    call: { inputs: [input], output: modules[0]?.output ?? null, flops: null },
    modules,
  };
  const { complaints, findings } = await replay(await openZoo(torchvisionPackages), truth, text);
  expect(complaints).toEqual([]);
  expect(findings).toEqual([]);
});
