/**
 * Generator functions: the same statements as `execute`, as a JavaScript generator where they hold a `yield`. What does
 * not yield is left to `execute`.
 */
import type { Expr, Stmt, Try, With } from "../syntax/ast.ts";
import { containsYield, yields } from "../syntax/bindings.ts";
import { assign } from "./assign.ts";
import { Raised } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import { type Completion, enterContext, exec, execBlock, leaveContext } from "./execute.ts";
import type { Frame, Interpreter } from "./interpreter.ts";
import { iterate, NotIterable } from "./iterate.ts";
import { handlerOf, withHandler } from "./tries.ts";
import { truth } from "./truth.ts";
import { none, Unknown, type Value } from "./values.ts";

type Steps<T> = Generator<Value, T, Value>;

/** The body of a generator; each step runs in the generator's own frame. A problem thrown in is raised at the `yield`. */
export function* generate(it: Interpreter, body: readonly Stmt[], frame: Frame): Steps<Value> {
  const steps = block(it, body, frame);
  let resume = (): IteratorResult<Value, Completion> => steps.next(none);
  for (;;) {
    frame.caller = it.frame;
    const next = it.within(frame, () => withoutItem(resume));
    if (next.done) return next.value?.kind === "return" ? next.value.value : none;
    try {
      const sent = (yield next.value) ?? none;
      resume = () => steps.next(sent);
    } catch (problem) {
      resume = () => steps.throw(problem);
    }
  }
}

/** What is known of the items of a loop in a generator is not what is known of those that it yields. */
function withoutItem<T>(body: () => T): T {
  try {
    return body();
  } catch (problem) {
    throw problem instanceof NotIterable && problem.item ? new NotIterable(problem.unknown) : problem;
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
    case "AnnAssign":
      if (stmt.value) assign(it, stmt.target, yield* value(it, stmt.value, frame), frame);
      return null;
    case "Return":
      return { kind: "return", value: stmt.value ? yield* value(it, stmt.value, frame) : none };
    case "If": {
      const t = truth(it, yield* value(it, stmt.test, frame));
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
        const t = truth(it, yield* value(it, stmt.test, frame));
        if (t === undefined) throw new NotIterable(new Unknown("what is generated depends on an unknown condition"));
        if (!t) return yield* block(it, stmt.orelse, frame);
        const completion = yield* block(it, stmt.body, frame);
        if (completion?.kind === "return") return completion;
        if (completion?.kind === "break") return null;
      }
    case "With":
      return yield* runWith(it, stmt, frame, 0);
    case "Try":
      return yield* runTry(it, stmt, frame);
    default:
      // Where a yield hides in a statement of another kind, what it gives is not followed.
      throw new NotIterable(new Unknown("a yield inside an expression"));
  }
}

function* runWith(it: Interpreter, stmt: With, frame: Frame, index: number): Steps<Completion> {
  const item = stmt.items[index];
  if (!item) return yield* block(it, stmt.body, frame);
  const manager = enterContext(it, item, frame);
  let completion: Completion;
  try {
    completion = yield* runWith(it, stmt, frame, index + 1);
  } catch (problem) {
    if (!(problem instanceof Raised)) throw problem;
    if (truth(it, leaveContext(it, manager, problem.exception)) === true) return null;
    throw problem;
  }
  leaveContext(it, manager, null);
  return completion;
}

function* runTry(it: Interpreter, stmt: Try, frame: Frame): Steps<Completion> {
  let completion: Completion;
  try {
    completion = yield* runGuarded(it, stmt, frame);
  } catch (problem) {
    if (problem instanceof Raised) {
      const final = yield* block(it, stmt.finalbody, frame);
      if (final) return final;
    }
    throw problem;
  }
  return (yield* block(it, stmt.finalbody, frame)) ?? completion;
}

function* runGuarded(it: Interpreter, stmt: Try, frame: Frame): Steps<Completion> {
  const { depth } = it.budget;
  let raised: Raised;
  try {
    const completion = yield* block(it, stmt.body, frame);
    return completion ?? (yield* block(it, stmt.orelse, frame));
  } catch (problem) {
    if (!(problem instanceof Raised)) throw problem;
    it.frame = frame;
    it.budget.depth = depth;
    raised = problem;
  }
  const handler = handlerOf(it, stmt, raised, frame);
  if (!handler) throw raised;
  if (!containsYield(handler.body))
    return withHandler(handler, raised, frame, () => execBlock(it, handler.body, frame));
  if (handler.name)
    assign(it, { kind: "Name", id: handler.name, start: handler.start, end: handler.end }, raised.exception, frame);
  return yield* block(it, handler.body, frame);
}

function* value(it: Interpreter, expr: Expr, frame: Frame): Steps<Value> {
  if (expr.kind === "Await") return yield* value(it, expr.value, frame);
  if (expr.kind === "NamedExpr" && yields(expr)) {
    const result = yield* value(it, expr.value, frame);
    assign(it, expr.target, result, frame);
    return result;
  }
  if (expr.kind !== "Yield") {
    if (!yields(expr)) return evaluate(it, expr, frame);
    throw new NotIterable(new Unknown("a yield inside an expression"));
  }
  const item = expr.value ? evaluate(it, expr.value, frame) : none;
  return expr.from ? yield* from(it, item) : yield item;
}

/** `yield from`: what is sent goes to the generator inside, and what that returns is the value. */
function* from(it: Interpreter, source: Value): Steps<Value> {
  if (source.kind !== "iterator") {
    for (const each of iterate(it, source)) yield each;
    return none;
  }
  let sent: Value | undefined;
  for (;;) {
    if (source.lost) throw new NotIterable(source.lost);
    const next = source.advance(sent);
    if (next.done) return (next.value as Value | undefined) ?? none;
    sent = yield next.value;
  }
}
