/**
 * Branches on unknown conditions. Both sides run from the same state, their writes are undone between them and joined
 * after them. A side that only raises is a guard, and the other is what happens. Where one side leaves the block (a
 * return, say) and the other does not, the rest of the block belongs to the other side.
 */
import type { If } from "../syntax/ast.ts";
import { Raised } from "./errors.ts";
import { type Completion, execBlock } from "./execute.ts";
import type { Frame, Interpreter } from "./interpreter.ts";
import { join, joinValues } from "./join.ts";
import { commit, commitEither, type Delta, type Mutable, speculate } from "./journal.ts";
import { narrow } from "./narrow.ts";
import { mayRaise } from "./tries.ts";
import type { Value } from "./values.ts";

/** How one side ended. */
type Side =
  | { readonly kind: "done"; readonly completion: Completion; readonly delta: Delta }
  | { readonly kind: "raised"; readonly raised: Raised };

/** What the block that holds the branch does next. */
export type Forked = "go on" | { readonly completion: Completion };

export function fork(it: Interpreter, stmt: If, rest: () => Completion, frame: Frame): Forked {
  const side = (outcome: boolean) => (): Completion => {
    narrow(it, stmt.test, outcome, frame);
    return execBlock(it, outcome ? stmt.body : stmt.orelse, frame);
  };
  return eitherOr(it, side(true), side(false), rest, frame);
}

/** Runs two sides of which one will happen; `rest` is what comes after both in the block. */
export function eitherOr(
  it: Interpreter,
  first: () => Completion,
  second: () => Completion,
  rest: () => Completion,
  frame: Frame,
): Forked {
  const one = runSide(it, frame, first);
  const other = runSide(it, frame, second);
  if (one.kind === "raised" && other.kind === "raised") throw one.raised;
  if (one.kind === "raised" || other.kind === "raised") {
    const taken = (one.kind === "raised" ? other : one) as Extract<Side, { kind: "done" }>;
    commit(taken.delta);
    return taken.completion ? { completion: taken.completion } : "go on";
  }
  if (one.completion === null && other.completion === null) {
    commitEither(one.delta, other.delta, join);
    return "go on";
  }
  if (one.completion !== null && other.completion !== null) {
    commitEither(withoutLocals(one, frame), withoutLocals(other, frame), join);
    return { completion: either(one.completion, other.completion, frame) };
  }
  const [leaving, staying] = one.completion !== null ? [one, other] : [other, one];
  const after = runSide(it, frame, () => {
    commit(staying.delta);
    return rest();
  });
  if (after.kind === "raised") {
    commit(leaving.delta);
    return { completion: leaving.completion };
  }
  if (after.completion === null && leaving.completion?.kind === "return") {
    // The block goes on in one that encloses it; the value returned here waits for the function's end.
    remember(frame, leaving.completion.value);
    commitEither(withoutLocals(leaving, frame), after.delta, join);
    return { completion: null };
  }
  commitEither(leaving.delta, after.delta, join);
  if (after.completion === null) {
    if (leaving.completion?.kind === "break") frame.maybeBroken = true;
    return { completion: null };
  }
  return { completion: either(leaving.completion as NonNullable<Completion>, after.completion, frame) };
}

/** Runs one side; a `try` around it is told of an exception that ends it. */
export function noting<T>(it: Interpreter, body: () => T): T {
  try {
    return body();
  } catch (problem) {
    if (problem instanceof Raised) mayRaise(it, problem);
    throw problem;
  }
}

function runSide(it: Interpreter, frame: Frame, body: () => Completion): Side {
  const { depth } = it.budget;
  const { guarded, attempts } = it;
  it.uncertain += 1;
  try {
    const { result, delta } = speculate(() => noting(it, body));
    return { kind: "done", completion: result, delta };
  } catch (problem) {
    if (!(problem instanceof Raised)) throw problem;
    it.frame = frame;
    it.guarded = guarded;
    it.attempts = attempts;
    it.budget.depth = depth;
    return { kind: "raised", raised: problem };
  } finally {
    it.uncertain -= 1;
  }
}

/** One completion for two: returns are joined; a return beside a break or continue waits for the function's end. */
function either(one: NonNullable<Completion>, other: NonNullable<Completion>, frame: Frame): Completion {
  if (one.kind === "return" && other.kind === "return") {
    return { kind: "return", value: joinValues(one.value, other.value) };
  }
  if (one.kind === "return") {
    remember(frame, one.value);
    return other;
  }
  if (other.kind === "return") {
    remember(frame, other.value);
    return one;
  }
  if (one.kind !== other.kind) {
    frame.maybeBroken = true;
    return { kind: "continue" };
  }
  return one;
}

function remember(frame: Frame, value: Value): void {
  frame.pending ??= [];
  frame.pending.push(value);
}

/** The locals of a function that has returned are gone; only what others can see is joined. */
function withoutLocals(side: Extract<Side, { kind: "done" }>, frame: Frame): Delta {
  if (side.completion?.kind !== "return" || frame.func === null) return side.delta;
  const delta = new Map<Mutable, unknown>(side.delta);
  delta.delete(frame.scope);
  return delta;
}
