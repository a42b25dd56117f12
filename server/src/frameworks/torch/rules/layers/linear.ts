/** Fully connected layers, and the identity. */
import { format, numel, product } from "../../../../algebra/index.ts";
import { type Tensor, tensor } from "../../../rules/index.ts";
import { requireAtLeast } from "../geometry/checks.ts";
import { bilinearOutput, linearMacs, linearOutput } from "../geometry/linear.ts";
import { torchRules } from "../table.ts";
import { affine, factor, times } from "./words.ts";

const linear = {
  sig: "in_features, out_features, bias: bool? = True, device: any? = None, dtype: dtype? = None",
} as const;

for (const name of [
  "torch.nn.Linear",
  // What MultiheadAttention projects its result with.
  "torch.nn.modules.linear.NonDynamicallyQuantizableLinear",
]) {
  torchRules.layer(name, {
    sig: linear.sig,
    check: (a) => {
      requireAtLeast("Linear", "in_features", a.in_features, 0);
      requireAtLeast("Linear", "out_features", a.out_features, 0);
    },
    weights: (a) => ({ weight: [a.out_features, a.in_features], bias: a.bias === true && [a.out_features] }),
    formula: (a) =>
      affine(
        { symbols: "in", numbers: factor(a.in_features) },
        { symbols: "out", numbers: factor(a.out_features) },
        a.bias === true,
      ),
    essentials: (a) => `${format(a.in_features)} → ${format(a.out_features)}`,
    output: (a, x) =>
      tensor(linearOutput("Linear", x.input, a.in_features, a.out_features, "in_features"), x.input.dtype),
    macs: (a, _x, out) => linearMacs(out as Tensor, a.in_features),
  });
}

torchRules.layer("torch.nn.Bilinear", {
  sig: "in1_features, in2_features, out_features, bias: bool? = True, device: any? = None, dtype: dtype? = None",
  forward: "input1: tensor, input2: tensor",
  check: (a) => {
    requireAtLeast("Bilinear", "in1_features", a.in1_features, 1);
    requireAtLeast("Bilinear", "in2_features", a.in2_features, 0);
    requireAtLeast("Bilinear", "out_features", a.out_features, 0);
  },
  weights: (a) => ({
    weight: [a.out_features, a.in1_features, a.in2_features],
    bias: a.bias === true && [a.out_features],
  }),
  formula: (a) =>
    affine(
      { symbols: "in1 × in2", numbers: times(a.in1_features, a.in2_features) },
      { symbols: "out", numbers: factor(a.out_features) },
      a.bias === true,
    ),
  essentials: (a) => `${format(a.in1_features)}, ${format(a.in2_features)} → ${format(a.out_features)}`,
  output: (a, x) => {
    const sizes = { in1: a.in1_features, in2: a.in2_features, out: a.out_features };
    return tensor(bilinearOutput("Bilinear", x.input1, x.input2, sizes, true), x.input1.dtype);
  },
  macs: (a, _x, out) => product([numel((out as Tensor).shape), a.in1_features, a.in2_features]),
});
