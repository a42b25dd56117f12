/**
 * Reductions: over all dimensions or some, with `keepdim`; cumulative ops; norms and moments; and the extremes in their
 * three forms.
 */
import { type Dim, eq, equalShapes, format, formatShape, ge, numel, type Shape } from "../../../../algebra/index.ts";
import {
  type DType,
  named,
  type OpRule,
  type Out,
  require,
  requireEqual,
  Scalar,
  Tensor,
  Undecided,
  violate,
} from "../../../rules/index.ts";
import { isIntegral, resultType, toAccumulated, toFloat, toReal } from "../dtypes.ts";
import { axesOf, axisOf, both, broadcastOf, dtypeOr, listOf, op, opAndInplace, orNull } from "./support.ts";

/** The sizes that remain when `axes` are reduced. */
export function reduced(shape: Shape, axes: readonly number[], keepdim: boolean): Shape {
  if (keepdim) return shape.map((size, i) => (axes.includes(i) ? 1 : size));
  return shape.filter((_, i) => !axes.includes(i));
}

/** Reductions over one, several or all dimensions, by the names that `torch` and `Tensor` share. */
function reduction(names: string, result: (dtype: DType | null) => DType | null): void {
  op(both(...names.split(" ")), {
    sig: "input: tensor, dim: ints? = None, keepdim = False, *, dtype: dtype? = None",
    output: (a) => {
      const axes = axesOf(a.dim, a.input.rank);
      return new Tensor(reduced(a.input.shape, axes, a.keepdim), dtypeOr(a, result(a.input.dtype)));
    },
  });
}

reduction("sum nansum", toAccumulated);
op(both("all", "any"), {
  sig: "input: tensor, dim: ints? = None, keepdim = False",
  output: (a) => {
    // An empty list of dimensions reduces nothing here, though it reduces everything in `sum`.
    const axes = a.dim?.length === 0 ? [] : axesOf(a.dim, a.input.rank);
    const dtype = a.input.dtype === "uint8" ? "uint8" : "bool";
    return new Tensor(reduced(a.input.shape, axes, a.keepdim), a.input.dtype === null ? null : dtype);
  },
});

op(both("mean", "nanmean"), {
  sig: "input: tensor, dim: ints? = None, keepdim = False, *, dtype: dtype? = None",
  output: (a) => {
    const dtype = dtypeOr(a, a.input.dtype);
    requireFloating("mean", dtype);
    return new Tensor(reduced(a.input.shape, axesOf(a.dim, a.input.rank), a.keepdim), dtype);
  },
});
op(both("prod"), {
  sig: "input: tensor, dim: int? = None, keepdim = False, *, dtype: dtype? = None",
  output: (a) => {
    const axes = axesOf(listOf(a.dim), a.input.rank);
    return new Tensor(reduced(a.input.shape, axes, a.keepdim), dtypeOr(a, toAccumulated(a.input.dtype)));
  },
});
op(both("count_nonzero"), {
  sig: "input: tensor, dim: ints? = None",
  output: (a) => new Tensor(reduced(a.input.shape, axesOf(a.dim, a.input.rank), false), "int64"),
});
op(both("amax", "amin"), {
  sig: "input: tensor, dim: ints? = None, keepdim = False",
  output: (a) => {
    const axes = axesOf(a.dim, a.input.rank);
    requireSomething(a.input, axes, "amax");
    return new Tensor(reduced(a.input.shape, axes, a.keepdim), a.input.dtype);
  },
});
op(`${both("logsumexp")} torch.special.logsumexp`, {
  sig: "input: tensor, dim: ints, keepdim = False",
  output: (a) => new Tensor(reduced(a.input.shape, axesOf(a.dim, a.input.rank), a.keepdim), toFloat(a.input.dtype)),
});

const momentSignature =
  "input: tensor, dim: operand|ints? = None, unbiased: bool = True, keepdim = False, *, correction: any? = None";
/** `std(unbiased)` and `std(dim, unbiased, keepdim)` are told apart by the bool in the first place. */
function moment(a: {
  readonly input: Tensor;
  readonly dim: Tensor | Scalar | readonly Dim[] | null;
  readonly keepdim: boolean;
}): Tensor {
  const dtype = a.input.dtype;
  requireFloating("a standard deviation or variance", dtype);
  return new Tensor(reduced(a.input.shape, axesOf(momentDims(a.dim), a.input.rank), a.keepdim), toReal(dtype));
}
function momentDims(dim: Tensor | Scalar | readonly Dim[] | null): readonly Dim[] | null {
  if (dim instanceof Tensor) violate("bad-argument", "dim must be an int or a tuple of ints");
  if (!(dim instanceof Scalar)) return dim;
  if (dim.kind === "bool") return null;
  if (dim.value === null) throw new Undecided("dim is not known");
  return [dim.value];
}
op(both("std", "var"), { sig: momentSignature, output: moment });
op("torch.std_mean torch.var_mean", {
  sig: momentSignature,
  output: (a) => {
    const result = moment(a);
    return [result, result.withDtype(a.input.dtype)];
  },
});

