/** `collections`: dicts with an order, a default or counts, double-ended queues, named tuples. */
import { add, type Dim } from "../../algebra/index.ts";
import { argument, defineMethod, defineMethods, defineProperty, native } from "../builtins/define.ts";
import { copyDict, newDict } from "../builtins/mappings.ts";
import { sortValues } from "../builtins/sorting.ts";
import { compare } from "../comparison.ts";
import { baseOf, derive } from "../derived.ts";
import { equalValues, keyOf, numberOf } from "../equality.ts";
import { reprOf } from "../format.ts";
import type { Interpreter } from "../interpreter.ts";
import { itemsOf } from "../iterate.ts";
import { fillDict } from "../mapping.ts";
import { binary } from "../operators.ts";
import { storeItem } from "../subscript.ts";
import { dictClass, listClass } from "../types.ts";
import {
  bool,
  Dict,
  Iterator,
  int,
  type Keywords,
  List,
  noKeywords,
  none,
  notImplemented,
  str,
  Tuple,
  Unknown,
  type Value,
} from "../values.ts";
import { classIn, moduleOf } from "./define.ts";
import { makeNamedTuple } from "./namedtuple.ts";
import { inPython } from "./prelude/index.ts";

// ── OrderedDict ──────────────────────────────────────────────────────────────────────────────────────────────────────

export const orderedDictClass = classIn("collections", "OrderedDict", dictClass);
orderedDictClass.dict.set(
  "__new__",
  native("__new__", (it, [cls, source], keywords) => newDict(it, orderedDictClass, cls, source, keywords)),
);
defineMethods(orderedDictClass, "dict", {
  move_to_end: (it, self, args, keywords) => {
    const [key = none] = args;
    const last = argument(args, keywords, 1, "last");
    const k = keyOf(key);
    self.touch();
    const entry = k === null ? undefined : self.entries.get(k);
    if (k === null || !entry) {
      if (k !== null && !self.lost) it.raise("KeyError", key);
      self.lost ??= new Unknown("an unknown key of the dict was moved");
      return none;
    }
    self.entries.delete(k);
    if (last?.kind === "bool" && !last.value) self.entries = new Map([[k, entry], ...self.entries]);
    else self.entries.set(k, entry);
    return none;
  },
  __eq__: (_it, self, [other = none]) => {
    const right = baseOf(other);
    if (right.kind !== "dict") return notImplemented;
    const ordered = right.cls?.isSubclassOf(orderedDictClass) ?? false;
    const sameOrder = [...self.entries.keys()].every((key, i) => key === [...right.entries.keys()][i]);
    const equal =
      ordered && !self.lost && !right.lost && !sameOrder ? false : equalValues(new Dict(self.entries), right);
    return equal === undefined ? new Unknown("the values compared are not known", { type: "bool" }) : bool(equal);
  },
  __repr__: (it, self) => wrapped(it, "OrderedDict", self),
});

/** `Name({…})`. */
function wrapped(it: Interpreter, name: string, self: Dict, before = ""): Value {
  if (self.entries.size === 0 && before === "") return str(`${name}()`);
  const plain = new Dict(self.entries);
  plain.lost = self.lost;
  const text = reprOf(it, plain);
  return text.kind === "str" ? str(`${name}(${before}${text.value})`) : text;
}

// ── defaultdict ──────────────────────────────────────────────────────────────────────────────────────────────────────

const defaultdictClass = classIn("collections", "defaultdict", dictClass);
defaultdictClass.dict.set(
  "__new__",
  native("__new__", (it, [cls, factory, source], keywords) =>
    newDict(it, defaultdictClass, cls, source, keywords, factory ?? null),
  ),
);
defineMethod(defaultdictClass, "__init__", (it, [self, , source], keywords) => {
  const dict = baseOf(self ?? none);
  if (dict.kind === "dict") fillDict(it, dict, source, keywords);
  return none;
});
defineProperty(defaultdictClass, "default_factory", (_it, self) => {
  const dict = baseOf(self);
  return dict.kind === "dict" ? (dict.factory ?? none) : none;
});
defineMethods(defaultdictClass, "dict", {
  __repr__: (it, self) => {
    const factory = reprOf(it, self.factory ?? none);
    return factory.kind === "str" ? wrapped(it, "defaultdict", self, `${factory.value}, `) : factory;
  },
});

