/** Joining tensors and taking them apart: `cat` and `stack` with their relatives, `chunk`, `split`, `unbind`. */
import {
  ceildiv,
  type Dim,
  divExact,
  divisible,
  eq,
  floordiv,
  format,
  formatShape,
  ge,
  product,
  type Shape,
  sub,
  sum,
} from "../../../../algebra/index.ts";
import { type Out, require, requireDivisible, requireEqual, Tensor, Undecided, violate } from "../../../rules/index.ts";
import { resultType } from "../dtypes.ts";
import { slicedSize } from "./indexing.ts";
import { axisOf, both, concrete, isDims, op, withSize } from "./support.ts";
import { atLeast } from "./views.ts";

/** A dimension of more parts than this is not taken apart. */
const MOST_PARTS = 4096;

op("torch.cat torch.concat torch.concatenate", {
  sig: "tensors: tensors, dim = 0",
  output: (a) => concatenated("cat", a.tensors, a.dim),
});
op("torch.stack", {
  sig: "tensors: tensors, dim = 0",
  output: ({ tensors, dim }) => {
    const [first, ...rest] = demandTensors("stack", tensors);
    const axis = axisOf(dim, first.rank + 1);
    for (const other of rest) {
      if (other.rank !== first.rank) mismatch("stack", first, other);
      for (const [i, size] of first.shape.entries()) {
        requireEqual(size, other.size(i), "cat-mismatch", () => mismatchMessage("stack", first, other));
      }
    }
    const shape = first.shape.map((_, i) => knownBest(tensors, i));
    return new Tensor([...shape.slice(0, axis), tensors.length, ...shape.slice(axis)], resultType(tensors));
  },
});
op("torch.hstack", {
  sig: "tensors: tensors",
  output: ({ tensors }) => {
    const all = demandTensors("hstack", tensors).map((t) => t.withShape(atLeast(t.shape, 1)));
    return concatenated("hstack", all, all[0]?.rank === 1 ? 0 : 1);
  },
});
op("torch.vstack torch.row_stack", {
  sig: "tensors: tensors",
  output: ({ tensors }) =>
    concatenated(
      "vstack",
      demandTensors("vstack", tensors).map((t) => t.withShape(atLeast(t.shape, 2))),
      0,
    ),
});
op("torch.dstack", {
  sig: "tensors: tensors",
  output: ({ tensors }) =>
    concatenated(
      "dstack",
      demandTensors("dstack", tensors).map((t) => t.withShape(atLeast(t.shape, 3))),
      2,
    ),
});
op("torch.column_stack", {
  sig: "tensors: tensors",
  output: ({ tensors }) => {
    const columns = demandTensors("column_stack", tensors).map((t) =>
      t.rank > 1 ? t : t.withShape([product(t.shape), 1]),
    );
    return concatenated("column_stack", columns, 1);
  },
});
op("torch.block_diag", {
  sig: "*tensors: tensors",
  output: ({ tensors }) => {
    const matrices = tensors.map((t) => {
      if (t.rank > 2) violate("rank-mismatch", `block_diag takes at most 2 dimensions, got ${formatShape(t.shape)}`);
      return atLeast(t.shape, 2);
    });
    const size = (i: number): Dim => sum(matrices.map((shape) => shape[i] as Dim));
    return new Tensor([size(0), size(1)], resultType(tensors));
  },
});

function concatenated(callee: string, tensors: readonly Tensor[], dim: Dim): Tensor {
  const all = demandTensors(callee, tensors);
  // A 1-D tensor without elements joins with anything, for historical reasons.
  const parts = all.filter((t) => !(t.rank === 1 && eq(t.size(0), 0) === true));
  const [first, ...rest] = parts;
  const dtype = resultType(all);
  if (first === undefined) return new Tensor([0], dtype);
  if (first.rank === 0) violate("rank-mismatch", `${callee} cannot join tensors without dimensions`);
  const axis = axisOf(dim, first.rank);
  for (const other of rest) {
    if (other.rank !== first.rank) mismatch(callee, first, other);
    for (const [i, size] of first.shape.entries()) {
      if (i === axis) continue;
      requireEqual(size, other.size(i), "cat-mismatch", () => mismatchMessage(callee, first, other, axis));
    }
  }
  const shape = first.shape.map((_, i) => (i === axis ? sum(parts.map((t) => t.size(axis))) : knownBest(parts, i)));
  return new Tensor(shape, dtype);
}

