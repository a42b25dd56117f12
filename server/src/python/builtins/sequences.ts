/** `list`, `tuple`, `range` and `slice`. */
import { ceildiv, type Dim, ge, max, sub } from "../../algebra/index.ts";
import { compare, contains, equals } from "../comparison.ts";
import { baseOf, derive } from "../derived.ts";
import { numberOf } from "../equality.ts";
import { reprOf } from "../format.ts";
import type { Interpreter } from "../interpreter.ts";
import { itemsOf, iterate } from "../iterate.ts";
import { binary, inplace } from "../operators.ts";
import { deleteItem, getItem, setItem, sliceBounds } from "../subscript.ts";
import { listClass, rangeClass, sliceClass, tupleClass } from "../types.ts";
import {
  bool,
  type Class,
  Iterator,
  int,
  List,
  none,
  notImplemented,
  Range,
  Slice,
  Tuple,
  Unknown,
  type Value,
} from "../values.ts";
import { defineClass, defineMethod, defineMethods, defineProperty, indexOf, iteratorOver, native } from "./define.ts";
import { sortValues } from "./sorting.ts";

for (const cls of [listClass, tupleClass, rangeClass, sliceClass]) defineClass(cls);

// ── construction ─────────────────────────────────────────────────────────────────────────────────────────────────────

listClass.dict.set(
  "__new__",
  native("__new__", (it, [cls, items]) => {
    if (cls?.kind === "class" && cls !== listClass) return derive(cls, new List([]), it.site());
    return items ? listOf(it, items) : new List([]);
  }),
);
defineMethod(listClass, "__init__", (it, [self, items]) => {
  const list = baseOf(self ?? none);
  if (list.kind !== "list") return none;
  list.touch();
  const from = items ? listOf(it, items) : new List([]);
  list.items = from.items;
  list.lost = from.lost;
  return none;
});
tupleClass.dict.set(
  "__new__",
  native("__new__", (it, [cls, source]) => {
    const items = source ? itemsOf(it, source) : [];
    if (items instanceof Unknown) return new Unknown(items.why);
    const own = cls?.kind === "class" && cls !== tupleClass ? cls : null;
    if (own === null && source?.kind === "tuple" && source.cls === null) return source;
    return new Tuple(items, own);
  }),
);
rangeClass.dict.set(
  "__new__",
  native("__new__", (it, [, ...bounds]) => makeRange(it, bounds)),
);
sliceClass.dict.set(
  "__new__",
  native("__new__", (_it, [, a = none, b, c = none]) => (b ? new Slice(a, b, c) : new Slice(none, a, none))),
);

/** `list(value)`. */
export function listOf(it: Interpreter, value: Value): List {
  const items = itemsOf(it, value);
  if (Array.isArray(items)) return new List(items);
  const list = new List([]);
  list.lost = items;
  return list;
}

function makeRange(it: Interpreter, bounds: readonly Value[]): Value {
  const dims: Dim[] = [];
  for (const bound of bounds) {
    const dim = indexOf(it, bound);
    if (dim === null) return it.raise("TypeError", `'${bound.kind}' object cannot be interpreted as an integer`);
    dims.push(dim);
  }
  const [first, second, step = 1] = dims;
  if (first === undefined) return it.raise("TypeError", "range expected at least 1 argument, got 0");
  if (typeof step !== "number") return new Unknown("the step of a range is not known");
  if (step === 0) it.raise("ValueError", "range() arg 3 must not be zero");
  return second === undefined ? new Range(0, first, 1) : new Range(first, second, step);
}

/** How many items a range has. */
export function rangeLength({ start, stop, step }: Range): Dim {
  const [low, high] = step > 0 ? [start, stop] : [stop, start];
  const length = ceildiv(sub(high, low), Math.abs(step));
  return ge(length, 0) === true ? length : max(length, 0);
}

// ── what lists and tuples share ──────────────────────────────────────────────────────────────────────────────────────

function itemsAt(value: List | Tuple): readonly Value[] | Unknown {
  return value.kind === "list" && value.lost ? new Unknown(value.lost.why) : value.items;
}

