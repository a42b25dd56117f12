/**
 * Replays what `record_ops.py` recorded from real PyTorch through the rules: shapes, dtypes and multiply-accumulates must
 * be exact or unknown, no accepted call may be refused, and nearly every refused one must be.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Dim, isConcrete } from "../../server/src/algebra/index.ts";
import { type Args, bind, type Out, Tensor, Undecided, Violation } from "../../server/src/frameworks/rules/index.ts";
import { canonicalKeywords, type IndexItem, indexTensor } from "../../server/src/frameworks/torch/rules/ops/index.ts";
import { torchRules } from "../../server/src/frameworks/torch/rules/table.ts";
import { type Json, jsonReader } from "./json-reader.ts";

type Row = readonly [readonly Json[], Readonly<Record<string, Json>>, Recorded, number?];
/** What came of a call: a tensor, a list or a named tuple, an error; a tuple is an array. */
type Recorded = null | boolean | number | readonly Recorded[] | RecordedObject;
interface RecordedObject {
  readonly error?: string;
  readonly tensor?: readonly number[];
  readonly dtype?: string;
  readonly list?: readonly Recorded[];
  readonly fields?: Readonly<Record<string, Recorded>>;
}

type Verdict = "exact" | "unknown" | "wrong" | "flagged" | "missed" | "false alarm";

const recorded: Readonly<Record<string, readonly Row[]>> = JSON.parse(
  readFileSync(new URL("ops.json", import.meta.url), "utf8"),
);

/** Names whose results may be unknown: they depend on elements, or on arguments that are not followed. */
const mayBeUnknown = /\.one_hot$|\.__getitem__$/;

/** Products that `FlopCounterMode` leaves out in some cases: those with vectors, and attention on a CPU. */
const uncounted =
  /matmul|\.mv$|\.v?dot$|\.inner$|addmv|addbmm|tensordot|functional\.linear$|scaled_dot_product_attention/;

describe("ops against PyTorch", () => {
  const verdicts = new Map<Verdict, string[]>();
  const unknownNames = new Map<string, number>();
  for (const [name, rows] of Object.entries(recorded)) {
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
    expect(accepted + refused).toBeGreaterThan(3000);
  });
  it("never gives a wrong shape, dtype or count", () => expect(verdicts.get("wrong") ?? []).toEqual([]));
  it("never refuses what PyTorch accepts", () => expect(verdicts.get("false alarm") ?? []).toEqual([]));
  it("refuses what PyTorch refuses", () => {
    if (process.env.SHOW_MISSED) console.log(verdicts.get("missed")?.join("\n"));
    expect(count("flagged") / refused).toBeGreaterThan(0.9);
  });
  it("knows the results", () => {
    if (process.env.SHOW_MISSED) console.log(verdicts.get("unknown")?.join("\n"));
    expect([...unknownNames.keys()].filter((name) => !mayBeUnknown.test(name))).toEqual([]);
    expect(count("unknown") / accepted).toBeLessThan(0.02);
  });
});

function judge(name: string, row: Row): [Verdict, string] {
  const [args, kwargs, expected, macs = 0] = row;
  const error = !isArray(expected) && isObject(expected) ? (expected.error ?? null) : null;
  try {
    const { out, macs: counted } = run(name, args, kwargs);
    if (error !== null) return ["missed", error];
    const difference =
      compare(expected, out) ??
      (counted === macs || (macs === 0 && uncounted.test(name)) ? null : `${String(counted)} MACs, not ${macs}`);
    return difference === null ? ["exact", ""] : ["wrong", difference];
  } catch (thrown) {
    if (thrown instanceof Undecided) return [error === null ? "unknown" : "missed", thrown.why];
    if (!(thrown instanceof Violation)) throw new Error(`${name} ${JSON.stringify(row)}`, { cause: thrown });
    return [error === null ? "false alarm" : "flagged", `${thrown.code}: ${thrown.message}`];
  }
}

function run(
  name: string,
  args: readonly Json[],
  kwargs: Readonly<Record<string, Json>>,
): { readonly out: Out; readonly macs: Dim } {
  if (name === "Tensor.__getitem__") return { out: indexed(args), macs: 0 };
  const entry = torchRules.ops.get(name);
  if (!entry) throw new Undecided("there is no rule");
  const keywords = canonicalKeywords(entry.parameters, new Map(Object.entries(kwargs)));
  const bound = bind(name, entry.parameters, args, keywords, jsonReader) as Args<never>;
  const out = entry.rule.output(bound);
  return { out, macs: entry.rule.macs?.(bound, out) ?? 0 };
}

function indexed(args: readonly Json[]): Tensor {
  const tensor = jsonReader.read("tensor", args[0] as Json) as Tensor;
  return indexTensor(tensor, (args[1] as readonly Json[]).map(indexItem));
}

function indexItem(value: Json): IndexItem {
  if (value === null) return { kind: "newaxis" };
  if (typeof value === "number") return { kind: "int", value };
  if (typeof value === "boolean") return { kind: "bool", value };
  if (!isObject(value)) throw new Error("not an index");
  if (Array.isArray(value)) throw new Error("a list is not an index here");
  if ("ellipsis" in value) return { kind: "ellipsis" };
  if ("slice" in value) {
    const [start = null, stop = null, step = null] = value.slice as unknown as readonly (number | null)[];
    return { kind: "slice", start, stop, step };
  }
  return { kind: "tensor", tensor: jsonReader.read("tensor", value as Json) as Tensor };
}

/** What differs, or null. A size that depends on the data is an anonymous symbol, which fits any number. */
function compare(expected: Recorded, out: Out): string | null {
  const differs = (): string => `${JSON.stringify(expected)}, not ${show(out)}`;
  if (isArray(out)) return isArray(expected) ? compareAll(expected, out) : differs();
  const object: RecordedObject = isArray(expected) || !isObject(expected) ? {} : expected;
  if (out instanceof Tensor) return sameTensor(object, out) ? null : differs();
  if ("list" in out) return object.list ? compareAll(object.list, out.list) : differs();
  if ("named" in out) {
    const names = Object.keys(out.fields).sort();
    if (
      Object.keys(object.fields ?? {})
        .sort()
        .join() !== names.join()
    )
      return differs();
    return compareAll(
      names.map((name) => object.fields?.[name] ?? null),
      names.map((name) => out.fields[name] as Out),
    );
  }
  if ("int" in out) return out.int === expected ? null : differs();
  if ("bool" in out) return out.bool === expected || out.bool === undefined ? null : differs();
  return "none" in out && expected === null ? null : differs();
}

function sameTensor(expected: RecordedObject, out: Tensor): boolean {
  const { tensor, dtype } = expected;
  if (tensor === undefined || out.rank !== tensor.length || out.dtype !== dtype) return false;
  return out.shape.every((size, i) => !isConcrete(size) || size === tensor[i]);
}

function compareAll(expected: readonly Recorded[], out: readonly Out[]): string | null {
  if (expected.length !== out.length) return `${expected.length} results, not ${out.length}`;
  return out.reduce<string | null>((found, value, i) => found ?? compare(expected[i] as Recorded, value), null);
}

const show = (out: Out): string =>
  JSON.stringify(out, (_, value) => (typeof value === "object" && value !== null && "terms" in value ? "?" : value));

function isArray<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

function isObject<T>(value: T): value is Extract<T, object> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
