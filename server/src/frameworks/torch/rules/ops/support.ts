/**
 * What the rules of ops share: entering an op under its names, normalising dimensions, broadcasting with a message,
 * and demanding known integers. For the files of this folder only.
 */
import {
  broadcast,
  constantOf,
  type Dim,
  equalShapes,
  format,
  formatCount,
  formatShape,
  ge,
  numel,
  type Shape,
} from "../../../../algebra/index.ts";
import {
  type Args,
  type DType,
  noteBroadcast,
  type Opaque,
  type OpRule,
  type Out,
  require,
  type Scalar,
  Tensor,
  Undecided,
  violate,
} from "../../../rules/index.ts";
import { canCast } from "../dtypes.ts";
import { torchRules } from "../table.ts";

/**
 * Enters an op. Functions of `torch`, `torch.linalg`, `torch.special` and `torch.fft` take `out=` besides the signature:
 * the result then has the dtype of `out`.
 */
export function op<S extends string>(names: string, rule: OpRule<S>): void {
  for (const name of names.split(" ")) {
    if (name.startsWith("Tensor.") || name.startsWith("torch.nn.")) torchRules.op(name, rule);
    else enterWithOut(name, rule);
  }
}

/** Enters the rule of one op under more names. */
export function alias(names: string, of: string): void {
  const entry = torchRules.ops.get(of);
  if (entry === undefined) throw new Error(`there is no rule for ${of} yet`);
  torchRules.op(names, entry.rule as unknown as OpRule<"">);
}

/** `torch.X Tensor.X` for each of the names. */
export const both = (...names: readonly string[]): string => names.map((n) => `torch.${n} Tensor.${n}`).join(" ");

/** Enters an op under `torch.X` and `Tensor.X`, and under `Tensor.X_`, which writes into the tensor itself. */
export function opAndInplace<S extends string>(names: readonly string[], rule: OpRule<S>): void {
  op(both(...names), rule);
  opInplace(names.map((name) => `Tensor.${name}_`).join(" "), rule);
}

/** Enters ops that write their result into their first argument, whose sizes and dtype therefore stay. */
export function opInplace<S extends string>(names: string, rule: OpRule<S>): void {
  op(names, inplace(rule));
}

/** An integer that must be known to go on. `what` completes "… is not known". */
export function concrete(value: Dim, what: string): number {
  if (typeof value === "number") return value;
  throw new Undecided(constantOf(value) === undefined ? `${what} is not known` : `${what} is too large`);
}

/** The dimension that `dim` names in a tensor of this rank, counted from 0. A tensor without dimensions has one here. */
export function axisOf(dim: Dim, rank: number, name = "dim"): number {
  const index = concrete(dim, name);
  const size = Math.max(rank, 1);
  if (index < -size || index >= size) {
    violate("rank-mismatch", `${name} ${index} is out of range for a tensor with ${dimensions(rank)}`);
  }
  return index < 0 ? index + size : index;
}

/** The distinct dimensions named, or all of them where none is (as reductions have it). */
export function axesOf(dims: readonly Dim[] | null, rank: number, name = "dim"): readonly number[] {
  if (dims === null || dims.length === 0) return Array.from({ length: rank }, (_, i) => i);
  const axes = dims.map((dim) => axisOf(dim, rank, name));
  refuseRepeated(axes, name);
  return axes;
}

export function refuseRepeated(axes: readonly number[], name: string): void {
  const twice = axes.find((axis, i) => axes.indexOf(axis) !== i);
  if (twice !== undefined) violate("bad-argument", `${name} names dimension ${twice} more than once`);
}

/** A single dim as a list. */
export const listOf = (dim: Dim | readonly Dim[] | null): readonly Dim[] | null =>
  dim === null || isDims(dim) ? dim : [dim];

export const isDims = (value: unknown): value is readonly Dim[] => Array.isArray(value);

