/** Operators: exact on known values, symbolic on sizes, with the special methods of objects; the unknown keeps its reason. */
import {
  add,
  constantOf,
  type Dim,
  floordiv,
  ge,
  gt,
  integer,
  le,
  lt,
  mod,
  mul,
  neg,
  pow,
  sub,
  type Tri,
} from "../algebra/index.ts";
import type { BinaryOperator, CompareOperator } from "../syntax/ast.ts";
import { describeType, specialMethod } from "./attributes.ts";
import { call } from "./call.ts";
import { equalValues, keyOf, not, numberOf } from "./equality.ts";
import { formatPercent } from "./format.ts";
import type { Interpreter } from "./interpreter.ts";
import { itemsOf, iterate, NotIterable } from "./iterate.ts";
import { truth } from "./truth.ts";
import {
  Bytes,
  bool,
  Dict,
  float,
  type Int,
  int,
  List,
  notImplemented,
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
    if (op === "~") return typeof value.dim === "number" ? int(~value.dim) : int(sub(neg(value.dim), 1));
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

export function compare(it: Interpreter, op: CompareOperator, a: Value, b: Value): Value {
  switch (op) {
    case "is":
    case "is not": {
      const same = identical(a, b);
      const result = op === "is" ? same : not(same);
      return result === undefined ? unknownBool(a.kind === "unknown" ? a : b) : bool(result);
    }
    case "in":
    case "not in": {
      const found = contains(it, b, a);
      if (found.kind !== "bool") return found;
      return bool(op === "in" ? found.value : !found.value);
    }
    case "==":
    case "!=":
      return equality(it, op, a, b);
    default:
      return ordering(it, op, a, b);
  }
}

/** `a == b`, asking objects. */
export function equals(it: Interpreter, a: Value, b: Value): Tri {
  return truth(it, equality(it, "==", a, b));
}

// ── identity and equality ────────────────────────────────────────────────────────────────────────────────────────────

function identical(a: Value, b: Value): Tri {
  if (a === b) return true;
  if (a.kind === "unknown" || b.kind === "unknown") {
    const [unknown, other] = a.kind === "unknown" ? [a, b] : [b as Unknown, a];
    // An int is never None: an unknown that is used as a size later may still be None here.
    return unknown.facts.type !== undefined && other.kind === "none" ? false : undefined;
  }
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case "none":
    case "ellipsis":
      return true;
    case "bool":
    case "str":
    case "int":
    case "float":
      return equalValues(a, b);
    default:
      return false;
  }
}

function equality(it: Interpreter, op: "==" | "!=", a: Value, b: Value): Value {
  if (isObject(a) || isObject(b)) {
    const name = op === "==" ? "__eq__" : "__ne__";
    for (const [self, other] of [
      [a, b],
      [b, a],
    ] as const) {
      if (!isObject(self)) continue;
      const method = specialMethod(it, self, name);
      if (method) {
        const result = call(it, method, [other]);
        if (result.kind !== "notimplemented") return result;
      } else if (op === "!=") {
        const equal = specialMethod(it, self, "__eq__");
        const result = equal ? call(it, equal, [other]) : notImplemented;
        if (result.kind !== "notimplemented") return unary(it, "not", result);
      }
    }
  }
  const equal = equalValues(a, b, (x, y) => equals(it, x, y));
  const result = op === "==" ? equal : not(equal);
  return result === undefined ? unknownBool(a.kind === "unknown" ? a : b) : bool(result);
}

