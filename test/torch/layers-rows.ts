/** The recorded calls of layers, and the verdict on what their rules make of one. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Shape } from "../../server/src/algebra/index.ts";
import {
  bind,
  type DType,
  type LayerEntry,
  type Out,
  Tensor,
  Undecided,
  Violation,
} from "../../server/src/frameworks/rules/index.ts";
import "../../server/src/frameworks/torch/rules/layers/index.ts";
import { torchRules } from "../../server/src/frameworks/torch/rules/table.ts";
import { type Json, jsonReader } from "./json-reader.ts";

/** Where the rows are; `ROWS` names a folder with those of another seed. */
export const rowsFolder = process.env.ROWS ?? import.meta.dirname;

export type LayerRow = readonly [
  name: string,
  args: readonly Json[],
  kwargs: Readonly<Record<string, Json>>,
  inputs: readonly Json[],
  weights: readonly (readonly [string, readonly number[], string?])[],
  buffers: readonly (readonly [string, readonly number[], string])[],
  result: Json | { readonly error: string; readonly at: string },
  macs?: number,
];

export const layerRows: readonly LayerRow[] = JSON.parse(readFileSync(join(rowsFolder, "layers.json"), "utf8"));

/** `wrong` is a wrong shape, or a finding where PyTorch takes the call. */
export type Verdict = {
  readonly kind: "exact" | "flagged" | "missed" | "unknown" | "wrong";
  readonly why: string;
};

/** Layers whose products PyTorch's counter leaves out. */
export const uncounted: ReadonlySet<string> = new Set(["Bilinear"]);

export function judge(row: LayerRow): Verdict {
  const [name, args, kwargs, inputs, weights, buffers, result, macs = 0] = row;
  const refused = isRefusal(result);
  try {
    const entry = entryOf(name);
    const a = bindConstructor(entry, args, kwargs) as never;
    entry.rule.check?.(a);
    const lazy = name.startsWith("Lazy");
    if (!lazy && (!refused || result.at === "call")) {
      const ours = Object.entries(entry.rule.weights?.(a) ?? {}).filter(([, shape]) => Array.isArray(shape));
      if (!same(ours, shapesOf(weights))) return { kind: "wrong", why: `weights ${JSON.stringify(ours)}` };
      const kept = Object.entries(entry.rule.buffers?.(a) ?? {}).flatMap(([key, value]) =>
        describeBuffer(key, value, dtypeOf(a)),
      );
      if (!same(kept, buffers)) return { kind: "wrong", why: `buffers ${JSON.stringify(kept)}` };
    }
    const x = bind(name, entry.forwardParameters, inputs, new Map(), jsonReader) as never;
    const out = entry.rule.output(a, x);
    if (refused) return { kind: "missed", why: `gives ${JSON.stringify(encode(out))}` };
    if (!same(encode(out), result)) return { kind: "wrong", why: `gives ${JSON.stringify(encode(out))}` };
    const counted = entry.rule.macs?.(a, x, out as never) ?? 0;
    if (counted !== macs && !uncounted.has(name)) {
      return { kind: "wrong", why: `${JSON.stringify(counted)} multiply-accumulates, not ${macs}` };
    }
    return { kind: "exact", why: "" };
  } catch (thrown) {
    if (thrown instanceof Violation) return { kind: refused ? "flagged" : "wrong", why: thrown.message };
    if (thrown instanceof Undecided) return { kind: "unknown", why: thrown.why };
    throw thrown;
  }
}

export function entryOf(name: string): LayerEntry {
  const entry = torchRules.layers.get(`torch.nn.${name}`);
  if (entry === undefined) throw new Error(`no rule for ${name}`);
  return entry;
}

export function bindConstructor(entry: LayerEntry, args: readonly Json[], kwargs: Readonly<Record<string, Json>>) {
  return bind(entry.name, entry.parameters, args, new Map(Object.entries(kwargs)), jsonReader);
}

function shapesOf(weights: LayerRow[4]): (readonly [string, readonly number[]])[] {
  return weights.map(([name, shape]) => [name, shape]);
}

export function isRefusal(result: LayerRow[6]): result is { readonly error: string; readonly at: string } {
  return typeof result === "object" && result !== null && "error" in result;
}

/** The dtype that a layer was told to have. */
function dtypeOf(a: { readonly dtype?: DType | null }): DType {
  return a.dtype ?? "float32";
}

type Buffer = Shape | { readonly shape: Shape; readonly dtype: DType | null } | null | false;

function describeBuffer(name: string, value: Buffer, dtype: DType): unknown[] {
  if (value === null || value === false) return [];
  return "shape" in value ? [[name, value.shape, value.dtype]] : [[name, value, dtype]];
}

export function encode(out: Out): unknown {
  if (out instanceof Tensor) return { tensor: out.shape, dtype: out.dtype };
  if (Array.isArray(out)) return out.map(encode);
  throw new Error(`an output that no layer of the rows has: ${JSON.stringify(out)}`);
}

export function same(ours: unknown, theirs: unknown): boolean {
  return JSON.stringify(ours) === JSON.stringify(theirs);
}

export function describeRow([name, args, kwargs, inputs, , , result]: LayerRow, why: string): string {
  return `${name}(${JSON.stringify(args)}, ${JSON.stringify(kwargs)})(${JSON.stringify(inputs)}) = ${JSON.stringify(result)}; ${why}`;
}
