/**
 * `torch.utils.data.DataLoader`: what a loop over it gets. The first batch is certain where the length of the dataset is
 * known; the rest is as many times a batch like it. The datasets themselves are Python, see `prelude/data.ts`.
 */
import { ceildiv, type Dim, eq, floordiv, ge, mod } from "../../../algebra/index.ts";
import { findAttribute } from "../../../python/attributes.ts";
import { call, guarded } from "../../../python/call.ts";
import { describeException } from "../../../python/exceptions.ts";
import type { Interpreter } from "../../../python/interpreter.ts";
import { NotIterable } from "../../../python/iterate.ts";
import { truth } from "../../../python/truth.ts";
import { objectClass } from "../../../python/types.ts";
import {
  bool,
  Class,
  Dict,
  type Instance,
  Iterator,
  int,
  type Keywords,
  List,
  none,
  Tuple,
  Unknown,
  type Value,
} from "../../../python/values.ts";
import { ArrayValue } from "../../numpy/binding/array.ts";
import { type DType, Tensor } from "../../rules/index.ts";
import { method } from "./module.ts";
import { TensorValue } from "./values.ts";

export const loaderClass = new Class({
  name: "DataLoader",
  module: "torch.utils.data",
  bases: [objectClass],
  partial: true,
});

const parameters = [
  "dataset",
  "batch_size",
  "shuffle",
  "sampler",
  "batch_sampler",
  "num_workers",
  "collate_fn",
  "pin_memory",
  "drop_last",
];

method(loaderClass, "__init__", (_it, self, args, keywords) => {
  const defaults: Keywords = new Map<string, Value>([
    ["batch_size", int(1)],
    ["drop_last", bool(false)],
  ]);
  parameters.forEach((name, i) => {
    self.set(name, args[i] ?? keywords.get(name) ?? defaults.get(name) ?? none);
  });
  return none;
});

method(loaderClass, "__len__", (it, self) => {
  const [items, size] = [lengthOf(it, self), sizeOf(self)];
  if (items === null || size === undefined) return new Unknown("the number of batches", { type: "int" });
  return int(size === null ? items : dropsLast(it, self) ? floordiv(items, size) : ceildiv(items, size));
});

method(loaderClass, "__iter__", (it, self) => {
  const item = exampleOf(it, self);
  const unknown = new Unknown("the number of batches is not known");
  const items = lengthOf(it, self);
  const size = sizeOf(self);
  if (item === null || size === undefined) {
    return iteratorOver([], unknown, item === null ? null : batchOf(it, self, item, null));
  }
  if (size === null) return iteratorOver([], unknown, collate(item, null));
  if (items === null) return iteratorOver([], unknown, batchOf(it, self, item, null));
  const drops = dropsLast(it, self);
  const isWhole = ge(items, size) === true;
  if (!isWhole && (drops || eq(items, 0) !== false)) return iteratorOver([], unknown, batchOf(it, self, item, null));
  if (!isWhole || eq(items, size) === true) return iteratorOver([batchOf(it, self, item, items)], null, null);
  // The last batch may be smaller: then all are told alike, of any number of items.
  const isEven = drops || eq(mod(items, size), 0) === true;
  const batch = batchOf(it, self, item, isEven ? size : null);
  return iteratorOver([batch], unknown, batch);
});

/** An iterator over batches that come in any case, and then over an unknown number of further ones. */
function iteratorOver(certain: readonly Value[], rest: Unknown | null, further: Value | null): Iterator {
  const batches = certain.values();
  return new Iterator({
    next(): IteratorResult<Value, unknown> {
      const batch = batches.next();
      if (batch.done && rest !== null) throw new NotIterable(rest, further);
      return batch;
    },
  });
}

/** The items that one epoch goes through; null where that is not known. */
function lengthOf(it: Interpreter, self: Instance): Dim | null {
  if (!isDefault(self, "sampler") || !isDefault(self, "batch_sampler")) return null;
  const dataset = self.attrs.get("dataset") ?? none;
  const measure = dataset.kind === "instance" ? findAttribute(it, dataset, "__len__") : null;
  if (dataset.kind === "list" || dataset.kind === "tuple") {
    return dataset.kind === "list" && dataset.lost ? null : dataset.items.length;
  }
  if (dataset instanceof TensorValue) return dataset.type.dims?.[0] ?? null;
  const length = measure && trying(it, () => call(it, measure, []));
  return length?.kind === "int" ? length.dim : null;
}