function ordering(it: Interpreter, op: "<" | "<=" | ">" | ">=", a: Value, b: Value): Value {
  if (a.kind === "unknown" || b.kind === "unknown") return unknownBool(a.kind === "unknown" ? a : b);
  const x = numberOf(a);
  const y = numberOf(b);
  if (x !== null && y !== null) return bool(orderNumbers(op, x, y));
  const [left, right] = [dimOf(a), dimOf(b)];
  if (left !== null && right !== null) {
    const result = { "<": lt, "<=": le, ">": gt, ">=": ge }[op](left, right);
    return result === undefined ? new Unknown("the sizes compared are not known", { type: "bool" }) : bool(result);
  }
  if ((left !== null || x !== null) && (right !== null || y !== null)) {
    return new Unknown("the sizes compared are not known", { type: "bool" });
  }
  if (a.kind === "str" && b.kind === "str") {
    return bool(orderNumbers(op, a.value < b.value ? -1 : a.value > b.value ? 1 : 0, 0));
  }
  if ((a.kind === "tuple" && b.kind === "tuple") || (a.kind === "list" && b.kind === "list")) {
    return orderSequences(it, op, a.items, b.items);
  }
  if (a.kind === "set" && b.kind === "set" && !a.lost && !b.lost) {
    const subset = [...a.items.keys()].every((key) => b.items.has(key));
    const superset = [...b.items.keys()].every((key) => a.items.has(key));
    return bool({ "<": subset && !superset, "<=": subset, ">": superset && !subset, ">=": superset }[op]);
  }
  const names = { "<": "__lt__", "<=": "__le__", ">": "__gt__", ">=": "__ge__" } as const;
  const mirrored = { "<": "__gt__", "<=": "__ge__", ">": "__lt__", ">=": "__le__" } as const;
  const method = isObject(a) ? specialMethod(it, a, names[op]) : undefined;
  if (method) {
    const result = call(it, method, [b]);
    if (result.kind !== "notimplemented") return result;
  }
  const reflected = isObject(b) ? specialMethod(it, b, mirrored[op]) : undefined;
  if (reflected) {
    const result = call(it, reflected, [a]);
    if (result.kind !== "notimplemented") return result;
  }
  return it.raise(
    "TypeError",
    `'${op}' not supported between instances of '${describeType(a)}' and '${describeType(b)}'`,
  );
}

function orderNumbers(op: "<" | "<=" | ">" | ">=", x: number, y: number): boolean {
  switch (op) {
    case "<":
      return x < y;
    case "<=":
      return x <= y;
    case ">":
      return x > y;
    case ">=":
      return x >= y;
  }
}

function orderSequences(it: Interpreter, op: "<" | "<=" | ">" | ">=", a: readonly Value[], b: readonly Value[]): Value {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const equal = equals(it, a[i] as Value, b[i] as Value);
    if (equal === undefined) return new Unknown("the values compared are not known", { type: "bool" });
    if (!equal) return ordering(it, op, a[i] as Value, b[i] as Value);
  }
  return bool(orderNumbers(op, a.length, b.length));
}

/** `item in container`. */
export function contains(it: Interpreter, container: Value, item: Value): Value {
  switch (container.kind) {
    case "unknown":
      return unknownBool(container);
    case "str":
      return item.kind === "str" ? bool(container.value.includes(item.value)) : unknownBool(item);
    case "dict":
    case "set": {
      const key = keyOf(item);
      const entries = container.kind === "dict" ? container.entries : container.items;
      if (key === null) return unknownBool(item);
      // What is still entered is certain, in a dict of which the rest is not known.
      if (container.lost) {
        return container.kind === "dict" && container.entry(key) ? bool(true) : unknownBool(container.lost);
      }
      return bool(entries.has(key));
    }
    case "range": {
      const n = numberOf(item);
      const { start, stop, step } = container;
      if (n === null || typeof start !== "number" || typeof stop !== "number") return unknownBool(item);
      return bool((step > 0 ? n >= start && n < stop : n <= start && n > stop) && (n - start) % step === 0);
    }
    case "instance":
    case "host": {
      const method = specialMethod(it, container, "__contains__");
      if (method) return call(it, method, [item]);
      break;
    }
    case "class": {
      const method = specialMethod(it, container, "__contains__");
      if (method) return call(it, method, [item]);
      break;
    }
    case "int":
    case "float":
    case "bool":
    case "none":
      return it.raise("TypeError", `argument of type '${describeType(container)}' is not iterable`);
    default:
      break;
  }
  let undecided = false;
  try {
    for (const each of iterate(it, container)) {
      const equal = identical(each, item) === true ? true : equals(it, each, item);
      if (equal) return bool(true);
      if (equal === undefined) undecided = true;
    }
  } catch (problem) {
    if (problem instanceof NotIterable) return unknownBool(problem.unknown);
    throw problem;
  }
  return undecided ? new Unknown("the values compared are not known", { type: "bool" }) : bool(false);
}

// ── arithmetic ───────────────────────────────────────────────────────────────────────────────────────────────────────

