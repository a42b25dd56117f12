/** Converts the interpreter's values to what rules receive, and what rules return to values. */
import { type Dim, formatShape } from "../../../algebra/index.ts";
import { reprText } from "../../../python/format.ts";
import { tupleClass } from "../../../python/types.ts";
import {
  bool,
  Class,
  Descriptor,
  float,
  Instance,
  int,
  List,
  Native,
  none,
  str,
  Tuple,
  Unknown,
  type Value,
} from "../../../python/values.ts";
import {
  notFitting,
  type Opaque,
  type Out,
  PackedSteps,
  type Reader,
  Scalar,
  Tensor,
  type TypeName,
  Undecided,
} from "../../rules/index.ts";
import { DTypeValue, TensorValue } from "./values.ts";

export const valueReader: Reader<Value> = {
  isNone: (value) => value.kind === "none",
  read: (type, value) => (value.kind === "unknown" ? readUnknown(type, value) : readers[type](value)),
  describe: describeValue,
  isRest: (value) => value.kind === "tuple" || value.kind === "list",
  asOpen: (value) => (value.kind === "unknown" && value.facts.rest ? new Undecided(value.why) : null),
  pack: (values) => new Tuple(values),
  fromDefault(value) {
    if (value === null) return none;
    if (typeof value === "boolean") return bool(value);
    if (typeof value === "string") return str(value);
    return Number.isInteger(value) ? int(value) : float(value);
  },
};

/** The value of a rule's result. */
export function toValue(out: Out): Value {
  if (out instanceof Tensor) return new TensorValue(out);
  if (Array.isArray(out)) return new Tuple((out as readonly Out[]).map(toValue));
  if ("list" in out) return new List(out.list.map(toValue));
  if ("named" in out)
    return new Tuple(Object.values(out.fields).map(toValue), namedClass(out.named, Object.keys(out.fields)));
  if ("int" in out) return int(out.int);
  if ("packed" in out) return repacked(out.packed, out.like.origin as Instance);
  if ("bool" in out) return out.bool === undefined ? new Unknown(out.why, { type: "bool" }) : bool(out.bool);
  if ("dtype" in out) return DTypeValue.of(out.dtype);
  if ("float" in out) return out.float === null ? new Unknown(out.why, { type: "float" }) : float(out.float);
  return none;
}

/** A value for a message: a tensor by its shape. */
export function describeValue(value: Value): string {
  if (value instanceof TensorValue) return value.type.dims ? `a tensor ${formatShape(value.type.dims)}` : "a tensor";
  if (value.kind === "instance") return `a ${value.cls.name}`;
  return reprText(value);
}

const namedClasses = new Map<string, Class>();

export function namedClass(name: string, fields: readonly string[]): Class {
  let cls = namedClasses.get(name);
  if (!cls) {
    cls = new Class({ name, module: "torch.return_types", bases: [tupleClass], partial: true });
    fields.forEach((field, i) => {
      const getter = new Native(field, (_it, [self]) => (self?.kind === "tuple" ? (self.items[i] ?? none) : none));
      cls?.dict.set(field, new Descriptor("property", getter));
    });
    namedClasses.set(name, cls);
  }
  return cls;
}

function readUnknown(type: TypeName, value: Unknown): unknown {
  const undecided = new Undecided(value.why);
  switch (type) {
    case "int":
      return value.asDim() ?? undecided;
    case "single":
    case "pair":
    case "triple": {
      // An int stands for all directions; a tuple would not. Which of the two it is decides the shape.
      const dim = value.isNumber ? value.asDim() : null;
      return dim === null ? undecided : Array.from({ length: arity[type] }, () => dim);
    }
    case "ints": {
      const dim = value.isNumber ? value.asDim() : null;
      return dim === null ? undecided : [dim];
    }
    case "tensor":
      return new Tensor(null, null, value.why);
    case "any":
      return { opaque: value } satisfies Opaque;
    case "operand":
      if (value.facts.type === "float") return new Scalar("float", null);
      if (value.facts.type === "int") return new Scalar("int", null);
      return value.facts.isFraction && value.isCertainlyNumber ? new Scalar("float", null) : undecided;
    default:
      return undecided;
  }
}

const arity = { single: 1, pair: 2, triple: 3 } as const;