function demandTensors(callee: string, tensors: readonly Tensor[]): readonly [Tensor, ...Tensor[]] {
  const [first, ...rest] = tensors;
  if (first === undefined) violate("bad-argument", `${callee} needs at least one tensor`);
  return [first, ...rest];
}

/** Of sizes that must be equal, a known one tells most. */
function knownBest(tensors: readonly Tensor[], axis: number): Dim {
  const sizes = tensors.map((t) => t.size(axis));
  return sizes.find((size) => typeof size === "number") ?? (sizes[0] as Dim);
}

function mismatch(callee: string, a: Tensor, b: Tensor): never {
  violate("cat-mismatch", mismatchMessage(callee, a, b));
}

function mismatchMessage(callee: string, a: Tensor, b: Tensor, axis?: number): string {
  const where =
    axis === undefined ? "all sizes must be equal" : `all sizes but that of dimension ${axis} must be equal`;
  return `${callee} of ${formatShape(a.shape)} and ${formatShape(b.shape)}: ${where}`;
}

op(both("chunk", "unsafe_chunk"), {
  sig: "input: tensor, chunks, dim = 0",
  output: ({ input, chunks, dim }) => {
    const axis = partedAxis("chunk", input, dim);
    const count = concrete(chunks, "the number of chunks");
    if (count < 1) violate("bad-argument", `chunk needs at least 1 chunk, got ${count}`);
    return parts(input, axis, chunkSizes(input.size(axis), count));
  },
});

function chunkSizes(size: Dim, count: number): readonly Dim[] {
  if (size === 0) return new Array<Dim>(limited(count)).fill(0);
  if (typeof size === "number") return evenSizes(size, Math.ceil(size / count));
  if (divisible(size, count) === true) return new Array<Dim>(limited(count)).fill(floordiv(size, count));
  throw new Undecided(`how ${format(size)} parts into ${count} chunks is not known`);
}

op("torch.split torch.functional.split", {
  sig: "tensor: tensor, split_size_or_sections: int|ints, dim = 0",
  output: (a) => split(a.tensor, a.split_size_or_sections, a.dim),
});
op("Tensor.split", {
  sig: "input: tensor, split_size: int|ints, dim = 0",
  output: (a) => split(a.input, a.split_size, a.dim),
});
op(both("unsafe_split"), {
  sig: "input: tensor, split_size: int|ints, dim = 0",
  output: (a) => split(a.input, a.split_size, a.dim),
});
op(both("split_with_sizes", "unsafe_split_with_sizes"), {
  sig: "input: tensor, split_sizes: ints, dim = 0",
  output: (a) => split(a.input, a.split_sizes, a.dim),
});

function split(input: Tensor, sizes: Dim | readonly Dim[], dim: Dim): Out {
  const axis = partedAxis("split", input, dim);
  const size = input.size(axis);
  if (!isDims(sizes)) return parts(input, axis, splitSizes(size, sizes));
  const total = sum(sizes);
  for (const part of sizes) {
    require(ge(part, 0), "bad-argument", () => `split cannot take ${format(part)} elements`);
  }
  requireEqual(
    total,
    size,
    "bad-argument",
    () =>
      `split of ${formatShape(input.shape)}: the parts add up to ${format(total)}, but dimension ${axis} has size ${format(size)}`,
  );
  return parts(input, axis, sizes);
}

function splitSizes(size: Dim, each: Dim): readonly Dim[] {
  require(ge(each, 0), "bad-argument", () => `split needs a size of at least 1, got ${format(each)}`);
  if (each === 0) {
    require(eq(size, 0), "bad-argument", () => "split into parts of size 0 is possible only for a dimension of size 0");
    return [0];
  }
  if (size === 0) return [0];
  if (typeof size === "number" && typeof each === "number") return evenSizes(size, each);
  if (ge(each, size) === true) return [size];
  const count = divExact(size, each);
  if (typeof count === "number") return new Array<Dim>(limited(count)).fill(each);
  throw new Undecided(`how many parts of ${format(each)} are in ${format(size)} is not known`);
}

function evenSizes(size: number, each: number): readonly Dim[] {
  const count = limited(Math.ceil(size / each));
  return Array.from({ length: count }, (_, i) => Math.min(each, size - i * each));
}

op(both("tensor_split"), {
  sig: "input: tensor, indices_or_sections: int|ints|tensor? = None, dim = 0, *, indices: ints? = None, sections: int? = None",
  output: (a) => {
    const axis = partedAxis("tensor_split", a.input, a.dim);
    const by = a.indices_or_sections ?? a.indices ?? a.sections;
    if (by === null) violate("bad-argument", "tensor_split needs indices or sections");
    if (by instanceof Tensor) throw new Undecided("the indices to split at are elements of a tensor");
    return parts(a.input, axis, tensorSplitSizes(a.input.size(axis), by));
  },
});

