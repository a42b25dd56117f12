/**
 * Executes statements. A block ends normally (null), or by return, break or continue; an exception is a `Raised` thrown.
 * A branch on an unknown condition runs both sides and joins what they wrote (`fork`).
 */
import type { AugAssign, Expr, FunctionDef, Stmt, Unit, With } from "../syntax/ast.ts";
import { assign, bindName, unbind } from "./assign.ts";
import { getAttribute, specialMethod } from "./attributes.ts";
import { call } from "./call.ts";
import { ClassScope, defineClass, qualifiedName } from "./classes.ts";
import { compare } from "./comparison.ts";
import { BudgetSpent, Raised } from "./errors.ts";
import { evaluate, evaluateDefaults } from "./evaluate.ts";
import { chainOf, describeException, exceptionClass, makeException } from "./exceptions.ts";
import { fork } from "./fork.ts";
import { importFrom, importModules } from "./imports.ts";
import type { Frame, Interpreter } from "./interpreter.ts";
import { runFor, runWhile } from "./loops.ts";
import { runMatch } from "./match.ts";
import { inplace } from "./operators.ts";
import { setAttribute } from "./setAttributes.ts";
import { getItem, setItem } from "./subscript.ts";
import { runTry } from "./tries.ts";
import { truth } from "./truth.ts";
import { Class, Func, Instance, type Module, noKeywords, none, Unknown, type Value } from "./values.ts";

export type Completion =
  | null
  | { readonly kind: "return"; readonly value: Value }
  | { readonly kind: "break" | "continue" };

const BREAK: Completion = { kind: "break" };
const CONTINUE: Completion = { kind: "continue" };

export function execBlock(it: Interpreter, stmts: readonly Stmt[], frame: Frame, from = 0): Completion {
  for (let i = from; i < stmts.length; i += 1) {
    const stmt = stmts[i] as Stmt;
    if (stmt.kind === "If") {
      it.budget.step();
      frame.at = stmt.test;
      const test = evaluate(it, stmt.test, frame);
      const t = truth(it, test);
      if (t === undefined) {
        const forked = fork(it, stmt, () => execBlock(it, stmts, frame, i + 1), frame);
        if (forked !== "go on") return forked.completion;
        continue;
      }
      const completion = execBlock(it, t ? stmt.body : stmt.orelse, frame);
      if (completion) return completion;
    } else if (stmt.kind === "Match") {
      it.budget.step();
      frame.at = stmt.subject;
      const matched = runMatch(it, stmt, () => execBlock(it, stmts, frame, i + 1), frame);
      if (matched !== "go on") return matched.completion;
    } else {
      const completion = exec(it, stmt, frame);
      if (completion) return completion;
    }
  }
  return null;
}

export function exec(it: Interpreter, stmt: Stmt, frame: Frame): Completion {
  it.budget.step();
  frame.at = stmt;
  switch (stmt.kind) {
    case "ExprStmt":
      evaluate(it, stmt.value, frame);
      return null;
    case "Assign": {
      const value = evaluate(it, stmt.value, frame);
      for (const target of stmt.targets) {
        frame.at = stmt;
        assign(it, target, named(value, target), frame);
      }
      return null;
    }
    case "AugAssign":
      augment(it, stmt, frame);
      return null;
    case "AnnAssign":
      annotate(it, stmt, frame);
      return null;
    case "Return": {
      const value = stmt.value ? evaluate(it, stmt.value, frame) : none;
      if (stmt.value)
        it.observer?.returned?.({ unit: frame.unit, start: stmt.value.start, end: stmt.value.end }, value, it);
      return { kind: "return", value };
    }
    case "If":
    case "Match":
      return execBlock(it, [stmt], frame);
    case "For":
      return runFor(it, stmt, frame);
    case "While":
      return runWhile(it, stmt, frame);
    case "Try":
      return runTry(it, stmt, frame);
    case "With":
      return runWith(it, stmt, frame);
    case "FunctionDef":
      bindName(stmt.name, defineFunction(it, stmt, frame), frame);
      return null;
    case "ClassDef":
      bindName(stmt.name, defineClass(it, stmt, frame), frame);
      return null;
    case "Import":
      importModules(it, stmt, frame);
      return null;
    case "ImportFrom":
      importFrom(it, stmt, frame);
      return null;
    case "Raise":
      return raise(it, stmt, frame);
    case "Assert":
      assertTrue(it, stmt, frame);
      return null;
    case "Delete":
      for (const target of stmt.targets) unbind(it, target, frame);
      return null;
    case "Global":
      frame.outer ??= new Map();
      for (const name of stmt.names) frame.outer.set(name, frame.globals.scope);
      return null;
    case "Nonlocal":
      declareNonlocal(stmt.names, frame);
      return null;
    case "TypeAlias":
      bindName(stmt.name, new Unknown("a type alias"), frame);
      return null;
    case "Pass":
      return null;
    case "Break":
      return BREAK;
    case "Continue":
      return CONTINUE;
    case "ErrorStmt":
      return null;
  }
}

