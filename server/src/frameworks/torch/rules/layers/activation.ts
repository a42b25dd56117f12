/** Activations. Those that keep the shape whatever it is are a list of one-liners. */
import { format } from "../../../../algebra/index.ts";
import { tensor, violate } from "../../../rules/index.ts";
import { gluOutput, preluOutput, softmaxOutput } from "../geometry/activation.ts";
import { requireAtLeast, requireRank } from "../geometry/checks.ts";
import { torchRules } from "../table.ts";

for (const [name, sig] of [
  ["ReLU", "inplace = False"],
  ["ReLU6", "inplace = False"],
  ["RReLU", "lower: float = 0.125, upper: float = 0.3333333333333333, inplace = False"],
  ["LeakyReLU", "negative_slope: float = 0.01, inplace = False"],
  ["ELU", "alpha: float = 1.0, inplace = False"],
  ["CELU", "alpha: float = 1.0, inplace = False"],
  ["SELU", "inplace = False"],
  ["SiLU", "inplace = False"],
  ["Mish", "inplace = False"],
  ["Hardsigmoid", "inplace = False"],
  ["Hardswish", "inplace = False"],
  ["Hardshrink", "lambd: float = 0.5"],
  ["Softshrink", "lambd: float = 0.5"],
  ["Softplus", "beta: float = 1.0, threshold: float = 20.0"],
  ["Threshold", "threshold: float, value: float, inplace = False"],
  ["Sigmoid", ""],
  ["LogSigmoid", ""],
  ["Softsign", ""],
  ["Tanh", ""],
  ["Tanhshrink", ""],
] as const) {
  torchRules.layer(`torch.nn.${name}`, { sig: sig as string, output: (_a, x) => x.input });
}

torchRules.layer("torch.nn.GELU", {
  sig: 'approximate = "none"',
  check: (a) => {
    if (a.approximate !== "none" && a.approximate !== "tanh") {
      violate("bad-argument", `GELU: approximate must be "none" or "tanh", got "${a.approximate}"`);
    }
  },
  output: (_a, x) => x.input,
});

torchRules.layer("torch.nn.Hardtanh", {
  sig: "min_val: float = -1.0, max_val: float = 1.0, inplace = False, min_value: float? = None, max_value: float? = None",
  check: (a) => {
    const least = a.min_value ?? a.min_val;
    const most = a.max_value ?? a.max_val;
    if (most <= least) violate("bad-argument", `Hardtanh: max_val=${most} must be greater than min_val=${least}`);
  },
  output: (_a, x) => x.input,
});

for (const name of ["Softmax", "LogSoftmax", "Softmin"]) {
  torchRules.layer(`torch.nn.${name}`, {
    sig: "dim: int? = None",
    essentials: (a) => (a.dim === null ? "" : `dim ${format(a.dim)}`),
    output: (a, x) => {
      softmaxOutput(name, x.input, a.dim);
      return x.input;
    },
  });
}

torchRules.layer("torch.nn.Softmax2d", {
  sig: "",
  output: (_a, x) => {
    requireRank("Softmax2d", x.input, [3, 4]);
    return x.input;
  },
});

torchRules.layer("torch.nn.GLU", {
  sig: "dim = -1",
  essentials: (a) => `dim ${format(a.dim)}`,
  output: (a, x) => tensor(gluOutput("GLU", x.input, a.dim), x.input.dtype),
});

torchRules.layer("torch.nn.PReLU", {
  sig: "num_parameters = 1, init: float = 0.25, device: any? = None, dtype: dtype? = None",
  check: (a) => requireAtLeast("PReLU", "num_parameters", a.num_parameters, 0),
  weights: (a) => ({ weight: [a.num_parameters] }),
  formula: (a) => ({ symbols: "num_parameters", numbers: format(a.num_parameters) }),
  essentials: (a) => format(a.num_parameters),
  output: (a, x) => {
    preluOutput("PReLU", x.input, a.num_parameters, "num_parameters");
    return x.input;
  },
});
