/**
 * Views and reshapes: ops that give the same elements in another shape, or repeat them along dimensions.
 */
import {
  add,
  type Dim,
  divisible,
  eq,
  floordiv,
  format,
  formatShape,
  ge,
  inferMinusOne,
  le,
  lt,
  mul,
  numel,
  type Shape,
  sub,
  symbol,
} from "../../../../algebra/index.ts";
import {
  type DType,
  noteUsual,
  type OpRule,
  require,
  requireEqual,
  Tensor,
  Undecided,
  violate,
} from "../../../rules/index.ts";
import { itemSize } from "../dtypes.ts";
import { axesOf, axisOf, both, broadcastTo, elements, op, refuseRepeated, withSize } from "./support.ts";

/** The shape that `sizes` ask for, -1 filled in. */
export function reshaped(shape: Shape, sizes: readonly Dim[]): Shape {
  const result = inferMinusOne(numel(shape), sizes);
  switch (result.kind) {
    case "ok":
      if (sizes[0] === -1) noteBatchKept(shape, sizes);
      if (!sizes.includes(-1))
        requireEqual(numel(shape), numel(sizes), "reshape-mismatch", () => mismatch(shape, sizes));
      return result.shape;
    case "two-unknowns":
      return violate("bad-argument", `only one size can be -1, got ${formatShape(sizes)}`);
    case "negative-size":
      return violate("bad-argument", `a size cannot be ${format(result.size)}, got ${formatShape(sizes)}`);
    case "mismatch":
      return violate("reshape-mismatch", mismatch(shape, sizes));
  }
}

/** `view(-1, 320)` is written for `view(N, 320)`, unless sizes behind the batch stay what they are. */
function noteBatchKept(shape: Shape, sizes: readonly Dim[]): void {
  const [last, wanted] = [shape.at(-1), sizes.at(-1)];
  if (sizes.length < 2 || last === undefined || wanted === undefined || eq(last, wanted) === true) return;
  noteUsual(numel(shape.slice(1)), numel(sizes.slice(1)));
}

const mismatch = (shape: Shape, sizes: readonly Dim[]): string =>
  `cannot view ${elements(shape)} as ${formatShape(sizes)}`;

op("torch.reshape Tensor.reshape", {
  sig: "input: tensor, *shape: ints",
  output: (a) => a.input.withShape(reshaped(a.input.shape, a.shape)),
});
op("Tensor.view", {
  sig: "input: tensor, size: dtype|ints? = None, *more: ints, dtype: dtype? = None",
  output: (a) => {
    if (typeof a.size === "string") return viewAs(a.input, a.size);
    if (a.dtype !== null) return viewAs(a.input, a.dtype);
    return a.input.withShape(reshaped(a.input.shape, [...(a.size ?? []), ...a.more]));
  },
});
op("Tensor.view_as Tensor.reshape_as", {
  sig: "input: tensor, other: tensor",
  output: (a) => a.input.withShape(reshaped(a.input.shape, a.other.shape)),
});

/** The same bytes read as another dtype: the last size is scaled by the ratio of the item sizes. */
function viewAs(input: Tensor, dtype: DType): Tensor {
  if (input.dtype === null) throw new Undecided("the dtype of the tensor is not known");
  const from = itemSize[input.dtype];
  const to = itemSize[dtype];
  if (from === to) return input.withDtype(dtype);
  if (input.rank === 0) violate("rank-mismatch", `cannot view a tensor without dimensions as ${dtype}`);
  const bytes = mul(input.size(-1), from);
  require(divisible(bytes, to), "not-divisible", () =>
    `cannot view ${formatShape(input.shape)} of ${input.dtype} as ${dtype}: ${format(bytes)} bytes are not a multiple of ${to}`);
  return new Tensor(withSize(input.shape, input.rank - 1, floordiv(bytes, to)), dtype);
}

op(both("flatten"), {
  sig: "input: tensor, start_dim = 0, end_dim = -1",
  output: (a) => a.input.withShape(flattened(a.input.shape, a.start_dim, a.end_dim)),
});
op(both("ravel"), { sig: "input: tensor", output: (a) => a.input.withShape([numel(a.input.shape)]) });

