/** What a function body binds, and whether it yields: found once when the tree is built, as CPython's symbol table does. */
import type { Expr, Pattern, Stmt } from "./ast.ts";

/** Names that `body` binds in its own scope, less those it declares `global` or `nonlocal`. */
export function boundNames(body: readonly Stmt[]): ReadonlySet<string> {
  const names = new Set<string>();
  const elsewhere = new Set<string>();
  walkStatements(body, {
    bind: (name) => names.add(name),
    declare: (name) => elsewhere.add(name),
    expression: (expr) => walrusTargets(expr, names),
  });
  for (const name of elsewhere) names.delete(name);
  return names;
}

/** Whether a function with this body is a generator. */
export function containsYield(body: readonly Stmt[]): boolean {
  let found = false;
  walkStatements(body, {
    bind: () => {},
    declare: () => {},
    expression: (expr) => {
      found ||= yields(expr);
    },
  });
  return found;
}

/** Whether evaluating `expr` in its own scope yields. */
export function yields(expr: Expr): boolean {
  if (expr.kind === "Yield") return true;
  return subexpressions(expr).some(yields);
}

interface Visitor {
  bind(name: string): void;
  declare(name: string): void;
  expression(expr: Expr): void;
}

/** Visits the statements of one scope; bodies of nested functions and classes are scopes of their own. */
function walkStatements(body: readonly Stmt[], visitor: Visitor): void {
  for (const stmt of body) walkStatement(stmt, visitor);
}

function walkStatement(stmt: Stmt, visitor: Visitor): void {
  switch (stmt.kind) {
    case "ExprStmt":
      visitor.expression(stmt.value);
      return;
    case "Assign":
      for (const target of stmt.targets) bindTarget(target, visitor);
      visitor.expression(stmt.value);
      return;
    case "AugAssign":
      bindTarget(stmt.target, visitor);
      visitor.expression(stmt.value);
      return;
    case "AnnAssign":
      bindTarget(stmt.target, visitor);
      if (stmt.value) visitor.expression(stmt.value);
      return;
    case "Return":
      if (stmt.value) visitor.expression(stmt.value);
      return;
    case "If":
    case "While":
      visitor.expression(stmt.test);
      walkStatements(stmt.body, visitor);
      walkStatements(stmt.orelse, visitor);
      return;
    case "For":
      bindTarget(stmt.target, visitor);
      visitor.expression(stmt.iter);
      walkStatements(stmt.body, visitor);
      walkStatements(stmt.orelse, visitor);
      return;
    case "Try":
      walkStatements(stmt.body, visitor);
      for (const handler of stmt.handlers) {
        if (handler.name) visitor.bind(handler.name);
        walkStatements(handler.body, visitor);
      }
      walkStatements(stmt.orelse, visitor);
      walkStatements(stmt.finalbody, visitor);
      return;
    case "With":
      for (const item of stmt.items) {
        visitor.expression(item.context);
        if (item.target) bindTarget(item.target, visitor);
      }
      walkStatements(stmt.body, visitor);
      return;
    case "FunctionDef":
    case "ClassDef":
      visitor.bind(stmt.name);
      return;
    case "Import":
      for (const { name, asname } of stmt.names) visitor.bind(asname ?? name.split(".")[0] ?? name);
      return;
    case "ImportFrom":
      for (const { name, asname } of stmt.names) if (name !== "*") visitor.bind(asname ?? name);
      return;
    case "Raise":
      if (stmt.value) visitor.expression(stmt.value);
      return;
    case "Assert":
      visitor.expression(stmt.test);
      return;
    case "Delete":
      for (const target of stmt.targets) bindTarget(target, visitor);
      return;
    case "Global":
    case "Nonlocal":
      for (const name of stmt.names) visitor.declare(name);
      return;
    case "Match":
      visitor.expression(stmt.subject);
      for (const each of stmt.cases) {
        bindPattern(each.pattern, visitor);
        if (each.guard) visitor.expression(each.guard);
        walkStatements(each.body, visitor);
      }
      return;
    case "TypeAlias":
      visitor.bind(stmt.name);
      return;
    default:
      return;
  }
}

function bindTarget(target: Expr, visitor: Visitor): void {
  switch (target.kind) {
    case "Name":
      visitor.bind(target.id);
      return;
    case "Tuple":
    case "List":
      for (const item of target.items) bindTarget(item, visitor);
      return;
    case "Starred":
      bindTarget(target.value, visitor);
      return;
    default:
      visitor.expression(target);
  }
}

function bindPattern(pattern: Pattern, visitor: Visitor): void {
  switch (pattern.kind) {
    case "capture":
    case "star":
      if (pattern.name) visitor.bind(pattern.name);
      return;
    case "sequence":
      for (const item of pattern.items) bindPattern(item, visitor);
      return;
    case "mapping":
      for (const entry of pattern.entries) bindPattern(entry.value, visitor);
      if (pattern.rest) visitor.bind(pattern.rest);
      return;
    case "class":
      for (const item of pattern.positional) bindPattern(item, visitor);
      for (const item of pattern.keywords) bindPattern(item.value, visitor);
      return;
    case "or":
      for (const option of pattern.options) bindPattern(option, visitor);
      return;
    case "as":
      bindPattern(pattern.pattern, visitor);
      visitor.bind(pattern.name);
      return;
    default:
      return;
  }
}

function walrusTargets(expr: Expr, names: Set<string>): void {
  if (expr.kind === "NamedExpr") names.add(expr.target.id);
  for (const child of subexpressions(expr)) walrusTargets(child, names);
}

/** Direct subexpressions that are evaluated in the same scope (a lambda's body is not). */
export function subexpressions(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "Tuple":
    case "List":
    case "Set":
      return expr.items;
    case "Dict":
      return expr.entries.flatMap(({ key, value }) => (key ? [key, value] : [value]));
    case "Attribute":
    case "Starred":
    case "Await":
      return [expr.value];
    case "Yield":
      return expr.value ? [expr.value] : [];
    case "NamedExpr":
      return [expr.value];
    case "Subscript":
      return [expr.value, expr.index];
    case "Slice":
      return [expr.lower, expr.upper, expr.step].filter((part) => part !== null);
    case "Call":
      return [expr.func, ...expr.args, ...expr.keywords.map((keyword) => keyword.value)];
    case "Binary":
    case "BoolOp":
      return [expr.left, expr.right];
    case "Unary":
      return [expr.operand];
    case "Compare":
      return [expr.left, ...expr.rest.map((each) => each.right)];
    case "Conditional":
      return [expr.test, expr.body, expr.orelse];
    case "FString":
      return expr.parts.flatMap((part) => (typeof part === "string" ? [] : [part.value]));
    case "ListComp":
    case "SetComp":
    case "DictComp":
    case "GeneratorExp":
      return [
        expr.element,
        ...(expr.value ? [expr.value] : []),
        ...expr.clauses.map((clause) => (clause.kind === "for" ? clause.iter : clause.test)),
      ];
    default:
      return [];
  }
}
