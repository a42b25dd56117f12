/**
 * Ops that make tensors: filled and random ones, ranges, windows, `*_like` and `new_*`, and in-place fills. `device`,
 * `layout`, `requires_grad` and the like are taken and play no part.
 */
import {
  add,
  ceildiv,
  type Dim,
  divExact,
  eq,
  floordiv,
  format,
  formatShape,
  ge,
  gt,
  lt,
  max,
  mul,
  sub,
} from "../../../../algebra/index.ts";
import { type DType, type OpRule, require, Scalar, Tensor, Undecided, violate } from "../../../rules/index.ts";
import { defaultDtype, isFloating, scalarDtype, toAccumulated } from "../dtypes.ts";
import { requireRank } from "../geometry/checks.ts";
import { both, broadcastOf, concrete, dtypeOr, ifKnown, isDims, op, orNull, requireNonNegative } from "./support.ts";

const options =
  "dtype: dtype? = None, layout: any? = None, device: any? = None, requires_grad: any? = None, pin_memory: any? = None, memory_format: any? = None, generator: any? = None";

/** The sizes as a shape; a negative one is refused. */
function made(sizes: readonly Dim[], dtype: DType | null): Tensor {
  for (const size of sizes) requireNonNegative(size, "a size");
  return new Tensor(sizes, dtype);
}

op("torch.zeros torch.ones torch.empty torch.rand torch.randn", {
  sig: `*size: ints, names: any? = None, ${options}`,
  output: (a) => made(a.size, dtypeOr(a, defaultDtype)),
});
op("torch.empty_strided", {
  sig: `size: ints, stride: ints, *, ${options}`,
  output: (a) => made(a.size, dtypeOr(a, defaultDtype)),
});
op("torch.empty_permuted", {
  sig: `size: ints, physical_layout: ints, *, ${options}`,
  output: (a) => made(a.size, dtypeOr(a, defaultDtype)),
});
op("torch.full", {
  sig: `size: ints, fill_value: operand, *, names: any? = None, ${options}`,
  output: (a) =>
    made(
      a.size,
      dtypeOr(
        a,
        orNull(() => dtypeOf(a.fill_value)),
      ),
    ),
});

function dtypeOf(value: Tensor | Scalar): DType | null {
  return value instanceof Scalar ? scalarDtype(value.kind) : value.dtype;
}

op("torch.randint", {
  sig: `low: int? = None, high: int|ints? = None, size: ints? = None, *, ${options}`,
  output: (a) => {
    // `randint(high, size)` and `randint(low, high, size)`, where `high` or `size` may be keywords
    const size = isDims(a.high) ? a.high : a.size;
    const bounds = [a.low, a.high].filter((bound): bound is Dim => bound !== null && !isDims(bound));
    const [first, second] = bounds;
    if (size === null) violate("bad-argument", "randint needs a size");
    if (first === undefined) violate("bad-argument", "randint needs high");
    ifKnown(() => {
      const [low, high] = second === undefined ? [0, first] : [first, second];
      require(lt(low, high), "bad-argument", () => `randint from ${format(low)} to ${format(high)} has no values`);
    });
    return made(size, dtypeOr(a, "int64"));
  },
});
op("torch.randperm", {
  sig: `n, *, ${options}`,
  output: (a) => made([a.n], dtypeOr(a, "int64")),
});
op("torch.eye", {
  sig: `n, m: int? = None, *, ${options}`,
  output: (a) => made([a.n, a.m ?? a.n], dtypeOr(a, defaultDtype)),
});
op("torch.linspace", {
  sig: `start: operand, end: operand, steps, *, ${options}`,
  output: (a) => made([a.steps], dtypeOr(a, spacedDtype(a.start, a.end))),
});
op("torch.logspace", {
  sig: `start: operand, end: operand, steps, base: any = 10.0, *, ${options}`,
  output: (a) => made([a.steps], dtypeOr(a, spacedDtype(a.start, a.end))),
});

const spacedDtype = (start: Tensor | Scalar, end: Tensor | Scalar): DType | null =>
  [start, end].some((bound) => bound instanceof Scalar && bound.kind === "complex") ? "complex64" : defaultDtype;

op("torch.arange", {
  sig: `start: int|operand, end: int|operand|dtype? = None, step: int|operand = 1, *, ${options}`,
  output: (a) => {
    if (typeof a.end === "string") throw new Undecided("arange is given a dtype where its end is expected");
    const [start, end] = a.end === null ? [0, a.start] : [a.start, a.end];
    const bounds = [start, end, a.step] as const;
    const dtype = dtypeOr(a, bounds.every(isWhole) ? "int64" : arangeDtype(bounds));
    // Bounds of int64 are cut to whole numbers first; with a narrower dtype they are not.
    const [from, to, by] = dtype === "int64" ? bounds.map(cut) : bounds;
    return new Tensor([arangeSize(from ?? start, to ?? end, by ?? a.step)], dtype);
  },
});
op("torch.range", {
  sig: `start: int|operand, end: int|operand, step: int|operand = 1, *, ${options}`,
  output: (a) => {
    const [start, end, step] = [numberOf(a.start), numberOf(a.end), numberOf(a.step)];
    return new Tensor([Math.floor((end - start) / step + 1)], dtypeOr(a, defaultDtype));
  },
});

