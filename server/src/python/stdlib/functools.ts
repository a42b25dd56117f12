/** `functools`: partial application, decorators that keep a function's name, caches, reduction. */

import { getAttribute, specialMethod } from "../attributes.ts";
import { argument, defineMethod, native, required } from "../builtins/define.ts";
import { call } from "../call.ts";
import { equals } from "../comparison.ts";
import { keyOf } from "../equality.ts";
import { reprOf } from "../format.ts";
import type { Interpreter } from "../interpreter.ts";
import { itemsOf } from "../iterate.ts";
import { setAttribute } from "../setAttributes.ts";
import { truth } from "../truth.ts";
import {
  bool,
  type Class,
  Dict,
  Instance,
  type Keywords,
  Native,
  none,
  notImplemented,
  str,
  Tuple,
  Unknown,
  type Value,
} from "../values.ts";
import { classIn, identityFunction, moduleOf } from "./define.ts";
import { inPython } from "./prelude/index.ts";

// ── partial ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const partialClass = classIn("functools", "partial");

partialClass.dict.set(
  "__new__",
  native("__new__", (it, [cls, fn = none, ...args], keywords) => {
    const partial = new Instance(cls?.kind === "class" ? cls : partialClass, it.site());
    const inner = fn.kind === "instance" && fn.cls === partialClass ? applied(fn) : null;
    partial.attrs.set("func", inner?.fn ?? fn);
    partial.attrs.set("args", new Tuple([...(inner?.args ?? []), ...args]));
    partial.attrs.set("keywords", keywordsAsDict([...(inner?.keywords ?? []), ...keywords]));
    return partial;
  }),
);
defineMethod(partialClass, "__init__", () => none);
defineMethod(partialClass, "__call__", (it, [self, ...args], keywords) => {
  if (self?.kind !== "instance") return new Unknown("a partial that is not known");
  const { fn, args: first, keywords: given } = applied(self);
  return call(it, fn, [...first, ...args], new Map([...given, ...keywords]));
});
defineMethod(partialClass, "__repr__", (it, [self]) => {
  if (self?.kind !== "instance") return none;
  const { fn, args, keywords } = applied(self);
  const texts = [fn, ...args].map((value) => reprOf(it, value));
  const named = [...keywords].map(([name, value]) => ({ name, text: reprOf(it, value) }));
  if (!texts.every((text) => text.kind === "str") || !named.every(({ text }) => text.kind === "str")) {
    return new Unknown("its text is not known", { type: "str" });
  }
  const parts = [
    ...texts.map((text) => text.value),
    ...named.map(({ name, text }) => `${name}=${text.kind === "str" ? text.value : ""}`),
  ];
  return str(`functools.partial(${parts.join(", ")})`);
});

function applied(partial: Instance): { fn: Value; args: readonly Value[]; keywords: Keywords } {
  const args = partial.attrs.get("args");
  const keywords = partial.attrs.get("keywords");
  const named = keywords?.kind === "dict" ? [...keywords.entries.values()] : [];
  return {
    fn: partial.attrs.get("func") ?? none,
    args: args?.kind === "tuple" ? args.items : [],
    keywords: new Map(named.flatMap(({ key, value }) => (key.kind === "str" ? [[key.value, value] as const] : []))),
  };
}

function keywordsAsDict(keywords: Iterable<readonly [string, Value]>): Dict {
  const dict = new Dict();
  for (const [name, value] of keywords) dict.entries.set(`s${name}`, { key: str(name), value });
  return dict;
}

const partialmethodClass = classIn("functools", "partialmethod");
defineMethod(partialmethodClass, "__init__", (_it, [self, fn = none, ...args], keywords) => {
  if (self?.kind !== "instance") return none;
  self.set("func", fn);
  self.set("args", new Tuple(args));
  self.set("keywords", keywordsAsDict(keywords));
  return none;
});
defineMethod(partialmethodClass, "__get__", (_it, [self, object = none]) => {
  if (self?.kind !== "instance") return none;
  const { fn, args, keywords } = applied(self);
  return new Native("partialmethod", (inner, more, named) =>
    call(inner, fn, [object, ...args, ...more], new Map([...keywords, ...named])),
  );
});

// ── decorators ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** What `update_wrapper` copies. */
const copied = ["__name__", "__qualname__", "__module__", "__doc__"];

function updateWrapper(it: Interpreter, wrapper: Value, wrapped: Value): Value {
  if (wrapper.kind === "unknown" || wrapped.kind === "unknown") return wrapper;
  for (const name of copied) {
    if (wrapped.kind === "function" || wrapped.kind === "native" || wrapped.kind === "class") {
      setAttribute(it, wrapper, name, getAttribute(it, wrapped, name));
    }
  }
  if (wrapped.kind === "function" && wrapped.attrs) {
    for (const [name, value] of wrapped.attrs) setAttribute(it, wrapper, name, value);
  }
  setAttribute(it, wrapper, "__wrapped__", wrapped);
  return wrapper;
}