function tensorSplitSizes(size: Dim, by: Dim | readonly Dim[]): readonly Dim[] {
  if (isDims(by)) {
    const bounds: readonly (Dim | null)[] = [null, ...by, null];
    return bounds.slice(1).map((stop, i) => slicedSize(size, bounds[i] ?? null, stop, 1));
  }
  const count = limited(concrete(by, "the number of sections"));
  if (count < 1) violate("bad-argument", `tensor_split needs at least 1 section, got ${count}`);
  return Array.from({ length: count }, (_, i) => ceildiv(sub(size, i), count));
}

/** `hsplit` and its kind: a number of sections must divide the size. */
function directionalSplit(name: string, least: number, axisFor: (rank: number) => number): void {
  op(both(name), {
    sig: "input: tensor, indices_or_sections: int|ints? = None, *, indices: ints? = None, sections: int? = None",
    output: ({ input, indices_or_sections, indices, sections }) => {
      const by = indices_or_sections ?? indices ?? sections;
      if (by === null) violate("bad-argument", `${name} needs indices or sections`);
      if (input.rank < least) {
        violate(
          "rank-mismatch",
          `${name} needs at least ${least} dimensions, but ${formatShape(input.shape)} has ${input.rank}`,
        );
      }
      const axis = axisFor(input.rank);
      const size = input.size(axis);
      if (!isDims(by)) {
        requireDivisible(
          size,
          by,
          "not-divisible",
          () => `${name}: size ${format(size)} does not part into ${format(by)} equal sections`,
        );
      }
      return parts(input, axis, tensorSplitSizes(size, by));
    },
  });
}
directionalSplit("hsplit", 1, (rank) => (rank === 1 ? 0 : 1));
directionalSplit("vsplit", 2, () => 0);
directionalSplit("dsplit", 3, () => 2);

op(both("unbind"), {
  sig: "input: tensor, dim = 0",
  output: ({ input, dim }) => {
    const axis = partedAxis("unbind", input, dim);
    const count = limited(concrete(input.size(axis), `the size of dimension ${axis}`));
    const shape = input.shape.filter((_, i) => i !== axis);
    return new Array<Out>(count).fill(input.withShape(shape));
  },
});

op("torch.meshgrid torch.functional.meshgrid", {
  sig: "*tensors: tensors, indexing: str? = None",
  output: ({ tensors, indexing }) => {
    if (indexing !== null && indexing !== "ij" && indexing !== "xy") {
      violate("bad-argument", `meshgrid takes indexing "ij" or "xy", got "${indexing}"`);
    }
    const all = demandTensors("meshgrid", tensors);
    const [first, other] = [all[0].dtype, all.find((t) => t.dtype !== all[0].dtype)?.dtype];
    if (first !== null && other)
      violate("bad-argument", `meshgrid needs tensors of one dtype, got ${first} and ${other}`);
    const sizes = all.map((t) => {
      if (t.rank > 1)
        violate("rank-mismatch", `meshgrid takes tensors of at most 1 dimension, got ${formatShape(t.shape)}`);
      return t.shape[0] ?? 1;
    });
    const shape: Shape =
      indexing === "xy" && sizes.length > 1 ? [sizes[1] as Dim, sizes[0] as Dim, ...sizes.slice(2)] : sizes;
    return all.map((t) => t.withShape(shape));
  },
});
op("torch.cartesian_prod", {
  sig: "*tensors: tensors",
  output: ({ tensors }) => {
    const all = demandTensors("cartesian_prod", tensors);
    for (const t of all)
      if (t.rank !== 1)
        violate("rank-mismatch", `cartesian_prod takes 1-dimensional tensors, got ${formatShape(t.shape)}`);
    if (all.length === 1) return all[0];
    return new Tensor([product(all.map((t) => t.size(0))), all.length], resultType(all));
  },
});

function partedAxis(callee: string, input: Tensor, dim: Dim): number {
  if (input.rank === 0) violate("rank-mismatch", `${callee} needs at least 1 dimension, but the tensor has none`);
  return axisOf(dim, input.rank);
}

function parts(input: Tensor, axis: number, sizes: readonly Dim[]): Out {
  return sizes.map((size) => input.withShape(withSize(input.shape, axis, size)));
}

function limited(count: number): number {
  if (count > MOST_PARTS) throw new Undecided(`${count} parts are too many to follow`);
  return count;
}
