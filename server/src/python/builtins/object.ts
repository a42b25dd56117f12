/** `object` and `type`: what every class inherits, and making classes by a call. */
import { plainInstanceAttribute } from "../attributes.ts";
import { construct } from "../call.ts";
import { draftOf } from "../classes.ts";
import { formatValue, reprOf } from "../format.ts";
import { forget } from "../given.ts";
import type { Interpreter } from "../interpreter.ts";
import { itemsOf } from "../iterate.ts";
import { deleteInstanceAttribute, forgetAttributes, setAttribute, setInstanceAttribute } from "../setAttributes.ts";
import { classOf, linearize, objectClass, typeClass } from "../types.ts";
import {
  bool,
  Class,
  Descriptor,
  Instance,
  Native,
  none,
  notImplemented,
  str,
  Unknown,
  type Value,
} from "../values.ts";
import { defineClass, defineMethod, native, required } from "./define.ts";

defineClass(objectClass);
defineClass(typeClass);

const objectNew = native("__new__", (it, [cls]) => {
  if (cls?.kind !== "class") return new Unknown("an object of a class that is not known");
  return new Instance(cls, it.site());
});
objectClass.dict.set("__new__", objectNew);

const objectInit = new Native("__init__", (it, [self, ...args], keywords) => {
  if (self?.kind !== "instance" || args.length + keywords.size === 0) return none;
  const { cls } = self;
  if (cls.unknownBase || cls.mro.some((each) => each.partial)) {
    forget(it, args, keywords);
  } else if (cls.lookup("__init__") !== objectInit) {
    it.raise("TypeError", "object.__init__() takes exactly one argument (the instance to initialize)");
  } else if (cls.lookup("__new__") === objectNew) {
    it.raise("TypeError", `${cls.name}() takes no arguments`);
  }
  return none;
});
objectClass.dict.set("__init__", objectInit);

defineMethod(objectClass, "__setattr__", (it, [self, name, item]) => {
  if (self && name?.kind === "str" && item) {
    if (self.kind === "instance") setInstanceAttribute(it, self, name.value, item);
    else if (self.kind === "class") setAttribute(it, self, name.value, item);
  } else if (self?.kind === "instance" && name?.kind === "unknown") forgetAttributes(self);
  return none;
});

defineMethod(objectClass, "__delattr__", (it, [self, name]) => {
  if (self?.kind === "instance" && name?.kind === "str") deleteInstanceAttribute(it, self, name.value);
  return none;
});

defineMethod(objectClass, "__getattribute__", (it, [self, name]) => {
  if (self?.kind !== "instance" || name?.kind !== "str") return new Unknown("an attribute that is not known");
  const found = plainInstanceAttribute(it, self, name.value);
  return found ?? it.raise("AttributeError", `'${self.cls.name}' object has no attribute '${name.value}'`);
});

defineMethod(objectClass, "__eq__", (_it, [self, other]) => {
  if (self === other) return bool(true);
  return self?.kind === "instance" && self.cls.unknownBase ? new Unknown(self.cls.unknownBase.why) : notImplemented;
});

defineMethod(objectClass, "__repr__", (_it, [self]) =>
  self?.kind === "host" ? str(self.describe()) : new Unknown("the text holds an address", { type: "str" }),
);
defineMethod(objectClass, "__str__", (it, args) => reprOf(it, required(it, "__str__", args, 0)));
defineMethod(objectClass, "__format__", (it, [self, spec]) =>
  formatValue(it, self ?? none, spec?.kind === "str" ? spec.value : ""),
);
defineMethod(objectClass, "__hash__", () => new Unknown("a hash differs from run to run", { type: "int" }));
objectClass.dict.set("__init_subclass__", new Descriptor("class", new Native("__init_subclass__", () => none)));

// ── type ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

typeClass.dict.set(
  "__new__",
  native("__new__", (it, args) => {
    const [meta, name, bases, namespace] = args;
    if (args.length === 2) return typeOf(name as Value);
    return makeClass(it, meta, name, bases, namespace);
  }),
);

defineMethod(typeClass, "__call__", (it, [cls, ...args], keywords) =>
  cls?.kind === "class" ? construct(it, cls, args, keywords) : new Unknown("an object of a class that is not known"),
);
defineMethod(typeClass, "__init__", () => none);
defineMethod(typeClass, "mro", (_it, [cls]) =>
  cls?.kind === "class" ? new Unknown(`the order of ${cls.name}'s bases`) : none,
);

function typeOf(value: Value): Value {
  return classOf(value) ?? new Unknown(value.kind === "unknown" ? value.why : "its type is not known");
}

/** `type(name, bases, namespace)`. */
function makeClass(
  it: Interpreter,
  meta: Value | undefined,
  name: Value | undefined,
  bases: Value | undefined,
  namespace: Value | undefined,
): Value {
  const draft = namespace?.kind === "dict" ? draftOf(namespace) : null;
  if (draft) return draft;
  const items = bases ? itemsOf(it, bases) : [];
  if (name?.kind !== "str" || items instanceof Unknown || namespace?.kind !== "dict" || namespace.lost) {
    return new Unknown("a class made by type() from parts that are not known");
  }
  const known = items.filter((item) => item.kind === "class");
  if (known.length < items.length) return new Unknown("a class made by type() from a base that is not known");
  const parents = known.length > 0 ? known : [objectClass];
  const mro = linearize(parents);
  if (mro === null) it.raise("TypeError", "Cannot create a consistent method resolution order (MRO)");
  const dict = new Map<string, Value>();
  for (const entry of namespace.entries.values()) if (entry.key.kind === "str") dict.set(entry.key.value, entry.value);
  const metaclass = meta?.kind === "class" && meta !== typeClass ? meta : null;
  return new Class({
    name: name.value,
    module: it.frame?.globals.name ?? "",
    bases: parents,
    mro,
    metaclass,
    dict,
    site: it.site(),
  });
}