const readers: Readonly<Record<TypeName, (value: Exclude<Value, Unknown>) => unknown>> = {
  int: readInt,
  float(value) {
    if (value.kind === "float") return value.value;
    const dim = readInt(value);
    if (typeof dim === "number") return dim;
    return dim === notFitting ? notFitting : new Undecided("a number that is not known");
  },
  bool(value) {
    if (value.kind === "bool") return value.value;
    if (value.kind === "none") return false;
    if (value.kind === "int")
      return typeof value.dim === "number" ? value.dim !== 0 : new Undecided("a size used as a flag");
    if (value.kind === "float") return value.value !== 0;
    if (value.kind === "tuple" || (value.kind === "list" && !value.lost)) return value.items.length > 0;
    if (value.kind === "str") return value.value !== "";
    // A flag is looked at when it counts, and nobody asks before what it is.
    return value.kind === "host" || value.kind === "instance" ? new Undecided("a flag that is no bool") : notFitting;
  },
  str: (value) => (value.kind === "str" ? value.value : notFitting),
  tensor: (value) => (value instanceof TensorValue ? value.type : notFitting),
  tensors: (value) => readSequence(value, readItem("tensor")),
  single: (value) => readTuple(value, 1),
  pair: (value) => readTuple(value, 2),
  triple: (value) => readTuple(value, 3),
  ints(value) {
    const one = readInt(value);
    return one === notFitting ? readSequence(value, readItem("int")) : one instanceof Undecided ? one : [one];
  },
  shapes: (value) => readSequence(value, readItem("ints")),
  optints(value) {
    if (value.kind === "none") return [null];
    const one = readInt(value);
    if (one !== notFitting) return one instanceof Undecided ? one : [one];
    return readSequence(value, (item) => (item.kind === "none" ? null : readItem("int")(item)));
  },
  floats(value) {
    const one = readers.float(value);
    return one === notFitting ? readSequence(value, readItem("float")) : one instanceof Undecided ? one : [one];
  },
  dtype: (value) => readDType(value),
  operand(value) {
    if (value instanceof TensorValue) return value.type;
    if (value.kind === "float") return new Scalar("float", value.value);
    if (value.kind === "bool") return new Scalar("bool", value.value ? 1 : 0);
    if (value.kind === "int") return new Scalar("int", typeof value.dim === "number" ? value.dim : null);
    return notFitting;
  },
  packed: readPacked,
  sublists: (value) =>
    readSequence(value, (item) =>
      item instanceof TensorValue
        ? item.type
        : readSequence(item, (label) => (label.kind === "ellipsis" ? "..." : readItem("int")(label))),
    ),
  any: (value) => ({ opaque: value }) satisfies Opaque,
};

/** The class is written in Python, in the prelude. */
function readPacked(value: Value): unknown {
  if (value.kind !== "instance" || value.cls.name !== "PackedSequence") return notFitting;
  const data = value.attrs.get("data");
  const count = value.attrs.get("_count");
  const sequences = count?.kind === "int" ? count.dim : count?.kind === "unknown" ? count.asDim() : null;
  return new PackedSteps(
    data instanceof TensorValue ? data.type : new Tensor(null, null, "the data of the packed sequence is not known"),
    sequences,
    value.attrs.get("sorted_indices")?.kind !== "none",
    value,
  );
}

function repacked(data: Tensor, origin: Instance): Value {
  const made = new Instance(origin.cls, origin.site);
  for (const [name, value] of origin.attrs) made.set(name, name === "data" ? new TensorValue(data) : value);
  return made;
}

function readItem(type: TypeName): (item: Value) => unknown {
  return (item) => valueReader.read(type, item);
}

function readInt(value: Value): Dim | Undecided | typeof notFitting {
  if (value.kind === "int") return value.dim;
  if (value.kind === "bool") return value.value ? 1 : 0;
  if (value instanceof TensorValue) return new Undecided("a number that is computed from a tensor");
  return notFitting;
}

function readTuple(value: Value, length: number): unknown {
  const one = readInt(value);
  if (one instanceof Undecided) return one;
  if (one !== notFitting) return Array.from({ length }, () => one);
  const items = readSequence(value, readItem("int"));
  if (!Array.isArray(items)) return items;
  if (items.length === 1 && length > 1) return Array.from({ length }, () => items[0]);
  return items.length === length ? items : notFitting;
}

function readSequence(value: Value, read: (item: Value) => unknown): unknown {
  if (value.kind === "list" && value.lost) return new Undecided(value.lost.why);
  if (value.kind !== "list" && value.kind !== "tuple") return notFitting;
  const [only] = value.items;
  // `f([a, b])` for `f(a, b)`, with a list whose items are not known.
  if (value.items.length === 1 && only?.kind === "list" && only.lost) return new Undecided(only.lost.why);
  const items: unknown[] = [];
  let undecided: Undecided | null = null;
  for (const item of value.items) {
    const one = read(item);
    if (one === notFitting) return notFitting;
    if (one instanceof Undecided) undecided ??= one;
    items.push(one);
  }
  return undecided ?? items;
}

const pythonTypes: Readonly<Record<string, string>> = { float: "float32", int: "int64", bool: "bool" };

function readDType(value: Value): unknown {
  if (value instanceof DTypeValue) return value.name;
  if (value.kind === "class") return pythonTypes[value.name] ?? notFitting;
  return notFitting;
}
