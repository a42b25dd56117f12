/** Ops that pick elements: `where`, `gather`, `masked_*`, `take`, repeats, turns, histograms. Writes are in `writing.ts`. */
import {
  type Dim,
  eq,
  format,
  formatShape,
  gt,
  le,
  max,
  mul,
  numel,
  sub,
  sum,
  symbol,
} from "../../../../algebra/index.ts";
import { type DType, type Out, require, requireEqual, Scalar, Tensor, violate } from "../../../rules/index.ts";
import { isIntegral, resultType } from "../dtypes.ts";
import { requireRank } from "../geometry/checks.ts";
import { maskedSize } from "./indexing.ts";
import {
  axesOf,
  axisOf,
  both,
  broadcastOf,
  concrete,
  op,
  opAndInplace,
  requireNonNegative,
  withSize,
} from "./support.ts";
import { requireIndex, requireList, requireSameRank, requireWithin } from "./writing.ts";

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
    if (eq(numel(a.index.shape), 0) === true) return a.input.withShape(a.index.shape);
    requireIndex("gather", a.index);
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
    if (a.input.rank === 0)
      violate("rank-mismatch", "roll along dims needs at least 1 dimension, but the tensor has none");
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
    if (a.input.rank === 0) violate("rank-mismatch", "diff needs at least 1 dimension, but the tensor has none");
    if (a.n === 0) return a.input;
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
    const isEmpty = eq(a.input.size(0), 0) === true;
    if (!isEmpty && a.weights !== null && a.weights.dims !== null) {
      const weights = a.weights;
      const fits = weights.rank === 1 ? eq(weights.size(0), a.input.size(0)) : false;
      require(fits, "broadcast-mismatch", () =>
        `bincount needs a weight for each element of ${formatShape(a.input.shape)}, got ${formatShape(weights.shape)}`);
    }
    requireNonNegative(a.minlength, "minlength");
    if (isEmpty) return new Tensor([a.minlength], "int64");
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
