/** Turns the grammar's statement nodes into the typed tree. */
import type {
  BinaryOperator,
  ClassDef,
  Expr,
  FunctionDef,
  Handler,
  If,
  ImportedName,
  ImportFrom,
  MatchCase,
  Stmt,
} from "./ast.ts";
import { boundNames, containsYield } from "./bindings.ts";
import { type Source, textOf, toArguments, toExpr } from "./expressions.ts";
import { toParameters } from "./parameters.ts";
import { toPattern } from "./patterns.ts";
import { childOf, childrenOf, namedChildren, type Raw } from "./raw.ts";

export function toStmt(raw: Raw, source: Source): Stmt {
  const { start, end } = raw;
  switch (raw.type) {
    case "expression_statement":
      return toExpressionStatement(raw, source);
    case "return_statement": {
      const value = namedChildren(raw)[0];
      return { kind: "Return", value: value ? toExpr(value, source) : null, start, end };
    }
    case "if_statement":
      return toIf(raw, childrenOf(raw, "alternative"), source);
    case "for_statement":
      return {
        kind: "For",
        target: toExpr(childOf(raw, "left"), source),
        iter: toExpr(childOf(raw, "right"), source),
        body: toBlock(childOf(raw, "body"), source),
        orelse: toElse(childOf(raw, "alternative"), source),
        start,
        end,
      };
    case "while_statement":
      return {
        kind: "While",
        test: toExpr(childOf(raw, "condition"), source),
        body: toBlock(childOf(raw, "body"), source),
        orelse: toElse(childOf(raw, "alternative"), source),
        start,
        end,
      };
    case "try_statement":
      return toTry(raw, source);
    case "with_statement":
      return toWith(raw, source);
    case "function_definition":
      return toFunction(raw, [], source);
    case "class_definition":
      return toClass(raw, [], source);
    case "decorated_definition": {
      const definition = childOf(raw, "definition");
      const decorators = raw.children
        .filter((child) => child.type === "decorator")
        .map((child) => toExpr(namedChildren(child)[0], source));
      if (definition?.type === "function_definition") return toFunction(definition, decorators, source);
      if (definition?.type === "class_definition") return toClass(definition, decorators, source);
      return { kind: "ErrorStmt", start, end };
    }
    case "import_statement":
      return { kind: "Import", names: childrenOf(raw, "name").map((name) => toImported(name, source)), start, end };
    case "import_from_statement":
    case "future_import_statement":
      return toImportFrom(raw, source);
    case "raise_statement": {
      const cause = childOf(raw, "cause");
      const value = raw.children.find((child) => child.named && child !== cause);
      return {
        kind: "Raise",
        value: value ? toExpr(value, source) : null,
        cause: cause ? toExpr(cause, source) : null,
        start,
        end,
      };
    }
    case "assert_statement": {
      const [test, message] = namedChildren(raw);
      return {
        kind: "Assert",
        test: toExpr(test, source),
        message: message ? toExpr(message, source) : null,
        start,
        end,
      };
    }
    case "delete_statement": {
      const target = toExpr(namedChildren(raw)[0], source);
      return { kind: "Delete", targets: target.kind === "Tuple" ? target.items : [target], start, end };
    }
    case "global_statement":
    case "nonlocal_statement": {
      const names = namedChildren(raw).map((child) => textOf(child, source));
      return { kind: raw.type === "global_statement" ? "Global" : "Nonlocal", names, start, end };
    }
    case "pass_statement":
      return { kind: "Pass", start, end };
    case "break_statement":
      return { kind: "Break", start, end };
    case "continue_statement":
      return { kind: "Continue", start, end };
    case "match_statement":
      return {
        kind: "Match",
        subject: toMatchSubject(childrenOf(raw, "subject"), raw, source),
        cases: (childOf(raw, "body")?.children ?? [])
          .filter((child) => child.type === "case_clause")
          .map((child) => toCase(child, source)),
        start,
        end,
      };
    case "type_alias_statement": {
      const name = toExpr(childOf(raw, "left"), source);
      const value = toExpr(childOf(raw, "right"), source);
      const target = name.kind === "Subscript" ? name.value : name;
      if (target.kind === "Name") return { kind: "TypeAlias", name: target.id, value, start, end };
      return { kind: "Assign", targets: [ofTypeCall(name, start)], value, start, end };
    }
    default:
      return { kind: "ErrorStmt", start, end };
  }
}

