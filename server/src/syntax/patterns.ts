/** Turns the grammar's `match` patterns into the typed tree. */
import type { Pattern } from "./ast.ts";
import { type Source, textOf, toExpr } from "./expressions.ts";
import { childrenOf, namedChildren, type Raw } from "./raw.ts";

export function toPattern(raw: Raw, source: Source): Pattern {
  switch (raw.type) {
    case "case_pattern": {
      const child = namedChildren(raw)[0];
      // A lone `_` and negative numbers have no named child of their own.
      if (!child || raw.children[0]?.type === "-") {
        return textOf(raw, source).trim() === "_"
          ? { kind: "capture", name: null }
          : { kind: "value", value: negated(raw, source) };
      }
      return toPattern(child, source);
    }
    case "dotted_name": {
      const names = namedChildren(raw);
      if (names.length > 1) return { kind: "value", value: toExpr(raw, source) };
      const name = textOf(raw, source);
      return { kind: "capture", name: name === "_" ? null : name };
    }
    case "identifier":
      return { kind: "capture", name: textOf(raw, source) };
    case "splat_pattern": {
      const name = textOf(namedChildren(raw)[0], source);
      return { kind: "star", name: name === "_" || name === "" ? null : name };
    }
    case "list_pattern":
      return { kind: "sequence", items: namedChildren(raw).map((child) => toPattern(child, source)) };
    case "tuple_pattern": {
      const items = namedChildren(raw).map((child) => toPattern(child, source));
      const [only] = items;
      const grouped = items.length === 1 && !raw.children.some((child) => child.type === ",");
      return grouped && only ? only : { kind: "sequence", items };
    }
    case "dict_pattern":
      return toMapping(raw, source);
    case "class_pattern": {
      const [cls, ...args] = namedChildren(raw);
      const positional: Pattern[] = [];
      const keywords: { name: string; value: Pattern }[] = [];
      for (const arg of args) {
        const inner = arg.type === "case_pattern" ? namedChildren(arg)[0] : arg;
        if (inner?.type === "keyword_pattern") {
          const [name, value] = namedChildren(inner);
          keywords.push({ name: textOf(name, source), value: value ? toPattern(value, source) : { kind: "error" } });
        } else {
          positional.push(toPattern(arg, source));
        }
      }
      return { kind: "class", cls: toExpr(cls, source), positional, keywords };
    }
    case "union_pattern":
      return { kind: "or", options: namedChildren(raw).map((child) => toPattern(child, source)) };
    case "as_pattern": {
      const [pattern, alias] = namedChildren(raw);
      return pattern && alias
        ? { kind: "as", pattern: toPattern(pattern, source), name: textOf(alias, source) }
        : { kind: "error" };
    }
    case "integer":
    case "float":
    case "string":
    case "concatenated_string":
    case "true":
    case "false":
    case "none":
      return { kind: "value", value: toExpr(raw, source) };
    default:
      return { kind: "error" };
  }
}

function negated(raw: Raw, source: Source): ReturnType<typeof toExpr> {
  const number = namedChildren(raw)[0];
  return { kind: "Unary", op: "-", operand: toExpr(number, source), start: raw.start, end: raw.end };
}

function toMapping(raw: Raw, source: Source): Pattern {
  const keys = childrenOf(raw, "key");
  const values = childrenOf(raw, "value");
  const entries = keys.map((key, index) => {
    const value = values[index];
    return { key: toExpr(key, source), value: value ? toPattern(value, source) : ({ kind: "error" } as const) };
  });
  const splat = raw.children.find((child) => child.type === "splat_pattern");
  return { kind: "mapping", entries, rest: splat ? textOf(namedChildren(splat)[0], source) : null };
}
