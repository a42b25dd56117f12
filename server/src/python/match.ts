/** `match` statements. */

import type { Tri } from "../algebra/index.ts";
import type { Match, MatchCase, Pattern } from "../syntax/ast.ts";
import { bindName } from "./assign.ts";
import { findAttribute } from "./attributes.ts";
import { equals } from "./comparison.ts";
import { and, keyOf } from "./equality.ts";
import { evaluate } from "./evaluate.ts";
import { type Completion, execBlock } from "./execute.ts";
import { eitherOr, type Forked } from "./fork.ts";
import type { Frame, Interpreter } from "./interpreter.ts";
import { speculate } from "./journal.ts";
import { truth } from "./truth.ts";
import { classOf } from "./types.ts";
import { Dict, List, Unknown, type Value } from "./values.ts";

/** Runs the case that matches. Where that is not known, each that may match is one side and the later ones the other. */
export function runMatch(it: Interpreter, stmt: Match, rest: () => Completion, frame: Frame): Forked {
  return runCases(it, stmt.cases, evaluate(it, stmt.subject, frame), rest, frame);
}

function runCases(
  it: Interpreter,
  cases: readonly MatchCase[],
  subject: Value,
  rest: () => Completion,
  frame: Frame,
): Forked {
  for (const [i, each] of cases.entries()) {
    const matches = (): Tri => {
      const t = matchPattern(it, each.pattern, subject, frame);
      return t !== false && each.guard ? and(t, truth(it, evaluate(it, each.guard, frame))) : t;
    };
    // What a pattern binds stays only where it matches.
    const { result: t } = speculate(matches);
    if (t === false) continue;
    if (t === true) {
      matches();
      const completion = execBlock(it, each.body, frame);
      return completion ? { completion } : "go on";
    }
    const taken = (): Completion => {
      bindUnknown(each.pattern, subject, frame);
      matches();
      return execBlock(it, each.body, frame);
    };
    const later = (): Completion => {
      const result = runCases(it, cases.slice(i + 1), subject, () => null, frame);
      return result === "go on" ? null : result.completion;
    };
    return eitherOr(it, taken, later, rest, frame);
  }
  return "go on";
}

/** Binds what a pattern may bind, for a value that it can't be held against. */
function bindUnknown(pattern: Pattern, subject: Value, frame: Frame): void {
  const why = subject.kind === "unknown" ? subject.why : "a part of a value that is not known";
  const bind = (name: string | null): void => {
    if (name) bindName(name, new Unknown(why, { name }), frame);
  };
  switch (pattern.kind) {
    case "capture":
    case "star":
      bind(pattern.name);
      return;
    case "as":
      bind(pattern.name);
      bindUnknown(pattern.pattern, subject, frame);
      return;
    case "or":
      for (const option of pattern.options) bindUnknown(option, subject, frame);
      return;
    case "sequence":
      for (const item of pattern.items) bindUnknown(item, subject, frame);
      return;
    case "mapping":
      for (const entry of pattern.entries) bindUnknown(entry.value, subject, frame);
      bind(pattern.rest);
      return;
    case "class":
      for (const item of [...pattern.positional, ...pattern.keywords.map((each) => each.value)]) {
        bindUnknown(item, subject, frame);
      }
      return;
    default:
      return;
  }
}

function matchPattern(it: Interpreter, pattern: Pattern, value: Value, frame: Frame): Tri {
  switch (pattern.kind) {
    case "capture":
      if (pattern.name) bindName(pattern.name, value, frame);
      return true;
    case "value":
      return equals(it, value, evaluate(it, pattern.value, frame));
    case "or": {
      let undecided = false;
      for (const option of pattern.options) {
        const t = matchPattern(it, option, value, frame);
        if (t === true) return true;
        undecided ||= t === undefined;
      }
      return undecided ? undefined : false;
    }
    case "as": {
      const t = matchPattern(it, pattern.pattern, value, frame);
      if (t !== false) bindName(pattern.name, value, frame);
      return t;
    }
    case "sequence":
      return matchSequence(it, pattern.items, value, frame);
    case "mapping":
      return matchMapping(it, pattern, value, frame);
    case "class":
      return matchClass(it, pattern, value, frame);
    default:
      return undefined;
  }
}

function matchSequence(it: Interpreter, patterns: readonly Pattern[], value: Value, frame: Frame): Tri {
  if (value.kind === "unknown") return undefined;
  if (value.kind !== "tuple" && value.kind !== "list") return false;
  if (value.kind === "list" && value.lost) return undefined;
  const { items } = value;
  const star = patterns.findIndex((p) => p.kind === "star");
  if (star < 0 ? items.length !== patterns.length : items.length < patterns.length - 1) return false;
  let result: Tri = true;
  patterns.forEach((pattern, i) => {
    if (pattern.kind === "star") {
      const rest = new List(items.slice(star, items.length - (patterns.length - star - 1)));
      if (pattern.name) bindName(pattern.name, rest, frame);
    } else {
      const at = star >= 0 && i > star ? items.length - (patterns.length - i) : i;
      result = and(result, matchPattern(it, pattern, items[at] as Value, frame));
    }
  });
  return result;
}

function matchMapping(
  it: Interpreter,
  pattern: Extract<Pattern, { kind: "mapping" }>,
  value: Value,
  frame: Frame,
): Tri {
  if (value.kind !== "dict") return value.kind === "unknown" ? undefined : false;
  if (value.lost) return undefined;
  const rest = new Map(value.entries);
  let result: Tri = true;
  for (const { key, value: inner } of pattern.entries) {
    const k = keyOf(evaluate(it, key, frame));
    const entry = k === null ? undefined : value.entries.get(k);
    if (!entry) return k === null ? undefined : false;
    rest.delete(k as NonNullable<typeof k>);
    result = and(result, matchPattern(it, inner, entry.value, frame));
  }
  if (pattern.rest) bindName(pattern.rest, new Dict(rest), frame);
  return result;
}

function matchClass(it: Interpreter, pattern: Extract<Pattern, { kind: "class" }>, value: Value, frame: Frame): Tri {
  const cls = evaluate(it, pattern.cls, frame);
  const own = classOf(value);
  if (cls.kind !== "class" || own === null) return undefined;
  if (!own.isSubclassOf(cls)) return own.unknownBase ? undefined : false;
  let result: Tri = true;
  const names = cls.lookup("__match_args__");
  pattern.positional.forEach((inner, i) => {
    const name = names?.kind === "tuple" ? names.items[i] : undefined;
    const part = name?.kind === "str" ? findAttribute(it, value, name.value) : i === 0 ? value : undefined;
    result = and(result, part ? matchPattern(it, inner, part, frame) : undefined);
  });
  for (const { name, value: inner } of pattern.keywords) {
    const part = findAttribute(it, value, name);
    result = and(result, part ? matchPattern(it, inner, part, frame) : false);
  }
  return result;
}
