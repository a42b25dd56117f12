/**
 * What real PyTorch says of each builder of torchvision: `truth.json`, unpacked. README.md explains the packed form.
 */
import { readFileSync } from "node:fs";
import type { Shape } from "../models/truth.ts";

export interface ModuleTruth {
  readonly name: string;
  /** The class's own name, without its module. */
  readonly type: string;
  readonly params: number;
  readonly own: number;
  /** Of its first call; null where no call of it was seen. */
  readonly output: Shape;
}

export interface BuilderTruth {
  readonly builder: string;
  /** Where the function lives, and its name there. */
  readonly module: string;
  readonly function: string;
  /** Passed beside `weights=None`. */
  readonly kwargs: Readonly<Record<string, null | boolean>>;
  readonly params: number;
  readonly trainable: number;
  readonly buffers: number;
  /** null where the recording has no forward call. */
  readonly call: {
    readonly inputs: readonly (readonly number[])[];
    readonly output: Shape;
    /** Two for each multiply-accumulate; null where they were not counted. */
    readonly flops: number | null;
  } | null;
  readonly modules: readonly ModuleTruth[];
}

/** Depth in the tree, last part of the name, number of the type, params, own, number of the output's shape. */
export type PackedModule =
  | readonly [depth: number, part: string, type: number, params: number, own: number]
  | readonly [depth: number, part: string, type: number, params: number, own: number, output: number];

export interface PackedBuilder {
  readonly builder: string;
  readonly module: string;
  readonly kwargs: Readonly<Record<string, null | boolean>>;
  readonly params: number;
  readonly trainable: number;
  readonly buffers: number;
  readonly input?: readonly (readonly number[])[];
  readonly output?: Shape;
  readonly flops?: number;
  readonly flopsByOp?: Readonly<Record<string, number>>;
  readonly modules: readonly PackedModule[];
}

export interface PackedTruth {
  readonly torch: string;
  readonly torchvision: string;
  readonly types: readonly string[];
  readonly shapes: readonly Shape[];
  readonly builders: readonly PackedBuilder[];
}

export function readTruth(): BuilderTruth[] {
  const packed = JSON.parse(readFileSync(new URL("truth.json", import.meta.url), "utf8")) as PackedTruth;
  return packed.builders.map((each) => ({
    builder: each.builder,
    module: each.module,
    // The registry puts a prefix before what is one of several builders of one name.
    function: each.module.includes(".quantization.") ? each.builder.replace(/^quantized_/, "") : each.builder,
    kwargs: each.kwargs,
    params: each.params,
    trainable: each.trainable,
    buffers: each.buffers,
    call:
      each.input && each.output && each.flops !== undefined
        ? { inputs: each.input, output: each.output, flops: each.flops }
        : null,
    modules: modulesOf(each, packed),
  }));
}

/** `named_modules()` goes down before it goes on, so depth and last part tell the whole name. */
function modulesOf({ modules }: PackedBuilder, { types, shapes }: PackedTruth): ModuleTruth[] {
  const parts: string[] = [];
  return modules.map(([depth, part, type, params, own, output]) => {
    if (depth > 0) parts.splice(depth - 1, parts.length, part);
    return {
      name: parts.join("."),
      type: types[type] ?? "",
      params,
      own,
      output: output === undefined ? null : (shapes[output] ?? null),
    };
  });
}
