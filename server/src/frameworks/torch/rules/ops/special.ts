/** Functions of `torch.special` and the like that keep sizes and compute in floating point; some have two operands. */
import { type Scalar, Tensor, violate } from "../../../rules/index.ts";
import { isComplex, resultType, toFloat } from "../dtypes.ts";
import { broadcastOf, op } from "./support.ts";

const special = (names: string): string =>
  names
    .split(" ")
    .map((name) => `torch.special.${name}`)
    .join(" ");

op(
  special(
    "airy_ai bessel_y0 bessel_y1 modified_bessel_i0 modified_bessel_i1 modified_bessel_k0 modified_bessel_k1 " +
      "scaled_modified_bessel_k0 scaled_modified_bessel_k1 spherical_bessel_j0",
  ),
  { sig: "input: tensor", output: ({ input }) => input.withDtype(realFloat("a Bessel function", input)) },
);
op("torch.special.logit", {
  sig: "input: tensor, eps: float? = None",
  output: ({ input }) => input.withDtype(toFloat(input.dtype)),
});
op("torch.special.multigammaln", {
  sig: "input: tensor, p",
  output: ({ input }) => input.withDtype(toFloat(input.dtype)),
});
op("torch.special.round", { sig: "input: tensor, *, decimals = 0", output: ({ input }) => input });

const polynomials =
  "chebyshev_polynomial_t chebyshev_polynomial_u chebyshev_polynomial_v chebyshev_polynomial_w " +
  "hermite_polynomial_h hermite_polynomial_he laguerre_polynomial_l legendre_polynomial_p " +
  "shifted_chebyshev_polynomial_t shifted_chebyshev_polynomial_u shifted_chebyshev_polynomial_v " +
  "shifted_chebyshev_polynomial_w";
op(special(polynomials), {
  sig: "input: operand, n: operand",
  output: ({ input, n }) => combined("a polynomial", input, n),
});
op(special("gammainc gammaincc"), {
  sig: "input: tensor, other: tensor",
  output: ({ input, other }) => new Tensor(broadcastOf("gammainc", input, other), resultType([input, other])),
});

function combined(callee: string, left: Tensor | Scalar, right: Tensor | Scalar): Tensor {
  return new Tensor(broadcastOf(callee, left, right), toFloat(resultType([left, right])));
}

function realFloat(callee: string, input: Tensor): Tensor["dtype"] {
  if (input.dtype !== null && isComplex(input.dtype)) violate("bad-argument", `${callee} takes no ${input.dtype}`);
  return toFloat(input.dtype);
}
