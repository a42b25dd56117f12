/** `enum`: members in order, by attribute, by name and by value, with data types mixed in; flags. */
import { defineMethod, defineProperty, iteratorOver } from "../builtins/define.ts";
import { call } from "../call.ts";
import { buildHook } from "../classes.ts";
import { equals } from "../comparison.ts";
import { baseOf, derive } from "../derived.ts";
import { numberOf } from "../equality.ts";
import { formatValue, reprOf, reprText, strOf } from "../format.ts";
import type { Interpreter } from "../interpreter.ts";
import { itemsOf } from "../iterate.ts";
import { binary } from "../operators.ts";
import { floatClass, intClass, objectClass, strClass, tupleClass, typeClass } from "../types.ts";
import {
  bool,
  Class,
  Dict,
  Instance,
  int,
  List,
  Native,
  none,
  notImplemented,
  str,
  Unknown,
  type Value,
} from "../values.ts";
import { classIn, identityFunction, moduleOf } from "./define.ts";

const metaClass = classIn("enum", "EnumType", typeClass);
const autoClass = classIn("enum", "auto");
const enumClass = enumBase("Enum");
const intEnumClass = enumBase("IntEnum", intClass, enumClass);
const strEnumClass = enumBase("StrEnum", strClass, enumClass);
const flagClass = enumBase("Flag", enumClass);
const intFlagClass = enumBase("IntFlag", intClass, flagClass);
const ours: ReadonlySet<Class> = new Set([enumClass, intEnumClass, strEnumClass, flagClass, intFlagClass]);

function enumBase(name: string, ...bases: Class[]): Class {
  const mro =
    bases.length > 1
      ? [...bases.flatMap((base) => base.mro.filter((each) => each !== objectClass)), objectClass]
      : null;
  return new Class({
    name,
    module: "enum",
    bases: bases.length > 0 ? bases : [objectClass],
    metaclass: metaClass,
    ...(mro ? { mro } : {}),
  });
}

/** The members of an enumeration by name, aliases too. */
const membersOf = new WeakMap<Class, Map<string, Instance>>();

function distinct(cls: Value | undefined): Instance[] {
  return cls?.kind === "class" ? [...new Set(membersOf.get(cls)?.values() ?? [])] : [];
}

// ── making one ───────────────────────────────────────────────────────────────────────────────────────────────────────

enumClass.dict.set(
  buildHook,
  new Native(buildHook, (it, [cls]) => {
    if (cls?.kind === "class") makeMembers(it, cls);
    return cls ?? none;
  }),
);

function makeMembers(it: Interpreter, cls: Class): void {
  // A mixed-in data type does not say how members look, unless the class itself does.
  for (const name of ["__repr__", "__str__", "__format__"]) {
    const method = cls.bases.at(-1)?.lookup(name);
    if (!cls.dict.has(name) && method) cls.dict.set(name, method);
  }
  const members = new Map<string, Instance>();
  let last: Value = int(0);
  const values: Value[] = [];
  for (const [name, bound] of [...cls.dict]) {
    if (!isMember(name, bound)) continue;
    const value = settled(it, bound, () => automatic(it, cls, name, last, values));
    if (bound.kind === "instance" && bound.cls === autoClass) bound.attrs.set("value", value);
    last = value;
    values.push(value);
    const same = [...members.values()].find((each) => equals(it, each.attrs.get("_value_") ?? none, value) === true);
    const member = same ?? makeMember(it, cls, name, value);
    members.set(name, member);
    cls.dict.set(name, member);
  }
  membersOf.set(cls, members);
}

/** A member's value: one that is chosen for it, or a combination of such, `READ | WRITE`. */
function settled(it: Interpreter, bound: Value, choose: () => Value): Value {
  if (bound.kind !== "instance" || (bound.cls !== autoClass && bound.cls !== combinedClass)) return bound;
  const [op, left, right] = ["op", "left", "right"].map((name) => bound.attrs.get(name));
  if (op?.kind !== "str" || !left || !right) return bound.attrs.get("value") ?? choose();
  return binary(it, op.value as "|" | "&" | "^", settled(it, left, choose), settled(it, right, choose));
}

const combinedClass = classIn("enum", "auto");
for (const [name, op] of [
  ["__or__", "|"],
  ["__and__", "&"],
  ["__xor__", "^"],
] as const) {
  for (const cls of [autoClass, combinedClass]) {
    defineMethod(cls, name, (_it, [left = none, right = none]) => {
      const combined = new Instance(combinedClass, null);
      for (const [key, value] of [
        ["op", str(op)],
        ["left", left],
        ["right", right],
      ] as const)
        combined.attrs.set(key, value);
      return combined;
    });
  }
}

