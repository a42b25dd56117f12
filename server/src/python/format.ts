/** Text of values: `repr`, `str`, `format` with a specification, and `%`. What is not known gives an unknown text. */
import { constantOf, format as formatDim } from "../algebra/index.ts";
import { describeType, specialMethod } from "./attributes.ts";
import { call } from "./call.ts";
import { describeException } from "./exceptions.ts";
import type { Interpreter } from "./interpreter.ts";
import { str, Unknown, type Value } from "./values.ts";

/** `str(value)`. */
export function strOf(it: Interpreter, value: Value): Value {
  if (value.kind === "str") return value;
  const method = objectMethod(it, value, "__str__");
  if (method) return call(it, method, []);
  return reprOf(it, value);
}

/** `repr(value)`. */
export function reprOf(it: Interpreter, value: Value): Value {
  const method = objectMethod(it, value, "__repr__");
  if (method) return call(it, method, []);
  const text = textOf(value, (inner) => {
    const part = reprOf(it, inner);
    return part.kind === "str" ? part.value : null;
  });
  return text === null ? new Unknown("its text is not known", { type: "str" }) : str(text);
}

/** A short text of a value for messages; never fails. */
export function reprText(value: Value): string {
  return textOf(value, reprText) ?? `a ${describeType(value)}`;
}

function objectMethod(it: Interpreter, value: Value, name: string): Value | undefined {
  const isObject = value.kind === "instance" || value.kind === "host";
  if (isObject || ((value.kind === "tuple" || value.kind === "dict") && value.cls)) {
    return specialMethod(it, value, name);
  }
  return undefined;
}

function textOf(value: Value, inner: (value: Value) => string | null): string | null {
  switch (value.kind) {
    case "none":
      return "None";
    case "ellipsis":
      return "Ellipsis";
    case "bool":
      return value.value ? "True" : "False";
    case "int":
      return constantOf(value.dim)?.toString() ?? null;
    case "float":
      return formatFloat(value.value);
    case "str":
      return quote(value.value);
    case "bytes":
      return `b${quote(value.value)}`;
    case "tuple": {
      const items = joinTexts(value.items, inner);
      return items === null ? null : `(${items}${value.items.length === 1 ? "," : ""})`;
    }
    case "list": {
      const items = value.lost ? null : joinTexts(value.items, inner);
      return items === null ? null : `[${items}]`;
    }
    case "dict": {
      if (value.lost) return null;
      const parts: string[] = [];
      for (const entry of value.entries.values()) {
        const [key, item] = [inner(entry.key), inner(entry.value)];
        if (key === null || item === null) return null;
        parts.push(`${key}: ${item}`);
      }
      return `{${parts.join(", ")}}`;
    }
    case "set":
      return setText(value, inner);
    case "range":
      return `range(${formatDim(value.start)}, ${formatDim(value.stop)}${value.step === 1 ? "" : `, ${value.step}`})`;
    case "slice": {
      const bounds = joinTexts([value.lower, value.upper, value.step], inner);
      return bounds === null ? null : `slice(${bounds})`;
    }
    case "class":
      return `<class '${value.module === "builtins" ? value.name : value.qualname}'>`;
    case "host":
      return value.describe();
    case "instance":
      return value.cls.lookup("with_traceback") ? describeException(value) : null;
    case "function":
      return `<function ${value.name}>`;
    default:
      return null;
  }
}

/** A set of several items is shown in an order that only Python knows. */
function setText(value: Extract<Value, { kind: "set" }>, inner: (value: Value) => string | null): string | null {
  if (value.lost || value.items.size > 1) return null;
  const [only] = value.items.values();
  const item = only ? inner(only) : "";
  if (item === null) return null;
  if (value.frozen) return only ? `frozenset({${item}})` : "frozenset()";
  return only ? `{${item}}` : "set()";
}

function joinTexts(items: readonly Value[], inner: (value: Value) => string | null): string | null {
  const texts: string[] = [];
  for (const item of items) {
    const text = inner(item);
    if (text === null) return null;
    texts.push(text);
  }
  return texts.join(", ");
}

