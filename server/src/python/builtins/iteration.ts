/** Built-in functions that iterate: lazily, as in Python. */
import { describeType, specialMethod } from "../attributes.ts";
import { call } from "../call.ts";
import { equals } from "../comparison.ts";
import { baseOf } from "../derived.ts";
import { Raised } from "../errors.ts";
import { exceptionClass, makeException } from "../exceptions.ts";
import type { Interpreter } from "../interpreter.ts";
import { advance, itemsOf, iterate, iteratorOf, NotIterable } from "../iterate.ts";
import { binary } from "../operators.ts";
import { truth } from "../truth.ts";
import { iteratorClass } from "../types.ts";
import { Iterator, int, List, none, Tuple, Unknown, type Value } from "../values.ts";
import { argument, defineFunction, defineMethods, required } from "./define.ts";
import { sortValues } from "./sorting.ts";

type Items = Generator<Value, void, undefined>;

defineFunction("iter", (it, args) => {
  const value = required(it, "iter", args, 0);
  const sentinel = args[1];
  if (sentinel) return new Iterator(untilEqual(it, value, sentinel), "callable_iterator");
  if (value.kind === "unknown") return new Unknown(value.why);
  if (value.kind === "int" || value.kind === "float" || value.kind === "bool" || value.kind === "none") {
    it.raise("TypeError", `'${describeType(value)}' object is not iterable`);
  }
  const own = value.kind === "instance" || value.kind === "host" ? specialMethod(it, value, "__iter__") : undefined;
  return own ? call(it, own, []) : iteratorOf(it, value);
});

defineFunction("next", (it, args) => nextOf(it, required(it, "next", args, 0), args[1]));

/** `next(value)`; `otherwise` where it is exhausted. */
export function nextOf(it: Interpreter, value: Value, otherwise?: Value): Value {
  if (value.kind === "unknown") return new Unknown(value.why);
  if (value.kind === "iterator") {
    let result: unknown;
    try {
      const next = advance(value);
      if (!next.done) return next.value;
      result = next.value;
    } catch (problem) {
      if (problem instanceof NotIterable) return new Unknown(problem.unknown.why);
      throw problem;
    }
    return otherwise ?? stopped(it, result);
  }
  const method = specialMethod(it, value, "__next__");
  if (!method) return it.raise("TypeError", `'${describeType(value)}' object is not an iterator`);
  try {
    return call(it, method, []);
  } catch (problem) {
    if (otherwise && problem instanceof Raised && problem.exception.cls.isSubclassOf(exceptionClass("StopIteration"))) {
      return otherwise;
    }
    throw problem;
  }
}

/** Raises StopIteration with what the generator returned. */
function stopped(it: Interpreter, result: unknown): never {
  const value = result as Value | undefined;
  return it.raise("StopIteration", value === undefined || value.kind === "none" ? "" : value);
}

function* untilEqual(it: Interpreter, make: Value, sentinel: Value): Items {
  for (;;) {
    it.budget.step();
    const item = call(it, make, []);
    const equal = equals(it, item, sentinel);
    if (equal) return;
    if (equal === undefined) throw new NotIterable(new Unknown("when the iteration ends is not known"));
    yield item;
  }
}

defineFunction("enumerate", (it, args, keywords) => {
  const items = required(it, "enumerate", [args[0] ?? keywords.get("iterable") ?? none], 0);
  const start = argument(args, keywords, 1, "start") ?? int(0);
  return new Iterator(enumerated(it, items, start), "enumerate");
});

function* enumerated(it: Interpreter, items: Value, start: Value): Items {
  let index = start;
  try {
    for (const item of iterate(it, items)) {
      yield new Tuple([index, item]);
      index = binary(it, "+", index, int(1));
    }
  } catch (problem) {
    if (!(problem instanceof NotIterable)) throw problem;
    const { unknown, item } = problem;
    throw new NotIterable(unknown, item && new Tuple([new Unknown(unknown.why, { type: "int" }), item]));
  }
}

defineFunction("zip", (it, args, keywords) => {
  const strict = keywords.get("strict");
  return new Iterator(zipped(it, args, strict ? truth(it, strict) === true : false), "zip");
});

