/**
 * The built-in classes as objects, their linearization, and which class a value is of. Methods are entered by the files
 * under `builtins/`.
 */
import { Class, type Value } from "./values.ts";

export const objectClass = new Class({ name: "object" });
export const typeClass = builtin("type");

export const intClass = complete("int");
export const boolClass = complete("bool", intClass);
export const floatClass = complete("float");
export const complexClass = builtin("complex");
export const strClass = complete("str");
export const bytesClass = builtin("bytes");
export const tupleClass = complete("tuple");
export const listClass = complete("list");
export const dictClass = complete("dict");
export const setClass = complete("set");
export const frozensetClass = complete("frozenset");
export const rangeClass = complete("range");
export const sliceClass = complete("slice");
export const noneClass = complete("NoneType");
export const ellipsisClass = builtin("ellipsis");
export const notImplementedClass = builtin("NotImplementedType");
export const functionClass = builtin("function");
export const methodClass = builtin("method");
export const nativeClass = builtin("builtin_function_or_method");
export const moduleClass = builtin("module");
export const iteratorClass = builtin("generator");
export const propertyClass = builtin("property");
export const superClass = builtin("super");

/** A class that the interpreter brings; a miss on it is unknown rather than an error, since it may be known in part. */
export function builtin(name: string, ...bases: Class[]): Class {
  return new Class({ name, bases: bases.length ? bases : [objectClass], partial: true });
}

/** A class whose attributes are all there: a miss on it is an error, as in Python. */
function complete(name: string, base: Class = objectClass): Class {
  return new Class({ name, bases: [base] });
}

/** The class that `type(value)` gives; null for an unknown value. */
export function classOf(value: Value): Class | null {
  switch (value.kind) {
    case "unknown":
      return null;
    case "none":
      return noneClass;
    case "ellipsis":
      return ellipsisClass;
    case "notimplemented":
      return notImplementedClass;
    case "bool":
      return boolClass;
    case "int":
      return value.types?.int ?? intClass;
    case "float":
      return value.types?.float ?? floatClass;
    case "str":
      return strClass;
    case "bytes":
      return bytesClass;
    case "tuple":
      return value.cls ?? tupleClass;
    case "list":
      return listClass;
    case "dict":
      return value.cls ?? dictClass;
    case "set":
      return value.frozen ? frozensetClass : setClass;
    case "range":
      return rangeClass;
    case "slice":
      return sliceClass;
    case "iterator":
      return iteratorClass;
    case "function":
      return functionClass;
    case "bound":
      return methodClass;
    case "native":
      return nativeClass;
    case "class":
      return value.metaclass ?? typeClass;
    case "instance":
    case "host":
      return value.cls;
    case "module":
      return moduleClass;
    case "descriptor":
      return propertyClass;
    case "super":
      return superClass;
  }
}

/** C3 linearization of the bases (without the class itself); null where they have no consistent order. */
export function linearize(bases: readonly Class[]): Class[] | null {
  const sequences = [...bases.map((base) => [...base.mro]), [...bases]];
  const result: Class[] = [];
  for (;;) {
    const open = sequences.filter((sequence) => sequence.length > 0);
    if (open.length === 0) return result;
    const next = open
      .map((sequence) => sequence[0] as Class)
      .find((head) => !open.some((sequence) => sequence.indexOf(head) > 0));
    if (!next) return null;
    result.push(next);
    for (const sequence of sequences) if (sequence[0] === next) sequence.shift();
  }
}
