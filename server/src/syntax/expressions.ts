/** Turns the grammar's expression nodes into the typed tree. Only the files of this folder know their names. */
import type {
  BinaryOperator,
  Call,
  CompareOperator,
  Comprehension,
  ComprehensionClause,
  Constant,
  ConstantValue,
  Expr,
  Keyword,
  Name,
} from "./ast.ts";
import { readNumber } from "./literals.ts";
import { toParameters } from "./parameters.ts";
import { childOf, childrenOf, namedChildren, type Raw } from "./raw.ts";
import { toStringLiteral } from "./strings.ts";

/** The text that the positions of `Raw` count in. */
export type Source = string;

export function toExpr(raw: Raw | null | undefined, source: Source): Expr {
  if (!raw) return { kind: "ErrorExpr", start: 0, end: 0 };
  const { start, end } = raw;
  switch (raw.type) {
    case "identifier":
    case "keyword_identifier":
      return { kind: "Name", id: source.slice(start, end), start, end };
    case "integer":
    case "float":
      return constant(raw, readNumber(source.slice(start, end)));
    case "true":
    case "false":
      return constant(raw, { type: "bool", value: raw.type === "true" });
    case "none":
      return constant(raw, { type: "none" });
    case "ellipsis":
      return constant(raw, { type: "ellipsis" });
    case "string":
    case "concatenated_string":
      return toStringLiteral(raw, source);
    case "parenthesized_expression":
    case "type":
    case "list_splat_pattern_value":
      return toExpr(namedChildren(raw)[0], source);
    case "tuple":
    case "expression_list":
    case "pattern_list":
    case "tuple_pattern":
      return { kind: "Tuple", items: exprs(namedChildren(raw), source), start, end };
    case "list":
    case "list_pattern":
      return { kind: "List", items: exprs(namedChildren(raw), source).map(starOutermost), start, end };
    case "set":
      return { kind: "Set", items: exprs(namedChildren(raw), source).map(starOutermost), start, end };
    case "dictionary":
      return { kind: "Dict", entries: namedChildren(raw).map((child) => toEntry(child, source)), start, end };
    case "attribute":
      return {
        kind: "Attribute",
        value: toExpr(childOf(raw, "object"), source),
        attr: textOf(childOf(raw, "attribute"), source),
        start,
        end,
      };
    case "subscript":
    case "generic_type":
      return toSubscript(raw, source);
    case "slice":
      return toSlice(raw, source);
    case "call":
      return toCall(raw, source);
    case "binary_operator":
    case "union_type":
      return toBinary(raw, source);
    case "unary_operator":
      return {
        kind: "Unary",
        op: (raw.children[0]?.type ?? "-") as "+" | "-" | "~",
        operand: toExpr(childOf(raw, "argument"), source),
        start,
        end,
      };
    case "not_operator":
      return { kind: "Unary", op: "not", operand: toExpr(childOf(raw, "argument"), source), start, end };
    case "boolean_operator":
      return {
        kind: "BoolOp",
        op: childOf(raw, "operator")?.type === "or" ? "or" : "and",
        left: toExpr(childOf(raw, "left"), source),
        right: toExpr(childOf(raw, "right"), source),
        start,
        end,
      };
    case "comparison_operator":
      return toCompare(raw, source);
    case "conditional_expression": {
      const [body, test, orelse] = namedChildren(raw);
      return {
        kind: "Conditional",
        test: toExpr(test, source),
        body: toExpr(body, source),
        orelse: toExpr(orelse, source),
        start,
        end,
      };
    }
    case "lambda":
      return {
        kind: "Lambda",
        params: toParameters(childOf(raw, "parameters"), source),
        body: toExpr(childOf(raw, "body"), source),
        start,
        end,
      };
    case "list_comprehension":
    case "set_comprehension":
    case "dictionary_comprehension":
    case "generator_expression":
      return toComprehension(raw, source);
    case "list_splat":
    case "list_splat_pattern":
    case "splat_type":
      return { kind: "Starred", value: toExpr(namedChildren(raw)[0], source), start, end };
    case "await":
      return { kind: "Await", value: toExpr(namedChildren(raw)[0], source), start, end };
    case "yield": {
      const value = namedChildren(raw)[0];
      return {
        kind: "Yield",
        value: value ? toExpr(value, source) : null,
        from: raw.children.some((child) => child.type === "from"),
        start,
        end,
      };
    }
    case "named_expression": {
      const name = childOf(raw, "name");
      const target: Name = {
        kind: "Name",
        id: textOf(name, source),
        start: name?.start ?? start,
        end: name?.end ?? end,
      };
      return { kind: "NamedExpr", target, value: toExpr(childOf(raw, "value"), source), start, end };
    }
    case "dotted_name":
      return toDotted(raw, source);
    default:
      return { kind: "ErrorExpr", start, end };
  }
}

