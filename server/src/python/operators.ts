/** Operators: numbers, containers and the special methods of objects. */
import { type Dim, neg, sub } from "../algebra/index.ts";
import type { BinaryOperator } from "../syntax/ast.ts";
import { binaryUnknown, boolOperation, dimOf, floatOperation, floatWithSize, intOperation } from "./arithmetic.ts";
import { describeType, specialMethod } from "./attributes.ts";
import { call } from "./call.ts";
import { unknownBool } from "./comparison.ts";
import { not, numberOf } from "./equality.ts";
import { formatPercent } from "./format.ts";
import type { Interpreter } from "./interpreter.ts";
import { itemsOf } from "./iterate.ts";
import { truth } from "./truth.ts";
import {
  Bytes,
  bool,
  Dict,
  Float,
  float,
  Int,
  int,
  List,
  type NumberTypes,
  SetValue,
  str,
  Tuple,
  Unknown,
  type Value,
} from "./values.ts";

const methodNames: Readonly<Record<BinaryOperator, string>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "truediv",
  "//": "floordiv",
  "%": "mod",
  "**": "pow",
  "@": "matmul",
  "&": "and",
  "|": "or",
  "^": "xor",
  "<<": "lshift",
  ">>": "rshift",
};

export function binary(it: Interpreter, op: BinaryOperator, a: Value, b: Value): Value {
  const result = operation(it, op, a, b);
  const types = numberTypesOf(a) ?? numberTypesOf(b);
  if (types === null) return result;
  // A number of a library makes one of the same library.
  if (result.kind === "int") return new Int(result.dim, types);
  return result.kind === "float" ? new Float(result.value, types) : result;
}

function numberTypesOf(value: Value): NumberTypes | null {
  return value.kind === "int" || value.kind === "float" ? value.types : null;
}

function operation(it: Interpreter, op: BinaryOperator, a: Value, b: Value): Value {
  if (a.kind === "int" && b.kind === "int") return intOperation(it, op, a, b);
  if (a.kind === "unknown" || b.kind === "unknown") return binaryUnknown(it, op, a, b);
  const x = numberOf(a);
  const y = numberOf(b);
  if (x !== null && y !== null) {
    return a.kind === "float" || b.kind === "float" ? floatOperation(it, op, x, y) : boolOperation(it, op, a, b, x, y);
  }
  return viaMethods(it, op, a, b) ?? builtinOperation(it, op, a, b) ?? unsupported(it, op, a, b);
}

/** `a op= b`: in place where the object supports it. */
export function inplace(it: Interpreter, op: BinaryOperator, a: Value, b: Value): Value {
  if (a.kind === "list" && op === "+") {
    a.touch();
    if (b.kind === "unknown" || (b.kind === "list" && b.lost))
      a.lost ??= new Unknown("something unknown was added to the list");
    else extend(it, a, b);
    return a;
  }
  if (a.kind === "dict" && op === "|" && b.kind === "dict") {
    a.touch();
    if (b.lost) a.lose(b.lost);
    for (const [key, entry] of b.entries) a.entries.set(key, entry);
    return a;
  }
  if (a.kind === "set" && !a.frozen && op === "|" && b.kind === "set") {
    a.touch();
    a.lost ??= b.lost;
    for (const [key, item] of b.items) a.items.set(key, item);
    return a;
  }
  if (a.kind === "instance" || a.kind === "host") {
    const method = specialMethod(it, a, `__i${methodNames[op]}__`);
    if (method) {
      const result = call(it, method, [b]);
      if (result.kind !== "notimplemented") return result;
    }
  }
  return binary(it, op, a, b);
}

/** Sequences are not followed beyond this many items: no program may fill the memory. */
const LONGEST = 1_000_000;

function tooLong(): Unknown {
  return new Unknown("a sequence of more than a million items");
}

/** `list += items`; the list itself may be what is added. */
function extend(it: Interpreter, list: List, value: Value): void {
  const items = itemsOf(it, value);
  if (items instanceof Unknown) list.lost ??= items;
  else if (list.items.length + items.length > LONGEST) list.lost ??= tooLong();
  else for (const item of items) list.items.push(item);
}

export function unary(it: Interpreter, op: "+" | "-" | "~" | "not", value: Value): Value {
  if (op === "not") {
    const t = not(truth(it, value));
    return t === undefined ? unknownBool(value) : bool(t);
  }
  if (value.kind === "int") {
    if (op === "~") return int(sub(neg(value.dim), 1));
    return op === "-" ? int(neg(value.dim)) : value;
  }
  if (value.kind === "float") return op === "-" ? float(-value.value) : value;
  if (value.kind === "bool") return unary(it, op, int(value.value ? 1 : 0));
  if (value.kind === "unknown") {
    if (op !== "-") return new Unknown(value.why);
    return new Unknown(value.why, {
      dim: () => {
        const dim = value.asDim();
        return dim === null ? null : neg(dim);
      },
    });
  }
  const method = specialMethod(it, value, op === "-" ? "__neg__" : op === "+" ? "__pos__" : "__invert__");
  if (method) return call(it, method, []);
  return it.raise("TypeError", `bad operand type for unary ${op}: '${describeType(value)}'`);
}

export function isObject(value: Value): boolean {
  return (
    value.kind === "instance" ||
    value.kind === "host" ||
    value.kind === "class" ||
    (value.kind === "tuple" && value.cls !== null) ||
    (value.kind === "dict" && value.cls !== null)
  );
}

