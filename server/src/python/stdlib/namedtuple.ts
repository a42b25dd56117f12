/** Named tuples, made by `collections.namedtuple` or as classes that derive from `typing.NamedTuple`. */
import { defineClassMethod, defineMethod, native } from "../builtins/define.ts";
import { bodyOf, buildHook } from "../classes.ts";
import { reprOf } from "../format.ts";
import type { Interpreter } from "../interpreter.ts";
import { itemsOf } from "../iterate.ts";
import { tupleClass } from "../types.ts";
import {
  Class,
  Descriptor,
  Dict,
  type Keywords,
  Native,
  type NativeCall,
  none,
  str,
  Tuple,
  Unknown,
  type Value,
} from "../values.ts";
import { classIn } from "./define.ts";

/** Gives `cls` the fields; `defaults` by name. */
export function defineFields(cls: Class, fields: readonly string[], defaults: ReadonlyMap<string, Value>): void {
  cls.dict.set("_fields", new Tuple(fields.map(str)));
  cls.dict.set("__match_args__", new Tuple(fields.map(str)));
  const shown = new Dict();
  for (const [name, value] of defaults) shown.entries.set(`s${name}`, { key: str(name), value });
  cls.dict.set("_field_defaults", shown);
  fields.forEach((field, i) => {
    const getter = native(field, (_it, [self]) => (self?.kind === "tuple" ? (self.items[i] ?? none) : none));
    cls.dict.set(field, new Descriptor("property", getter));
  });
  cls.dict.set(
    "__new__",
    native("__new__", (it, [own, ...args], keywords) => {
      const of = own?.kind === "class" ? own : cls;
      return new Tuple(bindFields(it, cls.name, fields, defaults, args, keywords), of);
    }),
  );
  defineClassMethod(cls, "_make", (it, [own, values = none]) => {
    const items = itemsOf(it, values);
    return items instanceof Unknown ? items : new Tuple(items, own?.kind === "class" ? own : cls);
  });
  defineMethod(cls, "_asdict", (_it, [self]) => {
    const dict = new Dict();
    if (self?.kind === "tuple") {
      fields.forEach((field, i) => {
        dict.entries.set(`s${field}`, { key: str(field), value: self.items[i] ?? none });
      });
    }
    return dict;
  });
  defineMethod(cls, "_replace", (it, [self], keywords) => {
    if (self?.kind !== "tuple") return new Unknown("a named tuple that is not known");
    const wrong = [...keywords.keys()].find((name) => !fields.includes(name));
    if (wrong) it.raise("ValueError", `Got unexpected field names: ['${wrong}']`);
    return new Tuple(
      fields.map((field, i) => keywords.get(field) ?? self.items[i] ?? none),
      self.cls,
    );
  });
  if (!cls.dict.has("__repr__")) {
    defineMethod(cls, "__repr__", (it, [self]) => {
      if (self?.kind !== "tuple") return none;
      const parts: string[] = [];
      for (const [i, field] of fields.entries()) {
        const text = reprOf(it, self.items[i] ?? none);
        if (text.kind !== "str") return text;
        parts.push(`${field}=${text.value}`);
      }
      return str(`${self.cls?.name ?? cls.name}(${parts.join(", ")})`);
    });
  }
}

function bindFields(
  it: Interpreter,
  name: string,
  fields: readonly string[],
  defaults: ReadonlyMap<string, Value>,
  args: readonly Value[],
  keywords: Keywords,
): Value[] {
  if (args.length > fields.length) {
    it.raise(
      "TypeError",
      `${name}.__new__() takes ${fields.length + 1} positional arguments but ${args.length + 1} were given`,
    );
  }
  for (const key of keywords.keys()) {
    if (!fields.includes(key)) it.raise("TypeError", `${name}.__new__() got an unexpected keyword argument '${key}'`);
  }
  return fields.map(
    (field, i) =>
      args[i] ??
      keywords.get(field) ??
      defaults.get(field) ??
      it.raise("TypeError", `${name}.__new__() missing 1 required positional argument: '${field}'`),
  );
}

/** `namedtuple(typename, field_names, *, defaults=None)`. */
export const makeNamedTuple: NativeCall = (it, args, keywords) => {
  const name = args[0] ?? keywords.get("typename") ?? none;
  const names = args[1] ?? keywords.get("field_names") ?? none;
  const items =
    names.kind === "str"
      ? names.value
          .split(/[\s,]+/)
          .filter((each) => each !== "")
          .map(str)
      : itemsOf(it, names);
  const defaults = keywords.get("defaults") ?? none;
  const values = defaults.kind === "none" ? [] : itemsOf(it, defaults);
  if (name.kind !== "str" || items instanceof Unknown || values instanceof Unknown) {
    return new Unknown("a named tuple whose fields are not known");
  }
  const fields = items.map((item) => (item.kind === "str" ? item.value : "_"));
  const cls = new Class({
    name: name.value,
    module: it.frame?.globals.name ?? "",
    bases: [tupleClass],
    site: it.site(),
  });
  const first = fields.length - values.length;
  defineFields(cls, fields, new Map(values.map((value, i) => [fields[first + i] ?? "", value])));
  return cls;
};

/** The base of classes that name their fields by annotations. */
export const namedTupleClass = classIn("typing", "NamedTuple", tupleClass);
namedTupleClass.dict.set(
  "__new__",
  native("__new__", (it, [, name = none, pairs = none]) => {
    const items = itemsOf(it, pairs);
    if (items instanceof Unknown) return new Unknown("a named tuple whose fields are not known");
    const names = items.map((item) => (item.kind === "tuple" ? (item.items[0] ?? none) : item));
    return makeNamedTuple(it, [name, new Tuple(names)], new Map());
  }),
);
namedTupleClass.dict.set(
  buildHook,
  new Native(buildHook, (_it, [cls]) => {
    if (cls?.kind !== "class" || !cls.bases.includes(namedTupleClass)) return cls ?? none;
    const fields = (bodyOf(cls)?.annotations ?? []).map(({ name }) => name);
    const defaults = new Map<string, Value>();
    for (const field of fields) {
      const value = cls.dict.get(field);
      if (value !== undefined) defaults.set(field, value);
    }
    defineFields(cls, fields, defaults);
    return cls;
  }),
);
