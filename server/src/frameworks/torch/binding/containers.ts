/** Containers of `torch.nn`: Sequential, ModuleList, ModuleDict, ParameterList, ParameterDict. */
import { call } from "../../../python/call.ts";
import { numberOf } from "../../../python/equality.ts";
import type { Interpreter } from "../../../python/interpreter.ts";
import { itemsOf, iteratorOf } from "../../../python/iterate.ts";
import { getItem, placesOf, sliceBounds } from "../../../python/subscript.ts";
import {
  bool,
  Class,
  Dict,
  Instance,
  int,
  List,
  none,
  type Slice,
  str,
  Tuple,
  Unknown,
  type Value,
} from "../../../python/values.ts";
import { perhapsModule } from "./doubts.ts";
import { callModule, entriesOf, initModule, isModule, method, moduleClass, register, registry } from "./module.ts";
import { namesOf } from "./moduleNames.ts";
import { TensorValue } from "./values.ts";

const container = (name: string): Class =>
  new Class({ name, qualname: `torch.nn.${name}`, module: "torch.nn", bases: [moduleClass], partial: namesOf(name) });

export const sequentialClass = container("Sequential");
export const moduleListClass = container("ModuleList");
export const moduleDictClass = container("ModuleDict");
export const parameterListClass = container("ParameterList");
export const parameterDictClass = container("ParameterDict");

type Registry = "_modules" | "_parameters";

/** Enters unknown contents: the container is lost with that reason. */
function lose(self: Instance, kind: Registry, why: string): void {
  const dict = registry(self, kind);
  dict?.touch();
  if (dict) dict.lost ??= new Unknown(why);
}

function valuesOf(self: Instance, kind: Registry): Value[] | Unknown {
  const dict = registry(self, kind);
  if (!dict) return new Unknown("the container was not initialised");
  return dict.lost ?? entriesOf(dict).map(([, value]) => value);
}

/** Replaces the contents, numbered from 0. */
function renumber(self: Instance, kind: Registry, values: readonly Value[]): void {
  const dict = registry(self, kind);
  dict?.touch();
  dict?.entries.clear();
  values.forEach((value, i) => {
    dict?.set(String(i), value);
  });
}

function append(it: Interpreter, self: Instance, kind: Registry, value: Value): void {
  const unknown = value.kind === "unknown" ? value : perhapsModule(value);
  if (unknown) {
    lose(self, kind, unknown.why);
    return;
  }
  if (kind === "_modules" && !isModule(value) && value.kind !== "none") {
    it.raise("TypeError", `${value.kind} is not a Module subclass`);
  }
  const count = registry(self, kind)?.entries.size ?? 0;
  register(self, kind, String(count), value);
}

function extend(it: Interpreter, self: Instance, kind: Registry, items: Value): void {
  const values = itemsOf(it, items);
  if (values instanceof Unknown) lose(self, kind, values.why);
  else for (const value of values) append(it, self, kind, kind === "_parameters" ? asParameter(value) : value);
}

function asParameter(value: Value): Value {
  return value instanceof TensorValue && !value.isParameter ? new TensorValue(value.type, { parameter: true }) : value;
}

/** A new container of the same class with these contents. */
function sibling(self: Instance, kind: Registry, entries: readonly [string, Value][]): Instance {
  const made = new Instance(self.cls, self.site);
  initModule(made);
  for (const [name, value] of entries) register(made, kind, name, value);
  return made;
}

function at(it: Interpreter, self: Instance, kind: Registry, index: Value): Value {
  const dict = registry(self, kind);
  if (!dict) return new Unknown("the container was not initialised");
  if (dict.lost) return new Unknown(dict.lost.why);
  const entries = entriesOf(dict);
  if (index.kind === "slice") return sliceOf(self, kind, entries, index);
  const n = numberOf(index);
  if (n === null) return new Unknown(index.kind === "unknown" ? index.why : "the index is not known");
  const entry = entries[n < 0 ? n + entries.length : n];
  return entry?.[1] ?? it.raise("IndexError", `index ${n} is out of range`);
}

/** A slice of a Sequential keeps the names; one of a list numbers anew. */
function sliceOf(self: Instance, kind: Registry, entries: [string, Value][], slice: Slice): Value {
  const bounds = sliceBounds(slice, entries.length);
  if (!bounds) return new Unknown("the bounds of the slice are not known");
  const taken: [string, Value][] = [];
  for (let i = bounds.start; bounds.step > 0 ? i < bounds.stop : i > bounds.stop; i += bounds.step) {
    const entry = entries[i];
    if (entry) taken.push(self.cls.isSubclassOf(sequentialClass) ? entry : [String(taken.length), entry[1]]);
  }
  return sibling(self, kind, taken);
}

function indexOf(self: Instance, kind: Registry, index: Value): string | null {
  const n = numberOf(index);
  const names = entriesOf(registry(self, kind)).map(([name]) => name);
  return n === null ? null : (names[n < 0 ? n + names.length : n] ?? null);
}