export function textOf(raw: Raw | null | undefined, source: Source): string {
  return raw ? source.slice(raw.start, raw.end) : "";
}

function exprs(raws: readonly Raw[], source: Source): Expr[] {
  return raws.map((raw) => toExpr(raw, source));
}

/** In lists and sets the grammar reads `*f(x)` as a call of `*f`; the star belongs to the whole. */
function starOutermost(expr: Expr): Expr {
  const value = withoutInnerStar(expr);
  return value ? { kind: "Starred", value, start: expr.start, end: expr.end } : expr;
}

/** The expression without the star at its left end; null where there is none below the top. */
function withoutInnerStar(expr: Expr): Expr | null {
  const inner = (left: Expr): Expr | null => (left.kind === "Starred" ? left.value : withoutInnerStar(left));
  switch (expr.kind) {
    case "Call": {
      const func = inner(expr.func);
      return func && { ...expr, func };
    }
    case "Attribute":
    case "Subscript": {
      const value = inner(expr.value);
      return value && { ...expr, value };
    }
    case "Binary": {
      const left = inner(expr.left);
      return left && { ...expr, left };
    }
    default:
      return null;
  }
}

export function constant(raw: Raw, value: ConstantValue): Constant {
  return { kind: "Constant", value, start: raw.start, end: raw.end };
}

function toDotted(raw: Raw, source: Source): Expr {
  const [first, ...rest] = namedChildren(raw);
  let expr = toExpr(first, source);
  for (const part of rest) {
    expr = { kind: "Attribute", value: expr, attr: textOf(part, source), start: raw.start, end: part.end };
  }
  return expr;
}

// ── composed expressions ─────────────────────────────────────────────────────────────────────────────────────────────

function toEntry(raw: Raw, source: Source): { key: Expr | null; value: Expr } {
  if (raw.type === "pair") {
    return { key: toExpr(childOf(raw, "key"), source), value: toExpr(childOf(raw, "value"), source) };
  }
  if (raw.type === "dictionary_splat") return { key: null, value: toExpr(namedChildren(raw)[0], source) };
  return { key: null, value: { kind: "ErrorExpr", start: raw.start, end: raw.end } };
}

function toSubscript(raw: Raw, source: Source): Expr {
  const { start, end } = raw;
  if (raw.type === "generic_type") {
    const [value, parameters] = namedChildren(raw);
    return toIndexed(toExpr(value, source), parameters ? namedChildren(parameters) : [], false, raw, source);
  }
  const value = toExpr(childOf(raw, "value"), source);
  const indices = childrenOf(raw, "subscript");
  const trailingComma = raw.children.at(-2)?.type === ",";
  return indices.length === 0
    ? { kind: "Subscript", value, index: { kind: "ErrorExpr", start, end }, start, end }
    : toIndexed(value, indices, trailingComma, raw, source);
}

function toIndexed(value: Expr, indices: readonly Raw[], tuple: boolean, raw: Raw, source: Source): Expr {
  const { start, end } = raw;
  const items = exprs(indices, source);
  const [only] = items;
  const index: Expr =
    items.length === 1 && only && !tuple && only.kind !== "Starred"
      ? only
      : { kind: "Tuple", items, start: items[0]?.start ?? start, end: items.at(-1)?.end ?? end };
  return { kind: "Subscript", value, index, start, end };
}

