/** Built-in functions that ask about classes, attributes and names. */
import type { Tri } from "../../algebra/index.ts";
import { attempt, bindTo, findAttribute, getAttribute, hasAttribute, specialMethod } from "../attributes.ts";
import { call } from "../call.ts";
import { baseOf } from "../derived.ts";
import { isInstance } from "../equality.ts";
import type { Interpreter } from "../interpreter.ts";
import { listNames } from "../lazyModules.ts";
import { liveDict } from "../livedict.ts";
import { deleteAttribute, forgetAttributes, setAttribute } from "../setAttributes.ts";
import { truth } from "../truth.ts";
import {
  boolClass,
  floatClass,
  functionClass,
  intClass,
  nativeClass,
  noneClass,
  objectClass,
  strClass,
  superClass,
  typeClass,
} from "../types.ts";
import {
  bool,
  Class,
  Instance,
  List,
  type Module,
  none,
  type Scope,
  Super,
  str,
  Unknown,
  type Value,
} from "../values.ts";
import { defineClass, defineFunction, defineMethod, native, required } from "./define.ts";

// ── classes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Abstract classes that ask for methods rather than for inheritance: `collections.abc`, `numbers`. */
const structural = new WeakMap<Class, (it: Interpreter, value: Value) => Tri>();

/** Makes `isinstance(value, cls)` ask `test` where inheritance does not tell. */
export function defineStructural(cls: Class, test: (it: Interpreter, value: Value) => Tri): void {
  structural.set(cls, test);
}

defineFunction("isinstance", (it, args) => {
  const [value, spec] = [required(it, "isinstance", args, 0), required(it, "isinstance", args, 1)];
  if (["int", "float", "str", "list", "dict"].includes(spec.kind)) {
    it.raise("TypeError", "isinstance() arg 2 must be a type, a tuple of types, or a union");
  }
  return answer(
    eachClass(spec, (cls) => instanceOf(it, value, cls)),
    value,
  );
});

defineFunction("issubclass", (it, args) => {
  const [cls, spec] = [required(it, "issubclass", args, 0), required(it, "issubclass", args, 1)];
  if (cls.kind !== "class") {
    return cls.kind === "unknown"
      ? new Unknown(cls.why, { type: "bool" })
      : it.raise("TypeError", "issubclass() arg 1 must be a class");
  }
  const result = eachClass(spec, (other) => {
    if (cls.isSubclassOf(other)) return true;
    return cls.unknownBase || structural.has(other) ? undefined : false;
  });
  return answer(result, cls);
});

function answer(t: Tri, value: Value): Value {
  if (t !== undefined) return bool(t);
  return new Unknown(value.kind === "unknown" ? value.why : "its class is not known", { type: "bool" });
}

/** Whether `test` holds for one of the classes of `spec`: a class, None, or a tuple or union of them. */
function eachClass(spec: Value, test: (cls: Class) => Tri): Tri {
  switch (spec.kind) {
    case "class":
      return test(spec);
    case "none":
      return test(noneClass);
    case "tuple": {
      let undecided = false;
      for (const each of spec.items) {
        const t = eachClass(each, test);
        if (t === true) return true;
        undecided ||= t === undefined;
      }
      return undecided ? undefined : false;
    }
    default:
      return undefined;
  }
}

const classOfType = { int: intClass, float: floatClass, bool: boolClass, str: strClass } as const;

/** `isinstance(value, cls)`. */
export function instanceOf(it: Interpreter, value: Value, cls: Class): Tri {
  const asks = cls.metaclass?.lookup("__instancecheck__");
  if (asks) return truth(it, call(it, bindTo(it, asks, cls, cls.metaclass as Class), [value]));
  if (value.kind === "unknown") {
    const { type } = value.facts;
    return type ? classOfType[type].isSubclassOf(cls) || (structural.has(cls) ? undefined : false) : undefined;
  }
  // Natives stand for classes and Python functions of frameworks too.
  if (value.kind === "native" && (cls === functionClass || cls === nativeClass || cls === typeClass)) return undefined;
  const t = isInstance(value, cls);
  if (t !== false) return t;
  const test = structural.get(cls);
  return test ? test(it, value) : false;
}