export const dimensions = (rank: number): string => (rank === 1 ? "1 dimension" : `${rank} dimensions`);

/** The shape with one size put in place of another. */
export const withSize = (shape: Shape, axis: number, size: Dim): Shape => shape.map((s, i) => (i === axis ? size : s));

export const without = (shape: Shape, axis: number): Shape => shape.filter((_, i) => i !== axis);

/** The common shape of operands, numbers having none. */
export function broadcastOf(callee: string, ...operands: readonly (Tensor | Scalar | null)[]): Shape {
  let shape: Shape = [];
  for (const operand of operands) {
    if (operand instanceof Tensor) shape = broadcastTo(callee, shape, operand.shape);
  }
  return shape;
}

export function broadcastTo(callee: string, a: Shape, b: Shape): Shape {
  const result = broadcast(a, b);
  if ("shape" in result) {
    for (let i = 1; i <= Math.min(a.length, b.length); i += 1) noteBroadcast(a.at(-i) ?? 1, b.at(-i) ?? 1);
    return result.shape;
  }
  const { axis, left, right } = result.conflict;
  const fromEnd = axis - Math.max(a.length, b.length);
  return violate(
    "broadcast-mismatch",
    `${callee} of ${formatShape(a)} and ${formatShape(b)}: sizes ${format(left)} and ${format(right)} at dimension ${fromEnd} differ, and neither is 1`,
  );
}

/** `2,048 elements of (8, 256)`, for messages. */
export const elements = (shape: Shape): string => `${formatShape(shape)} = ${formatCount(numel(shape))} elements`;

/** Demands that a size is not negative. */
export function requireNonNegative(size: Dim, name: string): void {
  require(ge(size, 0), "bad-argument", () => `${name} is ${format(size)}, but a size cannot be negative`);
}

/** The dtype given, or the one that it defaults to; null where one is given but not known. */
export const dtypeOr = (a: { readonly dtype: DType | null }, otherwise: DType | null): DType | null =>
  orNull(() => a.dtype ?? otherwise);

/** What can be read, or null where it is not known. */
export function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (problem) {
    if (problem instanceof Undecided) return null;
    throw problem;
  }
}

/** A check that is left out where what it looks at is not known, for ops whose result does not depend on it. */
export const ifKnown = (check: () => void): void => {
  orNull(check);
};

function enterWithOut<S extends string>(name: string, rule: OpRule<S>): void {
  const separator = rule.sig.includes("*,") ? ", " : rule.sig === "" ? "*, " : ", *, ";
  const sig = `${rule.sig}${separator}out: tensor|any? = None`;
  torchRules.op(name, {
    ...rule,
    sig: sig as S,
    output: (a) => withOut(rule.output(a), (a as Args<"out: tensor|any?">).out),
  });
}

function withOut(result: Out, out: Tensor | Opaque | null): Out {
  if (out === null) return result;
  if (out instanceof Tensor && result instanceof Tensor) return result.withDtype(out.dtype);
  throw new Undecided("the result is written into `out`");
}

function inplace<S extends string>(rule: OpRule<S>): OpRule<S> {
  return {
    ...rule,
    inplace: true,
    output: (a) => {
      const target = Object.values(a)[0];
      if (!(target instanceof Tensor)) return rule.output(a);
      const result = orNull(() => rule.output(a));
      if (!(result instanceof Tensor)) return target;
      if (target.dims !== null && result.dims !== null) {
        require(equalShapes(target.dims, result.dims), "broadcast-mismatch", () =>
          `the result of sizes ${formatShape(result.shape)} does not fit into the tensor of sizes ${formatShape(target.shape)}`);
      }
      if (target.dtype !== null && result.dtype !== null && !canCast(result.dtype, target.dtype)) {
        violate("bad-argument", `the result is ${result.dtype} and cannot be written into a tensor of ${target.dtype}`);
      }
      return target;
    },
  };
}
