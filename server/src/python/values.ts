/**
 * The values of the abstract interpreter: Python's own, plus `Unknown`, which remembers why it is unknown, and `Host`,
 * the base of values that a framework brings.
 */
import { type Dim, symbol } from "../algebra/index.ts";
import type { ClassDef, FunctionDef, Lambda, Parameters, Site, Unit } from "../syntax/ast.ts";
import type { ClassBody } from "./classes.ts";
import type { Interpreter } from "./interpreter.ts";
import { type Join, type Mutable, mergeMaps, now, touch } from "./journal.ts";

export type Value =
  | Unknown
  | None
  | Ellipsis
  | NotImplemented
  | Bool
  | Int
  | Float
  | Str
  | Bytes
  | Tuple
  | List
  | Dict
  | SetValue
  | Range
  | Slice
  | Iterator
  | Func
  | Bound
  | Native
  | Class
  | Instance
  | Module
  | Descriptor
  | Super
  | Host;

// ── the unknown ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** What is known of an unknown value beside the reason. */
export interface UnknownFacts {
  /** What it is called in the source, `cfg.hidden`: symbols bear this name. */
  readonly name?: string;
  /** Its Python type, where that is known. */
  readonly type?: "int" | "float" | "bool" | "str";
  /** The size it would be, were it used as one. */
  readonly dim?: () => Dim | null;
  /** A setting that was passed in and only read: no object that a call or an import made. */
  readonly plain?: boolean;
  /** Stands for arguments of which not even the number is known. */
  readonly rest?: boolean;
  /** Known to be this quotient of two integers. */
  readonly ratio?: { readonly numerator: Dim; readonly denominator: Dim };
}

/** A value that is not known, and why. Reading one attribute twice gives the same unknown. */
export class Unknown {
  readonly kind = "unknown";
  readonly why: string;
  readonly facts: UnknownFacts;
  private parts: Map<string, Unknown> | null = null;
  private size: Dim | null | undefined;
  private usedAsNumber = false;
  private usedAsCount = false;

  constructor(why: string, facts: UnknownFacts = {}) {
    this.why = why;
    this.facts = facts;
  }

  /** What it is called, for a symbol or a message. */
  get name(): string {
    return this.facts.name ?? "?";
  }

  /** The unknown that stands for `self.attr` or `self[key]`; `suffix` is `.attr` or `[key]`. */
  part(suffix: string): Unknown {
    this.parts ??= new Map();
    let part = this.parts.get(suffix);
    if (!part) {
      const { name, plain } = this.facts;
      part = new Unknown(this.why, {
        ...(name === undefined ? {} : { name: name + suffix }),
        ...(plain ? { plain } : {}),
      });
      this.parts.set(suffix, part);
    }
    return part;
  }

  /** Learns from its use, `(kernel_size - 1) // 2`, that it is a number and no tuple; as a divisor, a count. */
  takeAsNumber(isDivisor = false): void {
    this.usedAsNumber = true;
    this.usedAsCount ||= isDivisor;
  }

  /** Whether it is an int if it is a size at all. */
  get isNumber(): boolean {
    return this.usedAsNumber || this.facts.type === "int" || this.facts.dim !== undefined;
  }

  /** The size that this value is where it is used as one: always the same symbol. null where it can't be an int. */
  asDim(): Dim | null {
    if (this.size === undefined) {
      const { type, dim, name } = this.facts;
      if (type === "float" || type === "str") this.size = null;
      else if (dim) this.size = dim();
      else {
        const min = this.usedAsCount ? 1 : Number.NEGATIVE_INFINITY;
        this.size = symbol(name ?? "?", this.why, { min, anonymous: name === undefined });
      }
    }
    return this.size;
  }
}

// ── scalars ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export class None {
  readonly kind = "none";
}
export class Ellipsis {
  readonly kind = "ellipsis";
}
export class NotImplemented {
  readonly kind = "notimplemented";
}
export class Bool {
  readonly kind = "bool";
  readonly value: boolean;
  constructor(value: boolean) {
    this.value = value;
  }
}
/** An int, known or symbolic. */
export class Int {
  readonly kind = "int";
  readonly dim: Dim;
  constructor(dim: Dim) {
    this.dim = dim;
  }
}
export class Float {
  readonly kind = "float";
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}
export class Str {
  readonly kind = "str";
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}
export class Bytes {
  readonly kind = "bytes";
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}

export const none = new None();
export const ellipsis = new Ellipsis();
export const notImplemented = new NotImplemented();
export const True = new Bool(true);
export const False = new Bool(false);
export const bool = (value: boolean): Bool => (value ? True : False);
const smallInts = Array.from({ length: 1025 }, (_, n) => new Int(n));
export function int(dim: Dim): Int {
  return (typeof dim === "number" ? smallInts[dim] : undefined) ?? new Int(dim);
}
export const str = (value: string): Str => new Str(value);
export const float = (value: number): Float => new Float(value);

