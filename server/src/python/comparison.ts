/** Comparisons and membership: three-valued on what is not known, with the special methods of objects. */
import { ge, gt, le, lt, type Tri } from "../algebra/index.ts";
import type { CompareOperator } from "../syntax/ast.ts";
import { dimOf } from "./arithmetic.ts";
import { describeType, specialMethod } from "./attributes.ts";
import { call } from "./call.ts";
import { equalValues, keyOf, not, numberOf } from "./equality.ts";
import type { Interpreter } from "./interpreter.ts";
import { iterate, NotIterable } from "./iterate.ts";
import { isObject, unary } from "./operators.ts";
import { truth } from "./truth.ts";
import { bool, notImplemented, Unknown, type Value } from "./values.ts";

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

export function unknownBool(of: Value): Unknown {
  return new Unknown(of.kind === "unknown" ? of.why : "it can't be told from the source", { type: "bool" });
}
