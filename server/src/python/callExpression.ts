/** Call expressions: their arguments in Python's order, `*` and `**`, and a bare `super()`. */
import type { Call } from "../syntax/ast.ts";
import { getAttribute } from "./attributes.ts";
import { call, callWithUnknownRest } from "./call.ts";
import { evaluate } from "./evaluate.ts";
import type { Frame, Interpreter } from "./interpreter.ts";
import { itemsOf } from "./iterate.ts";
import { getItem } from "./subscript.ts";
import { noKeywords, Super, Unknown, type Value } from "./values.ts";

export function evaluateCall(it: Interpreter, expr: Call, frame: Frame): Value {
  if (expr.func.kind === "Name" && expr.func.id === "super" && expr.args.length === 0) return bareSuper(it, frame);
  const callee = evaluate(it, expr.func, frame);
  const args: Value[] = [];
  let lost: Unknown | null = null;
  for (const arg of expr.args) {
    if (arg.kind === "Starred") {
      const items = itemsOf(it, evaluate(it, arg.value, frame));
      if (items instanceof Unknown) lost ??= items;
      else if (lost === null) args.push(...items);
    } else {
      // Behind an unknown number of arguments no place is known.
      const value = evaluate(it, arg, frame);
      if (lost === null) args.push(value);
    }
  }
  let keywords: Map<string, Value> | null = null;
  for (const { name, value } of expr.keywords) {
    const evaluated = evaluate(it, value, frame);
    keywords ??= new Map();
    if (name !== null) keywords.set(name, evaluated);
    else lost ??= spreadKeywords(it, evaluated, keywords);
  }
  frame.at = expr;
  if (lost) return callWithUnknownRest(it, callee, args, keywords ?? noKeywords, lost);
  const result = call(it, callee, args, keywords ?? noKeywords);
  frame.at = expr;
  return result;
}

/** Enters `**value`; an unknown one is given back. */
function spreadKeywords(it: Interpreter, value: Value, keywords: Map<string, Value>): Unknown | null {
  if (value.kind === "unknown") return value;
  if (value.kind === "dict") {
    if (value.lost) return value.lost;
    for (const { key, value: item } of value.entries.values()) if (key.kind === "str") keywords.set(key.value, item);
    return null;
  }
  const keys = itemsOf(it, call(it, getAttribute(it, value, "keys"), []));
  if (keys instanceof Unknown) return keys;
  for (const key of keys) if (key.kind === "str") keywords.set(key.value, getItem(it, value, key));
  return null;
}

function bareSuper(it: Interpreter, frame: Frame): Value {
  // A comprehension or nested function inside a method closes over the method's `__class__` and first argument.
  for (let each: Frame | null = frame; each; each = each.caller) {
    const cls = each.owner?.cls;
    const first = each.func?.params.positional[0] ?? each.func?.params.vararg;
    if (!cls || !first) continue;
    let self = each.scope.vars.get(first.name);
    if (self?.kind === "tuple" && first === each.func?.params.vararg) self = self.items[0];
    if (self?.kind === "instance" || self?.kind === "class" || self?.kind === "host" || self?.kind === "dict") {
      return new Super(cls, self);
    }
    if (self?.kind === "tuple") return new Super(cls, self);
    return new Unknown("super() of an unknown object");
  }
  return it.raise("RuntimeError", "super(): no arguments");
}