// ── containers ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** A tuple. `cls` is set for named tuples and for tuple-like host types. */
export class Tuple {
  readonly kind = "tuple";
  readonly items: readonly Value[];
  readonly cls: Class | null;
  constructor(items: readonly Value[], cls: Class | null = null) {
    this.items = items;
    this.cls = cls;
  }
}

/** A list; `lost` says why its contents are no longer known. */
export class List implements Mutable {
  readonly kind = "list";
  readonly born = now();
  items: Value[];
  lost: Unknown | null = null;
  constructor(items: Value[]) {
    this.items = items;
  }
  /** To be called before a write. */
  touch(): void {
    touch(this);
  }
  capture(): unknown {
    return { items: this.items.slice(), lost: this.lost };
  }
  restore(state: unknown): void {
    const { items, lost } = state as { items: Value[]; lost: Unknown | null };
    this.items = items.slice();
    this.lost = lost;
  }
  merge(one: unknown, other: unknown, join: Join): void {
    const a = one as { items: Value[]; lost: Unknown | null };
    const b = other as { items: Value[]; lost: Unknown | null };
    this.lost = a.lost ?? b.lost;
    if (this.lost === null && a.items.length === b.items.length) {
      this.items = a.items.map((item, i) => join(item, b.items[i]) ?? item);
    } else {
      this.items = [];
      this.lost ??= new Unknown("the list's length depends on an unknown condition");
    }
  }
}

/** What a dict or set finds an entry by; see `keyOf` in `equality.ts`. */
export type Key = string | number | boolean | object;

export class Dict implements Mutable {
  readonly kind = "dict";
  readonly born = now();
  entries: Map<Key, { key: Value; value: Value }>;
  lost: Unknown | null = null;
  /** Set for `defaultdict`, `OrderedDict`, `Counter` and user subclasses. */
  readonly cls: Class | null;
  /** `defaultdict`'s factory. */
  readonly factory: Value | null;
  /** Runs what may enter a key, in a dict that is filled as it is asked. */
  seek: ((name: string) => void) | null = null;
  constructor(
    entries: Map<Key, { key: Value; value: Value }> = new Map(),
    cls: Class | null = null,
    factory: Value | null = null,
  ) {
    this.entries = entries;
    this.cls = cls;
    this.factory = factory;
  }
  /** The entry of a key. */
  entry(key: Key): { key: Value; value: Value } | undefined {
    const found = this.entries.get(key);
    if (found !== undefined || this.seek === null || typeof key !== "string" || !key.startsWith("s")) return found;
    this.seek(key.slice(1));
    return this.entries.get(key);
  }
  /** The value under a string key. */
  get(name: string): Value | undefined {
    return this.entries.get(`s${name}`)?.value;
  }
  /** Sets the value under a string key. */
  set(name: string, value: Value): void {
    touch(this);
    this.entries.set(`s${name}`, { key: str(name), value });
  }
  delete(name: string): boolean {
    touch(this);
    return this.entries.delete(`s${name}`);
  }
  /** Something unknown wrote to it: no entry is certain any more. What is entered from here on is. */
  lose(why: Unknown): void {
    touch(this);
    this.lost ??= why;
    this.entries = new Map();
  }
  touch(): void {
    touch(this);
  }
  capture(): unknown {
    return { entries: new Map(this.entries), lost: this.lost };
  }
  restore(state: unknown): void {
    const { entries, lost } = state as { entries: Dict["entries"]; lost: Unknown | null };
    this.entries = new Map(entries);
    this.lost = lost;
  }
  merge(one: unknown, other: unknown, join: Join): void {
    const a = one as { entries: Dict["entries"]; lost: Unknown | null };
    const b = other as { entries: Dict["entries"]; lost: Unknown | null };
    this.lost = a.lost ?? b.lost;
    this.entries = new Map();
    if (this.lost !== null) return;
    if (a.entries.size !== b.entries.size || [...a.entries.keys()].some((key) => !b.entries.has(key))) {
      this.lost = new Unknown("the dict's keys depend on an unknown condition");
      return;
    }
    for (const [key, entry] of a.entries) {
      const value = join(entry.value, b.entries.get(key)?.value) ?? entry.value;
      this.entries.set(key, { key: entry.key, value });
    }
  }
}

