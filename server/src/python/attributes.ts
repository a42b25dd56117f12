/** Reading attributes as Python does it: instance, class and MRO, descriptors, `__getattr__`, modules, the unknown. */
import type { Stmt } from "../syntax/ast.ts";
import { call, initBehind } from "./call.ts";
import { Raised } from "./errors.ts";
import { exceptionClass } from "./exceptions.ts";
import { perhapsChanged } from "./given.ts";
import type { Interpreter } from "./interpreter.ts";
import { isLazy } from "./lazyModules.ts";
import { liveDict } from "./livedict.ts";
import { forgetAttributes, opened } from "./setAttributes.ts";
import { fromStarSources, openness } from "./stars.ts";
import { classOf } from "./types.ts";
import {
  Bound,
  type Class,
  Dict,
  False,
  type Func,
  type Instance,
  List,
  type Module,
  Native,
  none,
  type Super,
  str,
  True,
  Tuple,
  Unknown,
  type Value,
} from "./values.ts";

/** `value.name`; raises AttributeError where the object is known not to have it. */
export function getAttribute(it: Interpreter, value: Value, name: string): Value {
  const found = findAttribute(it, value, name);
  if (found !== undefined) return found;
  const type = value.kind === "module" ? `module '${value.name}'` : `'${describeType(value)}' object`;
  return it.raise("AttributeError", `${type} has no attribute '${name}'`);
}

/** `value.name`, or undefined where the object is known not to have it. */
export function findAttribute(it: Interpreter, value: Value, name: string): Value | undefined {
  switch (value.kind) {
    case "unknown":
      return value.part(`.${name}`);
    case "instance":
      return instanceAttribute(it, value, name);
    case "class":
      return classAttribute(it, value, name);
    case "module":
      return moduleAttribute(it, value, name);
    case "super":
      return superAttribute(it, value, name);
    case "function":
    case "native": {
      const own = value.attrs?.get(name) ?? functionAttribute(value, name);
      return own ?? typeAttribute(it, value, name);
    }
    case "bound":
      if (name === "__self__") return value.self;
      if (name === "__func__") return value.func;
      return findAttribute(it, value.func, name);
    default:
      return typeAttribute(it, value, name);
  }
}

/** A class attribute as it is seen through `self`: functions become methods, properties are computed. */
export function bindTo(it: Interpreter, found: Value, self: Value, cls: Class): Value {
  switch (found.kind) {
    case "function":
      return new Bound(found, self);
    case "native":
      return found.binds ? new Bound(found, self) : found;
    case "descriptor":
      if (found.type === "property") return call(it, found.getter, [self]);
      return found.type === "class" ? new Bound(found.getter, cls) : found.getter;
    case "instance": {
      const get = found.cls.lookup("__get__");
      return get ? call(it, get, [found, self, cls]) : found;
    }
    default:
      return found;
  }
}

/** A special method of the value's type, bound to it: `__len__`, `__add__`. */
export function specialMethod(it: Interpreter, value: Value, name: string): Value | undefined {
  const cls = classOf(value);
  const found = cls?.lookup(name);
  return cls && found !== undefined ? bindTo(it, found, value, cls) : undefined;
}

/** What `type(value).__name__` is, for messages. */
export function describeType(value: Value): string {
  return classOf(value)?.name ?? "unknown";
}

/** `object.__getattribute__` of an instance, without `__getattr__`. */
export function plainInstanceAttribute(it: Interpreter, instance: Instance, name: string): Value | undefined {
  const onClass = instance.cls.lookup(name);
  if (onClass?.kind === "descriptor" && onClass.type === "property") return call(it, onClass.getter, [instance]);
  const own = instance.attrs.get(name);
  if (own !== undefined) return perhapsChanged(it, instance, name, own);
  if (onClass !== undefined) return bindTo(it, onClass, instance, instance.cls);
  return undefined;
}

function instanceAttribute(it: Interpreter, instance: Instance, name: string): Value | undefined {
  const own = instance.cls.lookup("__getattribute__");
  if (own?.kind === "function") {
    const found = attempt(() => call(it, own, [instance, str(name)]));
    if (found !== undefined) return found;
    const otherwise = instance.cls.lookup("__getattr__");
    return otherwise && call(it, otherwise, [instance, str(name)]);
  }
  const plain = plainInstanceAttribute(it, instance, name);
  if (plain !== undefined) return plain;
  if (name === "__class__") return instance.cls;
  if (name === "__module__") return str(instance.cls.module);
  if (name === "__doc__") return none;
  if (name === "__dict__") return attributeDict(instance);
  const fallback = instance.cls.lookup("__getattr__");
  if (fallback) {
    const found = call(it, fallback, [instance, str(name)]);
    return found.kind === "notimplemented" ? missingOf(instance, name) : found;
  }
  return missingOf(instance, name);
}

