/** Reads Python's literals: numbers with underscores and bases, strings with prefixes and escapes. */
import type { ConstantValue } from "./ast.ts";

/** The value of an integer literal; a bigint where it is beyond 2^53. */
export function readInt(text: string): number | bigint {
  const digits = text.replaceAll("_", "");
  const value = BigInt(/^0[0-9]/.test(digits) ? digits.replace(/^0+(?=.)/, "") : digits);
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** An integer, float or imaginary literal as tree-sitter's `integer` or `float` node spells it. */
export function readNumber(text: string): ConstantValue {
  const plain = text.replaceAll("_", "");
  if (/[jJ]$/.test(plain)) return { type: "imaginary", value: Number(plain.slice(0, -1)) };
  if (/^0[xXoObB]/.test(plain) || /^[0-9]+$/.test(plain)) return { type: "int", value: readInt(plain) };
  return { type: "float", value: Number(plain) };
}

/** The prefix letters of a string literal's opening token, lower case: `rb"` gives `rb`. */
export function stringPrefix(opening: string): string {
  return /^[a-zA-Z]*/.exec(opening)?.[0].toLowerCase() ?? "";
}

const simpleEscapes: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** The text that a string's content stands for; raw strings keep their backslashes. */
export function unescapeString(content: string, raw: boolean): string {
  if (raw || !content.includes("\\")) return content;
  return content.replace(
    /\\(?:(\r?\n|[\\'"abfnrtv])|([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/g,
    (_whole, simple: string | undefined, octal: string | undefined, ...hex: (string | undefined)[]) => {
      if (simple !== undefined) return simpleEscapes[simple.replace("\r", "")] ?? "";
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      const code = Number.parseInt(hex[0] ?? hex[1] ?? hex[2] ?? "0", 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
    },
  );
}
