/** `property`, `staticmethod` and `classmethod`, and the built-in exceptions as names. */
import { chainOf, exceptionClass, exceptionClasses } from "../exceptions.ts";
import { reprOf, strOf } from "../format.ts";
import { itemsOf } from "../iterate.ts";
import { builtin, propertyClass } from "../types.ts";
import { type Class, Descriptor, List, none, str, Tuple, Unknown, type Value } from "../values.ts";
import { argument, defineClass, defineMethod, defineProperty, native } from "./define.ts";
import { builtinScope } from "./scope.ts";

for (const [name, cls] of exceptionClasses) builtinScope.set(name, cls);
for (const name of ["IOError", "EnvironmentError"]) builtinScope.set(name, exceptionClasses.get("OSError") as Class);

export const staticmethodClass = builtin("staticmethod");
export const classmethodClass = builtin("classmethod");
for (const cls of [propertyClass, staticmethodClass, classmethodClass]) defineClass(cls);

/** A subclass of `property` has a `__get__` of its own that is not followed. */
function unlessSubclass(own: Value | undefined, cls: Class, make: () => Value): Value {
  return own === cls ? make() : new Unknown(`a descriptor derived from ${cls.name}`);
}

propertyClass.dict.set(
  "__new__",
  native("__new__", (_it, [own, ...args], keywords) =>
    unlessSubclass(own, propertyClass, () => {
      const [setter, deleter] = [argument(args, keywords, 1, "fset"), argument(args, keywords, 2, "fdel")];
      return new Descriptor(
        "property",
        argument(args, keywords, 0, "fget") ?? none,
        setter?.kind === "none" ? null : setter,
        deleter?.kind === "none" ? null : deleter,
      );
    }),
  ),
);
for (const [cls, type] of [
  [staticmethodClass, "static"],
  [classmethodClass, "class"],
] as const) {
  cls.dict.set(
    "__new__",
    native("__new__", (_it, [own, fn = none]) => unlessSubclass(own, cls, () => new Descriptor(type, fn))),
  );
}

defineMethod(propertyClass, "setter", (_it, [self, setter = none]) =>
  self?.kind === "descriptor" ? new Descriptor("property", self.getter, setter, self.deleter) : none,
);
defineMethod(propertyClass, "getter", (_it, [self, getter = none]) =>
  self?.kind === "descriptor" ? new Descriptor("property", getter, self.setter, self.deleter) : none,
);
defineMethod(propertyClass, "deleter", (_it, [self, deleter = none]) =>
  self?.kind === "descriptor" ? new Descriptor("property", self.getter, self.setter, deleter) : none,
);
defineProperty(propertyClass, "fget", (_it, self) => (self.kind === "descriptor" ? self.getter : none));
defineProperty(propertyClass, "fset", (_it, self) => (self.kind === "descriptor" ? (self.setter ?? none) : none));
defineProperty(propertyClass, "__func__", (_it, self) => (self.kind === "descriptor" ? self.getter : none));

// ── exceptions ───────────────────────────────────────────────────────────────────────────────────────────────────────

const baseException = exceptionClass("BaseException");

function argsOf(exception: Value | undefined): Tuple {
  const args = exception?.kind === "instance" ? exception.attrs.get("args") : undefined;
  return args?.kind === "tuple" ? args : new Tuple([]);
}

defineMethod(baseException, "__str__", (it, [self]) => {
  const args = argsOf(self);
  const [only] = args.items;
  if (!only) return str("");
  // A KeyError shows the key as it would be written.
  const quoted = self?.kind === "instance" && self.cls.isSubclassOf(exceptionClass("KeyError"));
  return args.items.length > 1 ? reprOf(it, args) : quoted ? reprOf(it, only) : strOf(it, only);
});
defineMethod(baseException, "__repr__", (it, [self]) => {
  const args = argsOf(self);
  const text = reprOf(it, args);
  const name = self?.kind === "instance" ? self.cls.name : "";
  return text.kind === "str" ? str(name + text.value.replace(/,\)$/, ")")) : text;
});

for (const name of ["cause", "context"] as const) {
  defineProperty(baseException, `__${name}__`, (_it, self) => (self.kind === "instance" ? chainOf(self)[name] : none));
}
defineProperty(baseException, "__traceback__", () => new Unknown("where an exception came by"));
defineMethod(baseException, "add_note", (_it, [self, note = none]) => {
  if (self?.kind !== "instance") return none;
  const notes = self.attrs.get("__notes__");
  if (notes?.kind === "list") {
    notes.touch();
    notes.items.push(note);
  } else self.set("__notes__", new List([note]));
  return none;
});

const groupClass = exceptionClass("BaseExceptionGroup");
defineProperty(groupClass, "message", (_it, self) => argsOf(self).items[0] ?? none);
defineProperty(groupClass, "exceptions", (it, self) => {
  const items = itemsOf(it, argsOf(self).items[1] ?? none);
  return items instanceof Unknown ? items : new Tuple(items);
});
defineMethod(groupClass, "__str__", (_it, [self]) => {
  const [message = none, exceptions] = argsOf(self).items;
  const count = exceptions && "items" in exceptions && Array.isArray(exceptions.items) ? exceptions.items.length : 0;
  return message.kind === "str" ? str(`${message.value} (${count} sub-exception${count === 1 ? "" : "s"})`) : message;
});
defineProperty(exceptionClass("StopIteration"), "value", (_it, self) => argsOf(self).items[0] ?? none);