function intOperation(it: Interpreter, op: BinaryOperator, a: Int, b: Int): Value {
  const x = a.dim;
  const y = b.dim;
  switch (op) {
    case "+":
      return int(add(x, y));
    case "-":
      return int(sub(x, y));
    case "*":
      return int(mul(x, y));
    case "//":
    case "%":
      if (y === 0) {
        it.raise("ZeroDivisionError", `integer ${op === "%" ? "modulo" : "division or modulo"} by zero`);
      }
      return int(op === "//" ? floordiv(x, y) : mod(x, y));
    case "/":
      if (y === 0) it.raise("ZeroDivisionError", "division by zero");
      return quotient(x, y);
    case "**":
      if (typeof y === "number" && y >= 0) return int(pow(x, y));
      if (typeof x === "number" && typeof y === "number") return float(x ** y);
      return new Unknown("a power of an unknown exponent");
    case "@":
      return unsupported(it, op, a, b);
    default:
      return bitOperation(it, op, x, y);
  }
}

/** `a / b` of ints: a float where both are known, else an unknown that remembers the quotient. */
function quotient(a: Dim, b: Dim): Value {
  if (typeof a === "number" && typeof b === "number") return float(a / b);
  return new Unknown("a quotient of unknown sizes", { type: "float", ratio: { numerator: a, denominator: b } });
}

/** A shift by more bits than this is not followed: no program may fill the memory. */
const WIDEST = 4096n;

function bitOperation(it: Interpreter, op: "&" | "|" | "^" | "<<" | ">>", x: Dim, y: Dim): Value {
  const [a, b] = [constantOf(x), constantOf(y)];
  if (a === undefined || b === undefined) return new Unknown("a bit operation on an unknown size", { type: "int" });
  const [left, right] = [BigInt(a), BigInt(b)];
  switch (op) {
    case "&":
      return int(integer(left & right));
    case "|":
      return int(integer(left | right));
    case "^":
      return int(integer(left ^ right));
    default:
      if (right < 0n) it.raise("ValueError", "negative shift count");
      if (right > WIDEST) return op === ">>" ? int(left < 0n ? -1 : 0) : new Unknown("a very large integer");
      return int(integer(op === "<<" ? left << right : left >> right));
  }
}

function boolOperation(it: Interpreter, op: BinaryOperator, a: Value, b: Value, x: number, y: number): Value {
  if (a.kind === "bool" && b.kind === "bool") {
    if (op === "&") return bool(a.value && b.value);
    if (op === "|") return bool(a.value || b.value);
    if (op === "^") return bool(a.value !== b.value);
  }
  return intOperation(it, op, int(x), int(y));
}

function floatOperation(it: Interpreter, op: BinaryOperator, x: number, y: number): Value {
  switch (op) {
    case "+":
      return float(x + y);
    case "-":
      return float(x - y);
    case "*":
      return float(x * y);
    case "**":
      return float(x ** y);
    case "/":
      if (y === 0) it.raise("ZeroDivisionError", "float division by zero");
      return float(x / y);
    case "//":
      if (y === 0) it.raise("ZeroDivisionError", "float floor division by zero");
      return float(floorDivision(x, y).quotient);
    case "%":
      if (y === 0) it.raise("ZeroDivisionError", "float modulo");
      return float(floorDivision(x, y).remainder);
    default:
      return unsupported(it, op, float(x), float(y));
  }
}

/** `divmod` of floats as CPython computes it: the remainder is exact and takes the divisor's sign. */
function floorDivision(x: number, y: number): { quotient: number; remainder: number } {
  let remainder = x % y;
  let quotient = (x - remainder) / y;
  if (remainder === 0) remainder = y < 0 ? -0 : 0;
  else if (y < 0 !== remainder < 0) {
    remainder += y;
    quotient -= 1;
  }
  const floor = Math.floor(quotient);
  return { quotient: quotient === 0 ? 0 * (x / y) : quotient - floor > 0.5 ? floor + 1 : floor, remainder };
}

/** The size that a value is, if it is an int or bool. */
export function dimOf(value: Value): Dim | null {
  if (value.kind === "int") return value.dim;
  return value.kind === "bool" ? (value.value ? 1 : 0) : null;
}

