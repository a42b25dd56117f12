/**
 * `torch.Tensor` as the interpreter sees it: methods come from the rule table; here is what no rule can say: sizes as
 * Python values, indexing, iteration, gradients, and numbers taken out of a tensor.
 */
import { type Dim, mul, numel, type Shape } from "../../../algebra/index.ts";
import { numberOf } from "../../../python/equality.ts";
import type { Interpreter } from "../../../python/interpreter.ts";
import { iteratorOf, NotIterable } from "../../../python/iterate.ts";
import { truth } from "../../../python/truth.ts";
import {
  bool,
  Descriptor,
  float,
  Iterator,
  int,
  List,
  Native,
  type NativeCall,
  none,
  notImplemented,
  type Slice,
  Tuple,
  Unknown,
  type Value,
} from "../../../python/values.ts";
import { ArrayValue } from "../../numpy/binding/array.ts";
import { type DType, Tensor, Undecided } from "../../rules/index.ts";
import { torchRules } from "../rules/all.ts";
import { itemSize } from "../rules/dtypes.ts";
import { type IndexItem, indexTensor } from "../rules/ops/indexing.ts";
import { expanded } from "../rules/ops/views.ts";
import { applyOp, decided } from "./apply.ts";
import { contentsOfData, numberIn, partOf, toLists, withContents } from "./contents.ts";
import { tensorOfData } from "./data.ts";
import { indexedNumbers } from "./movements.ts";
import { concreteShape } from "./numbers.ts";
import { overridden } from "./tracing.ts";
import { DTypeValue, device, parameterClass, sizeClass, sizeOf, TensorValue, tensorClass } from "./values.ts";

/** Enters a method; `self` is a tensor. */
function method(
  name: string,
  run: (it: Interpreter, self: TensorValue, args: readonly Value[], keywords: ReadonlyMap<string, Value>) => Value,
): void {
  const native: NativeCall = (it, [self, ...args], keywords) =>
    self instanceof TensorValue ? run(it, self, args, keywords) : new Unknown("a tensor that is not known");
  tensorClass.dict.set(name, new Native(name, native));
}

function property(name: string, get: (it: Interpreter, self: TensorValue) => Value): void {
  const getter = new Native(name, (it, [self]) =>
    self instanceof TensorValue ? get(it, self) : new Unknown("a tensor that is not known"),
  );
  tensorClass.dict.set(name, new Descriptor("property", getter));
}

/** Most items that a tensor is iterated over one by one. */
const maxItems = 4096;

// ── rules ────────────────────────────────────────────────────────────────────────────────────────────────────────────

for (const [name, entry] of torchRules.ops) {
  if (!name.startsWith("Tensor.")) continue;
  const short = name.slice("Tensor.".length);
  const reflected = /^__r?\w+__$/.test(short);
  const native = new Native(short, (it, args, keywords) => {
    // What is no number is another class's business: its reflected method is asked.
    const [, other] = args;
    if (reflected && other && !(other instanceof TensorValue) && (other.kind === "instance" || other.kind === "str")) {
      return notImplemented;
    }
    return overridden(it, native, args, keywords) ?? applyOp(it, entry, args, keywords);
  });
  tensorClass.dict.set(short, native);
}

// ── sizes ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a property of the type gives, or an unknown with the reason why it has none. */
function fromShape(self: TensorValue, read: (shape: readonly Dim[]) => Value): Value {
  const { dims, why } = self.type;
  return dims === null ? new Unknown(why) : read(dims);
}

property("shape", (_it, self) => fromShape(self, sizeOf));
property("ndim", (_it, self) => fromShape(self, (shape) => int(shape.length)));
property("nbytes", (_it, self) =>
  fromShape(self, (shape) =>
    self.type.dtype ? int(mul(numel(shape), itemSize[self.type.dtype])) : new Unknown("the dtype is not known"),
  ),
);
property("itemsize", (_it, self) =>
  self.type.dtype ? int(itemSize[self.type.dtype]) : new Unknown("the dtype is not known"),
);
property("dtype", (_it, self) =>
  self.type.dtype ? DTypeValue.of(self.type.dtype) : new Unknown("the dtype is not known"),
);
property("device", () => device);
property("layout", () => new Unknown("the layout of a tensor"));
for (const name of ["T", "H", "mT", "mH", "real", "imag"]) {
  property(name, (it, self) => {
    const entry = torchRules.ops.get(`Tensor.${name}`);
    return entry ? applyOp(it, entry, [self], new Map()) : new Unknown(`Tensor.${name} has no rule`);
  });
}
for (const name of [
  "is_cuda",
  "is_sparse",
  "is_sparse_csr",
  "is_quantized",
  "is_meta",
  "is_mps",
  "is_mkldnn",
  "is_nested",
])
  property(name, () => bool(false));
