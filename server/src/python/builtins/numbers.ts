/** `int`, `float`, `bool` and `complex`. */
import { ceildiv, constantOf, type Dim, floordiv, ge, gt, integer } from "../../algebra/index.ts";
import { describeType, specialMethod } from "../attributes.ts";
import { call } from "../call.ts";
import { compare, equals } from "../comparison.ts";
import { baseOf, derive } from "../derived.ts";
import { numberOf } from "../equality.ts";
import { formatFloat, reprOf, roundToPlaces, strOf } from "../format.ts";
import type { Interpreter } from "../interpreter.ts";
import { binary, unary } from "../operators.ts";
import { truth } from "../truth.ts";
import { boolClass, complexClass, floatClass, intClass } from "../types.ts";
import { bool, type Class, float, Int, int, none, notImplemented, str, Tuple, Unknown, type Value } from "../values.ts";
import {
  defineClass,
  defineClassMethod,
  defineMethod,
  defineMethods,
  defineProperty,
  native,
  required,
} from "./define.ts";
import { symbolOf } from "./symbols.ts";

for (const cls of [intClass, floatClass, boolClass, complexClass]) defineClass(cls);

intClass.dict.set(
  "__new__",
  native("__new__", (it, [cls, value, base], keywords) =>
    made(it, cls, intClass, value ? toInt(it, value, base ?? keywords.get("base")) : int(0)),
  ),
);
floatClass.dict.set(
  "__new__",
  native("__new__", (it, [cls, value]) => made(it, cls, floatClass, value ? toFloat(it, value) : float(0))),
);
boolClass.dict.set(
  "__new__",
  native("__new__", (it, [, value]) => {
    const t = value ? truth(it, value) : false;
    return t === undefined
      ? new Unknown(value?.kind === "unknown" ? value.why : "its truth is not known", { type: "bool" })
      : bool(t);
  }),
);
complexClass.dict.set(
  "__new__",
  native("__new__", () => new Unknown("a complex number")),
);

function made(it: Interpreter, cls: Value | undefined, own: Class, value: Value): Value {
  return cls?.kind === "class" && cls !== own ? derive(cls, value, it.site()) : value;
}

/** `int(value)`. */
export function toInt(it: Interpreter, value: Value, base?: Value): Value {
  const from = baseOf(value);
  switch (from.kind) {
    case "int":
      return from.types ? int(from.dim) : from;
    case "bool":
      return int(from.value ? 1 : 0);
    case "float":
      return truncated(it, from.value);
    case "str":
      return parseInt_(it, from.value, base);
    case "unknown":
      return truncatedUnknown(from);
    default: {
      for (const name of ["__int__", "__index__", "__trunc__"]) {
        const method = specialMethod(it, from, name);
        if (method) return call(it, method, []);
      }
      if (from.kind === "host") return new Int(symbolOf(from, "int(…)", "its value is not known from the source"));
      return it.raise(
        "TypeError",
        `int() argument must be a string, a bytes-like object or a real number, not '${describeType(from)}'`,
      );
    }
  }
}

function truncated(it: Interpreter, value: number): Value {
  if (Number.isNaN(value)) return it.raise("ValueError", "cannot convert float NaN to integer");
  if (!Number.isFinite(value)) return it.raise("OverflowError", "cannot convert float infinity to integer");
  return int(integer(BigInt(Math.trunc(value))));
}

/** `int(a / b)` rounds down where the quotient can't be negative. */
function truncatedUnknown(value: Unknown): Value {
  const { ratio, type } = value.facts;
  if (ratio && ge(ratio.numerator, 0) === true && gt(ratio.denominator, 0) === true) {
    return int(floordiv(ratio.numerator, ratio.denominator));
  }
  if (type === "int") {
    const dim = value.asDim();
    if (dim !== null) return int(dim);
  }
  return new Int(symbolOf(value, `int(${value.name})`, value.why));
}

