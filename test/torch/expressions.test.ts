/**
 * Runs the expressions of `expressions.json`, recorded from real PyTorch, as a user's code: indexing and writing to parts,
 * sizes as numbers, iteration, operators, conversion, einops and NumPy must give what PyTorch gives, or nothing.
 */
import { expect, test } from "vitest";
import { type ExpressionRow, expressionRows, judgeExpressions } from "./expressions-rows.ts";

test("expressions are those of PyTorch", { timeout: 60_000 }, () => {
  const tally = new Map<string, number>();
  const complaints: string[] = [];
  for (const [row, [kind, why]] of judgeExpressions(expressionRows)) {
    tally.set(kind, (tally.get(kind) ?? 0) + 1);
    if (kind === "wrong" || process.env.SHOW === kind) complaints.push(describe(row, why));
  }
  const total = (kind: string): number => tally.get(kind) ?? 0;
  console.table({ expressions: Object.fromEntries(tally) });
  expect(complaints).toEqual([]);
  expect(total("exact") / (total("exact") + total("unknown"))).toBeGreaterThan(0.995);
  expect(total("flagged") / (total("flagged") + total("missed"))).toBeGreaterThan(0.9);
});

const describe = ([name, expression, result]: ExpressionRow, why: string): string =>
  `${name}: ${expression} = ${JSON.stringify(result)}; ${why}`;
