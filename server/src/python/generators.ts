/**
 * Generator functions: the same statements as `execute`, as a JavaScript generator where they hold a `yield`. What does
 * not yield is left to `execute`.
 */
import type { Expr, Stmt } from "../syntax/ast.ts";
import { containsYield, yields } from "../syntax/bindings.ts";
import { assign } from "./assign.ts";
import { specialMethod } from "./attributes.ts";
import { call } from "./call.ts";
import { evaluate } from "./evaluate.ts";
import { type Completion, exec } from "./execute.ts";
import type { Frame, Interpreter } from "./interpreter.ts";
import { iterate, NotIterable } from "./iterate.ts";
import { truth } from "./truth.ts";
import { none, Unknown, type Value } from "./values.ts";

type Steps<T> = Generator<Value, T, Value>;

/** The body of a generator; each step runs in the generator's own frame. */
export function* generate(it: Interpreter, body: readonly Stmt[], frame: Frame): Steps<Value> {
  const steps = block(it, body, frame);
  let sent: Value = none;
  for (;;) {
    const message: Value = sent;
    frame.caller = it.frame;
    const next: IteratorResult<Value, Completion> = it.within(frame, () => steps.next(message));
    if (next.done) return next.value?.kind === "return" ? next.value.value : none;
    sent = (yield next.value) ?? none;
  }
}

function* block(it: Interpreter, stmts: readonly Stmt[], frame: Frame): Steps<Completion> {
  for (const stmt of stmts) {
    const completion = containsYield([stmt]) ? yield* step(it, stmt, frame) : exec(it, stmt, frame);
    if (completion) return completion;
  }
  return null;
}

function* step(it: Interpreter, stmt: Stmt, frame: Frame): Steps<Completion> {
  it.budget.step();
  frame.at = stmt;
  switch (stmt.kind) {
    case "ExprStmt":
      yield* value(it, stmt.value, frame);
      return null;
    case "Assign": {
      const result = yield* value(it, stmt.value, frame);
      for (const target of stmt.targets) assign(it, target, result, frame);
      return null;
    }
    case "Return":
      return { kind: "return", value: stmt.value ? yield* value(it, stmt.value, frame) : none };
    case "If": {
      const t = truth(it, evaluate(it, stmt.test, frame));
      if (t === undefined) throw new NotIterable(new Unknown("what is generated depends on an unknown condition"));
      return yield* block(it, t ? stmt.body : stmt.orelse, frame);
    }
    case "For": {
      for (const item of iterate(it, evaluate(it, stmt.iter, frame))) {
        assign(it, stmt.target, item, frame);
        const completion = yield* block(it, stmt.body, frame);
        if (completion?.kind === "return") return completion;
        if (completion?.kind === "break") return null;
      }
      return yield* block(it, stmt.orelse, frame);
    }
    case "While":
      for (;;) {
        it.budget.step();
        const t = truth(it, evaluate(it, stmt.test, frame));
        if (t === undefined) throw new NotIterable(new Unknown("what is generated depends on an unknown condition"));
        if (!t) return yield* block(it, stmt.orelse, frame);
        const completion = yield* block(it, stmt.body, frame);
        if (completion?.kind === "return") return completion;
        if (completion?.kind === "break") return null;
      }
    case "With": {
      for (const { context, target } of stmt.items) {
        const manager = evaluate(it, context, frame);
        const enter = manager.kind === "unknown" ? undefined : specialMethod(it, manager, "__enter__");
        if (target) assign(it, target, enter ? call(it, enter, []) : manager, frame);
      }
      return yield* block(it, stmt.body, frame);
    }
    case "Try": {
      const completion = yield* block(it, stmt.body, frame);
      return (yield* block(it, stmt.finalbody, frame)) ?? completion;
    }
    default:
      return exec(it, stmt, frame);
  }
}

function* value(it: Interpreter, expr: Expr, frame: Frame): Steps<Value> {
  if (expr.kind !== "Yield") {
    if (!yields(expr)) return evaluate(it, expr, frame);
    throw new NotIterable(new Unknown("a yield inside an expression"));
  }
  const item = expr.value ? evaluate(it, expr.value, frame) : none;
  if (!expr.from) return yield item;
  for (const each of iterate(it, item)) yield each;
  return none;
}