/** What lists have in common. */
function listMethods(cls: Class, kind: Registry): void {
  method(cls, "__len__", (_it, self) => {
    const dict = registry(self, kind);
    return !dict || dict.lost
      ? new Unknown(dict?.lost?.why ?? "the container was not initialised", { type: "int" })
      : int(dict.entries.size);
  });
  method(cls, "__bool__", (_it, self) => {
    const dict = registry(self, kind);
    return !dict || dict.lost ? new Unknown(dict?.lost?.why ?? "", { type: "bool" }) : bool(dict.entries.size > 0);
  });
  method(cls, "__iter__", (it, self) => {
    const values = valuesOf(self, kind);
    return values instanceof Unknown ? values : iteratorOf(it, new Tuple(values));
  });
  method(cls, "__getitem__", (it, self, [index]) => at(it, self, kind, index ?? none));
  method(cls, "__setitem__", (_it, self, [index, value]) => {
    const name = indexOf(self, kind, index ?? none);
    if (name === null || !value) lose(self, kind, "an index that is not known was replaced");
    else registry(self, kind)?.set(name, value);
    return none;
  });
  method(cls, "__delitem__", (_it, self, [index]) => {
    const values = valuesOf(self, kind);
    if (index?.kind === "slice" && !(values instanceof Unknown)) {
      const bounds = sliceBounds(index, values.length);
      const gone = new Set(bounds ? placesOf(bounds) : []);
      if (bounds)
        renumber(
          self,
          kind,
          values.filter((_value, i) => !gone.has(i)),
        );
      else lose(self, kind, "a part of the container that is not known was deleted");
      return none;
    }
    const name = indexOf(self, kind, index ?? none);
    if (name === null || values instanceof Unknown) lose(self, kind, "an index that is not known was deleted");
    else {
      const names = entriesOf(registry(self, kind)).map(([each]) => each);
      renumber(
        self,
        kind,
        values.filter((_value, i) => names[i] !== name),
      );
    }
    return none;
  });
  method(cls, "append", (it, self, [value]) => {
    append(it, self, kind, kind === "_parameters" ? asParameter(value ?? none) : (value ?? none));
    return self;
  });
  method(cls, "extend", (it, self, [items]) => {
    extend(it, self, kind, items ?? none);
    return self;
  });
  method(cls, "__iadd__", (it, self, [items]) => {
    extend(it, self, kind, items ?? none);
    return self;
  });
  method(cls, "__add__", (it, self, [other]) => {
    const values = valuesOf(self, kind);
    const more = itemsOf(it, other ?? none);
    const made = sibling(self, kind, []);
    if (values instanceof Unknown || more instanceof Unknown) lose(made, kind, "the contents are not known");
    else renumber(made, kind, [...values, ...more]);
    return made;
  });
  method(cls, "insert", (_it, self, [index, value]) => {
    const values = valuesOf(self, kind);
    const n = numberOf(index ?? none);
    if (values instanceof Unknown || n === null || !value)
      lose(self, kind, "an index that is not known was inserted at");
    else {
      values.splice(n, 0, value);
      renumber(self, kind, values);
    }
    return none;
  });
  method(cls, "pop", (it, self, [index]) => {
    const values = valuesOf(self, kind);
    const n = index ? numberOf(index) : -1;
    if (values instanceof Unknown || n === null) return new Unknown("what is popped is not known");
    const [popped] = values.splice(n, 1);
    renumber(self, kind, values);
    return popped ?? it.raise("IndexError", "pop index out of range");
  });
}

// ── Sequential and ModuleList ────────────────────────────────────────────────────────────────────────────────────────

listMethods(sequentialClass, "_modules");
listMethods(moduleListClass, "_modules");

method(sequentialClass, "__init__", (it, self, args) => {
  initModule(self);
  const [only] = args;
  if (args.length === 1 && only?.kind === "dict") {
    if (only.lost) lose(self, "_modules", only.lost.why);
    for (const [name, value] of entriesOf(only)) {
      if (value.kind === "unknown") lose(self, "_modules", value.why);
      else register(self, "_modules", name, value);
    }
  } else {
    for (const arg of args) append(it, self, "_modules", arg);
  }
  return none;
});
method(sequentialClass, "forward", (it, self, args) => {
  const values = valuesOf(self, "_modules");
  if (values instanceof Unknown) return new Unknown(values.why);
  let x: Value = args[0] ?? none;
  for (const layer of values) x = isModule(layer) ? callModule(it, layer, [x], new Map()) : call(it, layer, [x]);
  return x;
});
for (const name of ["__mul__", "__rmul__"]) {
  method(sequentialClass, name, (_it, self, [times]) => {
    const values = valuesOf(self, "_modules");
    const n = numberOf(times ?? none);
    const made = sibling(self, "_modules", []);
    if (values instanceof Unknown || n === null) lose(made, "_modules", "the contents are not known");
    else renumber(made, "_modules", Array.from({ length: n }, () => values).flat());
    return made;
  });
}
method(moduleListClass, "__init__", (it, self, args, keywords) => {
  initModule(self);
  const modules = args[0] ?? keywords.get("modules");
  if (modules && modules.kind !== "none") extend(it, self, "_modules", modules);
  return none;
});