/** `math.floor` and `math.ceil`. */
export function rounded(it: Interpreter, value: Value, direction: "floor" | "ceil"): Value {
  const from = baseOf(value);
  if (from.kind === "int" || from.kind === "bool") return toInt(it, from);
  if (from.kind === "float") return truncated(it, Math[direction](from.value));
  if (from.kind === "unknown") {
    const { ratio, type } = from.facts;
    if (ratio && gt(ratio.denominator, 0) === true) {
      return int((direction === "floor" ? floordiv : ceildiv)(ratio.numerator, ratio.denominator));
    }
    if (type === "int") return toInt(it, from);
    return new Int(symbolOf(from, `${direction}(${from.name})`, from.why, direction));
  }
  const method = specialMethod(it, from, `__${direction}__`);
  return method ? call(it, method, []) : rounded(it, toFloat(it, from), direction);
}

function parseInt_(it: Interpreter, text: string, base: Value | undefined): Value {
  const radix = base ? numberOf(base) : 10;
  if (radix === null) return new Unknown("the base is not known", { type: "int" });
  const [, sign = "", digits = ""] =
    /^([+-]?)(.*)$/s.exec(
      text
        .trim()
        .replaceAll(/(?<=\w)_(?=\w)/g, "")
        .toLowerCase(),
    ) ?? [];
  const prefix = { 2: "0b", 8: "0o", 16: "0x" }[radix];
  const bare = prefix && digits.startsWith(prefix) ? digits.slice(2) : digits;
  const alphabet = "0123456789abcdefghijklmnopqrstuvwxyz".slice(0, radix === 0 ? 10 : radix);
  if (bare === "" || [...bare].some((digit) => !alphabet.includes(digit))) {
    if (radix === 0) return new Unknown("a number in a base that its text tells", { type: "int" });
    return it.raise("ValueError", `invalid literal for int() with base ${radix}: '${text}'`);
  }
  let result = 0n;
  for (const digit of bare) result = result * BigInt(radix || 10) + BigInt(alphabet.indexOf(digit));
  return int(integer(sign === "-" ? -result : result));
}

/** `float(value)`. */
export function toFloat(it: Interpreter, value: Value): Value {
  const from = baseOf(value);
  switch (from.kind) {
    case "float":
      return from.types ? float(from.value) : from;
    case "bool":
      return float(from.value ? 1 : 0);
    case "int":
      return typeof from.dim === "number" ? float(from.dim) : floatOfSize(from.dim);
    case "str": {
      const text = from.value.trim().toLowerCase().replaceAll("_", "");
      const special = /^([+-]?)(inf|infinity|nan)$/.exec(text);
      if (special) return float(special[2] === "nan" ? Number.NaN : special[1] === "-" ? -Infinity : Infinity);
      if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(text)) {
        return it.raise("ValueError", `could not convert string to float: '${from.value}'`);
      }
      return float(Number(text));
    }
    case "unknown":
      return from.facts.type === "float"
        ? from
        : new Unknown(from.why, { type: "float", ...(from.facts.name ? { name: `float(${from.name})` } : {}) });
    default: {
      const method = specialMethod(it, from, "__float__") ?? specialMethod(it, from, "__index__");
      if (method) return toFloat(it, call(it, method, []));
      if (from.kind === "host") return new Unknown("its value is not known from the source", { type: "float" });
      return it.raise("TypeError", `float() argument must be a string or a real number, not '${describeType(from)}'`);
    }
  }
}

function floatOfSize(size: Dim): Value {
  const constant = constantOf(size);
  if (constant !== undefined) return float(Number(constant));
  return new Unknown("an unknown size as a float", { type: "float", ratio: { numerator: size, denominator: 1 } });
}

