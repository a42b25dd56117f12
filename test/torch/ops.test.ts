/**
 * Replays what `record_ops.py` recorded from real PyTorch through the rules: shapes, dtypes and multiply-accumulates must
 * be exact or unknown, no accepted call may be refused, and nearly every refused one must be.
 */
import { describe, expect, it } from "vitest";
import { type Dim, isConcrete } from "../../server/src/algebra/index.ts";
import { Undecided, Violation } from "../../server/src/frameworks/rules/index.ts";
import { jsonReader } from "./json-reader.ts";
import { differenceOf, isArray, isObject, type Row, recordedOps, runOp } from "./ops-rows.ts";

type Verdict = "exact" | "unknown" | "wrong" | "flagged" | "missed" | "false alarm";

/** Names whose results may be unknown: they depend on elements, or on arguments that are not followed. */
const mayBeUnknown = /\.one_hot$|\.__getitem__$/;

/** Products that `FlopCounterMode` leaves out: those with vectors, and those into a tensor in place. */
const uncounted = /matmul|\.mv$|\.v?dot$|\.inner$|addmv|addbmm|addmm_$|tensordot|functional\.linear$/;

describe("ops against PyTorch", () => {
  const verdicts = new Map<Verdict, string[]>();
  const unknownNames = new Map<string, number>();
  for (const [name, rows] of Object.entries(recordedOps)) {
    for (const row of rows) {
      const [verdict, detail] = judge(name, row);
      const of = verdicts.get(verdict) ?? [];
      verdicts.set(verdict, of);
      of.push(`${name}(${JSON.stringify(row[0])}, ${JSON.stringify(row[1])}): ${detail}`);
      if (verdict === "unknown") unknownNames.set(name, (unknownNames.get(name) ?? 0) + 1);
    }
  }
  const count = (verdict: Verdict): number => verdicts.get(verdict)?.length ?? 0;
  const accepted = count("exact") + count("unknown") + count("wrong") + count("false alarm");
  const refused = count("flagged") + count("missed");

  it("prints what came of the rows", () => {
    console.table(Object.fromEntries([...verdicts].map(([verdict, rows]) => [verdict, rows.length])));
    expect(accepted + refused).toBeGreaterThan(8000);
  });
  it("never gives a wrong shape, dtype or count", () => expect(verdicts.get("wrong") ?? []).toEqual([]));
  it("never refuses what PyTorch accepts", () => expect(verdicts.get("false alarm") ?? []).toEqual([]));
  it("refuses what PyTorch refuses", () => {
    if (process.env.SHOW_MISSED) console.log(verdicts.get("missed")?.join("\n"));
    expect(count("flagged") / refused).toBeGreaterThan(0.95);
  });
  it("knows the results", () => {
    if (process.env.SHOW_MISSED) console.log(verdicts.get("unknown")?.join("\n"));
    expect([...unknownNames.keys()].filter((name) => !mayBeUnknown.test(name))).toEqual([]);
  });
});

function judge(name: string, row: Row): [Verdict, string] {
  const [, , expected, macs = 0] = row;
  const error = !isArray(expected) && isObject(expected) ? (expected.error ?? null) : null;
  try {
    const { out, macs: counted } = runOp(name, row, jsonReader);
    if (error !== null) return ["missed", error];
    const difference =
      differenceOf(expected, out, known) ??
      (counted === macs || (macs === 0 && uncounted.test(name)) ? null : `${String(counted)} MACs, not ${macs}`);
    return difference === null ? ["exact", ""] : ["wrong", difference];
  } catch (thrown) {
    if (thrown instanceof Undecided) return [error === null ? "unknown" : "missed", thrown.why];
    if (!(thrown instanceof Violation)) throw new Error(`${name} ${JSON.stringify(row)}`, { cause: thrown });
    return [error === null ? "false alarm" : "flagged", `${thrown.code}: ${thrown.message}`];
  }
}

const known = (size: Dim): number | undefined => (isConcrete(size) ? size : undefined);
