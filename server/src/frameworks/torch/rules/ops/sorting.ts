/** Sorting and sets: `sort`, `topk`, `unique` and their relatives. */
import { add, type Dim, format, formatShape, ge, symbol } from "../../../../algebra/index.ts";
import { named, type Out, require, Tensor, violate } from "../../../rules/index.ts";
import { isComplex } from "../dtypes.ts";
import { requireRank } from "../geometry/checks.ts";
import { axisOf, both, op, withSize } from "./support.ts";

op(both("sort"), {
  sig: "input: tensor, dim = -1, descending = False, stable: any? = None",
  output: (a) => {
    axisOf(a.dim, a.input.rank);
    return named("torch.return_types.sort", { values: a.input, indices: a.input.withDtype("int64") });
  },
});
op(both("argsort"), {
  sig: "input: tensor, dim = -1, descending = False, stable: any? = None",
  output: (a) => {
    axisOf(a.dim, a.input.rank);
    return a.input.withDtype("int64");
  },
});
op(both("msort"), {
  sig: "input: tensor",
  output: ({ input }) => {
    if (input.dtype !== null && isComplex(input.dtype)) violate("bad-argument", `msort cannot order ${input.dtype}`);
    return input;
  },
});
op(both("topk"), {
  sig: "input: tensor, k, dim = -1, largest = True, sorted = True",
  output: ({ input, k, dim }) => {
    const axis = axisOf(dim, input.rank);
    const size = input.shape[axis] ?? 1;
    const possible = ge(k, 0) === false || ge(size, k) === false ? false : undefined;
    require(possible, "bad-argument", () =>
      `topk: k is ${format(k)}, but dimension ${axis} of ${formatShape(input.shape)} has size ${format(size)}`);
    const values = input.rank === 0 ? input : input.withShape(withSize(input.shape, axis, k));
    return named("torch.return_types.topk", { values, indices: values.withDtype("int64") });
  },
});

op(both("unique"), {
  sig: "input: tensor, sorted = True, return_inverse = False, return_counts = False, dim: int? = None",
  output: (a) => distinct(a.input, a.return_inverse, a.return_counts, a.dim),
});
op(both("unique_consecutive"), {
  sig: "input: tensor, return_inverse = False, return_counts = False, dim: int? = None",
  output: (a) => distinct(a.input, a.return_inverse, a.return_counts, a.dim),
});

function distinct(input: Tensor, inverse: boolean, counts: boolean, dim: Dim | null): Out {
  const count = symbol("unique", "the number of distinct values depends on the data", { min: 0, anonymous: true });
  const axis = dim === null ? null : axisOf(dim, input.rank);
  const values = input.withShape(axis === null ? [count] : withSize(input.shape, axis, count));
  const results: Out[] = [values];
  if (inverse) results.push(new Tensor(axis === null ? input.shape : [input.shape[axis] ?? 1], "int64"));
  if (counts) results.push(new Tensor([count], "int64"));
  return results.length === 1 ? values : results;
}

op("torch.histogram Tensor.histogram", {
  sig: "input: tensor, bins: int|tensor = 100, *, range: any? = None, weight: any? = None, density = False",
  output: ({ input, bins }) => {
    // A tensor holds the edges themselves.
    if (bins instanceof Tensor) {
      requireRank("histogram", bins, [1], "bins");
      return named("torch.return_types.histogram", {
        hist: input.withShape([add(bins.size(0), -1)]),
        bin_edges: input.withShape(bins.shape),
      });
    }
    if (typeof bins === "number" && bins < 1) violate("bad-argument", `histogram needs at least 1 bin, got ${bins}`);
    return named("torch.return_types.histogram", {
      hist: input.withShape([bins]),
      bin_edges: input.withShape([add(bins, 1)]),
    });
  },
});
