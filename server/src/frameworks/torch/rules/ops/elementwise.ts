/**
 * Elementwise ops of `torch` and `Tensor`: unary functions, arithmetic and comparison with broadcasting and type
 * promotion, the operators of Python, and ops of three operands. Activations are in `activations.ts`.
 */
import { type Dim, format, ge } from "../../../../algebra/index.ts";
import { type DType, type OpRule, type Out, require, Scalar, Tensor, violate } from "../../../rules/index.ts";
import {
  type Category,
  categoryOf,
  isComplex,
  isFloating,
  isIntegral,
  resultType,
  toComplex,
  toFloat,
  toReal,
} from "../dtypes.ts";
import { both, broadcastOf, op, opAndInplace, opInplace } from "./support.ts";

type Result = (dtype: DType | null, callee: string) => DType | null;

const same: Result = (dtype) => dtype;
const bool: Result = () => "bool";

/** The same kind of result where the dtype is not of a category that PyTorch refuses. */
const refusing =
  (category: Category, result: Result): Result =>
  (dtype, callee) => {
    if (dtype !== null && categoryOf(dtype) === category) {
      violate("bad-argument", `${callee} is not defined for ${dtype}`);
    }
    return result(dtype, callee);
  };

/** Unary functions that exist as `torch.X`, `Tensor.X` and `Tensor.X_`. */
function unary(result: Result, names: string): void {
  for (const name of names.split(" ")) {
    const rule = unaryRule(name, result);
    opAndInplace([name], rule);
    if (writableFunctions.has(name)) opInplace(`torch.${name}_`, rule);
  }
}

/** Unary functions without an in-place form. */
function pureUnary(result: Result, names: string): void {
  for (const name of names.split(" ")) op(both(name), unaryRule(name, result));
}

const unaryRule = (name: string, result: Result): OpRule<"input: tensor"> => ({
  sig: "input: tensor",
  output: ({ input }) => input.withDtype(result(input.dtype, name)),
});

/** `torch.X_` that PyTorch offers as functions. */
const writableFunctions = new Set(
  (
    "abs acos acosh arccos arccosh arcsin arcsinh arctan arctanh asin asinh atan atanh ceil " +
    "conj_physical cos cosh deg2rad erf erfc exp exp2 expm1 fix floor frac i0 log log10 log1p log2 neg negative rad2deg reciprocal round rsqrt sigmoid " +
    "sin sinc sinh sqrt square tan tanh trunc"
  ).split(" "),
);

unary(same, "frac sgn conj_physical");
unary(refusing("complex", same), "sign trunc fix ceil floor");
unary(refusing("bool", same), "positive neg negative");
unary((dtype) => (dtype === "bool" ? "int64" : dtype), "square");
unary(toReal, "abs absolute");
unary(
  toFloat,
  "acos arccos acosh arccosh asin arcsin asinh arcsinh atan arctan atanh arctanh cos cosh digamma erf erfc " +
    "erfinv exp exp2 expm1 i0 lgamma log log10 log1p log2 reciprocal rsqrt sigmoid sin sinc sinh sqrt tan tanh",
);
unary(refusing("complex", toFloat), "deg2rad rad2deg");
unary(bool, "logical_not");
unary(same, "bitwise_not");
pureUnary(same, "conj resolve_conj resolve_neg");
pureUnary(bool, "isfinite isinf isnan isreal signbit");
pureUnary(refusing("complex", bool), "isneginf isposinf");
pureUnary((dtype) => toReal(toFloat(dtype)), "angle");

