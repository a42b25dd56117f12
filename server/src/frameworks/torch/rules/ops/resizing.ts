/** Ops that give a tensor the sizes that are asked for, whatever it had. */
import { equalShapes } from "../../../../algebra/index.ts";
import { Tensor } from "../../../rules/index.ts";
import { toAccumulated } from "../dtypes.ts";
import { op } from "./support.ts";
import { expanded, reshaped } from "./views.ts";

op("Tensor.resize_", {
  sig: "input: tensor, *size: ints, memory_format: any? = None",
  inplace: true,
  output: (a) => a.input.withShape(a.size),
});
op("Tensor.resize", {
  sig: "input: tensor, *sizes: ints",
  output: (a) => a.input.withShape(reshaped(a.input.shape, a.sizes)),
});
op("Tensor.resize_as", {
  sig: "input: tensor, tensor: tensor",
  output: (a) => a.input.withShape(reshaped(a.input.shape, a.tensor.shape)),
});
op("Tensor.resize_as_", {
  sig: "input: tensor, the_template: tensor, *, memory_format: any? = None",
  inplace: true,
  output: (a) => a.input.withShape(a.the_template.shape),
});
op("Tensor.sum_to_size", {
  sig: "input: tensor, *size: ints",
  output: (a) => {
    expanded("sum_to_size", a.size, a.input.shape);
    const same = equalShapes(a.size, a.input.shape);
    const summed = toAccumulated(a.input.dtype);
    return new Tensor(a.size, same === undefined && summed !== a.input.dtype ? null : same ? a.input.dtype : summed);
  },
});