property("data", (_it, self) => {
  self.forget();
  return new TensorValue(self.type);
});
property("grad", (_it, self) => new Unknown(`the gradient of ${self.describe()}`));
property("grad_fn", () => new Unknown("the graph of gradients"));
property("is_leaf", () => new Unknown("the graph of gradients", { type: "bool" }));
tensorClass.dict.set(
  "requires_grad",
  new Descriptor(
    "property",
    new Native("requires_grad", (_it, [self]) => (self instanceof TensorValue ? bool(self.requiresGrad) : none)),
  ),
);
method("__setattr__", (it, self, [name, value]) => {
  if (name?.kind === "str" && name.value === "requires_grad") {
    self.setRequiresGrad(value === undefined || truth(it, value) !== false);
  } else if (name?.kind === "str" && name.value === "data" && value instanceof TensorValue) {
    self.setType(value.type);
  }
  return none;
});
method("requires_grad_", (it, self, args, keywords) => {
  const flag = args[0] ?? keywords.get("requires_grad");
  self.setRequiresGrad(flag === undefined || truth(it, flag) !== false);
  return self;
});

sizeClass.dict.set("%sliceable", none);
sizeClass.dict.set(
  "numel",
  new Native("numel", (_it, [self]) =>
    self?.kind === "tuple" && self.items.every((item) => item.kind === "int")
      ? int(numel(self.items.map((item) => (item.kind === "int" ? item.dim : 1))))
      : new Unknown("a size that is not known"),
  ),
);

// ── items ────────────────────────────────────────────────────────────────────────────────────────────────────────────

method("__getitem__", (it, self, [index]) =>
  decided(it, null, false, () => {
    const items = index?.kind === "tuple" ? index.items : [index ?? none];
    const type = indexTensor(self.type, items.map(indexItem));
    const part = new TensorValue(type);
    if (self.numbers === null) return part;
    const places = items.map((value) => ({ item: indexItem(value), value }));
    const shape = concreteShape(type);
    const moved = shape && indexedNumbers(self, places, shape);
    if (moved) part.hold(moved.numbers, moved.isView ? self : null);
    // What is not followed may be a view all the same, and written to.
    else self.forget();
    return part;
  }),
);
method("__setitem__", (it, self, [index, value]) => {
  self.forget();
  if (!(value instanceof TensorValue)) return none;
  return decided(it, null, false, () => {
    const items = index?.kind === "tuple" ? index.items : [index ?? none];
    requireFits(value.type, indexTensor(self.type, items.map(indexItem)).shape);
    return none;
  });
});