/** An attribute that was perhaps set under a name that is not known, or that a class known in part may have. */
function missingOf({ cls, attrs }: Instance, name: string): Value | undefined {
  const open = name.startsWith("__") ? undefined : attrs.get(opened);
  return open?.kind === "unknown" ? new Unknown(open.why, { name: `self.${name}`, plain: true }) : missing(cls, name);
}

/** `instance.__dict__`. */
function attributeDict(instance: Instance): Dict {
  const visible = (): ReadonlyMap<string, Value> => {
    if (!instance.attrs.has(opened)) return instance.attrs;
    return new Map([...instance.attrs].filter(([name]) => name !== opened));
  };
  const dict = liveDict({
    set: (name, value) => instance.set(name, value),
    delete: (name) => instance.delete(name),
    lose: () => forgetAttributes(instance),
    names: visible,
  });
  const open = instance.attrs.get(opened);
  if (open?.kind === "unknown") dict.lost = open;
  return dict;
}

/** A class that is known in part may have it all the same. */
function missing(cls: Class, name: string): Value | undefined {
  if (cls.unknownBase) return new Unknown(cls.unknownBase.why, { name: `self.${name}` });
  if (name.startsWith("__")) return undefined;
  const partial = cls.mro.find((each) => mayHave(each, name));
  return partial && new Unknown(`${partial.name}.${name} is not known to this version`);
}

function mayHave({ partial }: Class, name: string): boolean {
  return typeof partial === "boolean" ? partial : partial.has(name);
}

function typeAttribute(it: Interpreter, value: Value, name: string): Value | undefined {
  const cls = classOf(value);
  if (!cls) return undefined;
  const found = cls.lookup(name);
  if (found !== undefined) return bindTo(it, found, value, cls);
  if (name === "__class__") return cls;
  if (name === "__doc__") return none;
  const fallback = cls.lookup("__getattr__");
  if (fallback) {
    const result = call(it, fallback, [value, str(name)]);
    if (result.kind !== "notimplemented") return result;
  }
  return missing(cls, name);
}

function classAttribute(it: Interpreter, cls: Class, name: string): Value | undefined {
  const meta = cls.metaclass?.lookup(name);
  if (meta?.kind === "descriptor" && meta.type === "property") return call(it, meta.getter, [cls]);
  const found = cls.lookup(name);
  if (found !== undefined) {
    if (found.kind === "descriptor") {
      if (found.type === "class") return new Bound(found.getter, cls);
      return found.type === "static" ? found.getter : found;
    }
    return found;
  }
  if (meta !== undefined) return bindTo(it, meta, cls, cls.metaclass as Class);
  switch (name) {
    case "__name__":
      return str(cls.name);
    case "__qualname__":
      return str(cls.body?.qualname ?? cls.name);
    case "__module__":
      return str(cls.module);
    case "__mro__":
      return new Tuple(cls.mro);
    case "__bases__":
      return new Tuple(cls.bases);
    case "__dict__":
      return attributesAsDict(cls.dict);
    case "__doc__":
      return cls.def ? docstring(cls.def.body) : none;
    case "__class__":
      return classOf(cls) ?? undefined;
    case "mro":
      return new Native("mro", () => new List([...cls.mro]), false);
    case "__subclasses__":
      return new Unknown(`type.${name} is not known to this version`);
    default:
      return missing(cls, name);
  }
}

function superAttribute(it: Interpreter, value: Super, name: string): Value | undefined {
  const found = lookupAfter(value, name);
  const { self } = value;
  const cls = classBehind(value);
  if (found !== undefined && cls) {
    const hidden = name === "__init__" ? cls.hiding(name, value.after) : null;
    if (hidden) return new Bound(initBehind(hidden, found), self);
    // `super()` in a class method, and `__new__`, which is static: nothing to bind an instance to.
    if (name === "__new__") return found;
    if (self === cls && found.kind === "function") {
      const isClassMethod = name === "__init_subclass__" || name === "__class_getitem__";
      return isClassMethod ? new Bound(found, self) : found;
    }
    return bindTo(it, found, self, cls);
  }
  if (name === "__init__" || name === "__init_subclass__" || name === "__post_init__") {
    const base = cls?.unknownBase;
    if (base) return base.part(`.${name}`);
  }
  return cls ? missing(cls, name) : undefined;
}

/** Whose bases are looked through: the class itself in a class method, the metaclass in one of a metaclass. */
function classBehind({ self, after }: Super): Class | null {
  return self.kind === "class" && self.mro.includes(after) ? self : classOf(self);
}

