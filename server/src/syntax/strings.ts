/** String literals of the grammar, concatenated and formatted ones too, as constants and f-strings. */
import type { Expr, Interpolation } from "./ast.ts";
import { constant, type Source, textOf, toExpr } from "./expressions.ts";
import { stringPrefix, unescapeString } from "./literals.ts";
import { childOf, type Raw } from "./raw.ts";

export function toStringLiteral(raw: Raw, source: Source): Expr {
  const literals = raw.type === "string" ? [raw] : raw.children.filter((child) => child.type === "string");
  const parts: (string | Interpolation)[] = [];
  let isBytes = false;
  for (const literal of literals) {
    const prefix = stringPrefix(textOf(literal.children[0], source));
    isBytes ||= prefix.includes("b");
    stringParts(literal.children.slice(1, -1), prefix, source, parts);
  }
  if (parts.every((part) => typeof part === "string")) {
    return constant(raw, { type: isBytes ? "bytes" : "str", value: parts.join("") });
  }
  return { kind: "FString", parts, start: raw.start, end: raw.end };
}

function stringParts(raws: readonly Raw[], prefix: string, source: Source, parts: (string | Interpolation)[]): void {
  const isRaw = prefix.includes("r");
  for (const raw of raws) {
    if (raw.type === "interpolation") {
      parts.push(toInterpolation(raw, source));
    } else if (raw.type === "string_content") {
      const text = textOf(raw, source);
      parts.push(unescapeString(prefix.includes("f") ? text.replaceAll("{{", "{").replaceAll("}}", "}") : text, isRaw));
    }
  }
}

function toInterpolation(raw: Raw, source: Source): Interpolation {
  const expression = childOf(raw, "expression");
  const conversion = raw.children.find((child) => child.type === "type_conversion");
  const format = raw.children.find((child) => child.type === "format_specifier");
  const equals = raw.children.find((child) => child.type === "=");
  const letter = conversion ? source[conversion.start + 1] : undefined;
  return {
    value: toExpr(expression, source),
    // The text up to what follows the sign, blanks included.
    selfDocumenting: equals ? source.slice(raw.start + 1, equals.end + blanksAt(source, equals.end)) : null,
    conversion: letter === "r" || letter === "s" || letter === "a" ? letter : null,
    format: format ? toFormat(format, source) : null,
  };
}

function blanksAt(source: Source, start: number): number {
  return /^\s*/.exec(source.slice(start, start + 80))?.[0].length ?? 0;
}

/** A format specifier's text stands between its children, which are the nested replacement fields. */
function toFormat(raw: Raw, source: Source): (string | Interpolation)[] {
  const parts: (string | Interpolation)[] = [];
  let at = raw.start + 1;
  for (const child of raw.children) {
    if (child.type !== "format_expression") continue;
    if (child.start > at) parts.push(source.slice(at, child.start));
    parts.push(toInterpolation(child, source));
    at = child.end;
  }
  if (raw.end > at) parts.push(source.slice(at, raw.end));
  return parts;
}
