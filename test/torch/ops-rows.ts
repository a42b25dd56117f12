/** The recorded calls of ops, how to run one through the rules, and how to compare what comes out. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Dim, isConcrete } from "../../server/src/algebra/index.ts";
import {
  type Args,
  bind,
  type Out,
  type Reader,
  Tensor,
  Undecided,
  Violation,
} from "../../server/src/frameworks/rules/index.ts";
import { canonicalKeywords, type IndexItem, indexTensor } from "../../server/src/frameworks/torch/rules/ops/index.ts";
import { torchRules } from "../../server/src/frameworks/torch/rules/table.ts";
import { type Json, jsonReader } from "./json-reader.ts";

/** Positional arguments, keywords, what came of it, and multiply-accumulates where there are any. */
export type Row = readonly [readonly Json[], Readonly<Record<string, Json>>, Recorded, number?];
/** What came of a call: a tensor, a list or a named tuple, an error; a tuple is an array. */
export type Recorded = null | boolean | number | readonly Recorded[] | RecordedObject;
export interface RecordedObject {
  readonly error?: string;
  readonly tensor?: readonly number[];
  readonly dtype?: string;
  readonly float?: number | string;
  readonly list?: readonly Recorded[];
  readonly fields?: Readonly<Record<string, Recorded>>;
}

/** Where the rows are; `ROWS` names a folder with those of another seed. */
const rowsFolder = process.env.ROWS ?? import.meta.dirname;

export const recordedOps: Readonly<Record<string, readonly Row[]>> = JSON.parse(
  readFileSync(join(rowsFolder, "ops.json"), "utf8"),
);

export type Verdict = "exact" | "unknown" | "wrong" | "flagged" | "missed" | "false alarm";

/** Products that `FlopCounterMode` leaves out: those with vectors, into a tensor in place, and in fused kernels. */
const uncounted = /matmul|\.mv$|\.v?dot$|\.inner$|addmv|addbmm|addmm_$|tensordot|functional\.linear$|torch\.lstm$/;

/** What a rule makes of a recorded call, and why that is no exact answer. */
export function judge(name: string, row: Row): readonly [Verdict, string] {
  const [, , expected, macs = 0] = row;
  const error = !isArray(expected) && isObject(expected) ? (expected.error ?? null) : null;
  try {
    const { out, macs: counted } = runOp(name, row, jsonReader);
    if (error !== null) return ["missed", error];
    const difference =
      differenceOf(expected, out, (size) => (isConcrete(size) ? size : undefined)) ??
      (counted === macs || (macs === 0 && uncounted.test(name)) ? null : `${String(counted)} MACs, not ${macs}`);
    if (difference === null) return ["exact", ""];
    return leavesDtypeOpen(expected, out) ? ["unknown", "the dtype"] : ["wrong", difference];
  } catch (thrown) {
    if (thrown instanceof Undecided) return [error === null ? "unknown" : "missed", thrown.why];
    if (!(thrown instanceof Violation)) throw new Error(`${name} ${JSON.stringify(row)}`, { cause: thrown });
    return [error === null ? "false alarm" : "flagged", `${thrown.code}: ${thrown.message}`];
  }
}

/** Runs a call through its rule; the reader makes tensors of JSON. */
export function runOp(
  name: string,
  [args, kwargs]: Row,
  reader: Reader<Json>,
): { readonly out: Out; readonly macs: Dim } {
  if (name === "Tensor.__getitem__") return { out: indexed(args, reader), macs: 0 };
  const entry = torchRules.ops.get(name);
  if (!entry) throw new Undecided("there is no rule");
  const keywords = canonicalKeywords(entry.parameters, new Map(Object.entries(kwargs)));
  const bound = bind(name, entry.parameters, args, keywords, reader) as Args<never>;
  const out = entry.rule.output(bound);
  return { out, macs: entry.rule.macs?.(bound, out) ?? 0 };
}

function indexed(args: readonly Json[], reader: Reader<Json>): Tensor {
  const tensor = reader.read("tensor", args[0] as Json) as Tensor;
  return indexTensor(
    tensor,
    (args[1] as readonly Json[]).map((item) => indexItem(item, reader)),
  );
}

function indexItem(value: Json, reader: Reader<Json>): IndexItem {
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
  return { kind: "tensor", tensor: reader.read("tensor", value as Json) as Tensor };
}

/** The number that a size stands for; undefined where it depends on the data and fits any number. */
export type Evaluate = (size: Dim) => number | undefined;

/** What differs, or null. */
export function differenceOf(expected: Recorded, out: Out, evaluate: Evaluate): string | null {
  const differs = (): string => `${JSON.stringify(expected)}, not ${show(out)}`;
  if (isArray(out)) return isArray(expected) ? compareAll(expected, out, evaluate) : differs();
  const object: RecordedObject = isArray(expected) || !isObject(expected) ? {} : expected;
  if (out instanceof Tensor) return sameTensor(object, out, evaluate) ? null : differs();
  if ("list" in out) return object.list ? compareAll(object.list, out.list, evaluate) : differs();
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
      evaluate,
    );
  }
  if ("int" in out) return (evaluate(out.int) ?? expected) === expected ? null : differs();
  if ("bool" in out) return out.bool === expected || out.bool === undefined ? null : differs();
  if ("float" in out) return object.float === out.float || out.float === null ? null : differs();
  if ("dtype" in out) return object.dtype === out.dtype ? null : differs();
  return "none" in out && expected === null ? null : differs();
}

function sameTensor(expected: RecordedObject, out: Tensor, evaluate: Evaluate): boolean {
  const { tensor, dtype } = expected;
  if (tensor === undefined || out.rank !== tensor.length || out.dtype !== dtype) return false;
  return out.shape.every((size, i) => (evaluate(size) ?? tensor[i]) === tensor[i]);
}

/** Whether a tensor is right but for a dtype that is not told. */
function leavesDtypeOpen(expected: Recorded, out: Out): boolean {
  if (isArray(expected) || !isObject(expected) || !(out instanceof Tensor) || out.dtype !== null) return false;
  const told = new Tensor(out.shape, (expected.dtype ?? null) as Tensor["dtype"]);
  return sameTensor(expected, told, (size) => (isConcrete(size) ? size : undefined));
}

function compareAll(expected: readonly Recorded[], out: readonly Out[], evaluate: Evaluate): string | null {
  if (expected.length !== out.length) return `${expected.length} results, not ${out.length}`;
  return out.reduce<string | null>(
    (found, value, i) => found ?? differenceOf(expected[i] as Recorded, value, evaluate),
    null,
  );
}

const show = (out: Out): string =>
  JSON.stringify(out, (_, value) => (typeof value === "object" && value !== null && "terms" in value ? "?" : value));

export function isArray<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

export function isObject<T>(value: T): value is Extract<T, object> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
