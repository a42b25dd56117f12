/** Ops that write to picked places: `scatter`, `index_add` and its kind, `index_put`, and writes into parts. */
import { type Dim, eq, equalShapes, format, formatShape, le, numel, type Shape } from "../../../../algebra/index.ts";
import { type OpRule, require, requireEqual, Scalar, type Tensor, violate } from "../../../rules/index.ts";
import { isFloating } from "../dtypes.ts";
import { diagonalOf } from "./diagonals.ts";
import { indexTensor, slicedSize } from "./indexing.ts";
import { axisOf, both, concrete, ifKnown, op, opAndInplace, without, withSize } from "./support.ts";
import { expanded } from "./views.ts";

opAndInplace(["scatter"], {
  sig: "input: tensor, dim, index: tensor, src: operand? = None, *, value: operand? = None, reduce: str? = None",
  output: (a) => {
    const source = a.src ?? a.value;
    if (a.reduce !== null && a.reduce !== "add" && a.reduce !== "multiply") {
      violate("bad-argument", `scatter reduces by "add" or "multiply", not "${a.reduce}"`);
    }
    if (source === null) violate("bad-argument", "scatter needs src or value");
    scattered("scatter", a.input, a.dim, a.index, source instanceof Scalar ? null : source);
    return a.input;
  },
});
opAndInplace(["scatter_add"], {
  sig: "input: tensor, dim, index: tensor, src: tensor",
  output: (a) => {
    scattered("scatter_add", a.input, a.dim, a.index, a.src);
    return a.input;
  },
});
opAndInplace(["scatter_reduce"], {
  sig: "input: tensor, dim, index: tensor, src: tensor, reduce: str, *, include_self = True",
  output: (a) => {
    scattered("scatter_reduce", a.input, a.dim, a.index, a.src);
    return a.input;
  },
});

/** The result has the sizes of `input` whatever the index: what is not known is not checked. */
function scattered(callee: string, input: Tensor, dim: Dim, index: Tensor, source: Tensor | null): void {
  ifKnown(() => checkScattered(callee, input, dim, index, source));
}

function checkScattered(callee: string, input: Tensor, dim: Dim, index: Tensor, source: Tensor | null): void {
  const axis = axisOf(dim, input.rank);
  // An index without elements is not looked at.
  if (eq(numel(index.shape), 0) === true) return;
  requireIndex(callee, index);
  requireSameRank(callee, input, index);
  requireWithin(callee, index.shape, input.shape, axis);
  if (source === null) return;
  requireSameRank(callee, source, index);
  requireWithin(callee, index.shape, source.shape, null);
  if (source.dtype !== null && input.dtype !== null && isFloating(source.dtype) !== isFloating(input.dtype)) {
    violate("bad-argument", `${callee} needs a source of the tensor's dtype ${input.dtype}, got ${source.dtype}`);
  }
}

/** An index may not reach beyond the tensor, but for the dimension that it indexes. */
export function requireWithin(callee: string, index: Shape, shape: Shape, axis: number | null): void {
  for (const [i, size] of index.entries()) {
    const own = shape[i] ?? 1;
    if (i === axis) continue;
    require(le(size, own), "bad-argument", () =>
      `${callee}: the index ${formatShape(index)} is larger than ${formatShape(shape)} at dimension ${i}`);
  }
}

export function requireSameRank(callee: string, input: Tensor, index: Tensor): void {
  if (Math.max(input.rank, 1) === Math.max(index.rank, 1)) return;
  violate(
    "rank-mismatch",
    `${callee} needs an index of the same number of dimensions, got ${formatShape(index.shape)} for ${formatShape(input.shape)}`,
  );
}

export function requireIndex(callee: string, index: Tensor): void {
  if (index.dtype !== null && index.dtype !== "int64" && index.dtype !== "int32") {
    violate("bad-argument", `${callee} needs an index of int64, got ${index.dtype}`);
  }
}

export function requireList(callee: string, index: Tensor): void {
  requireIndex(callee, index);
  if (index.rank > 1)
    violate("rank-mismatch", `${callee} needs an index of at most 1 dimension, got ${formatShape(index.shape)}`);
}

