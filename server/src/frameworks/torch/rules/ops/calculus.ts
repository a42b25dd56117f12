/** Integrals and differences along dimensions, norms under their older names, and reductions of segments. */
import {
  type Dim,
  eq,
  equalShapes,
  format,
  formatShape,
  ge,
  max,
  numel,
  type Shape,
  sub,
} from "../../../../algebra/index.ts";
import {
  type DType,
  named,
  type Out,
  require,
  requireEqual,
  Tensor,
  Undecided,
  violate,
} from "../../../rules/index.ts";
import { isComplex, isIntegral, promoteTypes, resultType, toComplex, toFloat, toReal } from "../dtypes.ts";
import { requireRank } from "../geometry/checks.ts";
import { reduced } from "./reductions.ts";
import { axesOf, axisOf, both, broadcastOf, broadcastTo, concrete, op, without, withSize } from "./support.ts";

/** The areas under `y` between neighbours: their places along `dim` are those of `x`, or at equal distances. */
function areas(
  callee: string,
  y: Tensor,
  x: Tensor | null,
  dim: Dim,
): { axis: number; shape: Shape; dtype: DType | null } {
  const axis = axisOf(dim, y.rank);
  const dtype = toFloat(resultType(x === null ? [y] : [y, x]));
  if (y.rank === 0) violate("rank-mismatch", `${callee} needs at least 1 dimension, but the tensor has none`);
  if (x === null) return { axis, shape: between(y.shape, axis), dtype };
  // A list of places serves the one dimension; others have its differences, which are stretched to those of `y`.
  if (x.rank === 1) {
    requireEqual(
      x.size(0),
      y.size(axis),
      "broadcast-mismatch",
      () => `${callee} needs a place for each of the ${format(y.size(axis))} values, got ${formatShape(x.shape)}`,
    );
    return { axis, shape: between(y.shape, axis), dtype };
  }
  const places = [...Array.from({ length: Math.max(0, y.rank - x.rank) }, () => 1), ...x.shape];
  return { axis, shape: broadcastTo(callee, between(places, axis), between(y.shape, axis)), dtype };
}

/** A shape with the places between neighbours along a dimension. */
function between(shape: Shape, axis: number): Shape {
  return withSize(shape, axis, max(sub(shape[axis] ?? 1, 1), 0));
}

op("torch.trapezoid", {
  sig: "y: tensor, x: tensor? = None, *, dx: any = 1, dim = -1",
  output: (a) => {
    const own = axisOf(a.dim, a.y.rank);
    // Nothing is looked at where there is nothing to sum up.
    if (a.y.rank > 0 && eq(a.y.size(own), 0) === true) return a.y.withShape(without(a.y.shape, own));
    const { axis, shape, dtype } = areas("trapezoid", a.y, a.x, a.dim);
    return new Tensor(without(shape, axis), dtype);
  },
});
op("torch.cumulative_trapezoid", {
  sig: "y: tensor, x: tensor? = None, *, dx: any = 1, dim = -1",
  output: (a) => {
    const { shape, dtype } = areas("cumulative_trapezoid", a.y, a.x, a.dim);
    return new Tensor(shape, dtype);
  },
});
op("torch.gradient", {
  sig: "input: tensor, *, spacing: any? = None, dim: ints? = None, edge_order = 1",
  output: ({ input, dim, edge_order }) => {
    if (edge_order !== 1 && edge_order !== 2) violate("bad-argument", "gradient takes an edge_order of 1 or 2");
    const axes = axesOf(dim, input.rank);
    for (const axis of axes) {
      require(ge(input.size(axis), typeof edge_order === "number" ? edge_order + 1 : 2), "size-too-small", () =>
        `gradient needs at least ${format(edge_order)} + 1 elements, but dimension ${axis} of ${formatShape(input.shape)} has ${format(input.size(axis))}`);
    }
    return axes.map(() => input.withDtype(toFloat(input.dtype)));
  },
});
op("torch.frobenius_norm", {
  sig: "input: tensor, dim: ints, keepdim = False",
  output: ({ input, dim, keepdim }) => normed("frobenius_norm", input, axesOf(dim, input.rank), keepdim),
});
op("torch.nuclear_norm", {
  sig: "input: tensor, dim: ints|bool? = None, keepdim = False",
  output: ({ input, dim, keepdim }) => {
    if (input.rank < 2) {
      violate("rank-mismatch", `nuclear_norm needs a matrix, but ${formatShape(input.shape)} has rank ${input.rank}`);
    }
    const axes = axesOf(typeof dim === "boolean" || dim === null ? [-2, -1] : dim, input.rank);
    if (axes.length !== 2) violate("bad-argument", `nuclear_norm needs 2 dimensions, got ${axes.length}`);
    return normed("nuclear_norm", input, axes, typeof dim === "boolean" ? dim : keepdim);
  },
});
op("torch.norm_except_dim", {
  sig: "v: tensor, pow = 2, dim = 0",
  output: ({ v, dim }) => {
    if (eq(dim, -1) === true) return normed("norm_except_dim", v, axesOf(null, v.rank), false);
    const axis = axisOf(dim, v.rank);
    if (v.dtype !== null && isIntegral(v.dtype)) {
      violate("bad-argument", `norm_except_dim needs a floating point tensor, got ${v.dtype}`);
    }
    return new Tensor(
      v.shape.map((size, i) => (i === axis ? size : 1)),
      toReal(v.dtype),
    );
  },
});

