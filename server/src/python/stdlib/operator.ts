/** `operator`: operators as functions. */
import type { BinaryOperator, CompareOperator } from "../../syntax/ast.ts";
import { getAttribute } from "../attributes.ts";
import { native, required } from "../builtins/define.ts";
import { absolute, toInt } from "../builtins/numbers.ts";
import { call } from "../call.ts";
import { compare, contains } from "../comparison.ts";
import type { Interpreter } from "../interpreter.ts";
import { binary, inplace, unary } from "../operators.ts";
import { deleteItem, getItem, setItem } from "../subscript.ts";
import { truth } from "../truth.ts";
import { bool, type NativeCall, none, Tuple, Unknown, type Value } from "../values.ts";
import { moduleOf } from "./define.ts";

const arithmetic: Readonly<Record<string, BinaryOperator>> = {
  add: "+",
  sub: "-",
  mul: "*",
  truediv: "/",
  floordiv: "//",
  mod: "%",
  pow: "**",
  matmul: "@",
  and_: "&",
  or_: "|",
  xor: "^",
  lshift: "<<",
  rshift: ">>",
  concat: "+",
};
const comparisons: Readonly<Record<string, CompareOperator>> = {
  eq: "==",
  ne: "!=",
  lt: "<",
  le: "<=",
  gt: ">",
  ge: ">=",
  is_: "is",
  is_not: "is not",
};

const two =
  (fn: (it: Interpreter, a: Value, b: Value) => Value): NativeCall =>
  (it, args) =>
    fn(it, required(it, "operator", args, 0), required(it, "operator", args, 1));

const members: Record<string, NativeCall> = {
  neg: (it, args) => unary(it, "-", required(it, "neg", args, 0)),
  pos: (it, args) => unary(it, "+", required(it, "pos", args, 0)),
  invert: (it, args) => unary(it, "~", required(it, "invert", args, 0)),
  not_: (it, args) => unary(it, "not", required(it, "not_", args, 0)),
  abs: (it, args) => absolute(it, required(it, "abs", args, 0)),
  index: (it, args) => toInt(it, required(it, "index", args, 0)),
  truth: (it, args) => {
    const t = truth(it, required(it, "truth", args, 0));
    return t === undefined ? new Unknown("its truth is not known", { type: "bool" }) : bool(t);
  },
  contains: two(contains),
  getitem: two(getItem),
  setitem: (it, args) => {
    setItem(it, required(it, "setitem", args, 0), required(it, "setitem", args, 1), required(it, "setitem", args, 2));
    return none;
  },
  delitem: two((it, a, b) => {
    deleteItem(it, a, b);
    return none;
  }),
  itemgetter: (_it, keys) =>
    native("itemgetter", (it, [value = none]) => several(keys, (key) => getItem(it, value, key))),
  attrgetter: (_it, names) =>
    native("attrgetter", (it, [value = none]) => several(names, (name) => attributeOf(it, value, name))),
  methodcaller: (_it, [name = none, ...args], keywords) =>
    native("methodcaller", (it, [value = none]) => call(it, attributeOf(it, value, name), args, keywords)),
};
for (const [name, op] of Object.entries(arithmetic)) {
  members[name] = two((it, a, b) => binary(it, op, a, b));
  members[`i${name.replace("_", "")}`] = two((it, a, b) => inplace(it, op, a, b));
}
for (const [name, op] of Object.entries(comparisons)) members[name] = two((it, a, b) => compare(it, op, a, b));

function several(parts: readonly Value[], fn: (part: Value) => Value): Value {
  const values = parts.map(fn);
  return values.length === 1 && values[0] ? values[0] : new Tuple(values);
}

function attributeOf(it: Interpreter, value: Value, path: Value): Value {
  if (path.kind !== "str") return new Unknown("the name of the attribute is not known");
  return path.value.split(".").reduce((object, name) => getAttribute(it, object, name), value);
}

export const operator = moduleOf("operator", members);
