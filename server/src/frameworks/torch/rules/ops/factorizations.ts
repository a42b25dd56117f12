/**
 * Factorizations of matrices and what is solved with them: `torch.linalg` and the older functions of `torch`. Matrices are
 * the last two dimensions, all before them a batch.
 */
import {
  add,
  type Dim,
  equalShapes,
  format,
  formatShape,
  gt,
  max,
  min,
  mul,
  product,
  type Shape,
} from "../../../../algebra/index.ts";
import { named, type Out, requireEqual, Tensor, Undecided, violate } from "../../../rules/index.ts";
import { toAccumulated, toComplex, toReal } from "../dtypes.ts";
import { requireAtLeast, requireRankAtLeast } from "../geometry/checks.ts";
import { matrixOf, square } from "./linalg.ts";
import { both, broadcastTo, concrete, op } from "./support.ts";

const linalg = (name: string, fields: Readonly<Record<string, Out>>): Out =>
  named(`torch.return_types.linalg_${name}`, fields);

/** One number for each matrix of the batch: whether the factorization went well. */
const infoOf = (A: Tensor): Tensor => new Tensor(A.shape.slice(0, -2), "int32");
const emptied = (A: Tensor): Tensor => A.withShape([0]);

// ── factorizations ───────────────────────────────────────────────────────────────────────────────────────────────────

op("torch.linalg.cholesky_ex", {
  sig: "input: tensor, *, upper = False, check_errors = False",
  output: ({ input }) => linalg("cholesky_ex", { L: square("cholesky_ex", input), info: infoOf(input) }),
});
op("torch.linalg.inv_ex", {
  sig: "A: tensor, *, check_errors = False",
  output: ({ A }) => linalg("inv_ex", { inverse: square("inv_ex", A), info: infoOf(A) }),
});
op("torch.linalg.eig", {
  sig: "input: tensor",
  output: ({ input }) => {
    const vectors = square("eig", input).withDtype(toComplex(input.dtype));
    return linalg("eig", { eigenvalues: vectors.withShape(input.shape.slice(0, -1)), eigenvectors: vectors });
  },
});
op("torch.linalg.lu", {
  sig: "A: tensor, *, pivot = True",
  output: ({ A, pivot }) => {
    const { batch, rows, columns, least } = matrixOf("lu", A);
    return linalg("lu", {
      P: pivot ? A.withShape([...batch, rows, rows]) : emptied(A),
      L: A.withShape([...batch, rows, least]),
      U: A.withShape([...batch, least, columns]),
    });
  },
});
const pivotsOf = (A: Tensor): Tensor => {
  const { batch, least } = matrixOf("lu_factor", A);
  return new Tensor([...batch, least], "int32");
};
op("torch.linalg.lu_factor", {
  sig: "A: tensor, *, pivot = True",
  output: ({ A }) => linalg("lu_factor", { LU: A, pivots: pivotsOf(A) }),
});
op("torch.linalg.lu_factor_ex", {
  sig: "A: tensor, *, pivot = True, check_errors = False",
  output: ({ A }) => linalg("lu_factor_ex", { LU: A, pivots: pivotsOf(A), info: infoOf(A) }),
});
op("Tensor.lu", {
  sig: "A: tensor, pivot = True, get_infos = False",
  output: ({ A, get_infos }) => (get_infos ? [A, pivotsOf(A), infoOf(A)] : [A, pivotsOf(A)]),
});
op("torch.lu", {
  sig: "A: tensor, pivot = True, get_infos = False",
  output: ({ A, get_infos }) =>
    get_infos ? linalg("lu_factor_ex", { LU: A, pivots: pivotsOf(A), info: infoOf(A) }) : [A, pivotsOf(A)],
});
op("torch.lu_unpack", {
  sig: "LU_data: tensor, LU_pivots: tensor, unpack_data = True, unpack_pivots = True",
  output: ({ LU_data: A, unpack_data, unpack_pivots }) => {
    const { batch, rows, columns, least } = matrixOf("lu_unpack", A, false);
    return named("torch.return_types.lu_unpack", {
      P: unpack_pivots ? A.withShape([...batch, rows, rows]) : emptied(A),
      L: unpack_data ? A.withShape([...batch, rows, least]) : emptied(A),
      U: unpack_data ? A.withShape([...batch, least, columns]) : emptied(A),
    });
  },
});
op("torch.linalg.ldl_factor", {
  sig: "input: tensor, *, hermitian = False",
  output: ({ input }) => linalg("ldl_factor", { LD: square("ldl_factor", input), pivots: pivotsOf(input) }),
});
op("torch.linalg.ldl_factor_ex", {
  sig: "input: tensor, *, hermitian = False, check_errors = False",
  output: ({ input }) =>
    linalg("ldl_factor_ex", { LD: square("ldl_factor_ex", input), pivots: pivotsOf(input), info: infoOf(input) }),
});
op(both("qr"), {
  sig: "input: tensor, some = True",
  output: ({ input, some }) => {
    const { batch, rows, columns, least } = matrixOf("qr", input);
    const inner = some ? least : rows;
    return named("torch.return_types.qr", {
      Q: input.withShape([...batch, rows, inner]),
      R: input.withShape([...batch, inner, columns]),
    });
  },
});
op(both("geqrf"), {
  sig: "input: tensor",
  output: ({ input }) => {
    const { batch, least } = matrixOf("geqrf", input);
    return named("torch.return_types.geqrf", { a: input, tau: input.withShape([...batch, least]) });
  },
});
op(`${both("slogdet")} torch.linalg.slogdet`, {
  sig: "A: tensor",
  output: ({ A }) => {
    const sign = square("slogdet", A).withShape(A.shape.slice(0, -2));
    return named("torch.return_types.slogdet", { sign, logabsdet: sign.withDtype(toReal(A.dtype)) });
  },
});
op("torch.linalg.cond", {
  sig: "input: tensor, p: any? = None",
  output: ({ input }) => {
    const { batch } = matrixOf("cond", input);
    return new Tensor(batch, toReal(input.dtype));
  },
});
op("torch.linalg.matrix_rank", {
  sig: "input: tensor, tol: any? = None, hermitian: any = False, *, atol: any? = None, rtol: any? = None",
  output: ({ input }) => new Tensor(matrixOf("matrix_rank", input).batch, "int64"),
});
op(both("orgqr"), { sig: "input: tensor, input2: tensor", output: (a) => orthogonal(a.input, a.input2) });
op("torch.linalg.householder_product", {
  sig: "input: tensor, tau: tensor",
  output: (a) => orthogonal(a.input, a.tau),
});