op(both("norm"), {
  sig: "input: tensor, p: any? = None, dim: ints? = None, keepdim = False, dtype: dtype? = None",
  output: (a) => normOf(a.input, a.dim, a.keepdim, a),
});
op("torch.linalg.vector_norm", {
  sig: "input: tensor, ord: any = 2, dim: ints? = None, keepdim = False, *, dtype: dtype? = None",
  output: (a) => normOf(a.input, a.dim, a.keepdim, a),
});
op("torch.linalg.norm", {
  sig: "input: tensor, ord: any? = None, dim: ints? = None, keepdim = False, *, dtype: dtype? = None",
  output: (a) => normOf(a.input, a.dim, a.keepdim, a),
});
op("torch.linalg.matrix_norm", {
  sig: 'input: tensor, ord: any = "fro", dim: ints? = None, keepdim = False, *, dtype: dtype? = None',
  output: (a) => normOf(a.input, a.dim ?? [-2, -1], a.keepdim, a),
});

function requireFloating(callee: string, dtype: DType | null): void {
  if (dtype !== null && isIntegral(dtype)) {
    violate("bad-argument", `${callee} needs a floating point tensor, got ${dtype}`);
  }
}

function normOf(
  input: Tensor,
  dim: readonly Dim[] | null,
  keepdim: boolean,
  a: { readonly dtype: DType | null },
): Tensor {
  const dtype = dtypeOr(a, input.dtype);
  requireFloating("a norm", dtype);
  return new Tensor(reduced(input.shape, axesOf(dim, input.rank), keepdim), toReal(dtype));
}

op(both("dist"), {
  sig: "input: tensor, other: tensor, p: any = 2",
  output: (a) => {
    broadcastOf("dist", a.input, a.other);
    const dtype = resultType([a.input, a.other]);
    requireFloating("dist", dtype);
    return new Tensor([], toReal(dtype));
  },
});

/** `torch.max(input)`, `torch.max(input, dim, keepdim)` and `torch.max(input, other)`. */
function extreme(name: "max" | "min"): void {
  op(both(name), {
    sig: "input: tensor, dim: tensor|int? = None, keepdim = False, *, other: tensor? = None",
    output: (a) => {
      if (a.dim instanceof Tensor && a.keepdim) throw new Undecided("the dimension is a number taken from a tensor");
      const other = a.dim instanceof Tensor ? a.dim : a.other;
      if (other !== null) return new Tensor(broadcastOf(name, a.input, other), resultType([a.input, other]));
      if (a.dim === null) {
        requireSomething(a.input, axesOf(null, a.input.rank), name);
        return new Tensor([], a.input.dtype);
      }
      return valuesAndIndices(name, a.input, a.dim as Dim, a.keepdim);
    },
  });
}
extreme("max");
extreme("min");

op(both("median", "nanmedian"), {
  sig: "input: tensor, dim: int? = None, keepdim = False",
  output: (a) =>
    a.dim === null ? new Tensor([], a.input.dtype) : valuesAndIndices("median", a.input, a.dim, a.keepdim),
});
op(both("mode"), {
  sig: "input: tensor, dim = -1, keepdim = False",
  output: (a) => valuesAndIndices("mode", a.input, a.dim, a.keepdim),
});
op(both("kthvalue"), {
  sig: "input: tensor, k, dim = -1, keepdim = False",
  output: (a) => {
    const size = a.input.rank === 0 ? 1 : a.input.size(axisOf(a.dim, a.input.rank));
    require(ge(a.k, 1) === false ? false : ge(size, a.k), "bad-argument", () =>
      `kthvalue: k is ${format(a.k)}, but the dimension has size ${format(size)}`);
    return valuesAndIndices("kthvalue", a.input, a.dim, a.keepdim);
  },
});
op(both("aminmax"), {
  sig: "input: tensor, *, dim: int? = None, keepdim = False",
  output: (a) => {
    const axes = axesOf(listOf(a.dim), a.input.rank);
    requireSomething(a.input, axes, "aminmax");
    const result = new Tensor(reduced(a.input.shape, axes, a.keepdim), a.input.dtype);
    return named("torch.return_types.aminmax", { min: result, max: result });
  },
});
op(both("argmax", "argmin"), {
  sig: "input: tensor, dim: int? = None, keepdim = False",
  output: (a) => {
    const axes = axesOf(listOf(a.dim), a.input.rank);
    requireSomething(a.input, axes, "argmax");
    if (a.input.dtype === "bool") violate("bad-argument", "argmax and argmin do not take bools");
    return new Tensor(reduced(a.input.shape, axes, a.keepdim), "int64");
  },
});

