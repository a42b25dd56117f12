/** `itertools`, lazily. */
import { argument, native, required } from "../builtins/define.ts";
import { call } from "../call.ts";
import { equals } from "../comparison.ts";
import { numberOf } from "../equality.ts";
import type { Interpreter } from "../interpreter.ts";
import { advance, itemsOf, iterate, iteratorOf, NotIterable } from "../iterate.ts";
import { binary } from "../operators.ts";
import { truth } from "../truth.ts";
import { Iterator, int, type NativeCall, none, Tuple, Unknown, type Value } from "../values.ts";
import { type Members, moduleOf } from "./define.ts";

type Items = Generator<Value, void, undefined>;

/** Items that must all be there before the first result. */
function all(it: Interpreter, value: Value): readonly Value[] {
  const items = itemsOf(it, value);
  if (items instanceof Unknown) throw new NotIterable(items);
  return items;
}

function count(value: Value | undefined, otherwise: number): number {
  if (value === undefined || value.kind === "none") return otherwise;
  const n = numberOf(value);
  if (n === null) throw new NotIterable(new Unknown("how many there are is not known"));
  return n;
}

function decided(it: Interpreter, value: Value): boolean {
  const t = truth(it, value);
  if (t === undefined) throw new NotIterable(new Unknown("which items are taken is not known"));
  return t;
}

const lazily =
  (
    name: string,
    make: (it: Interpreter, args: readonly Value[], keywords: ReadonlyMap<string, Value>) => Items,
  ): NativeCall =>
  (it, args, keywords) =>
    new Iterator(make(it, args, keywords), name);

function* chained(it: Interpreter, sources: Iterable<Value>): Items {
  for (const source of sources) yield* iterate(it, source);
}

const chain = native(
  "chain",
  lazily("chain", (it, args) => chained(it, args)),
);
chain.attrs = new Map([
  [
    "from_iterable",
    native(
      "from_iterable",
      lazily("chain", (it, [sources = none]) => chained(it, iterate(it, sources))),
    ),
  ],
]);

function* product(it: Interpreter, pools: readonly (readonly Value[])[], chosen: readonly Value[] = []): Items {
  const [pool, ...rest] = pools;
  it.budget.step();
  if (pool === undefined) yield new Tuple(chosen);
  else for (const item of pool) yield* product(it, rest, [...chosen, item]);
}

/** Selections of `size` of the indices from `from` on. */
function* selections(
  it: Interpreter,
  pool: readonly Value[],
  size: number,
  allowed: (index: number, chosen: readonly number[]) => boolean,
  chosen: readonly number[] = [],
): Items {
  it.budget.step();
  if (chosen.length === size) {
    yield new Tuple(chosen.map((index) => pool[index] as Value));
    return;
  }
  for (let index = 0; index < pool.length; index += 1) {
    if (allowed(index, chosen)) yield* selections(it, pool, size, allowed, [...chosen, index]);
  }
}