defineClass(superClass);
superClass.dict.set(
  "__new__",
  native("__new__", (_it, [, cls, self]) => {
    const known =
      self?.kind === "instance" ||
      self?.kind === "class" ||
      self?.kind === "host" ||
      self?.kind === "tuple" ||
      self?.kind === "dict";
    return cls?.kind === "class" && known ? new Super(cls, self) : new Unknown("super() of an unknown object");
  }),
);

// ── attributes ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** The text of an attribute's name; null where it is not known. */
function nameOf(value: Value | undefined): string | null {
  const name = baseOf(value ?? none);
  return name.kind === "str" ? name.value : null;
}

const unknownName = "the name of the attribute is not known";

defineFunction("getattr", (it, args) => {
  const object = required(it, "getattr", args, 0);
  const name = nameOf(args[1]);
  if (name === null) return new Unknown(unknownName);
  const otherwise = args[2];
  return otherwise ? (attempt(() => findAttribute(it, object, name)) ?? otherwise) : getAttribute(it, object, name);
});
defineFunction("hasattr", (it, args) => {
  const name = nameOf(args[1]);
  return name === null
    ? new Unknown(unknownName, { type: "bool" })
    : hasAttribute(it, required(it, "hasattr", args, 0), name);
});
defineFunction("setattr", (it, args) => {
  const object = required(it, "setattr", args, 0);
  const name = nameOf(args[1]);
  if (name !== null) setAttribute(it, object, name, required(it, "setattr", args, 2));
  else if (object.kind === "class") forgetAttributes(object);
  else {
    const setter = specialMethod(it, object, "__setattr__");
    if (setter) call(it, setter, args.slice(1));
  }
  return none;
});
defineFunction("delattr", (it, args) => {
  const name = nameOf(args[1]);
  if (name !== null) deleteAttribute(it, required(it, "delattr", args, 0), name);
  return none;
});
defineFunction("vars", (it, args) => (args[0] ? getAttribute(it, args[0], "__dict__") : namesHere(it)));
defineFunction("dir", (it, [value]) => {
  const own = value?.kind === "instance" ? specialMethod(it, value, "__dir__") : undefined;
  if (own) return call(it, own, []);
  if (value === undefined) return namesNotListed;
  const listed = value.kind === "module" ? listNames(it, value) : null;
  if (value.kind === "module" && Array.isArray(listed))
    return new List([...new Set([...listed, ...namesOfModules(value)])].sort().map(str));
  const names = new Instance(namesClass, null);
  names.set("of", value);
  return names;
});

/** Names that Python gives a module. */
function namesOfModules({ isPackage }: Module): string[] {
  const names = "builtins cached doc file loader name package spec".split(" ");
  return [...names, ...(isPackage ? ["path"] : [])].map((name) => `__${name}__`);
}

/** What `dir(value)` gives: whether a name is among them can be told more often than which they are. */
const namesClass = new Class({ name: "list", module: "builtins", bases: [objectClass] });
const namesNotListed = new Unknown("the names that dir() lists");
defineMethod(namesClass, "__contains__", (it, [self, name]) => {
  const value = self?.kind === "instance" ? self.attrs.get("of") : undefined;
  const wanted = nameOf(name);
  return value && wanted !== null ? hasAttribute(it, value, wanted) : namesNotListed;
});
for (const name of ["__iter__", "__len__", "__getitem__"]) defineMethod(namesClass, name, () => namesNotListed);

// ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────────

defineFunction("globals", (it) => {
  const scope = it.frame?.globals.scope;
  return scope ? namesOf(scope) : none;
});
defineFunction("locals", (it) => namesHere(it));

function namesOf(scope: Scope): Value {
  return liveDict({
    names: () => scope.vars,
    set: (name, value) => scope.set(name, value),
    delete: (name) => scope.delete(name),
    // Which of a program's names is meant can't be told; numbers are what a setting would be.
    lose: ({ why }) => {
      for (const [name, value] of [...scope.vars]) {
        if (isNumber(value)) scope.set(name, new Unknown(`it may have been set: ${why}`, { name }));
      }
    },
  });
}

function isNumber({ kind }: Value): boolean {
  return kind === "int" || kind === "float" || kind === "bool";
}

function namesHere(it: Interpreter): Value {
  const scope = it.frame?.scope;
  return scope ? namesOf(scope) : none;
}