/** `round(value, digits)`: to even on ties. */
export function round(it: Interpreter, value: Value, digits: Value | undefined): Value {
  const from = baseOf(value);
  const places = digits === undefined || digits.kind === "none" ? null : numberOf(digits);
  if (digits !== undefined && digits.kind !== "none" && places === null) return new Unknown("the digits are not known");
  switch (from.kind) {
    case "int":
    case "bool": {
      const whole = toInt(it, from);
      if (places === null || places >= 0) return whole;
      const n = numberOf(whole);
      return n === null ? new Unknown("a rounded size") : int(roundToEven(n / 10 ** -places) * 10 ** -places);
    }
    case "float":
      if (places === null) {
        return Number.isFinite(from.value) ? int(integer(BigInt(roundToEven(from.value)))) : truncated(it, from.value);
      }
      if (!Number.isFinite(from.value)) return from;
      if (places < 0) return float(roundToEven(from.value / 10 ** -places) * 10 ** -places);
      return float(roundToPlaces(from.value, places));
    case "unknown":
      if (from.facts.type === "int") return toInt(it, from);
      return places === null
        ? new Int(symbolOf(from, `round(${from.name})`, from.why, "round"))
        : new Unknown(from.why, { type: "float" });
    default: {
      const method = specialMethod(it, from, "__round__");
      if (method) return call(it, method, digits ? [digits] : []);
      if (from.kind === "host") return new Unknown("its value is not known from the source");
      return it.raise("TypeError", `type ${describeType(from)} doesn't define __round__ method`);
    }
  }
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

// ── methods ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const operators = {
  add: "+",
  sub: "-",
  mul: "*",
  truediv: "/",
  floordiv: "//",
  mod: "%",
  pow: "**",
  and: "&",
  or: "|",
  xor: "^",
  lshift: "<<",
  rshift: ">>",
} as const;
const orderings = { lt: "<", le: "<=", gt: ">", ge: ">=" } as const;

for (const cls of [intClass, floatClass]) {
  for (const [name, op] of Object.entries(operators)) {
    if (cls === floatClass && "&|^<<>>".includes(op)) continue;
    defineMethod(cls, `__${name}__`, (it, [a, b]) => arithmetic(a, b, (x, y) => binary(it, op, x, y)));
    defineMethod(cls, `__r${name}__`, (it, [a, b]) => arithmetic(a, b, (x, y) => binary(it, op, y, x)));
  }
  for (const [name, op] of Object.entries(orderings)) {
    defineMethod(cls, `__${name}__`, (it, [a, b]) => arithmetic(a, b, (x, y) => compare(it, op, x, y)));
  }
  defineMethod(cls, "__eq__", (it, [a, b]) =>
    arithmetic(a, b, (x, y) => {
      const equal = equals(it, x, y);
      return equal === undefined ? new Unknown("the values compared are not known", { type: "bool" }) : bool(equal);
    }),
  );
  defineMethod(cls, "__neg__", (it, [a]) => unary(it, "-", baseOf(a ?? none)));
  defineMethod(cls, "__pos__", (_it, [a]) => baseOf(a ?? none));
  defineMethod(cls, "__abs__", (it, [a]) => absolute(it, a ?? none));
  defineMethod(cls, "__int__", (it, [a]) => toInt(it, a ?? none));
  defineMethod(cls, "__float__", (it, [a]) => toFloat(it, a ?? none));
  defineMethod(cls, "__bool__", (it, [a]) => {
    const t = truth(it, baseOf(a ?? none));
    return t === undefined ? new Unknown("its truth is not known", { type: "bool" }) : bool(t);
  });
  defineMethod(cls, "__repr__", (it, [a]) => reprOf(it, baseOf(a ?? none)));
  defineMethod(cls, "__hash__", (_it, [a]) => {
    const n = numberOf(a ?? none);
    return n !== null && Number.isInteger(n) ? int(n) : new Unknown("a hash", { type: "int" });
  });
}
defineMethod(intClass, "__index__", (it, [a]) => toInt(it, a ?? none));
defineMethod(intClass, "__invert__", (it, [a]) => unary(it, "~", baseOf(a ?? none)));

/** `abs(value)`. */
export function absolute(it: Interpreter, value: Value): Value {
  const from = baseOf(value);
  if (from.kind === "float") return float(Math.abs(from.value));
  if (from.kind === "int" || from.kind === "bool") {
    const whole = toInt(it, from);
    const negative = compare(it, "<", whole, int(0));
    if (negative.kind === "bool") return negative.value ? unary(it, "-", whole) : whole;
    return new Unknown("the absolute value of an unknown size", { type: "int" });
  }
  if (from.kind === "unknown") return new Unknown(from.why, from.facts.type ? { type: from.facts.type } : {});
  const method = specialMethod(it, from, "__abs__");
  return method ? call(it, method, []) : it.raise("TypeError", `bad operand type for abs(): '${describeType(from)}'`);
}