/** `type(x).name = value`, which the grammar takes for the declaration of a type: what is behind the word, called. */
function ofTypeCall(expr: Expr, start: number): Expr {
  if (expr.kind === "Attribute" || expr.kind === "Subscript") {
    return { ...expr, value: ofTypeCall(expr.value, start), start };
  }
  const { end } = expr;
  const func: Expr = { kind: "Name", id: "type", start, end: start + "type".length };
  return { kind: "Call", func, args: expr.kind === "Tuple" ? expr.items : [expr], keywords: [], start, end };
}

/** The statements of a `block` node; what cannot be read stays as `ErrorStmt`, so that its neighbours stay sound. */
export function toBlock(raw: Raw | null, source: Source): Stmt[] {
  return raw ? namedChildren(raw).map((child) => toStmt(child, source)) : [];
}

function toExpressionStatement(raw: Raw, source: Source): Stmt {
  const { start, end } = raw;
  const children = namedChildren(raw);
  const [only] = children;
  if (children.length === 1 && only) {
    if (only.type === "assignment") return toAssignment(only, source);
    if (only.type === "augmented_assignment") {
      return {
        kind: "AugAssign",
        target: toExpr(childOf(only, "left"), source),
        op: (childOf(only, "operator")?.type ?? "+=").slice(0, -1) as BinaryOperator,
        value: toExpr(childOf(only, "right"), source),
        start,
        end,
      };
    }
    const isTuple = raw.children.some((child) => child.type === ",");
    const value = toExpr(only, source);
    return { kind: "ExprStmt", value: isTuple ? { kind: "Tuple", items: [value], start, end } : value, start, end };
  }
  const items = children.map((child) => toExpr(child, source));
  return { kind: "ExprStmt", value: { kind: "Tuple", items, start, end }, start, end };
}

function toAssignment(raw: Raw, source: Source): Stmt {
  const { start, end } = raw;
  const type = childOf(raw, "type");
  const right = childOf(raw, "right");
  if (type) {
    return {
      kind: "AnnAssign",
      target: toExpr(childOf(raw, "left"), source),
      annotation: toExpr(type, source),
      value: right ? toExpr(right, source) : null,
      start,
      end,
    };
  }
  const targets = [toExpr(childOf(raw, "left"), source)];
  let value = right;
  while (value?.type === "assignment") {
    targets.push(toExpr(childOf(value, "left"), source));
    value = childOf(value, "right");
  }
  return { kind: "Assign", targets, value: toExpr(value, source), start, end };
}

/** `elif` becomes a nested `If`, as in CPython's tree. */
function toIf(raw: Raw, alternatives: readonly Raw[], source: Source): If {
  const [next, ...later] = alternatives;
  let orelse: Stmt[] = [];
  if (next?.type === "elif_clause") orelse = [toIf(next, later, source)];
  else if (next) orelse = toElse(next, source);
  return {
    kind: "If",
    test: toExpr(childOf(raw, "condition"), source),
    body: toBlock(childOf(raw, "consequence"), source),
    orelse,
    start: raw.start,
    end: raw.end,
  };
}

function toElse(raw: Raw | null, source: Source): Stmt[] {
  return raw ? toBlock(childOf(raw, "body") ?? blockIn(raw), source) : [];
}

function blockIn(raw: Raw): Raw | null {
  return raw.children.find((child) => child.type === "block") ?? null;
}

function toTry(raw: Raw, source: Source): Stmt {
  const handlers: Handler[] = [];
  let orelse: Stmt[] = [];
  let finalbody: Stmt[] = [];
  for (const child of raw.children) {
    if (child.type === "except_clause" || child.type === "except_group_clause") handlers.push(toHandler(child, source));
    else if (child.type === "else_clause") orelse = toElse(child, source);
    else if (child.type === "finally_clause") finalbody = toBlock(blockIn(child), source);
  }
  return {
    kind: "Try",
    body: toBlock(childOf(raw, "body"), source),
    handlers,
    orelse,
    finalbody,
    start: raw.start,
    end: raw.end,
  };
}

function toHandler(raw: Raw, source: Source): Handler {
  const values = raw.children.filter((child) => child.named && child.type !== "block");
  let [type] = values;
  let name: string | null = null;
  if (type?.type === "as_pattern") {
    name = textOf(childOf(type, "alias"), source);
    type = namedChildren(type)[0];
  }
  const types = values.length > 1 ? values.map((value) => toExpr(value, source)) : null;
  return {
    type: types ? { kind: "Tuple", items: types, start: raw.start, end: raw.end } : type ? toExpr(type, source) : null,
    name,
    ofGroup: raw.type === "except_group_clause" || raw.children.some((child) => child.type === "*"),
    body: toBlock(blockIn(raw), source),
    start: raw.start,
    end: raw.end,
  };
}

