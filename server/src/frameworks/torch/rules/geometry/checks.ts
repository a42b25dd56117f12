/** Conditions that many layers and ops share: ranks, positive sizes, one number for all dimensions. */
import { type Dim, divExact, eq, floordiv, format, formatShape, ge, type Shape } from "../../../../algebra/index.ts";
import { type FindingCode, require, requireEqual, type Tensor, Undecided, violate } from "../../../rules/index.ts";

/** Demands one of the ranks. */
export function requireRank(callee: string, input: Tensor, ranks: readonly number[], name = "input"): void {
  if (ranks.includes(input.rank)) return;
  const wanted = ranks.map((rank) => `${rank}D`).join(" or ");
  violate(
    "rank-mismatch",
    `${callee} expects a ${wanted} tensor, but ${name} is ${input.rank}D: ${formatShape(input.shape)}`,
  );
}

/** Demands a rank of at least `least`. */
export function requireRankAtLeast(callee: string, input: Tensor, least: number, name = "input"): void {
  if (input.rank >= least) return;
  violate(
    "rank-mismatch",
    `${callee} expects at least ${least} dimension${least === 1 ? "" : "s"}, but ${name} is ${input.rank}D: ${formatShape(input.shape)}`,
  );
}

/** Whether a tensor surely has no elements: many layers then ask for nothing more. */
export function isEmpty(input: Tensor): boolean {
  return input.shape.some((size) => eq(size, 0) === true);
}

/** Demands an argument of at least `least`. */
export function requireAtLeast(
  callee: string,
  name: string,
  value: Dim,
  least: number,
  code: FindingCode = "bad-argument",
): void {
  require(ge(value, least), code, () => `${callee}: ${name} must be ${bound(least)}, got ${format(value)}`);
}

/** Demands entries of at least `least` in a tuple argument. */
export function requireAllAtLeast(callee: string, name: string, values: readonly Dim[], least: number): void {
  for (const value of values) requireAtLeast(callee, name, value, least);
}

/** One entry per dimension: a single number stands for all of them. */
export function spread(callee: string, name: string, values: readonly Dim[], count: number): Shape {
  const [first] = values;
  if (values.length === count) return values;
  if (values.length === 1 && first !== undefined) return new Array<Dim>(count).fill(first);
  const wanted = count === 1 ? "1 number" : `1 or ${count} numbers`;
  return violate("bad-argument", `${callee}: ${name} takes ${wanted}, got ${values.length}`);
}

/** The index from the front of a dimension that may count from the end. */
export function dimensionIndex(callee: string, dim: Dim, rank: number, name = "dim"): number {
  if (typeof dim !== "number") return unknownDimension(callee, name, dim);
  const count = Math.max(rank, 1);
  if (dim < -count || dim >= count) {
    violate("rank-mismatch", `${callee}: ${name}=${dim} is out of range for a ${rank}D tensor`);
  }
  return dim < 0 ? dim + count : dim;
}

/** `a / b` where the caller has demanded that it goes into whole numbers, which may still be undecided. */
export function quotient(a: Dim, b: Dim): Dim {
  return divExact(a, b) ?? floordiv(a, b);
}

/** Demands that each size of one shape equals that of the other. */
export function requireSameShape(
  callee: string,
  left: Tensor,
  right: Tensor,
  leftName: string,
  rightName: string,
): void {
  const message = () =>
    `${callee} expects ${leftName} and ${rightName} of the same shape, got ${formatShape(left.shape)} and ${formatShape(right.shape)}`;
  if (left.rank !== right.rank) violate("rank-mismatch", message());
  for (let i = 0; i < left.rank; i++) {
    requireEqual(left.size(i), right.size(i), "broadcast-mismatch", message);
  }
}

function bound(least: number): string {
  if (least === 1) return "positive";
  return least === 0 ? "0 or more" : `at least ${least}`;
}

function unknownDimension(callee: string, name: string, dim: Dim): never {
  throw new Undecided(`${name}=${format(dim)} of ${callee} is not a known number`);
}
