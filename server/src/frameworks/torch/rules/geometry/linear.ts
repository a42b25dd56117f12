/** The geometry of `Linear` and `Bilinear` and of their functions. */
import { type Dim, format, formatShape, mul, numel, type Shape } from "../../../../algebra/index.ts";
import { requireEqual, type Tensor, violate } from "../../../rules/index.ts";
import { requireRankAtLeast } from "./checks.ts";

/** `(*, in_features)` to `(*, out_features)`. `argument` is what in_features is set by, if a fix can name it. */
export function linearOutput(
  callee: string,
  input: Tensor,
  inFeatures: Dim,
  outFeatures: Dim,
  argument: string | null = null,
  name = "input",
): Shape {
  requireRankAtLeast(callee, input, 1, name);
  const features = input.size(-1);
  requireEqual(
    features,
    inFeatures,
    "in-features-mismatch",
    () =>
      `${callee} expects ${format(inFeatures)} input features${argument === null ? "" : ` (${argument}=${format(inFeatures)})`}, but ${name} has ${format(features)}: ${formatShape(input.shape)}`,
    argument === null ? undefined : () => ({ argument, value: features, input: input.shape }),
  );
  return [...input.shape.slice(0, -1), outFeatures];
}

/** A product with an `(in_features, out_features)` matrix for every row of the output. */
export function linearMacs(output: Tensor, inFeatures: Dim): Dim {
  return mul(numel(output.shape), inFeatures);
}

/** `(*, in1)` and `(*, in2)` with the same leading sizes to `(*, out)`. */
export function bilinearOutput(
  callee: string,
  input1: Tensor,
  input2: Tensor,
  sizes: { readonly in1: Dim; readonly in2: Dim; readonly out: Dim },
  named: boolean,
): Shape {
  const leading = linearOutput(callee, input1, sizes.in1, sizes.out, named ? "in1_features" : null, "input1");
  linearOutput(callee, input2, sizes.in2, sizes.out, named ? "in2_features" : null, "input2");
  const message = () =>
    `${callee} expects the same leading sizes, got ${formatShape(input1.shape)} and ${formatShape(input2.shape)}`;
  if (input1.rank !== input2.rank) violate("rank-mismatch", message());
  for (let i = 0; i < input1.rank - 1; i++) {
    requireEqual(input1.size(i), input2.size(i), "broadcast-mismatch", message);
  }
  return leading;
}
