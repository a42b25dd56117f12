/** `typing`, `abc`, `collections.abc` and `numbers`: names for annotations and bases, harmless where they are called. */
import type { Tri } from "../../algebra/index.ts";
import { hasAttribute } from "../attributes.ts";
import { defineMethod, native } from "../builtins/define.ts";
import { defineStructural } from "../builtins/reflection.ts";
import { call } from "../call.ts";
import { buildHook } from "../classes.ts";
import { fillDict } from "../mapping.ts";
import { truth } from "../truth.ts";
import {
  bytesClass,
  classOf,
  dictClass,
  frozensetClass,
  listClass,
  objectClass,
  setClass,
  strClass,
  tupleClass,
  typeClass,
} from "../types.ts";
import { bool, Class, Dict, type Instance, Native, none, str, Tuple, Unknown, type Value } from "../values.ts";
import { classIn, identityFunction, type Members, moduleOf } from "./define.ts";
import { namedTupleClass } from "./namedtuple.ts";
import { inPython } from "./prelude/index.ts";

// ── collections.abc ──────────────────────────────────────────────────────────────────────────────────────────────────

/** Whether a value's class has all of these methods; built-in kinds that keep them elsewhere are listed. */
function hasMethods(names: readonly string[]): (value: Value) => Tri {
  return (value) => {
    const cls = classOf(value);
    if (cls === null) return undefined;
    if (names.every((name) => cls.lookup(name) !== undefined)) return true;
    return cls.unknownBase ||
      value.kind === "host" ||
      cls.mro.some((each) => each.partial && !each.module.startsWith("builtins"))
      ? undefined
      : false;
  };
}

const isKind =
  (...kinds: Value["kind"][]): ((value: Value) => Tri) =>
  (value) =>
    value.kind === "unknown"
      ? undefined
      : kinds.includes(value.kind) || (value.kind === "instance" ? derived(value, kinds) : false);

function derived(value: Instance, kinds: readonly Value["kind"][]): Tri {
  const classes: Partial<Record<Value["kind"], Class>> = {
    list: listClass,
    tuple: tupleClass,
    dict: dictClass,
    set: setClass,
    str: strClass,
    bytes: bytesClass,
  };
  if (kinds.some((kind) => classes[kind] && value.cls.isSubclassOf(classes[kind]))) return true;
  return value.cls.unknownBase ? undefined : false;
}

const abstract: Readonly<Record<string, (value: Value) => Tri>> = {
  Iterable: hasMethods(["__iter__"]),
  Iterator: hasMethods(["__iter__", "__next__"]),
  Generator: isKind("iterator"),
  Reversible: hasMethods(["__reversed__"]),
  Sized: hasMethods(["__len__"]),
  Container: hasMethods(["__contains__"]),
  Collection: hasMethods(["__len__", "__iter__", "__contains__"]),
  Hashable: (value) =>
    value.kind === "list" || value.kind === "dict"
      ? false
      : value.kind === "set"
        ? value.frozen
        : value.kind === "instance" || value.kind === "unknown"
          ? undefined
          : true,
  Callable: (value) =>
    value.kind === "function" || value.kind === "native" || value.kind === "bound" || value.kind === "class"
      ? true
      : hasMethods(["__call__"])(value),
  Sequence: isKind("list", "tuple", "str", "bytes", "range"),
  MutableSequence: isKind("list"),
  Mapping: isKind("dict"),
  MutableMapping: isKind("dict"),
  Set: isKind("set"),
  MutableSet: (value) => (value.kind === "set" ? !value.frozen : isKind()(value)),
};
const others = [
  "KeysView",
  "ValuesView",
  "ItemsView",
  "MappingView",
  "Awaitable",
  "Coroutine",
  "AsyncIterable",
  "AsyncIterator",
  "AsyncGenerator",
  "Buffer",
  "ByteString",
];

/** Methods that a class has which derives from the abstract one. */
const mixins = {
  Mapping: ["get", "__contains__", "keys", "items", "values", "__eq__"],
  MutableMapping: ["pop", "popitem", "clear", "update", "setdefault"],
  Sequence: ["__iter__", "__contains__", "__reversed__", "index", "count"],
  MutableSequence: ["append", "clear", "reverse", "extend", "pop", "remove", "__iadd__"],
} as const;

