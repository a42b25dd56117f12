/**
 * What rules speak of: tensors as shape and dtype, scalars, and the results that a rule can give.
 *
 * A rule reads shapes and arguments without asking whether they are known: reading an unknown one throws `Undecided`,
 * which the engine turns into an unknown result with that reason. So no rule can guess.
 */
import type { Dim, Shape, Tri } from "../../algebra/index.ts";

export type DType =
  | "float32"
  | "float64"
  | "float16"
  | "bfloat16"
  | "complex64"
  | "complex128"
  | "int64"
  | "int32"
  | "int16"
  | "int8"
  | "uint8"
  | "bool";

/** Thrown when a rule reads what is not known. Not an Error: it is ordinary flow and needs no stack. */
export class Undecided {
  readonly why: string;
  constructor(why: string) {
    this.why = why;
  }
}

/** A tensor's type: shape and dtype, either of which may be unknown, `why` says for what reason. */
export class Tensor {
  readonly dims: Shape | null;
  /** null: unknown. */
  readonly dtype: DType | null;
  readonly why: string;

  constructor(dims: Shape | null, dtype: DType | null, why = "") {
    this.dims = dims;
    this.dtype = dtype;
    this.why = why;
  }

  /** The sizes; throws `Undecided` where the rank is unknown. */
  get shape(): Shape {
    if (this.dims === null) throw new Undecided(this.why);
    return this.dims;
  }

  get rank(): number {
    return this.shape.length;
  }

  /** The size of dimension `index`, negative from the end. The rule has checked the rank before. */
  size(index: number): Dim {
    const shape = this.shape;
    const size = shape[index < 0 ? shape.length + index : index];
    if (size === undefined) throw new Undecided(`there is no dimension ${index} in a tensor of rank ${shape.length}`);
    return size;
  }

  /** The same dtype with other sizes. */
  withShape(shape: Shape): Tensor {
    return new Tensor(shape, this.dtype);
  }

  /** The same sizes with another dtype. */
  withDtype(dtype: DType | null): Tensor {
    return new Tensor(this.dims, dtype, this.why);
  }
}

/** A Python number as an operand: its kind decides promotion; `value` is null where it is not known. */
export class Scalar {
  readonly kind: "bool" | "int" | "float" | "complex";
  readonly value: number | null;
  constructor(kind: Scalar["kind"], value: number | null) {
    this.kind = kind;
    this.value = value;
  }
}

/** Sequences of different lengths, packed: the steps of all of them one behind the other, `(total, features)`. */
export class PackedSteps {
  readonly data: Tensor;
  /** The value that it was read from, of which a result is made. */
  readonly origin: unknown;
  /** Whether they were put into another order, from long to short. */
  readonly reordered: boolean;
  private readonly sequences: Dim | null;

  constructor(data: Tensor, sequences: Dim | null, reordered: boolean, origin: unknown) {
    this.data = data;
    this.reordered = reordered;
    this.sequences = sequences;
    this.origin = origin;
  }

  /** How many sequences there are; throws `Undecided` where that is not known. */
  get count(): Dim {
    if (this.sequences === null) throw new Undecided("the number of packed sequences is not known");
    return this.sequences;
  }
}

/** A value that rules pass by. */
export interface Opaque {
  readonly opaque: unknown;
}

/** What a rule may return; arrays are Python tuples. */
export type Out =
  | Tensor
  | readonly Out[]
  | { readonly list: readonly Out[] }
  | { readonly named: string; readonly fields: Readonly<Record<string, Out>> }
  | { readonly int: Dim }
  /** The same sequences with other data. */
  | { readonly packed: Tensor; readonly like: PackedSteps }
  | { readonly bool: Tri; readonly why: string }
  | { readonly float: number | null; readonly why: string }
  | { readonly dtype: DType }
  | { readonly none: true };

export const tensor = (shape: Shape, dtype: DType | null): Tensor => new Tensor(shape, dtype);
export const list = (items: readonly Out[]): Out => ({ list: items });
/** A named tuple: `named("torch.return_types.max", { values, indices })`. */
export const named = (type: string, fields: Readonly<Record<string, Out>>): Out => ({ named: type, fields });
export const int = (value: Dim): Out => ({ int: value });
export const none: Out = { none: true };
