/** Classes, their instances, and the base of the values that a framework brings. */
import type { ClassDef, Site } from "../../syntax/ast.ts";
import type { ClassBody } from "../classes.ts";
import { type Join, type Mutable, mergeMaps, now, touch } from "../journal.ts";
import type { Value } from "../values.ts";
import type { Key } from "./containers.ts";
import type { Unknown } from "./unknown.ts";

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
  /** Whether it stands for a base class that is not known, at its place in the MRO. */
  readonly standsForUnknown: boolean;
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
    standsForUnknown?: boolean;
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
    this.standsForUnknown = fields.standsForUnknown ?? false;
    this.def = fields.def ?? null;
    this.site = fields.site ?? null;
    this.partial = fields.partial ?? false;
    this.mro = [this, ...(fields.mro ?? this.bases.flatMap((base) => base.mro))];
  }

  /** Looks `name` up along the MRO, behind `after` if that is given. */
  lookup(name: string, after: Class | null = null): Value | undefined {
    const { mro, unknownBase } = this;
    let hidden: Unknown | null = null;
    for (let i = after === null ? 0 : mro.indexOf(after) + 1; i < mro.length; i += 1) {
      const cls = mro[i] as Class;
      const value = cls.dict.get(name);
      if (value !== undefined) return hidden?.part(`.${name}`) ?? value;
      // What stands there may have the name itself. It is not taken to change how objects work: the special methods.
      if (cls.standsForUnknown && !name.startsWith("__") && !name.startsWith("%"))
        hidden ??= cls.unknownBase ?? unknownBase;
    }
    return undefined;
  }

  /** The base that is not known and comes before the class that has `name`: what is found may not be what is run. */
  hiding(name: string, after: Class | null = null): Unknown | null {
    for (const cls of after === null ? this.mro : this.mro.slice(this.mro.indexOf(after) + 1)) {
      if (cls.dict.has(name)) return null;
      if (cls.standsForUnknown) return cls.unknownBase;
    }
    return null;
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