function orthogonal(input: Tensor, tau: Tensor): Tensor {
  const { batch, rows, columns } = matrixOf("householder_product", input);
  const tall = typeof rows !== "number" || typeof columns !== "number" || rows >= columns;
  if (!tall) {
    violate(
      "bad-argument",
      `householder_product needs at least as many rows as columns, got ${formatShape(input.shape)}`,
    );
  }
  requireBatch("householder_product", batch, tau.shape.slice(0, -1));
  return input;
}
op(both("ormqr"), {
  sig: "input: tensor, input2: tensor, input3: tensor, left = True, transpose = False",
  output: ({ input, input3: other, left }) => {
    const { rows } = matrixOf("ormqr", input);
    requireRankAtLeast("ormqr", other, 2, "other");
    requireInner("ormqr", rows, other.size(left ? -2 : -1), input, other);
    return other;
  },
});

// ── solving ──────────────────────────────────────────────────────────────────────────────────────────────────────────

op("torch.linalg.solve", {
  sig: "A: tensor, B: tensor, *, left = True",
  output: ({ A, B, left }) => solution("solve", A, B, left),
});
op("torch.linalg.solve_ex", {
  sig: "A: tensor, B: tensor, *, left = True, check_errors = False",
  output: ({ A, B, left }) => {
    const result = solution("solve_ex", A, B, left);
    return linalg("solve_ex", { result, info: infoOf(A) });
  },
});
op("torch.linalg.solve_triangular", {
  sig: "input: tensor, B: tensor, *, upper: bool, left = True, unitriangular = False",
  output: ({ input, B, left }) => solutionOfMatrices("solve_triangular", input, B, left).withDtype(input.dtype),
});
op("torch.linalg.lu_solve", {
  sig: "LU: tensor, pivots: tensor, B: tensor, *, left = True, adjoint = False",
  output: ({ LU, B, left }) => solutionOfMatrices("lu_solve", LU, B, left),
});
op(both("lu_solve"), {
  sig: "input: tensor, LU_data: tensor, LU_pivots: tensor",
  output: ({ input, LU_data }) => solutionOfMatrices("lu_solve", LU_data, input, true),
});
op("torch.linalg.ldl_solve", {
  sig: "LD: tensor, pivots: tensor, B: tensor, *, hermitian = False",
  output: ({ LD, B }) => solutionOfMatrices("ldl_solve", LD, B, true),
});
op(both("cholesky_inverse"), {
  sig: "input: tensor, upper = False",
  output: ({ input }) => square("cholesky_inverse", input),
});
op(both("cholesky_solve"), {
  sig: "input: tensor, input2: tensor, upper = False",
  output: ({ input, input2 }) => solutionOfMatrices("cholesky_solve", input2, input, true),
});
op(both("triangular_solve"), {
  sig: "input: tensor, A: tensor, upper = True, transpose = False, unitriangular = False",
  output: ({ input, A }) => {
    const result = solutionOfMatrices("triangular_solve", A, input, true);
    const batch = result.shape.slice(0, -2);
    return named("torch.return_types.triangular_solve", {
      solution: result,
      cloned_coefficient: A.withShape([...batch, ...A.shape.slice(-2)]),
    });
  },
});
op("torch.linalg.lstsq", {
  sig: "A: tensor, b: tensor, rcond: any? = None, *, driver: str? = None",
  output: ({ A, b: B, driver }) => {
    const { batch, rows, columns, least } = matrixOf("lstsq", A);
    const vector = isVector(A, B);
    const right = vector ? B.withShape([...B.shape, 1]) : B;
    if (!vector && B.rank < A.rank) throw new Undecided("how lstsq stretches matrices of lower rank is not followed");
    requireRankAtLeast("lstsq", right, 2, "B");
    requireInner("lstsq", rows, right.size(-2), A, B);
    const all = broadcastTo("lstsq, batch sizes", batch, right.shape.slice(0, -2));
    const values = driver === "gelsd" || driver === "gelss";
    const tall = typeof rows !== "number" || typeof columns !== "number" || rows > columns;
    return linalg("lstsq", {
      solution: A.withShape([...all, columns, ...(vector ? [] : [right.size(-1)])]),
      residuals: tall
        ? new Tensor(null, toReal(A.dtype), "residuals depend on the rank, which depends on the data")
        : emptied(A).withDtype(toReal(A.dtype)),
      rank: new Tensor(driver === "gels" ? [0] : batch, "int64"),
      singular_values: new Tensor(values ? [...batch, least] : [0], toReal(A.dtype)),
    });
  },
});

