/** `dict` and its views. */

import { call } from "../call.ts";
import { contains, equals } from "../comparison.ts";
import { baseOf, derive } from "../derived.ts";
import { keyOf } from "../equality.ts";
import { reprOf } from "../format.ts";
import type { Interpreter } from "../interpreter.ts";
import { itemsOf, iterate } from "../iterate.ts";
import { fillDict } from "../mapping.ts";
import { binary } from "../operators.ts";
import { deleteItem, getItem, storeItem } from "../subscript.ts";
import { builtin, dictClass } from "../types.ts";
import {
  bool,
  type Class,
  Dict,
  Instance,
  Iterator,
  int,
  type Key,
  type Keywords,
  List,
  none,
  notImplemented,
  SetValue,
  str,
  Tuple,
  Unknown,
  type Value,
} from "../values.ts";
import { defineClass, defineClassMethod, defineMethod, defineMethods, iteratorOver, native } from "./define.ts";

defineClass(dictClass);

dictClass.dict.set(
  "__new__",
  native("__new__", (it, [cls, source], keywords) => newDict(it, dictClass, cls, source, keywords)),
);

/** A dict of `cls`, which is `own` or derives from it; then it is empty, and its `__init__` fills it. */
export function newDict(
  it: Interpreter,
  own: Class,
  cls: Value | undefined,
  source: Value | undefined,
  keywords: Keywords,
  factory: Value | null = null,
): Value {
  const dict = new Dict(new Map(), own === dictClass ? null : own, factory);
  if (cls?.kind === "class" && cls !== own) return derive(cls, dict, it.site());
  return fillDict(it, dict, source, keywords);
}

defineMethod(dictClass, "__init__", (it, [self, source], keywords) => {
  const dict = baseOf(self ?? none);
  if (dict.kind === "dict") fillDict(it, dict, source, keywords);
  return none;
});
defineClassMethod(dictClass, "fromkeys", (it, [cls, keys = none, value = none]) => {
  const dict = new Dict(new Map(), cls?.kind === "class" && cls !== dictClass ? cls : null);
  const items = itemsOf(it, keys);
  if (items instanceof Unknown) dict.lost = items;
  else for (const key of items) storeItem(dict, key, value);
  return dict;
});

/** The entry of a key: an unknown where it can't be told, undefined where there is none. */
function find(dict: Dict, key: Value): Value | undefined {
  const k = keyOf(key);
  if (k === null) return new Unknown(key.kind === "unknown" ? key.why : "the key is not known");
  const entry = dict.entry(k);
  if (entry) return entry.value;
  return dict.lost ? new Unknown(dict.lost.why) : undefined;
}

defineMethods(dictClass, "dict", {
  get: (_it, self, [key = none, otherwise = none]) => find(self, key) ?? otherwise,
  setdefault: (_it, self, [key = none, otherwise = none]) => {
    const present = find(self, key);
    if (present === undefined) {
      storeItem(self, key, otherwise);
      return otherwise;
    }
    // Whether it was entered is not known where the key is not, or the dict.
    if (keyOf(key) === null) storeItem(self, key, otherwise);
    return present;
  },
  pop: (it, self, args, keywords) => {
    const [key = none] = args;
    const otherwise = args[1] ?? keywords.get("default");
    const present = find(self, key);
    if (present === undefined) return otherwise ?? it.raise("KeyError", key);
    self.touch();
    const k = keyOf(key);
    if (k === null) self.lose(new Unknown("an unknown key of the dict was removed"));
    else self.entries.delete(k);
    return present;
  },
  popitem: (it, self, args, keywords) => {
    if (self.lost) return new Unknown(self.lost.why);
    const last = args[0] ?? keywords.get("last");
    if (last?.kind === "unknown") {
      self.lose(new Unknown("an unknown item of the dict was removed"));
      return new Unknown(last.why);
    }
    const keys = [...self.entries.keys()];
    const key = last?.kind === "bool" && !last.value ? keys[0] : keys.at(-1);
    const entry = key === undefined ? undefined : self.entries.get(key);
    if (key === undefined || !entry) return it.raise("KeyError", "popitem(): dictionary is empty");
    self.touch();
    self.entries.delete(key);
    return new Tuple([entry.key, entry.value]);
  },
  update: (it, self, [source], keywords) => {
    fillDict(it, self, source, keywords);
    return none;
  },
  clear: (_it, self) => {
    self.touch();
    self.entries = new Map();
    self.lost = null;
    return none;
  },
  copy: (_it, self) => copyDict(self),
  keys: (_it, self) => view(keysClass, self),
  values: (_it, self) => view(valuesClass, self),
  items: (_it, self) => view(itemsClass, self),
  __len__: (_it, self) => (self.lost ? new Unknown(self.lost.why, { type: "int" }) : int(self.entries.size)),
  __iter__: (it, self) => new Iterator(iterate(it, self), "dict_keyiterator"),
  __reversed__: (_it, self) =>
    self.lost
      ? new Unknown(self.lost.why)
      : iteratorOver([...self.entries.values()].map(({ key }) => key).reverse(), "dict_reversekeyiterator"),
  __contains__: (it, self, [key = none]) => contains(it, self, key),
  __getitem__: (it, self, [key = none], _keywords, receiver) => {
    const present = find(self, key);
    if (present) return present;
    const missing = receiver.kind === "instance" ? receiver.cls.lookup("__missing__") : undefined;
    return missing ? call(it, missing, [receiver, key]) : getItem(it, plain(self), key);
  },
  __setitem__: (_it, self, [key = none, value = none]) => {
    storeItem(self, key, value);
    return none;
  },
  __delitem__: (it, self, [key = none]) => {
    deleteItem(it, self, key);
    return none;
  },
  __eq__: (it, self, [other = none]) => {
    const right = baseOf(other);
    if (right.kind !== "dict" && right.kind !== "unknown") return notImplemented;
    const equal = equals(it, plain(self), right.kind === "dict" ? plain(right) : right);
    return equal === undefined ? new Unknown("the values compared are not known", { type: "bool" }) : bool(equal);
  },
  __or__: (it, self, [other = none]) => {
    const right = baseOf(other);
    if (right.kind !== "dict") return notImplemented;
    const merged = copyDict(self);
    return fillDict(it, merged, right, new Map());
  },
  __ior__: (it, self, [other], _keywords, receiver) => {
    fillDict(it, self, other, new Map());
    return receiver;
  },
  __repr__: (it, self) => reprOf(it, plain(self)),
});