op(both("real"), { sig: "input: tensor", output: ({ input }) => input.withDtype(toReal(input.dtype)) });
op(both("imag"), {
  sig: "input: tensor",
  output: ({ input }) => {
    if (input.dtype !== null && !isComplex(input.dtype)) {
      violate("bad-argument", `torch.imag needs a complex tensor, got ${input.dtype}`);
    }
    return input.withDtype(toReal(input.dtype));
  },
});
opAndInplace(["round"], { sig: "input: tensor, *, decimals = 0", output: ({ input }) => input });
opInplace("torch.round_", { sig: "input: tensor, *, decimals = 0", output: ({ input }) => input });
const nanToNum: OpRule<"input: tensor, nan: any? = None, posinf: any? = None, neginf: any? = None"> = {
  sig: "input: tensor, nan: any? = None, posinf: any? = None, neginf: any? = None",
  output: ({ input }) => input,
};
opAndInplace(["nan_to_num"], nanToNum);
opInplace("torch.nan_to_num_", nanToNum);
const logit: OpRule<"input: tensor, eps: float? = None"> = {
  sig: "input: tensor, eps: float? = None",
  output: ({ input }) => input.withDtype(toFloat(input.dtype)),
};
opAndInplace(["logit"], logit);
opInplace("torch.logit_", logit);
opAndInplace(["mvlgamma"], {
  sig: "input: tensor, p",
  output: ({ input, p }) => {
    require(ge(p, 1), "bad-argument", () => `mvlgamma needs p to be at least 1, got ${format(p)}`);
    return input.withDtype(toFloat(input.dtype));
  },
});
const polygamma = (input: Tensor, n: Dim): Tensor => {
  require(ge(n, 0), "bad-argument", () => `polygamma has no order ${format(n)}, which is negative`);
  return input.withDtype(toFloat(input.dtype));
};
op("Tensor.polygamma", { sig: "input: tensor, n", output: ({ input, n }) => polygamma(input, n) });
op("torch.polygamma torch.special.polygamma", {
  sig: "n, input: tensor",
  output: ({ input, n }) => polygamma(input, n),
});
opInplace("Tensor.polygamma_", { sig: "input: tensor, n", output: ({ input, n }) => polygamma(input, n) });
op(both("frexp"), {
  sig: "input: tensor",
  output: ({ input }) => {
    if (input.dtype !== null && !isFloating(input.dtype)) {
      violate("bad-argument", `frexp needs a floating point tensor, got ${input.dtype}`);
    }
    const exponent = input.withDtype("int32");
    return { named: "torch.return_types.frexp", fields: { mantissa: input, exponent } };
  },
});
op(
  "torch.special.expit torch.special.exp2 torch.special.expm1 torch.special.erf torch.special.erfc torch.special.erfinv " +
    "torch.special.erfcx torch.special.log1p torch.special.digamma torch.special.psi torch.special.gammaln " +
    "torch.special.i0 torch.special.i0e torch.special.i1 torch.special.i1e torch.special.sinc torch.special.entr " +
    "torch.special.ndtr torch.special.ndtri torch.special.log_ndtr torch.special.bessel_j0 torch.special.bessel_j1",
  { sig: "input: tensor", output: ({ input }) => input.withDtype(toFloat(input.dtype)) },
);

/** Functions of two operands that broadcast. `numberFirst`: the first may be a Python number. */
interface Binary {
  readonly result?: Result;
  readonly inplace?: boolean;
  readonly numberFirst?: boolean;
  /** The second must be a tensor. */
  readonly tensorSecond?: boolean;
  readonly refuse?: (callee: string, dtype: DType) => void;
  /** Neither may be a bool. */
  readonly refuseBools?: boolean;
  /** What the second is called, `other` where absent. */
  readonly second?: string;
  /** More parameters. */
  readonly more?: string;
}

function binary(names: string, options: Binary = {}): void {
  for (const name of names.split(" ")) {
    const second = options.second ?? "other";
    const sig = `input: ${options.numberFirst ? "operand" : "tensor"}, ${second}: ${options.tensorSecond ? "tensor" : "operand"}${options.more ?? ""}`;
    const rule = {
      sig: sig as "input: operand, other: operand",
      output: (a: { readonly input: Tensor | Scalar; readonly alpha?: Tensor | Scalar }) =>
        scaled(
          a.alpha,
          arithmetic(
            name,
            a.input,
            (a as Readonly<Record<string, Tensor | Scalar>>)[second] as Tensor | Scalar,
            options,
          ),
        ),
    };
    op(both(name), rule);
    if (options.inplace === false) continue;
    opInplace(`Tensor.${name}_`, rule);
  }
}

/** Integers are scaled by integers alone. */
function scaled(alpha: Tensor | Scalar | undefined, result: Tensor): Tensor {
  const whole = result.dtype !== null && isIntegral(result.dtype);
  if (whole && alpha instanceof Scalar && (alpha.kind === "float" || alpha.kind === "complex")) {
    violate("bad-argument", `alpha must be an integer where the result is ${result.dtype}, got a ${alpha.kind}`);
  }
  return result;
}

function arithmetic(name: string, input: Tensor | Scalar, other: Tensor | Scalar, options: Binary): Tensor {
  if (options.refuseBools && (isBool(input) || isBool(other))) {
    violate("bad-argument", `${name} is not defined for bools; a mask is inverted with ~`);
  }
  const promoted = resultType([input, other]);
  if (promoted !== null) options.refuse?.(name, promoted);
  const dtype = options.result ? options.result(promoted, name) : promoted;
  return new Tensor(broadcastOf(name, input, other), dtype);
}

const isBool = (operand: Tensor | Scalar): boolean =>
  operand instanceof Scalar ? operand.kind === "bool" : operand.dtype === "bool";

