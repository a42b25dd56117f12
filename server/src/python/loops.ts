/**
 * Loops. Over known items they run as in Python. Over unknown ones the body runs once on an unknown item to see what it
 * writes, and once more from the joined state, so that what is reported of it holds in every round.
 */
import type { For, While } from "../syntax/ast.ts";
import { assign } from "./assign.ts";
import { Raised } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import { type Completion, execBlock } from "./execute.ts";
import { noting } from "./fork.ts";
import type { Frame, Interpreter } from "./interpreter.ts";
import { iterate, NotIterable } from "./iterate.ts";
import { join } from "./join.ts";
import { commitEither, speculate } from "./journal.ts";
import { truth } from "./truth.ts";
import { Unknown, type Value } from "./values.ts";

const nothing = new Map();

export function runFor(it: Interpreter, stmt: For, frame: Frame): Completion {
  const items = iterate(it, evaluate(it, stmt.iter, frame));
  const { maybeBroken } = frame;
  frame.maybeBroken = false;
  try {
    return runItems(it, stmt, items, frame);
  } finally {
    frame.maybeBroken = maybeBroken;
  }
}

function runItems(it: Interpreter, stmt: For, items: Generator<Value, void, undefined>, frame: Frame): Completion {
  let maybeLeft = false;
  for (;;) {
    let next: IteratorResult<Value, void>;
    try {
      next = items.next();
    } catch (problem) {
      if (!(problem instanceof NotIterable)) throw problem;
      const { unknown, item } = problem;
      const completion = runUnknownTimes(it, frame, () => {
        const name = stmt.target.kind === "Name" ? stmt.target.id : undefined;
        assign(it, stmt.target, item ?? new Unknown(unknown.why, name ? { name } : {}), frame);
        return execBlock(it, stmt.body, frame);
      });
      return completion ?? execBlock(it, stmt.orelse, frame);
    }
    if (next.done) return execBlock(it, stmt.orelse, frame);
    const item = next.value;
    const round = (): Completion => {
      assign(it, stmt.target, item, frame);
      return execBlock(it, stmt.body, frame);
    };
    it.budget.step();
    if (maybeLeft) {
      const completion = perhaps(it, frame, round);
      if (completion?.kind === "return") return null;
      continue;
    }
    const uncertain = frame.pending?.length ?? 0;
    const completion = round();
    if (completion?.kind === "return") return completion;
    if (completion?.kind === "break") return null;
    // A return or break that may have happened in this round makes every later one uncertain.
    if (frame.maybeBroken || (frame.pending?.length ?? 0) > uncertain) maybeLeft = true;
  }
}

export function runWhile(it: Interpreter, stmt: While, frame: Frame): Completion {
  const { maybeBroken } = frame;
  frame.maybeBroken = false;
  try {
    return runRounds(it, stmt, frame);
  } finally {
    frame.maybeBroken = maybeBroken;
  }
}

function runRounds(it: Interpreter, stmt: While, frame: Frame): Completion {
  const pending = frame.pending?.length ?? 0;
  for (;;) {
    it.budget.step();
    frame.at = stmt.test;
    const t = truth(it, evaluate(it, stmt.test, frame));
    if (t === false) return execBlock(it, stmt.orelse, frame);
    if (t === undefined || frame.maybeBroken || (frame.pending?.length ?? 0) > pending) {
      const completion = runUnknownTimes(it, frame, () => execBlock(it, stmt.body, frame));
      return completion ?? execBlock(it, stmt.orelse, frame);
    }
    const completion = execBlock(it, stmt.body, frame);
    if (completion?.kind === "return") return completion;
    if (completion?.kind === "break") return null;
  }
}

/** Runs `round` none, one or many times. A value it returns may be the function's. */
function runUnknownTimes(it: Interpreter, frame: Frame, round: () => Completion): Completion {
  it.standingForMany += 1;
  try {
    it.silently(() => perhaps(it, frame, round, true));
    perhaps(it, frame, round);
  } finally {
    it.standingForMany -= 1;
  }
  return null;
}

/** Runs `round` and joins its writes with their absence. */
function perhaps(it: Interpreter, frame: Frame, round: () => Completion, discardReturn = false): Completion {
  const { depth } = it.budget;
  const { pending } = frame;
  const before = pending?.length ?? 0;
  it.uncertain += 1;
  try {
    const { result, delta } = speculate(() => noting(it, round));
    commitEither(delta, nothing, join);
    if (discardReturn) {
      if (frame.pending) frame.pending.length = before;
    } else if (result?.kind === "return") {
      frame.pending ??= [];
      frame.pending.push(result.value);
    }
    return result;
  } catch (problem) {
    // A round that raises is one that does not happen.
    if (!(problem instanceof Raised)) throw problem;
    it.frame = frame;
    it.budget.depth = depth;
    return null;
  } finally {
    it.uncertain -= 1;
  }
}
