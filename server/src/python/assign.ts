/** Binding of targets: names, attributes, items, and unpacking with a star. */
import type { Expr } from "../syntax/ast.ts";
import { describeType, specialMethod } from "./attributes.ts";
import { call } from "./call.ts";
import { evaluate } from "./evaluate.ts";
import type { Frame, Interpreter } from "./interpreter.ts";
import { itemsOf } from "./iterate.ts";
import { deleteAttribute, setAttribute } from "./setAttributes.ts";
import { deleteItem, setItem } from "./subscript.ts";
import { int, List, Unknown, type Value } from "./values.ts";

/** `target = value`. The target of a comprehension is no assignment to tell of. */
export function assign(it: Interpreter, target: Expr, value: Value, frame: Frame, told = true): void {
  switch (target.kind) {
    case "Name":
      bindName(target.id, value, frame);
      if (told)
        it.observer?.assigned?.({ unit: frame.unit, start: target.start, end: target.end }, target.id, value, it);
      return;
    case "Attribute": {
      const object = evaluate(it, target.value, frame);
      frame.at = target;
      setAttribute(it, object, target.attr, value);
      return;
    }
    case "Subscript": {
      const object = evaluate(it, target.value, frame);
      const index = evaluate(it, target.index, frame);
      frame.at = target;
      setItem(it, object, index, value);
      return;
    }
    case "Tuple":
    case "List":
      unpack(it, target.items, value, frame, told);
      return;
    case "Starred":
      assign(it, target.value, value, frame, told);
      return;
    default:
      return;
  }
}

/** Binds a name where the scope rules put it. */
export function bindName(name: string, value: Value, frame: Frame): void {
  (frame.outer?.get(name) ?? frame.scope).set(name, value);
}

/** `del target`. */
export function unbind(it: Interpreter, target: Expr, frame: Frame): void {
  switch (target.kind) {
    case "Name":
      (frame.outer?.get(target.id) ?? frame.scope).delete(target.id);
      return;
    case "Attribute":
      deleteAttribute(it, evaluate(it, target.value, frame), target.attr);
      return;
    case "Subscript":
      deleteItem(it, evaluate(it, target.value, frame), evaluate(it, target.index, frame));
      return;
    case "Tuple":
    case "List":
      for (const item of target.items) unbind(it, item, frame);
      return;
    default:
      return;
  }
}

function unpack(it: Interpreter, targets: readonly Expr[], value: Value, frame: Frame, told: boolean): void {
  const star = targets.findIndex((target) => target.kind === "Starred");
  if (value.kind === "int" || value.kind === "float" || value.kind === "bool" || value.kind === "none") {
    it.raise("TypeError", `cannot unpack non-iterable ${describeType(value)} object`);
  }
  // An object may have as many parts as it is taken apart into, as what stands for a tensor in a traced model has.
  const parts = value.kind === "instance" && star < 0 ? specialMethod(it, value, "__unpack__") : undefined;
  const items = itemsOf(it, parts ? call(it, parts, [int(targets.length)]) : value);
  if (items instanceof Unknown) {
    targets.forEach((target, i) => {
      const name = target.kind === "Name" ? target.id : `[${i}]`;
      assign(it, target, items.facts.name ? items.part(`[${i}]`) : new Unknown(items.why, { name }), frame, told);
    });
    return;
  }
  if (star < 0) {
    if (items.length !== targets.length) {
      it.listener?.misfits(it, value, targets.length);
      it.raise(
        "ValueError",
        items.length < targets.length
          ? `not enough values to unpack (expected ${targets.length}, got ${items.length})`
          : `too many values to unpack (expected ${targets.length})`,
      );
    }
    targets.forEach((target, i) => {
      assign(it, target, items[i] as Value, frame, told);
    });
    return;
  }
  const behind = targets.length - star - 1;
  if (items.length < targets.length - 1) {
    it.raise(
      "ValueError",
      `not enough values to unpack (expected at least ${targets.length - 1}, got ${items.length})`,
    );
  }
  targets.forEach((target, i) => {
    if (i < star) assign(it, target, items[i] as Value, frame, told);
    else if (i > star) assign(it, target, items[items.length - (targets.length - i)] as Value, frame, told);
    else assign(it, target, new List(items.slice(star, items.length - behind)), frame, told);
  });
}
