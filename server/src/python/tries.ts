/**
 * `try` statements. An exception that is raised on one side of an unknown condition may be caught: then both what the
 * body goes on to do and what the handler does from the point of the exception are joined.
 */
import type { Handler, Node, Try } from "../syntax/ast.ts";
import { bindName } from "./assign.ts";
import { Raised } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import { exceptionClass, makeException } from "./exceptions.ts";
import { type Completion, execBlock } from "./execute.ts";
import { eitherOr } from "./fork.ts";
import type { Frame, Interpreter } from "./interpreter.ts";
import { commit, type Delta, type Watch, watch } from "./journal.ts";
import { Class, Instance, List, none, str, Tuple, Unknown, type Value } from "./values.ts";

/** A `try` body that is running, and the exceptions that may have ended it. */
export interface Attempt {
  readonly stmt: Try;
  readonly frame: Frame;
  readonly writes: Watch;
  readonly perhaps: { readonly handler: Handler; readonly raised: Raised; readonly state: Delta }[];
  /** The calls of something unknown that were told of. */
  readonly unknownCalls: Node[];
}

export function runTry(it: Interpreter, stmt: Try, frame: Frame): Completion {
  let completion: Completion;
  try {
    completion = runGuarded(it, stmt, frame);
  } catch (problem) {
    if (problem instanceof Raised) {
      const final = execBlock(it, stmt.finalbody, frame);
      if (final) return final;
    }
    throw problem;
  }
  return execBlock(it, stmt.finalbody, frame) ?? completion;
}

function runGuarded(it: Interpreter, stmt: Try, frame: Frame): Completion {
  if (stmt.handlers.length === 0) return execBlock(it, stmt.body, frame) ?? execBlock(it, stmt.orelse, frame);
  const { guarded, attempts } = it;
  const { depth } = it.budget;
  const leave = (): void => {
    it.guarded = guarded;
    it.attempts = attempts;
  };
  let raised: Raised;
  try {
    return watch(
      (writes) => {
        const attempt: Attempt = { stmt, frame, writes, perhaps: [], unknownCalls: [] };
        it.guarded += 1;
        it.attempts = [...attempts, attempt];
        const completion = execBlock(it, stmt.body, frame);
        leave();
        return { attempt, completion: completion ?? orElse(it, stmt, frame) };
      },
      ({ attempt }) => attempt.perhaps.length > 0,
      ({ attempt, completion }, delta) => joinHandlers(it, attempt, completion, delta),
    ).completion;
  } catch (problem) {
    it.frame = frame;
    leave();
    if (problem instanceof RaisedInElse) throw problem.raised;
    if (!(problem instanceof Raised)) throw problem;
    it.budget.depth = depth;
    raised = problem;
  }
  if (stmt.handlers.some(({ ofGroup }) => ofGroup)) return handleGroup(it, stmt, raised, frame);
  const handler = handlerOf(it, stmt, raised, frame);
  if (!handler) throw raised;
  return withHandler(handler, raised, frame, () => execBlock(it, handler.body, frame));
}

/** An exception of the `else` block is not for the handlers. */
class RaisedInElse {
  readonly raised: Raised;
  constructor(raised: Raised) {
    this.raised = raised;
  }
}

function orElse(it: Interpreter, stmt: Try, frame: Frame): Completion {
  try {
    return execBlock(it, stmt.orelse, frame);
  } catch (problem) {
    throw problem instanceof Raised ? new RaisedInElse(problem) : problem;
  }
}

/** Joins the body, which wrote `delta`, with each handler that may have ended it. */
function joinHandlers(
  it: Interpreter,
  attempt: Attempt,
  completion: Completion,
  delta: Delta,
): { attempt: Attempt; completion: Completion } {
  const { frame, perhaps } = attempt;
  const from = (i: number): Completion => {
    const each = perhaps[i];
    if (!each) {
      commit(delta);
      return completion;
    }
    const handle = (): Completion => {
      commit(each.state);
      return withHandler(each.handler, each.raised, frame, () => execBlock(it, each.handler.body, frame));
    };
    const result = eitherOr(
      it,
      handle,
      () => from(i + 1),
      () => null,
      frame,
    );
    return result === "go on" ? null : result.completion;
  };
  return { attempt, completion: from(0) };
}

/** To be called where an exception ends one side only, before that side's writes are undone: a `try` may catch it. */
export function mayRaise(it: Interpreter, raised: Raised): void {
  for (const attempt of [...it.attempts].reverse()) {
    const handler = handlerOf(it, attempt.stmt, raised, attempt.frame);
    if (!handler) continue;
    if (!attempt.perhaps.some((each) => each.raised === raised)) {
      attempt.perhaps.push({ handler, raised, state: attempt.writes.state() });
    }
    return;
  }
}