/** The batch size: null where items come one by one, undefined where it is not known. */
function sizeOf(self: Instance): Dim | null | undefined {
  const size = self.attrs.get("batch_size");
  if (!isDefault(self, "batch_sampler")) return undefined;
  if (size?.kind === "none") return null;
  if (size?.kind === "int") return size.dim;
  return size?.kind === "unknown" ? (size.asDim() ?? undefined) : undefined;
}

function dropsLast(it: Interpreter, self: Instance): boolean {
  return truth(it, self.attrs.get("drop_last") ?? none) !== false;
}

function isDefault(self: Instance, name: string): boolean {
  return (self.attrs.get(name) ?? none).kind === "none";
}

/** Any item of the dataset; null where it cannot be asked for one. */
function exampleOf(it: Interpreter, self: Instance): Value | null {
  const dataset = self.attrs.get("dataset") ?? none;
  const [first] = dataset.kind === "list" || dataset.kind === "tuple" ? dataset.items : [];
  if (first !== undefined) return isAlike(dataset) ? first : null;
  const get = dataset.kind === "instance" || dataset.kind === "host" ? findAttribute(it, dataset, "__getitem__") : null;
  if (!get) return null;
  const index = new Unknown("which item of the dataset it is", { type: "int", name: "index" });
  const item = trying(it, () => call(it, get, [index]));
  return item.kind === "unknown" ? null : item;
}

/** Whether all items of a list are told by its first: there is only one. */
function isAlike(dataset: Value): boolean {
  return (dataset.kind === "list" || dataset.kind === "tuple") && dataset.items.length === 1;
}

/** What raises here does so for a reason that an unknown index brings along. */
function trying(it: Interpreter, body: () => Value): Value {
  return guarded(it, body, ({ exception }) => describeException(exception));
}

// ── batches ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A batch of `count` items like this one; null for any number. */
function batchOf(it: Interpreter, self: Instance, item: Value, count: Dim | null): Value {
  const own = self.attrs.get("collate_fn") ?? none;
  if (own.kind === "none") return collate(item, count ?? anyNumber());
  if (typeof count !== "number" || count > mostItems) return new Unknown("what collate_fn makes of the items");
  return trying(it, () => call(it, own, [new List(Array.from({ length: count }, () => item))]));
}

/** Most items that are handed to a function of the user's own. */
const mostItems = 512;

function anyNumber(): Dim {
  return new Unknown("the number of items in the batch", { type: "int", name: "N" }).asDim() ?? 1;
}

/**
 * What `default_collate` makes of `count` items, and `default_convert` of one alone (null).
 * https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.default_collate
 */
function collate(item: Value, count: Dim | null): Value {
  const batch = (dims: readonly Dim[] | null, dtype: DType | null, why = ""): Value =>
    new TensorValue(new Tensor(dims === null ? null : count === null ? dims : [count, ...dims], dtype, why));
  if (item instanceof TensorValue) return batch(item.type.dims, item.type.dtype, item.type.why);
  if (item instanceof ArrayValue) return batch(item.shape, item.dtype, "the shape of the array is not known");
  switch (item.kind) {
    case "float":
      return count === null ? item : batch([], "float64");
    case "bool":
      return count === null ? item : batch([], "bool");
    case "int":
      return count === null ? item : batch([], "int64");
    case "tuple":
    case "list": {
      if (item.kind === "list" && item.lost) return new Unknown(item.lost.why);
      const parts = item.items.map((part) => collate(part, count));
      return item.kind === "tuple" && item.cls ? new Tuple(parts, item.cls) : new List(parts);
    }
    case "dict": {
      if (item.lost) return new Unknown(item.lost.why);
      const parts = new Dict();
      for (const { key, value } of item.entries.values()) {
        if (key.kind === "str") parts.set(key.value, collate(value, count));
        else return new Unknown("a batch of dicts");
      }
      return parts;
    }
    case "unknown": {
      const { type } = item.facts;
      if (type === "int" || type === "float")
        return count === null ? item : batch([], type === "int" ? "int64" : "float64");
      return new Unknown(item.why);
    }
    default:
      return new Unknown("a batch of what is no tensor");
  }
}
