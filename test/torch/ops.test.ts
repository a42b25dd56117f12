/**
 * Replays what `record_ops.py` recorded from real PyTorch through the rules: shapes, dtypes and multiply-accumulates must
 * be exact or unknown, no accepted call may be refused, and nearly every refused one must be.
 */
import { describe, expect, it } from "vitest";
import { judge, recordedOps, type Verdict } from "./ops-rows.ts";

describe("ops against PyTorch", () => {
  const verdicts = new Map<Verdict, string[]>();
  for (const [name, rows] of Object.entries(recordedOps)) {
    for (const row of rows) {
      const [verdict, detail] = judge(name, row);
      const of = verdicts.get(verdict) ?? [];
      verdicts.set(verdict, of);
      of.push(`${name}(${JSON.stringify(row[0])}, ${JSON.stringify(row[1])}): ${detail}`);
    }
  }
  const count = (verdict: Verdict): number => verdicts.get(verdict)?.length ?? 0;
  const accepted = count("exact") + count("unknown") + count("wrong") + count("false alarm");
  const refused = count("flagged") + count("missed");

  it("prints what came of the rows", () => {
    console.table(Object.fromEntries([...verdicts].map(([verdict, rows]) => [verdict, rows.length])));
    expect(accepted + refused).toBeGreaterThan(10000);
  });
  it("never gives a wrong shape, dtype or count", () => expect(verdicts.get("wrong") ?? []).toEqual([]));
  it("never refuses what PyTorch accepts", () => expect(verdicts.get("false alarm") ?? []).toEqual([]));
  it("refuses what PyTorch refuses", () => {
    if (process.env.SHOW_MISSED) console.log(verdicts.get("missed")?.join("\n"));
    expect(count("flagged") / refused).toBeGreaterThan(0.9);
  });
  it("knows the results", () => {
    if (process.env.SHOW_MISSED) console.log(verdicts.get("unknown")?.join("\n"));
    expect(count("exact") / accepted).toBeGreaterThan(0.995);
  });
});