const members: Members = {
  chain,
  product: lazily("product", function* (it, args, keywords) {
    const pools = args.map((arg) => all(it, arg));
    const times = count(keywords.get("repeat"), 1);
    yield* product(it, Array.from({ length: times }, () => pools).flat());
  }),
  repeat: lazily("repeat", function* (it, args, keywords) {
    const [value = none] = args;
    const times = count(argument(args, keywords, 1, "times"), Infinity);
    for (let i = 0; i < times; i += 1) {
      it.budget.step();
      yield value;
    }
  }),
  count: lazily("count", function* (it, args, keywords) {
    let value: Value = argument(args, keywords, 0, "start") ?? int(0);
    const step = argument(args, keywords, 1, "step") ?? int(1);
    for (;;) {
      it.budget.step();
      yield value;
      value = binary(it, "+", value, step);
    }
  }),
  cycle: lazily("cycle", function* (it, [source = none]) {
    const items = all(it, source);
    while (items.length > 0) {
      it.budget.step();
      yield* items;
    }
  }),
  islice: lazily("islice", function* (it, [source = none, first, second, third]) {
    const [start, stop] =
      second === undefined ? [0, count(first, Infinity)] : [count(first, 0), count(second, Infinity)];
    const step = count(third, 1);
    const iterator = iteratorOf(it, source);
    for (let i = 0, next = start; i < stop; i += 1) {
      const item = advance(iterator);
      if (item.done) return;
      if (i === next) {
        yield item.value;
        next += step;
      }
    }
  }),
  accumulate: lazily("accumulate", function* (it, args, keywords) {
    const fn = argument(args, keywords, 1, "func");
    let total = keywords.get("initial");
    if (total) yield total;
    for (const item of iterate(it, args[0] ?? none)) {
      total =
        total === undefined
          ? item
          : fn && fn.kind !== "none"
            ? call(it, fn, [total, item])
            : binary(it, "+", total, item);
      yield total;
    }
  }),
  zip_longest: lazily("zip_longest", function* (it, args, keywords) {
    const fill = keywords.get("fillvalue") ?? none;
    const iterators = args.map((arg) => iterate(it, arg));
    for (;;) {
      const steps = iterators.map((iterator) => iterator.next());
      if (steps.every((step) => step.done)) return;
      it.budget.step();
      yield new Tuple(steps.map((step) => (step.done ? fill : step.value)));
    }
  }),
  combinations: lazily("combinations", function* (it, args, keywords) {
    const size = count(argument(args, keywords, 1, "r"), 0);
    yield* selections(it, all(it, args[0] ?? none), size, (index, chosen) => index > (chosen.at(-1) ?? -1));
  }),
  combinations_with_replacement: lazily("combinations_with_replacement", function* (it, args, keywords) {
    const size = count(argument(args, keywords, 1, "r"), 0);
    yield* selections(it, all(it, args[0] ?? none), size, (index, chosen) => index >= (chosen.at(-1) ?? 0));
  }),
  permutations: lazily("permutations", function* (it, args, keywords) {
    const pool = all(it, args[0] ?? none);
    const size = count(argument(args, keywords, 1, "r"), pool.length);
    yield* selections(it, pool, size, (index, chosen) => !chosen.includes(index));
  }),
  pairwise: lazily("pairwise", function* (it, [source = none]) {
    let previous: Value | undefined;
    for (const item of iterate(it, source)) {
      if (previous !== undefined) yield new Tuple([previous, item]);
      previous = item;
    }
  }),
  batched: lazily("batched", function* (it, [source = none, size]) {
    const most = count(size, 1);
    let batch: Value[] = [];
    for (const item of iterate(it, source)) {
      batch.push(item);
      if (batch.length < most) continue;
      yield new Tuple(batch);
      batch = [];
    }
    if (batch.length > 0) yield new Tuple(batch);
  }),
  starmap: lazily("starmap", function* (it, [fn = none, source = none]) {
    for (const item of iterate(it, source)) yield call(it, fn, all(it, item));
  }),
  takewhile: lazily("takewhile", function* (it, [test = none, source = none]) {
    for (const item of iterate(it, source)) {
      if (!decided(it, call(it, test, [item]))) return;
      yield item;
    }
  }),
  dropwhile: lazily("dropwhile", function* (it, [test = none, source = none]) {
    let dropping = true;
    for (const item of iterate(it, source)) {
      dropping &&= decided(it, call(it, test, [item]));
      if (!dropping) yield item;
    }
  }),
  filterfalse: lazily("filterfalse", function* (it, [test = none, source = none]) {
    for (const item of iterate(it, source)) {
      if (!decided(it, test.kind === "none" ? item : call(it, test, [item]))) yield item;
    }
  }),
  compress: lazily("compress", function* (it, [source = none, selectors = none]) {
    const chosen = iterate(it, selectors);
    for (const item of iterate(it, source)) {
      const selector = chosen.next();
      if (selector.done) return;
      if (decided(it, selector.value)) yield item;
    }
  }),
  groupby: lazily("groupby", function* (it, args, keywords) {
    const fn = argument(args, keywords, 1, "key");
    let group: { key: Value; items: Value[] } | null = null;
    for (const item of iterate(it, args[0] ?? none)) {
      const key = fn && fn.kind !== "none" ? call(it, fn, [item]) : item;
      const same = group === null ? false : equals(it, group.key, key);
      if (same === undefined) throw new NotIterable(new Unknown("which items belong together is not known"));
      if (group && same) {
        group.items.push(item);
        continue;
      }
      if (group) yield new Tuple([group.key, iteratorOf(it, new Tuple(group.items))]);
      group = { key, items: [item] };
    }
    if (group) yield new Tuple([group.key, iteratorOf(it, new Tuple(group.items))]);
  }),
  tee: (it, args) => {
    const items = all(it, required(it, "tee", args, 0));
    return new Tuple(Array.from({ length: count(args[1], 2) }, () => iteratorOf(it, new Tuple(items))));
  },
};

export const itertools = moduleOf("itertools", members);
