/** Built-in functions on numbers, text and objects. */
import { constantOf } from "../../algebra/index.ts";
import { describeType, specialMethod } from "../attributes.ts";
import { call } from "../call.ts";
import { baseOf } from "../derived.ts";
import { identity, keyOf, numberOf } from "../equality.ts";
import { formatValue, reprOf } from "../format.ts";
import { importModule } from "../imports.ts";
import type { Interpreter } from "../interpreter.ts";
import { itemsOf } from "../iterate.ts";
import { binary } from "../operators.ts";
import { truth } from "../truth.ts";
import {
  bool,
  ellipsis,
  Int,
  int,
  type Keywords,
  none,
  notImplemented,
  str,
  Tuple,
  Unknown,
  type Value,
} from "../values.ts";
import { argument, defineFunction, indexOf, required } from "./define.ts";
import { absolute, round } from "./numbers.ts";
import { builtinScope } from "./scope.ts";
import { rangeLength } from "./sequences.ts";
import { extreme } from "./sorting.ts";
import { symbolOf } from "./symbols.ts";

builtinScope.set("NotImplemented", notImplemented);
builtinScope.set("Ellipsis", ellipsis);
builtinScope.set("__debug__", bool(true));

for (const name of ["print", "breakpoint", "exit", "quit", "help"]) defineFunction(name, () => none);

/** Functions whose result only running the program tells. */
const outside = {
  input: "input() is typed while the program runs",
  open: "files are not read",
  exec: "exec() runs text as a program",
  eval: "eval() runs text as a program",
  compile: "compile() makes code of text",
  memoryview: "a view of memory",
  bytearray: "a bytearray",
  aiter: "an asynchronous iterator",
  anext: "an asynchronous iterator",
};
for (const [name, why] of Object.entries(outside)) defineFunction(name, () => new Unknown(why));

defineFunction("len", (it, args) => length(it, required(it, "len", args, 0)));

/** `len(value)`. */
export function length(it: Interpreter, value: Value): Value {
  const from = baseOf(value);
  switch (from.kind) {
    case "unknown":
      return new Int(symbolOf(from, `len(${from.name})`, from.why, "len", 0));
    case "str":
      return int([...from.value].length);
    case "bytes":
      return int(from.value.length);
    case "tuple": {
      const own = from.cls?.lookup("__len__");
      return own && own.kind === "function" ? call(it, own, [from]) : int(from.items.length);
    }
    case "list":
      return from.lost ? new Int(symbolOf(from.lost, "len(…)", from.lost.why, "len", 0)) : int(from.items.length);
    case "dict":
      return from.lost ? new Int(symbolOf(from.lost, "len(…)", from.lost.why, "len", 0)) : int(from.entries.size);
    case "set":
      return from.lost ? new Int(symbolOf(from.lost, "len(…)", from.lost.why, "len", 0)) : int(from.items.size);
    case "range":
      return int(rangeLength(from));
    default: {
      const method = specialMethod(it, value, "__len__");
      if (method) return call(it, method, []);
      if (value.kind === "instance" && value.cls.unknownBase) return new Unknown(value.cls.unknownBase.why);
      return it.raise("TypeError", `object of type '${describeType(value)}' has no len()`);
    }
  }
}

// ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

defineFunction("abs", (it, args) => absolute(it, required(it, "abs", args, 0)));
defineFunction("round", (it, args, keywords) =>
  round(it, required(it, "round", args, 0), argument(args, keywords, 1, "ndigits")),
);
defineFunction("divmod", (it, args) => {
  const [a, b] = [required(it, "divmod", args, 0), required(it, "divmod", args, 1)];
  const own = a.kind === "instance" ? specialMethod(it, a, "__divmod__") : undefined;
  if (own) return call(it, own, [b]);
  return new Tuple([binary(it, "//", a, b), binary(it, "%", a, b)]);
});
defineFunction("pow", (it, args, keywords) => {
  const [base, exponent] = [required(it, "pow", args, 0), required(it, "pow", args, 1)];
  const modulus = argument(args, keywords, 2, "mod");
  if (!modulus || modulus.kind === "none") return binary(it, "**", base, exponent);
  const own = base.kind === "instance" ? specialMethod(it, base, "__pow__") : undefined;
  if (own) return call(it, own, [exponent, modulus]);
  const [b, e, m] = [base, exponent, modulus].map(numberOf);
  if (
    b === null ||
    e === null ||
    m === null ||
    e === undefined ||
    b === undefined ||
    m === undefined ||
    e < 0 ||
    m === 0
  ) {
    return new Unknown("a power with a modulus", { type: "int" });
  }
  return int(Number(modularPower(BigInt(b), BigInt(e), BigInt(m))));
});

function modularPower(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square, rest] = [1n, base % modulus, exponent];
  while (rest > 0n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
    rest >>= 1n;
  }
  return ((result % modulus) + modulus) % modulus;
}

defineFunction("sum", (it, args, keywords) => {
  const items = itemsOf(it, required(it, "sum", args, 0));
  if (items instanceof Unknown) return new Unknown(items.why);
  return items.reduce((total, item) => binary(it, "+", total, item), argument(args, keywords, 1, "start") ?? int(0));
});

for (const which of ["min", "max"] as const) {
  defineFunction(which, (it, args, keywords) => {
    const [only] = args;
    const values = args.length === 1 && only ? itemsOf(it, only) : [...args];
    if (values instanceof Unknown) return new Unknown(values.why);
    if (values.length > 0) return extreme(it, which, values, keywords.get("key"));
    return keywords.get("default") ?? it.raise("ValueError", `${which}() iterable argument is empty`);
  });
}