/** `B` holds vectors where it has one dimension, or the sizes of `A` without its last. */
function isVector(A: Tensor, B: Tensor): boolean {
  if (B.rank === 1) return true;
  if (B.rank !== A.rank - 1) return false;
  const same = equalShapes(B.shape, A.shape.slice(0, -1));
  if (same === undefined) throw new Undecided("whether B holds vectors or matrices is not known");
  return same;
}

function solution(callee: string, A: Tensor, B: Tensor, left: boolean): Tensor {
  square(callee, A);
  if (!isVector(A, B)) return solutionOfMatrices(callee, A, B, left);
  if (!left) violate("bad-argument", `${callee} of a vector ${formatShape(B.shape)} needs left=True`);
  const result = solutionOfMatrices(callee, A, B.withShape([...B.shape, 1]), true);
  return result.withShape(result.shape.slice(0, -1));
}

function solutionOfMatrices(callee: string, A: Tensor, B: Tensor, left: boolean): Tensor {
  square(callee, A);
  requireRankAtLeast(callee, B, 2, "B");
  requireInner(callee, A.size(-1), B.size(left ? -2 : -1), A, B);
  const batch = broadcastTo(`${callee}, batch sizes`, A.shape.slice(0, -2), B.shape.slice(0, -2));
  return B.withShape([...batch, ...B.shape.slice(-2)]);
}

function requireInner(callee: string, wanted: Dim, given: Dim, A: Tensor, B: Tensor): void {
  requireEqual(
    wanted,
    given,
    "matmul-mismatch",
    () =>
      `${callee} of ${formatShape(A.shape)} and ${formatShape(B.shape)}: ${format(wanted)} must equal ${format(given)}`,
  );
}