/** `start` to `end` become one dimension. */
function flattened(shape: Shape, start: Dim, end: Dim): Shape {
  const first = axisOf(start, shape.length, "start_dim");
  const last = axisOf(end, shape.length, "end_dim");
  if (shape.length === 0) return [1];
  if (first > last) violate("bad-argument", `flatten cannot start at dimension ${first}, after its end ${last}`);
  return [...shape.slice(0, first), numel(shape.slice(first, last + 1)), ...shape.slice(last + 1)];
}

op(both("unflatten"), {
  sig: "input: tensor, dim, sizes: ints",
  output: (a) => a.input.withShape(unflattened(a.input.shape, a.dim, a.sizes)),
});

function unflattened(shape: Shape, dim: Dim, sizes: readonly Dim[]): Shape {
  if (shape.length === 0) violate("rank-mismatch", "unflatten needs at least 1 dimension, but the tensor has none");
  if (sizes.length === 0) violate("bad-argument", "unflatten needs at least 1 size");
  const axis = axisOf(dim, shape.length);
  const size = shape[axis] as Dim;
  const inner = reshaped([size], sizes);
  return [...shape.slice(0, axis), ...inner, ...shape.slice(axis + 1)];
}

const squeeze: OpRule<"input: tensor, dim: ints? = None"> = {
  sig: "input: tensor, dim: ints? = None",
  output: ({ input, dim }) => {
    const axes = dim === null ? axesOf(null, input.rank) : dim.map((d) => axisOf(d, input.rank));
    if (dim !== null) refuseRepeated(axes, "dim");
    return input.withShape(input.shape.filter((size, i) => !(axes.includes(i) && isOne(size, i))));
  },
};
op(both("squeeze"), squeeze);
op("Tensor.squeeze_", { ...squeeze, inplace: true });

export function isOne(size: Dim, axis: number): boolean {
  const one = eq(size, 1);
  if (one === undefined) throw new Undecided(`dimension ${axis} is dropped only if its size, ${format(size)}, is 1`);
  return one;
}

const unsqueeze: OpRule<"input: tensor, dim"> = {
  sig: "input: tensor, dim",
  output: ({ input, dim }) => {
    const axis = axisOf(dim, input.rank + 1);
    return input.withShape([...input.shape.slice(0, axis), 1, ...input.shape.slice(axis)]);
  },
};
op(both("unsqueeze"), unsqueeze);
op("Tensor.unsqueeze_", { ...unsqueeze, inplace: true });

op(both("permute"), {
  sig: "input: tensor, *dims: ints",
  output: (a) => {
    const axes = a.dims.map((dim) => axisOf(dim, a.input.rank, "dims"));
    if (axes.length !== a.input.rank) {
      violate(
        "rank-mismatch",
        `permute names ${axes.length} dimensions of ${formatShape(a.input.shape)}, which has ${a.input.rank}`,
      );
    }
    refuseRepeated(axes, "dims");
    return a.input.withShape(axes.map((axis) => a.input.size(axis)));
  },
});

function swap(input: Tensor, dim0: Dim, dim1: Dim): Tensor {
  const [i, j] = [axisOf(dim0, input.rank, "dim0"), axisOf(dim1, input.rank, "dim1")];
  if (input.rank === 0) return input;
  return input.withShape(input.shape.map((size, k) => (k === i ? input.size(j) : k === j ? input.size(i) : size)));
}
const transpose: OpRule<"input: tensor, dim0, dim1"> = {
  sig: "input: tensor, dim0, dim1",
  output: (a) => swap(a.input, a.dim0, a.dim1),
};
op(both("transpose", "swapdims"), transpose);
op("Tensor.transpose_ Tensor.swapdims_", { ...transpose, inplace: true });
const swapaxes: OpRule<"input: tensor, axis0, axis1"> = {
  sig: "input: tensor, axis0, axis1",
  output: (a) => swap(a.input, a.axis0, a.axis1),
};
op(both("swapaxes"), swapaxes);
op("Tensor.swapaxes_", { ...swapaxes, inplace: true });

const t: OpRule<"input: tensor"> = {
  sig: "input: tensor",
  output: ({ input }) => {
    if (input.rank > 2)
      violate("rank-mismatch", `t needs at most 2 dimensions, but ${formatShape(input.shape)} has ${input.rank}`);
    return input.rank === 2 ? swap(input, 0, 1) : input;
  },
};
op(both("t"), t);
op("Tensor.t_", { ...t, inplace: true });
op("Tensor.T", { sig: "input: tensor", output: ({ input }) => input.withShape([...input.shape].reverse()) });
op("Tensor.H", { sig: "input: tensor", output: ({ input }) => matrixTranspose(input, "H") });
op(`Tensor.mT Tensor.mH ${both("adjoint")}`, {
  sig: "input: tensor",
  output: ({ input }) => matrixTranspose(input, "mT"),
});

