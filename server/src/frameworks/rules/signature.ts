/**
 * Signatures of layers and ops as one line of text, `in_features, out_features, bias = True`, parsed once at load into
 * parameters and, by the type system, into the type of the arguments that a rule receives.
 *
 * Grammar: `name`, `name: type`, `name = default`, `name: type = default`, joined by `", "`; a lone `*` makes what
 * follows keyword-only; `*name: type` collects the remaining positional arguments (or one list of them, as
 * `view(2, 3)` and `view([2, 3])` do), `**name: type` the remaining keywords. Without a type it is taken from the default: `True`/`False` bool, quoted str,
 * with a point float, `None` any, else int. Defaults are Python literals without commas.
 *
 * | type | a rule receives |
 * | --- | --- |
 * | `int`, `int?` | `Dim`, `Dim \| null` |
 * | `float`, `float?` | `number`, `number \| null` (an int is taken too) |
 * | `bool`, `bool?`, `str`, `str?` | `boolean`, `string`, or null |
 * | `tensor`, `tensor?` | `Tensor`, `Tensor \| null` |
 * | `tensors` | `Tensor[]` from a list or tuple (or, behind `*`, the positional rest) |
 * | `single`, `pair`, `triple` (and with `?`) | `Dim[]` of 1, 2, 3 entries; an int is repeated |
 * | `ints`, `ints?` | `Dim[]` from a list, a tuple, a `torch.Size` or one int |
 * | `shapes` | `Dim[][]` from a sequence of these |
 * | `optints` | `(Dim \| null)[]`, as adaptive pooling takes; an int or None stays one entry |
 * | `floats`, `floats?` | `number[]` from a list, a tuple or one number |
 * | `dtype`, `dtype?` | `DType`, or null |
 * | `packed` | `PackedSteps` |
 * | `operand`, `operand?` | `Tensor \| Scalar`: what arithmetic takes |
 * | `sublists` | `(Tensor \| (Dim \| "...")[])[]`: tensors, and the lists of their subscripts |
 * | `A\|B` (also with `?`) | either; the first that fits |
 * | `any` | `Opaque`: never looked into |
 */
import type { Dim } from "../../algebra/index.ts";
import type { DType, Opaque, PackedSteps, Scalar, Tensor } from "./tensor.ts";

/** The type of the arguments that signature `S` binds. */
export type Args<S extends string> = Simplify<ArgsOf<S>>;

export interface Parameter {
  readonly name: string;
  /** Alternatives in order, without the `?`. */
  readonly types: readonly TypeName[];
  readonly nullable: boolean;
  readonly variadic: boolean;
  /** Takes the keywords that no other parameter has, as a record. */
  readonly collects: boolean;
  readonly keywordOnly: boolean;
  /** Absent where the argument must be given. */
  readonly default?: null | boolean | number | string;
}

export type TypeName = keyof Types;

interface Types {
  int: Dim;
  float: number;
  bool: boolean;
  str: string;
  tensor: Tensor;
  tensors: readonly Tensor[];
  single: readonly Dim[];
  pair: readonly Dim[];
  triple: readonly Dim[];
  ints: readonly Dim[];
  shapes: readonly (readonly Dim[])[];
  optints: readonly (Dim | null)[];
  floats: readonly number[];
  dtype: DType;
  operand: Tensor | Scalar;
  sublists: readonly (Tensor | readonly (Dim | "...")[])[];
  packed: PackedSteps;
  any: Opaque;
}

type Simplify<T> = { readonly [K in keyof T]: T[K] };
type ArgsOf<S extends string> = S extends ""
  ? unknown
  : S extends `${infer P}, ${infer Rest}`
    ? ArgOf<P> & ArgsOf<Rest>
    : ArgOf<S>;
type ArgOf<P extends string> = P extends "*"
  ? unknown
  : P extends `**${infer N}: ${infer T}`
    ? { [K in N]: Readonly<Record<string, TypeOf<T>>> }
    : ArgOfNamed<P>;
type ArgOfNamed<P extends string> = P extends `${infer N}: ${infer T} = ${string}`
  ? { [K in Bare<N>]: TypeOf<T> }
  : P extends `${infer N}: ${infer T}`
    ? { [K in Bare<N>]: TypeOf<T> }
    : P extends `${infer N} = ${infer D}`
      ? { [K in Bare<N>]: TypeOfDefault<D> }
      : { [K in Bare<P>]: Dim };
type Bare<N extends string> = N extends `*${infer M}` ? M : N;
type TypeOf<T extends string> = T extends `${infer U}?`
  ? TypeOf<U> | null
  : T extends `${infer A}|${infer B}`
    ? TypeOf<A> | TypeOf<B>
    : T extends TypeName
      ? Types[T]
      : never;
type TypeOfDefault<D extends string> = D extends "True" | "False"
  ? boolean
  : D extends "None"
    ? Opaque
    : D extends `"${string}"`
      ? string
      : D extends `${string}.${string}` | `${string}e-${string}`
        ? number
        : Dim;

const typeNames: ReadonlySet<string> = new Set<TypeName>([
  "int",
  "float",
  "bool",
  "str",
  "tensor",
  "tensors",
  "single",
  "pair",
  "triple",
  "ints",
  "shapes",
  "optints",
  "floats",
  "dtype",
  "operand",
  "sublists",
  "packed",
  "any",
]);

/** Parses a signature; throws on a malformed one, which is a mistake in a rule table and shows at load. */
export function parseSignature(text: string): readonly Parameter[] {
  if (text === "") return [];
  const parameters: Parameter[] = [];
  let keywordOnly = false;
  for (const part of text.split(", ")) {
    if (part === "*") keywordOnly = true;
    else parameters.push(parseParameter(part, keywordOnly, text));
  }
  return parameters;
}

function parseParameter(part: string, keywordOnly: boolean, whole: string): Parameter {
  const match = /^(\*{0,2})(\w+)(?:: ([\w|?]+))?(?: = (.+))?$/.exec(part);
  if (!match) throw new Error(`malformed parameter "${part}" in signature "${whole}"`);
  const [, star, name = "", type, literal] = match;
  const parsed = literal === undefined ? undefined : parseLiteral(literal);
  const declared = type ?? typeOfLiteral(literal);
  const types = declared.replaceAll("?", "").split("|");
  for (const t of types) if (!typeNames.has(t)) throw new Error(`unknown type "${t}" in signature "${whole}"`);
  return {
    name,
    types: types as TypeName[],
    nullable: declared.includes("?") || parsed === null,
    variadic: star === "*",
    collects: star === "**",
    keywordOnly,
    ...(parsed === undefined ? {} : { default: parsed }),
  };
}

function typeOfLiteral(literal: string | undefined): TypeName {
  if (literal === undefined) return "int";
  if (literal === "True" || literal === "False") return "bool";
  if (literal === "None") return "any";
  if (literal.startsWith('"')) return "str";
  return /[.]|e-/.test(literal) ? "float" : "int";
}

function parseLiteral(literal: string): null | boolean | number | string {
  if (literal === "None") return null;
  if (literal === "True" || literal === "False") return literal === "True";
  if (literal.startsWith('"')) return literal.slice(1, -1);
  const number = Number(literal);
  if (Number.isNaN(number)) throw new Error(`unreadable default "${literal}"`);
  return number;
}