function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escapes: Readonly<Record<string, string>> = {
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    [mark]: `\\${mark}`,
  };
  const shown = [...text].map(
    (character) => escapes[character] ?? (character < " " ? hexEscape(character) : character),
  );
  return mark + shown.join("") + mark;
}

function hexEscape(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

/** Python's shortest text of a float. */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Math.abs(value) >= 1e16) return toExponent(value);
  if (Number.isInteger(value)) return Object.is(value, -0) ? "-0.0" : `${value}.0`;
  const text = String(value);
  const exponent = /^(.*)e([+-])(\d+)$/.exec(text);
  if (exponent) return `${exponent[1]}e${exponent[2]}${(exponent[3] ?? "").padStart(2, "0")}`;
  return Math.abs(value) < 1e-4 ? toExponent(value) : text;
}

function toExponent(value: number): string {
  const [mantissa = "", power = "0"] = value.toExponential().split("e");
  return `${mantissa}e${power.startsWith("-") ? "-" : "+"}${power.replace(/^[+-]/, "").padStart(2, "0")}`;
}

/** `format(value, spec)`. */
export function formatValue(it: Interpreter, value: Value, spec: string): Value {
  if (value.kind === "unknown") return new Unknown(value.why, { type: "str" });
  // `object.__format__` comes back here.
  const own = value.kind === "instance" ? value.cls.lookup("__format__") : undefined;
  if (own?.kind === "function") return call(it, own, [value, str(spec)]);
  if (spec === "") return strOf(it, value);
  const match = /^(?:(.)?([<>=^]))?([+\- ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/u.exec(spec);
  if (!match) return new Unknown("its text is not known", { type: "str" });
  const [, fill, align, sign, alternate, zero, width, group, precision, type] = match;
  if (Number(width ?? 0) > 10_000 || Number(precision ?? 0) > 100)
    return new Unknown("a very long text", { type: "str" });
  let body: string;
  if (value.kind === "int" || value.kind === "float" || value.kind === "bool") {
    const number = value.kind === "int" ? value.dim : Number(value.value);
    if (typeof number !== "number") return new Unknown("its text is not known", { type: "str" });
    body = formatNumber(
      number,
      value.kind === "float",
      type,
      precision === undefined ? null : Number(precision),
      group,
    );
    if (alternate && /^[xXbo]$/.test(type ?? "")) body = body.replace(/^-?/, `$&0${type}`);
    if (sign === "+" && number >= 0) body = `+${body}`;
    if (sign === " " && number >= 0) body = ` ${body}`;
  } else {
    const text = strOf(it, value);
    if (text.kind !== "str") return text;
    body = precision === undefined ? text.value : text.value.slice(0, Number(precision));
  }
  const isNumber = value.kind === "int" || value.kind === "float";
  return str(pad(body, Number(width ?? 0), fill ?? (zero ? "0" : " "), align ?? (zero ? "=" : isNumber ? ">" : "<")));
}

function formatNumber(
  value: number,
  isFloat: boolean,
  type: string | undefined,
  precision: number | null,
  group: string | undefined,
): string {
  let text: string;
  switch (type) {
    case "f":
    case "F":
      text = toFixed(value, precision ?? 6);
      break;
    case "e":
    case "E": {
      const [mantissa, power = "+0"] = value.toExponential(precision ?? 6).split("e");
      text = `${mantissa}e${power[0]}${power.slice(1).padStart(2, "0")}`;
      break;
    }
    case "%":
      text = `${toFixed(value * 100, precision ?? 6)}%`;
      break;
    case "x":
      text = value.toString(16);
      break;
    case "X":
      text = value.toString(16).toUpperCase();
      break;
    case "b":
      text = value.toString(2);
      break;
    case "o":
      text = value.toString(8);
      break;
    case "g":
      text = toGeneral(value, precision ?? 6);
      break;
    default:
      text =
        isFloat && precision !== null
          ? toGeneral(value, precision, true)
          : isFloat
            ? formatFloat(value)
            : String(value);
  }
  if (!group) return text;
  const [whole = "", rest] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, group);
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}

/** Rounded to so many places, ties to even as Python rounds them. */
export function roundToPlaces(value: number, places: number): number {
  // A tie exists only where the float is exactly k + ½ units of the last place: then it has few binary digits.
  const doubled = value * 2 ** (places + 1);
  if (Number.isSafeInteger(doubled) && places <= 22) {
    const units = BigInt(doubled) * 5n ** BigInt(places);
    if (units % 2n !== 0n) {
      const floor = (units - 1n) / 2n;
      return Number(floor % 2n === 0n ? floor : floor + 1n) / 10 ** places;
    }
  }
  return places > 100 ? value : Number(value.toFixed(places));
}

function toFixed(value: number, places: number): string {
  if (!Number.isFinite(value)) return formatFloat(value);
  return Math.abs(value) >= 1e21 ? BigInt(value).toString() : roundToPlaces(value, places).toFixed(places);
}

/** `g`: so many significant digits, with an exponent where it is very large or small. */
function toGeneral(value: number, precision: number, keepsPoint = false): string {
  if (!Number.isFinite(value)) return formatFloat(value);
  const digits = Math.max(precision, 1);
  const [mantissa = "", power = "0"] = value.toExponential(digits - 1).split("e");
  const exponent = Number(power);
  if (exponent >= -4 && exponent < digits) {
    const text = withoutZeros(value.toFixed(digits - 1 - exponent));
    return keepsPoint && !text.includes(".") ? `${text}.0` : text;
  }
  return `${withoutZeros(mantissa)}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function withoutZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function pad(text: string, width: number, fill: string, align: string): string {
  const missing = width - text.length;
  if (missing <= 0) return text;
  switch (align) {
    case ">":
      return fill.repeat(missing) + text;
    case "^": {
      const left = Math.floor(missing / 2);
      return fill.repeat(left) + text + fill.repeat(missing - left);
    }
    case "=": {
      const signed = /^[+-]/.test(text);
      return signed ? text.slice(0, 1) + fill.repeat(missing) + text.slice(1) : fill.repeat(missing) + text;
    }
    default:
      return text + fill.repeat(missing);
  }
}

/** `"…" % value`. */
export function formatPercent(it: Interpreter, template: string, value: Value): Value {
  const args = value.kind === "tuple" ? [...value.items] : [value];
  let lost: Unknown | null = null;
  const text = template.replace(
    /%(?:\((\w+)\))?([#0\- +]*)(\d+|\*)?(?:\.(\d+))?([a-zA-Z%])/g,
    (
      _whole,
      key: string | undefined,
      flags: string,
      width: string | undefined,
      precision: string | undefined,
      type: string,
    ) => {
      if (type === "%") return "%";
      const named = key !== undefined && value.kind === "dict" ? value.get(key) : undefined;
      const arg = key === undefined ? args.shift() : named;
      if (!arg) {
        lost ??= new Unknown("the text's values are not known", { type: "str" });
        return "";
      }
      const isText = type === "s" || type === "r" || type === "a";
      const spec = `${flags.includes("-") ? "<" : width ? ">" : ""}${flags.includes("0") ? "0" : ""}${width ?? ""}${
        precision === undefined ? "" : `.${precision}`
      }${isText || type === "d" || type === "i" ? "" : type}`;
      const shown = type === "r" ? reprOf(it, arg) : isText ? strOf(it, arg) : arg;
      const piece =
        shown.kind === "float" && (type === "d" || type === "i")
          ? str(String(Math.trunc(shown.value)))
          : formatValue(it, shown, spec);
      if (piece.kind === "str") return piece.value;
      lost ??= new Unknown(piece.kind === "unknown" ? piece.why : "its text is not known", { type: "str" });
      return "";
    },
  );
  return lost ?? str(text);
}
