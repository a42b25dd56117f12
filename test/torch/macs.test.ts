/**
 * Multiply-accumulates against PyTorch's own counter, in the code that people write: what `torch.utils.flop_counter`
 * counts of a call is twice what we say, layers within layers included.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rowsFolder } from "./layers-rows.ts";
import { runCases } from "./python-runner.ts";

type Row = readonly [name: string, build: string, expression: string, macs: number | null];

const rows: readonly Row[] = JSON.parse(readFileSync(join(rowsFolder, "macs.json"), "utf8"));

test("multiply-accumulates are half of PyTorch's FLOPs", { timeout: 60_000 }, () => {
  const accepted = rows.filter(([, , , macs]) => macs !== null);
  const results = runCases(accepted.map(([, build, expression]) => ({ build, expression })));
  const complaints: string[] = [];
  const exact = new Map<string, number>();
  for (const [i, [name, build, expression, macs]] of accepted.entries()) {
    const ours = results[i]?.macs ?? null;
    // Sums over all of two tensors are products too, but none that PyTorch counts.
    if (ours === macs || macs === 0) exact.set(name, (exact.get(name) ?? 0) + (macs === 0 ? 0 : 1));
    else complaints.push(`${name}: ${build}: ${expression} is ${String(ours)}, not ${macs}`);
  }
  expect(complaints).toEqual([]);
  expect(Math.min(...exact.values())).toBeGreaterThan(3);
  expect([...exact.values()].reduce((a, b) => a + b)).toBeGreaterThan(200);
});
