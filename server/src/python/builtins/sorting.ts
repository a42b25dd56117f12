/** Sorting, and the least and greatest: stable, by `<` of the values, unknown where an order is not known. */
import { max, min } from "../../algebra/index.ts";
import { call } from "../call.ts";
import { compare } from "../comparison.ts";
import { baseOf } from "../derived.ts";
import type { Interpreter } from "../interpreter.ts";
import { truth } from "../truth.ts";
import { type Int, int, Unknown, type Value } from "../values.ts";

class Undecided {}

/** The values in order; an unknown where two of them can't be told apart. */
export function sortValues(
  it: Interpreter,
  values: readonly Value[],
  key: Value | undefined,
  reverse: Value | undefined,
): Value[] | Unknown {
  const backwards = reverse ? truth(it, reverse) : false;
  if (backwards === undefined) return new Unknown("the order is not known");
  const keyed = values.map((value) => ({ value, key: sortKey(it, key, value) }));
  // Reversed sorting is stable too: equal values keep their order.
  if (backwards) keyed.reverse();
  try {
    keyed.sort((a, b) => (less(it, a.key, b.key) ? -1 : less(it, b.key, a.key) ? 1 : 0));
  } catch (problem) {
    if (problem instanceof Undecided) return new Unknown("the order of the values is not known");
    throw problem;
  }
  if (backwards) keyed.reverse();
  return keyed.map(({ value }) => value);
}

/** `min` or `max` of one value or more. */
export function extreme(
  it: Interpreter,
  which: "min" | "max",
  values: readonly Value[],
  key: Value | undefined,
): Value {
  const [first] = values;
  if (values.length === 1 && first) return first;
  if (key === undefined || key.kind === "none") {
    const sized = extremeOfSizes(which, values.map(baseOf));
    if (sized) return sized;
  }
  let best: { value: Value; key: Value } | null = null;
  try {
    for (const value of values) {
      const candidate = { value, key: sortKey(it, key, value) };
      const better =
        best === null || (which === "min" ? less(it, candidate.key, best.key) : less(it, best.key, candidate.key));
      if (better) best = candidate;
    }
  } catch (problem) {
    if (!(problem instanceof Undecided)) throw problem;
    return new Unknown(`the ${which === "min" ? "least" : "greatest"} of values that are not known`);
  }
  return best?.value ?? new Unknown("an extreme of nothing");
}

/** Of sizes that are not all known: exact in the algebra. */
function extremeOfSizes(which: "min" | "max", values: readonly Value[]): Value | null {
  const pick = which === "min" ? min : max;
  const isSize = (value: Value): boolean => value.kind === "int" || value.kind === "unknown";
  if (!values.every(isSize) || values.every((value) => value.kind === "int" && typeof value.dim === "number"))
    return null;
  const unknown = values.find((value) => value.kind === "unknown");
  if (!unknown) {
    const [first, ...rest] = values.map((value) => (value as Int).dim);
    return int(pick(first ?? 0, ...rest));
  }
  return new Unknown(unknown.why, {
    dim: () => {
      const dims = values.map((value) =>
        value.kind === "int" ? value.dim : value.kind === "unknown" ? value.asDim() : null,
      );
      const [first, ...rest] = dims.filter((dim) => dim !== null);
      return first === undefined || rest.length + 1 < dims.length ? null : pick(first, ...rest);
    },
  });
}

function sortKey(it: Interpreter, key: Value | undefined, value: Value): Value {
  return key === undefined || key.kind === "none" ? value : call(it, key, [value]);
}

function less(it: Interpreter, a: Value, b: Value): boolean {
  const t = truth(it, compare(it, "<", a, b));
  if (t === undefined) throw new Undecided();
  return t;
}
