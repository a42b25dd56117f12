/** Class statements: bases, metaclass keywords, the body's namespace, and what bases do to a new class. */
import type { ClassDef, Expr } from "../syntax/ast.ts";
import { bindTo } from "./attributes.ts";
import { call } from "./call.ts";
import { evaluate } from "./evaluate.ts";
import { execBlock } from "./execute.ts";
import type { Frame, Interpreter } from "./interpreter.ts";
import { itemsOf } from "./iterate.ts";
import { linearize, objectClass } from "./types.ts";
import { Class, type Native, noKeywords, Scope, str, Unknown, type Value } from "./values.ts";

/** The scope of a class body, which also keeps the annotated names in order (for dataclasses and named tuples). */
export class ClassScope extends Scope {
  readonly annotations: { name: string; annotation: Expr }[] = [];
}

/** What a class body leaves for those who build on it; found on the class under this name. */
export interface ClassBody {
  readonly annotations: ClassScope["annotations"];
  readonly frame: Frame;
}

const bodies = new WeakMap<Class, ClassBody>();

/** The annotated names of a class written in Python. */
export function bodyOf(cls: Class): ClassBody | null {
  return bodies.get(cls) ?? null;
}

/**
 * A native under this name in a class's dict is called with each new subclass, and may give back another value to bind
 * to the class's name: how enums and named tuples are made.
 */
export const buildHook = "%build";

export function defineClass(it: Interpreter, def: ClassDef, frame: Frame): Value {
  const decorators = def.decorators.map((decorator) => evaluate(it, decorator, frame));
  let value = buildClass(it, def, frame);
  for (let i = decorators.length - 1; i >= 0; i -= 1) {
    frame.at = def.decorators[i] ?? def;
    value = call(it, decorators[i] as Value, [value]);
  }
  return value;
}

function buildClass(it: Interpreter, def: ClassDef, frame: Frame): Value {
  const { bases, unknownBase } = evaluateBases(it, def.bases, frame);
  let metaclass: Class | null = null;
  const keywords = new Map<string, Value>();
  for (const { name, value } of def.keywords) {
    const evaluated = evaluate(it, value, frame);
    if (name === "metaclass") metaclass = evaluated.kind === "class" ? evaluated : null;
    else if (name !== null) keywords.set(name, evaluated);
  }
  const mro = linearize(bases);
  if (mro === null) it.raise("TypeError", "Cannot create a consistent method resolution order (MRO)");
  const scope = new ClassScope(frame.scope instanceof ClassScope ? frame.scope.parent : frame.scope);
  const owner: { cls: Class | null } = { cls: null };
  const inner: Frame = { ...frame, func: null, scope, owner, at: def, pending: null, outer: null, caller: it.frame };
  it.within(inner, () => execBlock(it, def.body, inner));
  const cls = new Class({
    name: def.name,
    module: frame.globals.name,
    bases,
    mro,
    metaclass,
    dict: scope.vars,
    unknownBase,
    def,
    site: { unit: frame.unit, start: def.nameStart, end: def.nameStart + def.name.length },
  });
  owner.cls = cls;
  bodies.set(cls, { annotations: scope.annotations, frame: inner });
  return notifyBases(it, cls, keywords);
}

function evaluateBases(
  it: Interpreter,
  exprs: readonly Expr[],
  frame: Frame,
): { bases: Class[]; unknownBase: Unknown | null } {
  const bases: Class[] = [];
  let unknownBase: Unknown | null = null;
  const add = (value: Value): void => {
    if (value.kind === "class") {
      if (!bases.includes(value)) bases.push(value);
    } else if (value.kind === "unknown") unknownBase ??= value;
    else if (value.kind === "native") unknownBase ??= new Unknown(`the base class ${value.name} is not known`);
  };
  for (const expr of exprs) {
    const value = evaluate(it, expr.kind === "Starred" ? expr.value : expr, frame);
    if (expr.kind === "Starred") {
      const items = itemsOf(it, value);
      if (items instanceof Unknown) unknownBase ??= items;
      else items.forEach(add);
    } else add(value);
  }
  if (bases.length === 0) bases.push(objectClass);
  return { bases, unknownBase: unknownBase ?? bases.find((base) => base.unknownBase)?.unknownBase ?? null };
}

function notifyBases(it: Interpreter, cls: Class, keywords: ReadonlyMap<string, Value>): Value {
  for (const [name, value] of cls.dict) {
    if (value.kind === "instance" && value.cls.lookup("__set_name__")) {
      const setName = value.cls.lookup("__set_name__");
      if (setName) call(it, setName, [value, cls, str(name)]);
    }
  }
  const hook = cls.mro
    .slice(1)
    .map((base) => base.dict.get("__init_subclass__"))
    .find((each) => each !== undefined);
  if (hook)
    call(
      it,
      hook.kind === "descriptor" ? bindTo(it, hook, cls, cls) : hook,
      hook.kind === "descriptor" ? [] : [cls],
      keywords.size ? keywords : noKeywords,
    );
  const build = cls.lookup(buildHook) as Native | undefined;
  return build ? build.call(it, [cls], keywords) : cls;
}
