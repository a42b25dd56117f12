/** Setting and deleting attributes as Python does it, and forgetting them where something unknown did so. */
import { lookupAfter } from "./attributes.ts";
import { call } from "./call.ts";
import type { Interpreter } from "./interpreter.ts";
import { type Class, type Instance, str, Unknown, type Value } from "./values.ts";

/** The mark of an object that may have attributes which nobody has seen being set. */
export const opened = "%opened";

/** `value.name = item`. */
export function setAttribute(it: Interpreter, value: Value, name: string, item: Value): void {
  switch (value.kind) {
    case "instance": {
      const setter = value.cls.lookup("__setattr__");
      if (setter) call(it, setter, [value, str(name), item]);
      else setInstanceAttribute(it, value, name, item);
      return;
    }
    case "class":
      value.set(name, item);
      return;
    case "module":
      value.scope.set(name, item);
      return;
    case "function":
    case "native":
      value.attrs ??= new Map();
      value.attrs.set(name, item);
      return;
    case "host": {
      const setter = value.cls.lookup("__setattr__");
      if (setter) call(it, setter, [value, str(name), item]);
      return;
    }
    case "super":
      if (value.self.kind === "instance") {
        const setter = lookupAfter(value, "__setattr__");
        if (setter) call(it, setter, [value.self, str(name), item]);
        else setInstanceAttribute(it, value.self, name, item);
      }
      return;
    default:
      return;
  }
}

/**
 * Attributes were set under names that are not known: any may have another value now, and there may be more. What is
 * set from here on is certain.
 */
export function forgetAttributes(
  value: Instance | Class,
  kept: ReadonlySet<string> = new Set(),
  why = "an attribute was set under a name that is not known",
): void {
  const unknown = (name: string): Unknown => new Unknown(why, { name: `self.${name}`, plain: true });
  const forget = (names: ReadonlyMap<string, Value>): void => {
    for (const [name, item] of [...names]) if (!kept.has(name) && isData(name, item)) value.set(name, unknown(name));
  };
  if (value.kind === "class") {
    forget(value.dict);
    return;
  }
  for (const cls of value.cls.mro) forget(cls.dict);
  forget(value.attrs);
  value.set(opened, unknown("attribute"));
}

/** Settings, as against methods and what a framework keeps in an object. */
function isData(name: string, value: Value): boolean {
  if (name.startsWith("__") || (name.startsWith("_") && value.kind === "dict")) return false;
  return !["function", "native", "descriptor", "class", "bound"].includes(value.kind);
}

/** What `object.__setattr__` does: data descriptors first, then the instance's own. */
export function setInstanceAttribute(it: Interpreter, instance: Instance, name: string, item: Value): void {
  if (name === "__class__" && item.kind === "class") {
    instance.setClass(item);
    return;
  }
  const descriptor = instance.cls.lookup(name);
  if (descriptor?.kind === "descriptor" && descriptor.type === "property") {
    if (descriptor.setter) call(it, descriptor.setter, [instance, item]);
    else it.raise("AttributeError", `property '${name}' of '${instance.cls.name}' object has no setter`);
    return;
  }
  if (descriptor?.kind === "instance" && descriptor.cls.lookup("__set__")) {
    const set = descriptor.cls.lookup("__set__");
    if (set) call(it, set, [descriptor, instance, item]);
    return;
  }
  instance.set(name, item);
}

/** `del value.name`. */
export function deleteAttribute(it: Interpreter, value: Value, name: string): void {
  if (value.kind === "instance") {
    const deleter = value.cls.lookup("__delattr__");
    if (deleter) call(it, deleter, [value, str(name)]);
    else deleteInstanceAttribute(it, value, name);
  } else if (value.kind === "module") {
    value.scope.delete(name);
  } else if (value.kind === "class") {
    value.delete(name);
  }
}

/** What `object.__delattr__` does: data descriptors first, then the instance's own. */
export function deleteInstanceAttribute(it: Interpreter, instance: Instance, name: string): void {
  const descriptor = instance.cls.lookup(name);
  if (descriptor?.kind === "descriptor" && descriptor.type === "property") {
    if (descriptor.deleter) call(it, descriptor.deleter, [instance]);
    else it.raise("AttributeError", `property '${name}' of '${instance.cls.name}' object has no deleter`);
    return;
  }
  const remove = descriptor?.kind === "instance" ? descriptor.cls.lookup("__delete__") : undefined;
  if (descriptor && remove) call(it, remove, [descriptor, instance]);
  else if (!instance.delete(name) && !instance.cls.unknownBase) {
    it.raise("AttributeError", `'${instance.cls.name}' object has no attribute '${name}'`);
  }
}
