/** `copy`: shallow and deep copies. Objects inside are copied once each, so that shared ones stay shared. */
import { specialMethod } from "../attributes.ts";
import { copyDict } from "../builtins/mappings.ts";
import { call } from "../call.ts";
import { Derived } from "../derived.ts";
import type { Interpreter } from "../interpreter.ts";
import { Bound, Dict, Instance, List, none, SetValue, Tuple, type Value } from "../values.ts";
import { moduleOf } from "./define.ts";

/** `copy.copy(value)`. */
function copyShallow(it: Interpreter, value: Value): Value {
  switch (value.kind) {
    case "list": {
      const list = new List(value.items.slice());
      list.lost = value.lost;
      return list;
    }
    case "dict":
      return copyDict(value);
    case "set": {
      const set = new SetValue(new Map(value.items), value.frozen);
      set.lost = value.lost;
      return set;
    }
    case "instance": {
      const own = specialMethod(it, value, "__copy__");
      if (own) return call(it, own, []);
      const copy = new Instance(value.cls, value.site);
      copy.attrs = new Map(value.attrs);
      copy.extra = value.extra instanceof Derived ? new Derived(copyShallow(it, value.extra.value)) : value.extra;
      return copy;
    }
    default:
      return value;
  }
}

/** `copy.deepcopy(value)`; `memo` holds what has been copied. */
export function copyDeep(it: Interpreter, value: Value, memo: Map<Value, Value> = new Map()): Value {
  const known = memo.get(value);
  if (known) return known;
  const deep = (each: Value): Value => copyDeep(it, each, memo);
  it.budget.step();
  switch (value.kind) {
    case "list": {
      const list = new List([]);
      memo.set(value, list);
      list.items = value.items.map(deep);
      list.lost = value.lost;
      return list;
    }
    case "tuple": {
      const items = value.items.map(deep);
      return items.every((item, i) => item === value.items[i]) ? value : new Tuple(items, value.cls);
    }
    case "dict": {
      const dict = new Dict(new Map(), value.cls, value.factory);
      memo.set(value, dict);
      for (const [key, entry] of value.entries) dict.entries.set(key, { key: entry.key, value: deep(entry.value) });
      dict.lost = value.lost;
      return dict;
    }
    case "set": {
      const set = new SetValue(new Map(value.items), value.frozen);
      set.lost = value.lost;
      return set;
    }
    case "bound":
      return new Bound(value.func, deep(value.self));
    case "instance": {
      const own = specialMethod(it, value, "__deepcopy__");
      if (own) return remember(memo, value, call(it, own, [memoDict(memo)]));
      const copy = new Instance(value.cls, value.site);
      memo.set(value, copy);
      for (const [name, item] of value.attrs) copy.attrs.set(name, deep(item));
      copy.extra = value.extra instanceof Derived ? new Derived(deep(value.extra.value)) : value.extra;
      return copy;
    }
    case "host": {
      const own = specialMethod(it, value, "__deepcopy__");
      return own ? remember(memo, value, call(it, own, [memoDict(memo)])) : value;
    }
    default:
      return value;
  }
}

function remember(memo: Map<Value, Value>, value: Value, copy: Value): Value {
  memo.set(value, copy);
  return copy;
}

/** The memo that `__deepcopy__` is given: a dict that stands for ours. */
const memos = new WeakMap<Dict, Map<Value, Value>>();

function memoDict(memo: Map<Value, Value>): Dict {
  const dict = new Dict();
  memos.set(dict, memo);
  return dict;
}

/** Our memo behind the dict that a `__deepcopy__` was given. */
export function memoOf(dict: Value | undefined): Map<Value, Value> {
  return (dict?.kind === "dict" ? memos.get(dict) : undefined) ?? new Map();
}

export const copy = moduleOf("copy", {
  copy: (it, [value = none]) => copyShallow(it, value),
  deepcopy: (it, [value = none, memo]) => copyDeep(it, value, memoOf(memo)),
});
