/** `inspect`, as far as programs decide by it: kinds of objects, and the signatures of functions written in Python. */
import { required } from "../builtins/define.ts";
import { bool, type Class, Dict, type Func, Instance, int, none, str, Unknown, type Value } from "../values.ts";
import { classIn, moduleOf } from "./define.ts";

const parameterClass = classIn("inspect", "Parameter");
const signatureClass = classIn("inspect", "Signature");
const emptyClass = classIn("inspect", "_empty");

/** In the order of the values that Python gives them. */
const kinds = ["POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD", "VAR_POSITIONAL", "KEYWORD_ONLY", "VAR_KEYWORD"] as const;
kinds.forEach((kind, i) => {
  parameterClass.dict.set(kind, int(i));
});
for (const cls of [parameterClass, signatureClass]) cls.dict.set("empty", emptyClass);

const isKind =
  (...wanted: Value["kind"][]) =>
  (_it: unknown, [value = none]: readonly Value[]): Value =>
    value.kind === "unknown" || value.kind === "native"
      ? new Unknown("its kind is not known", { type: "bool" })
      : bool(wanted.includes(value.kind));

export const inspect = moduleOf("inspect", {
  isclass: isKind("class"),
  isfunction: isKind("function"),
  ismethod: isKind("bound"),
  ismodule: isKind("module"),
  Parameter: parameterClass,
  Signature: signatureClass,
  signature: (it, args) => signatureOf(required(it, "signature", args, 0)),
  getmembers: () => new Unknown("the members of an object are not listed"),
});

/** `inspect.signature(callable)`: that of the function which decorators wrapped, where they say so. */
function signatureOf(callable: Value): Value {
  const found = functionOf(callable);
  if (!found) return new Unknown("the signature of something that is not written in Python here");
  const { func, skip } = found;
  const parameters = new Dict();
  const { positional, positionalOnly, vararg, keywordOnly, kwarg } = func.params;
  const enter = (name: string, kind: (typeof kinds)[number]): void => {
    const parameter = new Instance(parameterClass, null);
    parameter.attrs.set("name", str(name));
    parameter.attrs.set("kind", int(kinds.indexOf(kind)));
    parameter.attrs.set("default", func.defaults.get(name) ?? emptyClass);
    parameter.attrs.set("annotation", new Unknown("an annotation"));
    parameters.set(name, parameter);
  };
  positional.forEach(({ name }, i) => {
    if (i >= skip) enter(name, i < positionalOnly ? "POSITIONAL_ONLY" : "POSITIONAL_OR_KEYWORD");
  });
  if (vararg) enter(vararg.name, "VAR_POSITIONAL");
  for (const { name } of keywordOnly) enter(name, "KEYWORD_ONLY");
  if (kwarg) enter(kwarg.name, "VAR_KEYWORD");
  const signature = new Instance(signatureClass, null);
  signature.attrs.set("parameters", parameters);
  signature.attrs.set("return_annotation", new Unknown("an annotation"));
  return signature;
}

/** The function behind a callable, and how many of its first parameters are bound. */
function functionOf(callable: Value): { func: Func; skip: number } | null {
  switch (callable.kind) {
    case "function": {
      const wrapped = callable.attrs?.get("__wrapped__");
      return wrapped ? functionOf(wrapped) : { func: callable, skip: 0 };
    }
    case "bound": {
      const found = functionOf(callable.func);
      return found ? { func: found.func, skip: found.skip + 1 } : null;
    }
    case "class":
      return constructorOf(callable);
    default:
      return null;
  }
}

function constructorOf(cls: Class): { func: Func; skip: number } | null {
  const init = cls.lookup("__init__");
  return init?.kind === "function" ? { func: init, skip: 1 } : null;
}
