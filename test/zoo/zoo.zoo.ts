/**
 * All of torchvision's builders against real PyTorch, and the time that they take. Prints the table of `docs/zoo.md` and
 * fails where that page is not what is measured; `ZOO_UPDATE=1` writes it.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { torchvisionEnvironment, torchvisionPackages } from "../../scripts/lib/setup.mjs";
import { reportOf } from "../../server/src/report/index.ts";
import { commandCost } from "../bench/measure.ts";
import { openZoo, type Replay, replay } from "./replay.ts";
import { modulesOf, tableOf, tallyOf } from "./table.ts";
import { readTruth } from "./truth.ts";

/** What is far off is seen on a machine that does much else, too. */
const patience = 5;
const page = new URL("../../docs/zoo.md", import.meta.url);
const truths = readTruth();
const replays = new Map<string, Replay>();
let seconds = 0;

beforeAll(async () => {
  const program = await openZoo(torchvisionPackages);
  // The processor's time: what else the machine does is not the analysis's.
  const start = process.cpuUsage();
  for (const truth of truths) replays.set(truth.builder, await replay(program, truth));
  const { user, system } = process.cpuUsage(start);
  seconds = (user + system) / 1e6;
  console.log(`\n${tableOf([...replays.values()])}\n${truths.length} builders in ${seconds.toFixed(1)} s\n`);
});

describe("every builder", () => {
  test.each(truths.map(({ builder }) => builder))(
    "%s: nothing is wrong, and nothing is found fault with",
    (builder) => {
      const { complaints, findings } = replays.get(builder) ?? expect.fail(`${builder} was not replayed`);
      expect(complaints.filter((text) => text.startsWith("wrong"))).toEqual([]);
      expect(findings).toEqual([]);
    },
  );
});

test("docs/zoo.md tells what is measured", () => {
  const measured = pageOf([...replays.values()]);
  if (process.env.ZOO_UPDATE === "1") writeFileSync(page, measured);
  expect(readFileSync(page, "utf8").replaceAll("\r\n", "\n"), "ZOO_UPDATE=1 npm run test:zoo writes it").toBe(measured);
});

test("every count, output and multiply-accumulate is exact", () => {
  const all = [...replays.values()];
  expect(tallyOf(all.map(({ counts }) => counts))).toEqual({ exact: 121, wrong: 0, unknown: 0 });
  expect(tallyOf(all.map(({ output }) => output))).toEqual({ exact: 109, wrong: 0, unknown: 0 });
  expect(tallyOf(all.map(({ flops }) => flops))).toEqual({ exact: 109, wrong: 0, unknown: 0 });
  expect(modulesOf(all)).toEqual({ exact: 33_814, wrong: 0, unknown: 0 });
});

test("all builders, with their outputs, take at most 20 s in one process", () => {
  expect(seconds).toBeLessThan(20);
});

test("a cold summary from the command line takes 0.4 s and 150 MiB", () => {
  const args = ["torchvision.models:resnet50", "--input", "1,3,224,224", "--python", torchvisionEnvironment];
  const { seconds, megabytes } = commandCost(process.execPath, ["summary", ...args]);
  console.log(`paramlens summary ${args.slice(0, 3).join(" ")}: ${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MiB`);
  // Other work on the machine costs time, and no memory.
  expect(seconds).toBeLessThan(patience * 0.4);
  expect(megabytes).toBeLessThan(150);
}, 60_000);

test("no file of torchvision is found fault with", async () => {
  const program = await openZoo(torchvisionPackages);
  const folder = path.join(torchvisionPackages, "torchvision");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".py"));
  const found: string[] = [];
  for (const file of files) {
    const analysis = await program.analyze(path.join(folder, file).replaceAll("\\", "/"));
    if (analysis === null) return expect.fail(`the analysis of ${file} was stopped`);
    for (const { range, code, message } of reportOf(analysis).diagnostics) {
      found.push(`${file}:${analysis.lines.positionAt(range.start).line + 1}: ${code}: ${message}`);
    }
  }
  expect(found).toEqual([]);
  expect(files.length).toBeGreaterThan(100);
}, 300_000);

function pageOf(all: readonly Replay[]): string {
  const { exact, wrong, unknown } = modulesOf(all);
  const share = ((100 * exact) / (exact + wrong + unknown)).toFixed(2);
  return `# The models of torchvision

What ParamLens says of each of the ${all.length} builders of torchvision 0.28.0, read from their sources, against what PyTorch
2.13 says. Written by \`test/zoo\`, which fails where this page is not true.

- **counts**: total, trainable and buffers; the name, class, count and order of each module. One that is not known makes
  the builder *unknown*.
- **output** for one input; **output of each module** that was called for it: ${share} % exact.
- **work**: multiply-accumulates, twice of which are PyTorch's FLOPs.
- **false findings** in the code on the way, all of which runs.

Cells tell exact / wrong / unknown.

${tableOf(all)}`;
}