function isMember(name: string, value: Value): boolean {
  if (name.startsWith("_")) return false;
  return value.kind !== "function" && value.kind !== "descriptor" && value.kind !== "native" && value.kind !== "class";
}

function automatic(it: Interpreter, cls: Class, name: string, last: Value, values: readonly Value[]): Value {
  const count = values.length;
  const own = cls.lookup("_generate_next_value_");
  const generate = own?.kind === "descriptor" ? own.getter : own;
  if (generate) {
    const before = new List([...values]);
    return call(it, generate, [str(name), int(1), int(count), before]);
  }
  if (cls.isSubclassOf(strEnumClass)) return str(name.toLowerCase());
  if (cls.isSubclassOf(flagClass)) return count === 0 ? int(1) : binary(it, "*", last, int(2));
  return binary(it, "+", baseOf(last), int(1));
}

function makeMember(it: Interpreter, cls: Class, name: string | null, value: Value): Instance {
  const data = [intClass, strClass, floatClass, tupleClass].find((each) => cls.isSubclassOf(each));
  const own = cls.lookup("__new__");
  const args = value.kind === "tuple" ? value.items : [value];
  const created = own?.kind === "function" ? call(it, own, [cls, ...args]) : null;
  const member =
    created?.kind === "instance" ? created : data ? derive(cls, value, it.site()) : new Instance(cls, it.site());
  member.attrs.set("_name_", name === null ? none : str(name));
  if (!created || !member.attrs.has("_value_")) member.attrs.set("_value_", value);
  const init = cls.lookup("__init__");
  if (init?.kind === "function") call(it, init, [member, ...args]);
  return member;
}

// ── the class ────────────────────────────────────────────────────────────────────────────────────────────────────────

defineMethod(metaClass, "__iter__", (_it, [cls]) => iteratorOver(distinct(cls), "generator"));
defineMethod(metaClass, "__reversed__", (_it, [cls]) => iteratorOver(distinct(cls).reverse(), "generator"));
defineMethod(metaClass, "__len__", (_it, [cls]) => int(distinct(cls).length));
defineMethod(metaClass, "__contains__", (it, [cls, item = none]) => {
  const members = distinct(cls);
  if (members.includes(item as Instance)) return bool(true);
  return bool(members.some((member) => equals(it, member.attrs.get("_value_") ?? none, item) === true));
});
defineMethod(metaClass, "__getitem__", (it, [cls, name = none]) => {
  if (cls?.kind !== "class" || name.kind !== "str") return new Unknown("a member of an enumeration that is not known");
  return membersOf.get(cls)?.get(name.value) ?? it.raise("KeyError", name);
});
defineMethod(metaClass, "__call__", (it, [cls, value, ...rest], keywords) => {
  if (cls?.kind !== "class" || !value) return new Unknown("a member of an enumeration that is not known");
  if (ours.has(cls)) return functional(it, cls, value, rest[0] ?? keywords.get("names") ?? none);
  return byValue(it, cls, value);
});
defineMethod(metaClass, "__repr__", (_it, [cls]) => (cls?.kind === "class" ? str(`<enum '${cls.name}'>`) : none));
defineProperty(metaClass, "__members__", (_it, cls) => {
  const dict = new Dict();
  for (const [name, member] of (cls.kind === "class" ? membersOf.get(cls) : null) ?? []) {
    dict.entries.set(`s${name}`, { key: str(name), value: member });
  }
  return dict;
});

function byValue(it: Interpreter, cls: Class, value: Value): Value {
  if (value.kind === "instance" && value.cls === cls) return value;
  let undecided = false;
  for (const member of distinct(cls)) {
    const equal = equals(it, member.attrs.get("_value_") ?? none, baseOf(value));
    if (equal) return member;
    undecided ||= equal === undefined;
  }
  if (undecided) return new Unknown(value.kind === "unknown" ? value.why : `which ${cls.name} it is is not known`);
  const missing = cls.lookup("_missing_");
  const found = missing?.kind === "descriptor" ? call(it, missing.getter, [cls, value]) : none;
  if (found.kind !== "none") return found;
  const n = numberOf(value);
  if (cls.isSubclassOf(flagClass) && n !== null) return composite(it, cls, n);
  return it.raise("ValueError", `${reprText(value)} is not a valid ${cls.name}`);
}

/** `Enum("Color", "RED GREEN")`. */
function functional(it: Interpreter, base: Class, name: Value, names: Value): Value {
  const items =
    names.kind === "str"
      ? names.value
          .split(/[\s,]+/)
          .filter((each) => each !== "")
          .map(str)
      : itemsOf(it, names);
  if (name.kind !== "str" || items instanceof Unknown) return new Unknown("an enumeration whose members are not known");
  const cls = new Class({
    name: name.value,
    module: it.frame?.globals.name ?? "",
    bases: [base],
    metaclass: metaClass,
    site: it.site(),
  });
  items.forEach((item, i) => {
    const pair = item.kind === "tuple" ? item.items : [item, names.kind === "dict" ? undefined : int(i + 1)];
    const value = pair[1] ?? (names.kind === "dict" && item.kind === "str" ? names.get(item.value) : undefined);
    if (pair[0]?.kind === "str" && value) cls.dict.set(pair[0].value, value);
  });
  makeMembers(it, cls);
  return cls;
}

