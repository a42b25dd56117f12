/** Every file of torchvision as if it were open in an editor: all of it runs, so nothing may be found fault with. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { torchvisionPackages } from "../../scripts/lib/setup.mjs";
import { readParserAssets } from "../../server/src/node/assets.ts";
import { nodeFiles } from "../../server/src/node/files.ts";
import { reportOf } from "../../server/src/report/index.ts";
import { PythonParser } from "../../server/src/syntax/parser.ts";
import { Program } from "../../server/src/workspace/program.ts";

test("no file of torchvision has a finding", { timeout: 300_000 }, async () => {
  const parser = await PythonParser.create(readParserAssets());
  const root = torchvisionPackages.replaceAll("\\", "/");
  const program = new Program(parser, nodeFiles, { roots: [root], libraries: [], inputShapes: {}, batchSymbol: "N" });
  const files = readdirSync(path.join(root, "torchvision"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".py"))
    .map((name) => `torchvision/${name.replaceAll("\\", "/")}`);
  const findings: string[] = [];
  for (const name of files.toSorted()) {
    const file = `${root}/${name}`;
    const analysis = await program.analyze(file);
    if (!analysis) throw new Error(`the analysis of ${name} was stopped`);
    for (const { range, code, message } of reportOf(analysis).diagnostics) {
      findings.push(`${name}:${analysis.lines.positionAt(range.start).line + 1}: ${code}: ${message}`);
    }
    program.invalidate(file);
  }
  console.log(`\n${findings.length} findings in the ${files.length} files of torchvision\n`);
  expect(files.length).toBeGreaterThan(150);
  expect(findings).toEqual([]);
});
