/** What the normalisations ask of their input, for the layers and for the functions of `torch.nn.functional`. */
import { type Dim, divisible, format, formatShape, gt, product, type Shape } from "../../../../algebra/index.ts";
import { require, requireEqual, type Tensor, violate } from "../../../rules/index.ts";
import { isEmpty, quotient, requireAllAtLeast, requireAtLeast, requireRankAtLeast } from "./checks.ts";

/** `(N, C, *)`: the channels must be those that weights or statistics were made for. */
export function requireChannels(
  callee: string,
  input: Tensor,
  index: number,
  channels: Dim,
  argument: string | null,
  name = "input",
): void {
  const given = input.size(index);
  requireEqual(
    given,
    channels,
    "channel-mismatch",
    () =>
      `${callee} expects ${format(channels)} channels${argument === null ? "" : ` (${argument}=${format(channels)})`}, but ${name} has ${format(given)}: ${formatShape(input.shape)}`,
    argument === null ? undefined : () => ({ argument, value: given, input: input.shape }),
  );
}

/** Where the elements of each channel are averaged on the spot, there must be more than one of them. */
export function requireSeveralElements(callee: string, input: Tensor, averaged: Shape, name = "input"): void {
  if (isEmpty(input)) return;
  require(gt(product(averaged), 1), "size-too-small", () =>
    `${callee} normalises over one element per channel: ${name} is ${formatShape(input.shape)}`);
}

/** `(N, C, *)` in groups of channels; `channels` is null where no weights fix it. */
export function groupNormOutput(
  callee: string,
  input: Tensor,
  groups: Dim,
  channels: Dim | null,
  argument: string | null = null,
  name = "input",
): Shape {
  requireRankAtLeast(callee, input, 2, name);
  requireAtLeast(callee, "num_groups", groups, 1);
  if (channels !== null) requireChannels(callee, input, 1, channels, argument, name);
  const given = input.size(1);
  require(divisible(given, groups), "not-divisible", () =>
    `${callee}: the ${format(given)} channels of ${name} are not divisible by num_groups=${format(groups)}`);
  const perGroup = product([input.size(0), quotient(given, groups), ...input.shape.slice(2)]);
  if (isEmpty(input)) return input.shape;
  require(gt(perGroup, 1), "size-too-small", () =>
    `${callee} normalises over one element per group: ${name} is ${formatShape(input.shape)}`);
  return input.shape;
}

/** The trailing sizes must be `normalized`, as for `LayerNorm` and `RMSNorm`. */
export function layerNormOutput(
  callee: string,
  input: Tensor,
  normalized: Shape,
  argument: string | null = null,
  name = "input",
): Shape {
  const wanted = () => (normalized.length === 1 ? format(normalized[0] as Dim) : formatShape(normalized));
  const message = () =>
    `${callee} normalises over the last ${normalized.length === 1 ? "dimension" : `${normalized.length} dimensions`} of size ${wanted()}, but ${name} is ${formatShape(input.shape)}`;
  if (normalized.length === 0) violate("bad-argument", `${callee}: normalized_shape must not be empty`);
  requireAllAtLeast(callee, "normalized_shape", normalized, 0);
  if (input.rank < normalized.length) violate("rank-mismatch", message());
  const trailing = input.shape.slice(-normalized.length);
  const [only] = trailing;
  const fix =
    argument !== null && trailing.length === 1 && only !== undefined
      ? () => ({ argument, value: only, input: input.shape })
      : undefined;
  for (const [i, size] of trailing.entries()) {
    requireEqual(size, normalized[i] as Dim, "in-features-mismatch", message, fix);
  }
  return input.shape;
}

/** `LocalResponseNorm`: any input with channels and at least one spatial dimension. */
export function localResponseNormOutput(callee: string, input: Tensor, name = "input"): Shape {
  requireRankAtLeast(callee, input, 3, name);
  return input.shape;
}
