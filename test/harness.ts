/**
 * How tests ask ParamLens about a file, without a process or an editor in between.
 */
import { dirname } from "node:path";
import { readParserAssets } from "../server/src/node/assets.ts";
import { nodeFiles } from "../server/src/node/files.ts";
import { parseInputSpec, parseTarget, reportOf, summarizeTarget } from "../server/src/report/index.ts";
import type { FileReport, ModelSummary } from "../server/src/report/types.ts";
import { PythonParser } from "../server/src/syntax/parser.ts";
import { Program } from "../server/src/workspace/program.ts";

const parser = PythonParser.create(readParserAssets());

/**
 * The model that `target` (a name of the file or a call; the file's main model if undefined) builds, called with
 * `inputs` written as `paramlens summary --input` takes them: `x=(1,3,224,224)`, `idx=(2,16):int64`.
 */
export async function summarizeFile(
  file: string,
  target: string | undefined,
  inputs: readonly string[],
  roots: readonly string[] = [dirname(file)],
): Promise<ModelSummary> {
  const text = target === undefined ? file : `${file}:${target}`;
  return summarizeTarget(await programFor(roots), parseTarget(text), inputs.map(parseInputSpec));
}

/** Everything ParamLens knows of a file. */
export async function reportFile(file: string, roots: readonly string[] = [dirname(file)]): Promise<FileReport> {
  const analysis = await (await programFor(roots)).analyze(file);
  if (!analysis) throw new Error(`the analysis of ${file} was stopped`);
  return reportOf(analysis);
}

/** A program that searches imports in these folders. */
export async function programFor(roots: readonly string[]): Promise<Program> {
  return new Program(await parser, nodeFiles, {
    roots,
    libraries: [],
    inputShapes: {},
    batchSymbol: "N",
  });
}