// ── members ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const attribute = (self: Value, name: string): Value =>
  self.kind === "instance" ? (self.attrs.get(name) ?? none) : none;
defineProperty(enumClass, "name", (_it, self) => attribute(self, "_name_"));
defineProperty(enumClass, "value", (_it, self) => attribute(self, "_value_"));

function label(self: Value): string {
  const name = attribute(self, "_name_");
  return `${self.kind === "instance" ? self.cls.name : ""}.${name.kind === "str" ? name.value : "?"}`;
}

defineMethod(enumClass, "__repr__", (it, [self = none]) => {
  const text = reprOf(it, attribute(self, "_value_"));
  return text.kind === "str" ? str(`<${label(self)}: ${text.value}>`) : text;
});
defineMethod(enumClass, "__str__", (_it, [self = none]) => str(label(self)));
defineMethod(enumClass, "__hash__", (_it, [self = none]) =>
  self.kind === "instance" ? new Unknown("a hash", { type: "int" }) : none,
);
defineMethod(enumClass, "__format__", (it, [self = none, spec]) =>
  formatValue(it, strOf(it, self), spec?.kind === "str" ? spec.value : ""),
);
for (const cls of [intEnumClass, strEnumClass, intFlagClass]) {
  defineMethod(cls, "__str__", (it, [self = none]) => strOf(it, baseOf(self)));
  defineMethod(cls, "__format__", (it, [self = none, spec]) =>
    formatValue(it, baseOf(self), spec?.kind === "str" ? spec.value : ""),
  );
  for (const name of ["__repr__"]) {
    const method = enumClass.dict.get(name);
    if (method) cls.dict.set(name, method);
  }
}

// ── flags ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const composites = new WeakMap<Class, Map<number, Instance>>();

/** The flag that combines others; of equal value, the same object. */
function composite(it: Interpreter, cls: Class, value: number): Value {
  const member = distinct(cls).find((each) => numberOf(attribute(each, "_value_")) === value);
  if (member) return member;
  const known = composites.get(cls) ?? new Map<number, Instance>();
  composites.set(cls, known);
  const parts = distinct(cls).filter((each) => {
    const n = numberOf(attribute(each, "_value_")) ?? 0;
    return n !== 0 && (value & n) === n;
  });
  const made =
    known.get(value) ?? makeMember(it, cls, parts.map((each) => label(each).split(".")[1]).join("|"), int(value));
  known.set(value, made);
  return made;
}

for (const [name, op] of [
  ["__or__", "|"],
  ["__and__", "&"],
  ["__xor__", "^"],
] as const) {
  for (const cls of [flagClass, intFlagClass]) {
    defineMethod(cls, name, (it, [self = none, other = none]) => {
      const right = other.kind === "instance" ? attribute(other, "_value_") : other;
      if (self.kind !== "instance" || (right.kind !== "int" && right.kind !== "unknown")) return notImplemented;
      const n = numberOf(binary(it, op, attribute(self, "_value_"), right));
      return n === null ? new Unknown("a combination of flags that is not known") : composite(it, self.cls, n);
    });
  }
}
defineMethod(flagClass, "__invert__", (it, [self = none]) => {
  if (self.kind !== "instance") return notImplemented;
  const all = distinct(self.cls).reduce((bits, each) => bits | (numberOf(attribute(each, "_value_")) ?? 0), 0);
  const n = numberOf(attribute(self, "_value_"));
  return n === null ? new Unknown("a combination of flags that is not known") : composite(it, self.cls, all & ~n);
});
defineMethod(flagClass, "__contains__", (_it, [self = none, other = none]) => {
  const [a, b] = [numberOf(attribute(self, "_value_")), numberOf(attribute(other, "_value_"))];
  return a === null || b === null ? new Unknown("a flag that is not known", { type: "bool" }) : bool((a & b) === b);
});
defineMethod(flagClass, "__bool__", (_it, [self = none]) => bool(numberOf(attribute(self, "_value_")) !== 0));

export const enumModule = moduleOf("enum", {
  Enum: enumClass,
  IntEnum: intEnumClass,
  StrEnum: strEnumClass,
  Flag: flagClass,
  IntFlag: intFlagClass,
  EnumMeta: metaClass,
  EnumType: metaClass,
  auto: autoClass,
  unique: identityFunction,
  global_enum: identityFunction,
});