const refuseFloat = (callee: string, dtype: DType): void => {
  if (!isIntegral(dtype)) violate("bad-argument", `${callee} takes integers or bools, not ${dtype}`);
};
const refuseComplex = (callee: string, dtype: DType): void => {
  if (isComplex(dtype)) violate("bad-argument", `${callee} is not defined for ${dtype}`);
};

binary("add", { more: ", *, alpha: operand = 1" });
binary("sub subtract", { more: ", *, alpha: operand = 1", refuseBools: true });
binary("mul multiply");
binary("true_divide", { result: toFloat });
binary("floor_divide", { refuse: refuseComplex });
binary("remainder", { numberFirst: true, refuse: refuseComplex });
binary("fmod", { refuse: refuseComplex });
binary("atan2 arctan2", { result: toFloat, tensorSecond: true, refuse: refuseComplex });
binary("copysign", { result: toFloat, refuse: refuseComplex });
binary("xlogy", { result: toFloat, numberFirst: true });
binary("ldexp", { result: toFloat });
binary("nextafter hypot igamma igammac gcd lcm", { tensorSecond: true });
binary("heaviside", { tensorSecond: true, second: "values" });
binary("logaddexp logaddexp2", { inplace: false, tensorSecond: true });
binary("maximum minimum fmax fmin", { inplace: false, tensorSecond: true, refuse: refuseComplex });
binary("bitwise_and bitwise_or bitwise_xor", { numberFirst: true, refuse: refuseFloat });
binary("bitwise_left_shift bitwise_right_shift", { numberFirst: true, refuse: refuseFloat });
const floatPower = {
  sig: "input: operand, exponent: operand",
  output: (a: { readonly input: Tensor | Scalar; readonly exponent: Tensor | Scalar }) =>
    arithmetic("float_power", a.input, a.exponent, {
      result: (dtype) => (dtype === null ? null : isComplex(dtype) ? "complex128" : "float64"),
    }),
} as const;
op(both("float_power"), floatPower);
opInplace("Tensor.float_power_", floatPower);
binary("logical_and logical_or logical_xor", { result: bool, tensorSecond: true });
binary("eq ne not_equal", { result: bool });
binary("lt less le less_equal gt greater ge greater_equal", { result: bool, refuse: refuseComplex });
op("torch.special.xlog1py torch.special.xlogy torch.special.zeta", {
  sig: "input: operand, other: operand",
  output: (a) => arithmetic("xlogy", a.input, a.other, { result: toFloat }),
});

const quotient = (a: {
  readonly input: Tensor | Scalar;
  readonly other: Tensor | Scalar;
  readonly rounding_mode: string | null;
}): Tensor => arithmetic("div", a.input, a.other, a.rounding_mode === null ? { result: toFloat } : {});
op(both("div", "divide"), {
  sig: "input: tensor, other: operand, *, rounding_mode: str? = None",
  output: quotient,
});
opInplace("Tensor.div_ Tensor.divide_", {
  sig: "input: tensor, other: operand, *, rounding_mode: str? = None",
  output: quotient,
});

function power(input: Tensor | Scalar, exponent: Tensor | Scalar): Tensor {
  return arithmetic("pow", input, exponent, {});
}
op(both("pow"), { sig: "input: operand, exponent: operand", output: (a) => power(a.input, a.exponent) });
opInplace("Tensor.pow_", { sig: "input: tensor, exponent: operand", output: (a) => power(a.input, a.exponent) });
op("torch.rsub Tensor.__rsub__", {
  sig: "input: tensor, other: operand, *, alpha: any = 1",
  output: (a) => arithmetic("sub", a.other, a.input, { refuseBools: true }),
});

/** Python's operators; the in-place and the reflected ones have the same result. */
function operator(name: string, callee: string, options: Binary = {}): void {
  const rule = {
    sig: "input: tensor, other: operand" as const,
    output: (a: { readonly input: Tensor; readonly other: Tensor | Scalar }): Out =>
      arithmetic(callee, a.input, a.other, options),
  };
  op(`Tensor.__${name}__`, rule);
  if (comparisons.has(name)) return;
  opInplace(`Tensor.__i${name}__`, rule);
  if (name === "sub") return;
  op(`Tensor.__r${name}__`, {
    sig: rule.sig,
    output: (a) => arithmetic(callee, a.other, a.input, options),
  });
}