/** The same for an exception of a built-in class that something unknown may raise here. */
export function perhapsRaises(it: Interpreter, type: string, message: string): void {
  if (it.attempts.length > 0) mayRaise(it, new Raised(makeException(exceptionClass(type), message, it.site())));
}

/** To be called where something unknown is called: it may raise whatever the handlers around it are written for. */
export function mayRaiseAny(it: Interpreter, callee: Unknown): void {
  const at = it.frame?.at;
  if (it.attempts.length === 0 || !at) return;
  const cls = new Class({ name: "Exception", bases: [exceptionClass("Exception")], unknownBase: callee });
  const raised = new Raised(makeException(cls, new Unknown(callee.why), it.site()));
  for (const attempt of [...it.attempts].reverse()) {
    // One call tells of all rounds of a loop, and some of a body's calls of the rest.
    const known = attempt.unknownCalls.includes(at) || attempt.unknownCalls.length >= mostUnknownCalls;
    if (!known) attempt.unknownCalls.push(at);
    for (const handler of attempt.stmt.handlers) {
      const type = handler.type === null ? null : evaluate(it, handler.type, attempt.frame);
      if (type !== null && !isForErrors(type)) continue;
      if (!known) attempt.perhaps.push({ handler, raised, state: attempt.writes.state() });
      if (type === null || catchesAll(type)) return;
    }
  }
}

const mostUnknownCalls = 8;

/** Whether a handler is for what code raises, as against what ends a program from outside. */
function isForErrors(type: Value): boolean {
  if (type.kind === "tuple") return type.items.some(isForErrors);
  return type.kind !== "class" || catchesAll(type) || type.isSubclassOf(exceptionClass("Exception"));
}

function catchesAll(type: Value): boolean {
  if (type.kind === "tuple") return type.items.some(catchesAll);
  return type.kind === "class" && (type.name === "Exception" || type.name === "BaseException");
}

/** The handler that takes the exception, if there is one. */
export function handlerOf(it: Interpreter, stmt: Try, raised: Raised, frame: Frame): Handler | undefined {
  return stmt.handlers.find(
    (handler) => handler.type === null || matches(raised.exception, evaluate(it, handler.type, frame)),
  );
}

/** Runs a handler's body with its name bound; the name is gone after it. */
export function withHandler<T>(handler: Handler, raised: Raised, frame: Frame, body: () => T): T {
  if (handler.name) bindName(handler.name, raised.exception, frame);
  frame.handling.push(raised);
  try {
    return body();
  } finally {
    frame.handling.pop();
    if (handler.name) (frame.outer?.get(handler.name) ?? frame.scope).delete(handler.name);
  }
}

// ── exception groups ─────────────────────────────────────────────────────────────────────────────────────────────────

/** Each `except*` takes what is its own of the group; what is left is raised again. */
function handleGroup(it: Interpreter, stmt: Try, raised: Raised, frame: Frame): Completion {
  const isGroup = raised.exception.cls.isSubclassOf(exceptionClass("BaseExceptionGroup"));
  let rest: Instance | null = isGroup
    ? raised.exception
    : regrouped(exceptionClass("ExceptionGroup"), str(""), [raised.exception]);
  for (const handler of stmt.handlers) {
    const current: Instance | null = rest;
    if (!current || !handler.type) break;
    const type = evaluate(it, handler.type, frame);
    const taken = partOf(current, (each) => matches(each, type));
    rest = partOf(current, (each) => !matches(each, type));
    if (!taken) continue;
    const completion = withHandler(handler, new Raised(taken), frame, () => execBlock(it, handler.body, frame));
    if (completion) return completion;
  }
  if (rest) throw rest === raised.exception ? raised : new Raised(rest);
  return null;
}

/** The exceptions of a group that `test` holds for, nested as they were; null where there are none. */
function partOf(group: Instance, test: (exception: Instance) => boolean): Instance | null {
  const args = group.attrs.get("args");
  const [message = none, members] = args?.kind === "tuple" ? args.items : [];
  const inner = members?.kind === "list" || members?.kind === "tuple" ? members.items : null;
  if (!inner) return test(group) ? group : null;
  const kept = inner.flatMap((each) => (each.kind === "instance" ? (partOf(each, test) ?? []) : []));
  if (kept.length === inner.length && kept.every((each, i) => each === inner[i])) return group;
  return kept.length > 0 ? regrouped(group.cls, message, kept) : null;
}

function regrouped(cls: Class, message: Value, members: readonly Instance[]): Instance {
  const group = new Instance(cls, null);
  group.attrs.set("args", new Tuple([message, new List([...members])]));
  return group;
}

function matches(exception: Instance, type: Value): boolean {
  if (type.kind === "tuple") return type.items.some((each) => matches(exception, each));
  // A handler for a class that is not known is taken to be the one that was written for this.
  return type.kind === "class" ? exception.cls.isSubclassOf(type) : true;
}
