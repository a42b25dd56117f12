/**
 * Builds each model of torchvision from its sources, as a person's file would, and holds what ParamLens says of it
 * against what PyTorch says: exact, wrong or unknown.
 */
import { readParserAssets } from "../../server/src/node/assets.ts";
import { nodeFiles } from "../../server/src/node/files.ts";
import { parseInputSpec } from "../../server/src/report/index.ts";
import { summaryOf } from "../../server/src/report/summary.ts";
import type { ModelSummary } from "../../server/src/report/types.ts";
import { PythonParser } from "../../server/src/syntax/parser.ts";
import { Program } from "../../server/src/workspace/program.ts";
import { judge, plain, type Verdict } from "../models/truth.ts";
import type { BuilderTruth } from "./truth.ts";

export interface Tally {
  readonly exact: number;
  readonly wrong: number;
  readonly unknown: number;
}

export interface Replay {
  readonly truth: BuilderTruth;
  /** Total, trainable, buffers, and the names, classes, order and counts of all modules. */
  readonly counts: Verdict;
  /** The output of the model, its work, and of each module that was called; null where the recording has no call. */
  readonly output: Verdict | null;
  readonly flops: Verdict | null;
  readonly modules: Tally;
  /** Findings anywhere on the way, in torchvision's files too: the code runs, so each is a false alarm. */
  readonly findings: readonly string[];
  /** What is not exact, worst first, in words. */
  readonly complaints: readonly string[];
}

/** A program that reads torchvision from a folder of installed packages. */
export async function openZoo(packages: string): Promise<Program> {
  const parser = await PythonParser.create(readParserAssets());
  const options = { roots: [workspace], libraries: [packages], inputShapes: {}, batchSymbol: "N" };
  return new Program(parser, nodeFiles, options);
}

/** Holds what `text`, which binds `model`, builds against what PyTorch says of it. */
export async function replay(program: Program, truth: BuilderTruth, text = textOf(truth)): Promise<Replay> {
  const { summary, findings } = await summarize(program, truth, text);
  const counts = countFacts(truth, summary);
  const output = truth.call && fact("output", truth.call.output, plain(summary?.output ?? null));
  const recorded = truth.call?.flops ?? null;
  const flops = recorded === null ? null : fact("flops / 2", recorded / 2, summary?.macs ?? null);
  const modules = moduleOutputs(truth, summary);
  const facts = [...counts, ...(output ? [output] : []), ...(flops ? [flops] : []), ...modules];
  return {
    truth,
    counts: worst(counts),
    output: output?.verdict ?? null,
    flops: flops?.verdict ?? null,
    // What was not called has no output to be exact about, only one to be wrong about.
    modules: tally(modules.filter(({ truth, verdict }) => truth !== null || verdict === "wrong")),
    findings,
    complaints: [...complaints(facts, "wrong"), ...complaints(facts, "unknown")],
  };
}

/** A place that exists nowhere; only the text that is analysed there matters. */
const workspace = "/zoo";

function textOf(truth: BuilderTruth): string {
  const kwargs = Object.entries(truth.kwargs).map(([name, value]) => `, ${name}=${value === null ? "None" : "False"}`);
  return `from ${truth.module} import ${truth.function}\nmodel = ${truth.function}(weights=None${kwargs.join("")})\n`;
}

async function summarize(
  program: Program,
  truth: BuilderTruth,
  text: string,
): Promise<{ readonly summary: ModelSummary | null; readonly findings: readonly string[] }> {
  const specs = (truth.call?.inputs ?? []).map((sizes) => parseInputSpec(sizes.join(",")));
  const { options } = program;
  program.options = { ...options, ...(specs.length > 0 && { inputs: { model: "model", specs } }) };
  try {
    const analysis = await program.analyzeText(`${workspace}/${truth.builder}.py`, text);
    const model = analysis.models.find(({ id }) => id === "model");
    return {
      summary: model ? summaryOf(model, analysis) : null,
      findings: analysis.trace.findings.map(({ code, message }) => `${code}: ${message}`),
    };
  } finally {
    program.options = options;
  }
}

interface Fact {
  readonly about: string;
  readonly truth: unknown;
  readonly said: unknown;
  readonly verdict: Verdict;
}

function countFacts(truth: BuilderTruth, said: ModelSummary | null): Fact[] {
  if (said === null) return [fact("params", truth.params, null)];
  const totals = [
    fact("params", truth.params, said.params),
    fact("trainable", truth.trainable, said.trainable),
    fact("buffers", truth.buffers, said.buffers),
  ];
  // The tree of a model whose construction was given up is a part of it, and says so in its total.
  if (totals.some(({ verdict }) => verdict === "unknown")) return totals;
  const [root, ...modules] = truth.modules;
  return [
    ...totals,
    fact("class", root?.type, className(said.type)),
    fact(
      "names in order",
      modules.map(({ name }) => name),
      said.layers.map(({ name }) => name),
    ),
    ...modules.flatMap((module, index) => {
      const row = said.layers[index];
      if (row?.name !== module.name) return [];
      return [
        fact(`${module.name}: class`, module.type, className(row.type)),
        fact(`${module.name}: params`, module.params, row.params),
        fact(`${module.name}: own params`, module.own, row.own),
      ];
    }),
  ];
}

function moduleOutputs(truth: BuilderTruth, said: ModelSummary | null): Fact[] {
  if (truth.call === null) return [];
  const outputs = new Map(said?.layers.map(({ name, output }) => [name, output]));
  outputs.set("", said?.output ?? null);
  return truth.modules.map(({ name, output }) =>
    fact(`${name || "model"}: output`, output, plain(outputs.get(name) ?? null)),
  );
}

function fact(about: string, truth: unknown, said: unknown): Fact {
  return { about, truth, said, verdict: judge(truth, said) };
}

function className(type: string): string {
  return type.slice(type.lastIndexOf(".") + 1);
}

function worst(facts: readonly Fact[]): Verdict {
  const verdicts = facts.map(({ verdict }) => verdict);
  if (verdicts.includes("wrong")) return "wrong";
  return verdicts.includes("unknown") ? "unknown" : "exact";
}

function tally(facts: readonly Fact[]): Tally {
  const count = (verdict: Verdict) => facts.filter((each) => each.verdict === verdict).length;
  return { exact: count("exact"), wrong: count("wrong"), unknown: count("unknown") };
}

function complaints(facts: readonly Fact[], verdict: Verdict): string[] {
  return facts
    .filter((each) => each.verdict === verdict)
    .map(({ about, truth, said }) => `${verdict}: ${about}: PyTorch ${shortened(truth)}, ParamLens ${shortened(said)}`);
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 160 ? `${text.slice(0, 160)} …` : text;
}
