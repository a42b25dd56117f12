/** Python's containers, with what is known of those that something unknown may have written to; and iterators. */
import type { Dim } from "../../algebra/index.ts";
import { type Join, type Mutable, now, touch } from "../journal.ts";
import type { Value } from "../values.ts";
import type { Class } from "./objects.ts";
import { str } from "./scalars.ts";
import { Unknown } from "./unknown.ts";

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
