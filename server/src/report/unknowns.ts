/** Why something is not known, for cards: the first reason that a value gives. */
import { TensorValue } from "../frameworks/torch/binding/values.ts";
import type { Value } from "../python/values.ts";

/** Why the shape of a value is not known; null where it is known, or where the value is no tensor. */
export function reasonOf(value: Value): string | null {
  if (value.kind === "unknown") return value.why;
  if (value instanceof TensorValue) return value.type.dims === null ? value.type.why : null;
  if (value.kind !== "tuple" && value.kind !== "list") return null;
  for (const item of value.items) {
    const why = reasonOf(item);
    if (why !== null) return why;
  }
  return null;
}