for (const [name, decisive] of [
  ["all", false],
  ["any", true],
] as const) {
  defineFunction(name, (it, args) => {
    const items = itemsOf(it, required(it, name, args, 0));
    if (items instanceof Unknown) return new Unknown(items.why, { type: "bool" });
    let undecided: Value | null = null;
    for (const item of items) {
      const t = truth(it, item);
      if (t === decisive) return bool(decisive);
      if (t === undefined) undecided ??= item;
    }
    if (!undecided) return bool(!decisive);
    return new Unknown(undecided.kind === "unknown" ? undecided.why : "a condition that is not known", {
      type: "bool",
    });
  });
}

for (const [name, radix, prefix] of [
  ["bin", 2, "0b"],
  ["oct", 8, "0o"],
  ["hex", 16, "0x"],
] as const) {
  defineFunction(name, (it, args) => {
    const size = indexOf(it, required(it, name, args, 0));
    const constant = size === null ? undefined : constantOf(size);
    if (constant === undefined) return new Unknown("the number is not known", { type: "str" });
    const n = BigInt(constant);
    return str(`${n < 0n ? "-" : ""}${prefix}${(n < 0n ? -n : n).toString(radix)}`);
  });
}

// ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

defineFunction("repr", (it, args) => reprOf(it, required(it, "repr", args, 0)));
defineFunction("ascii", (it, args) => {
  const text = reprOf(it, required(it, "ascii", args, 0));
  return text.kind === "str" ? str(text.value.replaceAll(/[^ -~]/gu, escapedCharacter)) : text;
});

function escapedCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const [letter, digits] = code < 256 ? ["x", 2] : code < 65536 ? ["u", 4] : ["U", 8];
  return `\\${letter}${code.toString(16).padStart(digits as number, "0")}`;
}
defineFunction("format", (it, args) => {
  const spec = args[1];
  if (spec && spec.kind !== "str") return new Unknown("the format is not known", { type: "str" });
  return formatValue(it, required(it, "format", args, 0), spec?.value ?? "");
});
defineFunction("ord", (it, args) => {
  const text = baseOf(required(it, "ord", args, 0));
  if (text.kind !== "str") return new Unknown("the character is not known", { type: "int" });
  const [character, ...more] = [...text.value];
  if (character === undefined || more.length > 0) return it.raise("TypeError", "ord() expected a character");
  return int(character.codePointAt(0) ?? 0);
});
defineFunction("chr", (it, args) => {
  const n = numberOf(baseOf(required(it, "chr", args, 0)));
  return n === null ? new Unknown("the character is not known", { type: "str" }) : str(String.fromCodePoint(n));
});

// ── objects ──────────────────────────────────────────────────────────────────────────────────────────────────────────

defineFunction("id", (it, args) => {
  const value = required(it, "id", args, 0);
  return new Int(symbolOf(value, `id#${identity(value)}`, "where an object lies in memory", "id"));
});
defineFunction("hash", (it, args) => {
  const value = required(it, "hash", args, 0);
  if (value.kind === "list" || value.kind === "dict" || (value.kind === "set" && !value.frozen)) {
    it.raise("TypeError", `unhashable type: '${describeType(value)}'`);
  }
  const method = value.kind === "instance" ? specialMethod(it, value, "__hash__") : undefined;
  if (method) return call(it, method, []);
  const n = numberOf(value);
  if (n !== null && Number.isInteger(n) && n !== -1) return int(n);
  const key = keyOf(value);
  const of = typeof key === "object" && key !== null ? key : value;
  return new Int(symbolOf(of, "hash(…)", "a hash differs from run to run", "hash"));
});
defineFunction("callable", (_it, args) => callableValue(args[0] ?? none));

function callableValue(value: Value): Value {
  switch (value.kind) {
    case "function":
    case "native":
    case "bound":
    case "class":
      return bool(true);
    case "unknown":
      return new Unknown(value.why, { type: "bool" });
    case "instance":
      if (value.cls.lookup("__call__")) return bool(true);
      return value.cls.unknownBase ? new Unknown(value.cls.unknownBase.why, { type: "bool" }) : bool(false);
    case "host":
      return value.cls.lookup("__call__") ? bool(true) : new Unknown("it may be callable", { type: "bool" });
    default:
      return bool(false);
  }
}

defineFunction("__import__", (it, args, keywords) => importNamed(it, args, keywords));

/** `__import__(name)` and `importlib.import_module(name, package)`. */
export function importNamed(it: Interpreter, args: readonly Value[], keywords: Keywords, whole = false): Value {
  const name = argument(args, keywords, 0, "name") ?? none;
  if (name.kind !== "str") return new Unknown("the name of the imported module is not known");
  const importer = it.frame?.globals ?? null;
  const level = /^\.*/.exec(name.value)?.[0].length ?? 0;
  if (level === 0 || !whole) return importModule(it, name.value, importer?.file ?? null, whole);
  const anchor = argument(args, keywords, 1, "package") ?? none;
  if (anchor.kind !== "str") return new Unknown("the package of a relative import is not known");
  const parts = anchor.value.split(".");
  if (level > parts.length) return it.raise("ImportError", "attempted relative import beyond top-level package");
  const absolute = [...parts.slice(0, parts.length - level + 1), name.value.slice(level)];
  return importModule(it, absolute.filter((part) => part !== "").join("."), importer?.file ?? null, true);
}
