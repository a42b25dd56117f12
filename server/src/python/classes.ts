/** Class statements: bases, metaclass keywords, the body's namespace, and what bases do to a new class. */
import type { ClassDef, Expr } from "../syntax/ast.ts";
import { bindTo } from "./attributes.ts";
import { call } from "./call.ts";
import { evaluate } from "./evaluate.ts";
import { execBlock } from "./execute.ts";
import type { Frame, Interpreter } from "./interpreter.ts";
import { itemsOf } from "./iterate.ts";
import { linearize, objectClass } from "./types.ts";
import { Class, Dict, type Native, noKeywords, Scope, str, Tuple, Unknown, type Value } from "./values.ts";

/** The scope of a class body, which also keeps the annotated names in order (for dataclasses and named tuples). */
export class ClassScope extends Scope {
  readonly annotations: { name: string; annotation: Expr }[] = [];
  /** The class's `__qualname__`. */
  readonly qualname: string;
  constructor(parent: Scope | null, qualname: string) {
    super(parent);
    this.qualname = qualname;
  }
}

/** The `__qualname__` of what is defined under a name here. */
export function qualifiedName(name: string, { scope, func }: Frame): string {
  if (scope instanceof ClassScope) return `${scope.qualname}.${name}`;
  return func ? `${func.qualname}.<locals>.${name}` : name;
}

/** What a class body leaves for those who build on it; found on the class under this name. */
export interface ClassBody {
  readonly annotations: ClassScope["annotations"];
  readonly frame: Frame;
  readonly qualname: string;
}

/** The annotated names of a class written in Python. */
export function bodyOf(cls: Class): ClassBody | null {
  return cls.body;
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
  const bases = evaluateBases(it, def.bases, frame);
  let metaclass: Class | null = null;
  const keywords = new Map<string, Value>();
  for (const { name, value } of def.keywords) {
    const evaluated = evaluate(it, value, frame);
    if (name === "metaclass") metaclass = evaluated.kind === "class" ? evaluated : null;
    else if (name !== null) keywords.set(name, evaluated);
  }
  const mro = linearize(bases);
  if (mro === null) it.raise("TypeError", "Cannot create a consistent method resolution order (MRO)");
  const scope = new ClassScope(
    frame.scope instanceof ClassScope ? frame.scope.parent : frame.scope,
    qualifiedName(def.name, frame),
  );
  const owner: { cls: Class | null } = { cls: null };
  const inner: Frame = { ...frame, func: null, scope, owner, at: def, pending: null, outer: null, caller: it.frame };
  it.within(inner, () => execBlock(it, def.body, inner));
  const make = (): Class =>
    new Class({
      name: def.name,
      module: frame.globals.name,
      bases,
      mro,
      metaclass,
      dict: scope.vars,
      def,
      site: { unit: frame.unit, start: def.nameStart, end: def.nameStart + def.name.length },
    });
  const meta = metaclass ?? bases.find((base) => base.metaclass)?.metaclass ?? null;
  const cls = meta ? throughMetaclass(it, meta, make, bases, scope, keywords) : make();
  if (cls.kind !== "class") return cls;
  owner.cls = cls;
  cls.body = { annotations: scope.annotations, frame: inner, qualname: scope.qualname };
  const result = notifyBases(it, cls, keywords);
  const init = meta?.lookup("__init__");
  if (init?.kind === "function") call(it, init, [cls, ...classArguments(cls.name, bases, scope)], keywords);
  return result;
}

/** Classes that `type.__new__` is to make of the namespace that a class statement left. */
const drafts = new WeakMap<Dict, () => Class>();

/** The class that the statement with this namespace describes; null for any other dict. */
export function draftOf(namespace: Dict): Class | null {
  return drafts.get(namespace)?.() ?? null;
}

/** Lets a metaclass with a `__new__` of its own make the class. */
function throughMetaclass(
  it: Interpreter,
  meta: Class,
  make: () => Class,
  bases: readonly Class[],
  scope: ClassScope,
  keywords: ReadonlyMap<string, Value>,
): Value {
  const create = meta.lookup("__new__");
  if (create?.kind !== "function") return make();
  const cls = make();
  const args = classArguments(cls.name, bases, scope);
  drafts.set(args[2], () => {
    const { entries } = args[2];
    cls.dict = new Map(
      [...entries.values()].flatMap(({ key, value }) => (key.kind === "str" ? [[key.value, value]] : [])),
    );
    return cls;
  });
  return call(it, create, [meta, ...args], keywords);
}

function classArguments(name: string, bases: readonly Class[], scope: ClassScope): [Value, Value, Dict] {
  const namespace = new Dict();
  for (const [key, value] of scope.vars) namespace.entries.set(`s${key}`, { key: str(key), value });
  return [str(name), new Tuple(bases), namespace];
}

/** The base classes; where one is not known, a class stands for it at its place. */
function evaluateBases(it: Interpreter, exprs: readonly Expr[], frame: Frame): Class[] {
  const bases: Class[] = [];
  const add = (value: Value): void => {
    const base =
      value.kind === "class"
        ? value
        : value.kind === "unknown"
          ? standIn(value)
          : value.kind === "native"
            ? standIn(new Unknown(`the base class ${value.name} is not known`))
            : null;
    if (base !== null && !bases.includes(base)) bases.push(base);
  };
  for (const expr of exprs) {
    const value = evaluate(it, expr.kind === "Starred" ? expr.value : expr, frame);
    if (expr.kind === "Starred") {
      const items = itemsOf(it, value);
      if (items instanceof Unknown) add(items);
      else items.forEach(add);
    } else add(value);
  }
  return bases.length > 0 ? bases : [objectClass];
}

/** The class that stands for an unknown base: always the same, as the base is. */
function standIn(base: Unknown): Class {
  base.standIn ??= new Class({ name: base.name, bases: [objectClass], unknownBase: base, standsForUnknown: true });
  return base.standIn;
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
