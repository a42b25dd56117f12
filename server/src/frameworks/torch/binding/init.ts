/** `torch.nn.init`: what fills a tensor gives it back; what only computes with its sizes is computed. */
import { type Dim, mul, product } from "../../../algebra/index.ts";
import { numberOf } from "../../../python/equality.ts";
import type { Interpreter } from "../../../python/interpreter.ts";
import { float, int, Native, type NativeCall, none, Tuple, Unknown, type Value } from "../../../python/values.ts";
import { TensorValue } from "./values.ts";

const native = (name: string, run: NativeCall): Native => new Native(name, run, false);

/** A name of `torch.nn.init`. Those with an underscore behind them write into their first argument. */
export function initFunction(name: string): Value | null {
  if (Object.hasOwn(functions, name)) return functions[name] ?? null;
  return name.endsWith("_") && !name.startsWith("_") ? native(name, fill) : null;
}

const fill: NativeCall = (_it, args, keywords) => {
  const target = args[0] ?? keywords.get("tensor") ?? none;
  if (target instanceof TensorValue) target.forget();
  return target;
};

const functions: Readonly<Record<string, Value>> = {
  calculate_gain: native("calculate_gain", (_it, args, keywords) => {
    const kind = args[0] ?? keywords.get("nonlinearity");
    const slope = args[1] ?? keywords.get("param");
    const gain = kind?.kind === "str" ? gainOf(kind.value, slope) : null;
    return gain === null ? new Unknown("the gain is not known", { type: "float" }) : float(gain);
  }),
  _calculate_fan_in_and_fan_out: native("_calculate_fan_in_and_fan_out", (it, args, keywords) => {
    const fans = fansOf(it, args[0] ?? keywords.get("tensor"));
    return fans instanceof Unknown ? new Tuple([fans, fans]) : new Tuple(fans.map((fan) => int(fan)));
  }),
  _calculate_correct_fan: native("_calculate_correct_fan", (it, args, keywords) => {
    const fans = fansOf(it, args[0] ?? keywords.get("tensor"));
    const mode = args[1] ?? keywords.get("mode");
    if (fans instanceof Unknown || mode?.kind !== "str") return new Unknown("the fan is not known", { type: "int" });
    return int(mode.value.toLowerCase() === "fan_in" ? fans[0] : fans[1]);
  }),
};

/** Inputs and outputs of a weight: its second and first size, times the receptive field. */
function fansOf(it: Interpreter, tensor: Value | undefined): readonly [Dim, Dim] | Unknown {
  const dims = tensor instanceof TensorValue ? tensor.type.dims : null;
  if (dims === null) return new Unknown("the shape of the weight is not known", { type: "int" });
  const [out, inputs, ...field] = dims;
  if (out === undefined || inputs === undefined) {
    return it.raise("ValueError", "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");
  }
  const size = product(field);
  return [mul(inputs, size), mul(out, size)];
}

function gainOf(kind: string, slope: Value | undefined): number | null {
  if (/^(linear|conv(_transpose)?[123]d|sigmoid)$/.test(kind)) return 1;
  switch (kind) {
    case "tanh":
      return 5 / 3;
    case "relu":
      return Math.SQRT2;
    case "selu":
      return 3 / 4;
    case "leaky_relu": {
      const given = slope === undefined || slope.kind === "none" ? 0.01 : numberOf(slope);
      return given === null ? null : Math.sqrt(2 / (1 + given ** 2));
    }
    default:
      return null;
  }
}
