/** Python's single values: numbers, texts, `None` and their like. */
import type { Dim } from "../../algebra/index.ts";
import type { Class } from "./objects.ts";

export class None {
  readonly kind = "none";
}
export class Ellipsis {
  readonly kind = "ellipsis";
}
export class NotImplemented {
  readonly kind = "notimplemented";
}
export class Bool {
  readonly kind = "bool";
  readonly value: boolean;
  constructor(value: boolean) {
    this.value = value;
  }
}
/** The number types of a library that has its own, as NumPy does. */
export interface NumberTypes {
  readonly int: Class;
  readonly float: Class;
}

/** An int, known or symbolic. `types` is set where it is of a library's own. */
export class Int {
  readonly kind = "int";
  readonly dim: Dim;
  readonly types: NumberTypes | null;
  constructor(dim: Dim, types: NumberTypes | null = null) {
    this.dim = dim;
    this.types = types;
  }
}
/** A float; `types` as in `Int`. */
export class Float {
  readonly kind = "float";
  readonly value: number;
  readonly types: NumberTypes | null;
  constructor(value: number, types: NumberTypes | null = null) {
    this.value = value;
    this.types = types;
  }
}
export class Str {
  readonly kind = "str";
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}
export class Bytes {
  readonly kind = "bytes";
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}

export const none = new None();
export const ellipsis = new Ellipsis();
export const notImplemented = new NotImplemented();
export const True = new Bool(true);
export const False = new Bool(false);
export const bool = (value: boolean): Bool => (value ? True : False);
const smallInts = Array.from({ length: 1025 }, (_, n) => new Int(n));
export function int(dim: Dim): Int {
  return (typeof dim === "number" ? smallInts[dim] : undefined) ?? new Int(dim);
}
export const str = (value: string): Str => new Str(value);
export const float = (value: number): Float => new Float(value);