type Bound = Dim | Tensor | Scalar;

function isWhole(bound: Bound): boolean {
  return !(bound instanceof Tensor) && (!(bound instanceof Scalar) || bound.kind === "int" || bound.kind === "bool");
}

function cut(bound: Bound): Bound {
  return isDim(bound) ? bound : Math.trunc(numberOf(bound));
}

function arangeDtype(bounds: readonly Bound[]): DType | null {
  return bounds.some((bound) => bound instanceof Tensor) ? null : defaultDtype;
}

function arangeSize(start: Bound, end: Bound, step: Bound): Dim {
  if (isDim(start) && isDim(end) && isDim(step)) {
    const sign = gt(step, 0) === true ? 1 : lt(step, 0) === true ? -1 : undefined;
    if (eq(step, 0) === true) violate("bad-argument", "arange needs a step other than 0");
    if (sign === undefined) throw new Undecided("the sign of arange's step is not known");
    const distance = sign > 0 ? sub(end, start) : sub(start, end);
    require(ge(distance, 0), "bad-argument", () =>
      `arange from ${format(start)} to ${format(end)} goes against the sign of its step ${format(step)}`);
    return ceildiv(max(distance, 0), sign > 0 ? step : mul(-1, step));
  }
  const [from, to, by] = [numberOf(start), numberOf(end), numberOf(step)];
  if (by === 0) violate("bad-argument", "arange needs a step other than 0");
  const size = Math.ceil((to - from) / by);
  if (size < 0) violate("bad-argument", `arange from ${from} to ${to} goes against the sign of its step ${by}`);
  return size + 0;
}

const isDim = (bound: Bound): bound is Dim => !(bound instanceof Tensor) && !(bound instanceof Scalar);

function numberOf(bound: Bound): number {
  if (bound instanceof Tensor) throw new Undecided("a bound is an element of a tensor");
  const value = bound instanceof Scalar ? bound.value : bound;
  if (typeof value !== "number") throw new Undecided("a bound is not known");
  return value;
}

const likeSignature = `input: tensor, *, ${options}` as const;
op("torch.zeros_like torch.ones_like torch.empty_like torch.rand_like torch.randn_like", {
  sig: likeSignature,
  output: (a) => a.input.withDtype(dtypeOr(a, a.input.dtype)),
});
op("torch.full_like", {
  sig: `input: tensor, fill_value: any, *, ${options}`,
  output: (a) => a.input.withDtype(dtypeOr(a, a.input.dtype)),
});
op("torch.randint_like", {
  sig: `input: tensor, low: any? = None, high: any? = None, *, ${options}`,
  output: (a) => a.input.withDtype(dtypeOr(a, a.input.dtype)),
});
op("Tensor.new_zeros Tensor.new_ones Tensor.new_empty", {
  sig: `input: tensor, *size: ints, ${options}`,
  output: (a) => made(a.size, dtypeOr(a, a.input.dtype)),
});
op("Tensor.new_full", {
  sig: `input: tensor, size: ints, fill_value: any, *, ${options}`,
  output: (a) => made(a.size, dtypeOr(a, a.input.dtype)),
});
op("Tensor.new_empty_strided", {
  sig: `input: tensor, size: ints, stride: ints, *, ${options}`,
  output: (a) => made(a.size, dtypeOr(a, a.input.dtype)),
});
op("torch.scalar_tensor", {
  sig: `s: any, *, ${options}`,
  output: (a) => new Tensor([], dtypeOr(a, defaultDtype)),
});
op("torch.asarray torch.as_tensor", {
  sig: "data: operand, dtype: dtype? = None, device: any? = None, *, copy: any? = None, requires_grad: any? = None",
  output: (a) =>
    a.data instanceof Scalar ? new Tensor([], dtypeOr(a, dtypeOf(a.data))) : a.data.withDtype(dtypeOr(a, a.data.dtype)),
});

const fill = (more: string): OpRule<"input: tensor"> => ({
  sig: `input: tensor${more}` as "input: tensor",
  inplace: true,
  output: ({ input }) => input,
});
op("Tensor.zero_ torch.zero_", fill(""));
op("Tensor.fill_ torch.fill_", fill(", value: any"));
op("Tensor.normal_", fill(", mean: any = 0, std: any = 1, *, generator: any? = None"));
op("Tensor.uniform_", fill(", from: any = 0, to: any = 1, *, generator: any? = None"));
op("Tensor.log_normal_", fill(", mean: any = 1, std: any = 2, *, generator: any? = None"));
op("Tensor.cauchy_", fill(", median: any = 0, sigma: any = 1, *, generator: any? = None"));
op("Tensor.exponential_", fill(", lambd: any = 1, *, generator: any? = None"));
op("Tensor.geometric_", fill(", p: any, *, generator: any? = None"));
op("Tensor.bernoulli_", fill(", p: any = 0.5, *, generator: any? = None"));
op("Tensor.random_", fill(", from: any? = None, to: any? = None, *, generator: any? = None"));
op("Tensor.fill_diagonal_", fill(", fill_value: any, wrap = False"));
op("torch.fill", { sig: "input: tensor, value: any", output: ({ input }) => input });

