/**
 * The journal of writes. Running both sides of a branch on an unknown condition needs every write undone between them
 * and joined after them; so whatever can be written to says so (`touch`) before each write.
 */
import type { Value } from "./values.ts";

/** An object whose state can be taken, put back, and joined from two runs. `State` is its own business. */
export interface Mutable {
  /** `now()` when it was made. */
  readonly born: number;
  capture(): unknown;
  restore(state: unknown): void;
  /** Sets the state to what is known whichever of the two happened. */
  merge(one: unknown, other: unknown, join: Join): void;
}

/** Joins two values (undefined: not bound); gives back what holds in both cases. */
export type Join = (one: Value | undefined, other: Value | undefined) => Value | undefined;

interface Frame {
  readonly outer: Frame | null;
  readonly start: number;
  readonly saved: Map<Mutable, unknown>;
}

let top: Frame | null = null;
let clock = 0;

/** The journal's time, for `Mutable.born`: what a run makes itself need not be undone after it. */
export function now(): number {
  return clock;
}

/** To be called before each write to `object`. */
export function touch(object: Mutable): void {
  if (top !== null && object.born < top.start && !top.saved.has(object)) top.saved.set(object, object.capture());
}

/** The writes of one side: the objects written to with their state after it. */
export type Delta = ReadonlyMap<Mutable, unknown>;

/**
 * Runs `body`, undoes its writes, and gives them back beside its result. What was written stays in `delta`.
 */
export function speculate<T>(body: () => T): { result: T; delta: Delta } {
  clock += 1;
  const outer = top;
  const frame: Frame = { outer, start: clock, saved: new Map() };
  top = frame;
  try {
    const result = body();
    const delta = new Map<Mutable, unknown>();
    for (const object of frame.saved.keys()) delta.set(object, object.capture());
    return { result, delta };
  } finally {
    for (const [object, state] of frame.saved) object.restore(state);
    top = outer;
  }
}

/** Writes that stay, but are told apart from those before them. */
export interface Watch {
  /** The present state of all that was written to since the watch began, on sides that will be undone too. */
  state(): Delta;
}

/**
 * Runs `body`, whose writes stay. Where `again` says so of its result, they are undone and `redo` decides what stays.
 */
export function watch<T>(
  body: (writes: Watch) => T,
  again: (result: T) => boolean,
  redo: (result: T, delta: Delta) => T,
): T {
  clock += 1;
  const outer = top;
  const frame: Frame = { outer, start: clock, saved: new Map() };
  const state = (): Delta => {
    const delta = new Map<Mutable, unknown>();
    for (let each = top; each !== null && each !== outer; each = each.outer) {
      for (const object of each.saved.keys()) if (!delta.has(object)) delta.set(object, object.capture());
    }
    return delta;
  };
  top = frame;
  let result: T;
  try {
    result = body({ state });
  } catch (problem) {
    top = outer;
    keep(frame);
    throw problem;
  }
  if (!again(result)) {
    top = outer;
    keep(frame);
    return result;
  }
  const delta = state();
  for (const [object, before] of frame.saved) object.restore(before);
  top = outer;
  return redo(result, delta);
}

/** Hands what a frame saved to the one around it. */
function keep({ outer, saved }: Frame): void {
  if (outer === null) return;
  for (const [object, state] of saved) {
    if (object.born < outer.start && !outer.saved.has(object)) outer.saved.set(object, state);
  }
}

/** Applies the writes of a speculated side for good. */
export function commit(delta: Delta): void {
  for (const [object, state] of delta) {
    touch(object);
    object.restore(state);
  }
}

/** Joins the writes of two sides that started from the present state. */
export function commitEither(one: Delta, other: Delta, join: Join): void {
  for (const object of new Set([...one.keys(), ...other.keys()])) {
    touch(object);
    const base = object.capture();
    object.merge(one.has(object) ? one.get(object) : base, other.has(object) ? other.get(object) : base, join);
  }
}

/** Starts a run with an empty journal; `body` may itself be inside another run (a nested import never is). */
export function withFreshJournal<T>(body: () => T): T {
  const outer = top;
  top = null;
  try {
    return body();
  } finally {
    top = outer;
  }
}

/** Joins two maps key by key; a key that only one has is joined with what stands behind it. */
export function mergeMaps<K>(
  one: ReadonlyMap<K, Value>,
  other: ReadonlyMap<K, Value>,
  join: Join,
  behind: (key: K) => Value | undefined = () => undefined,
): Map<K, Value> {
  const merged = new Map<K, Value>();
  for (const [key, value] of one) {
    const joined = join(value, other.get(key) ?? behind(key));
    if (joined !== undefined) merged.set(key, joined);
  }
  for (const [key, value] of other) {
    if (one.has(key)) continue;
    const joined = join(behind(key), value);
    if (joined !== undefined) merged.set(key, joined);
  }
  return merged;
}
