/** Equality, truth, and the keys that dicts and sets find entries by. Three-valued: undefined is "can't tell". */
import { keyOf as dimKey, eq, integer, ne, type Tri } from "../algebra/index.ts";
import { baseOf } from "./derived.ts";
import { classOf, objectClass } from "./types.ts";
import { type Class, type Instance, type Key, Tuple, type Value } from "./values.ts";

/** A value's key in a dict or set; null where it can't be told apart from others (unknown or symbolic). */
export function keyOf(value: Value): Key | null {
  switch (value.kind) {
    case "str":
      return `s${value.value}`;
    case "bytes":
      return `b${value.value}`;
    case "int":
      return typeof value.dim === "number" ? value.dim : `i${dimKey(value.dim)}`;
    case "bool":
      return value.value ? 1 : 0;
    case "float":
      return value.value;
    case "none":
      return "none";
    case "ellipsis":
      return "ellipsis";
    case "tuple": {
      const parts: string[] = [];
      for (const item of value.items) {
        const key = keyOf(item);
        if (key === null) return null;
        parts.push(typeof key === "object" ? `o${identity(key)}` : `${typeof key}${key}`);
      }
      return `t(${parts.join("\u0000")})`;
    }
    case "unknown":
      return null;
    case "set":
      return value.frozen ? `f(${[...value.items.keys()].map(String).sort().join("\u0000")})` : value;
    case "host":
      return value.key();
    case "instance":
      return keyOfInstance(value);
    case "bound":
      return `m${identity(value.func)}.${identity(value.self)}`;
    default:
      return value;
  }
}

/** Fields by which objects of a class are found, where what is equal by them is one key. */
export const keyedBy = new WeakMap<Class, readonly string[]>();

/** Objects are found by identity, unless their class says what equals them: that is not followed. */
function keyOfInstance(value: Instance): Key | null {
  const base = baseOf(value);
  if (base.kind !== "instance" && base.kind !== "list" && base.kind !== "dict") return keyOf(base);
  const decides = value.cls.mro.find((cls) => cls.dict.has("__eq__"));
  const fields = decides === value.cls ? keyedBy.get(value.cls) : undefined;
  if (fields) {
    const items = fields.flatMap((name) => value.attrs.get(name) ?? []);
    const key = items.length === fields.length ? keyOf(new Tuple(items)) : null;
    return key === null ? null : `c${identity(value.cls)}${String(key)}`;
  }
  return decides === undefined || decides === objectClass ? value : null;
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

/** A number that stands for the object, as `id()` does. */
export function identity(object: object): number {
  let id = identities.get(object);
  if (id === undefined) {
    lastIdentity += 1;
    id = lastIdentity;
    identities.set(object, id);
  }
  return id;
}

/**
 * `a == b` for built-in values; objects with an `__eq__` of their own are the caller's business, who passes `inner` for
 * what lies in containers.
 */
export function equalValues(a: Value, b: Value, inner: (a: Value, b: Value) => Tri = equalValues): Tri {
  if (a.kind === "unknown" || b.kind === "unknown") return a === b ? true : undefined;
  const numberA = numberOf(a);
  const numberB = numberOf(b);
  if (numberA !== null && numberB !== null) return numberA === numberB;
  if (a.kind === "int" && b.kind === "int") return eq(a.dim, b.dim);
  if (a.kind === "int" || b.kind === "int") {
    const isNumber = (v: Value): boolean => v.kind === "int" || v.kind === "bool" || v.kind === "float";
    return isNumber(a) && isNumber(b) ? symbolicEqual(a, b) : false;
  }
  if (a === b) return true;
  if (a.kind !== b.kind) return a.kind === "host" || b.kind === "host" ? undefined : false;
  switch (a.kind) {
    case "str":
    case "bytes":
      return a.value === (b as typeof a).value;
    case "none":
    case "ellipsis":
      return true;
    case "tuple":
      return equalSequences(a.items, (b as typeof a).items, inner);
    case "list": {
      const other = b as typeof a;
      return a.lost || other.lost ? undefined : equalSequences(a.items, other.items, inner);
    }
    case "dict": {
      const other = b as typeof a;
      if (a.lost || other.lost) return undefined;
      if (a.entries.size !== other.entries.size) return false;
      let result: Tri = true;
      for (const [key, entry] of a.entries) {
        const match = other.entries.get(key);
        if (!match) return false;
        const equal = entry.value === match.value ? true : inner(entry.value, match.value);
        if (equal === false) return false;
        if (equal === undefined) result = undefined;
      }
      return result;
    }
    case "set": {
      const other = b as typeof a;
      if (a.lost || other.lost) return undefined;
      return a.items.size === other.items.size && [...a.items.keys()].every((key) => other.items.has(key));
    }
    case "range": {
      const other = b as typeof a;
      return a.step === other.step ? and(eq(a.start, other.start), eq(a.stop, other.stop)) : undefined;
    }
    case "bound":
      return a.func === (b as typeof a).func && a.self === (b as typeof a).self;
    case "host":
      return keyOf(a) === keyOf(b);
    default:
      return false;
  }
}

function equalSequences(a: readonly Value[], b: readonly Value[], inner: (a: Value, b: Value) => Tri): Tri {
  if (a.length !== b.length) return false;
  let result: Tri = true;
  for (let i = 0; i < a.length; i += 1) {
    const equal = a[i] === b[i] ? true : inner(a[i] as Value, b[i] as Value);
    if (equal === false) return false;
    if (equal === undefined) result = undefined;
  }
  return result;
}

function symbolicEqual(a: Value, b: Value): Tri {
  const [symbolic, other] = a.kind === "int" ? [a, b] : [b as typeof a & { kind: "int" }, a];
  const number = numberOf(other);
  if (number === null || symbolic.kind !== "int") return undefined;
  return Number.isInteger(number) ? eq(symbolic.dim, integer(BigInt(number))) : false;
}

/** The plain number that an int, bool or float is; null where it is symbolic or no number. */
export function numberOf(value: Value): number | null {
  switch (value.kind) {
    case "int":
      return typeof value.dim === "number" ? value.dim : null;
    case "float":
      return value.value;
    case "bool":
      return value.value ? 1 : 0;
    default:
      return null;
  }
}

/** Truth of built-in values; undefined for the unknown and for objects that decide themselves. */
export function truthOfBuiltin(value: Value): Tri {
  switch (value.kind) {
    case "none":
      return false;
    case "bool":
      return value.value;
    case "int":
      return typeof value.dim === "number" ? value.dim !== 0 : ne(value.dim, 0);
    case "float":
      return value.value !== 0;
    case "str":
    case "bytes":
      return value.value.length > 0;
    case "tuple":
      return value.items.length > 0;
    case "list":
      return value.lost ? undefined : value.items.length > 0;
    case "dict":
      return value.lost ? undefined : value.entries.size > 0;
    case "set":
      return value.lost ? undefined : value.items.size > 0;
    case "unknown":
    case "instance":
    case "host":
    case "range":
      return undefined;
    default:
      return true;
  }
}

export function and(a: Tri, b: Tri): Tri {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}
export function not(a: Tri): Tri {
  return a === undefined ? undefined : !a;
}

/** `isinstance(value, cls)` where the class is known; undefined where it can't be told. */
export function isInstance(value: Value, cls: Class): Tri {
  const own = classOf(value);
  if (own === null) return undefined;
  if (own.isSubclassOf(cls)) return true;
  return own.unknownBase ? undefined : false;
}
