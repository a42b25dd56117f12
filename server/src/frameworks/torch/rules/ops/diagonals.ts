/** Ops that take diagonals out of matrices or put them in. */
import { add, type Dim, formatShape, ge, max, min, numel, type Shape, sub } from "../../../../algebra/index.ts";
import { type Tensor, violate } from "../../../rules/index.ts";
import { axisOf, both, concrete, op } from "./support.ts";

op(both("diagonal"), {
  sig: "input: tensor, offset = 0, dim1 = 0, dim2 = 1",
  output: (a) => a.input.withShape(diagonalOf(a.input, a.offset, a.dim1, a.dim2)),
});
op("torch.linalg.diagonal", {
  sig: "A: tensor, *, offset = 0, dim1 = -2, dim2 = -1",
  output: (a) => a.A.withShape(diagonalOf(a.A, a.offset, a.dim1, a.dim2)),
});

export function diagonalOf(input: Tensor, offset: Dim, dim1: Dim, dim2: Dim): Shape {
  const [i, j] = [axisOf(dim1, input.rank, "dim1"), axisOf(dim2, input.rank, "dim2")];
  if (i === j) violate("bad-argument", "diagonal needs two distinct dimensions");
  const length = diagonalLength(input.size(i), input.size(j), concrete(offset, "offset"));
  return [...input.shape.filter((_, k) => k !== i && k !== j), length];
}

function diagonalLength(rows: Dim, columns: Dim, offset: number): Dim {
  const height = offset < 0 ? add(rows, offset) : rows;
  const width = offset > 0 ? sub(columns, offset) : columns;
  const least = min(height, width);
  return ge(least, 0) === true ? least : max(least, 0);
}

op(both("diag"), {
  sig: "input: tensor, diagonal = 0",
  output: ({ input, diagonal }) => {
    if (input.rank === 1) {
      const size = add(input.size(0), Math.abs(concrete(diagonal, "diagonal")));
      return input.withShape([size, size]);
    }
    if (input.rank !== 2)
      violate("rank-mismatch", `diag needs 1 or 2 dimensions, but ${formatShape(input.shape)} has ${input.rank}`);
    return input.withShape(diagonalOf(input, diagonal, 0, 1));
  },
});
op(both("diagflat"), {
  sig: "input: tensor, offset = 0",
  output: ({ input, offset }) => {
    const size = add(numel(input.shape), Math.abs(concrete(offset, "offset")));
    return input.withShape([size, size]);
  },
});
op(both("diag_embed"), {
  sig: "input: tensor, offset = 0, dim1 = -2, dim2 = -1",
  output: ({ input, offset, dim1, dim2 }) => {
    if (input.rank === 0) violate("rank-mismatch", "diag_embed needs at least 1 dimension, but the tensor has none");
    const [i, j] = [axisOf(dim1, input.rank + 1, "dim1"), axisOf(dim2, input.rank + 1, "dim2")];
    if (i === j) violate("bad-argument", "diag_embed needs two distinct dimensions");
    const size = add(input.size(-1), Math.abs(concrete(offset, "offset")));
    const rest = input.shape.slice(0, -1);
    return input.withShape(
      Array.from({ length: input.rank + 1 }, (_, k) => (k === i || k === j ? size : (rest.shift() as Dim))),
    );
  },
});
