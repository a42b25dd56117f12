/** Truth of any value, three-valued, asking `__bool__` and `__len__` of objects. */
import { ge, type Tri } from "../algebra/index.ts";
import { specialMethod } from "./attributes.ts";
import { call } from "./call.ts";
import { not, truthOfBuiltin } from "./equality.ts";
import type { Interpreter } from "./interpreter.ts";
import type { Value } from "./values.ts";

/** `bool(value)`. */
export function truth(it: Interpreter, value: Value): Tri {
  if (value.kind === "range") {
    const empty = value.step > 0 ? ge(value.start, value.stop) : ge(value.stop, value.start);
    return not(empty);
  }
  if (value.kind === "instance" || value.kind === "host" || (value.kind === "tuple" && value.cls)) {
    const asBool = specialMethod(it, value, "__bool__");
    if (asBool) return truthOfBuiltin(call(it, asBool, []));
    const length = specialMethod(it, value, "__len__");
    if (length) return truthOfBuiltin(call(it, length, []));
    if (value.kind === "host") return undefined;
    if (value.kind === "instance" && value.cls.unknownBase) return undefined;
    return value.kind === "tuple" ? value.items.length > 0 : true;
  }
  return truthOfBuiltin(value);
}