function toSlice(raw: Raw, source: Source): Expr {
  const parts: (Expr | null)[] = [null, null, null];
  let part = 0;
  for (const child of raw.children) {
    if (child.type === ":") part += 1;
    else parts[part] = toExpr(child, source);
  }
  const [lower = null, upper = null, step = null] = parts;
  return { kind: "Slice", lower, upper, step, start: raw.start, end: raw.end };
}

function toCall(raw: Raw, source: Source): Call {
  const { start, end } = raw;
  const func = toExpr(childOf(raw, "function"), source);
  const list = childOf(raw, "arguments");
  if (list?.type === "generator_expression") {
    return { kind: "Call", func, args: [toExpr(list, source)], keywords: [], start, end };
  }
  return { kind: "Call", func, ...toArguments(list, source), start, end };
}

/** The arguments of a call, or the bases and keywords of a class. */
export function toArguments(raw: Raw | null, source: Source): { args: Expr[]; keywords: Keyword[] } {
  const args: Expr[] = [];
  const keywords: Keyword[] = [];
  for (const child of raw ? namedChildren(raw) : []) {
    const { start, end } = child;
    if (child.type === "keyword_argument") {
      const name = textOf(childOf(child, "name"), source);
      keywords.push({ name, value: toExpr(childOf(child, "value"), source), start, end });
    } else if (child.type === "dictionary_splat") {
      keywords.push({ name: null, value: toExpr(namedChildren(child)[0], source), start, end });
    } else {
      args.push(toExpr(child, source));
    }
  }
  return { args, keywords };
}

function toBinary(raw: Raw, source: Source): Expr {
  const { start, end } = raw;
  const [first, second] = namedChildren(raw);
  return {
    kind: "Binary",
    op: (childOf(raw, "operator")?.type ?? "|") as BinaryOperator,
    left: toExpr(childOf(raw, "left") ?? first, source),
    right: toExpr(childOf(raw, "right") ?? second, source),
    start,
    end,
  };
}

function toCompare(raw: Raw, source: Source): Expr {
  let left: Expr | null = null;
  let op = "";
  const rest: { op: CompareOperator; right: Expr }[] = [];
  for (const child of raw.children) {
    if (child.field === "operators") {
      op = op === "" ? child.type : `${op} ${child.type}`;
    } else if (left === null) {
      left = toExpr(child, source);
    } else {
      rest.push({ op: (op === "<>" ? "!=" : op) as CompareOperator, right: toExpr(child, source) });
      op = "";
    }
  }
  return { kind: "Compare", left: left ?? toExpr(null, source), rest, start: raw.start, end: raw.end };
}

const comprehensionKinds: Readonly<Record<string, Comprehension["kind"]>> = {
  list_comprehension: "ListComp",
  set_comprehension: "SetComp",
  dictionary_comprehension: "DictComp",
  generator_expression: "GeneratorExp",
};

function toComprehension(raw: Raw, source: Source): Comprehension {
  const body = childOf(raw, "body");
  const pair = body?.type === "pair";
  const clauses: ComprehensionClause[] = [];
  for (const child of raw.children) {
    if (child.type === "for_in_clause") {
      const iters = childrenOf(child, "right");
      const [only] = iters;
      const iter: Expr =
        iters.length === 1
          ? toExpr(only, source)
          : {
              kind: "Tuple",
              items: exprs(
                iters.filter((i) => i.named),
                source,
              ),
              start: child.start,
              end: child.end,
            };
      clauses.push({ kind: "for", target: toExpr(childOf(child, "left"), source), iter });
    } else if (child.type === "if_clause") {
      clauses.push({ kind: "if", test: toExpr(namedChildren(child)[0], source) });
    }
  }
  return {
    kind: comprehensionKinds[raw.type] ?? "ListComp",
    element: toExpr(pair && body ? childOf(body, "key") : body, source),
    value: pair && body ? toExpr(childOf(body, "value"), source) : null,
    clauses,
    start: raw.start,
    end: raw.end,
  };
}