/** A function that remembers its results: the same arguments give the same object. */
function cached(fn: Value): Value {
  const results = new Dict();
  const wrapper = new Native("lru_cache", (it, args, keywords) => {
    const named = [...keywords].flatMap(([name, value]) => [str(name), value]);
    const key = new Tuple([new Tuple(args), new Tuple(named)]);
    const k = keyOf(key);
    if (k === null) return call(it, fn, args, keywords);
    const known = results.entries.get(k);
    if (known) return known.value;
    const value = call(it, fn, args, keywords);
    results.touch();
    results.entries.set(k, { key, value });
    return value;
  });
  const clear = native("cache_clear", () => {
    results.touch();
    results.entries = new Map();
    return none;
  });
  wrapper.attrs = new Map([
    ["cache_clear", clear],
    ["__wrapped__", fn],
  ]);
  if (fn.kind === "function") wrapper.attrs.set("__name__", str(fn.name));
  return wrapper;
}

const cachedPropertyClass = classIn("functools", "cached_property");
defineMethod(cachedPropertyClass, "__init__", (_it, [self, fn = none]) => {
  if (self?.kind === "instance") self.set("func", fn);
  return none;
});
defineMethod(cachedPropertyClass, "__set_name__", (_it, [self, , name = none]) => {
  if (self?.kind === "instance") self.set("attrname", name);
  return none;
});
defineMethod(cachedPropertyClass, "__get__", (it, [self, object = none]) => {
  if (self?.kind !== "instance") return none;
  const value = call(it, self.attrs.get("func") ?? none, [object]);
  const name = self.attrs.get("attrname");
  if (object.kind === "instance" && name?.kind === "str") object.set(name.value, value);
  return value;
});

const orderings = ["__lt__", "__le__", "__gt__", "__ge__"] as const;

/** Fills in the orderings that a class lacks from the one it has. */
function totalOrdering(cls: Class): Class {
  const root = orderings.find((name) => cls.dict.has(name));
  if (!root) return cls;
  const smaller = root === "__lt__" || root === "__le__";
  for (const name of orderings) {
    if (cls.dict.has(name)) continue;
    const wantsSmaller = name === "__lt__" || name === "__le__";
    const wantsEqual = name === "__le__" || name === "__ge__";
    defineMethod(cls, name, (it, [self = none, other = none]) => {
      const method = specialMethod(it, self, root);
      const result = method ? call(it, method, [other]) : notImplemented;
      if (result.kind === "notimplemented") return result;
      const t = truth(it, result);
      const equal = equals(it, self, other);
      if (t === undefined || equal === undefined)
        return new Unknown("the values compared are not known", { type: "bool" });
      const before = wantsSmaller === smaller ? t && !equal : !t && !equal;
      return bool(equal ? wantsEqual : before);
    });
  }
  return cls;
}

export const functools = moduleOf(
  "functools",
  {
    partial: partialClass,
    partialmethod: partialmethodClass,
    cached_property: cachedPropertyClass,
    wraps: (_it, [wrapped = none]) => native("wraps", (it, [wrapper = none]) => updateWrapper(it, wrapper, wrapped)),
    update_wrapper: (it, args) =>
      updateWrapper(it, required(it, "update_wrapper", args, 0), required(it, "update_wrapper", args, 1)),
    cache: (it, args) => cached(required(it, "cache", args, 0)),
    lru_cache: (_it, args, keywords) => {
      const fn = argument(args, keywords, 0, "user_function");
      return fn && (fn.kind === "function" || fn.kind === "native")
        ? cached(fn)
        : native("lru_cache", (_inner, [each = none]) => cached(each));
    },
    total_ordering: (_it, [cls = none]) => (cls.kind === "class" ? totalOrdering(cls) : cls),
    reduce: (it, args, keywords) => {
      const fn = required(it, "reduce", args, 0);
      const items = itemsOf(it, required(it, "reduce", args, 1));
      if (items instanceof Unknown) return new Unknown(items.why);
      const start = argument(args, keywords, 2, "initial");
      if (!start && items.length === 0) it.raise("TypeError", "reduce() of empty iterable with no initial value");
      return (start ? [start, ...items] : items).reduce((total, item) => call(it, fn, [total, item]));
    },
    cmp_to_key: (_it, [fn = none]) => native("cmp_to_key", (_inner, [value = none]) => comparable(fn, value)),
    no_type_check: identityFunction,
  },
  inPython("functools"),
);

const comparableClass = classIn("functools", "K");
defineMethod(comparableClass, "__lt__", (it, [self, other]) => {
  if (self?.kind !== "instance" || other?.kind !== "instance") return notImplemented;
  const [fn = none, a = none, b = none] = [self.attrs.get("fn"), self.attrs.get("obj"), other.attrs.get("obj")];
  const sign = call(it, fn, [a, b]);
  return sign.kind === "int" && typeof sign.dim === "number"
    ? bool(sign.dim < 0)
    : new Unknown("the order is not known");
});

function comparable(fn: Value, value: Value): Instance {
  const key = new Instance(comparableClass, null);
  key.attrs.set("fn", fn);
  key.attrs.set("obj", value);
  return key;
}