function normed(callee: string, input: Tensor, axes: readonly number[], keepdim: boolean): Tensor {
  if (input.dtype !== null && isIntegral(input.dtype)) {
    violate("bad-argument", `${callee} needs a floating point tensor, got ${input.dtype}`);
  }
  return new Tensor(reduced(input.shape, axes, keepdim), toReal(input.dtype));
}

op("torch.segment_reduce", {
  sig: "data: tensor, reduce: str, *, lengths: tensor? = None, indices: any? = None, offsets: tensor? = None, axis = 0, unsafe: any = False, initial: any? = None",
  output: ({ data, lengths, offsets, axis }) => {
    const at = axisOf(axis, data.rank, "axis");
    const segments = lengths?.size(-1) ?? (offsets === null ? null : sub(offsets.size(-1), 1));
    if (segments === null) violate("bad-argument", "segment_reduce needs lengths or offsets");
    return data.withShape(withSize(data.shape, at, segments));
  },
});
op(both("nonzero_static"), {
  sig: "input: tensor, *, size, fill_value: any = -1",
  output: ({ input, size }) => {
    require(ge(size, 0), "bad-argument", () => `nonzero_static cannot give ${format(size)} places`);
    return new Tensor([size, input.rank], "int64");
  },
});
op("torch.binomial", {
  sig: "count: tensor, prob: tensor, generator: any? = None",
  output: ({ count, prob }) => count.withShape(broadcastOf("binomial", count, prob)),
});
op("torch.histogramdd", {
  sig: "input: tensor, bins: ints|tensors, range: any? = None, weight: any? = None, density: any = False",
  output: ({ input, bins }): Out => {
    if (input.rank < 2)
      violate("rank-mismatch", `histogramdd needs at least 2 dimensions, got ${formatShape(input.shape)}`);
    const count = concrete(input.size(-1), "the number of coordinates");
    if (count === 0) throw new Undecided("a histogram of no coordinates is not followed");
    const only = bins.length === 1 ? bins[0] : undefined;
    const given =
      only !== undefined && !(only instanceof Tensor) && count > 1 ? new Array<Dim>(count).fill(only) : bins;
    if (given.length !== count) {
      violate("bad-argument", `histogramdd needs bins for each of the ${count} coordinates, got ${given.length}`);
    }
    const sizes = given.map((each) => (each instanceof Tensor ? sub(numel(each.shape), 1) : (each as Dim)));
    for (const size of sizes)
      require(ge(size, 1), "bad-argument", () => `histogramdd needs at least 1 bin, got ${format(size)}`);
    return named("torch.return_types.histogramdd", {
      hist: input.withShape(sizes),
      bin_edges: sizes.map((size) => input.withShape([sub(size, -1)])),
    });
  },
});
op(both("istft"), {
  sig: "input: tensor, n_fft, hop_length: int? = None, win_length: int? = None, window: tensor? = None, center = True, normalized: any = False, onesided: bool? = None, length: int? = None, return_complex = False",
  output: (a) => {
    requireRank("istft", a.input, [2, 3]);
    if (a.input.dtype !== null && !isComplex(a.input.dtype)) {
      violate(
        "bad-argument",
        `istft needs a complex tensor, as stft gives with return_complex=True, got ${a.input.dtype}`,
      );
    }
    const hop = a.hop_length ?? concreteQuarter(a.n_fft);
    const frames = concrete(a.input.size(-1), "the number of frames");
    const full = concrete(a.n_fft, "n_fft") + concrete(hop, "hop_length") * (frames - 1);
    const pad = a.center ? Math.floor(concrete(a.n_fft, "n_fft") / 2) : 0;
    const size = a.length === null ? full - 2 * pad : signalLength(a.length, full, pad);
    const batch = a.input.shape.slice(0, -2);
    const window = a.window?.dtype ?? null;
    if (window !== null && isComplex(window) && !a.return_complex) {
      violate("bad-argument", `istft takes a window of ${window} only with return_complex=True`);
    }
    const dtype = a.window === null ? a.input.dtype : promoteTypes(a.input.dtype, window);
    return new Tensor([...batch, size], a.return_complex ? toComplex(dtype) : toReal(dtype));
  },
});
/** A signal is cut or padded to its length; one below 0 counts from the end, as in a slice. */
function signalLength(length: Dim, full: number, pad: number): Dim {
  if (typeof length !== "number" || length > 0) return length;
  const end = pad + length;
  const left = (end < 0 ? Math.max(full + end, 0) : end) - pad;
  if (left <= 0) violate("bad-argument", `istft gives a signal of at least 1 element, got length=${length}`);
  return left;
}
const concreteQuarter = (n: Dim): number => Math.floor(concrete(n, "n_fft") / 4);

op(both("as_strided_scatter"), {
  sig: "input: tensor, src: tensor, size: ints, stride: ints, storage_offset: any? = None",
  output: ({ input, src, size }) => {
    require(equalShapes(src.shape, size), "broadcast-mismatch", () =>
      `as_strided_scatter needs a source of sizes ${formatShape(size)}, got ${formatShape(src.shape)}`);
    return input;
  },
});
op(both("slice_inverse"), {
  sig: "input: tensor, src: tensor, dim = 0, start: int? = None, end: int? = None, step = 1",
  output: ({ input, src }) => input.withShape(src.shape),
});