function toWith(raw: Raw, source: Source): Stmt {
  const clause = raw.children.find((child) => child.type === "with_clause");
  const items: { context: Expr; target: Expr | null }[] = [];
  for (const item of clause ? namedChildren(clause) : []) {
    const value = childOf(item, "value");
    // `with (open(a) as f, open(b) as g):` arrives as one tuple of as-patterns.
    const parts = value?.type === "tuple" ? namedChildren(value) : value ? [value] : [];
    if (value?.type === "tuple" && !parts.some((part) => part.type === "as_pattern")) {
      items.push({ context: toExpr(value, source), target: null });
      continue;
    }
    for (const part of parts) {
      const alias = part.type === "as_pattern" ? childOf(part, "alias") : null;
      items.push({
        context: toExpr(part.type === "as_pattern" ? namedChildren(part)[0] : part, source),
        target: alias ? toExpr(namedChildren(alias)[0], source) : null,
      });
    }
  }
  return { kind: "With", items, body: toBlock(childOf(raw, "body"), source), start: raw.start, end: raw.end };
}

function toFunction(raw: Raw, decorators: readonly Expr[], source: Source): FunctionDef {
  const name = childOf(raw, "name");
  const returns = childOf(raw, "return_type");
  const body = toBlock(childOf(raw, "body"), source);
  return {
    kind: "FunctionDef",
    name: textOf(name, source),
    nameStart: name?.start ?? raw.start,
    params: toParameters(childOf(raw, "parameters"), source),
    returns: returns ? toExpr(returns, source) : null,
    body,
    decorators,
    isAsync: raw.children[0]?.type === "async",
    isGenerator: containsYield(body),
    locals: boundNames(body),
    start: raw.start,
    end: raw.end,
  };
}

function toClass(raw: Raw, decorators: readonly Expr[], source: Source): ClassDef {
  const name = childOf(raw, "name");
  const { args, keywords } = toArguments(childOf(raw, "superclasses"), source);
  return {
    kind: "ClassDef",
    name: textOf(name, source),
    nameStart: name?.start ?? raw.start,
    bases: args,
    keywords,
    body: toBlock(childOf(raw, "body"), source),
    decorators,
    start: raw.start,
    end: raw.end,
  };
}

function toImported(raw: Raw, source: Source): ImportedName {
  if (raw.type !== "aliased_import") return { name: dotted(raw, source), asname: null };
  return { name: dotted(childOf(raw, "name"), source), asname: textOf(childOf(raw, "alias"), source) };
}

function dotted(raw: Raw | null, source: Source): string {
  return textOf(raw, source).replace(/\s+/g, "");
}

function toImportFrom(raw: Raw, source: Source): ImportFrom {
  const module = childOf(raw, "module_name");
  const future = raw.type === "future_import_statement";
  const text = future ? "__future__" : dotted(module, source);
  const level = /^\.*/.exec(text)?.[0].length ?? 0;
  const star = raw.children.some((child) => child.type === "wildcard_import");
  return {
    kind: "ImportFrom",
    level,
    module: text.slice(level),
    names: star ? [{ name: "*", asname: null }] : childrenOf(raw, "name").map((name) => toImported(name, source)),
    start: raw.start,
    end: raw.end,
  };
}

function toMatchSubject(subjects: readonly Raw[], raw: Raw, source: Source): Expr {
  const [only] = subjects;
  if (subjects.length === 1) return toExpr(only, source);
  return { kind: "Tuple", items: subjects.map((s) => toExpr(s, source)), start: raw.start, end: raw.end };
}

function toCase(raw: Raw, source: Source): MatchCase {
  const patterns = raw.children.filter((child) => child.type === "case_pattern").map((p) => toPattern(p, source));
  const guard = childOf(raw, "guard");
  const [only] = patterns;
  return {
    pattern: patterns.length === 1 && only ? only : { kind: "sequence", items: patterns },
    guard: guard ? toExpr(namedChildren(guard)[0], source) : null,
    body: toBlock(childOf(raw, "consequence"), source),
    start: raw.start,
    end: raw.end,
  };
}