// ── Counter ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const counterClass = classIn("collections", "Counter", dictClass);
counterClass.dict.set(
  "__new__",
  native("__new__", (it, [cls, source], keywords) => {
    if (cls?.kind === "class" && cls !== counterClass) return derive(cls, new Dict(new Map(), counterClass), it.site());
    return tally(it, new Dict(new Map(), counterClass), source, keywords, "+");
  }),
);
defineMethod(counterClass, "__init__", (it, [self, source], keywords) => {
  const dict = baseOf(self ?? none);
  if (dict.kind === "dict") tally(it, dict, source, keywords, "+");
  return none;
});

function tally(it: Interpreter, counts: Dict, source: Value | undefined, keywords: Keywords, op: "+" | "-"): Dict {
  counts.touch();
  const amounts = new Dict();
  const from = source ? baseOf(source) : none;
  if (from.kind === "dict") fillDict(it, amounts, from, noKeywords);
  else if (from.kind !== "none") {
    const items = itemsOf(it, from);
    if (items instanceof Unknown) amounts.lost = items;
    else for (const item of items) storeItem(amounts, item, binary(it, "+", countOf(amounts, item), int(1)));
  }
  fillDict(it, amounts, undefined, keywords);
  counts.lost ??= amounts.lost;
  for (const { key, value } of amounts.entries.values())
    storeItem(counts, key, binary(it, op, countOf(counts, key), value));
  return counts;
}

function countOf(counts: Dict, item: Value): Value {
  const key = keyOf(item);
  return (key === null ? undefined : counts.entries.get(key)?.value) ?? int(0);
}

function combined(it: Interpreter, self: Dict, other: Value, op: "+" | "-"): Value {
  const right = baseOf(other);
  if (right.kind !== "dict") return notImplemented;
  const result = copyDict(self);
  tally(it, result, right, noKeywords, op);
  for (const [key, { value }] of [...result.entries]) {
    const positive = compare(it, ">", value, int(0));
    if (positive.kind === "bool" && !positive.value) result.entries.delete(key);
    else if (positive.kind !== "bool") result.lost ??= new Unknown("a count is not known");
  }
  return result;
}

function mostCommon(it: Interpreter, self: Dict): Value[] | Unknown {
  if (self.lost) return self.lost;
  const pairs = [...self.entries.values()].map(({ key, value }) => new Tuple([key, value]));
  return sortValues(
    it,
    pairs,
    native("count", (_it, [pair]) => (pair?.kind === "tuple" ? (pair.items[1] ?? none) : none)),
    bool(true),
  );
}

defineMethods(counterClass, "dict", {
  __missing__: () => int(0),
  update: (it, self, [source], keywords) => {
    tally(it, self, source, keywords, "+");
    return none;
  },
  subtract: (it, self, [source], keywords) => {
    tally(it, self, source, keywords, "-");
    return none;
  },
  most_common: (it, self, [size]) => {
    const pairs = mostCommon(it, self);
    if (pairs instanceof Unknown) return pairs;
    const n = size && size.kind !== "none" ? numberOf(size) : pairs.length;
    return n === null ? new Unknown("how many are asked for is not known") : new List(pairs.slice(0, n));
  },
  elements: (_it, self) => new Iterator(elements(self), "chain"),
  total: (_it, self) => {
    const counts = [...self.entries.values()].map(({ value }) => (value.kind === "int" ? value.dim : null));
    if (self.lost || counts.includes(null)) return new Unknown("a count is not known", { type: "int" });
    return int((counts as Dim[]).reduce(add, 0));
  },
  __add__: (it, self, [other = none]) => combined(it, self, other, "+"),
  __sub__: (it, self, [other = none]) => combined(it, self, other, "-"),
  __repr__: (it, self) => {
    const pairs = mostCommon(it, self);
    if (pairs instanceof Unknown) return pairs;
    const sorted = new Dict();
    for (const pair of pairs)
      if (pair.kind === "tuple") storeItem(sorted, pair.items[0] ?? none, pair.items[1] ?? none);
    return wrapped(it, "Counter", sorted);
  },
});

