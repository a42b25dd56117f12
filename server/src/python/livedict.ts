/** Dicts that look at the names of an object or a scope: `__dict__`, `globals()`. Both see what the other writes. */
import { Dict, type Key, str, type Unknown, type Value } from "./values.ts";

/** What names can be set in and deleted from; it keeps the journal itself. */
interface Namespace {
  names(): ReadonlyMap<string, Value>;
  set(name: string, value: Value): void;
  delete(name: string): boolean;
  /** Any name may have been written to. */
  lose(why: Unknown): void;
}

type Entry = { key: Value; value: Value };

export function liveDict(namespace: Namespace): Dict {
  return new LiveDict(namespace);
}

/** The namespace keeps the journal, so there is nothing of its own to put back. */
class LiveDict extends Dict {
  private readonly namespace: Namespace;
  constructor(namespace: Namespace) {
    super(new LiveEntries(namespace));
    this.namespace = namespace;
  }
  override lose(why: Unknown): void {
    this.namespace.lose(why);
    this.lost ??= why;
  }
  override capture(): unknown {
    return null;
  }
  override restore(): void {}
  override merge(): void {}
}

class LiveEntries extends Map<Key, Entry> {
  private readonly namespace: Namespace;
  constructor(namespace: Namespace) {
    super();
    this.namespace = namespace;
  }
  override get size(): number {
    return this.namespace.names().size;
  }
  override has(key: Key): boolean {
    return typeof key === "string" && this.namespace.names().has(key.slice(1));
  }
  override get(key: Key): Entry | undefined {
    if (typeof key !== "string") return undefined;
    const value = this.namespace.names().get(key.slice(1));
    return value && { key: str(key.slice(1)), value };
  }
  override set(_key: Key, entry: Entry): this {
    if (entry.key.kind === "str") this.namespace.set(entry.key.value, entry.value);
    return this;
  }
  override delete(key: Key): boolean {
    return typeof key === "string" && this.namespace.delete(key.slice(1));
  }
  override clear(): void {
    for (const name of [...this.namespace.names().keys()]) this.namespace.delete(name);
  }
  override *keys(): MapIterator<Key> {
    for (const name of this.namespace.names().keys()) yield `s${name}`;
  }
  override *values(): MapIterator<Entry> {
    for (const [name, value] of this.namespace.names()) yield { key: str(name), value };
  }
  override *entries(): MapIterator<[Key, Entry]> {
    for (const [name, value] of this.namespace.names()) yield [`s${name}`, { key: str(name), value }];
  }
  override [Symbol.iterator](): MapIterator<[Key, Entry]> {
    return this.entries();
  }
  override forEach(visit: (entry: Entry, key: Key, map: Map<Key, Entry>) => void): void {
    for (const [key, entry] of this.entries()) visit(entry, key, this);
  }
}
