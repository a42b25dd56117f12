/**
 * Branches of `forward` that the pass which shows a model does not take: behind a flag with a default, an optional input
 * that is left out, or training. They are run once more with the question open, for what stands in them alone.
 */

import { inMode } from "../frameworks/torch/binding/module.ts";
import type { Trace } from "../frameworks/torch/binding/trace.ts";
import { speculate } from "../python/journal.ts";
import { bool, type Func, type Instance, none, Unknown, type Value } from "../python/values.ts";
import type { Expr, FunctionDef, Stmt } from "../syntax/ast.ts";
import { subexpressions } from "../syntax/bindings.ts";
import type { Forward } from "./pass.ts";

/** A call of a model with one question open. */
export interface OtherWay {
  readonly inputs: ReadonlyMap<string, Value>;
  readonly training: Value;
}

/** Most questions that are opened. */
const mostWays = 4;

/** The calls that may take other branches of a `forward` of this file than the one that is shown. */
export function otherWays(root: Instance, { call, inputs }: Forward, file: string): OtherWay[] {
  const forward = root.cls.lookup("forward");
  if (call === null || forward?.kind !== "function" || forward.def.kind !== "FunctionDef") return [];
  if (forward.unit.file !== file) return [];
  const shown = inputs.map(({ name, value }): [string, Value] => [name, value]);
  const ways = [...askedNames(forward.def)].flatMap((name): OtherWay[] => {
    if (name === "self.training") {
      return [{ inputs: new Map(shown), training: new Unknown("training or not", { type: "bool" }) }];
    }
    const open = openValue(name, forward);
    return open ? [{ inputs: new Map([...shown, [name, open]]), training: bool(false) }] : [];
  });
  return ways.slice(0, mostWays);
}

/** Runs a model another way. What ran before keeps what it told: here its inputs may be open. */
export function runOtherWay(
  root: Instance,
  { inputs, training }: OtherWay,
  trace: Trace,
  run: (inputs: ReadonlyMap<string, Value>) => unknown,
): void {
  const [called, findings, equations] = [trace.calls.length, trace.findings.length, trace.equations.length];
  const told = new Set(trace.calls.map(({ instance }) => instance));
  inMode(root, training, () => speculate(() => run(inputs)));
  trace.calls.push(...trace.calls.splice(called).filter(({ instance }) => !told.has(instance)));
  trace.findings.length = findings;
  trace.equations.length = equations;
}

/** An optional parameter that may be given or not. */
function openValue(name: string, { defaults }: Func): Unknown | null {
  const value = defaults.get(name);
  const why = `${name} is optional`;
  if (value === none) return new Unknown(why, { name, plain: true });
  return value?.kind === "bool" ? new Unknown(why, { name, type: "bool" }) : null;
}

const known = new WeakMap<FunctionDef, ReadonlySet<string>>();

/** Names in conditions of statements, and `self.training`. */
function askedNames(def: FunctionDef): ReadonlySet<string> {
  let names = known.get(def);
  if (!names) {
    names = new Set(conditionsOf(def.body).flatMap(namesIn));
    known.set(def, names);
  }
  return names;
}

function conditionsOf(body: readonly Stmt[]): Expr[] {
  return body.flatMap((stmt) => {
    switch (stmt.kind) {
      case "If":
        return [stmt.test, ...conditionsOf(stmt.body), ...conditionsOf(stmt.orelse)];
      case "For":
      case "While":
        return [...conditionsOf(stmt.body), ...conditionsOf(stmt.orelse)];
      case "With":
        return conditionsOf(stmt.body);
      case "Try":
        return conditionsOf([...stmt.body, ...stmt.orelse, ...stmt.finalbody]);
      default:
        return [];
    }
  });
}

function namesIn(expr: Expr): string[] {
  if (expr.kind === "Name") return [expr.id];
  const isTraining =
    expr.kind === "Attribute" && expr.attr === "training" && expr.value.kind === "Name" && expr.value.id === "self";
  return isTraining ? ["self.training"] : subexpressions(expr).flatMap(namesIn);
}
