/** Ops that pick elements or write to picked places: `where`, `gather`, `scatter`, `index_*`, `masked_*`, `take`. */
import {
  type Dim,
  eq,
  equalShapes,
  format,
  formatShape,
  gt,
  le,
  max,
  mul,
  numel,
  type Shape,
  sub,
  sum,
  symbol,
} from "../../../../algebra/index.ts";
import {
  type DType,
  type OpRule,
  type Out,
  require,
  requireEqual,
  Scalar,
  Tensor,
  violate,
} from "../../../rules/index.ts";
import { isFloating, isIntegral, resultType } from "../dtypes.ts";
import { requireRank } from "../geometry/checks.ts";
import { diagonalOf } from "./diagonals.ts";
import { indexTensor, maskedSize, slicedSize } from "./indexing.ts";
import {
  axesOf,
  axisOf,
  both,
  broadcastOf,
  concrete,
  ifKnown,
  op,
  opAndInplace,
  requireNonNegative,
  without,
  withSize,
} from "./support.ts";
import { expanded } from "./views.ts";

/** One row for each place that is not zero, or one tensor for each dimension. */
function positions(input: Tensor, asTuple: boolean): Out {
  const count = symbol("nonzero", "the number of nonzero elements depends on the data", { min: 0, anonymous: true });
  if (!asTuple) return new Tensor([count, input.rank], "int64");
  return Array.from({ length: Math.max(input.rank, 1) }, () => new Tensor([count], "int64"));
}
op(both("nonzero"), {
  sig: "input: tensor, *, as_tuple = False",
  output: (a) => positions(a.input, a.as_tuple),
});
op(both("argwhere"), { sig: "input: tensor", output: (a) => positions(a.input, false) });

op("torch.where", {
  sig: "condition: tensor, input: operand? = None, other: operand? = None",
  output: (a) => {
    if (a.input === null || a.other === null) return positions(a.condition, true);
    return chosen(a.condition, a.input, a.other);
  },
});
op("Tensor.where", {
  sig: "input: tensor, condition: tensor, other: operand",
  output: (a) => chosen(a.condition, a.input, a.other),
});

function chosen(condition: Tensor, input: Tensor | Scalar, other: Tensor | Scalar): Tensor {
  return new Tensor(broadcastOf("where", condition, input, other), resultType([input, other]));
}

op(both("masked_select"), {
  sig: "input: tensor, mask: tensor",
  output: (a) => {
    broadcastOf("masked_select", a.input, a.mask);
    requireMask("masked_select", a.mask);
    return a.input.withShape([maskedSize()]);
  },
});
opAndInplace(["masked_fill"], {
  sig: "input: tensor, mask: tensor, value: operand",
  output: (a) => {
    requireMask("masked_fill", a.mask);
    const value = a.value;
    if (value instanceof Tensor && value.rank > 0) {
      violate("rank-mismatch", `masked_fill takes a value without dimensions, got ${formatShape(value.shape)}`);
    }
    return new Tensor(broadcastOf("masked_fill", a.input, a.mask), a.input.dtype);
  },
});
opAndInplace(["masked_scatter"], {
  sig: "input: tensor, mask: tensor, source: tensor",
  output: (a) => {
    requireMask("masked_scatter", a.mask);
    return new Tensor(broadcastOf("masked_scatter", a.input, a.mask), a.input.dtype);
  },
});

function requireMask(callee: string, mask: Tensor): void {
  if (mask.dtype !== null && mask.dtype !== "bool") {
    violate("bad-argument", `${callee} needs a bool mask, got ${mask.dtype}`);
  }
}

