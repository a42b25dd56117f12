/** Evaluates expressions. One function a kind; everything observable goes through `call`, `attributes`, `operators`. */
import { integer } from "../algebra/index.ts";
import type {
  Conditional,
  ConstantValue,
  Expr,
  FString,
  Interpolation,
  Lambda,
  Parameters,
  Subscript,
} from "../syntax/ast.ts";
import { assign } from "./assign.ts";
import { getAttribute } from "./attributes.ts";
import { builtinScope } from "./builtins/scope.ts";
import { evaluateCall } from "./callExpression.ts";
import { qualifiedName } from "./classes.ts";
import { compare } from "./comparison.ts";
import { evaluateComprehension, outsideComprehensions } from "./comprehensions.ts";
import { keyOf } from "./equality.ts";
import { Raised } from "./errors.ts";
import { noting } from "./fork.ts";
import { formatValue, reprOf, strOf } from "./format.ts";
import type { Frame, Interpreter } from "./interpreter.ts";
import { itemsOf } from "./iterate.ts";
import { join, joinValues } from "./join.ts";
import { commitEither, type Delta, speculate } from "./journal.ts";
import { isLazy } from "./lazyModules.ts";
import { enterMapping } from "./mapping.ts";
import { binary, unary } from "./operators.ts";
import { fromStarSources, openness } from "./stars.ts";
import { getItem } from "./subscript.ts";
import { perhapsRaises } from "./tries.ts";
import { truth } from "./truth.ts";
import {
  Bytes,
  bool,
  Dict,
  ellipsis,
  Func,
  float,
  int,
  List,
  type Module,
  none,
  type Scope,
  SetValue,
  Slice,
  str,
  Tuple,
  Unknown,
  type Value,
} from "./values.ts";

export function evaluate(it: Interpreter, expr: Expr, frame: Frame): Value {
  switch (expr.kind) {
    case "Name":
      return lookup(it, expr.id, frame);
    case "Constant":
      return constant(expr.value);
    case "Attribute": {
      const value = evaluate(it, expr.value, frame);
      frame.at = expr;
      return getAttribute(it, value, expr.attr);
    }
    case "Call":
      return evaluateCall(it, expr, frame);
    case "Binary": {
      const left = evaluate(it, expr.left, frame);
      const right = evaluate(it, expr.right, frame);
      frame.at = expr;
      return binary(it, expr.op, left, right);
    }
    case "Subscript":
      return evaluateSubscript(it, expr, frame);
    case "Tuple":
      return sequence(it, expr.items, frame, (items) => new Tuple(items));
    case "List":
      return evaluateList(it, expr.items, frame);
    case "Set": {
      const items = new Map<ReturnType<typeof keyOf> & {}, Value>();
      return sequence(it, expr.items, frame, (values) => {
        for (const value of values) {
          const key = keyOf(value);
          if (key === null) return new Unknown("a set of unknown values");
          items.set(key, value);
        }
        return new SetValue(items);
      });
    }
    case "Dict":
      return evaluateDict(it, expr.entries, frame);
    case "Compare":
      return evaluateCompare(it, expr, frame);
    case "BoolOp":
      return evaluateBoolOp(it, expr.op, expr.left, expr.right, frame);
    case "Unary": {
      const value = evaluate(it, expr.operand, frame);
      frame.at = expr;
      return unary(it, expr.op, value);
    }
    case "Conditional":
      return evaluateConditional(it, expr, frame);
    case "Lambda":
      return makeLambda(it, expr, frame);
    case "ListComp":
    case "SetComp":
    case "DictComp":
    case "GeneratorExp":
      return evaluateComprehension(it, expr, frame);
    case "FString":
      return evaluateFString(it, expr, frame);
    case "NamedExpr": {
      const value = evaluate(it, expr.value, frame);
      assign(it, expr.target, value, outsideComprehensions(frame));
      return value;
    }
    case "Await":
      return evaluate(it, expr.value, frame);
    case "Starred":
      return evaluate(it, expr.value, frame);
    case "Slice":
      return new Slice(
        expr.lower ? evaluate(it, expr.lower, frame) : none,
        expr.upper ? evaluate(it, expr.upper, frame) : none,
        expr.step ? evaluate(it, expr.step, frame) : none,
      );
    case "Yield":
      if (expr.value) evaluate(it, expr.value, frame);
      return new Unknown("what is sent to a generator");
    case "ErrorExpr":
      return new Unknown("the source could not be read here");
  }
}