const abcMembers: Record<string, Value> = {};
for (const [name, test] of Object.entries(abstract)) {
  const cls = classIn("collections.abc", name);
  defineStructural(cls, (_it, value) => test(value));
  abcMembers[name] = cls;
}
/** What the abstract classes bring with them is written in Python, in the classes of these names. */
for (const [name, source, ...bases] of [
  ["Mapping", "_Mapping"],
  ["MutableMapping", "_MutableMapping", "Mapping"],
  ["Sequence", "_Sequence"],
  ["MutableSequence", "_MutableSequence", "Sequence"],
] as const) {
  const cls = abcMembers[name];
  if (cls?.kind !== "class") continue;
  const parents = bases.flatMap((base) => abcMembers[base] ?? []).filter((base) => base.kind === "class");
  const made = parents.length > 0 ? classIn("collections.abc", name, ...parents) : cls;
  if (made !== cls) {
    defineStructural(made, (_it, value) => abstract[name]?.(value));
    abcMembers[name] = made;
  }
  for (const method of mixins[name]) {
    defineMethod(made, method, (it, [self = none, ...args], keywords) => {
      const found = inPython("collections")(source, it);
      const body = found?.kind === "class" ? found.lookup(method) : undefined;
      return body ? call(it, body, [self, ...args], keywords) : new Unknown(`${name}.${method} is not known`);
    });
  }
}
for (const name of others) {
  const cls = classIn("collections.abc", name);
  defineStructural(cls, () => undefined);
  abcMembers[name] = cls;
}

export const collectionsAbc = moduleOf("collections.abc", abcMembers);

const numbersMembers: Record<string, Value> = {};
for (const [name, kinds] of Object.entries({
  Number: ["int", "bool", "float"],
  Complex: ["int", "bool", "float"],
  Real: ["int", "bool", "float"],
  Rational: ["int", "bool"],
  Integral: ["int", "bool"],
})) {
  const cls = classIn("numbers", name);
  defineStructural(cls, (_it, value) =>
    value.kind === "unknown" || value.kind === "host" ? undefined : kinds.includes(value.kind),
  );
  numbersMembers[name] = cls;
}
export const numbers = moduleOf("numbers", numbersMembers);

// ── abc ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

const abcMetaClass = classIn("abc", "ABCMeta", typeClass);
defineMethod(abcMetaClass, "register", (_it, [, cls = none]) => cls);
const abcClass = new Class({ name: "ABC", module: "abc", bases: [objectClass], metaclass: abcMetaClass });

export const abc = moduleOf("abc", {
  ABC: abcClass,
  ABCMeta: abcMetaClass,
  abstractmethod: identityFunction,
  abstractproperty: identityFunction,
  abstractclassmethod: identityFunction,
  abstractstaticmethod: identityFunction,
});

// ── typing ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** `Union[int, str]` is a tuple of types, as `int | str` is; what asks for types takes both. */
const unionMeta = classIn("typing", "_UnionMeta", typeClass);
const unionClass = new Class({ name: "Union", module: "typing", bases: [objectClass], metaclass: unionMeta });
const optionalClass = new Class({ name: "Optional", module: "typing", bases: [objectClass], metaclass: unionMeta });
defineMethod(unionMeta, "__getitem__", (_it, [cls, types = none]) => {
  const members = types.kind === "tuple" ? types.items : [types];
  return new Tuple(cls === optionalClass ? [...members, none] : members);
});

const annotatedMeta = classIn("typing", "_AnnotatedMeta", typeClass);
const annotatedClass = new Class({
  name: "Annotated",
  module: "typing",
  bases: [objectClass],
  metaclass: annotatedMeta,
});
defineMethod(annotatedMeta, "__getitem__", (_it, [, types = none]) =>
  types.kind === "tuple" ? (types.items[0] ?? none) : types,
);