function defineSequence(cls: Class, kind: "list" | "tuple"): void {
  defineMethods<"list" | "tuple">(cls, kind, {
    index: (it, self, [item = none, from, to]) => {
      const items = itemsAt(self);
      if (items instanceof Unknown) return items;
      const length = items.length;
      const vague = [from, to].find((each) => each !== undefined && numberOf(each) === null);
      if (vague) return new Unknown("where the search begins or ends is not known", { type: "int" });
      const bound = (value: Value | undefined, otherwise: number): number => {
        const n = (value && numberOf(value)) ?? otherwise;
        return n < 0 ? n + length : n;
      };
      for (let i = bound(from, 0); i < Math.min(bound(to, length), length); i += 1) {
        const equal = equals(it, items[i] as Value, item);
        if (equal === undefined) return new Unknown("the values compared are not known", { type: "int" });
        if (equal) return int(i);
      }
      return it.raise("ValueError", kind === "list" ? "value is not in list" : "tuple.index(x): x not in tuple");
    },
    count: (it, self, [item = none]) => {
      const items = itemsAt(self);
      if (items instanceof Unknown) return items;
      const same = items.map((each) => equals(it, each, item));
      if (same.includes(undefined)) return new Unknown("the values compared are not known", { type: "int" });
      return int(same.filter((each) => each === true).length);
    },
    __len__: (_it, self) => {
      const items = itemsAt(self);
      return items instanceof Unknown ? items : int(items.length);
    },
    __iter__: (it, self) => new Iterator(iterate(it, self), `${kind}_iterator`),
    __reversed__: (_it, self) => {
      const items = itemsAt(self);
      return items instanceof Unknown ? items : iteratorOver([...items].reverse(), `${kind}_reverseiterator`);
    },
    __contains__: (it, self, [item = none]) => contains(it, plain(self), item),
    __getitem__: (it, self, [index = none]) => getItem(it, plain(self), index),
    __repr__: (it, self) => reprOf(it, plain(self)),
    __add__: (it, self, [other = none]) => {
      const right = plain(baseOf(other));
      return right.kind === kind || right.kind === "unknown" ? binary(it, "+", plain(self), right) : notImplemented;
    },
    __mul__: (it, self, [times = none]) => binary(it, "*", plain(self), baseOf(times)),
    __rmul__: (it, self, [times = none]) => binary(it, "*", plain(self), baseOf(times)),
    __eq__: (it, self, [other = none]) => {
      const right = plain(baseOf(other));
      if (right.kind !== kind && right.kind !== "unknown") return notImplemented;
      const equal = equals(it, plain(self), right);
      return equal === undefined ? new Unknown("the values compared are not known", { type: "bool" }) : bool(equal);
    },
    __lt__: (it, self, [other = none]) => ordered(it, "<", self, other),
    __le__: (it, self, [other = none]) => ordered(it, "<=", self, other),
    __gt__: (it, self, [other = none]) => ordered(it, ">", self, other),
    __ge__: (it, self, [other = none]) => ordered(it, ">=", self, other),
  });
}

function ordered(it: Interpreter, op: "<" | "<=" | ">" | ">=", self: List | Tuple, other: Value): Value {
  const right = plain(baseOf(other));
  return right.kind === self.kind || right.kind === "unknown" ? compare(it, op, plain(self), right) : notImplemented;
}

/** A tuple of a subclass as a plain one, so that operators do not come back to the methods here. */
function plain<V extends Value>(value: V): V | Tuple {
  return value.kind === "tuple" && value.cls ? new Tuple(value.items) : value;
}

defineSequence(tupleClass, "tuple");
defineSequence(listClass, "list");

// ── lists ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const unknownPlace = (why: string): Unknown => new Unknown(why);

