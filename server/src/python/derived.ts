/**
 * Objects of user classes that derive from a built-in type, `class Config(dict)` or `class Mode(str, Enum)`: an
 * instance that holds the built-in value it is. The methods of built-in types work on that value.
 */
import { type Class, Instance, type Value } from "./values.ts";

/** What an instance of such a class keeps in `extra`. */
export class Derived {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

/** The built-in value that an object is; any other value is itself. */
export function baseOf(value: Value): Value {
  return value.kind === "instance" && value.extra instanceof Derived ? value.extra.value : value;
}

/** An instance of `cls`, which derives from the type of `value`. */
export function derive(cls: Class, value: Value, site: Instance["site"]): Instance {
  const instance = new Instance(cls, site);
  instance.extra = new Derived(value);
  return instance;
}