/** A value is stretched to the part that it is written to; PyTorch minds no dimensions of size 1 in front. */
function requireFits(value: Tensor, part: Shape): void {
  const shape = [...value.shape];
  while (shape.length > part.length && shape[0] === 1) shape.shift();
  expanded("writing", shape, part);
}
method("__len__", (it, self) =>
  fromShape(self, (shape) => {
    const [first] = shape;
    return first === undefined ? it.raise("TypeError", "len() of a 0-d tensor") : int(first);
  }),
);
method("__iter__", (it, self) =>
  fromShape(self, (shape) => {
    const [first] = shape;
    if (first === undefined) return it.raise("TypeError", "iteration over a 0-d tensor");
    const rest = self.type.withShape(shape.slice(1));
    if (typeof first !== "number" || first > maxItems) {
      const why = new Unknown("the number of items of the tensor is not known");
      const next = (): never => {
        throw new NotIterable(why, new TensorValue(rest));
      };
      return new Iterator({ next }, "iterator");
    }
    return iteratorOf(it, new Tuple(Array.from({ length: first }, (_, i) => partOf(self, i, rest))));
  }),
);
method("__bool__", (_it, self) => {
  const number = numberIn(self);
  if (number) return bool(numberOf(number) !== 0);
  return new Unknown("it depends on the contents of a tensor", { type: "bool" });
});
method("__contains__", () => new Unknown("it depends on the contents of a tensor", { type: "bool" }));
for (const name of ["item", "__float__", "__int__", "__index__"]) {
  method(name, (_it, self) => {
    const number = numberIn(self);
    if (number) return name === "item" ? number : asNumber(number, name);
    const integral = self.type.dtype !== null && /int/.test(self.type.dtype);
    const type =
      name === "__float__"
        ? "float"
        : name !== "item" || integral
          ? "int"
          : self.type.dtype === null
            ? undefined
            : "float";
    return new Unknown("a number taken from a tensor", type ? { type } : { plain: true });
  });
}
method("tolist", (_it, self) => toLists(self) ?? nested(self.type.dims ?? null));
method("numpy", (_it, self) => new ArrayValue(self.type.dims, self.type.dtype));
for (const name of ["backward", "register_hook", "retain_grad", "set_"]) method(name, () => none);
method("register_post_accumulate_grad_hook", () => none);
method("as_subclass", (_it, self) => self);
method("new", (it, self, args, keywords) => tensorConstructor(self.type.dtype ?? "float32")(it, args, keywords));
method("new_tensor", (it, self, args, keywords) => {
  const dtype = keywords.get("dtype") ?? (self.type.dtype ? DTypeValue.of(self.type.dtype) : undefined);
  return tensorFunction(it, args, new Map(dtype ? [...keywords, ["dtype", dtype]] : keywords));
});
method("get_device", () => new Unknown("the device of a tensor", { type: "int" }));
for (const name of ["stride", "storage_offset", "data_ptr"]) {
  method(name, () => new Unknown("how a tensor lies in memory", { plain: true }));
}
method("__deepcopy__", (_it, self) => copyOf(self));
method("__hash__", () => new Unknown("a hash", { type: "int" }));
parameterClass.dict.set(
  "__new__",
  new Native("__new__", (it, args, keywords) => makeParameter(it, args.slice(1), keywords), false),
);

/** A number as `float(x)`, `int(x)` and `operator.index(x)` give it. */
function asNumber(number: Value, name: string): Value {
  const value = numberOf(number) ?? Number.NaN;
  if (name === "__float__") return float(value);
  return Number.isFinite(value) ? int(Math.trunc(value)) : new Unknown("a number that is not finite", { type: "int" });
}

/** `nn.Parameter(data, requires_grad=True)`. */
function makeParameter(it: Interpreter, args: readonly Value[], keywords: ReadonlyMap<string, Value>): Value {
  const data = args[0] ?? keywords.get("data");
  const flag = args[1] ?? keywords.get("requires_grad");
  const requiresGrad = flag === undefined || truth(it, flag) !== false;
  if (data instanceof TensorValue) data.forget();
  const type =
    data instanceof TensorValue
      ? data.type
      : data === undefined || data.kind === "none"
        ? new Tensor([0], "float32")
        : new Tensor(null, null, data.kind === "unknown" ? data.why : "what the parameter is made of is not known");
  return new TensorValue(type, { parameter: true, requiresGrad });
}

/** `torch.Tensor(2, 3)` is a tensor of these sizes; `torch.Tensor([…])` and `torch.Tensor(x)` hold what they are given. */
export function tensorConstructor(dtype: DType): NativeCall {
  return (it, args) => {
    const [first] = args;
    const fromData =
      args.length === 1 &&
      (first?.kind === "list" ||
        first instanceof TensorValue ||
        first instanceof ArrayValue ||
        (first?.kind === "tuple" && first.cls !== sizeClass));
    if (fromData && first)
      return decided(it, null, false, () => new TensorValue(tensorOfData(first, DTypeValue.of(dtype))));
    const entry = torchRules.ops.get("torch.empty");
    if (!entry) return new Unknown("torch.Tensor has no rule");
    const sized = args.length === 0 ? [int(0)] : args;
    return applyOp(it, entry, sized, new Map([["dtype", DTypeValue.of(dtype)]]));
  };
}
tensorClass.dict.set(
  "__new__",
  new Native("__new__", (it, args, keywords) => tensorConstructor("float32")(it, args.slice(1), keywords), false),
);

