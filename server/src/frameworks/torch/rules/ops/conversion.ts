/** Conversion of dtype, copies, and what a tensor tells about itself. */
import { equalShapes, formatShape, numel } from "../../../../algebra/index.ts";
import {
  type DType,
  int,
  type Opaque,
  type OpRule,
  require,
  Tensor,
  Undecided,
  violate,
} from "../../../rules/index.ts";
import { isComplex, isFloating, itemSize } from "../dtypes.ts";
import { axisOf, both, broadcastTo, dtypeOr, op, orNull } from "./support.ts";

op("Tensor.to", {
  sig: "input: tensor, target: dtype|tensor|any? = None, second: dtype|any? = None, non_blocking: any? = None, copy: any? = None, *, memory_format: any? = None, dtype: dtype? = None, device: any? = None, other: tensor? = None, layout: any? = None, pin_memory: any? = None",
  output: (a) => {
    const given = orNull(() => a.dtype ?? dtypeIn(a.target) ?? dtypeIn(a.second) ?? a.other?.dtype);
    return given === undefined ? a.input : a.input.withDtype(given);
  },
});

/** A dtype, or that of a tensor; undefined for a device, a bool or nothing. */
function dtypeIn(value: DType | Tensor | Opaque | null): DType | null | undefined {
  if (value instanceof Tensor) return value.dtype;
  return typeof value === "string" ? value : undefined;
}

const casts: Readonly<Record<string, DType>> = {
  float: "float32",
  double: "float64",
  half: "float16",
  bfloat16: "bfloat16",
  long: "int64",
  int: "int32",
  short: "int16",
  char: "int8",
  byte: "uint8",
  bool: "bool",
  cfloat: "complex64",
  cdouble: "complex128",
};
for (const [name, dtype] of Object.entries(casts)) {
  op(`Tensor.${name}`, {
    sig: "input: tensor, memory_format: any? = None",
    output: ({ input }) => input.withDtype(dtype),
  });
}

op("Tensor.type", {
  sig: "input: tensor, dtype: dtype|str, non_blocking: any? = None",
  output: (a) => {
    const dtype =
      typeNames[a.dtype.replace("torch.cuda.", "torch.")] ??
      (a.dtype.startsWith("torch.") ? undefined : (a.dtype as DType));
    if (dtype === undefined) throw new Undecided(`the tensor type "${a.dtype}" is not known`);
    return a.input.withDtype(dtype);
  },
});
const typeNames: Readonly<Record<string, DType>> = {
  "torch.FloatTensor": "float32",
  "torch.DoubleTensor": "float64",
  "torch.HalfTensor": "float16",
  "torch.BFloat16Tensor": "bfloat16",
  "torch.LongTensor": "int64",
  "torch.IntTensor": "int32",
  "torch.ShortTensor": "int16",
  "torch.CharTensor": "int8",
  "torch.ByteTensor": "uint8",
  "torch.BoolTensor": "bool",
};
op("Tensor.type_as", {
  sig: "input: tensor, other: tensor",
  output: (a) => a.input.withDtype(a.other.dtype),
});

const identity: OpRule<"input: tensor, memory_format: any? = None"> = {
  sig: "input: tensor, memory_format: any? = None",
  output: ({ input }) => input,
};
op(`Tensor.contiguous ${both("clone")} ${both("detach")} torch.detach_copy torch.alias_copy`, identity);
op("Tensor.detach_ torch.detach_ Tensor.share_memory_", { ...identity, inplace: true });
op("Tensor.cpu Tensor.cuda Tensor.xpu Tensor.pin_memory Tensor.coalesce", {
  sig: "input: tensor, device: any? = None, non_blocking: any? = None, *, memory_format: any? = None",
  output: ({ input }) => input,
});
op("Tensor.to_dense", {
  sig: "input: tensor, dtype: dtype? = None, *, masked_grad: any? = None",
  output: (a) => a.input.withDtype(dtypeOr(a, a.input.dtype)),
});
op(both("dequantize"), { sig: "input: tensor", output: ({ input }) => input.withDtype("float32") });
op("Tensor.is_contiguous", {
  sig: "input: tensor, memory_format: any? = None",
  output: () => ({ bool: undefined, why: "the layout in memory is not followed" }),
});
op("Tensor.copy_", {
  sig: "input: tensor, other: tensor, non_blocking: any? = None",
  inplace: true,
  output: (a) => {
    const shape = orNull(() => broadcastTo("copy_", a.input.shape, a.other.shape));
    if (shape === null) return a.input;
    require(equalShapes(shape, a.input.shape), "broadcast-mismatch", () =>
      `copy_ of ${formatShape(a.other.shape)} into ${formatShape(a.input.shape)}: the sizes do not fit`);
    return a.input;
  },
});

op("Tensor.dim Tensor.ndimension", { sig: "input: tensor", output: ({ input }) => int(input.rank) });
op("Tensor.size", {
  sig: "input: tensor, dim: int? = None",
  output: ({ input, dim }) => {
    if (dim === null) return input.shape.map(int);
    if (input.rank === 0) violate("rank-mismatch", "a tensor without dimensions has no size of a dimension");
    return int(input.size(axisOf(dim, input.rank)));
  },
});
op(both("numel"), { sig: "input: tensor", output: ({ input }) => int(numel(input.shape)) });
op("Tensor.nelement", { sig: "input: tensor", output: ({ input }) => int(numel(input.shape)) });
op("Tensor.element_size", {
  sig: "input: tensor",
  output: ({ input }) => int(itemSize[knownDtype(input)]),
});
op(both("is_floating_point"), {
  sig: "input: tensor",
  output: ({ input }) => ({ bool: isFloating(knownDtype(input)), why: "" }),
});
op(both("is_complex"), {
  sig: "input: tensor",
  output: ({ input }) => ({ bool: isComplex(knownDtype(input)), why: "" }),
});
op(both("is_signed"), {
  sig: "input: tensor",
  output: ({ input }) => ({ bool: knownDtype(input) !== "bool" && knownDtype(input) !== "uint8", why: "" }),
});
op(both("is_same_size"), {
  sig: "input: tensor, other: tensor",
  output: (a) => ({ bool: equalShapes(a.input.shape, a.other.shape), why: "the sizes are not known well enough" }),
});
function knownDtype(input: Tensor): DType {
  if (input.dtype === null) throw new Undecided("the dtype of the tensor is not known");
  return input.dtype;
}