function arithmetic(a: Value | undefined, b: Value | undefined, compute: (x: Value, y: Value) => Value): Value {
  const [x, y] = [baseOf(a ?? none), baseOf(b ?? none)];
  const isNumber = (v: Value): boolean =>
    v.kind === "int" || v.kind === "float" || v.kind === "bool" || v.kind === "unknown";
  return isNumber(x) && isNumber(y) ? compute(x, y) : notImplemented;
}

defineMethod(intClass, "bit_length", (it, args) => {
  const n = bitsOf(required(it, "bit_length", args, 0));
  if (n === null) return new Unknown("the bits of an unknown size", { type: "int" });
  return int(n === "0" ? 0 : n.length);
});
defineMethod(intClass, "bit_count", (it, args) => {
  const n = bitsOf(required(it, "bit_count", args, 0));
  return n === null ? new Unknown("the bits of an unknown size", { type: "int" }) : int(n.replaceAll("0", "").length);
});

/** The binary digits of an integer without its sign; null where it is not known. */
function bitsOf(value: Value): string | null {
  const base = baseOf(value);
  const n = base.kind === "int" ? constantOf(base.dim) : base.kind === "bool" ? Number(base.value) : undefined;
  return n === undefined ? null : BigInt(n).toString(2).replace("-", "");
}
defineMethod(intClass, "to_bytes", () => new Unknown("an integer as bytes"));
defineClassMethod(intClass, "from_bytes", () => new Unknown("an integer made of bytes", { type: "int" }));
for (const cls of [intClass, floatClass]) {
  defineMethod(cls, "__divmod__", (it, [a, b]) =>
    arithmetic(a, b, (x, y) => new Tuple([binary(it, "//", x, y), binary(it, "%", x, y)])),
  );
  defineMethod(cls, "__round__", (it, [a = none, digits]) => round(it, a, digits));
  defineMethod(cls, "__floor__", (it, [a = none]) => rounded(it, a, "floor"));
  defineMethod(cls, "__ceil__", (it, [a = none]) => rounded(it, a, "ceil"));
}
defineMethod(intClass, "__trunc__", (it, [a = none]) => toInt(it, a));
defineProperty(floatClass, "imag", () => float(0));
defineClassMethod(floatClass, "fromhex", () => new Unknown("a float of hexadecimal digits", { type: "float" }));
defineMethod(intClass, "conjugate", (_it, [a]) => baseOf(a ?? none));
defineMethod(intClass, "is_integer", () => bool(true));
defineMethod(intClass, "as_integer_ratio", (it, [a]) => new Tuple([toInt(it, a ?? none), int(1)]));
defineProperty(intClass, "real", (_it, a) => baseOf(a));
defineProperty(intClass, "imag", () => int(0));
defineProperty(intClass, "numerator", (_it, a) => baseOf(a));
defineProperty(intClass, "denominator", () => int(1));

defineMethods(floatClass, "float", {
  is_integer: (_it, self) => bool(Number.isInteger(self.value)),
  conjugate: (_it, self) => self,
  hex: () => new Unknown("a float in hexadecimal", { type: "str" }),
  __trunc__: (it, self) => truncated(it, self.value),
  __str__: (_it, self) => str(formatFloat(self.value)),
  as_integer_ratio: (_it, self) => {
    let [numerator, denominator] = [self.value, 1];
    while (!Number.isInteger(numerator) && denominator < 2 ** 40)
      [numerator, denominator] = [numerator * 2, denominator * 2];
    return Number.isSafeInteger(numerator)
      ? new Tuple([int(numerator), int(denominator)])
      : new Unknown("the ratio that a float is");
  },
});
defineProperty(floatClass, "real", (_it, a) => baseOf(a));
defineMethod(intClass, "__str__", (it, [a]) => strOf(it, baseOf(a ?? none)));
