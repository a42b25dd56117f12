/** Replays what `record_regions.py` recorded of torchvision's compiled ops. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { judge, type Row } from "./ops-rows.ts";

const recorded: Readonly<Record<string, readonly Row[]>> = JSON.parse(
  readFileSync(new URL("regions.json", import.meta.url), "utf8"),
);

test.each(Object.entries(recorded))("%s: every shape is exact, and every refusal is one", (name, rows) => {
  const judged = rows.map((row) => ({ row, verdict: judge(name, row) }));
  const faults = judged.filter(({ verdict: [kind] }) => kind !== "exact" && kind !== "flagged");
  expect(faults.map(({ row, verdict }) => `${JSON.stringify(row)}: ${verdict.join(", ")}`)).toEqual([]);
  expect(rows.length).toBeGreaterThan(10);
});