function matrixTranspose(input: Tensor, name: string): Tensor {
  if (input.rank === 0) return input;
  if (input.rank < 2 || (name === "H" && input.rank > 2)) {
    violate("rank-mismatch", `${name} needs a matrix, but ${formatShape(input.shape)} has rank ${input.rank}`);
  }
  return swap(input, -2, -1);
}

op(both("movedim", "moveaxis"), {
  sig: "input: tensor, source: ints, destination: ints",
  output: (a) => {
    const from = a.source.map((dim) => axisOf(dim, a.input.rank, "source"));
    const to = a.destination.map((dim) => axisOf(dim, a.input.rank, "destination"));
    if (from.length !== to.length) violate("bad-argument", "movedim needs as many destinations as sources");
    refuseRepeated(from, "source");
    refuseRepeated(to, "destination");
    const rest = a.input.shape.filter((_, i) => !from.includes(i));
    return a.input.withShape(
      a.input.shape.map((_, i) => {
        const moved = to.indexOf(i);
        return moved >= 0 ? a.input.size(from[moved] as number) : (rest.shift() as Dim);
      }),
    );
  },
});

op("Tensor.expand", {
  sig: "input: tensor, *size: ints, implicit = False",
  output: (a) => a.input.withShape(expanded("expand", a.input.shape, a.size)),
});
op(both("broadcast_to"), {
  sig: "input: tensor, *size: ints",
  output: (a) => a.input.withShape(expanded("broadcast_to", a.input.shape, a.size)),
});
op("Tensor.expand_as", {
  sig: "input: tensor, other: tensor",
  output: (a) => a.input.withShape(expanded("expand_as", a.input.shape, a.other.shape)),
});
op("torch.broadcast_tensors", {
  sig: "*tensors: tensors",
  output: ({ tensors }) => {
    let shape: Shape = [];
    for (const each of tensors) shape = broadcastTo("broadcast_tensors", shape, each.shape);
    return tensors.map((each) => each.withShape(shape));
  },
});

/** `shape` stretched to `sizes`, where -1 keeps a size. */
export function expanded(callee: string, shape: Shape, sizes: readonly Dim[]): Shape {
  const added = sizes.length - shape.length;
  if (added < 0) {
    violate(
      "rank-mismatch",
      `${callee} to ${formatShape(sizes)}: the tensor ${formatShape(shape)} has more dimensions`,
    );
  }
  return sizes.map((size, i) => {
    const own = shape[i - added];
    // Nothing is stretched to nothing without a look at its sizes.
    if (lt(size, -1) === true && shape.includes(0) && (own === undefined || own === 1)) {
      throw new Undecided(`a tensor without elements has no size ${format(size)}`);
    }
    if (own === undefined) {
      if (size === -1 && shape.includes(0)) throw new Undecided("a tensor without elements has no size -1");
      if (lt(size, 0) === true)
        violate("bad-argument", `${callee}: the new dimension ${i} cannot have size ${format(size)}`);
      return size;
    }
    if (size === -1) return own;
    if (eq(own, size) === true) return own;
    if (ge(size, 0) === undefined) return expandedByUnknown(own, size);
    const fits = eq(own, 1) === false && eq(own, size) === false ? false : undefined;
    require(fits, "broadcast-mismatch", () =>
      `${callee} of ${formatShape(shape)} to ${formatShape(sizes)}: size ${format(own)} of dimension ${i} is neither 1 nor ${format(size)}`);
    return size;
  });
}

function expandedByUnknown(own: Dim, size: Dim): Dim {
  return symbol("?", `${format(size)} may be -1, which keeps the size ${format(own)}`, { min: 0, anonymous: true });
}

op("Tensor.repeat", {
  sig: "input: tensor, *repeats: ints",
  output: (a) => {
    if (a.repeats.length < a.input.rank) {
      violate(
        "rank-mismatch",
        `repeat needs a number for each dimension of ${formatShape(a.input.shape)}, got ${a.repeats.length}`,
      );
    }
    return a.input.withShape(repeated("repeat", a.input.shape, a.repeats));
  },
});
op(both("tile"), {
  sig: "input: tensor, *dims: ints",
  output: (a) => a.input.withShape(repeated("tile", a.input.shape, a.dims)),
});

