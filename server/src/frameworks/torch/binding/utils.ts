/** `torch.nn.utils`: what changes the parameters of a module, and what only reads them. */
import { numel } from "../../../algebra/index.ts";
import { numberOf } from "../../../python/equality.ts";
import type { Interpreter } from "../../../python/interpreter.ts";
import { type Instance, int, Native, type NativeCall, none, str, Unknown, type Value } from "../../../python/values.ts";
import { Tensor } from "../../rules/index.ts";
import { isModule, registry } from "./module.ts";
import { TensorValue } from "./values.ts";

const native = (name: string, run: NativeCall): Native => new Native(name, run, false);

/** The module and the parameter that a reparametrisation is applied to; null where that is not known. */
function target(
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): { module: Instance; name: string; tensor: TensorValue } | null {
  const module = args[0] ?? keywords.get("module");
  const named = args[1] ?? keywords.get("name") ?? str("weight");
  if (!isModule(module) || named.kind !== "str") return null;
  const tensor = registry(module, "_parameters")?.get(named.value);
  return tensor instanceof TensorValue ? { module, name: named.value, tensor } : null;
}

/** A module whose parameters are changed in a way that is not known. */
function lose(args: readonly Value[], what: string): Value {
  const [module] = args;
  if (!isModule(module)) return module ?? none;
  const parameters = registry(module, "_parameters");
  parameters?.touch();
  if (parameters) parameters.lost ??= new Unknown(`${what} changes its parameters in a way that is not known`);
  return module;
}

/** `weight` becomes a magnitude `weight_g` for each index of `dim`, and a direction `weight_v`. */
const weightNorm = native("weight_norm", (_it, args, keywords) => {
  const found = target(args, keywords);
  const along = args[2] ?? keywords.get("dim") ?? int(0);
  const dim = along.kind === "none" ? null : numberOf(along);
  if (!found || (dim === null && along.kind !== "none")) return lose(args, "weight_norm");
  const { module, name, tensor } = found;
  const shape = tensor.type.shape;
  const axis = dim === null ? -1 : dim < 0 ? dim + shape.length : dim;
  const magnitude = dim === null ? [] : shape.map((size, i) => (i === axis ? size : 1));
  const parameters = registry(module, "_parameters");
  parameters?.delete(name);
  parameters?.set(`${name}_g`, new TensorValue(new Tensor(magnitude, tensor.type.dtype), { parameter: true }));
  parameters?.set(`${name}_v`, new TensorValue(tensor.type, { parameter: true }));
  module.set(name, new TensorValue(tensor.type));
  return module;
});

/** `weight` becomes `weight_orig`, with the vectors of the power iteration as buffers. */
const spectralNorm = native("spectral_norm", (_it, args, keywords) => {
  const found = target(args, keywords);
  if (!found || keywords.has("dim") || args.length > 4) return lose(args, "spectral_norm");
  const { module, name, tensor } = found;
  const shape = tensor.type.shape;
  const transposed = module.cls.mro.some((cls) => /^ConvTranspose[123]d$/.test(cls.name));
  const rows = shape[transposed ? 1 : 0];
  const parameters = registry(module, "_parameters");
  const buffers = registry(module, "_buffers");
  if (rows === undefined) return lose(args, "spectral_norm");
  const columns = shape.filter((_size, i) => i !== (transposed ? 1 : 0));
  parameters?.delete(name);
  parameters?.set(`${name}_orig`, new TensorValue(tensor.type, { parameter: true }));
  module.set(name, new TensorValue(tensor.type));
  buffers?.set(`${name}_u`, new TensorValue(new Tensor([rows], tensor.type.dtype)));
  buffers?.set(`${name}_v`, new TensorValue(new Tensor([numel(columns)], tensor.type.dtype)));
  return module;
});

/** Takes a reparametrisation back: the weight is a parameter again, the last one. */
const removing = (what: string, parts: readonly string[], buffers: readonly string[]): Native =>
  native(what, (_it, args, keywords) => {
    const module = args[0] ?? keywords.get("module");
    const named = args[1] ?? keywords.get("name") ?? str("weight");
    const tensor = isModule(module) && named.kind === "str" ? module.attrs.get(named.value) : undefined;
    if (!isModule(module) || named.kind !== "str" || !(tensor instanceof TensorValue)) return lose(args, what);
    for (const part of parts) registry(module, "_parameters")?.delete(`${named.value}_${part}`);
    for (const buffer of buffers) registry(module, "_buffers")?.delete(`${named.value}_${buffer}`);
    module.delete(named.value);
    registry(module, "_parameters")?.set(named.value, new TensorValue(tensor.type, { parameter: true }));
    return module;
  });

/** A function of which nothing is known but that it may change the modules that it is given. */
export const changing = (name: string): Native => native(name, (_it: Interpreter, args) => lose(args, name));

/** Names of `torch.nn.utils`. */
export const namesOfUtils: Readonly<Record<string, Value>> = {
  weight_norm: weightNorm,
  spectral_norm: spectralNorm,
  remove_weight_norm: removing("remove_weight_norm", ["g", "v"], []),
  remove_spectral_norm: removing("remove_spectral_norm", ["orig"], ["u", "v"]),
  clip_grad_norm_: native("clip_grad_norm_", () => new Unknown("the norm of the gradients", { plain: true })),
  clip_grad_value_: native("clip_grad_value_", () => none),
};
