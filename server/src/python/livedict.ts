/** Dicts that look at the names of an object or a scope: `__dict__`, `globals()`. Both see what the other writes. */
import { Dict, type Key, str, type Value } from "./values.ts";

/** What names can be set in and deleted from; it keeps the journal itself. */
interface Namespace {
  set(name: string, value: Value): void;
  delete(name: string): boolean;
}

type Names = () => ReadonlyMap<string, Value>;
type Entry = { key: Value; value: Value };

export function liveDict(namespace: Namespace, names: Names): Dict {
  return new LiveDict(new LiveEntries(namespace, names));
}

/** The namespace keeps the journal, so there is nothing of its own to put back. */
class LiveDict extends Dict {
  override capture(): unknown {
    return null;
  }
  override restore(): void {}
  override merge(): void {}
}

class LiveEntries extends Map<Key, Entry> {
  private readonly namespace: Namespace;
  private readonly names: Names;
  constructor(namespace: Namespace, names: Names) {
    super();
    this.namespace = namespace;
    this.names = names;
  }
  override get size(): number {
    return this.names().size;
  }
  override has(key: Key): boolean {
    return typeof key === "string" && this.names().has(key.slice(1));
  }
  override get(key: Key): Entry | undefined {
    if (typeof key !== "string") return undefined;
    const value = this.names().get(key.slice(1));
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
    for (const name of [...this.names().keys()]) this.namespace.delete(name);
  }
  override *keys(): MapIterator<Key> {
    for (const name of this.names().keys()) yield `s${name}`;
  }
  override *values(): MapIterator<Entry> {
    for (const [name, value] of this.names()) yield { key: str(name), value };
  }
  override *entries(): MapIterator<[Key, Entry]> {
    for (const [name, value] of this.names()) yield [`s${name}`, { key: str(name), value }];
  }
  override [Symbol.iterator](): MapIterator<[Key, Entry]> {
    return this.entries();
  }
  override forEach(visit: (entry: Entry, key: Key, map: Map<Key, Entry>) => void): void {
    for (const [key, entry] of this.entries()) visit(entry, key, this);
  }
}
