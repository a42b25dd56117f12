/** Applies rules: binds arguments, catches what cannot be decided and what is definitely wrong, counts the work. */
import type { Dim } from "../../../algebra/index.ts";
import type { Interpreter } from "../../../python/interpreter.ts";
import { type Instance, type Keywords, noKeywords, Unknown, type Value } from "../../../python/values.ts";
import { bind, collectingEquations, type OpEntry, type Out, Tensor, Undecided, Violation } from "../../rules/index.ts";
import { canonicalKeywords } from "../rules/ops/index.ts";
import { argumentsOf, type Computed, computed } from "./kernels.ts";
import { holdParts } from "./movements.ts";
import { toValue, valueReader } from "./reader.ts";
import { Trace } from "./trace.ts";
import { TensorValue } from "./values.ts";

/** Calls an op. */
export function applyOp(it: Interpreter, entry: OpEntry, args: readonly Value[], keywords: Keywords): Value {
  return decided(it, null, entry.rule.macs !== undefined, () => run(it, entry, args, keywords), args);
}

function run(it: Interpreter, entry: OpEntry, args: readonly Value[], keywords: Keywords): Value {
  const name = shortName(entry.name);
  const named = canonicalKeywords(entry.parameters, keywords);
  const bound = bind(name, entry.parameters, args, named, valueReader);
  const out = entry.rule.output(bound as never);
  const { macs } = entry.rule;
  if (macs) applyCount(it, () => macs(bound as never, out));
  if (entry.rule.inplace) return writeInto(args[0], out);
  if (!args.some(holdsNumbers) && !hasNumbers(keywords)) return toValue(out);
  if (!(out instanceof Tensor)) {
    const parts = toValue(out);
    const items = parts.kind === "tuple" || parts.kind === "list" ? parts.items : [];
    if (!holdParts(name, items, argumentsOf(entry, args, named))) letGo(args, keywords);
    return parts;
  }
  const result = computed(name, { type: out, ...argumentsOf(entry, args, named) }, args[0]);
  if (result?.numbers) return withNumbers(out, result);
  // The result may be a view, and a write to it would be one to what it is a view of; `out` is written to.
  if (result === null || result.shared !== null || named.has("out")) letGo(args, keywords);
  return toValue(out);
}

/**
 * Runs a rule. What it can't decide is an unknown with its reason. What is definitely wrong is a finding where the
 * program certainly comes by here, and PyTorch's own exception where somebody may catch it or a branch may avoid it.
 * `works` tells that the rule counts multiply-accumulates, which are then not known either.
 */
export function decided(
  it: Interpreter,
  layer: Instance | null,
  works: boolean,
  run: () => Value,
  args: readonly Value[] = [],
): Value {
  const trace = Trace.of(it);
  try {
    return collectingEquations((equation) => trace.noted(it, equation), run);
  } catch (problem) {
    if (works) trace.count(it, null);
    if (problem instanceof Undecided) return new Unknown(problem.why);
    if (!(problem instanceof Violation)) throw problem;
    if (it.guarded === 0) trace.doubts += 1;
    if (it.guarded > 0 || it.uncertain > 0) it.raise(problem.exception, problem.message);
    const { code, message, fix, cause } = problem;
    trace.report(it, { code, message, fix, layer, inputs: tensorTypes(args) }, cause);
    return new Unknown(problem.message);
  }
}

/** Adds multiply-accumulates to the calls in progress; unknown where the rule can't tell. */
export function applyCount(it: Interpreter, macs: () => Dim): void {
  const trace = Trace.of(it);
  if (trace.stack.length === 0) return;
  try {
    trace.count(it, macs());
  } catch (problem) {
    if (!(problem instanceof Undecided)) throw problem;
    trace.count(it, null);
  }
}

function holdsNumbers(value: Value): boolean {
  if (value.kind === "list" || value.kind === "tuple") return value.items.some(holdsNumbers);
  return value instanceof TensorValue && value.numbers !== null;
}

function hasNumbers(keywords: Keywords): boolean {
  for (const value of keywords.values()) if (holdsNumbers(value)) return true;
  return false;
}

function withNumbers(type: Tensor, { numbers, shared }: Computed): TensorValue {
  const tensor = new TensorValue(type);
  if (numbers) tensor.hold(numbers, shared);
  return tensor;
}

function letGo(args: readonly Value[], keywords: Keywords): void {
  for (const arg of [...args, ...keywords.values()]) {
    if (arg instanceof TensorValue) arg.forget();
    else if (arg.kind === "list" || arg.kind === "tuple") letGo(arg.items, noKeywords);
  }
}

function tensorTypes(values: readonly Value[]): Tensor[] {
  return values.flatMap((value) => {
    if (value instanceof TensorValue) return [value.type];
    return value.kind === "list" || value.kind === "tuple" ? tensorTypes(value.items) : [];
  });
}

function writeInto(target: Value | undefined, out: Out): Value {
  if (!(target instanceof TensorValue) || !(out instanceof Tensor)) return toValue(out);
  target.setType(out);
  return target;
}

/** `torch.nn.functional.conv2d` → `conv2d`; `Tensor.view` → `view`. */
export function shortName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
