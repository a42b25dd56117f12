/** Arithmetic on sizes, shapes and dtypes by functions of `torch`. */
import { type Dim, max, min, type Shape, sum } from "../../../../algebra/index.ts";
import { type DType, int, type Out, Undecided } from "../../../rules/index.ts";
import { canCast, promoteTypes, resultType } from "../dtypes.ts";
import { torchRules } from "../table.ts";
import { broadcastTo } from "./support.ts";

/** These take no `out=`, as they make no tensor. */
const op = torchRules.op.bind(torchRules);

op("torch.sym_max", { sig: "a, b", output: ({ a, b }) => int(max(a, b)) });
op("torch.sym_min", { sig: "a, b", output: ({ a, b }) => int(min(a, b)) });
op("torch.sym_sum", { sig: "args: ints", output: ({ args }) => int(sum(args)) });
op("torch.sym_not", { sig: "a: bool", output: ({ a }) => ({ bool: !a, why: "" }) });
op("torch.sym_int", {
  sig: "a: int|float",
  output: ({ a }) => int(typeof a === "number" ? Math.trunc(a) : a),
});
op("torch.sym_float", {
  sig: "a: float",
  output: ({ a }) => ({ float: a, why: "" }),
});
op("torch.sym_sqrt", {
  sig: "a: float",
  output: ({ a }) => ({ float: Math.sqrt(a), why: "" }),
});

op("torch.broadcast_shapes", {
  sig: "*shapes: shapes",
  output: ({ shapes }): Out => {
    let shape: Shape = [];
    for (const each of shapes) shape = broadcastTo("broadcast_shapes", shape, each);
    return shape.map((size: Dim) => int(size));
  },
});

const known = (dtype: DType | null): Out => {
  if (dtype === null) throw new Undecided("the dtype is not known");
  return { dtype };
};
op("torch.result_type", {
  sig: "tensor1: operand, tensor2: operand",
  output: ({ tensor1, tensor2 }) => known(resultType([tensor1, tensor2])),
});
op("torch.promote_types", {
  sig: "type1: dtype, type2: dtype",
  output: ({ type1, type2 }) => known(promoteTypes(type1, type2)),
});
op("torch.can_cast", {
  sig: "from_: dtype, to: dtype",
  output: ({ from_, to }) => ({ bool: canCast(from_, to), why: "" }),
});
