/** `value[index]`: reading, writing and deleting items of sequences, mappings and objects. */
import type { Dim } from "../algebra/index.ts";
import { describeType, specialMethod } from "./attributes.ts";
import { call } from "./call.ts";
import { baseOf } from "./derived.ts";
import { keyOf, numberOf } from "./equality.ts";
import type { Interpreter } from "./interpreter.ts";
import { itemsOf } from "./iterate.ts";
import { tupleClass } from "./types.ts";
import { Bytes, type Dict, int, List, Range, type Slice, str, Tuple, Unknown, type Value } from "./values.ts";

export function getItem(it: Interpreter, value: Value, index: Value): Value {
  if (index.kind === "slice" && value.kind !== "unknown") checkStep(it, index);
  switch (value.kind) {
    case "unknown": {
      const key = index.kind === "str" || index.kind === "int" ? keyOf(index) : null;
      return key === null
        ? new Unknown(value.why)
        : value.part(`[${index.kind === "str" ? `"${index.value}"` : String(key)}]`);
    }
    case "tuple": {
      const method = value.cls?.lookup("__getitem__");
      if (method && method !== tupleClass.dict.get("__getitem__")) return call(it, method, [value, index]);
      if (index.kind === "slice")
        return sliced(
          value.items,
          index,
          (items) => new Tuple(items, value.cls?.dict.has("%sliceable") ? value.cls : null),
        );
      return element(it, value.items, index, "tuple");
    }
    case "list":
      if (value.lost) return new Unknown(value.lost.why);
      if (index.kind === "slice") return sliced(value.items, index, (items) => new List(items));
      return element(it, value.items, index, "list");
    case "str":
      if (index.kind === "slice")
        return sliced([...value.value].map(str), index, (items) => str(items.map(textOf).join("")));
      return element(it, [...value.value].map(str), index, "string");
    case "bytes":
      if (index.kind === "slice") {
        return sliced(numbersOf(value), index, (items) => new Bytes(String.fromCharCode(...items.map(codeOf))));
      }
      return element(it, numbersOf(value), index, "index");
    case "range": {
      const { start, stop, step } = value;
      if (typeof start !== "number" || typeof stop !== "number")
        return new Unknown("an item of a range of unknown length");
      const length = Math.max(0, Math.ceil((stop - start) / step));
      if (index.kind === "slice") return sliceRange(value, index, length);
      const n = numberOf(index);
      if (n === null) return new Unknown("the index is not known");
      if (n >= length || n < -length) it.raise("IndexError", "range object index out of range");
      return int(start + (n < 0 ? n + length : n) * step);
    }
    case "dict":
      return dictItem(it, value, index);
    case "class": {
      // `list[int]`, `Generic[T]`: a type's parameters decide nothing at run time.
      const method = value.metaclass?.lookup("__getitem__");
      if (method) return call(it, method, [value, index]);
      const classGetItem = value.lookup("__class_getitem__");
      return classGetItem?.kind === "function" ? call(it, classGetItem, [value, index]) : value;
    }
    default: {
      const method = specialMethod(it, value, "__getitem__");
      if (method) return call(it, method, [index]);
      if (value.kind === "instance" && value.cls.unknownBase) return new Unknown(value.cls.unknownBase.why);
      if (value.kind === "native" || value.kind === "function") return value;
      return it.raise("TypeError", `'${describeType(value)}' object is not subscriptable`);
    }
  }
}

export function setItem(it: Interpreter, value: Value, index: Value, item: Value): void {
  switch (value.kind) {
    case "list": {
      if (value.lost) return;
      value.touch();
      if (index.kind === "slice") {
        const items = itemsOf(it, item);
        const bounds = sliceBounds(index, value.items.length);
        if (items instanceof Unknown || bounds === null) {
          value.lost ??= new Unknown("a part of the list was replaced by something unknown");
        } else if (bounds.step === 1) {
          value.items.splice(bounds.start, Math.max(0, bounds.stop - bounds.start), ...items);
        } else {
          const places = placesOf(bounds);
          if (places.length !== items.length) {
            const sizes = `sequence of size ${items.length} to extended slice of size ${places.length}`;
            it.raise("ValueError", `attempt to assign ${sizes}`);
          }
          places.forEach((place, i) => {
            value.items[place] = items[i] as Value;
          });
        }
        return;
      }
      const n = numberOf(index);
      if (n === null) {
        value.lost ??= new Unknown("an unknown index of the list was written to");
        return;
      }
      const at = n < 0 ? n + value.items.length : n;
      if (at < 0 || at >= value.items.length) it.raise("IndexError", "list assignment index out of range");
      value.items[at] = item;
      return;
    }
    case "dict": {
      const own = value.cls?.lookup("__setitem__");
      if (own && own.kind !== "native") {
        call(it, own, [value, index, item]);
        return;
      }
      storeItem(value, index, item);
      return;
    }
    case "unknown":
      return;
    default: {
      const method = specialMethod(it, value, "__setitem__");
      if (method) call(it, method, [index, item]);
      else if (!(value.kind === "instance" && value.cls.unknownBase)) {
        it.raise("TypeError", `'${describeType(value)}' object does not support item assignment`);
      }
    }
  }
}

