/**
 * `node test/zoo/copy-truth.ts FOLDER`: packs `torchvision-0.28.json` and `torchvision-0.28-flops.json` of a folder of
 * recordings into `truth.json`. README.md explains the fields of both.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Shape } from "../models/truth.ts";
import type { PackedBuilder, PackedModule, PackedTruth } from "./truth.ts";

interface Recording {
  readonly torch: string;
  readonly torchvision: string;
  readonly models: readonly {
    readonly builder: string;
    readonly module: string;
    readonly kwargs: PackedBuilder["kwargs"];
    readonly params: number;
    readonly trainable: number;
    readonly buffers: number;
    readonly input?: readonly (readonly number[])[];
    readonly output?: Shape;
    readonly modules: readonly {
      readonly name: string;
      readonly type: string;
      readonly params: number;
      readonly own: number;
      readonly output?: Shape;
    }[];
  }[];
}

type Flops = Readonly<Record<string, { readonly flops: number; readonly by_op: Readonly<Record<string, number>> }>>;

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("usage: node test/zoo/copy-truth.ts FOLDER");
  process.exitCode = 2;
} else {
  const recording = JSON.parse(readFileSync(path.join(folder, "torchvision-0.28.json"), "utf8")) as Recording;
  const flops = JSON.parse(readFileSync(path.join(folder, "torchvision-0.28-flops.json"), "utf8")) as Flops;
  writeFileSync(new URL("truth.json", import.meta.url), written(packed(recording, flops)));
}

function packed(recording: Recording, flops: Flops): PackedTruth {
  const types: string[] = [];
  const shapes: Shape[] = [];
  const typeNumber = numbering(types);
  const shapeNumber = numbering(shapes);
  const builders = recording.models.map((model): PackedBuilder => {
    const counted = flops[model.builder];
    return {
      builder: model.builder,
      module: model.module,
      kwargs: model.kwargs,
      params: model.params,
      trainable: model.trainable,
      buffers: model.buffers,
      ...(model.input && { input: model.input, output: model.output ?? null }),
      ...(counted && { flops: counted.flops, flopsByOp: counted.by_op }),
      modules: model.modules.map(({ name, type, params, own, output }): PackedModule => {
        const segments = name === "" ? [] : name.split(".");
        const row = [segments.length, segments.at(-1) ?? "", typeNumber(type), params, own] as const;
        return output === undefined || output === null ? row : [...row, shapeNumber(output)];
      }),
    };
  });
  return {
    torch: recording.torch,
    torchvision: recording.torchvision,
    types,
    shapes,
    builders,
  };
}

/** Numbers values in the order in which they come first. */
function numbering<T>(values: T[]): (value: T) => number {
  const numbers = new Map<string, number>();
  return (value) => {
    const key = JSON.stringify(value);
    const number = numbers.get(key) ?? values.push(value) - 1;
    numbers.set(key, number);
    return number;
  };
}

/** A line for each table and builder, so that a change of the recording shows where it is. */
function written({ builders, ...rest }: PackedTruth): string {
  const head = Object.entries(rest).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)},\n`);
  const rows = builders.map((builder) => JSON.stringify(builder));
  return `{${head.join("")}"builders":[\n${rows.join(",\n")}\n]}\n`;
}