/** The value of a name: locals, enclosing functions, globals, builtins. */
export function lookup(it: Interpreter, name: string, frame: Frame): Value {
  const redirected = frame.outer?.get(name);
  if (redirected) {
    const value = redirected.vars.get(name);
    if (value !== undefined) return value;
  }
  for (let scope: Scope | null = frame.scope; scope !== null; scope = scope.parent) {
    const value = scope.vars.get(name);
    if (value !== undefined) return value;
  }
  const value = globalName(it, name, frame.globals) ?? builtinScope.get(name);
  if (value !== undefined) return value;
  const open = openness(frame.globals);
  if (open !== null) {
    perhapsRaises(it, "NameError", `name '${name}' is not defined`);
    return open.part(name);
  }
  const def = frame.func?.def;
  if (def?.kind === "FunctionDef" && def.locals.has(name)) {
    it.raise("UnboundLocalError", `cannot access local variable '${name}' where it is not associated with a value`);
  }
  return it.raise("NameError", `name '${name}' is not defined`);
}

/** A name of the module; one that is run only as far as it is asked is asked here. */
function globalName(it: Interpreter, name: string, globals: Module): Value | undefined {
  const { vars } = globals.scope;
  const known = vars.get(name);
  if (known !== undefined) return known;
  const provided = isLazy(globals) ? globals.fallback?.(name, it) : fromStarSources(it, globals, name);
  if (!provided) return undefined;
  vars.set(name, provided);
  return provided;
}

function constant(value: ConstantValue): Value {
  switch (value.type) {
    case "none":
      return none;
    case "ellipsis":
      return ellipsis;
    case "bool":
      return bool(value.value);
    case "int":
      return int(typeof value.value === "bigint" ? integer(value.value) : value.value);
    case "float":
      return float(value.value);
    case "imaginary":
      return new Unknown("a complex number");
    case "str":
      return str(value.value);
    case "bytes":
      return new Bytes(value.value);
  }
}

// ── displays ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function sequence(it: Interpreter, items: readonly Expr[], frame: Frame, make: (items: Value[]) => Value): Value {
  const values: Value[] = [];
  for (const item of items) {
    if (item.kind === "Starred") {
      const spread = itemsOf(it, evaluate(it, item.value, frame));
      if (spread instanceof Unknown) return new Unknown(spread.why);
      values.push(...spread);
    } else {
      values.push(evaluate(it, item, frame));
    }
  }
  return make(values);
}

function evaluateList(it: Interpreter, items: readonly Expr[], frame: Frame): Value {
  const list = sequence(it, items, frame, (values) => new List(values));
  if (list.kind !== "unknown") return list;
  const lost = new List([]);
  lost.lost = list;
  return lost;
}

function evaluateDict(
  it: Interpreter,
  entries: readonly { readonly key: Expr | null; readonly value: Expr }[],
  frame: Frame,
): Value {
  const dict = new Dict();
  for (const { key, value } of entries) {
    if (key === null) {
      enterMapping(it, dict, evaluate(it, value, frame));
      continue;
    }
    const keyValue = evaluate(it, key, frame);
    const item = evaluate(it, value, frame);
    const k = keyOf(keyValue);
    if (k === null) dict.lose(new Unknown("a key of the dict is not known"));
    else dict.entries.set(k, { key: dict.entries.get(k)?.key ?? keyValue, value: item });
  }
  return dict;
}

function evaluateSubscript(it: Interpreter, expr: Subscript, frame: Frame): Value {
  const value = evaluate(it, expr.value, frame);
  const index = evaluate(it, expr.index, frame);
  frame.at = expr;
  return getItem(it, value, index);
}

// ── logic ────────────────────────────────────────────────────────────────────────────────────────────────────────────

function evaluateCompare(it: Interpreter, expr: Extract<Expr, { kind: "Compare" }>, frame: Frame): Value {
  let left = evaluate(it, expr.left, frame);
  let result: Value = bool(true);
  for (const { op, right: rightExpr } of expr.rest) {
    const right = evaluate(it, rightExpr, frame);
    frame.at = expr;
    const each = compare(it, op, left, right);
    if (expr.rest.length === 1) return each;
    const t = truth(it, each);
    if (t === false) return each;
    if (t === undefined) result = new Unknown("the values compared are not known", { type: "bool" });
    left = right;
  }
  return result;
}

