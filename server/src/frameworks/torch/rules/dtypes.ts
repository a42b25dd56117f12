/**
 * PyTorch's type promotion, for rules of ops: what dtype arithmetic between tensors and Python numbers gives, and the
 * kinds of result that elementwise ops and reductions have. Unknown in, unknown out (`null`).
 * Source: https://docs.pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc and
 * `aten/src/ATen/native/TypeProperties.cpp`.
 */
import { type DType, Scalar, type Tensor } from "../../rules/index.ts";

/** `torch.get_default_dtype()` of a fresh interpreter: what Python floats become. */
export const defaultDtype: DType = "float32";

export type Category = "bool" | "int" | "float" | "complex";

const categories: Readonly<Record<DType, Category>> = {
  bool: "bool",
  uint8: "int",
  int8: "int",
  int16: "int",
  int32: "int",
  int64: "int",
  float16: "float",
  bfloat16: "float",
  float32: "float",
  float64: "float",
  complex64: "complex",
  complex128: "complex",
};

const order: readonly Category[] = ["bool", "int", "float", "complex"];

export const categoryOf = (dtype: DType): Category => categories[dtype];
export const isFloating = (dtype: DType): boolean => categories[dtype] === "float";
export const isComplex = (dtype: DType): boolean => categories[dtype] === "complex";
/** int or bool. */
export const isIntegral = (dtype: DType): boolean => categories[dtype] === "int" || categories[dtype] === "bool";

/** Bytes of one element. */
export const itemSize: Readonly<Record<DType, number>> = {
  bool: 1,
  uint8: 1,
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  float16: 2,
  bfloat16: 2,
  float32: 4,
  float64: 8,
  complex64: 8,
  complex128: 16,
};

/** `torch.promote_types`. */
export function promoteTypes(a: DType | null, b: DType | null): DType | null {
  if (a === null || b === null) return null;
  if (a === b) return a;
  const [low, high] = rank(a) <= rank(b) ? [a, b] : [b, a];
  if (rank(low) === rank(high)) return promoteWithin(low, high);
  if (categories[high] === "complex" && low === "float64") return "complex128";
  return high;
}

/**
 * `torch.result_type`: tensors with dimensions come first, then those without, then Python numbers; a lower class only
 * counts where its category is higher.
 */
export function resultType(operands: readonly (Tensor | Scalar)[]): DType | null {
  let answer: DType | null | undefined;
  for (const ranks of rankGuesses(operands)) {
    const dtype = resultTypeOf(operands, ranks);
    if (answer !== undefined && answer !== dtype) return null;
    answer = dtype;
  }
  return answer ?? null;
}

/** The dtype that a Python number stands for. */
export function scalarDtype(kind: Scalar["kind"]): DType {
  if (kind === "bool") return "bool";
  if (kind === "int") return "int64";
  return kind === "float" ? defaultDtype : "complex64";
}

/** What true division and transcendental functions make of a dtype: ints and bools become the default float. */
export function toFloat(dtype: DType | null): DType | null {
  if (dtype === null) return null;
  return isIntegral(dtype) ? defaultDtype : dtype;
}

/** The real dtype of a complex one; others stay. */
export function toReal(dtype: DType | null): DType | null {
  if (dtype === "complex64") return "float32";
  return dtype === "complex128" ? "float64" : dtype;
}

/** The complex dtype of a real one. Half precision has one that has no name here. */
export function toComplex(dtype: DType | null): DType | null {
  if (dtype === null || dtype === "float16") return null;
  if (isComplex(dtype)) return dtype;
  return dtype === "float64" ? "complex128" : "complex64";
}

/** What `sum`, `prod` and `cumsum` accumulate in: ints and bools become int64. */
export function toAccumulated(dtype: DType | null): DType | null {
  if (dtype === null) return null;
  return isIntegral(dtype) ? "int64" : dtype;
}

/** Whether PyTorch writes a result of one dtype into a tensor of another, as in-place ops do. */
export function canCast(from: DType, to: DType): boolean {
  if (isComplex(from) && !isComplex(to)) return false;
  if (isFloating(from) && isIntegral(to)) return false;
  return from === "bool" || to !== "bool";
}

const rank = (dtype: DType): number => order.indexOf(categories[dtype]);

function promoteWithin(a: DType, b: DType): DType {
  if (categories[a] === "float" && itemSize[a] === 2 && itemSize[b] === 2) return "float32";
  if (categories[a] === "int" && (a === "uint8" || b === "uint8")) {
    const other = a === "uint8" ? b : a;
    return other === "int8" ? "int16" : other;
  }
  return itemSize[a] >= itemSize[b] ? a : b;
}

/** A tensor of unknown rank may be one without dimensions: every way is tried, so that only what is sure is told. */
function rankGuesses(operands: readonly (Tensor | Scalar)[]): readonly (readonly boolean[])[] {
  let guesses: boolean[][] = [[]];
  for (const operand of operands) {
    const options =
      operand instanceof Scalar ? [false] : operand.dims === null ? [true, false] : [operand.dims.length > 0];
    guesses = guesses.flatMap((guess) => options.map((option) => [...guess, option]));
  }
  return guesses;
}

function resultTypeOf(operands: readonly (Tensor | Scalar)[], hasDims: readonly boolean[]): DType | null {
  let dimensioned: DType | undefined;
  let zeroDim: DType | undefined;
  let wrapped: DType | undefined;
  let unknown = false;
  for (const [i, operand] of operands.entries()) {
    const dtype = operand instanceof Scalar ? scalarDtype(operand.kind) : operand.dtype;
    if (dtype === null) unknown = true;
    else if (operand instanceof Scalar) wrapped = joined(wrapped, dtype);
    else if (hasDims[i]) dimensioned = joined(dimensioned, dtype);
    else zeroDim = joined(zeroDim, dtype);
  }
  if (unknown) return null;
  const result = combine(dimensioned, combine(zeroDim, wrapped));
  return result ?? null;
}

function joined(a: DType | undefined, b: DType): DType | undefined {
  return a === undefined ? b : (promoteTypes(a, b) ?? undefined);
}

function combine(higher: DType | undefined, lower: DType | null | undefined): DType | null | undefined {
  if (higher === undefined || lower === undefined || lower === null) return higher ?? lower;
  if (isComplex(higher)) return higher;
  if (isFloating(higher)) return isComplex(lower) ? toComplex(higher) : higher;
  if (higher === "bool" || !isIntegral(lower)) return promoteTypes(higher, lower);
  return higher;
}
