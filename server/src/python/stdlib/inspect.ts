/** `inspect`, as far as programs decide by it: kinds of objects, and the signatures of functions written in Python. */
import type { Expr, Parameter } from "../../syntax/ast.ts";
import { required } from "../builtins/define.ts";
import { guarded } from "../call.ts";
import { evaluate } from "../evaluate.ts";
import type { Frame, Interpreter } from "../interpreter.ts";
import { bool, type Class, type Func, int, List, none, str, Tuple, Unknown, type Value } from "../values.ts";
import { fieldsOfValue } from "./dataclasses.ts";
import { classIn, moduleOf } from "./define.ts";
import { inPython } from "./prelude/index.ts";

const emptyClass = classIn("inspect", "_empty");

/** In the order of the values that Python gives them. */
const kinds = ["POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD", "VAR_POSITIONAL", "KEYWORD_ONLY", "VAR_KEYWORD"] as const;

const isKind =
  (...wanted: Value["kind"][]) =>
  (_it: unknown, [value = none]: readonly Value[]): Value =>
    value.kind === "unknown" || value.kind === "native"
      ? new Unknown("its kind is not known", { type: "bool" })
      : bool(wanted.includes(value.kind));

export const inspect = moduleOf(
  "inspect",
  {
    isclass: isKind("class"),
    isfunction: isKind("function"),
    ismethod: isKind("bound"),
    ismodule: isKind("module"),
    _empty: emptyClass,
    _parameters: (it, args) => parametersOf(it, required(it, "signature", args, 0)),
    iscoroutinefunction: () => bool(false),
    isgeneratorfunction: (_it, [value = none]) =>
      value.kind === "function" ? bool(value.def.kind === "FunctionDef" && value.def.isGenerator) : bool(false),
    isabstract: () => new Unknown("whether a class is abstract", { type: "bool" }),
  },
  inPython("inspect"),
);

/**
 * What a callable takes, `([(name, kind, default, annotation), …], returns)`: of the function which decorators wrapped,
 * where they say so.
 */
function parametersOf(it: Interpreter, callable: Value): Value {
  const fields =
    callable.kind === "class" && callable.lookup("__init__")?.kind === "native" ? fieldsOfValue(callable) : null;
  if (fields) return new Tuple([new List(fieldRows(fields)), none]);
  const found = functionOf(callable);
  if (!found) return new Unknown("the signature of something that is not written in Python here");
  const { func, skip } = found;
  const rows: Value[] = [];
  const { positional, positionalOnly, vararg, keywordOnly, kwarg } = func.params;
  const enter = ({ name, annotation }: Parameter, kind: (typeof kinds)[number]): void => {
    const value = func.defaults.get(name) ?? emptyClass;
    rows.push(new Tuple([str(name), int(kinds.indexOf(kind)), value, annotationOf(it, func, annotation)]));
  };
  positional.forEach((parameter, i) => {
    if (i >= skip) enter(parameter, i < positionalOnly ? "POSITIONAL_ONLY" : "POSITIONAL_OR_KEYWORD");
  });
  if (vararg) enter(vararg, "VAR_POSITIONAL");
  for (const parameter of keywordOnly) enter(parameter, "KEYWORD_ONLY");
  if (kwarg) enter(kwarg, "VAR_KEYWORD");
  const returns = func.def.kind === "FunctionDef" ? func.def.returns : null;
  return new Tuple([new List(rows), annotationOf(it, func, returns)]);
}

/** What the constructor of a dataclass takes. */
function fieldRows(fields: NonNullable<ReturnType<typeof fieldsOfValue>>): Value[] {
  const given = fields.filter((field) => field.init);
  return [...given.filter((field) => !field.keywordOnly), ...given.filter((field) => field.keywordOnly)].map(
    (field) => {
      const fallback = field.default ?? (field.factory ? new Unknown("a default that is made anew") : emptyClass);
      const kind = kinds.indexOf(field.keywordOnly ? "KEYWORD_ONLY" : "POSITIONAL_OR_KEYWORD");
      return new Tuple([str(field.name), int(kind), fallback, new Unknown("an annotation")]);
    },
  );
}

/** An annotation is evaluated when somebody asks: nothing else depends on it. */
function annotationOf(it: Interpreter, func: Func, annotation: Expr | null): Value {
  if (annotation === null) return emptyClass;
  const { scope, globals, unit, owner } = func;
  const frame: Frame = {
    func: null,
    scope,
    globals,
    unit,
    caller: it.frame,
    owner,
    at: annotation,
    pending: null,
    maybeBroken: false,
    outer: null,
    handling: [],
  };
  return guarded(
    it,
    () => it.within(frame, () => it.silently(() => evaluate(it, annotation, frame))),
    () => "an annotation that is not known",
  );
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