export function viaMethods(it: Interpreter, op: BinaryOperator, a: Value, b: Value): Value | null {
  const name = methodNames[op];
  const left = isObject(a) ? specialMethod(it, a, `__${name}__`) : undefined;
  if (left) {
    const result = call(it, left, [b]);
    if (result.kind !== "notimplemented") return result;
  }
  const right = isObject(b) ? specialMethod(it, b, `__r${name}__`) : undefined;
  if (right) {
    const result = call(it, right, [a]);
    if (result.kind !== "notimplemented") return result;
  }
  return null;
}

function builtinOperation(it: Interpreter, op: BinaryOperator, a: Value, b: Value): Value | null {
  if (op === "+") {
    if (a.kind === "str" && b.kind === "str") {
      return a.value.length + b.value.length > LONGEST ? tooLong() : str(a.value + b.value);
    }
    if (a.kind === "bytes" && b.kind === "bytes") return new Bytes(a.value + b.value);
    mustConcatenate(it, a, b);
    if (a.kind === "tuple" && b.kind === "tuple") {
      return a.items.length + b.items.length > LONGEST ? tooLong() : new Tuple([...a.items, ...b.items]);
    }
    if (a.kind === "list" && b.kind === "list") {
      const isTooLong = a.items.length + b.items.length > LONGEST;
      const sum = new List(isTooLong ? [] : [...a.items, ...b.items]);
      sum.lost = isTooLong ? tooLong() : (a.lost ?? b.lost);
      return sum;
    }
  }
  if (op === "*") {
    const isSequence = (value: Value): boolean =>
      value.kind === "list" || value.kind === "tuple" || value.kind === "str";
    const [sequence, times] = isSequence(a) ? [a, b] : [b, a];
    const count = dimOf(times) ?? indexOf(it, times);
    if (count !== null && (sequence.kind === "list" || sequence.kind === "tuple" || sequence.kind === "str")) {
      return repeat(sequence, count);
    }
  }
  if (op === "%" && a.kind === "str") return formatPercent(it, a.value, b);
  if (op === "|" && a.kind === "dict" && b.kind === "dict") {
    // What the right side may hold beside what is known of it goes before the left side.
    const merged = new Dict(new Map([...(b.lost ? [] : a.entries), ...b.entries]));
    merged.lost = a.lost ?? b.lost;
    return merged;
  }
  if (a.kind === "set" && b.kind === "set") return setOperation(op, a, b);
  // `int | None`, `"Net" | None`: types that nothing asks about.
  if (op === "|" && isTypeLike(a) && isTypeLike(b)) return new Tuple([a, b]);
  if (a.kind === "int" || b.kind === "int") {
    // A symbolic size with a float.
    const other = a.kind === "int" ? b : a;
    if (other.kind === "float") return floatWithSize(op, a, b);
    if (other.kind === "bool") {
      const [x, y] = [dimOf(a), dimOf(b)];
      if (x !== null && y !== null) return intOperation(it, op, int(x), int(y));
    }
  }
  return null;
}

/** What is told of `"a" + 1` and `[1] + (2,)`. */
function mustConcatenate(it: Interpreter, a: Value, b: Value): void {
  if (a.kind !== "str" && a.kind !== "list" && a.kind !== "tuple") return;
  if (a.kind === b.kind || isObject(b)) return;
  it.raise("TypeError", `can only concatenate ${a.kind} (not "${describeType(b)}") to ${a.kind}`);
}

/** The integer that an object stands for by its `__index__`. */
function indexOf(it: Interpreter, value: Value): Dim | null {
  const method = value.kind === "instance" ? specialMethod(it, value, "__index__") : undefined;
  return method ? dimOf(call(it, method, [])) : null;
}

function isTypeLike(value: Value): boolean {
  return (
    value.kind === "class" ||
    value.kind === "none" ||
    value.kind === "tuple" ||
    value.kind === "str" ||
    value.kind === "unknown"
  );
}

function repeat(sequence: Extract<Value, { kind: "list" | "tuple" | "str" }>, count: Dim): Value {
  if (typeof count !== "number") {
    const why = "a sequence repeated an unknown number of times";
    if (sequence.kind !== "list") return new Unknown(why);
    const list = new List([]);
    list.lost = new Unknown(why);
    return list;
  }
  const times = Math.max(count, 0);
  const length = sequence.kind === "str" ? sequence.value.length : sequence.items.length;
  if (length * times > LONGEST) return tooLong();
  if (sequence.kind === "str") return str(sequence.value.repeat(times));
  const items: Value[] = [];
  for (let i = 0; i < times; i += 1) items.push(...sequence.items);
  if (sequence.kind === "tuple") return new Tuple(items);
  const list = new List(items);
  list.lost = sequence.lost;
  return list;
}

function setOperation(op: BinaryOperator, a: SetValue, b: SetValue): Value | null {
  if (a.lost || b.lost) return new Unknown((a.lost ?? b.lost)?.why ?? "");
  const items = new Map(a.items);
  switch (op) {
    case "|":
      for (const [key, item] of b.items) items.set(key, item);
      break;
    case "&":
      for (const key of a.items.keys()) if (!b.items.has(key)) items.delete(key);
      break;
    case "-":
      for (const key of b.items.keys()) items.delete(key);
      break;
    case "^":
      for (const [key, item] of b.items) {
        if (!items.delete(key)) items.set(key, item);
      }
      break;
    default:
      return null;
  }
  return new SetValue(items, a.frozen);
}

export function unsupported(it: Interpreter, op: BinaryOperator, a: Value, b: Value): Value {
  for (const value of [a, b]) {
    if (value.kind === "instance" && value.cls.unknownBase) return new Unknown(value.cls.unknownBase.why);
  }
  return it.raise("TypeError", `unsupported operand type(s) for ${op}: '${describeType(a)}' and '${describeType(b)}'`);
}