export function copyDict(self: Dict): Dict {
  const copy = new Dict(new Map(self.entries), self.cls, self.factory);
  copy.lost = self.lost;
  return copy;
}

/** A dict of a subclass as a plain one that shares its entries, so that operators do not come back to the methods. */
function plain(self: Dict): Dict {
  if (self.cls === null) return self;
  const dict = new Dict(self.entries, null, self.factory);
  dict.lost = self.lost;
  return dict;
}

// ── views ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What `keys()`, `values()` and `items()` look at. */
class View {
  readonly dict: Dict;
  constructor(dict: Dict) {
    this.dict = dict;
  }
}

const keysClass = builtin("dict_keys");
const valuesClass = builtin("dict_values");
const itemsClass = builtin("dict_items");

function view(cls: Class, dict: Dict): Instance {
  const instance = new Instance(cls, null);
  instance.extra = new View(dict);
  return instance;
}

function viewed(self: Value | undefined): List {
  const { dict } = (self as Instance).extra as View;
  const { cls } = self as Instance;
  const entries = [...dict.entries.values()];
  const list = new List(
    entries.map(({ key, value }) => (cls === keysClass ? key : cls === valuesClass ? value : new Tuple([key, value]))),
  );
  list.lost = dict.lost;
  return list;
}

for (const cls of [keysClass, valuesClass, itemsClass]) {
  defineMethod(cls, "__iter__", (it, [self]) => new Iterator(iterate(it, viewed(self)), "dict_iterator"));
  defineMethod(cls, "__reversed__", (_it, [self]) => {
    const { lost, items } = viewed(self);
    return lost ? new Unknown(lost.why) : iteratorOver(items.reverse(), "dict_iterator");
  });
  defineMethod(cls, "__len__", (_it, [self]) => {
    const { lost, items } = viewed(self);
    return lost ? new Unknown(lost.why, { type: "int" }) : int(items.length);
  });
  defineMethod(cls, "__contains__", (it, [self, item = none]) => contains(it, viewed(self), item));
  defineMethod(cls, "__repr__", (it, [self]) => {
    const text = reprOf(it, viewed(self));
    return text.kind === "str" ? str(`${cls.name}(${text.value})`) : text;
  });
}
const setOperators = { and: "&", or: "|", sub: "-", xor: "^" } as const;
for (const cls of [keysClass, itemsClass]) {
  for (const [name, op] of Object.entries(setOperators)) {
    defineMethod(cls, `__${name}__`, (it, [self, other = none]) =>
      binary(it, op, setOf(it, viewed(self)), setOf(it, other)),
    );
  }
  defineMethod(cls, "__eq__", (it, [self, other = none]) => {
    const equal = equals(it, setOf(it, viewed(self)), setOf(it, other));
    return equal === undefined ? new Unknown("the values compared are not known", { type: "bool" }) : bool(equal);
  });
  defineMethod(cls, "isdisjoint", (it, [self, other = none]) => {
    const common = binary(it, "&", setOf(it, viewed(self)), setOf(it, other));
    return common.kind === "set" && !common.lost
      ? bool(common.items.size === 0)
      : new Unknown("a set that is not known");
  });
}

/** A set of the items of `value`; an unknown where one can't be a key. */
export function setOf(it: Interpreter, value: Value, frozen = false): SetValue {
  const items = itemsOf(it, value);
  const set = new SetValue(new Map<Key, Value>(), frozen);
  if (items instanceof Unknown) {
    set.lost = items;
    return set;
  }
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) set.lost ??= new Unknown("an item of the set is not known");
    else if (!set.items.has(key)) set.items.set(key, item);
  }
  return set;
}
