/** What activations ask of their input where that is more than nothing. */
import { type Dim, eq, format, formatShape, type Shape } from "../../../../algebra/index.ts";
import { requireDivisible, requireEqual, type Tensor, violate } from "../../../rules/index.ts";
import { dimensionIndex, quotient, requireRankAtLeast } from "./checks.ts";

/** The shape itself; `dim` must exist (`null` lets PyTorch choose one). */
export function softmaxOutput(callee: string, input: Tensor, dim: Dim | null): Shape {
  if (dim !== null) dimensionIndex(callee, dim, input.rank);
  return input.shape;
}

/** Gated linear unit: halves one dimension. */
export function gluOutput(callee: string, input: Tensor, dim: Dim, name = "input"): Shape {
  requireRankAtLeast(callee, input, 1, name);
  const index = dimensionIndex(callee, dim, input.rank);
  const size = input.size(index);
  requireDivisible(
    size,
    2,
    "not-divisible",
    () =>
      `${callee} halves dimension ${format(dim)} of ${name}, whose size ${format(size)} is odd: ${formatShape(input.shape)}`,
  );
  return input.shape.map((other, i) => (i === index ? quotient(size, 2) : other));
}

/** One slope for all, or one a channel. */
export function preluOutput(
  callee: string,
  input: Tensor,
  slopes: Dim,
  argument: string | null = null,
  name = "input",
): Shape {
  if (eq(slopes, 1) === true) return input.shape;
  if (input.rank === 0) violate("rank-mismatch", `${callee} with one slope a channel cannot take a scalar`);
  const channels = input.rank > 1 ? input.size(1) : 1;
  if (eq(slopes, 1) === undefined) return input.shape;
  requireEqual(
    channels,
    slopes,
    "channel-mismatch",
    () =>
      `${callee} has ${format(slopes)} slopes${argument === null ? "" : ` (${argument}=${format(slopes)})`}, but ${name} has ${format(channels)} channels: ${formatShape(input.shape)}`,
    argument === null ? undefined : () => ({ argument, value: channels, input: input.shape }),
  );
  return input.shape;
}