const typedDictClass = classIn("typing", "TypedDict", dictClass);
typedDictClass.dict.set(
  "__new__",
  native("__new__", (it, [cls, first, ...rest], keywords) =>
    cls === typedDictClass && first?.kind === "str"
      ? new Class({ name: first.value, module: it.frame?.globals.name ?? "", bases: [typedDictClass] })
      : fillDict(it, new Dict(), first ?? rest[0], keywords),
  ),
);

const typeVarClass = classIn("typing", "TypeVar");
defineMethod(typeVarClass, "__init__", (_it, [self, name = none]) => {
  if (self?.kind === "instance") self.set("__name__", name);
  return none;
});
defineMethod(typeVarClass, "__repr__", (_it, [self]) => {
  const name = self?.kind === "instance" ? self.attrs.get("__name__") : undefined;
  return name?.kind === "str" ? str(`~${name.value}`) : str("~T");
});
for (const name of ["__or__", "__ror__"])
  defineMethod(typeVarClass, name, (_it, [self = none, other = none]) => new Tuple([self, other]));

const forms = [
  "Any",
  "Generic",
  "Protocol",
  "Literal",
  "LiteralString",
  "ClassVar",
  "Final",
  "Concatenate",
  "TypeAlias",
  "TypeGuard",
  "NoReturn",
  "Never",
  "Self",
  "Required",
  "NotRequired",
  "Unpack",
  "Text",
  "AnyStr",
  "SupportsFloat",
  "SupportsInt",
  "SupportsIndex",
  "SupportsAbs",
  "SupportsRound",
  "IO",
  "TextIO",
  "BinaryIO",
  "Pattern",
  "Match",
  "ForwardRef",
  "Hashable",
];
/** A protocol asks for its attributes where inheritance does not tell. */
const protocolClass = classIn("typing", "Protocol");
protocolClass.dict.set(
  buildHook,
  new Native(buildHook, (_it, [cls = none]) => {
    if (cls.kind === "class" && cls.bases.includes(protocolClass)) {
      const names = new Set(
        cls.mro
          .filter((each) => each.def !== null)
          .flatMap((each) => [
            ...[...each.dict.keys()].filter(
              (name) => !name.startsWith("__") || name === "__call__" || name === "__len__",
            ),
            ...(each.body?.annotations.map(({ name }) => name) ?? []),
          ]),
      );
      defineStructural(cls, (it, value) => {
        let result: Tri = true;
        for (const name of names) {
          const t = truth(it, hasAttribute(it, value, name));
          if (t === false) return false;
          if (t === undefined) result = undefined;
        }
        return result;
      });
    }
    return cls;
  }),
);

const members: Record<string, Members[string]> = { ...abcMembers, Protocol: protocolClass };
for (const name of forms) members[name] ??= classIn("typing", name);
const aliases = {
  List: listClass,
  Dict: dictClass,
  Tuple: tupleClass,
  Set: setClass,
  FrozenSet: frozensetClass,
  Type: typeClass,
  AbstractSet: abcMembers.Set ?? setClass,
  Union: unionClass,
  Optional: optionalClass,
  Annotated: annotatedClass,
  NamedTuple: namedTupleClass,
  TypedDict: typedDictClass,
  TypeVar: typeVarClass,
  ParamSpec: typeVarClass,
  TypeVarTuple: typeVarClass,
};
Object.assign(members, aliases, {
  TYPE_CHECKING: bool(false),
  cast: (_it, [, value = none]) => value,
  NewType: (_it, [, base = none]) => base,
  overload: identityFunction,
  final: identityFunction,
  override: identityFunction,
  no_type_check: identityFunction,
  runtime_checkable: identityFunction,
  runtime: identityFunction,
  assert_type: identityFunction,
  reveal_type: identityFunction,
  deprecated: () => native("deprecated", identityFunction),
  dataclass_transform: () => native("dataclass_transform", identityFunction),
  get_type_hints: () => new Unknown("type hints are not evaluated"),
  get_args: () => new Unknown("type hints are not evaluated"),
  get_origin: () => new Unknown("type hints are not evaluated"),
} satisfies Members);

/** Names of newer versions are types too. */
const furtherType = (name: string): Value => classIn("typing", name);

export const typing = moduleOf("typing", members, furtherType);
export const typingExtensions = moduleOf("typing_extensions", members, furtherType);
