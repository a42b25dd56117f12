/**
 * Binds the arguments of a call to a rule's parameters: positions, keywords, defaults, conversion, once for all rules.
 * The kind of value is a parameter (`Reader`), so that the interpreter's values and a test's plain rows go the same way.
 */
import { Violation } from "./require.ts";
import type { Parameter, TypeName } from "./signature.ts";
import { Undecided } from "./tensor.ts";

/** How values of some kind `V` are converted to what rules receive. */
export interface Reader<V> {
  isNone(value: V): boolean;
  /**
   * The value as the type asks (see `signature.ts`); `notFitting` where it is of another type, an `Undecided` where it
   * is not known well enough. `bool` takes whatever Python takes for true or false.
   */
  read(type: TypeName, value: V): unknown;
  /** The value for a message: `'a'`, `-1`, `a list`. */
  describe(value: V): string;
  /** Whether an argument is a list that stands for the rest, `view([2, 3])`. */
  isRest(value: V): boolean;
  /** Why it is not known which further arguments there are, where a positional argument stands for these; else null. */
  asOpen(value: V): Undecided | null;
  /** A list of values as one value, for a variadic parameter of sequence type. */
  pack(values: readonly V[]): V;
  /** A default from a signature. */
  fromDefault(value: null | boolean | number | string): V;
}

export const notFitting: unique symbol = Symbol("notFitting");

/** Names bound to converted values; reading one that is undecided throws its `Undecided`. */
export type Bound = Readonly<Record<string, unknown>>;

/** Throws a `bad-argument` violation where the call does not fit the parameters. */
export function bind<V>(
  callee: string,
  parameters: readonly Parameter[],
  positional: readonly V[],
  keywords: ReadonlyMap<string, V>,
  reader: Reader<V>,
): Bound {
  // A plain object: one without a prototype is a hash table for the engine, and rules read nothing but parameters.
  const bound: Record<string, unknown> = {};
  const last = positional.at(-1);
  const open = last === undefined ? null : reader.asOpen(last);
  if (open) positional = positional.slice(0, -1);
  let used = 0;
  let keywordsUsed = 0;
  for (const parameter of parameters) {
    let value: V | undefined;
    if (parameter.collects) {
      const rest = [...keywords].filter(([name]) => !parameters.some((p) => p.name === name));
      keywordsUsed += rest.length;
      assignRecord(bound, callee, parameter, rest, reader);
      continue;
    }
    if (parameter.variadic) {
      if (keywords.has(parameter.name)) {
        value = keywords.get(parameter.name);
        keywordsUsed += 1;
      } else {
        value = rest(positional.slice(used), reader);
        used = positional.length;
      }
    } else if (!parameter.keywordOnly && used < positional.length) {
      value = positional[used];
      used += 1;
      if (keywords.has(parameter.name)) refuse(`${callee} got multiple values for the argument "${parameter.name}"`);
    } else if (keywords.has(parameter.name)) {
      value = keywords.get(parameter.name);
      keywordsUsed += 1;
    }
    if (open && (value === undefined || parameter.variadic)) {
      undecide(bound, parameter.name, open);
      continue;
    }
    if (value === undefined) {
      if (parameter.default === undefined) refuse(`${callee} is missing the argument "${parameter.name}"`);
      value = reader.fromDefault(parameter.default);
    }
    assign(bound, callee, parameter, value, reader);
  }
  if (used < positional.length) {
    refuse(`${callee} takes ${parameters.length} arguments but ${positional.length} were given`);
  }
  if (keywordsUsed < keywords.size) {
    for (const name of keywords.keys()) {
      if (!parameters.some((p) => p.name === name)) refuse(`${callee} has no argument "${name}"`);
    }
  }
  return bound;
}

function rest<V>(values: readonly V[], reader: Reader<V>): V {
  const [only] = values;
  return only !== undefined && values.length === 1 && reader.isRest(only) ? only : reader.pack(values);
}

function assignRecord<V>(
  bound: Record<string, unknown>,
  callee: string,
  parameter: Parameter,
  values: readonly (readonly [string, V])[],
  reader: Reader<V>,
): void {
  const record: Record<string, unknown> = {};
  for (const [name, value] of values) assign(record, callee, { ...parameter, name }, value, reader);
  bound[parameter.name] = record;
}

function assign<V>(
  bound: Record<string, unknown>,
  callee: string,
  parameter: Parameter,
  value: V,
  reader: Reader<V>,
): void {
  if (parameter.nullable && reader.isNone(value)) {
    bound[parameter.name] = null;
    return;
  }
  let undecided: Undecided | null = null;
  for (const type of parameter.types) {
    const read = reader.read(type, value);
    if (read === notFitting) continue;
    if (read instanceof Undecided) {
      undecided = read;
      continue;
    }
    bound[parameter.name] = read;
    return;
  }
  if (undecided === null) {
    refuse(`${callee}: ${parameter.name} must be ${expected(parameter)}, got ${reader.describe(value)}`, value);
  }
  undecide(bound, parameter.name, undecided);
}

/** Lets whoever reads an argument know that it is not known. */
function undecide(bound: Record<string, unknown>, name: string, reason: Undecided): void {
  Object.defineProperty(bound, name, {
    enumerable: true,
    get() {
      throw reason;
    },
  });
}

function expected(parameter: Parameter): string {
  const { types } = parameter;
  // Tuples of one length are the usual way to write several numbers.
  const isTuple = types.some((type) => type === "single" || type === "pair" || type === "triple");
  const words = types.filter((type) => !(isTuple && type === "ints")).map((type) => typeWords[type]);
  if (parameter.nullable) words.push("None");
  return words.join(" or ");
}

const typeWords: Readonly<Record<TypeName, string>> = {
  int: "an int",
  float: "a number",
  bool: "a bool",
  str: "a string",
  tensor: "a tensor",
  tensors: "a sequence of tensors",
  single: "an int or a tuple of 1 int",
  pair: "an int or a tuple of 2 ints",
  triple: "an int or a tuple of 3 ints",
  ints: "an int or a sequence of ints",
  shapes: "a sequence of shapes",
  optints: "an int, None or a tuple of these",
  floats: "a number or a sequence of numbers",
  dtype: "a dtype",
  operand: "a tensor or a number",
  sublists: "tensors and lists of subscripts",
  packed: "a packed sequence",
  any: "a value",
};

function refuse(message: string, cause: unknown = null): never {
  throw new Violation("bad-argument", message, null, cause, "TypeError");
}
