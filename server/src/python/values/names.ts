/** Where names live: the scopes of calls, and modules. */
import type { Interpreter } from "../interpreter.ts";
import { type Join, type Mutable, mergeMaps, now, touch } from "../journal.ts";
import type { Value } from "../values.ts";

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
