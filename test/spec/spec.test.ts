/**
 * Every case of the Markdown files in this folder: each hint and each finding must be expected, and each expectation
 * met. `SPEC_UPDATE=1` writes what is shown into the files; `test/recorders/check_spec.py` holds them against PyTorch.
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { readParserAssets } from "../../server/src/node/assets.ts";
import { reportOf } from "../../server/src/report/index.ts";
import type { FileReport } from "../../server/src/report/types.ts";
import { PythonParser } from "../../server/src/syntax/parser.ts";
import { Program } from "../../server/src/workspace/program.ts";
import { differences, readCases, rewritten, type SpecCase, type SpecFile, sourceOf } from "./cases.ts";

const here = path.dirname(fileURLToPath(import.meta.url));
const update = process.env.SPEC_UPDATE === "1";
let parser: PythonParser;

beforeAll(async () => {
  parser = await PythonParser.create(readParserAssets());
});

for (const name of globSync("*.md", { cwd: here }).filter((name) => name !== "README.md")) {
  describe(name, () => {
    const file = path.join(here, name);
    const markdown = readFileSync(file, "utf8");
    const cases = readCases(markdown);
    if (update) {
      test("rewritten", async () => {
        // One after the other: the parser takes a file of the same name for the next version of the one before.
        const reports = new Map<SpecFile, FileReport>();
        for (const spec of cases) for (const [each, report] of await reportsOf(spec)) reports.set(each, report);
        writeFileSync(file, rewritten(markdown, reports));
      });
      return;
    }
    test.each(cases)("$name", { timeout: 20_000 }, async (spec) => {
      const reports = await reportsOf(spec);
      expect([...reports].flatMap(([file, report]) => differences(file, report))).toEqual([]);
    });
  });
}

/** The files of a case lie side by side in a folder that exists nowhere. */
async function reportsOf(spec: SpecCase): Promise<Map<SpecFile, FileReport>> {
  const folder = "/spec";
  const texts = new Map(spec.files.map((file) => [`${folder}/${file.name}`, sourceOf(file)]));
  const folders = new Set([...texts.keys()].flatMap(foldersAbove));
  const program = new Program(
    parser,
    {
      read: (path) => texts.get(path) ?? null,
      kind: (path) => (texts.has(path) ? "file" : folders.has(path) ? "directory" : null),
    },
    { roots: [folder], libraries: [], inputShapes: {}, batchSymbol: "N" },
  );
  const reports = new Map<SpecFile, FileReport>();
  for (const file of spec.files) {
    const analysis = await program.analyze(`${folder}/${file.name}`);
    if (analysis === null) throw new Error(`${file.name}: the analysis was given up`);
    reports.set(file, reportOf(analysis));
  }
  return reports;
}

function foldersAbove(file: string): string[] {
  const folder = path.posix.dirname(file);
  return folder === "/" ? [] : [folder, ...foldersAbove(folder)];
}