/** What the MRO has behind the class that `super()` starts from. */
export function lookupAfter(value: Super, name: string): Value | undefined {
  const cls = classBehind(value);
  return cls?.mro.includes(value.after) ? cls.lookup(name, value.after) : undefined;
}

function moduleAttribute(it: Interpreter, module: Module, name: string): Value | undefined {
  const bound = boundInModule(it, module, name);
  if (bound !== undefined || name.startsWith("__")) return bound;
  return module.fallback === null || isLazy(module) ? openness(module)?.part(name) : undefined;
}

/** What a module is known to bind to a name, be it only its `__getattr__` that does. */
export function boundInModule(it: Interpreter, module: Module, name: string): Value | undefined {
  const own = module.scope.vars.get(name);
  if (own !== undefined) return own;
  const lazy = module.fallback?.(name, it);
  if (lazy) {
    module.scope.vars.set(name, lazy);
    return lazy;
  }
  const brought = fromStarSources(it, module, name);
  if (brought !== undefined) {
    module.scope.vars.set(name, brought);
    return brought;
  }
  const computed = fromModuleGetattr(it, module, name) ?? it.loader.submodule(it, module, name);
  if (computed) return computed;
  if (name === "__dict__") return namesAsDict(it, module);
  return name === "__doc__" ? none : undefined;
}

/** What the module's own `__getattr__` (PEP 562) gives, as modules have that import their parts when they are asked for. */
function fromModuleGetattr(it: Interpreter, module: Module, name: string): Value | undefined {
  if (module.file === null || name.startsWith("__")) return undefined;
  const getter = module.scope.vars.get("__getattr__") ?? module.fallback?.("__getattr__", it);
  return getter ? attempt(() => call(it, getter, [str(name)])) : undefined;
}

function functionAttribute(value: Extract<Value, { kind: "function" }> | Native, name: string): Value | undefined {
  switch (name) {
    case "__name__":
      return str(value.name);
    case "__qualname__":
      return str(value.kind === "function" ? value.qualname : value.name);
    case "__module__":
      return value.kind === "function" ? str(value.globals.name) : none;
    case "__doc__":
      return value.kind === "function" && value.def.kind === "FunctionDef" ? docstring(value.def.body) : none;
    case "__wrapped__":
      return undefined;
    case "__defaults__":
      return value.kind === "function" ? defaultsOf(value) : none;
    case "__get__":
      return undefined;
    case "__call__":
      return value;
    default:
      return undefined;
  }
}

/** Defaults of the positional parameters; `None` where there are none. */
function defaultsOf({ params, defaults }: Func): Value {
  const given = params.positional.flatMap(({ name }) => defaults.get(name) ?? []);
  return given.length > 0 ? new Tuple(given) : none;
}

/** The text that a body begins with. */
function docstring(body: readonly Stmt[]): Value {
  const [first] = body;
  const text = first?.kind === "ExprStmt" && first.value.kind === "Constant" ? first.value.value : null;
  return text?.type === "str" ? str(text.value) : none;
}

/** A copy of the attributes as a dict. */
function attributesAsDict(attrs: ReadonlyMap<string, Value>): Dict {
  const dict = new Dict();
  for (const [name, value] of attrs) dict.entries.set(`s${name}`, { key: str(name), value });
  return dict;
}

/** `module.__dict__`, in which names can be looked up that were not asked for yet. */
function namesAsDict(it: Interpreter, module: Module): Dict {
  const dict = attributesAsDict(module.scope.vars);
  if (module.fallback === null) return dict;
  dict.lost = new Unknown(`the names of ${module.name} were read only as far as they were asked for`);
  dict.seek = (name) => {
    const value = name === "__dict__" ? undefined : attempt(() => moduleAttribute(it, module, name));
    if (value !== undefined) dict.entries.set(`s${name}`, { key: str(name), value });
  };
  return dict;
}

/** `hasattr`, three-valued. */
export function hasAttribute(it: Interpreter, value: Value, name: string): Value {
  if (value.kind === "unknown") return new Unknown(value.why, { type: "bool" });
  const found = it.silently(() => attempt(() => findAttribute(it, value, name)));
  if (found === undefined) return False;
  const surely = found.kind !== "unknown" || (value.kind === "instance" && value.attrs.has(name));
  return surely || classOf(value)?.lookup(name) !== undefined ? True : new Unknown(found.why, { type: "bool" });
}

/** The result of `read`, or undefined where it raises AttributeError. */
export function attempt(read: () => Value | undefined): Value | undefined {
  try {
    return read();
  } catch (problem) {
    if (problem instanceof Raised && problem.exception.cls.isSubclassOf(exceptionClass("AttributeError"))) {
      return undefined;
    }
    throw problem;
  }
}
