/** What is known of a value that is one or the other: equal stays, different becomes unknown. */
import { eq } from "../algebra/index.ts";
import { Tuple, Unknown, type Value } from "./values.ts";

export function join(one: Value | undefined, other: Value | undefined): Value | undefined {
  // A name that only one side binds: a program that goes on to read it came that way.
  if (one === undefined || one === other) return other;
  if (other === undefined) return one;
  return joinValues(one, other);
}

export function joinValues(one: Value, other: Value): Value {
  if (one === other) return one;
  if (one.kind === "unknown") return eitherWay(one, other);
  if (other.kind === "unknown") return eitherWay(other, one);
  switch (one.kind) {
    case "none":
    case "ellipsis":
    case "notimplemented":
      if (other.kind === one.kind) return one;
      break;
    case "bool":
    case "float":
    case "str":
    case "bytes":
      if (other.kind === one.kind && one.value === other.value) return one;
      break;
    case "int":
      if (other.kind === "int" && eq(one.dim, other.dim) === true) return one;
      break;
    case "tuple":
      if (other.kind === "tuple" && one.items.length === other.items.length && one.cls === other.cls) {
        return new Tuple(
          one.items.map((item, i) => joinValues(item, other.items[i] ?? item)),
          one.cls,
        );
      }
      break;
    case "bound":
      if (other.kind === "bound" && one.func === other.func && one.self === other.self) return one;
      break;
    case "host":
      if (other.kind === "host") {
        const joined = one.join(other);
        if (joined !== null) return joined;
      }
      break;
    default:
      break;
  }
  return new Unknown("it depends on a condition that is not known");
}

/** An unknown value or another one: it is called as the unknown one is, and need not be the same. */
function eitherWay(unknown: Unknown, other: Value): Unknown {
  const { name, plain, type } = unknown.facts;
  const otherType = other.kind === "unknown" ? other.facts.type : other.kind;
  // What may be an object that the program made is no mere setting any more.
  const isSetting = other.kind === "unknown" ? other.facts.plain : !["instance", "host", "list"].includes(other.kind);
  // A size that is called by a name is that size; this one may be another.
  const isSame = name !== undefined && other.kind === "unknown" && other.facts.name === name;
  return new Unknown(unknown.why, {
    ...(isSame ? { name } : {}),
    ...(plain && isSetting ? { plain } : {}),
    ...(type !== undefined && type === otherType ? { type } : {}),
  });
}
