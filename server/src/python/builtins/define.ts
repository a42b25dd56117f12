/** How built-in functions, classes and methods are written down: small helpers that keep their tables readable. */
import type { Dim } from "../../algebra/index.ts";
import { describeType, specialMethod } from "../attributes.ts";
import { call } from "../call.ts";
import { baseOf } from "../derived.ts";
import type { Interpreter } from "../interpreter.ts";
import {
  type Class,
  Descriptor,
  Iterator,
  type Keywords,
  Native,
  type NativeCall,
  none,
  Unknown,
  type UnknownFacts,
  type Value,
} from "../values.ts";
import { builtinScope } from "./scope.ts";

export type Of<K extends Value["kind"]> = Extract<Value, { kind: K }>;

/** A method of a built-in type: `self` is the built-in value, `receiver` the object it was called on. */
export type Method<Self> = (
  it: Interpreter,
  self: Self,
  args: readonly Value[],
  keywords: Keywords,
  receiver: Value,
) => Value;

/** A function that does not become a method. */
export function native(name: string, fn: NativeCall): Native {
  return new Native(name, fn, false);
}

/** Enters a function that every module sees. */
export function defineFunction(name: string, fn: NativeCall): void {
  builtinScope.set(name, native(name, fn));
}

/** Enters a class that every module sees. */
export function defineClass(cls: Class): void {
  builtinScope.set(cls.name, cls);
}

/** Enters methods that work on values of one kind. On an unknown receiver they give an unknown. */
export function defineMethods<K extends Value["kind"]>(
  cls: Class,
  kind: K,
  methods: Readonly<Record<string, Method<Of<K>>>>,
): void {
  for (const [name, fn] of Object.entries(methods)) {
    const run: NativeCall = (it, args, keywords) => {
      const receiver = args[0] ?? none;
      const self = baseOf(receiver);
      if (self.kind === "unknown") return new Unknown(self.why);
      if (self.kind !== kind) {
        it.raise(
          "TypeError",
          `descriptor '${name}' requires a '${cls.name}' object but received '${describeType(self)}'`,
        );
      }
      return fn(it, self as Of<K>, args.slice(1), keywords, receiver);
    };
    cls.dict.set(name, new Native(name, run));
  }
}

/** Enters a method that takes whatever it is called on. */
export function defineMethod(cls: Class, name: string, fn: NativeCall): void {
  cls.dict.set(name, new Native(name, fn));
}

/** Enters a computed attribute. */
export function defineProperty(cls: Class, name: string, fn: (it: Interpreter, self: Value) => Value): void {
  const getter = native(name, (it, [self]) => fn(it, self ?? none));
  cls.dict.set(name, new Descriptor("property", getter));
}

/** Enters a class method; the class is the first argument. */
export function defineClassMethod(cls: Class, name: string, fn: NativeCall): void {
  cls.dict.set(name, new Descriptor("class", new Native(name, fn)));
}

/** An iterator over items that are all there. */
export function iteratorOver(items: readonly Value[], typeName: string): Iterator {
  return new Iterator(steps(items), typeName);
}

function* steps(items: readonly Value[]): Generator<Value, void, undefined> {
  yield* items;
}

/** The argument at `index`, or the one called `name`. */
export function argument(args: readonly Value[], keywords: Keywords, index: number, name: string): Value | undefined {
  return args[index] ?? keywords.get(name);
}

/** The same, raising TypeError where it is missing. */
export function required(it: Interpreter, fn: string, args: readonly Value[], index: number): Value {
  return args[index] ?? it.raise("TypeError", `${fn}() missing required argument (pos ${index + 1})`);
}

/** The unknown for the first of `values` that is unknown. */
export function firstUnknown(values: readonly Value[], facts: UnknownFacts = {}): Unknown | null {
  const unknown = values.find((value) => value.kind === "unknown");
  return unknown ? new Unknown(unknown.why, facts) : null;
}

/** The size that a value is where Python wants an integer; null where it can't be one. */
export function indexOf(it: Interpreter, value: Value): Dim | null {
  const base = baseOf(value);
  switch (base.kind) {
    case "int":
      return base.dim;
    case "bool":
      return base.value ? 1 : 0;
    case "unknown":
      return base.asDim();
    case "instance":
    case "host": {
      const method = specialMethod(it, base, "__index__");
      const result = method ? call(it, method, []) : null;
      return result ? indexOf(it, result) : null;
    }
    default:
      return null;
  }
}