function repeated(callee: string, shape: Shape, repeats: readonly Dim[]): Shape {
  const rank = Math.max(shape.length, repeats.length);
  return Array.from({ length: rank }, (_, i) => {
    const times = repeats[i - rank + repeats.length] ?? 1;
    const size = mul(shape[i - rank + shape.length] ?? 1, times);
    require(ge(size, 0), "bad-argument", () => `${callee} cannot repeat ${format(times)} times`);
    return size;
  });
}

op("Tensor.unfold", {
  sig: "input: tensor, dimension, size, step",
  output: (a) => {
    const axis = axisOf(a.dimension, a.input.rank, "dimension");
    const own = a.input.shape[axis] ?? 1;
    require(ge(a.step, 1), "bad-argument", () => `unfold needs a step of at least 1, got ${format(a.step)}`);
    require(le(a.size, own), "size-too-small", () =>
      `unfold takes slices of ${format(a.size)} from a dimension of size ${format(own)}`);
    if (a.input.rank === 0) return a.input.withShape([a.size]);
    const count = add(floordiv(sub(own, a.size), a.step), 1);
    return a.input.withShape([...withSize(a.input.shape, axis, count), a.size]);
  },
});

op(both("narrow", "narrow_copy"), {
  sig: "input: tensor, dim, start: tensor|int, length",
  output: (a) => {
    if (a.input.rank === 0) violate("rank-mismatch", "narrow needs at least 1 dimension, but the tensor has none");
    const axis = axisOf(a.dim, a.input.rank);
    const size = a.input.size(axis);
    require(ge(a.length, 0), "bad-argument", () => `narrow needs a length of at least 0, got ${format(a.length)}`);
    if (!(a.start instanceof Tensor)) requireInside(a.start as Dim, a.length, size);
    return a.input.withShape(withSize(a.input.shape, axis, a.length));
  },
});

function requireInside(start: Dim, length: Dim, size: Dim): void {
  const negative = lt(start, 0);
  if (negative === undefined) return;
  const from = negative ? add(start, size) : start;
  require(ge(from, 0), "bad-argument", () =>
    `narrow cannot start at ${format(start)} in a dimension of size ${format(size)}`);
  require(le(add(from, length), size), "bad-argument", () =>
    `narrow from ${format(start)} takes ${format(length)} elements of a dimension of size ${format(size)}`);
}

op(both("select"), {
  sig: "input: tensor, dim, index",
  output: (a) => {
    if (a.input.rank === 0) violate("rank-mismatch", "select needs at least 1 dimension, but the tensor has none");
    const axis = axisOf(a.dim, a.input.rank);
    const size = a.input.size(axis);
    const inside = lt(a.index, size) === false || lt(a.index, mul(-1, size)) === true ? false : undefined;
    require(inside, "bad-argument", () =>
      `index ${format(a.index)} is out of range for a dimension of size ${format(size)}`);
    return a.input.withShape(a.input.shape.filter((_, i) => i !== axis));
  },
});

op(both("as_strided"), {
  sig: "input: tensor, size: ints, stride: ints, storage_offset: any? = None",
  output: (a) => {
    if (a.size.length !== a.stride.length) violate("bad-argument", "as_strided needs as many strides as sizes");
    return a.input.withShape(a.size);
  },
});

for (const [name, least] of [
  ["atleast_1d", 1],
  ["atleast_2d", 2],
  ["atleast_3d", 3],
] as const) {
  op(`torch.${name}`, {
    sig: "tensors: tensor|tensors, *more: tensors",
    output: ({ tensors, more }) => {
      const padded = (each: Tensor): Tensor => each.withShape(atLeast(each.shape, least));
      if (!(tensors instanceof Tensor)) return tensors.map(padded);
      return more.length === 0 ? padded(tensors) : [tensors, ...more].map(padded);
    },
  });
}

/** The shape with dimensions of size 1 added, as the `atleast` functions and the stacking ones do. */
export function atLeast(shape: Shape, rank: 1 | 2 | 3): Shape {
  if (shape.length >= rank) return shape;
  const [only] = shape;
  if (only === undefined) return new Array<Dim>(rank).fill(1);
  if (rank === 2) return [1, only];
  return shape.length === 1 ? [1, only, 1] : [...shape, 1];
}
