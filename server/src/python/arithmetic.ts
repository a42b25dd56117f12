/** Arithmetic of numbers: exact on integers of any size and on floats, symbolic on sizes; the unknown keeps its reason. */
import { add, constantOf, type Dim, floordiv, integer, mod, mul, pow, sub } from "../algebra/index.ts";
import type { BinaryOperator } from "../syntax/ast.ts";
import type { Interpreter } from "./interpreter.ts";
import { isObject, unsupported, viaMethods } from "./operators.ts";
import { bool, float, type Int, int, Unknown, type Value } from "./values.ts";

/** The size that a value is, if it is an int or bool. */
export function dimOf(value: Value): Dim | null {
  if (value.kind === "int") return value.dim;
  return value.kind === "bool" ? (value.value ? 1 : 0) : null;
}

export function intOperation(it: Interpreter, op: BinaryOperator, a: Int, b: Int): Value {
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

export function boolOperation(it: Interpreter, op: BinaryOperator, a: Value, b: Value, x: number, y: number): Value {
  if (a.kind === "bool" && b.kind === "bool") {
    if (op === "&") return bool(a.value && b.value);
    if (op === "|") return bool(a.value || b.value);
    if (op === "^") return bool(a.value !== b.value);
  }
  return intOperation(it, op, int(x), int(y));
}

export function floatOperation(it: Interpreter, op: BinaryOperator, x: number, y: number): Value {
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

/** Arithmetic with an unknown: unknown, but as a size it is what the arithmetic of the sizes gives. */
export function binaryUnknown(it: Interpreter, op: BinaryOperator, a: Value, b: Value): Value {
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
  const operands = [a, b].filter((each) => each.kind === "unknown");
  // A quotient or a power is a float only of numbers: what is unknown may be a tensor.
  const fraction = (): Unknown => {
    const areNumbers = [a, b].every((each) =>
      each.kind === "unknown" ? each.isCertainlyNumber : numbers.has(each.kind),
    );
    return new Unknown(reason, areNumbers ? { type: "float" } : { plain: true, operands, isFraction: true });
  };
  // `*`, `+` and `%` are for sequences and texts, too.
  if (left && right && numeric.has(op)) {
    if (a.kind === "unknown") a.takeAsNumber();
    if (b.kind === "unknown") b.takeAsNumber(op === "//");
  }
  if (isFloat(b) && op === "**") return fraction();
  if (!left || !right) return new Unknown(reason, scaled(op, a, b) ?? { plain: true });
  if (op === "/") return fraction();
  // What arithmetic gives is no object that somebody made.
  if (!sized) return new Unknown(reason, { plain: true });
  return new Unknown(reason, {
    operands,
    dim: () => {
      const [x, y] = [left(), right()];
      if (x === null || y === null || ((op === "//" || op === "%") && y === 0)) return null;
      return sized(x, y);
    },
  });
}

const numeric: ReadonlySet<BinaryOperator> = new Set(["-", "//", "/", "**"]);

const numbers: ReadonlySet<Value["kind"]> = new Set(["int", "float", "bool"]);

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

/** A symbolic size times or over a float: remembered exactly where the float is a whole number or a power of two. */
export function floatWithSize(op: BinaryOperator, a: Value, b: Value): Value {
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