function requireBatch(callee: string, left: Shape, right: Shape): void {
  if (equalShapes(left, right) === false) {
    violate(
      "broadcast-mismatch",
      `${callee} needs equal batch sizes, got ${formatShape(left)} and ${formatShape(right)}`,
    );
  }
}

// ── tensors as matrices, and low rank ────────────────────────────────────────────────────────────────────────────────

op("torch.linalg.tensorinv", {
  sig: "A: tensor, ind = 2",
  output: ({ A, ind }) => {
    const at = concrete(ind, "ind");
    if (at <= 0) violate("bad-argument", `tensorinv needs ind to be at least 1, got ${at}`);
    const [rows, columns] = [A.shape.slice(0, at), A.shape.slice(at)];
    requireEqual(
      product(rows),
      product(columns),
      "bad-argument",
      () =>
        `tensorinv of ${formatShape(A.shape)}: ${formatShape(rows)} and ${formatShape(columns)} must have as many elements`,
    );
    return A.withShape([...columns, ...rows]);
  },
});
op("torch.linalg.tensorsolve", {
  sig: "A: tensor, other: tensor, dims: ints? = None",
  output: ({ A, other: B, dims }) => {
    const moved = (dims ?? []).map((dim) => concrete(dim, "dims")).map((dim) => (dim < 0 ? dim + A.rank : dim));
    const shape = [...A.shape.filter((_, i) => !moved.includes(i)), ...moved.map((i) => A.size(i))];
    const result = shape.slice(B.rank);
    requireEqual(
      product(result),
      product(B.shape),
      "bad-argument",
      () =>
        `tensorsolve of ${formatShape(A.shape)} and ${formatShape(B.shape)}: ${formatShape(result)} must have as many elements as B`,
    );
    return A.withShape(result);
  },
});
op("torch.linalg.vander", {
  sig: "x: tensor, *, N: int? = None",
  output: ({ x, N }) => {
    if (N === null) requireRankAtLeast("vander", x, 1, "x");
    else requireAtLeast("vander", "N", N, 2);
    const shape = x.rank === 0 ? [1] : x.shape;
    if (x.dtype === "bool" || x.dtype === "float16" || x.dtype === "bfloat16")
      violate("bad-argument", `vander needs numbers of at least 32 bits, or integers, got ${x.dtype}`);
    return new Tensor([...shape, N ?? x.size(-1)], toAccumulated(x.dtype));
  },
});

/** A product of thin matrices near `A`: random columns are multiplied with it back and forth `niter` times. */
function lowRank(callee: string, A: Tensor, q: Dim): Out {
  const { batch, rows, columns, least } = matrixOf(callee, A);
  if (callee === "pca_lowrank" && typeof q === "number" && typeof least === "number" && (q < 0 || q > least)) {
    violate(
      "bad-argument",
      `${callee}: q=${q} must lie between 0 and the smaller size ${least} of ${formatShape(A.shape)}`,
    );
  }
  const rank = min(q, least);
  return [
    A.withShape([...batch, rows, rank]),
    A.withShape([...batch, rank]).withDtype(toReal(A.dtype)),
    A.withShape([...batch, columns, rank]),
  ];
}
op("torch.svd_lowrank", {
  sig: "A: tensor, q = 6, niter = 2, M: tensor? = None",
  output: ({ A, q }) => lowRank("svd_lowrank", A, q),
  macs: ({ A, q, niter }) => lowRankMacs(A, q, niter),
});
op("torch.pca_lowrank", {
  sig: "A: tensor, q: int? = None, center = True, niter = 2",
  output: ({ A, q }) => lowRank("pca_lowrank", A, q ?? min(6, matrixOf("pca_lowrank", A).least)),
  macs: ({ A, q, niter }) => lowRankMacs(A, q ?? min(6, matrixOf("pca_lowrank", A).least), niter),
});

/** Back and forth `niter` times and once more; the larger side gets its columns back last. */
function lowRankMacs(A: Tensor, q: Dim, niter: Dim): Dim {
  const { batch, rows, columns, least } = matrixOf("svd_lowrank", A);
  if (gt(q, least) !== false) throw new Undecided("whether the matrix has so many columns is not known");
  const passes = mul(add(mul(2, niter), 2), product([...batch, rows, columns, q]));
  return add(passes, product([...batch, max(rows, columns), q, q]));
}
