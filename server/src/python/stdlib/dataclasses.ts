/** `dataclasses`: fields in order of the annotations, with inheritance, defaults, and what is made of them. */
import type { Expr } from "../../syntax/ast.ts";
import { getAttribute } from "../attributes.ts";
import { argument, native } from "../builtins/define.ts";
import { call } from "../call.ts";
import { bodyOf } from "../classes.ts";
import { compare, equals } from "../comparison.ts";
import { keyedBy } from "../equality.ts";
import { exceptionClass } from "../exceptions.ts";
import { reprOf } from "../format.ts";
import type { Interpreter } from "../interpreter.ts";
import { setAttribute, setInstanceAttribute } from "../setAttributes.ts";
import {
  bool,
  type Class,
  Dict,
  False,
  Instance,
  type Keywords,
  List,
  Native,
  none,
  notImplemented,
  str,
  True,
  Tuple,
  Unknown,
  type Value,
} from "../values.ts";
import { copyDeep } from "./copy.ts";
import { classIn, moduleOf } from "./define.ts";

/** One field. */
interface Field {
  readonly name: string;
  readonly default: Value | null;
  readonly factory: Value | null;
  readonly init: boolean;
  readonly repr: boolean;
  readonly compare: boolean;
  readonly keywordOnly: boolean;
  /** Given to `__post_init__` and not kept. */
  readonly initOnly: boolean;
  readonly object: Instance;
}

const fieldsOf = new WeakMap<Class, readonly Field[]>();
const fieldClass = classIn("dataclasses", "Field");
const missing = new Instance(classIn("dataclasses", "_MISSING_TYPE"), null);
const keywordOnlyMark = classIn("dataclasses", "KW_ONLY");
const initVarClass = classIn("dataclasses", "InitVar");
const frozenError = classIn("dataclasses", "FrozenInstanceError", exceptionClass("AttributeError"));

/** The fields of a dataclass or of an object of one; null for anything else. */
export function fieldsOfValue(value: Value): readonly Field[] | null {
  const cls = value.kind === "class" ? value : value.kind === "instance" ? value.cls : null;
  return cls?.mro.map((each) => fieldsOf.get(each)).find((fields) => fields !== undefined) ?? null;
}

/** `field(default=…, default_factory=…, init=…)`: read when the class is made. */
function makeField(keywords: Keywords): Instance {
  const field = new Instance(fieldClass, null);
  for (const name of ["default", "default_factory"]) field.attrs.set(name, keywords.get(name) ?? missing);
  for (const name of ["init", "repr", "compare"]) field.attrs.set(name, keywords.get(name) ?? True);
  field.attrs.set("kw_only", keywords.get("kw_only") ?? missing);
  field.attrs.set("metadata", keywords.get("metadata") ?? new Dict());
  return field;
}

const flag = (value: Value | undefined, otherwise: boolean): boolean =>
  value?.kind === "bool" ? value.value : otherwise;
const given = (value: Value | undefined): Value | null => (value === undefined || value === missing ? null : value);

/** Whether an annotation is `name` or `name[…]`, qualified or in quotes. */
function isAnnotated(annotation: Expr, name: string): boolean {
  switch (annotation.kind) {
    case "Name":
      return annotation.id === name;
    case "Attribute":
      return annotation.attr === name;
    case "Subscript":
      return isAnnotated(annotation.value, name);
    case "Constant":
      return annotation.value.type === "str" && new RegExp(`^(\\w+\\.)?${name}\\b`).test(annotation.value.value);
    default:
      return false;
  }
}

function ownFields(it: Interpreter, cls: Class, allKeywordOnly: boolean): Field[] {
  const fields = new Map<string, Field>();
  let keywordOnly = allKeywordOnly;
  for (const { name, annotation } of bodyOf(cls)?.annotations ?? []) {
    if (isAnnotated(annotation, "ClassVar")) continue;
    if (isAnnotated(annotation, "KW_ONLY")) {
      keywordOnly = true;
      continue;
    }
    const bound = cls.dict.get(name);
    const declared = bound?.kind === "instance" && bound.cls === fieldClass;
    if (bound && (bound.kind === "list" || bound.kind === "dict" || bound.kind === "set")) {
      it.raise(
        "ValueError",
        `mutable default <class '${bound.kind}'> for field ${name} is not allowed: use default_factory`,
      );
    }
    const object = declared ? bound : makeField(bound ? new Map([["default", bound]]) : new Map());
    const { attrs } = object;
    attrs.set("name", str(name));
    const value = given(attrs.get("default"));
    if (declared) {
      if (value) cls.dict.set(name, value);
      else cls.dict.delete(name);
    }
    fields.set(name, {
      name,
      default: value,
      factory: given(attrs.get("default_factory")),
      init: flag(attrs.get("init"), true),
      repr: flag(attrs.get("repr"), true),
      compare: flag(attrs.get("compare"), true),
      keywordOnly: flag(attrs.get("kw_only"), keywordOnly),
      initOnly: isAnnotated(annotation, "InitVar"),
      object,
    });
  }
  return [...fields.values()];
}