/** Runs a module's statements; one that fails leaves the names it would have bound unknown, and the next one runs. */
export function runModuleBody(it: Interpreter, module: Module, units: readonly Unit[]): void {
  for (const unit of units) runUnit(it, module, unit);
}

/** Runs one top-level statement. The reason is given back where it did not get through. */
export function runUnit(it: Interpreter, module: Module, unit: Unit): string | null {
  const frame: Frame = {
    func: null,
    scope: module.scope,
    globals: module,
    unit,
    caller: it.frame,
    owner: null,
    at: unit.statement,
    pending: null,
    maybeBroken: false,
    outer: null,
    handling: [],
  };
  const { depth } = it.budget;
  try {
    it.within(frame, () => execBlock(it, [unit.statement], frame));
    return null;
  } catch (problem) {
    it.budget.depth = depth;
    const why = reasonOf(problem);
    if (why === null) throw problem;
    for (const name of namesBoundBy(unit.statement)) {
      if (!module.scope.vars.has(name)) module.scope.set(name, new Unknown(why, { name }));
    }
    return why;
  }
}

/** The reason for people where `problem` is Python's or the budget's; null where it is ours. */
export function reasonOf(problem: unknown): string | null {
  if (problem instanceof Raised) return `it raises ${describeException(problem.exception)}`;
  if (problem instanceof BudgetSpent) return problem.why;
  if (problem instanceof RangeError) return "the calls are nested too deeply";
  return null;
}

/** A value that is unknown and nameless takes the name it is first bound to. */
function named(value: Value, target: Expr): Value {
  if (value.kind !== "unknown" || value.facts.name !== undefined || target.kind !== "Name") return value;
  return value.facts.dim || value.facts.ratio ? value : new Unknown(value.why, { ...value.facts, name: target.id });
}

function namesBoundBy(stmt: Stmt): string[] {
  switch (stmt.kind) {
    case "FunctionDef":
    case "ClassDef":
      return [stmt.name];
    case "Assign":
      return stmt.targets.flatMap((target) => (target.kind === "Name" ? [target.id] : []));
    case "AnnAssign":
      return stmt.target.kind === "Name" ? [stmt.target.id] : [];
    case "Import":
      return stmt.names.map(({ name, asname }) => asname ?? name.split(".")[0] ?? name);
    case "ImportFrom":
      return stmt.names.map(({ name, asname }) => asname ?? name);
    case "If":
      return [...stmt.body, ...stmt.orelse].flatMap(namesBoundBy);
    case "With":
    case "For":
    case "While":
    case "Try":
      return stmt.body.flatMap(namesBoundBy);
    default:
      return [];
  }
}

// ── definitions and simple statements ────────────────────────────────────────────────────────────────────────────────

export function defineFunction(it: Interpreter, def: FunctionDef, frame: Frame): Value {
  const decorators = def.decorators.map((decorator) => evaluate(it, decorator, frame));
  let value: Value = new Func({
    def,
    params: def.params,
    name: def.name,
    qualname: qualifiedName(def.name, frame),
    unit: frame.unit,
    scope: functionScope(frame),
    globals: frame.globals,
    defaults: evaluateDefaults(it, def.params, frame),
    owner: frame.owner ?? { cls: null },
  });
  for (let i = decorators.length - 1; i >= 0; i -= 1) {
    frame.at = def.decorators[i] ?? def;
    value = call(it, decorators[i] as Value, [value]);
  }
  return value;
}

/** Functions in a class body do not see the class's names. */
function functionScope(frame: Frame): Frame["scope"] {
  return frame.scope instanceof ClassScope ? (frame.scope.parent ?? frame.scope) : frame.scope;
}

function augment(it: Interpreter, stmt: AugAssign, frame: Frame): void {
  const { target } = stmt;
  if (target.kind === "Attribute") {
    const object = evaluate(it, target.value, frame);
    const current = getAttribute(it, object, target.attr);
    const operand = evaluate(it, stmt.value, frame);
    frame.at = stmt;
    setAttribute(it, object, target.attr, inplace(it, stmt.op, current, operand));
  } else if (target.kind === "Subscript") {
    const object = evaluate(it, target.value, frame);
    const index = evaluate(it, target.index, frame);
    const current = getItem(it, object, index);
    const operand = evaluate(it, stmt.value, frame);
    frame.at = stmt;
    setItem(it, object, index, inplace(it, stmt.op, current, operand));
  } else {
    const current = evaluate(it, target, frame);
    const operand = evaluate(it, stmt.value, frame);
    frame.at = stmt;
    assign(it, target, inplace(it, stmt.op, current, operand), frame);
  }
}

