/** `set` and `frozenset`. */

import { compare, contains } from "../comparison.ts";
import { baseOf, derive } from "../derived.ts";
import { keyOf } from "../equality.ts";
import type { Interpreter } from "../interpreter.ts";
import { iterate } from "../iterate.ts";
import { binary } from "../operators.ts";
import { frozensetClass, setClass } from "../types.ts";
import { bool, Iterator, int, none, SetValue, Unknown, type Value } from "../values.ts";
import { defineClass, defineMethod, defineMethods, type Method, native } from "./define.ts";
import { setOf } from "./mappings.ts";

for (const cls of [setClass, frozensetClass]) {
  const frozen = cls === frozensetClass;
  defineClass(cls);
  cls.dict.set(
    "__new__",
    native("__new__", (it, [own, items]) => {
      const set = items ? setOf(it, items, frozen) : new SetValue(new Map(), frozen);
      if (own?.kind !== "class" || own === cls) return set;
      return derive(own, frozen ? set : new SetValue(new Map()), it.site());
    }),
  );
}
defineMethod(setClass, "__init__", (it, [self, items]) => {
  const set = baseOf(self ?? none);
  if (set.kind === "set" && items) {
    set.touch();
    const from = setOf(it, items);
    set.items = from.items;
    set.lost = from.lost;
  }
  return none;
});

const combine =
  (op: "|" | "&" | "-" | "^"): Method<SetValue> =>
  (it, self, others) =>
    others.reduce<Value>((result, other) => binary(it, op, result, setOf(it, other)), copy(self));

const update =
  (op: "|" | "&" | "-" | "^"): Method<SetValue> =>
  (it, self, others) => {
    self.touch();
    const result = combine(op)(it, self, others, new Map(), self);
    if (result.kind === "set") {
      self.items = result.items;
      self.lost = result.lost;
    } else {
      self.lost ??= new Unknown(result.kind === "unknown" ? result.why : "the set is not known");
    }
    return none;
  };

const related =
  (op: "<=" | ">="): Method<SetValue> =>
  (it, self, [other = none]) => {
    const right = setOf(it, other);
    const lost = self.lost ?? right.lost;
    return lost ? new Unknown(lost.why, { type: "bool" }) : compare(it, op, self, right);
  };

const both: Readonly<Record<string, Method<SetValue>>> = {
  union: combine("|"),
  intersection: combine("&"),
  difference: combine("-"),
  symmetric_difference: combine("^"),
  issubset: related("<="),
  issuperset: related(">="),
  isdisjoint: (it, self, [other = none]) => {
    const common = binary(it, "&", self, setOf(it, other));
    if (common.kind !== "set") return common;
    return common.lost ? new Unknown(common.lost.why, { type: "bool" }) : bool(common.items.size === 0);
  },
  copy: (_it, self) => copy(self),
  __len__: (_it, self) => (self.lost ? new Unknown(self.lost.why, { type: "int" }) : int(self.items.size)),
  __iter__: (it, self) => new Iterator(iterate(it, self), "set_iterator"),
  __contains__: (it, self, [item = none]) => contains(it, self, item),
};
defineMethods(frozensetClass, "set", both);
defineMethods(setClass, "set", {
  ...both,
  add: (_it, self, [item = none]) => {
    self.touch();
    const key = keyOf(item);
    if (key === null) self.lost ??= new Unknown("an item of the set is not known");
    else if (!self.items.has(key)) self.items.set(key, item);
    return none;
  },
  discard: (it, self, [item = none]) => remove(it, self, item, false),
  remove: (it, self, [item = none]) => remove(it, self, item, true),
  pop: (it, self) => {
    if (self.lost) return new Unknown(self.lost.why);
    if (self.items.size === 0) return it.raise("KeyError", "pop from an empty set");
    self.touch();
    const [only] = self.items;
    if (self.items.size === 1 && only) {
      self.items = new Map();
      return only[1];
    }
    self.lost = new Unknown("which item a set gives first is not known");
    return self.lost;
  },
  clear: (_it, self) => {
    self.touch();
    self.items = new Map();
    self.lost = null;
    return none;
  },
  update: update("|"),
  intersection_update: update("&"),
  difference_update: update("-"),
  symmetric_difference_update: update("^"),
});

function copy(self: SetValue): SetValue {
  const set = new SetValue(new Map(self.items), self.frozen);
  set.lost = self.lost;
  return set;
}

function remove(it: Interpreter, self: SetValue, item: Value, mustBeThere: boolean): Value {
  self.touch();
  const key = keyOf(item);
  if (key === null) self.lost ??= new Unknown("an unknown item of the set was removed");
  else if (!self.items.delete(key) && mustBeThere && !self.lost) it.raise("KeyError", item);
  return none;
}