export class SetValue implements Mutable {
  readonly kind = "set";
  readonly born = now();
  items: Map<Key, Value>;
  readonly frozen: boolean;
  lost: Unknown | null = null;
  constructor(items: Map<Key, Value>, frozen = false) {
    this.items = items;
    this.frozen = frozen;
  }
  touch(): void {
    touch(this);
  }
  capture(): unknown {
    return { items: new Map(this.items), lost: this.lost };
  }
  restore(state: unknown): void {
    const { items, lost } = state as { items: Map<Key, Value>; lost: Unknown | null };
    this.items = new Map(items);
    this.lost = lost;
  }
  merge(one: unknown, other: unknown, _join: Join): void {
    const a = one as { items: Map<Key, Value>; lost: Unknown | null };
    const b = other as { items: Map<Key, Value>; lost: Unknown | null };
    const same = a.items.size === b.items.size && [...a.items.keys()].every((key) => b.items.has(key));
    this.lost = a.lost ?? b.lost ?? (same ? null : new Unknown("the set depends on an unknown condition"));
    this.items = this.lost ? new Map() : new Map(a.items);
  }
}

export class Range {
  readonly kind = "range";
  readonly start: Dim;
  readonly stop: Dim;
  readonly step: number;
  constructor(start: Dim, stop: Dim, step: number) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

export class Slice {
  readonly kind = "slice";
  readonly lower: Value;
  readonly upper: Value;
  readonly step: Value;
  constructor(lower: Value, upper: Value, step: Value) {
    this.lower = lower;
    this.upper = upper;
    this.step = step;
  }
}

/** A JavaScript iterator over values; what is sent to it is what `yield` gives. */
export interface Steps {
  next(sent?: Value): IteratorResult<Value, unknown>;
  /** Goes on with a problem raised where the iterator waits; only generators can. */
  throw?: ((problem: unknown) => IteratorResult<Value, unknown>) | undefined;
}

/**
 * What is being iterated: a JS iterator over values. A generator is one too. A step can't be undone: an iterator that
 * advanced on one side of an unknown condition is `lost`.
 */
export class Iterator implements Mutable {
  readonly kind = "iterator";
  readonly born = now();
  readonly source: Steps;
  readonly typeName: string;
  private taken = 0;
  lost: Unknown | null = null;
  constructor(source: Steps, typeName = "iterator") {
    this.source = source;
    this.typeName = typeName;
  }
  /** The next item; what is sent is what `yield` gives. */
  advance(sent?: Value): IteratorResult<Value, unknown> {
    touch(this);
    this.taken += 1;
    return this.source.next(sent);
  }
  capture(): unknown {
    return this.taken;
  }
  restore(state: unknown): void {
    if (state !== this.taken) this.lost ??= new Unknown("the iterator advanced under an unknown condition");
  }
  merge(one: unknown, other: unknown, _join: Join): void {
    this.restore(one);
    this.restore(other);
  }
}

// ── what can be called ───────────────────────────────────────────────────────────────────────────────────────────────

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

// ── classes and objects ──────────────────────────────────────────────────────────────────────────────────────────────

export class Class implements Mutable {
  readonly kind = "class";
  readonly born = now();
  readonly name: string;
  /** Qualified, `package.module.Layer` or `net.Block`. */
  readonly qualname: string;
  readonly module: string;
  readonly bases: readonly Class[];
  readonly mro: readonly Class[];
  readonly metaclass: Class | null;
  dict: Map<string, Value>;
  /** Set where a base class is not known: what is not found may be in there. */
  readonly unknownBase: Unknown | null;
  readonly def: ClassDef | null;
  readonly site: Site | null;
  /** What the class statement left for those who build on it. A field: a weak map would keep whole runs alive. */
  body: ClassBody | null = null;
  /**
   * Set for a class that the interpreter knows in part: a miss on it is unknown, not an error. A set holds the names that
   * it may have beside those that are known.
   */
  readonly partial: boolean | ReadonlySet<string>;

  constructor(fields: {
    name: string;
    qualname?: string;
    module?: string;
    bases?: readonly Class[];
    mro?: readonly Class[];
    metaclass?: Class | null;
    dict?: Map<string, Value>;
    unknownBase?: Unknown | null;
    def?: ClassDef | null;
    site?: Site | null;
    partial?: boolean | ReadonlySet<string>;
  }) {
    this.name = fields.name;
    this.module = fields.module ?? "builtins";
    this.qualname = fields.qualname ?? (this.module === "builtins" ? this.name : `${this.module}.${this.name}`);
    this.bases = fields.bases ?? [];
    this.metaclass = fields.metaclass ?? this.bases.find((base) => base.metaclass)?.metaclass ?? null;
    this.dict = fields.dict ?? new Map();
    this.unknownBase = fields.unknownBase ?? this.bases.find((base) => base.unknownBase)?.unknownBase ?? null;
    this.def = fields.def ?? null;
    this.site = fields.site ?? null;
    this.partial = fields.partial ?? false;
    this.mro = [this, ...(fields.mro ?? this.bases.flatMap((base) => base.mro))];
  }