export function deleteItem(it: Interpreter, value: Value, index: Value): void {
  if (value.kind === "list") {
    if (value.lost) return;
    value.touch();
    const n = numberOf(index);
    if (index.kind === "slice") {
      const bounds = sliceBounds(index, value.items.length);
      if (bounds) {
        const gone = new Set(placesOf(bounds));
        value.items = value.items.filter((_item, i) => !gone.has(i));
      } else value.lost ??= new Unknown("a part of the list was deleted");
    } else if (n === null) value.lost ??= new Unknown("an unknown index of the list was deleted");
    else if (n >= value.items.length || n < -value.items.length) it.raise("IndexError", "list index out of range");
    else value.items.splice(n, 1);
  } else if (value.kind === "dict") {
    value.touch();
    const key = keyOf(index);
    if (key === null) value.lose(new Unknown("an unknown key of the dict was deleted"));
    else if (!value.entries.delete(key) && !value.lost) it.raise("KeyError", index);
  } else if (value.kind !== "unknown") {
    const method = specialMethod(it, value, "__delitem__");
    if (method) call(it, method, [index]);
  }
}

/** Enters an item into a dict; an unknown key makes the whole dict unknown. */
export function storeItem(dict: Dict, index: Value, item: Value): void {
  dict.touch();
  const key = keyOf(index);
  if (key === null) dict.lose(new Unknown("a key that is not known was set"));
  else dict.entries.set(key, { key: dict.entries.get(key)?.key ?? index, value: item });
}

/** The bounds of a slice over `length` items, clamped as Python clamps; null where they are not known. */
export function sliceBounds(slice: Slice, length: number): { start: number; stop: number; step: number } | null {
  const step = slice.step.kind === "none" ? 1 : numberOf(slice.step);
  const lower = slice.lower.kind === "none" ? undefined : numberOf(slice.lower);
  const upper = slice.upper.kind === "none" ? undefined : numberOf(slice.upper);
  if (step === null || step === 0 || lower === null || upper === null) return null;
  const clamp = (n: number): number => {
    const at = n < 0 ? n + length : n;
    return step > 0 ? Math.min(Math.max(at, 0), length) : Math.min(Math.max(at, -1), length - 1);
  };
  return {
    start: lower === undefined ? (step > 0 ? 0 : length - 1) : clamp(lower),
    stop: upper === undefined ? (step > 0 ? length : -1) : clamp(upper),
    step,
  };
}

/** The places that a slice takes, in its order. */
export function placesOf({ start, stop, step }: { start: number; stop: number; step: number }): number[] {
  const places: number[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) places.push(i);
  return places;
}

function checkStep(it: Interpreter, slice: Slice): void {
  if (numberOf(slice.step) === 0) it.raise("ValueError", "slice step cannot be zero");
}

function sliced(items: readonly Value[], slice: Slice, make: (items: Value[]) => Value): Value {
  const bounds = sliceBounds(slice, items.length);
  if (bounds === null) return new Unknown("the bounds of the slice are not known");
  const { start, stop, step } = bounds;
  if (step === 1) return make(items.slice(start, Math.max(start, stop)));
  const taken: Value[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) taken.push(items[i] as Value);
  return make(taken);
}

function sliceRange(range: Range, slice: Slice, length: number): Value {
  const bounds = sliceBounds(slice, length);
  if (bounds === null || typeof range.start !== "number") return new Unknown("the bounds of the slice are not known");
  const at = (n: number): Dim => (range.start as number) + n * range.step;
  return new Range(at(bounds.start), at(bounds.stop), bounds.step * range.step);
}

function element(it: Interpreter, items: readonly Value[], index: Value, what: string): Value {
  const n = numberOf(baseOf(index));
  if (n === null) {
    const method =
      index.kind === "instance" || index.kind === "host" ? specialMethod(it, index, "__index__") : undefined;
    if (method) return element(it, items, call(it, method, []), what);
    if (index.kind === "str" || index.kind === "none" || index.kind === "float" || index.kind === "tuple") {
      const type = describeType(index);
      it.raise(
        "TypeError",
        what === "string"
          ? `string indices must be integers, not '${type}'`
          : `${what} indices must be integers or slices, not ${type}`,
      );
    }
    return new Unknown("the index is not known");
  }
  const item = items[n < 0 ? n + items.length : n];
  return item ?? it.raise("IndexError", `${what} index out of range`);
}

function dictItem(it: Interpreter, dict: Dict, index: Value): Value {
  const own = dict.cls?.lookup("__getitem__");
  if (own && own.kind !== "native") return call(it, own, [dict, index]);
  const key = keyOf(index);
  if (key === null) return new Unknown(index.kind === "unknown" ? index.why : "the key is not known");
  const entry = dict.entry(key);
  if (entry) return entry.value;
  if (dict.lost) return new Unknown(dict.lost.why);
  mustBeHashable(it, index);
  if (dict.factory && dict.factory.kind !== "none") {
    const made = call(it, dict.factory, []);
    storeItem(dict, index, made);
    return made;
  }
  const missing = dict.cls?.lookup("__missing__");
  if (missing) return call(it, missing, [dict, index]);
  return it.raise("KeyError", index);
}

/** Lists, dicts and sets are no keys. */
function mustBeHashable(it: Interpreter, key: Value): void {
  if (key.kind === "list" || key.kind === "dict" || (key.kind === "set" && !key.frozen)) {
    it.raise("TypeError", `unhashable type: '${describeType(key)}'`);
  }
}

/** Bytes as the numbers that they are. */
export function numbersOf(value: Bytes): Value[] {
  return Array.from(value.value, (character) => int(character.charCodeAt(0)));
}

function codeOf(value: Value): number {
  return numberOf(value) ?? 0;
}

function textOf(value: Value): string {
  return value.kind === "str" ? value.value : "";
}
