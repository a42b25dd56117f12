/** Linear algebra of single matrices and batches of them: determinants, inverses, powers, decompositions. */
import { type Dim, eq, formatShape, min, mul, numel, type Shape } from "../../../../algebra/index.ts";
import { named, type Out, requireEqual, Tensor, violate } from "../../../rules/index.ts";
import { isIntegral, toAccumulated, toComplex, toReal } from "../dtypes.ts";
import { isEmpty, requireRank, requireRankAtLeast } from "../geometry/checks.ts";
import { both, concrete, op } from "./support.ts";

op(both("trace"), {
  sig: "input: tensor",
  output: ({ input }) => {
    requireRank("trace", input, [2]);
    return new Tensor([], input.dtype === null ? null : toAccumulated(input.dtype));
  },
});
op(`${both("matrix_power")} torch.linalg.matrix_power`, {
  sig: "input: tensor, n",
  output: ({ input }) => square("matrix_power", input, false),
  macs: ({ input, n }) => mul(matrixProducts(concrete(n, "n")), mul(numel(input.shape), input.size(-1))),
});
op(`${both("matrix_exp")} torch.linalg.matrix_exp`, {
  sig: "input: tensor",
  output: ({ input }) => square("matrix_exp", input),
});
op(`${both("det", "logdet")} torch.linalg.det`, {
  sig: "input: tensor",
  output: ({ input }) => square("det", input).withShape(input.shape.slice(0, -2)),
});
op(both("inverse"), { sig: "input: tensor", output: ({ input }) => square("inverse", input) });
op("torch.linalg.inv", { sig: "A: tensor", output: ({ A }) => square("inv", A) });
op(both("cholesky"), {
  sig: "input: tensor, upper = False",
  output: ({ input }) => (eq(numel(input.shape), 0) === true ? input : square("cholesky", input)),
});
op("torch.linalg.cholesky", {
  sig: "input: tensor, *, upper = False",
  output: ({ input }) => square("cholesky", input),
});
op(both("pinverse"), {
  sig: "input: tensor, rcond: any = 1e-15",
  output: ({ input }) => pseudoInverse(input),
});
op("torch.linalg.eigvalsh", {
  sig: 'A: tensor, UPLO = "L"',
  output: ({ A }) => square("eigvalsh", A).withShape(A.shape.slice(0, -1)).withDtype(toReal(A.dtype)),
});
op("torch.linalg.eigh", {
  sig: 'A: tensor, UPLO = "L"',
  output: ({ A }): Out => ({
    named: "torch.return_types.linalg_eigh",
    fields: {
      eigenvalues: square("eigh", A).withShape(A.shape.slice(0, -1)).withDtype(toReal(A.dtype)),
      eigenvectors: A,
    },
  }),
});
/** How many products squaring and multiplying takes. */
function matrixProducts(n: number): number {
  const bits = Math.abs(n).toString(2).replace(/^0+/, "");
  return Math.max(bits.length - 1, 0) + Math.max(bits.replaceAll("0", "").length - 1, 0);
}

export function square(callee: string, input: Tensor, solved = true): Tensor {
  if (input.rank < 2)
    violate(
      "rank-mismatch",
      `${callee} needs at least 2 dimensions, but ${formatShape(input.shape)} has ${input.rank}`,
    );
  if (solved) requireInexact(callee, input);
  requireEqual(
    input.size(-1),
    input.size(-2),
    "bad-argument",
    () => `${callee} needs square matrices, got ${formatShape(input.shape)}`,
  );
  return input;
}

op("torch.linalg.eigvals", {
  sig: "A: tensor",
  output: ({ A }) => square("eigvals", A).withShape(A.shape.slice(0, -1)).withDtype(toComplex(A.dtype)),
});
op("torch.linalg.pinv", {
  sig: "A: tensor, rcond: any? = None, hermitian: any = False, *, atol: any? = None, rtol: any? = None",
  output: ({ A }) => pseudoInverse(A),
});
op("torch.linalg.svd", {
  sig: "A: tensor, full_matrices = True, *, driver: any? = None",
  output: ({ A, full_matrices: full }) => {
    const { batch, rows, columns, least } = matrixOf("svd", A);
    return named("torch.return_types.linalg_svd", {
      U: A.withShape([...batch, rows, full ? rows : least]),
      S: A.withShape([...batch, least]).withDtype(toReal(A.dtype)),
      Vh: A.withShape([...batch, full ? columns : least, columns]),
    });
  },
});
op("torch.linalg.svdvals", {
  sig: "A: tensor, *, driver: any? = None",
  output: ({ A }) => {
    const { batch, least } = matrixOf("svdvals", A);
    return A.withShape([...batch, least]).withDtype(toReal(A.dtype));
  },
});
op(both("svd"), {
  sig: "input: tensor, some = True, compute_uv = True",
  output: ({ input, some, compute_uv }) => {
    const { batch, rows, columns, least } = matrixOf("svd", input);
    // Without U and V they are zeros of the full sizes.
    const reduced = some && compute_uv;
    return named("torch.return_types.svd", {
      U: input.withShape([...batch, rows, reduced ? least : rows]),
      S: input.withShape([...batch, least]).withDtype(toReal(input.dtype)),
      V: input.withShape([...batch, columns, reduced ? least : columns]),
    });
  },
});
op("torch.linalg.qr", {
  sig: 'A: tensor, mode = "reduced"',
  output: ({ A, mode }) => {
    const { batch, rows, columns, least } = matrixOf("qr", A);
    if (!["reduced", "complete", "r"].includes(mode)) {
      violate("bad-argument", `qr takes mode "reduced", "complete" or "r", got "${mode}"`);
    }
    const inner = mode === "complete" ? rows : least;
    return named("torch.return_types.linalg_qr", {
      Q: A.withShape(mode === "r" ? [0] : [...batch, rows, inner]),
      R: A.withShape([...batch, inner, columns]),
    });
  },
});

function pseudoInverse(A: Tensor): Tensor {
  const { batch, rows, columns } = matrixOf("pinv", A);
  return A.withShape([...batch, columns, rows]);
}

export function matrixOf(
  callee: string,
  A: Tensor,
  solved = true,
): { batch: Shape; rows: Dim; columns: Dim; least: Dim } {
  requireRankAtLeast(callee, A, 2);
  if (solved) requireInexact(callee, A);
  const [rows, columns] = [A.size(-2), A.size(-1)];
  return { batch: A.shape.slice(0, -2), rows, columns, least: min(rows, columns) };
}

/** Matrices of integers are not solved: half precision is not either, but some builds of PyTorch have it. */
function requireInexact(callee: string, A: Tensor): void {
  if (A.dtype !== null && isIntegral(A.dtype) && !isEmpty(A)) {
    violate("bad-argument", `${callee} needs a floating point or complex tensor, got ${A.dtype}`);
  }
}