function evaluateBoolOp(it: Interpreter, op: "and" | "or", left: Expr, right: Expr, frame: Frame): Value {
  const value = evaluate(it, left, frame);
  const t = truth(it, value);
  if (t !== undefined) return t === (op === "or") ? value : evaluate(it, right, frame);
  const side = sideOf(it, right, frame);
  if (side instanceof Raised) return value;
  const { result, delta } = side;
  commitEither(delta, new Map(), join);
  const known = truth(it, result);
  // `unknown and False` is falsy whatever the unknown is, and decides a condition.
  if (known !== undefined && known === (op === "or") && result.kind === "bool") return result;
  return value.kind === "unknown" && value.facts.type === "bool" && result.kind !== "bool"
    ? joinValues(bool(op === "or"), result)
    : joinValues(value, result);
}

function evaluateConditional(it: Interpreter, expr: Conditional, frame: Frame): Value {
  const test = evaluate(it, expr.test, frame);
  const t = truth(it, test);
  if (t !== undefined) return evaluate(it, t ? expr.body : expr.orelse, frame);
  const one = sideOf(it, expr.body, frame);
  const other = sideOf(it, expr.orelse, frame);
  if (one instanceof Raised) return evaluate(it, expr.orelse, frame);
  if (other instanceof Raised) return evaluate(it, expr.body, frame);
  commitEither(one.delta, other.delta, join);
  const joined = joinValues(one.result, other.result);
  if (joined.kind !== "unknown" || one.result.kind === "unknown" || other.result.kind === "unknown") return joined;
  return new Unknown(test.kind === "unknown" ? `it depends on a condition that is not known: ${test.why}` : joined.why);
}

/** An expression that may or may not be evaluated; the exception where it only raises. */
function sideOf(it: Interpreter, expr: Expr, frame: Frame): { result: Value; delta: Delta } | Raised {
  const { depth } = it.budget;
  const { guarded, attempts } = it;
  it.uncertain += 1;
  try {
    return speculate(() => noting(it, () => evaluate(it, expr, frame)));
  } catch (problem) {
    if (!(problem instanceof Raised)) throw problem;
    it.frame = frame;
    it.guarded = guarded;
    it.attempts = attempts;
    it.budget.depth = depth;
    return problem;
  } finally {
    it.uncertain -= 1;
  }
}

// ── functions ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Evaluates defaults where the function is defined. */
export function evaluateDefaults(it: Interpreter, params: Parameters, frame: Frame): Map<string, Value> {
  const defaults = new Map<string, Value>();
  for (const parameter of params.positional) {
    if (parameter.default) defaults.set(parameter.name, evaluate(it, parameter.default, frame));
  }
  for (const parameter of params.keywordOnly) {
    if (parameter.default) defaults.set(parameter.name, evaluate(it, parameter.default, frame));
  }
  return defaults;
}

function makeLambda(it: Interpreter, expr: Lambda, frame: Frame): Func {
  return new Func({
    def: expr,
    params: expr.params,
    name: "<lambda>",
    qualname: qualifiedName("<lambda>", frame),
    unit: frame.unit,
    scope: frame.scope,
    globals: frame.globals,
    defaults: evaluateDefaults(it, expr.params, frame),
    owner: frame.owner ?? { cls: null },
  });
}

// ── f-strings ────────────────────────────────────────────────────────────────────────────────────────────────────────

function evaluateFString(it: Interpreter, expr: FString, frame: Frame): Value {
  return interpolate(it, expr.parts, frame);
}

function interpolate(it: Interpreter, parts: readonly (string | Interpolation)[], frame: Frame): Value {
  let text = "";
  let lost: Unknown | null = null;
  for (const part of parts) {
    if (typeof part === "string") {
      text += part;
      continue;
    }
    const value = evaluate(it, part.value, frame);
    const spec = part.format ? interpolate(it, part.format, frame) : str("");
    const usesRepr = part.conversion === "r" || (part.selfDocumenting !== null && !part.conversion && !part.format);
    const converted = usesRepr ? reprOf(it, value) : part.conversion === "s" ? strOf(it, value) : value;
    const piece = spec.kind === "str" ? formatValue(it, converted, spec.value) : spec;
    if (piece.kind !== "str") {
      lost ??= new Unknown(piece.kind === "unknown" ? piece.why : "a part of the text is not known", { type: "str" });
    } else {
      text += (part.selfDocumenting ?? "") + piece.value;
    }
  }
  return lost ?? str(text);
}