/** `torch.tensor(data, dtype=None)`. */
export const tensorFunction: NativeCall = (it, args, keywords) =>
  decided(it, null, false, () => {
    const data = args[0] ?? keywords.get("data");
    return data
      ? withContents(tensorOfData(data, keywords.get("dtype") ?? args[1]), contentsOfData(data))
      : it.raise("TypeError", "tensor() is missing its data");
  });

/** `torch.from_numpy(array)`. */
export const fromNumpy: NativeCall = (_it, [array]) => {
  if (!(array instanceof ArrayValue))
    return new Unknown(array?.kind === "unknown" ? array.why : "an array that is not known");
  return new TensorValue(new Tensor(array.shape, array.dtype, "the shape of the array is not known"));
};

/** A tensor of its own with the same type. */
export function copyOf(tensor: TensorValue): TensorValue {
  return new TensorValue(tensor.type, { parameter: tensor.isParameter, requiresGrad: tensor.requiresGrad });
}

function nested(shape: readonly Dim[] | null): Value {
  if (shape === null) return new Unknown("the contents of a tensor");
  const [first, ...rest] = shape;
  if (first === undefined) return new Unknown("a number taken from a tensor", { plain: true });
  if (typeof first !== "number" || first > maxItems) return new Unknown("the contents of a tensor");
  return new List(Array.from({ length: first }, () => nested(rest)));
}

function indexItem(value: Value): IndexItem {
  switch (value.kind) {
    case "none":
      return { kind: "newaxis" };
    case "ellipsis":
      return { kind: "ellipsis" };
    case "bool":
      return { kind: "bool", value: value.value };
    case "int":
      return { kind: "int", value: value.dim };
    case "slice":
      return sliceItem(value);
    case "host":
      if (value instanceof TensorValue) {
        return { kind: "tensor", tensor: value.type, trues: truesIn(value) };
      }
      break;
    case "list":
    case "tuple":
      return listItem(value.kind === "list" && value.lost ? null : value.items);
    case "range":
      break;
    case "unknown":
      // An int, a slice, a mask: each gives another rank.
      if (value.facts.type === "int" || value.facts.dim) return { kind: "int", value: value.asDim() };
      throw new Undecided(`the index is not known: ${value.why}`);
    default:
      break;
  }
  throw new Undecided("the index is not known");
}

/** How many elements of a mask are true, where its numbers are known. */
function truesIn({ contents }: TensorValue): number | null {
  return contents?.every((each) => typeof each === "number") ? contents.filter((each) => each !== 0).length : null;
}

function sliceItem({ lower, upper, step }: Slice): IndexItem {
  const bound = (value: Value): Dim | null => {
    if (value.kind === "none") return null;
    if (value.kind === "int") return value.dim;
    if (value.kind === "unknown") {
      const dim = value.asDim();
      if (dim !== null) return dim;
    }
    throw new Undecided("the bounds of the slice are not known");
  };
  const by = bound(step);
  if (by !== null && typeof by !== "number") throw new Undecided("the step of the slice is not known");
  return { kind: "slice", start: bound(lower), stop: bound(upper), step: by };
}

/** A list of ints or bools indexes as the tensor of them would. */
function listItem(items: readonly Value[] | null): IndexItem {
  if (items === null) throw new Undecided("the index is not known");
  if (items.some((item) => item.kind === "unknown")) throw new Undecided("the index is not known");
  const dtype = items.length > 0 && items.every((item) => item.kind === "bool") ? "bool" : "int64";
  const inner = items[0];
  const rest = inner?.kind === "list" || inner?.kind === "tuple" ? inner.items.length : null;
  return {
    kind: "tensor",
    tensor: new Tensor(rest === null ? [items.length] : [items.length, rest], dtype),
    trues: dtype === "bool" ? items.filter((item) => item.kind === "bool" && item.value).length : null,
  };
}