op(both("gather"), {
  sig: "input: tensor, dim, index: tensor, *, sparse_grad: any = False",
  output: (a) => {
    const axis = axisOf(a.dim, a.input.rank);
    requireIndex("gather", a.index);
    if (eq(numel(a.index.shape), 0) === true) return a.input.withShape(a.index.shape);
    requireSameRank("gather", a.input, a.index);
    requireWithin("gather", a.index.shape, a.input.shape, axis);
    return a.input.withShape(a.index.shape);
  },
});
op(both("take_along_dim"), {
  sig: "input: tensor, indices: tensor, dim: int? = None",
  output: (a) => {
    requireIndex("take_along_dim", a.indices);
    if (a.dim === null) return a.input.withShape([numel(a.indices.shape)]);
    requireSameRank("take_along_dim", a.input, a.indices);
    const axis = axisOf(a.dim, a.input.rank);
    const shape = broadcastOf(
      "take_along_dim",
      a.input.withShape(withSize(a.input.shape, axis, 1)),
      a.indices.withShape(withSize(a.indices.shape, axis, 1)),
    );
    return a.input.withShape(withSize(shape, axis, a.indices.shape[axis] ?? 1));
  },
});
op(both("take"), {
  sig: "input: tensor, index: tensor",
  output: (a) => {
    requireIndex("take", a.index);
    return a.input.withShape(a.index.shape);
  },
});
op(both("index_select"), {
  sig: "input: tensor, dim, index: tensor",
  output: (a) => {
    const axis = axisOf(a.dim, a.input.rank);
    requireList("index_select", a.index);
    if (a.input.rank === 0) return a.input;
    return a.input.withShape(withSize(a.input.shape, axis, numel(a.index.shape)));
  },
});

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
  requireIndex(callee, index);
  if (eq(numel(index.shape), 0) === true) return;
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
function requireWithin(callee: string, index: Shape, shape: Shape, axis: number | null): void {
  for (const [i, size] of index.entries()) {
    const own = shape[i] ?? 1;
    if (i === axis) continue;
    require(le(size, own), "bad-argument", () =>
      `${callee}: the index ${formatShape(index)} is larger than ${formatShape(shape)} at dimension ${i}`);
  }
}

function requireSameRank(callee: string, input: Tensor, index: Tensor): void {
  if (Math.max(input.rank, 1) === Math.max(index.rank, 1)) return;
  violate(
    "rank-mismatch",
    `${callee} needs an index of the same number of dimensions, got ${formatShape(index.shape)} for ${formatShape(input.shape)}`,
  );
}

function requireIndex(callee: string, index: Tensor): void {
  if (index.dtype !== null && index.dtype !== "int64" && index.dtype !== "int32") {
    violate("bad-argument", `${callee} needs an index of int64, got ${index.dtype}`);
  }
}

