/** What a condition tells on each side about the names in it: `x is None` makes `x` None where it holds. */
import type { Expr } from "../syntax/ast.ts";
import { bindName } from "./assign.ts";
import type { Frame, Interpreter } from "./interpreter.ts";
import { bool, none, Unknown } from "./values.ts";

/** Binds what `test` being `outcome` says of plain names. */
export function narrow(it: Interpreter, test: Expr, outcome: boolean, frame: Frame): void {
  if (test.kind === "Unary" && test.op === "not") {
    narrow(it, test.operand, !outcome, frame);
  } else if (test.kind === "BoolOp" && (test.op === "and") === outcome) {
    narrow(it, test.left, outcome, frame);
    narrow(it, test.right, outcome, frame);
  } else if (test.kind === "Compare" && test.rest.length === 1 && test.left.kind === "Name") {
    const [only] = test.rest;
    const isNone = only?.right.kind === "Constant" && only.right.value.type === "none";
    const value = frame.scope.vars.get(test.left.id);
    if (!isNone || value?.kind !== "unknown") return;
    if ((only.op === "is" || only.op === "==") === outcome) bindName(test.left.id, none, frame);
  } else if (test.kind === "Name") {
    const value = frame.scope.vars.get(test.id);
    if (value instanceof Unknown && value.facts.type === "bool") bindName(test.id, bool(outcome), frame);
  }
}
