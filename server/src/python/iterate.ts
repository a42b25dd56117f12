/** Iteration over any value, and materialised sequences of it. */
import { type Dim, gt, symbolsOf } from "../algebra/index.ts";
import { describeType, specialMethod } from "./attributes.ts";
import { call } from "./call.ts";
import { Raised } from "./errors.ts";
import { exceptionClass } from "./exceptions.ts";
import type { Interpreter } from "./interpreter.ts";
import { Iterator, int, str, Unknown, type Value } from "./values.ts";

/** Thrown by `iterate` where the items are not known; loops run their body on an unknown item instead. */
export class NotIterable {
  readonly unknown: Unknown;
  /** What is known of every item, where something is. */
  readonly item: Value | null;
  constructor(unknown: Unknown, item: Value | null = null) {
    this.unknown = unknown;
    this.item = item;
  }
}

/**
 * The items of `value` in turn. Throws `NotIterable` where they are not known, raises TypeError where there are none.
 */
export function* iterate(it: Interpreter, value: Value): Generator<Value, void, undefined> {
  switch (value.kind) {
    case "unknown":
      throw new NotIterable(value);
    case "tuple":
      yield* value.items;
      return;
    case "list":
      for (let i = 0; ; i += 1) {
        if (value.lost) throw new NotIterable(value.lost);
        const item = value.items[i];
        if (item === undefined) return;
        yield item;
      }
    case "range": {
      const { start, stop, step } = value;
      if (typeof start !== "number" || typeof stop !== "number") {
        const empty = step > 0 ? gt(stop, start) === false : gt(start, stop) === false;
        if (empty) return;
        const why = whyRepetitions(start, stop);
        throw new NotIterable(new Unknown(why), new Unknown(why, { type: "int" }));
      }
      for (let i = start; step > 0 ? i < stop : i > stop; i += step) yield int(i);
      return;
    }
    case "str":
      for (const character of value.value) yield str(character);
      return;
    case "bytes":
      for (const character of value.value) yield int(character.charCodeAt(0));
      return;
    case "dict":
      if (value.lost) throw new NotIterable(value.lost);
      for (const { key } of [...value.entries.values()]) yield key;
      return;
    case "set":
      if (value.lost) throw new NotIterable(value.lost);
      yield* [...value.items.values()];
      return;
    case "iterator":
      for (;;) {
        const next = advance(value);
        if (next.done) return;
        yield next.value;
      }
    default:
      yield* iterateObject(it, value);
  }
}

/** Why nobody knows how many numbers a range has: what its ends are called, and why they are open. */
function whyRepetitions(start: Dim, stop: Dim): string {
  const open = [...symbolsOf(start), ...symbolsOf(stop)];
  const known = open.find(({ why }) => why.startsWith(repetitions));
  if (known) return known.why;
  const names = [...new Set(open.flatMap(({ name, anonymous }) => (anonymous ? [] : [name])))];
  const named = names.length === 0 ? repetitions : `${repetitions}, by ${names.join(" and ")},`;
  return `${named} is not known: ${[...new Set(open.map(({ why }) => why))].join("; ")}`;
}

const repetitions = "the number of repetitions";

/** The next step of an iterator. Throws `NotIterable` where it is not known how far it has come. */
export function advance(iterator: Iterator, sent?: Value): IteratorResult<Value, unknown> {
  if (iterator.lost) throw new NotIterable(iterator.lost);
  return iterator.advance(sent);
}

/** All items as an array, or the unknown that they are. */
export function itemsOf(it: Interpreter, value: Value): Value[] | Unknown {
  if (value.kind === "tuple") return value.items.slice();
  if (value.kind === "list") return value.lost ?? value.items.slice();
  try {
    const items: Value[] = [];
    for (const item of iterate(it, value)) {
      items.push(item);
      it.budget.step();
    }
    return items;
  } catch (problem) {
    if (problem instanceof NotIterable) return problem.unknown;
    throw problem;
  }
}

/** `iter(value)`. */
export function iteratorOf(it: Interpreter, value: Value): Iterator {
  return value.kind === "iterator" ? value : new Iterator(iterate(it, value));
}

function* iterateObject(it: Interpreter, value: Value): Generator<Value, void, undefined> {
  const iter = specialMethod(it, value, "__iter__");
  if (iter) {
    const iterator = call(it, iter, []);
    if (iterator.kind !== "instance") {
      yield* iterate(it, iterator);
      return;
    }
    const next = specialMethod(it, iterator, "__next__");
    if (!next) throw new NotIterable(new Unknown(`the iterator of ${describeType(value)} is not known`));
    yield* untilRaised(it, "StopIteration", () => call(it, next, []));
    return;
  }
  const getitem = specialMethod(it, value, "__getitem__");
  if (getitem) {
    let i = 0;
    yield* untilRaised(it, "IndexError", () => call(it, getitem, [int(i++)]));
    return;
  }
  if (value.kind === "instance" && value.cls.unknownBase) throw new NotIterable(value.cls.unknownBase);
  it.raise("TypeError", `'${describeType(value)}' object is not iterable`);
}

function* untilRaised(it: Interpreter, type: string, next: () => Value): Generator<Value, void, undefined> {
  for (;;) {
    let item: Value;
    try {
      item = next();
    } catch (problem) {
      if (problem instanceof Raised && problem.exception.cls.isSubclassOf(exceptionClass(type))) return;
      throw problem;
    }
    if (item.kind === "unknown") throw new NotIterable(item);
    it.budget.step();
    yield item;
  }
}
