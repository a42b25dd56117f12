/** Values that hold tensors. */

import { baseOf } from "../../../python/derived.ts";
import { Dict, List, Tuple, type Value } from "../../../python/values.ts";
import { TensorValue } from "./values.ts";

/** Whether a value is a tensor or holds one, in sequences and dicts. */
export function holdsTensor(value: Value): boolean {
  if (value instanceof TensorValue) return true;
  if (value.kind === "tuple") return value.items.some(holdsTensor);
  if (value.kind === "list") return !value.lost && value.items.some(holdsTensor);
  if (value.kind === "dict") return [...value.entries.values()].some((entry) => holdsTensor(entry.value));
  const base = baseOf(value);
  return base !== value && holdsTensor(base);
}

/** A value as it is now: lists and dicts that hold tensors are copied, since the program may write to them later. */
export function frozen(value: Value): Value {
  if (!holdsTensor(value)) return value;
  switch (value.kind) {
    case "tuple":
      return new Tuple(value.items.map(frozen), value.cls);
    case "list":
      return new List(value.items.map(frozen));
    case "dict":
      return new Dict(
        new Map([...value.entries].map(([key, entry]) => [key, { key: entry.key, value: frozen(entry.value) }])),
      );
    default: {
      const base = baseOf(value);
      return base === value ? value : frozen(base);
    }
  }
}