function* elements(self: Dict): Generator<Value, void, undefined> {
  for (const { key, value } of self.entries.values()) {
    for (let i = 0; i < (numberOf(value) ?? 0); i += 1) yield key;
  }
}

// ── deque ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const dequeClass = classIn("collections", "deque");
dequeClass.dict.set(
  "__new__",
  native("__new__", (it, [cls]) => derive(cls?.kind === "class" ? cls : dequeClass, new List([]), it.site())),
);
defineMethod(dequeClass, "__init__", (it, args, keywords) => {
  const [self, source] = args;
  const list = baseOf(self ?? none);
  if (self?.kind !== "instance" || list.kind !== "list") return none;
  self.set("maxlen", args[2] ?? keywords.get("maxlen") ?? none);
  const items = source ? itemsOf(it, source) : [];
  list.touch();
  if (items instanceof Unknown) list.lost = items;
  else list.items = items;
  return trimmed(self, list, "left");
});
const shared = ["copy", "count", "index", "insert", "remove", "reverse", "clear", "pop"];
const special = ["__len__", "__iter__", "__reversed__", "__contains__", "__getitem__", "__setitem__", "__delitem__"];
for (const name of [...shared, ...special]) {
  const method = listClass.dict.get(name);
  if (method) dequeClass.dict.set(name, method);
}

/** Drops what is over `maxlen` at one end. */
function trimmed(receiver: Value, list: List, end: "left" | "right"): Value {
  const most = receiver.kind === "instance" ? numberOf(receiver.attrs.get("maxlen") ?? none) : null;
  const over = most === null ? 0 : list.items.length - most;
  if (over > 0) list.items.splice(end === "left" ? 0 : list.items.length - over, over);
  return none;
}

function extend(it: Interpreter, self: List, source: Value, put: (item: Value) => void): void {
  self.touch();
  const items = itemsOf(it, source);
  if (items instanceof Unknown) self.lost ??= items;
  else items.forEach(put);
}

defineMethods(dequeClass, "list", {
  append: (_it, self, [item = none], _keywords, receiver) => {
    self.touch();
    self.items.push(item);
    return trimmed(receiver, self, "left");
  },
  appendleft: (_it, self, [item = none], _keywords, receiver) => {
    self.touch();
    self.items.unshift(item);
    return trimmed(receiver, self, "right");
  },
  extend: (it, self, [source = none], _keywords, receiver) => {
    extend(it, self, source, (item) => self.items.push(item));
    return trimmed(receiver, self, "left");
  },
  extendleft: (it, self, [source = none], _keywords, receiver) => {
    extend(it, self, source, (item) => self.items.unshift(item));
    return trimmed(receiver, self, "right");
  },
  popleft: (it, self) => {
    if (self.lost) return new Unknown(self.lost.why);
    self.touch();
    return self.items.shift() ?? it.raise("IndexError", "pop from an empty deque");
  },
  rotate: (_it, self, [by = int(1)]) => {
    const n = numberOf(by);
    self.touch();
    if (n === null) self.lost ??= new Unknown("a deque was rotated by an unknown number");
    else if (self.items.length > 0) {
      const at = ((-n % self.items.length) + self.items.length) % self.items.length;
      self.items = [...self.items.slice(at), ...self.items.slice(0, at)];
    }
    return none;
  },
  __repr__: (it, self, _args, _keywords, receiver) => {
    const text = reprOf(it, self);
    const most = receiver.kind === "instance" ? numberOf(receiver.attrs.get("maxlen") ?? none) : null;
    return text.kind === "str" ? str(`deque(${text.value}${most === null ? "" : `, maxlen=${most}`})`) : text;
  },
});

export const collections = moduleOf(
  "collections",
  {
    OrderedDict: orderedDictClass,
    defaultdict: defaultdictClass,
    Counter: counterClass,
    deque: dequeClass,
    namedtuple: makeNamedTuple,
  },
  inPython("collections"),
);
