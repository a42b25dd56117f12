/** Filling dicts from mappings, pairs and keywords: `dict(…)`, `update`, `{**mapping}`. */
import { findAttribute } from "./attributes.ts";
import { call } from "./call.ts";
import { baseOf } from "./derived.ts";
import type { Interpreter } from "./interpreter.ts";
import { itemsOf } from "./iterate.ts";
import { getItem, storeItem } from "./subscript.ts";
import { type Dict, type Keywords, str, Unknown, type Value } from "./values.ts";

/** What `dict(source, **keywords)` and `update` do. */
export function fillDict(it: Interpreter, dict: Dict, source: Value | undefined, keywords: Keywords): Dict {
  dict.touch();
  if (source) enterMapping(it, dict, source);
  for (const [name, value] of keywords) dict.entries.set(`s${name}`, { key: str(name), value });
  return dict;
}

/** Enters the items of a mapping, or of an iterable of pairs. */
export function enterMapping(it: Interpreter, dict: Dict, value: Value): void {
  const source = baseOf(value);
  if (source.kind === "dict") {
    if (source.lost) dict.lose(source.lost);
    for (const { key, value: item } of [...source.entries.values()]) storeItem(dict, key, item);
    return;
  }
  const keys = source.kind === "unknown" ? undefined : findAttribute(it, source, "keys");
  if (keys && keys.kind !== "unknown") {
    const items = itemsOf(it, call(it, keys, []));
    if (items instanceof Unknown) dict.lose(items);
    else for (const key of items) storeItem(dict, key, getItem(it, source, key));
    return;
  }
  const pairs = itemsOf(it, source);
  if (pairs instanceof Unknown) {
    dict.lose(pairs);
    return;
  }
  for (const pair of pairs) {
    const parts = itemsOf(it, pair);
    if (parts instanceof Unknown) dict.lose(parts);
    else if (parts.length !== 2) it.raise("ValueError", "dictionary update sequence element has the wrong length");
    else storeItem(dict, parts[0] as Value, parts[1] as Value);
  }
}
