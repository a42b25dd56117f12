/** Activations and dropout of `torch.nn.functional`, with the `torch` and `Tensor` forms that some have. */
import { type Dim, eq, isConcrete, numel } from "../../../../algebra/index.ts";
import { type DType, type OpRule, type Tensor, violate } from "../../../rules/index.ts";
import { isIntegral, toFloat } from "../dtypes.ts";
import { gluOutput, preluOutput, softmaxOutput } from "../geometry/activation.ts";
import { requireRank } from "../geometry/checks.ts";
import { both, dtypeOr, op, opInplace } from "./support.ts";

const F = (...names: readonly string[]): string => names.map((name) => `torch.nn.functional.${name}`).join(" ");

/** Activations that keep sizes and dtype, by their further parameters. */
const activations: Readonly<Record<string, string>> = {
  relu: "inplace: any = False",
  relu6: "inplace: any = False",
  hardswish: "inplace: any = False",
  hardsigmoid: "inplace: any = False",
  silu: "inplace: any = False",
  mish: "inplace: any = False",
  selu: "inplace: any = False",
  elu: "alpha: any = 1.0, inplace: any = False",
  celu: "alpha: any = 1.0, inplace: any = False",
  leaky_relu: "negative_slope: any = 0.01, inplace: any = False",
  rrelu: "lower: any = 0.125, upper: any = 0.3, training: any = False, inplace: any = False",
  hardtanh: "min_val: any = -1.0, max_val: any = 1.0, inplace: any = False",
  threshold: "threshold: any, value: any, inplace: any = False",
  gelu: "approximate: any = None",
  softplus: "beta: any = 1, threshold: any = 20",
  softshrink: "lambd: any = 0.5",
  hardshrink: "lambd: any = 0.5",
  logsigmoid: "",
  dropout: "p: any = 0.5, training: any = True, inplace: any = False",
  alpha_dropout: "p: any = 0.5, training: any = False, inplace: any = False",
  feature_alpha_dropout: "p: any = 0.5, training: any = False, inplace: any = False",
};

const keeping = (more: string): OpRule<"input: tensor"> => ({
  sig: (more === "" ? "input: tensor" : `input: tensor, ${more}`) as "input: tensor",
  output: ({ input }) => input,
});
for (const [name, more] of Object.entries(activations)) op(F(name), keeping(more));

op(F("sigmoid", "tanh", "tanhshrink", "softsign"), {
  sig: "input: tensor",
  output: ({ input }) => input.withDtype(toFloat(input.dtype)),
});
op(both("relu"), {
  sig: "input: tensor",
  output: ({ input }) => {
    if (input.dtype === "bool") violate("bad-argument", "relu does not take bools");
    return input;
  },
});
op(both("hardshrink"), keeping("lambd: any = 0.5"));
op("torch.selu", keeping(""));
op("torch.celu", keeping("alpha: any = 1.0"));
op("torch.rrelu", keeping("lower: any = 0.125, upper: any = 0.3, training: any = False, generator: any? = None"));
op("torch.threshold", keeping("threshold: any, value: any"));
op(
  "torch.dropout torch.alpha_dropout torch.feature_dropout torch.feature_alpha_dropout",
  keeping("p: any, train: any"),
);
opInplace("Tensor.relu_ torch.relu_ torch.selu_ torch.nn.functional.relu_ torch.nn.functional.selu_", keeping(""));
opInplace("torch.celu_ torch.nn.functional.celu_", keeping("alpha: any = 1.0"));
opInplace("torch.nn.functional.elu_", keeping("alpha: any = 1.0, scale: any = 1.0, input_scale: any = 1.0"));
opInplace("torch.nn.functional.leaky_relu_", keeping("negative_slope: any = 0.01"));
opInplace("torch.nn.functional.hardtanh_", keeping("min_val: any = -1.0, max_val: any = 1.0"));
opInplace("torch.threshold_ torch.nn.functional.threshold_", keeping("threshold: any, value: any"));
opInplace(
  "torch.rrelu_ torch.nn.functional.rrelu_",
  keeping("lower: any = 0.125, upper: any = 0.3, training: any = False"),
);
opInplace(
  "torch.dropout_ torch.alpha_dropout_ torch.feature_dropout_ torch.feature_alpha_dropout_",
  keeping("p: any, train: any"),
);

/** Dropout of whole channels asks for ranks, but only warns where they are unusual. */
op(F("dropout1d", "dropout2d", "dropout3d"), keeping("p: any = 0.5, training: any = True, inplace: any = False"));

const softmaxSignature = "input: tensor, dim: int? = None, _stacklevel: any = 3, dtype: dtype? = None";
const softmaxLike = (name: string): OpRule<typeof softmaxSignature> => ({
  sig: softmaxSignature,
  output: (a) => softened(name, a.input, a.dim, a),
});
op(F("softmax"), softmaxLike("softmax"));
op(F("softmin"), softmaxLike("softmin"));
op(F("log_softmax"), softmaxLike("log_softmax"));
for (const name of ["softmax", "log_softmax"]) {
  op(`${both(name)} torch.special.${name}`, {
    sig: "input: tensor, dim, dtype: dtype? = None",
    output: (a) => softened(name, a.input, a.dim, a),
  });
}

function softened(name: string, input: Tensor, dim: Dim | null, a: { readonly dtype: DType | null }): Tensor {
  // A dimension that is given but not known changes neither sizes nor dtype.
  if (dim !== null && isConcrete(dim)) softmaxOutput(name, input, dim);
  return input.withDtype(dtypeOr(a, input.dtype));
}

op(F("gumbel_softmax"), {
  sig: "logits: tensor, tau: any = 1, hard: any = False, eps: any = None, dim = -1",
  output: (a) => {
    const softer = softened("gumbel_softmax", a.logits, a.dim, { dtype: null });
    // Noise can only be drawn of floats, unless there is nothing to draw.
    const isEmpty = a.logits.dims === null ? undefined : eq(numel(a.logits.shape), 0);
    if (a.logits.dtype === null || !isIntegral(a.logits.dtype)) return softer;
    if (isEmpty === false) violate("bad-argument", `gumbel_softmax needs floating point logits, got ${a.logits.dtype}`);
    return softer.withDtype(toFloat(a.logits.dtype));
  },
});
op(F("glu"), {
  sig: "input: tensor, dim = -1",
  output: (a) => a.input.withShape(gluOutput("glu", a.input, a.dim)),
});
op(`${F("prelu")} ${both("prelu")}`, {
  sig: "input: tensor, weight: tensor",
  output: ({ input, weight }) => {
    requireRank("prelu", weight, [0, 1], "weight");
    return input.withShape(preluOutput("prelu", input, weight.shape[0] ?? 1));
  },
});
op(F("normalize"), {
  sig: "input: tensor, p: any = 2.0, dim: ints = 1, eps: any = 1e-12, out: any? = None",
  output: ({ input, dim }) => {
    for (const each of dim) softmaxOutput("normalize", input, each);
    return input;
  },
});