function makeDataclass(it: Interpreter, cls: Class, options: Keywords): Class {
  const on = (name: string, otherwise: boolean): boolean => flag(options.get(name), otherwise);
  const fields = new Map<string, Field>();
  for (const base of cls.mro.slice(1).reverse()) {
    for (const field of fieldsOf.get(base) ?? []) fields.set(field.name, field);
  }
  for (const field of ownFields(it, cls, on("kw_only", false))) fields.set(field.name, field);
  const all = [...fields.values()];
  fieldsOf.set(cls, all);
  const define = (name: string, method: Native): void => {
    if (!cls.dict.has(name)) cls.dict.set(name, method);
  };
  const kept = all.filter((field) => !field.initOnly);
  const frozen = on("frozen", false);
  if (on("init", true)) define("__init__", initOf(cls, all, frozen));
  if (on("repr", true)) define("__repr__", reprMethod(kept.filter((field) => field.repr)));
  const compared = kept.filter((field) => field.compare);
  if (on("eq", true)) define("__eq__", equalMethod(compared));
  if (on("order", false)) {
    for (const [name, op] of [
      ["__lt__", "<"],
      ["__le__", "<="],
      ["__gt__", ">"],
      ["__ge__", ">="],
    ] as const) {
      define(name, orderMethod(name, op, compared));
    }
  }
  if (frozen) {
    for (const [name, verb] of [
      ["__setattr__", "assign to"],
      ["__delattr__", "delete"],
    ] as const) {
      define(
        name,
        new Native(name, (inner, [, attribute]) =>
          inner.raiseClass(frozenError, `cannot ${verb} field '${attribute?.kind === "str" ? attribute.value : ""}'`),
        ),
      );
    }
  }
  // What is equal by its fields and cannot change is found by them.
  if (frozen && on("eq", true) && !cls.dict.has("__hash__"))
    keyedBy.set(
      cls,
      compared.map((field) => field.name),
    );
  const positional = all.filter((field) => field.init && !field.keywordOnly).map((field) => str(field.name));
  if (!cls.dict.has("__match_args__")) cls.dict.set("__match_args__", new Tuple(positional));
  return cls;
}

// ── the methods ──────────────────────────────────────────────────────────────────────────────────────────────────────

function initOf(cls: Class, fields: readonly Field[], frozen: boolean): Native {
  const parameters = fields.filter((field) => field.init);
  const positional = parameters.filter((field) => !field.keywordOnly);
  return new Native("__init__", (it, [self, ...args], keywords) => {
    if (self?.kind !== "instance") return none;
    if (args.length > positional.length) {
      it.raise(
        "TypeError",
        `${cls.name}.__init__() takes ${positional.length + 1} positional arguments but ${args.length + 1} were given`,
      );
    }
    for (const name of keywords.keys()) {
      if (!parameters.some((field) => field.name === name)) {
        it.raise("TypeError", `${cls.name}.__init__() got an unexpected keyword argument '${name}'`);
      }
    }
    const initOnly: Value[] = [];
    for (const field of fields) {
      const index = positional.indexOf(field);
      const passed = field.init ? ((index >= 0 ? args[index] : undefined) ?? keywords.get(field.name)) : undefined;
      const value = passed ?? (field.factory ? call(it, field.factory, []) : field.default);
      if (!value) {
        if (!field.init) continue;
        return it.raise("TypeError", `${cls.name}.__init__() missing 1 required positional argument: '${field.name}'`);
      }
      if (field.initOnly) initOnly.push(value);
      else if (frozen) setInstanceAttribute(it, self, field.name, value);
      else setAttribute(it, self, field.name, value);
    }
    const after = self.cls.lookup("__post_init__");
    if (after) call(it, after, [self, ...initOnly]);
    return none;
  });
}

function valuesOf(it: Interpreter, self: Value, fields: readonly Field[]): Tuple {
  return new Tuple(fields.map((field) => getAttribute(it, self, field.name)));
}

