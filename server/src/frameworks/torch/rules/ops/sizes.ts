/** Arithmetic on sizes, shapes and dtypes by functions of `torch`. */
import { type Dim, max, min, type Shape, sum } from "../../../../algebra/index.ts";
import { type DType, int, type Out, Undecided, violate } from "../../../rules/index.ts";
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
  // Its overloads for tensors and numbers have names of their own.
  sig: "tensor1: operand? = None, tensor2: operand? = None, tensor: operand? = None, other: operand? = None, scalar: operand? = None, scalar1: operand? = None, scalar2: operand? = None",
  output: (a) => {
    const given = [a.tensor1, a.tensor2, a.tensor, a.other, a.scalar, a.scalar1, a.scalar2].filter(
      (each) => each !== null,
    );
    if (given.length !== 2) violate("bad-argument", `torch.result_type takes two operands, got ${given.length}`);
    return known(resultType(given));
  },
});
op("torch.promote_types", {
  sig: "type1: dtype, type2: dtype",
  output: ({ type1, type2 }) => known(promoteTypes(type1, type2)),
});
op("torch.can_cast", {
  sig: "from_: dtype, to: dtype",
  output: ({ from_, to }) => ({ bool: canCast(from_, to), why: "" }),
});
