/** The recorded expressions, and the verdict on what the interpreter makes of them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rowsFolder } from "./layers-rows.ts";
import { type PythonResult, runCases } from "./python-runner.ts";

/** The public name that it is about, the source, and what PyTorch made of it. */
export type ExpressionRow = readonly [name: string, expression: string, result: unknown];

export const expressionRows: readonly ExpressionRow[] = JSON.parse(
  readFileSync(join(rowsFolder, "expressions.json"), "utf8"),
);

type Verdict = readonly ["exact" | "unknown" | "flagged" | "missed" | "wrong", string];

export function judgeExpressions(rows: readonly ExpressionRow[]): (readonly [ExpressionRow, Verdict])[] {
  const results = runCases(rows.map(([, expression]) => ({ build: "nn.Identity()", expression })));
  return rows.map((row, i) => [row, judge(row[2], results[i] as PythonResult)]);
}

function judge(recorded: unknown, { result, findings, raised }: PythonResult): Verdict {
  const refused = typeof recorded === "object" && recorded !== null && "error" in recorded;
  const complaint = findings[0] ?? raised;
  if (refused) return complaint !== null ? ["flagged", ""] : ["missed", JSON.stringify(result)];
  if (complaint !== null) return ["wrong", complaint];
  return compare(recorded, result);
}

/** A size or number that depends on the data fits any; so does nothing that is known. */
function compare(recorded: unknown, ours: unknown): Verdict {
  if (typeof ours === "string" && ours.startsWith("?")) return ["unknown", ours];
  if (Array.isArray(recorded) && Array.isArray(ours)) {
    if (recorded.length !== ours.length) return ["wrong", `${ours.length} items, not ${recorded.length}`];
    return worst(recorded.map((item, i) => compare(item, ours[i])));
  }
  if (isRecord(recorded) && isRecord(ours)) {
    const keys = Object.keys(recorded);
    if (keys.join() !== Object.keys(ours).join()) return ["wrong", JSON.stringify(ours)];
    return worst(
      keys.map((key) => (isSizes(key) ? sizes(recorded[key], ours[key]) : compare(recorded[key], ours[key]))),
    );
  }
  return JSON.stringify(recorded) === JSON.stringify(ours) ? ["exact", ""] : ["wrong", JSON.stringify(ours)];
}

const isSizes = (key: string): boolean => key === "tensor" || key === "array";

function sizes(recorded: unknown, ours: unknown): Verdict {
  if (!Array.isArray(recorded) || !Array.isArray(ours)) return ["unknown", JSON.stringify(ours)];
  const same = recorded.length === ours.length && recorded.every((size, i) => ours[i] === "?" || ours[i] === size);
  return same ? ["exact", ""] : ["wrong", JSON.stringify(ours)];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function worst(verdicts: readonly Verdict[]): Verdict {
  return verdicts.find(([kind]) => kind === "wrong") ?? verdicts.find(([kind]) => kind === "unknown") ?? ["exact", ""];
}