op(both("bernoulli"), {
  sig: "input: tensor, p: any? = None, *, generator: any? = None",
  output: ({ input }) => input,
});
op("torch.poisson", { sig: "input: tensor, generator: any? = None", output: ({ input }) => input });
op("torch.normal", {
  sig: `mean: operand, std: operand = 1.0, size: ints? = None, *, ${options}`,
  output: (a) => {
    if (a.size !== null) return made(a.size, dtypeOr(a, defaultDtype));
    const moments = [a.mean, a.std].filter((m): m is Tensor => m instanceof Tensor);
    if (moments.length === 0) violate("bad-argument", "normal needs a tensor or a size");
    return new Tensor(broadcastOf("normal", ...moments), moments[0]?.dtype ?? null);
  },
});
op(both("multinomial"), {
  sig: "input: tensor, num_samples, replacement = False, *, generator: any? = None",
  output: (a) => {
    if (a.input.rank !== 1 && a.input.rank !== 2) {
      violate(
        "rank-mismatch",
        `multinomial needs 1 or 2 dimensions, but ${formatShape(a.input.shape)} has ${a.input.rank}`,
      );
    }
    if (a.input.dtype !== null && !isFloating(a.input.dtype)) {
      violate("bad-argument", `multinomial needs floating point weights, got ${a.input.dtype}`);
    }
    require(gt(a.num_samples, 0), "bad-argument", () => `multinomial cannot draw ${format(a.num_samples)} samples`);
    const categories = a.input.size(-1);
    if (!a.replacement) {
      require(ge(categories, a.num_samples), "bad-argument", () =>
        `multinomial cannot draw ${format(a.num_samples)} samples of ${format(categories)} without replacement`);
    }
    return new Tensor([...a.input.shape.slice(0, -1), a.num_samples], "int64");
  },
});

op("torch.hann_window torch.hamming_window torch.blackman_window torch.bartlett_window torch.kaiser_window", {
  sig: `window_length, periodic: any = True, alpha: any? = None, beta: any? = None, *, ${options}`,
  output: (a) => {
    const dtype = dtypeOr(a, defaultDtype);
    if (dtype !== null && !isFloating(dtype))
      violate("bad-argument", `a window needs a floating point dtype, got ${dtype}`);
    return made([a.window_length], dtype);
  },
});

const triangle: OpRule<"input: tensor, diagonal = 0"> = {
  sig: "input: tensor, diagonal = 0",
  output: ({ input }) => {
    if (input.rank < 2)
      violate(
        "rank-mismatch",
        `tril and triu need at least 2 dimensions, but ${formatShape(input.shape)} has ${input.rank}`,
      );
    return input;
  },
};
op(both("tril", "triu"), triangle);
op("Tensor.tril_ Tensor.triu_", { ...triangle, inplace: true });

op("torch.tril_indices", {
  sig: `row, col, offset = 0, *, ${options}`,
  output: (a) => new Tensor([2, triangleSize(a.row, a.col, concrete(a.offset, "offset"))], dtypeOr(a, "int64")),
});
op("torch.triu_indices", {
  sig: `row, col, offset = 0, *, ${options}`,
  output: (a) => {
    const below = triangleSize(a.row, a.col, concrete(a.offset, "offset") - 1);
    return new Tensor([2, sub(mul(a.row, a.col), below)], dtypeOr(a, "int64"));
  },
});

/** The number of elements on and below a diagonal. */
function triangleSize(rows: Dim, columns: Dim, offset: number): Dim {
  if (typeof rows === "number" && typeof columns === "number") {
    let count = 0;
    for (let row = 0; row < Math.min(rows, 1e6); row++) count += Math.min(Math.max(row + offset + 1, 0), columns);
    return count;
  }
  if (eq(rows, columns) === true && (offset === 0 || offset === -1)) {
    return floordiv(mul(rows, add(rows, offset === 0 ? 1 : -1)), 2);
  }
  throw new Undecided("how many elements are in the triangle is not known");
}

op("torch.vander", {
  sig: "x: tensor, N: int? = None, increasing = False",
  output: (a) => {
    requireRank("vander", a.x, [1], "x");
    if (a.N !== null) requireNonNegative(a.N, "N");
    return new Tensor([...a.x.shape, a.N ?? a.x.size(-1)], toAccumulated(a.x.dtype));
  },
});
op("torch.combinations", {
  sig: "input: tensor, r = 2, with_replacement = False",
  output: (a) => {
    const r = concrete(a.r, "r");
    const n = a.with_replacement ? add(a.input.size(0), r - 1) : a.input.size(0);
    let count: Dim = 1;
    for (let i = 0; i < r; i++) count = mul(count, max(sub(n, i), 0));
    let orders = 1;
    for (let i = 2; i <= r; i++) orders *= i;
    const size = divExact(count, orders) ?? floordiv(count, orders);
    return new Tensor(r === 0 ? [0] : [size, r], a.input.dtype);
  },
});
