/**
 * Mistakes that people post about, held against real PyTorch: each is found at the line where PyTorch fails and nowhere
 * else, its fixed twin is silent, and what a quick fix makes of it was seen to run. `test/recorders/record_bugs.py`
 * says how that was seen; the codes are ours, chosen by hand.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { brokenFiles, foundIn, foundInFile, modelFiles, offeredIn } from "./files.ts";

interface Truth {
  /** Where PyTorch fails; of layers that it does not see, where they are stored. */
  readonly line: number;
  /** The hash of each mended text that was run. */
  readonly fixes: Readonly<Record<string, { readonly title: string; readonly outcome: string }>>;
}

const truths = readJson<Record<string, Truth>>("truth.json");
const codes = readJson<Record<string, string>>("codes.json");
/** Of all bugs, as many must be found: 57 of 60. */
const leastFound = 57 / 60;
const leastFixes = 15;

const tally = { bugs: 0, found: 0, fixes: 0 };
const missed: string[] = [];

describe.each(brokenFiles())("%s", (name) => {
  test("is told of once, where PyTorch fails", async () => {
    const found = await foundIn("broken", name);
    tally.bugs += 1;
    if (found.length === 0) missed.push(name);
    else
      expect(found.map(({ line, code }) => ({ line, code }))).toEqual([
        { line: truths[name]?.line, code: codes[name] },
      ]);
    tally.found = tally.bugs - missed.length;
  });

  test("is silent once it is fixed", async () => {
    expect(await foundIn("fixed", name)).toEqual([]);
  });

  test("is offered fixes that run only", async () => {
    for (const { title, text } of await offeredIn(name)) {
      const outcome = truths[name]?.fixes[createHash("sha256").update(text).digest("hex").slice(0, 16)]?.outcome;
      expect(outcome, title).toBe("runs");
      tally.fixes += 1;
    }
  });
});

test("whole models, which all run, are told no mistake of", async () => {
  for (const file of modelFiles()) expect({ file, found: await foundInFile(file) }).toEqual({ file, found: [] });
});

test("most bugs are found, and many can be mended", () => {
  expect(tally.bugs).toBeGreaterThanOrEqual(60);
  expect(tally.found / tally.bugs, `missed: ${missed.join(", ")}`).toBeGreaterThanOrEqual(leastFound);
  expect(tally.fixes).toBeGreaterThanOrEqual(leastFixes);
});

afterAll(() => {
  const { bugs, found, fixes } = tally;
  process.stdout.write(
    `\nbugs: ${found} of ${bugs} found at the very line with the right code and nothing beside them, none on the fixed ` +
      `twins; all of ${fixes} offered fixes give a file that runs\n`,
  );
});

function readJson<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8")) as T;
}