// ── ModuleDict ───────────────────────────────────────────────────────────────────────────────────────────────────────

function update(it: Interpreter, self: Instance, kind: Registry, items: Value): void {
  if (items.kind === "dict" && !items.lost) {
    for (const [name, value] of entriesOf(items))
      register(self, kind, name, kind === "_parameters" ? asParameter(value) : value);
    return;
  }
  if (isModule(items)) {
    for (const [name, value] of entriesOf(registry(items, kind))) register(self, kind, name, value);
    return;
  }
  const pairs = itemsOf(it, items);
  if (pairs instanceof Unknown || items.kind === "dict") {
    lose(self, kind, pairs instanceof Unknown ? pairs.why : "the contents are not known");
    return;
  }
  for (const pair of pairs) {
    const [name, value] = [getItem(it, pair, int(0)), getItem(it, pair, int(1))];
    if (name.kind === "str") register(self, kind, name.value, value);
    else lose(self, kind, "a key that is not known was set");
  }
}

function dictMethods(cls: Class, kind: Registry): void {
  const names = (self: Instance): Value => listed(self, (entries) => entries.map(([name]) => str(name)));
  const listed = (self: Instance, make: (entries: [string, Value][]) => Value[]): Value => {
    const dict = registry(self, kind) ?? new Dict();
    const list = new List(make(entriesOf(dict)));
    list.lost = dict.lost;
    return list;
  };
  method(cls, "__init__", (it, self, args, keywords) => {
    initModule(self);
    const items = args[0] ?? keywords.get("modules") ?? keywords.get("parameters");
    if (items && items.kind !== "none") update(it, self, kind, items);
    return none;
  });
  method(cls, "clear", (_it, self) => {
    const dict = registry(self, kind);
    dict?.touch();
    dict?.entries.clear();
    return none;
  });
  method(cls, "update", (it, self, [items]) => {
    update(it, self, kind, items ?? none);
    return none;
  });
  method(cls, "__getitem__", (it, self, [key]) => {
    const dict = registry(self, kind) ?? new Dict();
    return getItem(it, dict, key ?? none);
  });
  method(cls, "__setitem__", (_it, self, [key, value]) => {
    if (key?.kind === "str" && value)
      register(self, kind, key.value, kind === "_parameters" ? asParameter(value) : value);
    else lose(self, kind, "a key that is not known was set");
    return none;
  });
  method(cls, "__delitem__", (_it, self, [key]) => {
    if (key?.kind === "str") registry(self, kind)?.delete(key.value);
    else lose(self, kind, "a key that is not known was deleted");
    return none;
  });
  method(cls, "__contains__", (_it, self, [key]) => {
    const dict = registry(self, kind);
    if (key?.kind !== "str" || !dict || dict.lost) return new Unknown("the key is not known", { type: "bool" });
    return bool(dict.get(key.value) !== undefined);
  });
  method(cls, "__len__", (_it, self) => {
    const dict = registry(self, kind);
    return !dict || dict.lost
      ? new Unknown("the number of entries is not known", { type: "int" })
      : int(dict.entries.size);
  });
  method(cls, "__iter__", (it, self) => iteratorOf(it, names(self)));
  method(cls, "keys", (_it, self) => names(self));
  method(cls, "values", (_it, self) => listed(self, (entries) => entries.map(([, value]) => value)));
  method(cls, "items", (_it, self) =>
    listed(self, (entries) => entries.map(([name, value]) => new Tuple([str(name), value]))),
  );
  method(cls, "get", (_it, self, [key, fallback]) => {
    const found = key?.kind === "str" ? registry(self, kind)?.get(key.value) : undefined;
    return found ?? fallback ?? none;
  });
  method(cls, "pop", (it, self, [key]) => {
    const found = key?.kind === "str" ? registry(self, kind)?.get(key.value) : undefined;
    if (key?.kind === "str") registry(self, kind)?.delete(key.value);
    return found ?? it.raise("KeyError", "no such entry");
  });
}
dictMethods(moduleDictClass, "_modules");

// ── parameters ───────────────────────────────────────────────────────────────────────────────────────────────────────

listMethods(parameterListClass, "_parameters");
method(parameterListClass, "__init__", (it, self, args, keywords) => {
  initModule(self);
  const values = args[0] ?? keywords.get("values");
  if (values && values.kind !== "none") extend(it, self, "_parameters", values);
  return none;
});
dictMethods(parameterDictClass, "_parameters");
