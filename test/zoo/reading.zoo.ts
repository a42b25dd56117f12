/**
 * A file as the editor shows it while what it imports is still being read: each time the count that it will have in the
 * end, or none.
 */
import path from "node:path";
import { expect, test } from "vitest";
import { torchvisionPackages } from "../../scripts/lib/setup.mjs";
import { reportOf } from "../../server/src/report/index.ts";
import { openZoo } from "./replay.ts";
import { type BuilderTruth, readTruth } from "./truth.ts";

/** One builder of each module of torchvision. */
const builders = [...new Map(readTruth().map((truth) => [truth.module, truth])).values()];

/** Milliseconds that an analysis may read: nothing, some files, most of them. */
const patiences = [0, 3, 20];

test.each(builders)("$builder", { timeout: 60_000 }, async (truth) => {
  const label = `4: # params: ${truth.params.toLocaleString("en-US")}`;
  for (const patience of patiences) {
    const shown = await labelsWhileReading(textOf(truth), patience);
    expect(shown.at(-1)).toEqual([label]);
    for (const labels of shown) if (labels.length > 0) expect(labels).toEqual([label]);
  }
});

/** The hints of each analysis, until nothing is left to be read. */
async function labelsWhileReading(text: string, patience: number): Promise<string[][]> {
  const program = await openZoo(torchvisionPackages);
  const file = path.posix.join("/zoo", "reading.py");
  program.setDocument(file, text);
  const shown: string[][] = [];
  const never = { cancelled: false };
  for (;;) {
    const analysis = await program.analyze(file, never, patience);
    if (analysis === null) throw new Error("the analysis was given up");
    const { hints, diagnostics } = reportOf(analysis);
    expect(diagnostics).toEqual([]);
    shown.push(hints.map(({ offset, label }) => `${analysis.lines.positionAt(offset).line + 1}: ${countIn(label)}`));
    if (analysis.pending.length === 0) return shown;
    await program.readAhead(analysis.pending, never, () => undefined);
  }
}

/** A hint without the output, which shows only where the model may be a part of something else. */
function countIn(label: string): string {
  return label.replace(/ → .*/, "");
}

/** A file that falls back to a layer where the import fails, as it does for nobody who has torchvision. */
function textOf({ module, function: name, kwargs }: BuilderTruth): string {
  const given = Object.entries(kwargs).map(([key, value]) => `, ${key}=${python(value)}`);
  return `try:
    from ${module} import ${name}

    model = ${name}(weights=None${given.join("")})
except ImportError:
    model = None
`;
}

function python(value: null | boolean): string {
  return value === null ? "None" : value ? "True" : "False";
}
