/**
 * The geometry of padding, for the padding layers, for `padding_mode` of convolutions and for `F.pad`.
 * Sizes follow https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pad.html.
 */
import { type Dim, format, formatShape, le, lt, type Shape, sum } from "../../../../algebra/index.ts";
import { require, requireNoLess, type Tensor, violate } from "../../../rules/index.ts";

export type PadMode = "constant" | "reflect" | "replicate" | "circular";

/** `pads` as `F.pad` takes them: before and after the last dimension, then the one before it, and so on. */
export function padOutput(callee: string, input: Tensor, pads: readonly Dim[], mode: PadMode, name = "input"): Shape {
  const padded = pads.length / 2;
  if (!Number.isInteger(padded)) {
    violate("bad-argument", `${callee}: padding takes an even number of numbers, got ${pads.length}`);
  }
  requirePaddableRank(callee, input, padded, mode, name);
  const where = `${name}: ${formatShape(input.shape)}`;
  const output = input.shape.map((size, index) => {
    const fromEnd = input.rank - 1 - index;
    const before = pads[2 * fromEnd];
    const after = pads[2 * fromEnd + 1];
    if (before === undefined || after === undefined) return size;
    const grown = sum([size, before, after]);
    requireFits(callee, mode, size, [before, after], grown, where);
    return grown;
  });
  // Reflection and replication mind an empty result only where nothing is left of any padded dimension.
  if (mode === "reflect" || mode === "replicate") {
    const nothingLeft = output.slice(input.rank - padded).every((size) => lt(size, 1) === true);
    if (nothingLeft) violate("size-too-small", `${callee} leaves nothing of ${where}`);
  }
  return output;
}

function requirePaddableRank(callee: string, input: Tensor, padded: number, mode: PadMode, name: string): void {
  const shape = () => `${name} is ${input.rank}D: ${formatShape(input.shape)}`;
  if (mode === "constant") {
    if (padded > input.rank) violate("rank-mismatch", `${callee} pads ${padded} dimensions, but ${shape()}`);
    return;
  }
  if (padded < 1 || padded > 3) {
    violate("bad-argument", `${callee}: mode "${mode}" pads 1 to 3 dimensions, got ${padded}`);
  }
  if (input.rank !== padded + 1 && input.rank !== padded + 2) {
    violate(
      "rank-mismatch",
      `${callee}: mode "${mode}" with ${2 * padded} paddings expects a ${padded + 1}D or ${padded + 2}D tensor, but ${shape()}`,
    );
  }
}

function requireFits(
  callee: string,
  mode: PadMode,
  size: Dim,
  pads: readonly [Dim, Dim],
  output: Dim,
  where: string,
): void {
  for (const pad of pads) {
    if (mode === "reflect") {
      require(lt(pad, size), "size-too-small", () =>
        `${callee} reflects ${format(pad)} elements, which must be fewer than the ${format(size)} there are in ${where}`);
    } else if (mode === "circular") {
      require(le(pad, size), "size-too-small", () =>
        `${callee} wraps ${format(pad)} elements around, more than the ${format(size)} there are in ${where}`);
    }
  }
  requireNoLess(
    output,
    0,
    "size-too-small",
    () =>
      `${callee} pads ${format(size)} by ${format(pads[0])} and ${format(pads[1])}, which leaves ${format(output)} of ${where}`,
  );
}
