/** Comprehensions and generator expressions: eager where they can be, lazy where they must, lost over what is not known. */
import type { Comprehension } from "../syntax/ast.ts";
import { assign } from "./assign.ts";
import { keyOf } from "./equality.ts";
import { evaluate } from "./evaluate.ts";
import type { Frame, Interpreter } from "./interpreter.ts";
import { iterate, NotIterable } from "./iterate.ts";
import { speculate } from "./journal.ts";
import { truth } from "./truth.ts";
import { Dict, Iterator, List, none, Scope, SetValue, Tuple, Unknown, type Value } from "./values.ts";

/** The names of a comprehension; what `:=` binds in it belongs to the function around it. */
class ComprehensionScope extends Scope {}

export function outsideComprehensions(frame: Frame): Frame {
  let { scope } = frame;
  while (scope instanceof ComprehensionScope && scope.parent) scope = scope.parent;
  return scope === frame.scope ? frame : { ...frame, scope };
}

export function evaluateComprehension(it: Interpreter, expr: Comprehension, frame: Frame): Value {
  const [first] = expr.clauses;
  if (first?.kind !== "for") return new Unknown("the source could not be read here");
  // The outermost iterable belongs to the enclosing scope and is evaluated at once.
  const outermost = evaluate(it, first.iter, frame);
  const inner: Frame = { ...frame, scope: new ComprehensionScope(frame.scope), caller: frame.caller, pending: null };
  if (expr.kind === "GeneratorExp") {
    return new Iterator(
      lazily(it, inner, () => comprehend(it, expr, 0, outermost, inner, () => evaluate(it, expr.element, inner))),
      "generator",
    );
  }
  // The places of its elements are theirs, not those of the expression around it.
  return it.within(inner, () => evaluateEagerly(it, expr, outermost, inner));
}

function evaluateEagerly(it: Interpreter, expr: Comprehension, outermost: Value, inner: Frame): Value {
  if (expr.kind === "DictComp") {
    const dict = new Dict();
    return collected(dict, () => {
      for (const pair of comprehend(it, expr, 0, outermost, inner, () => {
        const key = evaluate(it, expr.element, inner);
        return new Tuple([key, expr.value ? evaluate(it, expr.value, inner) : none]);
      })) {
        const [key, value] = (pair as Tuple).items as [Value, Value];
        const k = keyOf(key);
        if (k === null) throw new NotIterable(new Unknown("a key of the dict is not known"));
        dict.entries.set(k, { key, value });
      }
    });
  }
  const element = (): Value => evaluate(it, expr.element, inner);
  if (expr.kind === "SetComp") {
    const set = new SetValue(new Map());
    return collected(set, () => {
      for (const item of comprehend(it, expr, 0, outermost, inner, element)) {
        const k = keyOf(item);
        if (k === null) throw new NotIterable(new Unknown("an item of the set is not known"));
        set.items.set(k, item);
      }
    });
  }
  const list = new List([]);
  return collected(list, () => {
    for (const item of comprehend(it, expr, 0, outermost, inner, element)) list.items.push(item);
  });
}

function collected<T extends List | Dict | SetValue>(container: T, fill: () => void): T {
  try {
    fill();
  } catch (problem) {
    if (!(problem instanceof NotIterable)) throw problem;
    container.lost = problem.unknown;
  }
  return container;
}

/** Runs a generator expression's steps in the frame where it was written. */
function* lazily(
  it: Interpreter,
  frame: Frame,
  start: () => Generator<Value, void, undefined>,
): Generator<Value, void, undefined> {
  const steps = start();
  for (;;) {
    const next = it.within(frame, () => steps.next());
    if (next.done) return;
    yield next.value;
  }
}

/**
 * The elements of clauses from `index` on. Where an iterable or a condition is not known, the element is evaluated once
 * all the same, so that what it builds is seen, and then `NotIterable` ends it.
 */
function* comprehend(
  it: Interpreter,
  expr: Comprehension,
  index: number,
  outermost: Value | null,
  frame: Frame,
  element: () => Value,
): Generator<Value, void, undefined> {
  const clause = expr.clauses[index];
  if (!clause) {
    it.budget.step();
    yield element();
    return;
  }
  if (clause.kind === "if") {
    const t = truth(it, evaluate(it, clause.test, frame));
    if (t === false) return;
    if (t === true) {
      yield* comprehend(it, expr, index + 1, null, frame, element);
      return;
    }
    speculate(() => [...comprehend(it, expr, index + 1, null, frame, element)]);
    throw new NotIterable(new Unknown("a condition of the comprehension is not known"));
  }
  const iterable = outermost ?? evaluate(it, clause.iter, frame);
  const items = iterate(it, iterable);
  for (;;) {
    let next: IteratorResult<Value, void>;
    try {
      next = items.next();
    } catch (problem) {
      if (!(problem instanceof NotIterable)) throw problem;
      speculate(() => {
        assign(it, clause.target, problem.item ?? new Unknown(problem.unknown.why), frame, false);
        return [...comprehend(it, expr, index + 1, null, frame, element)];
      });
      throw problem;
    }
    if (next.done) return;
    assign(it, clause.target, next.value, frame, false);
    yield* comprehend(it, expr, index + 1, null, frame, element);
  }
}
