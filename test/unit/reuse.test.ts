/** What is not run again after an edit. */
import { expect, test } from "vitest";
import { readParserAssets } from "../../server/src/node/assets.ts";
import { reportOf } from "../../server/src/report/index.ts";
import { PythonParser } from "../../server/src/syntax/parser.ts";
import type { Analysis } from "../../server/src/workspace/analysis.ts";
import { Program } from "../../server/src/workspace/program.ts";

const source = "from torch import nn\n\nfc = nn.Linear(4, 8)\n";

async function analyses(...texts: readonly string[]): Promise<Analysis[]> {
  const files = { read: () => null, kind: () => null };
  const options = { roots: [], libraries: [], inputShapes: {}, batchSymbol: "N" };
  const program = new Program(await PythonParser.create(readParserAssets()), files, options);
  const made: Analysis[] = [];
  for (const text of texts) {
    program.setDocument("/net.py", text);
    const analysis = await program.analyze("/net.py");
    if (analysis) made.push(analysis);
  }
  return made;
}

test("a blank line and a comment move what is known, and run nothing", async () => {
  const [before, after] = await analyses(source, `\n# A layer.\n${source}`);
  expect(after?.trace).toBe(before?.trace);
  const [hint] = after ? reportOf(after).hints : [];
  expect(hint?.label).toBe("# params: 40 → (N, 8)");
  expect(after?.lines.positionAt(hint?.offset ?? 0).line).toBe(4);
});

test("a changed statement and a directive run the file again", async () => {
  const [before, changed] = await analyses(source, source.replace("8", "9"));
  expect(changed?.trace).not.toBe(before?.trace);
  const [plain, directed] = await analyses(source, `# paramlens: off\n${source}`);
  expect(directed?.trace).not.toBe(plain?.trace);
});