opAndInplace(["index_add"], {
  sig: "input: tensor, dim, index: tensor, source: tensor, *, alpha: any = 1",
  output: (a) => indexed("index_add", a.input, a.dim, a.index, a.source),
});
opAndInplace(["index_copy"], {
  sig: "input: tensor, dim, index: tensor, source: tensor",
  output: (a) => indexed("index_copy", a.input, a.dim, a.index, a.source),
});
opAndInplace(["index_reduce"], {
  sig: "input: tensor, dim, index: tensor, source: tensor, reduce: str, *, include_self = True",
  output: (a) => indexed("index_reduce", a.input, a.dim, a.index, a.source),
});
opAndInplace(["index_fill"], {
  sig: "input: tensor, dim, index: tensor, value: operand",
  output: (a) => {
    ifKnown(() => {
      axisOf(a.dim, a.input.rank);
      requireList("index_fill", a.index);
    });
    return a.input;
  },
});

function indexed(callee: string, input: Tensor, dim: Dim, index: Tensor, source: Tensor): Tensor {
  ifKnown(() => checkIndexed(callee, input, dim, index, source));
  return input;
}

function checkIndexed(callee: string, input: Tensor, dim: Dim, index: Tensor, source: Tensor): void {
  const axis = axisOf(dim, input.rank);
  requireList(callee, index);
  if (input.rank === 0 || source.rank === 0) return;
  const count = numel(index.shape);
  const wanted = withSize(input.shape, axis, count);
  const message = (): string =>
    `${callee} needs a source of sizes ${formatShape(wanted)}, got ${formatShape(source.shape)}`;
  if (source.rank !== input.rank) violate("rank-mismatch", message());
  for (const [i, size] of wanted.entries()) requireEqual(size, source.size(i), "broadcast-mismatch", message);
}

const indexPut: OpRule<"input: tensor, indices: tensors|any, values: tensor, accumulate = False"> = {
  sig: "input: tensor, indices: tensors|any, values: tensor, accumulate = False",
  output: ({ input, indices, values }) => {
    if (Array.isArray(indices)) ifKnown(() => checkPut(input, indices as readonly Tensor[], values));
    return input;
  },
};
op(both("index_put"), indexPut);
op("Tensor.index_put_ torch.index_put_", { ...indexPut, inplace: true });

function checkPut(input: Tensor, indices: readonly Tensor[], values: Tensor): void {
  const place = indexTensor(
    input,
    indices.map((tensor) => ({ kind: "tensor", tensor })),
  );
  expanded("index_put: the values", values.shape, place.shape);
}

const put: OpRule<"input: tensor, index: tensor, source: tensor, accumulate = False"> = {
  sig: "input: tensor, index: tensor, source: tensor, accumulate = False",
  output: ({ input, index, source }) => {
    requireIndex("put", index);
    ifKnown(() =>
      requireEqual(
        numel(source.shape),
        numel(index.shape),
        "broadcast-mismatch",
        () =>
          `put needs a value for each place: the index ${formatShape(index.shape)} has ${format(numel(index.shape))}, the source ${formatShape(source.shape)} has ${format(numel(source.shape))}`,
      ),
    );
    return input;
  },
};
op(both("put"), put);
op("Tensor.put_", { ...put, inplace: true });

op("Tensor.index", {
  sig: "input: tensor, indices: tensors",
  output: ({ input, indices }) =>
    indexTensor(
      input,
      indices.map((tensor) => ({ kind: "tensor", tensor })),
    ),
});

/** Writing a source into a part of a tensor: the part must have its sizes. */
function scatteredInto(callee: string, input: Tensor, source: Tensor, part: () => Shape): Tensor {
  ifKnown(() => {
    const wanted = part();
    require(equalShapes(source.shape, wanted), "broadcast-mismatch", () =>
      `${callee} needs a source of sizes ${formatShape(wanted)}, got ${formatShape(source.shape)}`);
  });
  return input;
}
op(both("select_scatter"), {
  sig: "input: tensor, src: tensor, dim, index",
  output: ({ input, src, dim }) =>
    scatteredInto("select_scatter", input, src, () => without(input.shape, axisOf(dim, input.rank))),
});
op(both("slice_scatter"), {
  sig: "input: tensor, src: tensor, dim = 0, start: int? = None, end: int? = None, step = 1",
  output: ({ input, src, dim, start, end, step }) =>
    scatteredInto("slice_scatter", input, src, () => {
      const axis = axisOf(dim, input.rank);
      const by = concrete(step, "the step of the slice");
      if (by < 1) violate("bad-argument", `a slice of a tensor needs a step greater than 0, got ${by}`);
      const size = slicedSize(input.size(axis), start, end, by);
      return withSize(input.shape, axis, size);
    }),
});
op(both("diagonal_scatter"), {
  sig: "input: tensor, src: tensor, offset = 0, dim1 = 0, dim2 = 1",
  output: ({ input, src, offset, dim1, dim2 }) =>
    scatteredInto("diagonal_scatter", input, src, () => diagonalOf(input, offset, dim1, dim2)),
});