function reprMethod(fields: readonly Field[]): Native {
  return new Native("__repr__", (it, [self = none]) => {
    const parts: string[] = [];
    for (const field of fields) {
      const text = reprOf(it, getAttribute(it, self, field.name));
      if (text.kind !== "str") return text;
      parts.push(`${field.name}=${text.value}`);
    }
    return str(`${self.kind === "instance" ? self.cls.name : ""}(${parts.join(", ")})`);
  });
}

function sameClass(self: Value, other: Value): boolean {
  return self.kind === "instance" && other.kind === "instance" && self.cls === other.cls;
}

function equalMethod(fields: readonly Field[]): Native {
  return new Native("__eq__", (it, [self = none, other = none]) => {
    if (!sameClass(self, other)) return notImplemented;
    const equal = equals(it, valuesOf(it, self, fields), valuesOf(it, other, fields));
    return equal === undefined ? new Unknown("the values compared are not known", { type: "bool" }) : bool(equal);
  });
}

function orderMethod(name: string, op: "<" | "<=" | ">" | ">=", fields: readonly Field[]): Native {
  return new Native(name, (it, [self = none, other = none]) =>
    sameClass(self, other) ? compare(it, op, valuesOf(it, self, fields), valuesOf(it, other, fields)) : notImplemented,
  );
}

// ── functions ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** `asdict` and `astuple`, into containers and dataclasses within. */
function plain(it: Interpreter, value: Value, shape: "dict" | "tuple"): Value {
  const fields = value.kind === "instance" ? fieldsOfValue(value) : null;
  if (fields) {
    const kept = fields.filter((field) => !field.initOnly);
    const values = kept.map((field) => plain(it, getAttribute(it, value, field.name), shape));
    if (shape === "tuple") return new Tuple(values);
    const dict = new Dict();
    kept.forEach((field, i) => {
      dict.entries.set(`s${field.name}`, { key: str(field.name), value: values[i] ?? none });
    });
    return dict;
  }
  switch (value.kind) {
    case "list": {
      const list = new List(value.items.map((item) => plain(it, item, shape)));
      list.lost = value.lost;
      return list;
    }
    case "tuple":
      return new Tuple(
        value.items.map((item) => plain(it, item, shape)),
        value.cls,
      );
    case "dict": {
      const dict = new Dict(new Map(), value.cls, value.factory);
      dict.lost = value.lost;
      for (const [key, entry] of value.entries)
        dict.entries.set(key, { key: entry.key, value: plain(it, entry.value, shape) });
      return dict;
    }
    default:
      return copyDeep(it, value);
  }
}

function required(it: Interpreter, value: Value | undefined, name: string): readonly Field[] | Unknown {
  if (value === undefined || value.kind === "unknown") return new Unknown(value?.why ?? "nothing was given");
  return fieldsOfValue(value) ?? it.raise("TypeError", `${name}() should be called on dataclass instances`);
}

export const dataclasses = moduleOf("dataclasses", {
  MISSING: missing,
  KW_ONLY: keywordOnlyMark,
  InitVar: initVarClass,
  FrozenInstanceError: frozenError,
  Field: fieldClass,
  field: (_it, _args, keywords) => makeField(keywords),
  dataclass: (it, args, keywords) => {
    const cls = argument(args, keywords, 0, "cls");
    if (cls?.kind === "class") return makeDataclass(it, cls, keywords);
    if (cls && cls.kind !== "none") return cls;
    return native("dataclass", (inner, [each = none]) =>
      each.kind === "class" ? makeDataclass(inner, each, keywords) : each,
    );
  },
  fields: (it, [value]) => {
    const fields = required(it, value, "fields");
    return fields instanceof Unknown
      ? fields
      : new Tuple(fields.filter((each) => !each.initOnly).map((each) => each.object));
  },
  is_dataclass: (_it, [value = none]) => {
    if (value.kind === "unknown") return new Unknown(value.why, { type: "bool" });
    return fieldsOfValue(value) ? True : False;
  },
  asdict: (it, [value]) => {
    const fields = required(it, value, "asdict");
    return fields instanceof Unknown ? fields : plain(it, value ?? none, "dict");
  },
  astuple: (it, [value]) => {
    const fields = required(it, value, "astuple");
    return fields instanceof Unknown ? fields : plain(it, value ?? none, "tuple");
  },
  replace: (it, [value], changes) => {
    const fields = required(it, value, "replace");
    if (fields instanceof Unknown || value?.kind !== "instance") return new Unknown("a dataclass that is not known");
    const all = new Map(changes);
    for (const field of fields) {
      if (field.init && !field.initOnly && !all.has(field.name))
        all.set(field.name, getAttribute(it, value, field.name));
    }
    return call(it, value.cls, [], all);
  },
});