function requireList(callee: string, index: Tensor): void {
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

op("torch.repeat_interleave", {
  sig: "input: tensor, repeats: int|tensor? = None, dim: int? = None, *, output_size: int? = None",
  output: (a) => {
    if (a.repeats !== null) return interleaved(a.input, a.repeats, a.dim, a.output_size);
    requireRank("repeat_interleave", a.input, [1]);
    return new Tensor([a.output_size ?? repeatCount()], a.input.dtype);
  },
});
op("Tensor.repeat_interleave", {
  sig: "input: tensor, repeats: int|tensor, dim: int? = None, *, output_size: int? = None",
  output: (a) => interleaved(a.input, a.repeats, a.dim, a.output_size),
});

function interleaved(input: Tensor, repeats: Dim | Tensor, dim: Dim | null, outputSize: Dim | null): Tensor {
  const flat = dim === null ? input.withShape([numel(input.shape)]) : input;
  const axis = axisOf(dim ?? 0, flat.rank);
  const own = flat.shape[axis] ?? 1;
  const size = repeats instanceof Tensor ? countOf(repeats, own, outputSize) : mul(own, repeats);
  if (outputSize !== null) {
    requireEqual(
      size,
      outputSize,
      "bad-argument",
      () => `repeat_interleave makes ${format(size)} elements, not output_size=${format(outputSize)}`,
    );
  }
  if (!(repeats instanceof Tensor)) {
    require(gt(repeats, -1), "bad-argument", () => `repeat_interleave cannot repeat ${format(repeats as Dim)} times`);
  }
  return flat.withShape(flat.rank === 0 ? [size] : withSize(flat.shape, axis, size));
}

function countOf(repeats: Tensor, own: Dim, outputSize: Dim | null): Dim {
  if (repeats.rank > 1) violate("rank-mismatch", "repeat_interleave takes repeats of at most 1 dimension");
  const count = repeats.shape[0] ?? 1;
  if (eq(count, 1) !== true) {
    requireEqual(
      count,
      own,
      "bad-argument",
      () => `repeat_interleave needs as many repeats as elements, got ${format(count)} for ${format(own)}`,
    );
  }
  return outputSize ?? repeatCount();
}

const repeatCount = (): Dim =>
  symbol("repeated", "the number of repeats depends on the data", { min: 0, anonymous: true });

op(both("flip"), {
  sig: "input: tensor, *dims: ints",
  output: (a) => {
    if (a.dims.length > 0) axesOf(a.dims, a.input.rank, "dims");
    return a.input;
  },
});
op(both("fliplr"), { sig: "input: tensor", output: (a) => atLeastRank("fliplr", a.input, 2) });
op(both("flipud"), { sig: "input: tensor", output: (a) => atLeastRank("flipud", a.input, 1) });

function atLeastRank(callee: string, input: Tensor, least: number): Tensor {
  if (input.rank < least)
    violate(
      "rank-mismatch",
      `${callee} needs at least ${least} dimensions, but ${formatShape(input.shape)} has ${input.rank}`,
    );
  return input;
}

op(both("roll"), {
  sig: "input: tensor, shifts: ints, dims: ints? = None",
  output: (a) => {
    const dims = a.dims ?? [];
    if (dims.length === 0 && a.shifts.length === 1) return a.input;
    if (dims.length !== a.shifts.length) {
      violate("bad-argument", `roll needs as many dims as shifts, got ${dims.length} and ${a.shifts.length}`);
    }
    if (eq(numel(a.input.shape), 0) === true) return a.input;
    if (a.input.rank === 0) violate("rank-mismatch", "roll along dims needs at least 1 dimension");
    for (const dim of dims) axisOf(dim, a.input.rank, "dims");
    return a.input;
  },
});
op(both("rot90"), {
  sig: "input: tensor, k = 1, dims: ints? = None",
  output: (a) => {
    const axes = axesOf(a.dims ?? [0, 1], a.input.rank, "dims");
    const [i, j] = axes;
    if (axes.length !== 2 || i === undefined || j === undefined) violate("bad-argument", "rot90 needs two dims");
    if (concrete(a.k, "k") % 2 === 0) return a.input;
    return a.input.withShape(withSize(withSize(a.input.shape, i, a.input.size(j)), j, a.input.size(i)));
  },
});
op(both("diff"), {
  sig: "input: tensor, n = 1, dim = -1, prepend: tensor? = None, append: tensor? = None",
  output: (a) => {
    if (a.input.rank === 0) violate("rank-mismatch", "diff needs at least 1 dimension");
    const axis = axisOf(a.dim, a.input.rank);
    const extra = [a.prepend, a.append].filter((t): t is Tensor => t !== null).map((t) => t.size(axis));
    const size = sum([a.input.size(axis), ...extra]);
    const left = sub(size, a.n);
    const result = le(left, 0) === true ? 0 : max(left, 0);
    const dtype = a.input.dtype === "bool" ? "bool" : a.input.dtype;
    return new Tensor(withSize(a.input.shape, axis, result), dtype);
  },
});
op(both("bincount"), {
  sig: "input: tensor, weights: tensor? = None, minlength = 0",
  output: (a) => {
    requireRank("bincount", a.input, [1]);
    requireIndexLike("bincount", a.input.dtype);
    if (a.weights !== null && a.weights.dims !== null) {
      const weights = a.weights;
      const fits = weights.rank === 1 ? eq(weights.size(0), a.input.size(0)) : false;
      require(fits, "broadcast-mismatch", () =>
        `bincount needs a weight for each element of ${formatShape(a.input.shape)}, got ${formatShape(weights.shape)}`);
    }
    requireNonNegative(a.minlength, "minlength");
    if (eq(a.input.size(0), 0) === true) return new Tensor([a.minlength], "int64");
    const size = symbol("bins", "the greatest value depends on the data", { min: 0, anonymous: true });
    const dtype =
      a.weights === null
        ? "int64"
        : a.weights.dtype === "float32"
          ? "float32"
          : a.weights.dtype === null
            ? null
            : "float64";
    return new Tensor([size], dtype);
  },
});
function requireIndexLike(callee: string, dtype: DType | null): void {
  if (dtype !== null && (dtype === "bool" || !isIntegral(dtype))) {
    violate("bad-argument", `${callee} needs integers, got ${dtype}`);
  }
}

op(both("histc"), {
  sig: "input: tensor, bins = 100, min: any = 0, max: any = 0",
  output: (a) => {
    require(gt(a.bins, 0), "bad-argument", () => `histc needs at least 1 bin, got ${format(a.bins)}`);
    return a.input.withShape([a.bins]);
  },
});
op("torch.bucketize", {
  sig: "input: operand, boundaries: tensor, *, out_int32 = False, right = False",
  output: (a) => new Tensor(a.input instanceof Scalar ? [] : a.input.shape, a.out_int32 ? "int32" : "int64"),
});
op("torch.searchsorted", {
  sig: "sorted_sequence: tensor, input: operand, *, out_int32 = False, right = False, side: str? = None, sorter: tensor? = None",
  output: (a) => new Tensor(a.input instanceof Scalar ? [] : a.input.shape, a.out_int32 ? "int32" : "int64"),
});
op("torch.unravel_index", {
  sig: "indices: tensor, shape: ints",
  output: (a) => {
    requireIndexLike("unravel_index", a.indices.dtype);
    for (const size of a.shape) requireNonNegative(size, "a size");
    return a.shape.map(() => a.indices.withDtype("int64"));
  },
});