/** Arithmetic with an unknown: unknown, but as a size it is what the arithmetic of the sizes gives. */
function binaryUnknown(it: Interpreter, op: BinaryOperator, a: Value, b: Value): Value {
  const other = a.kind === "unknown" ? b : a;
  if (isObject(other)) {
    const result = viaMethods(it, op, a, b);
    if (result) return result;
  }
  const reason = (a.kind === "unknown" ? a : (b as Unknown)).why;
  const sized = { "+": add, "-": sub, "*": mul, "//": floordiv, "%": mod }[op as "+"] as
    | ((x: Dim, y: Dim) => Dim)
    | undefined;
  const [left, right] = [lazyDim(a), lazyDim(b)];
  // `*`, `+` and `%` are for sequences and texts, too.
  if (left && right && numeric.has(op)) {
    if (a.kind === "unknown") a.takeAsNumber();
    if (b.kind === "unknown") b.takeAsNumber(op === "//");
  }
  if (isFloat(b) && op === "**") return new Unknown(reason, { type: "float" });
  if (!left || !right) return new Unknown(reason, scaled(op, a, b) ?? { plain: true });
  if (op === "/") {
    return new Unknown(reason, { type: "float" });
  }
  // What arithmetic gives is no object that somebody made.
  if (!sized) return new Unknown(reason, { plain: true });
  return new Unknown(reason, {
    dim: () => {
      const [x, y] = [left(), right()];
      if (x === null || y === null || ((op === "//" || op === "%") && y === 0)) return null;
      return sized(x, y);
    },
  });
}

const numeric: ReadonlySet<BinaryOperator> = new Set(["-", "//", "/", "**"]);

function isFloat(value: Value): boolean {
  return value.kind === "float" || (value.kind === "unknown" && value.facts.type === "float");
}

/** `(C / 2) * 3` stays a quotient. */
function scaled(
  op: BinaryOperator,
  a: Value,
  b: Value,
): { type: "float"; ratio: { numerator: Dim; denominator: Dim } } | null {
  const ratio = a.kind === "unknown" ? a.facts.ratio : b.kind === "unknown" ? b.facts.ratio : undefined;
  const factor = dimOf(a.kind === "unknown" ? b : a);
  if (!ratio || factor === null) return null;
  const { numerator, denominator } = ratio;
  if (op === "*") return { type: "float", ratio: { numerator: mul(numerator, factor), denominator } };
  if (op === "/" && a.kind === "unknown" && factor !== 0) {
    return { type: "float", ratio: { numerator, denominator: mul(denominator, factor) } };
  }
  return null;
}

function lazyDim(value: Value): (() => Dim | null) | null {
  if (value.kind === "unknown") return value.facts.type === "float" ? null : () => value.asDim();
  const dim = dimOf(value);
  return dim === null ? null : () => dim;
}

// ── objects and containers ───────────────────────────────────────────────────────────────────────────────────────────

function isObject(value: Value): boolean {
  return (
    value.kind === "instance" ||
    value.kind === "host" ||
    value.kind === "class" ||
    (value.kind === "tuple" && value.cls !== null) ||
    (value.kind === "dict" && value.cls !== null)
  );
}

function viaMethods(it: Interpreter, op: BinaryOperator, a: Value, b: Value): Value | null {
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

/** A symbolic size times or over a float: remembered exactly where the float is a whole number or a power of two. */
function floatWithSize(op: BinaryOperator, a: Value, b: Value): Value {
  const number = a.kind === "float" ? a.value : b.kind === "float" ? b.value : null;
  const size = dimOf(a.kind === "int" ? a : b);
  const why = "arithmetic of an unknown size with a float";
  if (number !== null && size !== null && number > 0 && op !== "%") {
    const fraction = asFraction(number);
    if (fraction && op === "*") {
      const numerator = mul(size, fraction.numerator);
      return new Unknown(why, { type: "float", ratio: { numerator, denominator: fraction.denominator } });
    }
    if (fraction && op === "/" && a.kind === "int") {
      const numerator = mul(size, fraction.denominator);
      return new Unknown(why, { type: "float", ratio: { numerator, denominator: fraction.numerator } });
    }
  }
  return new Unknown(why, { type: "float" });
}

/** A float as a quotient of small integers where that is exact: 0.25 is 1/4, 1.5 is 3/2; 0.1 is not. */
function asFraction(value: number): { numerator: number; denominator: number } | null {
  for (let denominator = 1; denominator <= 1024; denominator *= 2) {
    const numerator = value * denominator;
    if (Number.isSafeInteger(numerator)) return { numerator, denominator };
  }
  return null;
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

function unsupported(it: Interpreter, op: BinaryOperator, a: Value, b: Value): Value {
  for (const value of [a, b]) {
    if (value.kind === "instance" && value.cls.unknownBase) return new Unknown(value.cls.unknownBase.why);
  }
  return it.raise("TypeError", `unsupported operand type(s) for ${op}: '${describeType(a)}' and '${describeType(b)}'`);
}

function unknownBool(of: Value): Unknown {
  return new Unknown(of.kind === "unknown" ? of.why : "it can't be told from the source", { type: "bool" });
}