defineMethods(listClass, "list", {
  append: (_it, self, [item = none]) => {
    self.touch();
    self.items.push(item);
    return none;
  },
  extend: (it, self, [items = none]) => {
    inplace(it, "+", self, baseOf(items));
    return none;
  },
  insert: (_it, self, [place = none, item = none]) => {
    self.touch();
    const n = numberOf(place);
    if (n === null) self.lost ??= unknownPlace("something was inserted into the list at an unknown place");
    else self.items.splice(n, 0, item);
    return none;
  },
  pop: (it, self, [place]) => {
    if (self.lost) return new Unknown(self.lost.why);
    self.touch();
    const n = place ? numberOf(place) : -1;
    if (n === null) {
      self.lost = unknownPlace("an unknown item of the list was removed");
      return self.lost;
    }
    if (self.items.length === 0) it.raise("IndexError", "pop from empty list");
    if (n >= self.items.length || n < -self.items.length) it.raise("IndexError", "pop index out of range");
    return self.items.splice(n, 1)[0] ?? none;
  },
  remove: (it, self, [item = none]) => {
    if (self.lost) return none;
    self.touch();
    for (const [i, each] of self.items.entries()) {
      const equal = equals(it, each, item);
      if (equal === undefined) {
        self.lost = unknownPlace("an unknown item of the list was removed");
        return none;
      }
      if (equal) {
        self.items.splice(i, 1);
        return none;
      }
    }
    return it.raise("ValueError", "list.remove(x): x not in list");
  },
  clear: (_it, self) => {
    self.touch();
    self.items = [];
    self.lost = null;
    return none;
  },
  copy: (_it, self) => {
    const copy = new List(self.items.slice());
    copy.lost = self.lost;
    return copy;
  },
  reverse: (_it, self) => {
    self.touch();
    self.items.reverse();
    return none;
  },
  sort: (it, self, _args, keywords) => {
    if (self.lost) return none;
    self.touch();
    const sorted = sortValues(it, self.items, keywords.get("key"), keywords.get("reverse"));
    if (sorted instanceof Unknown) self.lost = sorted;
    else self.items = sorted;
    return none;
  },
  __setitem__: (it, self, [index = none, item = none]) => {
    setItem(it, self, index, item);
    return none;
  },
  __delitem__: (it, self, [index = none]) => {
    deleteItem(it, self, index);
    return none;
  },
  __iadd__: (it, self, [items = none], _keywords, receiver) => {
    inplace(it, "+", self, baseOf(items));
    return receiver;
  },
});

// ── ranges and slices ────────────────────────────────────────────────────────────────────────────────────────────────

defineMethods(rangeClass, "range", {
  __len__: (_it, self) => int(rangeLength(self)),
  __iter__: (it, self) => new Iterator(iterate(it, self), "range_iterator"),
  __contains__: (it, self, [item = none]) => contains(it, self, item),
  __getitem__: (it, self, [index = none]) => getItem(it, self, index),
  __reversed__: (_it, { start, stop, step }) => {
    if (typeof start !== "number" || typeof stop !== "number")
      return new Unknown("the bounds of the range are not known");
    const length = Math.max(0, Math.ceil((stop - start) / step));
    return new Range(start + (length - 1) * step, start - step, -step);
  },
  count: (it, self, [item = none]) => {
    const there = contains(it, self, item);
    return there.kind === "bool" ? int(there.value ? 1 : 0) : new Unknown("the range is not known", { type: "int" });
  },
  index: (it, self, [item = none]) => {
    const items = itemsOf(it, self);
    const n = numberOf(item);
    if (items instanceof Unknown || n === null) return new Unknown("the range is not known", { type: "int" });
    const at = items.findIndex((each) => numberOf(each) === n);
    return at < 0 ? it.raise("ValueError", `${n} is not in range`) : int(at);
  },
});
const ofRange = (name: "start" | "stop" | "step"): void =>
  defineProperty(rangeClass, name, (_it, self) => (self.kind === "range" ? int(self[name]) : none));
for (const name of ["start", "stop", "step"] as const) ofRange(name);

defineMethods(sliceClass, "slice", {
  indices: (_it, self, [length = none]) => {
    const n = numberOf(length);
    const bounds = n === null ? null : sliceBounds(self, n);
    if (bounds === null) return new Unknown("the bounds of the slice are not known");
    return new Tuple([int(bounds.start), int(bounds.stop), int(bounds.step)]);
  },
});

const parts = { start: "lower", stop: "upper", step: "step" } as const;
for (const [name, part] of Object.entries(parts)) {
  defineProperty(sliceClass, name, (_it, self) => (self.kind === "slice" ? self[part] : none));
}
