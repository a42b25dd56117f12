/** Ops that are others under another name: views that copy, and functions that write into their first argument. */
import "./calculus.ts";
import "./elementwise.ts";
import "./joining.ts";
import "./products.ts";
import "./resizing.ts";
import "./selection.ts";
import "./views.ts";

import { formatShape } from "../../../../algebra/index.ts";
import { violate } from "../../../rules/index.ts";
import { slicedSize } from "./indexing.ts";
import { alias, axisOf, concrete, op, withSize } from "./support.ts";

for (const name of ["as_strided", "diagonal", "permute", "select", "squeeze", "t", "transpose", "unsqueeze"]) {
  alias(`torch.${name}_copy`, `torch.${name}`);
}
for (const name of ["expand", "unfold", "view"]) alias(`torch.${name}_copy`, `Tensor.${name}`);
for (const name of ["split", "split_with_sizes", "unbind"]) alias(`torch.${name}_copy`, `torch.${name}`);
for (const name of ["view_as_complex", "view_as_real"]) alias(`torch.${name}_copy`, `torch.${name}`);
alias("torch.trapz", "torch.trapezoid");

op("torch.slice_copy", {
  sig: "input: tensor, dim = 0, start: int? = None, end: int? = None, step = 1",
  output: ({ input, dim, start, end, step }) => {
    if (input.rank === 0)
      violate("rank-mismatch", `slice_copy needs at least 1 dimension, got ${formatShape(input.shape)}`);
    const axis = axisOf(dim, input.rank);
    const by = concrete(step, "the step of the slice");
    if (by < 1) violate("bad-argument", `a slice of a tensor needs a step greater than 0, got ${by}`);
    return input.withShape(withSize(input.shape, axis, slicedSize(input.size(axis), start, end, by)));
  },
});

for (const name of ["addmv", "clamp_max", "clamp_min", "gcd", "lcm", "ldexp", "xlogy"]) {
  alias(`torch.${name}_`, `Tensor.${name}_`);
}
alias("torch.resize_as_", "Tensor.resize_as_");
op("Tensor.as_strided_ torch.as_strided_", {
  sig: "input: tensor, size: ints, stride: ints, storage_offset: any? = None",
  inplace: true,
  output: ({ input, size }) => input.withShape(size),
});