  /** Looks `name` up along the MRO. */
  lookup(name: string): Value | undefined {
    for (const cls of this.mro) {
      const value = cls.dict.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  isSubclassOf(other: Class): boolean {
    return this.mro.includes(other);
  }

  delete(name: string): boolean {
    touch(this);
    return this.dict.delete(name);
  }
  set(name: string, value: Value): void {
    touch(this);
    this.dict.set(name, value);
  }
  capture(): unknown {
    return new Map(this.dict);
  }
  restore(state: unknown): void {
    this.dict = new Map(state as Map<string, Value>);
  }
  merge(one: unknown, other: unknown, join: Join): void {
    this.dict = mergeMaps(one as Map<string, Value>, other as Map<string, Value>, join);
  }
}

/** An object of a class. */
export class Instance implements Mutable {
  readonly kind = "instance";
  readonly born = now();
  cls: Class;
  /** The class that it was made of, where a program gave it another one since. */
  private made: Class | null = null;
  attrs: Map<string, Value> = new Map();
  /** The call that made it. */
  readonly site: Site | null;
  /** What a framework keeps beside the attributes. */
  extra: object | null = null;
  /** What was found out about the object when the run was over. A field, as `Class.body` is. */
  facts: object | null = null;
  constructor(cls: Class, site: Site | null) {
    this.cls = cls;
    this.site = site;
  }
  set(name: string, value: Value): void {
    touch(this);
    this.attrs.set(name, value);
  }
  delete(name: string): boolean {
    touch(this);
    return this.attrs.delete(name);
  }
  /** `object.__class__ = cls`. The class stands among the attributes, so that it is put back with them. */
  setClass(cls: Class): void {
    this.made ??= this.cls;
    this.set(classKey, cls);
    this.cls = cls;
  }
  capture(): unknown {
    return new Map(this.attrs);
  }
  restore(state: unknown): void {
    this.attrs = new Map(state as Map<string, Value>);
    this.settleClass();
  }
  merge(one: unknown, other: unknown, join: Join): void {
    // What only one side has set, the other one reads off the class.
    const inherited = (name: string): Value | undefined => this.cls.lookup(name);
    this.attrs = mergeMaps(one as Map<string, Value>, other as Map<string, Value>, join, inherited);
    this.settleClass();
  }
  private settleClass(): void {
    if (this.made === null) return;
    const cls = this.attrs.get(classKey);
    this.cls = cls?.kind === "class" ? cls : this.made;
  }
}

const classKey = "%class";

/** Base of the values that a framework brings: tensors, dtypes, devices. */
export abstract class Host {
  readonly kind = "host";
  abstract readonly cls: Class;
  /** Its text in a message. */
  abstract describe(): string;
  /** What holds of both; null where they have nothing in common. */
  abstract join(other: Host): Value | null;
  /** To be called where something unknown may write to it. */
  forget(): void {}
  /** Equality and hash as a dict key; identity unless overridden. */
  key(): Key {
    return this;
  }
}

// ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The names of one function call, class body or module. */
export class Scope implements Mutable {
  readonly born = now();
  vars: Map<string, Value> = new Map();
  readonly parent: Scope | null;
  constructor(parent: Scope | null) {
    this.parent = parent;
  }
  set(name: string, value: Value): void {
    touch(this);
    this.vars.set(name, value);
  }
  delete(name: string): boolean {
    touch(this);
    return this.vars.delete(name);
  }
  capture(): unknown {
    return new Map(this.vars);
  }
  restore(state: unknown): void {
    this.vars = new Map(state as Map<string, Value>);
  }
  merge(one: unknown, other: unknown, join: Join): void {
    this.vars = mergeMaps(one as Map<string, Value>, other as Map<string, Value>, join);
  }
}

/** A module: a file of Python, or names that the interpreter or a framework brings. */
export class Module {
  readonly kind = "module";
  readonly name: string;
  readonly scope = new Scope(null);
  /** The file, for `__file__` and relative imports; null for native modules. */
  readonly file: string | null;
  readonly isPackage: boolean;
  /** Computes names that are not in the scope yet; null where there is no such name. */
  readonly fallback: ((name: string, it: Interpreter) => Value | null) | null;
  /** Why names may be missing from it that its file has; null where none can. */
  incomplete: string | null;
  constructor(
    name: string,
    options: {
      file?: string | null;
      isPackage?: boolean;
      fallback?: Module["fallback"];
      incomplete?: string | null;
    } = {},
  ) {
    this.name = name;
    this.file = options.file ?? null;
    this.isPackage = options.isPackage ?? false;
    this.fallback = options.fallback ?? null;
    this.incomplete = options.incomplete ?? null;
  }
}