function valuesAndIndices(name: string, input: Tensor, dim: Dim, keepdim: boolean): Out {
  const axis = axisOf(dim, input.rank);
  requireSomething(input, [axis], name);
  const shape = reduced(input.shape, [axis], keepdim);
  return named(`torch.return_types.${name}`, {
    values: new Tensor(shape, input.dtype),
    indices: new Tensor(shape, "int64"),
  });
}

/** An extreme of no elements does not exist. */
function requireSomething(input: Tensor, axes: readonly number[], name: string): void {
  for (const axis of axes) {
    const size = input.shape[axis];
    if (size !== undefined && eq(size, 0) === true) {
      violate(
        "size-too-small",
        `${name} over dimension ${axis} of ${formatShape(input.shape)} has no value: its size is 0`,
      );
    }
  }
}

const cumulative: OpRule<"input: tensor, dim, *, dtype: dtype? = None"> = {
  sig: "input: tensor, dim, *, dtype: dtype? = None",
  output: (a) => {
    axisOf(a.dim, a.input.rank);
    return a.input.withDtype(dtypeOr(a, toAccumulated(a.input.dtype)));
  },
};
op(both("cumsum", "cumprod"), cumulative);
op("Tensor.cumsum_ Tensor.cumprod_", {
  ...cumulative,
  inplace: true,
  output: (a) => {
    axisOf(a.dim, a.input.rank);
    const dtype = orNull(() => a.dtype);
    if (dtype !== null && a.input.dtype !== null && dtype !== a.input.dtype) {
      violate("bad-argument", `the result is ${dtype} and cannot be written into a tensor of ${a.input.dtype}`);
    }
    return a.input;
  },
});
op(both("logcumsumexp"), {
  sig: "input: tensor, dim",
  output: (a) => {
    axisOf(a.dim, a.input.rank);
    return a.input;
  },
});
op(both("cummax"), { sig: "input: tensor, dim", output: (a) => cumulativeExtreme("cummax", a.input, a.dim) });
op(both("cummin"), { sig: "input: tensor, dim", output: (a) => cumulativeExtreme("cummin", a.input, a.dim) });

function cumulativeExtreme(name: string, input: Tensor, dim: Dim): Out {
  // Of no elements the dimension is not looked at.
  if (eq(numel(input.shape), 0) === false) axisOf(dim, input.rank);
  return named(`torch.return_types.${name}`, { values: input, indices: input.withDtype("int64") });
}

op(both("quantile", "nanquantile"), {
  sig: 'input: tensor, q: tensor|float, dim: int? = None, keepdim = False, *, interpolation = "linear"',
  output: (a) => {
    const { dtype } = a.input;
    if (dtype !== null && dtype !== "float32" && dtype !== "float64") {
      violate("bad-argument", `quantile needs a tensor of float32 or float64, got ${dtype}`);
    }
    const axes = axesOf(listOf(a.dim), a.input.rank);
    requireSomething(a.input, axes, "quantile");
    if (a.q instanceof Tensor && a.q.rank > 1) {
      violate("rank-mismatch", `quantile takes q of at most 1 dimension, got ${formatShape(a.q.shape)}`);
    }
    const rest = reduced(a.input.shape, axes, a.keepdim);
    return new Tensor(a.q instanceof Tensor ? [...a.q.shape, ...rest] : rest, a.input.dtype);
  },
});
op(both("equal"), {
  sig: "input: tensor, other: tensor",
  output: (a) =>
    equalShapes(a.input.shape, a.other.shape) === false
      ? { bool: false, why: "" }
      : { bool: undefined, why: "it depends on the elements" },
});
op(both("allclose"), {
  sig: "input: tensor, other: tensor, rtol = 1e-05, atol = 1e-08, equal_nan = False",
  output: (a) => {
    broadcastOf("allclose", a.input, a.other);
    return { bool: undefined, why: "it depends on the elements" };
  },
});
op("torch.is_nonzero Tensor.is_nonzero", {
  sig: "input: tensor",
  output: ({ input }) => {
    requireEqual(
      numel(input.shape),
      1,
      "bad-argument",
      () =>
        `the truth of a tensor is that of its one element, but ${formatShape(input.shape)} has ${format(numel(input.shape))}`,
    );
    return { bool: undefined, why: "it depends on the elements" };
  },
});
opAndInplace(["renorm"], {
  sig: "input: tensor, p: any, dim, maxnorm: any",
  output: ({ input, dim }) => {
    if (input.rank < 2) {
      violate("rank-mismatch", `renorm needs at least 2 dimensions, but ${formatShape(input.shape)} has ${input.rank}`);
    }
    axisOf(dim, input.rank);
    return input;
  },
});
