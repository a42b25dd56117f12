/** `torch.tensor(data)`: the shape and dtype of nested lists of numbers. */
import type { Dim } from "../../../algebra/index.ts";
import { eq } from "../../../algebra/index.ts";
import type { Value } from "../../../python/values.ts";
import { ArrayValue } from "../../numpy/binding/array.ts";
import { type DType, Tensor, Undecided, violate } from "../../rules/index.ts";
import { DTypeValue, TensorValue } from "./values.ts";

/** Python's kinds of number, the later ones winning over the earlier. */
const ranks = ["bool", "int64", "float32", "complex64"] as const;

/** The tensor that nested data makes. Throws `Undecided` where the nesting is not known. */
export function tensorOfData(data: Value, dtype: Value | undefined): Tensor {
  const { shape, dtype: own } = measure(data);
  if (dtype instanceof DTypeValue) return new Tensor(shape, dtype.name);
  if (dtype !== undefined && dtype.kind !== "none") return new Tensor(shape, null, "its dtype is not known");
  return new Tensor(shape, own);
}

function measure(data: Value): { shape: readonly Dim[]; dtype: DType | null } {
  if (data instanceof TensorValue) return { shape: data.type.shape, dtype: data.type.dtype };
  if (data instanceof ArrayValue) {
    if (data.shape === null) throw new Undecided("the shape of the array is not known");
    return { shape: data.shape, dtype: data.dtype };
  }
  switch (data.kind) {
    case "bool":
      return { shape: [], dtype: "bool" };
    case "int":
      return { shape: [], dtype: "int64" };
    case "float":
      return { shape: [], dtype: "float32" };
    case "unknown": {
      const { type, dim, ratio } = data.facts;
      if (type === "bool") return { shape: [], dtype: "bool" };
      if (type === "int" || dim) return { shape: [], dtype: "int64" };
      if (type === "float" || ratio) return { shape: [], dtype: "float32" };
      throw new Undecided(data.why);
    }
    case "range":
      if (typeof data.start !== "number" || typeof data.stop !== "number")
        throw new Undecided("the length of the range is not known");
      return { shape: [Math.max(0, Math.ceil((data.stop - data.start) / data.step))], dtype: "int64" };
    case "list":
    case "tuple":
      if (data.kind === "list" && data.lost) throw new Undecided(data.lost.why);
      return measureItems(data.items);
    default:
      throw new Undecided("what the tensor is made of is not known");
  }
}

function measureItems(items: readonly Value[]): { shape: readonly Dim[]; dtype: DType | null } {
  const parts = items.map(measure);
  const [first] = parts;
  if (!first) return { shape: [0], dtype: "float32" };
  for (const { shape } of parts) {
    if (shape.length !== first.shape.length || shape.some((size, i) => eq(size, first.shape[i] ?? -1) === false)) {
      violate("bad-argument", "the lists that the tensor is made of have different lengths");
    }
  }
  const known = parts.map(({ dtype }) => ranks.indexOf(dtype as (typeof ranks)[number]));
  const dtype = known.includes(-1)
    ? parts.every((part) => part.dtype === first.dtype)
      ? first.dtype
      : null
    : (ranks[Math.max(...known)] ?? null);
  return { shape: [items.length, ...first.shape], dtype };
}
