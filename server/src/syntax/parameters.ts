/** The parameters of functions and lambdas. */
import type { Parameter, Parameters } from "./ast.ts";
import { type Source, textOf, toExpr } from "./expressions.ts";
import { childOf, namedChildren, type Raw } from "./raw.ts";

export function toParameters(raw: Raw | null, source: Source): Parameters {
  const positional: Parameter[] = [];
  const keywordOnly: Parameter[] = [];
  let positionalOnly = 0;
  let vararg: Parameter | null = null;
  let kwarg: Parameter | null = null;
  let afterStar = false;
  for (const child of raw ? namedChildren(raw) : []) {
    if (child.type === "positional_separator") {
      positionalOnly = positional.length;
      continue;
    }
    if (child.type === "keyword_separator") {
      afterStar = true;
      continue;
    }
    const nameNode = parameterName(child);
    const inner = nameNode?.type === "list_splat_pattern" || nameNode?.type === "dictionary_splat_pattern";
    const annotation = childOf(child, "type");
    const value = childOf(child, "value");
    const parameter: Parameter = {
      name: textOf(inner ? namedChildren(nameNode)[0] : nameNode, source),
      annotation: annotation ? toExpr(annotation, source) : null,
      default: value ? toExpr(value, source) : null,
      start: child.start,
      end: child.end,
    };
    if (nameNode?.type === "list_splat_pattern") {
      vararg = parameter;
      afterStar = true;
    } else if (nameNode?.type === "dictionary_splat_pattern") {
      kwarg = parameter;
    } else if (parameter.name !== "") {
      (afterStar ? keywordOnly : positional).push(parameter);
    }
  }
  return { positional, positionalOnly, vararg, keywordOnly, kwarg };
}

function parameterName(raw: Raw): Raw | null {
  switch (raw.type) {
    case "identifier":
    case "list_splat_pattern":
    case "dictionary_splat_pattern":
      return raw;
    case "default_parameter":
    case "typed_default_parameter":
      return childOf(raw, "name");
    case "typed_parameter":
      return namedChildren(raw)[0] ?? null;
    default:
      return null;
  }
}
