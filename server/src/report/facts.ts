/** Values of the analysis as plain facts: sizes, shapes, counts, and their texts. */
import {
  type Dim,
  divExact,
  format,
  formatCount,
  formatShape,
  isConcrete,
  type Shape,
  substitute,
  symbolsOf,
} from "../algebra/index.ts";
import { holdsTensor } from "../frameworks/torch/binding/tensors.ts";
import { TensorValue } from "../frameworks/torch/binding/values.ts";
import type { Counted } from "../model/tree.ts";
import { baseOf } from "../python/derived.ts";
import { fieldsOfValue } from "../python/stdlib/dataclasses.ts";
import type { Unknown, Value } from "../python/values.ts";
import type { AnalyzedModel } from "../workspace/analysis.ts";
import type { Count, ShapeFact, Size, ValueShape } from "./types.ts";

export { holdsTensor };

export function sizeFact(size: Dim): Size {
  return isConcrete(size) ? size : format(size);
}

export function shapeFact(shape: Shape | null, why: string): ShapeFact {
  return shape === null ? { unknown: why } : shape.map(sizeFact);
}

export function countFact(counted: Counted): Count {
  if ("unknown" in counted) return { unknown: counted.unknown };
  return isConcrete(counted.count) ? counted.count : formatCount(counted.count);
}

/** `5,852,234`, or `9·c_in·c_out + c_out`; null where unknown. */
export function countText(counted: Counted): string | null {
  return "unknown" in counted ? null : formatCount(counted.count);
}

/** A value with its tensors' shapes. */
export function valueShape(value: Value): ValueShape {
  if (value instanceof TensorValue) {
    return { kind: "tensor", shape: shapeFact(value.type.dims, value.type.why), dtype: value.type.dtype };
  }
  switch (value.kind) {
    case "tuple":
      return { kind: "sequence", items: value.items.map(valueShape) };
    case "list":
      return value.lost ? unknownShape(value.lost) : { kind: "sequence", items: value.items.map(valueShape) };
    case "dict": {
      if (value.lost) return unknownShape(value.lost);
      const fields: Record<string, ValueShape> = {};
      for (const { key, value: item } of value.entries.values())
        if (key.kind === "str") fields[key.value] = valueShape(item);
      return { kind: "mapping", fields };
    }
    case "instance": {
      // A record that is a dict or tuple, as the outputs of many libraries are, is what it holds.
      const base = baseOf(value);
      if (base !== value) return valueShape(base);
      const fields: Record<string, ValueShape> = {};
      // A record of tensors is told with all its fields; of another object only the tensors matter.
      const isRecord = fieldsOfValue(value) !== null;
      for (const [name, item] of value.attrs) if (isRecord || holdsTensor(item)) fields[name] = valueShape(item);
      return [...value.attrs.values()].some(holdsTensor)
        ? { kind: "mapping", fields }
        : { kind: "other", text: value.cls.name };
    }
    case "unknown":
      return unknownShape(value);
    default:
      return { kind: "other", text: value.kind };
  }
}

function unknownShape({ why }: Unknown): ValueShape {
  return { kind: "tensor", shape: { unknown: why }, dtype: null };
}

/** The text of a value's shape, `(N, 10)`, `((N, T, 8), (1, N, 8))`; null where a part of it is not known. */
export function shapeText(value: Value): string | null {
  if (value instanceof TensorValue) return value.type.dims === null ? null : formatShape(value.type.dims);
  if (value.kind === "tuple" || value.kind === "list") {
    if (value.kind === "list" && value.lost) return null;
    const texts = value.items.filter((item) => item.kind !== "none").map(shapeText);
    if (texts.length === 0 || texts.some((text) => text === null)) return null;
    return `(${texts.join(", ")}${texts.length === 1 ? "," : ""})`;
  }
  return null;
}

/** Multiply-accumulates for one item of the batch, where the batch size is a symbol. */
export function perItem(macs: Dim, model: Pick<AnalyzedModel, "inputs">): Dim {
  const batch = batchOf(model);
  return batch === null || isConcrete(batch) ? macs : (divExact(macs, batch) ?? macs);
}

/** A shape for one item of the batch. */
export function ofOneItem(shape: Shape, model: Pick<AnalyzedModel, "inputs">): Shape {
  const batch = batchOf(model);
  if (batch === null || isConcrete(batch)) return shape;
  const [only] = symbolsOf(batch);
  return only ? shape.map((size) => substitute(size, new Map([[only.id, 1]]))) : shape;
}

function batchOf({ inputs }: Pick<AnalyzedModel, "inputs">): Dim | null {
  for (const { value } of inputs)
    if (value instanceof TensorValue && value.type.dims) return value.type.dims[0] ?? null;
  return null;
}

/** `137.7 MMACs`: three digits and a unit. */
export function macsText(macs: Dim): string {
  return isConcrete(macs) ? `${scaled(macs)}MACs` : `${formatCount(macs)} MACs`;
}

function scaled(value: number): string {
  for (const [unit, size] of [
    ["T", 1e12],
    ["G", 1e9],
    ["M", 1e6],
    ["k", 1e3],
  ] as const) {
    if (value >= size) return `${(value / size).toFixed(value / size >= 100 ? 1 : 2)} ${unit}`;
  }
  return `${value} `;
}

/** `3.6 kB`, in the powers of ten that torchinfo and the panel use. */
export function bytesText(bytes: number): string {
  return `${scaled(bytes)}B`;
}
