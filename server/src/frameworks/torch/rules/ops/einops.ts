/** The functions of `einops` on tensors of PyTorch. `pack` and `unpack` are in its prelude. */
import { eq, formatShape } from "../../../../algebra/index.ts";
import { leavesOut, transformed } from "../../../einops/rules/patterns.ts";
import { type OpRule, Tensor, violate } from "../../../rules/index.ts";
import "./einsum.ts";
import { isIntegral, toAccumulated } from "../dtypes.ts";
import { torchRules } from "../table.ts";

/** A list of tensors is one with a dimension more in front. */
function stacked(callee: string, tensor: Tensor | readonly Tensor[]): Tensor {
  if (tensor instanceof Tensor) return tensor;
  const [first, ...rest] = tensor;
  if (first === undefined) violate("bad-argument", `${callee} needs at least one tensor`);
  for (const other of rest) {
    const same = other.rank === first.rank && first.shape.every((size, i) => eq(size, other.size(i)) !== false);
    if (!same) {
      violate(
        "cat-mismatch",
        `${callee} of a list needs equal sizes, got ${formatShape(first.shape)} and ${formatShape(other.shape)}`,
      );
    }
  }
  return first.withShape([tensor.length, ...first.shape]);
}

const signature = "tensor: tensor|tensors, pattern: str, **axes_lengths: int";
for (const name of ["rearrange", "repeat"] as const) {
  torchRules.op(`einops.${name}`, {
    sig: signature,
    output: ({ tensor, pattern, axes_lengths }) => {
      const input = stacked(name, tensor);
      return input.withShape(transformed(name, input.shape, pattern, axes_lengths));
    },
  });
}

const reductions = ["min", "max", "sum", "mean", "prod", "any", "all"];
torchRules.op("einops.reduce", {
  sig: "tensor: tensor|tensors, pattern: str, reduction: str|any, **axes_lengths: int",
  output: ({ tensor, pattern, reduction, axes_lengths }) => {
    const input = stacked("reduce", tensor);
    const shape = transformed("reduce", input.shape, pattern, axes_lengths);
    if (typeof reduction !== "string") return new Tensor(shape, null);
    if (!reductions.includes(reduction)) {
      violate("bad-argument", `reduce takes one of ${reductions.join(", ")}, got "${reduction}"`);
    }
    const reduces = leavesOut("reduce", pattern);
    if (reduction === "mean" && reduces && input.dtype !== null && isIntegral(input.dtype)) {
      violate("bad-argument", `a mean needs a floating point tensor, got ${input.dtype}`);
    }
    return new Tensor(shape, reduces ? reducedDtype(reduction, input) : input.dtype);
  },
});

function reducedDtype(reduction: string, input: Tensor): Tensor["dtype"] {
  if (reduction === "any" || reduction === "all") return input.dtype === "uint8" ? "uint8" : "bool";
  return reduction === "sum" || reduction === "prod" ? toAccumulated(input.dtype) : input.dtype;
}

/** The equation of `torch.einsum` for a pattern whose axes have names of any length. */
function equationOf(pattern: string): string {
  const letters = new Map<string, string>();
  const letterOf = (name: string): string => {
    if (name === "..." || name === "->" || name === ",") return name;
    if (!/^[A-Za-z_]\w*$/.test(name))
      violate("bad-argument", `einsum: the pattern "${pattern}" is malformed at "${name}"`);
    const known = letters.get(name);
    if (known !== undefined) return known;
    const letter = String.fromCharCode((letters.size < 26 ? 97 : 65 - 26) + letters.size);
    letters.set(name, letter);
    return letter;
  };
  if (!pattern.includes("->")) violate("bad-argument", `einsum: the pattern "${pattern}" needs one "->"`);
  const tokens = pattern.match(/\.\.\.|->|,|[^\s,.>-]+/g) ?? [];
  return tokens.map(letterOf).join("");
}

type Einsum = OpRule<"equation: str, *operands: tensors">;
const einsumRule = torchRules.ops.get("torch.einsum")?.rule as unknown as Einsum;

torchRules.op("einops._einsum", {
  sig: "pattern: str, tensors: tensors",
  output: ({ pattern, tensors }) =>
    einsumRule.output({ equation: equationOf(pattern), operands: tensors, out: null } as never),
  macs: ({ pattern, tensors }, out) =>
    einsumRule.macs?.({ equation: equationOf(pattern), operands: tensors } as never, out) ?? 0,
});
