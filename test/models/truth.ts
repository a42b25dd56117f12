/**
 * The recorded truth about the models of this folder, and the verdict on what ParamLens says of it.
 *
 * A fact is exact (the same), unknown (nothing said: a reason, `"?"`, a symbol where PyTorch has a number), or wrong.
 * Wrong is never forgivable; unknown is only a gap.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { ValueShape } from "../../server/src/report/types.ts";
import { isSymbol } from "./sizes.ts";

/** A tensor's sizes, a list or an object of such, or null for what is no tensor. */
export type Shape = readonly Nested[] | { readonly [key: string]: Shape } | null;
type Nested = number | Shape;

export interface LayerTruth {
  readonly name: string;
  readonly type: string;
  readonly params: number;
  readonly own: number;
  readonly trainable: number;
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly output: Shape;
  readonly calls: number;
}

export interface TargetTruth {
  /** Label of the case, unique in the file. */
  readonly target: string;
  readonly expr: string;
  /** Name of the argument → the input as the command line takes it. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Facts that the file does not tell: its report may leave them open. */
  readonly untold: readonly string[];
  readonly type: string;
  readonly params: number;
  readonly trainable: number;
  readonly buffers: number;
  /** Two for each multiply-accumulate; null where PyTorch's counter does not count all layers. */
  readonly flops: number | null;
  readonly output: Shape;
  readonly layers: readonly LayerTruth[];
}

export interface ValueTruth {
  /** From 1. */
  readonly line: number;
  readonly name: string;
  readonly shapes: readonly Shape[];
  readonly dtypes: readonly (string | null)[];
  /** Only cases with arguments or optional inputs came by this line: the file alone need not tell. */
  readonly asked: boolean;
}

export interface FileTruth {
  readonly file: string;
  readonly targets: readonly TargetTruth[];
  readonly values: readonly ValueTruth[];
  /** Of a project: the folders that imports are searched in, and its other files. */
  readonly roots?: readonly string[];
  readonly others?: readonly string[];
}

export type Verdict = "exact" | "unknown" | "wrong";

const here = new URL("./", import.meta.url);

/** All recorded files, by name, and then the projects. */
export function readTruths(): FileTruth[] {
  return ["truth/", "projects/truth/"].flatMap((folder) =>
    readdirSync(new URL(folder, here))
      .filter((name) => name.endsWith(".json"))
      .sort()
      .map((name) => JSON.parse(readFileSync(new URL(folder + name, here), "utf8")) as FileTruth),
  );
}

/** Where a recorded file is: beside this one, or at its path from the top of the repository. */
export function pathOf(file: string): string {
  return fileURLToPath(new URL(file.includes("/") ? `../../${file}` : file, here));
}

/** The folders that imports of a recorded file are searched in. */
export function rootsOf({ file, roots }: FileTruth): string[] {
  return roots ? roots.map(pathOf) : [dirname(pathOf(file))];
}

/** The sizes of an input as a case writes them, `x=(1,3,32,32):int64`. */
export function inputSizes(text: string): number[] {
  return (/\((.*)\)/.exec(text)?.[1] ?? "").split(",").filter(Boolean).map(Number);
}

/** What the report says, in the notation of the recording; what is unknown stays in it as it is. */
export function plain(value: ValueShape | null): unknown {
  switch (value?.kind) {
    case undefined:
    case "other":
      return null;
    case "tensor":
      return value.shape;
    case "sequence":
      return value.items.map(plain);
    case "mapping":
      return Object.fromEntries(Object.entries(value.fields).map(([key, field]) => [key, plain(field)]));
  }
}

/** Compares what was recorded with what is said of it: the worst verdict on any part. */
export function judge(truth: unknown, said: unknown): Verdict {
  if (isUnknown(said)) return "unknown";
  if (typeof truth === "number" && typeof said === "string") return "unknown";
  if (Array.isArray(truth) && Array.isArray(said)) {
    if (truth.length !== said.length) return "wrong";
    return worst(truth.map((item, index) => judge(item, said[index])));
  }
  if (isRecord(truth) && isRecord(said)) {
    if (Object.keys(truth).join() !== Object.keys(said).join()) return "wrong";
    return worst(Object.keys(truth).map((key) => judge(truth[key], said[key])));
  }
  if (truth === said) return "exact";
  return said === null ? "unknown" : "wrong";
}

/**
 * Whether a shape with symbols can be the recorded one. A lone symbol stands for one size throughout, numbers must
 * agree, and of a larger expression only its being there is checked.
 */
export function fits(truth: Shape, said: unknown, sizes: Map<string, number> = new Map()): boolean {
  if (isUnknown(said)) return true;
  if (Array.isArray(truth) && Array.isArray(said)) {
    return truth.length === said.length && truth.every((item, index) => fitsItem(item, said[index], sizes));
  }
  if (isRecord(truth) && isRecord(said)) {
    return (
      Object.keys(truth).join() === Object.keys(said).join() &&
      Object.keys(truth).every((key) => fitsItem(truth[key] as Shape, said[key], sizes))
    );
  }
  return truth === null && said === null;
}

/** Whether a nest of shapes says nothing of some tensor, not even its rank. */
export function saysNothing(said: unknown): boolean {
  if (Array.isArray(said)) return said.some((item) => typeof item === "object" && saysNothing(item));
  if (isUnknown(said) || said === null) return true;
  return isRecord(said) && Object.values(said).some(saysNothing);
}

export function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("wrong")) return "wrong";
  return verdicts.includes("unknown") ? "unknown" : "exact";
}

function fitsItem(truth: Nested, said: unknown, sizes: Map<string, number>): boolean {
  if (typeof truth !== "number") return fits(truth, said, sizes);
  if (typeof said !== "string") return truth === said;
  if (!isSymbol(said)) return true;
  const size = sizes.get(said) ?? truth;
  sizes.set(said, size);
  return size === truth;
}

function isUnknown(said: unknown): boolean {
  return said === "?" || (isRecord(said) && typeof said.unknown === "string");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