function* zipped(it: Interpreter, sources: readonly Value[], strict: boolean): Items {
  const iterators = sources.map((source) => iterate(it, source));
  if (iterators.length === 0) return;
  for (;;) {
    it.budget.step();
    const row: Value[] = [];
    for (const [i, iterator] of iterators.entries()) {
      const next = anItem(iterator);
      if (next.done) {
        if (strict) checkLengths(it, iterators, i);
        return;
      }
      row.push(next.value);
    }
    yield new Tuple(row);
  }
}

/** The next item; what is known of all further ones is not told, since it would stand for a row of several. */
function anItem(iterator: Items): IteratorResult<Value, void> {
  try {
    return iterator.next();
  } catch (problem) {
    throw problem instanceof NotIterable ? new NotIterable(problem.unknown) : problem;
  }
}

function checkLengths(it: Interpreter, iterators: readonly Items[], ended: number): void {
  if (ended > 0) it.raise("ValueError", `zip() argument ${ended + 1} is shorter than argument 1`);
  const longer = iterators.findIndex((iterator, i) => i > 0 && !iterator.next().done);
  if (longer > 0) it.raise("ValueError", `zip() argument ${longer + 1} is longer than argument 1`);
}

defineFunction("map", (it, args) => new Iterator(mapped(it, required(it, "map", args, 0), args.slice(1)), "map"));

function* mapped(it: Interpreter, fn: Value, sources: readonly Value[]): Items {
  for (const row of zipped(it, sources, false)) yield call(it, fn, (row as Tuple).items);
}

defineFunction("filter", (it, args) => {
  const [fn, items] = [required(it, "filter", args, 0), required(it, "filter", args, 1)];
  return new Iterator(filtered(it, fn, items), "filter");
});

function* filtered(it: Interpreter, fn: Value, items: Value): Items {
  for (const item of iterate(it, items)) {
    const t = truth(it, fn.kind === "none" ? item : call(it, fn, [item]));
    if (t === undefined) throw new NotIterable(new Unknown("which items pass the filter is not known"));
    if (t) yield item;
  }
}

defineFunction("sorted", (it, args, keywords) => {
  const items = itemsOf(it, required(it, "sorted", args, 0));
  const sorted = items instanceof Unknown ? items : sortValues(it, items, keywords.get("key"), keywords.get("reverse"));
  const list = new List(sorted instanceof Unknown ? [] : sorted);
  if (sorted instanceof Unknown) list.lost = sorted;
  return list;
});

defineFunction("reversed", (it, args) => {
  const value = required(it, "reversed", args, 0);
  const own = value.kind === "unknown" ? undefined : specialMethod(it, value, "__reversed__");
  if (own) {
    const made = call(it, own, []);
    return made.kind === "range" ? iteratorOf(it, made) : made;
  }
  const from = baseOf(value);
  if (from.kind === "set") it.raise("TypeError", "'set' object is not reversible");
  return new Iterator(backwards(it, from), "reversed");
});

function* backwards(it: Interpreter, value: Value): Items {
  const items = itemsOf(it, value);
  if (items instanceof Unknown) throw new NotIterable(items);
  yield* items.reverse();
}

// ── generators and iterators as objects ──────────────────────────────────────────────────────────────────────────────

defineMethods(iteratorClass, "iterator", {
  __iter__: (_it, self) => self,
  __next__: (it, self) => nextOf(it, self),
  send: (it, self, [value = none]) => {
    const next = advance(self, value);
    return next.done ? stopped(it, next.value) : next.value;
  },
  throw: (it, self, [exception = none]) => {
    const made = exception.kind === "class" ? call(it, exception, []) : exception;
    if (made.kind !== "instance" || !self.source.throw) return new Unknown("what a generator does with an exception");
    const next = self.source.throw(new Raised(made));
    return next.done ? stopped(it, next.value) : next.value;
  },
  close: (it, self) => {
    const exit = exceptionClass("GeneratorExit");
    try {
      self.source.throw?.(new Raised(makeException(exit, "", it.site())));
    } catch (problem) {
      if (!(problem instanceof Raised && problem.exception.cls.isSubclassOf(exit))) throw problem;
    }
    return none;
  },
});