const comparisons = new Set(["eq", "ne", "lt", "le", "gt", "ge"]);
operator("add", "addition");
operator("sub", "subtraction", { refuseBools: true });
operator("mul", "multiplication");
operator("truediv", "division", { result: toFloat });
operator("floordiv", "floor division", { refuse: refuseComplex });
operator("mod", "remainder", { refuse: refuseComplex });
operator("pow", "power");
operator("and", "&", { refuse: refuseFloat });
operator("or", "|", { refuse: refuseFloat });
operator("xor", "^", { refuse: refuseFloat });
operator("lshift", "<<");
operator("rshift", ">>");
for (const name of ["eq", "ne", "lt", "le", "gt", "ge"]) operator(name, "comparison", { result: bool });

op("Tensor.__pos__ Tensor.__neg__", {
  sig: "input: tensor",
  output: ({ input }) => input.withDtype(refusing("bool", same)(input.dtype, "the sign")),
});
op("Tensor.__abs__", { sig: "input: tensor", output: ({ input }) => input.withDtype(toReal(input.dtype)) });
op("Tensor.__invert__", {
  sig: "input: tensor",
  output: ({ input }) => {
    if (input.dtype !== null) refuseFloat("~", input.dtype);
    return input;
  },
});

function clamped(a: {
  readonly input: Tensor;
  readonly min: Tensor | Scalar | null;
  readonly max: Tensor | Scalar | null;
}): Tensor {
  const bounds = [a.min, a.max].filter((bound) => bound !== null);
  if (bounds.length === 0) violate("bad-argument", "clamp needs min or max, or both");
  const dtype = resultType([a.input, ...bounds]);
  if (dtype !== null) refuseComplex("clamp", dtype);
  return new Tensor(broadcastOf("clamp", a.input, ...bounds), dtype);
}
const clampSignature = "input: tensor, min: operand? = None, max: operand? = None";
opAndInplace(["clamp", "clip"], { sig: clampSignature, output: clamped });
opInplace("torch.clamp_ torch.clip_", { sig: clampSignature, output: clamped });
opAndInplace(["clamp_min"], {
  sig: "input: tensor, min: operand",
  output: (a) => arithmetic("clamp_min", a.input, a.min, { refuse: refuseComplex }),
});
opAndInplace(["clamp_max"], {
  sig: "input: tensor, max: operand",
  output: (a) => arithmetic("clamp_max", a.input, a.max, { refuse: refuseComplex }),
});

opAndInplace(["lerp"], {
  sig: "input: tensor, end: tensor, weight: operand",
  output: (a) => {
    if (a.input.dtype !== null && a.end.dtype !== null && isFloating(a.input.dtype) !== isFloating(a.end.dtype)) {
      violate("bad-argument", `lerp needs tensors of one dtype, got ${a.input.dtype} and ${a.end.dtype}`);
    }
    return new Tensor(broadcastOf("lerp", a.input, a.end, a.weight), a.input.dtype);
  },
});
opAndInplace(["addcmul", "addcdiv"], {
  sig: "input: tensor, tensor1: tensor, tensor2: tensor, *, value: any = 1",
  output: (a) =>
    new Tensor(broadcastOf("addcmul", a.input, a.tensor1, a.tensor2), resultType([a.input, a.tensor1, a.tensor2])),
});

op(both("isclose"), {
  sig: "input: tensor, other: tensor, rtol = 1e-05, atol = 1e-08, equal_nan = False",
  output: (a) => new Tensor(broadcastOf("isclose", a.input, a.other), "bool"),
});
op("torch.isin", {
  sig: "elements: operand, test_elements: operand, *, assume_unique = False, invert = False",
  output: (a) => new Tensor(a.elements instanceof Tensor ? a.elements.shape : [], "bool"),
});
op("torch.complex", {
  sig: "real: tensor, imag: tensor",
  output: (a) => new Tensor(broadcastOf("complex", a.real, a.imag), toComplex(a.real.dtype)),
});
op("torch.polar", {
  sig: "abs: tensor, angle: tensor",
  output: (a) => new Tensor(broadcastOf("polar", a.abs, a.angle), toComplex(a.abs.dtype)),
});
op("torch.view_as_real", {
  sig: "input: tensor",
  output: ({ input }) => new Tensor([...input.shape, 2], toReal(input.dtype)),
});
op("torch.view_as_complex", {
  sig: "input: tensor",
  output: ({ input }) => {
    if (input.rank === 0 || (typeof input.size(-1) === "number" && input.size(-1) !== 2)) {
      violate("bad-argument", "view_as_complex needs a last dimension of size 2");
    }
    if (input.dtype !== null && !isFloating(input.dtype))
      violate("bad-argument", `view_as_complex takes floats, not ${input.dtype}`);
    return new Tensor(input.shape.slice(0, -1), toComplex(input.dtype));
  },
});
