/**
 * Inputs that annotations tell, as jaxtyping writes them: `x: Float[Tensor, "batch 3 height width"]`. One mark a
 * dimension: a number, a name, `name=3`, arithmetic over names; `*batch` and `...` stand for any number of dimensions,
 * of which one is shown.
 */
import type { DType } from "../frameworks/rules/index.ts";
import type { Expr, Parameter } from "../syntax/ast.ts";
import type { InputSpec } from "./inputs.ts";
import { readSize, SizeError } from "./sizes.ts";

/** The input that a parameter's annotation tells; null where it tells none. `batch` names a batch without a name. */
export function annotatedInput({ name, annotation }: Parameter, batch: string): InputSpec | null {
  const read = annotation && shapeAnnotation(annotation);
  if (!read) return null;
  const sizes = read.dims
    .split(/\s+/)
    .filter(Boolean)
    .map((mark) => sizeOf(mark, batch));
  return { name, sizes, dtype: read.dtype };
}

/** jaxtyping's types that a tensor of PyTorch can have; a family by the member that is usual. */
const dtypes: Readonly<Record<string, DType | null>> = {
  Float: "float32",
  Float16: "float16",
  BFloat16: "bfloat16",
  Float32: "float32",
  Float64: "float64",
  Real: "float32",
  Inexact: "float32",
  Num: "float32",
  Shaped: null,
  Int: "int64",
  Integer: "int64",
  Int8: "int8",
  Int16: "int16",
  Int32: "int32",
  Int64: "int64",
  UInt: "uint8",
  UInt8: "uint8",
  Bool: "bool",
  Complex: "complex64",
  Complex64: "complex64",
  Complex128: "complex128",
};

function shapeAnnotation(annotation: Expr): { dtype: DType | null; dims: string } | null {
  // `Float[Tensor, "b t"] | None`, `Optional[Float[Tensor, "b t"]]`
  if (annotation.kind === "Binary" && annotation.op === "|") {
    return shapeAnnotation(annotation.left) ?? shapeAnnotation(annotation.right);
  }
  if (annotation.kind !== "Subscript") return null;
  const head = lastName(annotation.value);
  if (head === "Optional") return shapeAnnotation(annotation.index);
  if (head === null || !Object.hasOwn(dtypes, head) || annotation.index.kind !== "Tuple") return null;
  const [array, dims] = annotation.index.items;
  if (array === undefined || lastName(array) !== "Tensor") return null;
  if (dims?.kind !== "Constant" || dims.value.type !== "str") return null;
  return { dtype: dtypes[head] ?? null, dims: dims.value.value };
}

function lastName(expr: Expr): string | null {
  if (expr.kind === "Name") return expr.id;
  return expr.kind === "Attribute" ? expr.attr : null;
}

function sizeOf(mark: string, batch: string): string {
  if (mark === "...") return batch;
  // `#` may be broadcast, `?` differs from leaf to leaf, `_` is bound to nothing: each is a size all the same.
  const size = mark.replace(/^[*#?_]+/, "");
  const [, documented] = /^[A-Za-z_]\w*=(.+)$/.exec(size) ?? [];
  const text = documented ?? size;
  if (mark.startsWith("_") || mark.startsWith("*_")) return text === "" || !/^\d+$/.test(text) ? "?" : text;
  try {
    readSize(text, () => 1_000_003);
    return text;
  } catch (problem) {
    // What stands in braces is the program's, and what is none of this is not known.
    if (problem instanceof SizeError) return "?";
    throw problem;
  }
}