function annotate(it: Interpreter, stmt: Extract<Stmt, { kind: "AnnAssign" }>, frame: Frame): void {
  if (frame.scope instanceof ClassScope && stmt.target.kind === "Name") {
    frame.scope.annotations.push({ name: stmt.target.id, annotation: stmt.annotation });
  }
  if (stmt.value) assign(it, stmt.target, evaluate(it, stmt.value, frame), frame);
}

function declareNonlocal(names: readonly string[], frame: Frame): void {
  frame.outer ??= new Map();
  for (const name of names) {
    for (let scope = frame.scope.parent; scope; scope = scope.parent) {
      if (scope.vars.has(name)) {
        frame.outer.set(name, scope);
        break;
      }
    }
  }
}

/** A condition that must hold: sizes that it says are equal are told of. */
function evaluateAssumed(it: Interpreter, test: Expr, frame: Frame): Value {
  const [only, another] = test.kind === "Compare" ? test.rest : [];
  if (test.kind !== "Compare" || !only || another || only.op !== "==") return evaluate(it, test, frame);
  const left = evaluate(it, test.left, frame);
  const right = evaluate(it, only.right, frame);
  frame.at = test;
  const equal = compare(it, "==", left, right);
  if (truth(it, equal) === undefined && it.guarded === 0 && it.uncertain === 0) assumeEqual(it, left, right);
  return equal;
}

function assumeEqual(it: Interpreter, left: Value, right: Value): void {
  if (left.kind === "int" && right.kind === "int") it.listener?.assumed(left.dim, right.dim);
  if (left.kind !== "tuple" || right.kind !== "tuple" || left.items.length !== right.items.length) return;
  left.items.forEach((item, i) => {
    assumeEqual(it, item, right.items[i] ?? none);
  });
}

function assertTrue(it: Interpreter, stmt: Extract<Stmt, { kind: "Assert" }>, frame: Frame): void {
  const t = truth(it, evaluateAssumed(it, stmt.test, frame));
  if (t !== false) return;
  const message = stmt.message ? evaluate(it, stmt.message, frame) : none;
  it.raise("AssertionError", stmt.message ? message : "");
}

function raise(it: Interpreter, stmt: Extract<Stmt, { kind: "Raise" }>, frame: Frame): never {
  if (!stmt.value) {
    for (let each: Frame | null = frame; each; each = each.caller) {
      const current = each.handling.at(-1);
      if (current) throw current;
    }
    return it.raise("RuntimeError", "No active exception to reraise");
  }
  const value = evaluate(it, stmt.value, frame);
  frame.at = stmt;
  const exception = value.kind === "class" ? call(it, value, []) : value;
  if (exception.kind === "instance") {
    if (stmt.cause) {
      const cause = evaluate(it, stmt.cause, frame);
      chainOf(exception).cause = cause.kind === "class" ? call(it, cause, []) : cause;
    }
    return it.throwException(exception);
  }
  throw new Raised(makeException(exceptionClass("Exception"), "an exception that is not known", it.site()));
}

/** Where an exception came by: nobody asks more than whether there is one. */
const traceback = new Instance(new Class({ name: "traceback", partial: true }), null);

// ── with ────────────────────────────────────────────────────────────────────────────────────────────────────────────

function runWith(it: Interpreter, stmt: With, frame: Frame, index = 0): Completion {
  const item = stmt.items[index];
  if (!item) return execBlock(it, stmt.body, frame);
  const manager = enterContext(it, item, frame);
  let completion: Completion;
  try {
    completion = runWith(it, stmt, frame, index + 1);
  } catch (problem) {
    if (!(problem instanceof Raised)) throw problem;
    if (truth(it, leaveContext(it, manager, problem.exception)) === true) return null;
    throw problem;
  }
  leaveContext(it, manager, null);
  return completion;
}

/** Evaluates and enters a context manager, and binds what it gives. */
export function enterContext(it: Interpreter, item: With["items"][number], frame: Frame): Value {
  const manager = evaluate(it, item.context, frame);
  frame.at = item.context;
  const enter = manager.kind === "unknown" ? undefined : specialMethod(it, manager, "__enter__");
  const entered = enter ? call(it, enter, []) : manager.kind === "unknown" ? new Unknown(manager.why) : manager;
  if (item.target) assign(it, item.target, entered, frame);
  return manager;
}

export function leaveContext(it: Interpreter, manager: Value, exception: Instance | null): Value {
  const exit = manager.kind === "unknown" ? undefined : specialMethod(it, manager, "__exit__");
  if (!exit) return none;
  return call(it, exit, exception ? [exception.cls, exception, traceback] : [none, none, none], noKeywords);
}
