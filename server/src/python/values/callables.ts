/** What can be called, and what attribute access makes of it. */
import type { FunctionDef, Lambda, Parameters, Unit } from "../../syntax/ast.ts";
import type { Interpreter } from "../interpreter.ts";
import type { Value } from "../values.ts";
import type { Dict, Tuple } from "./containers.ts";
import type { Module, Scope } from "./names.ts";
import type { Class, Host, Instance } from "./objects.ts";

/** A function written in Python, with what it closes over. */
export class Func {
  readonly kind = "function";
  readonly def: FunctionDef | Lambda;
  readonly params: Parameters;
  readonly name: string;
  readonly qualname: string;
  readonly unit: Unit;
  readonly scope: Scope;
  readonly globals: Module;
  /** Defaults of `params.positional` and `params.keywordOnly`, by name. */
  readonly defaults: ReadonlyMap<string, Value>;
  /** The class in whose body it was written: what a bare `super()` starts from. */
  readonly owner: { cls: Class | null };
  attrs: Map<string, Value> | null = null;
  constructor(fields: Omit<Func, "kind" | "attrs">) {
    this.def = fields.def;
    this.params = fields.params;
    this.name = fields.name;
    this.qualname = fields.qualname;
    this.unit = fields.unit;
    this.scope = fields.scope;
    this.globals = fields.globals;
    this.defaults = fields.defaults;
    this.owner = fields.owner;
  }
}

/** A method with its object. */
export class Bound {
  readonly kind = "bound";
  readonly func: Value;
  readonly self: Value;
  constructor(func: Value, self: Value) {
    this.func = func;
    this.self = self;
  }
}

export type Keywords = ReadonlyMap<string, Value>;
export const noKeywords: Keywords = new Map();
export type NativeCall = (it: Interpreter, args: readonly Value[], keywords: Keywords) => Value;

/** A function that the interpreter or a framework brings. `binds` tells whether it becomes a method on an instance. */
export class Native {
  readonly kind = "native";
  readonly name: string;
  readonly call: NativeCall;
  readonly binds: boolean;
  attrs: Map<string, Value> | null = null;
  constructor(name: string, call: NativeCall, binds = true) {
    this.name = name;
    this.call = call;
    this.binds = binds;
  }
}

/** `property`, `staticmethod`, `classmethod`, and natives that compute an attribute. */
export class Descriptor {
  readonly kind = "descriptor";
  readonly type: "property" | "static" | "class";
  readonly getter: Value;
  readonly setter: Value | null;
  readonly deleter: Value | null;
  constructor(type: Descriptor["type"], getter: Value, setter: Value | null = null, deleter: Value | null = null) {
    this.type = type;
    this.getter = getter;
    this.setter = setter;
    this.deleter = deleter;
  }
}

/** `super()`: attribute look-up that starts behind `after` in the MRO of `self`'s class. */
export class Super {
  readonly kind = "super";
  readonly after: Class;
  readonly self: Instance | Class | Host | Tuple | Dict;
  constructor(after: Class, self: Super["self"]) {
    this.after = after;
    this.self = self;
  }
}
