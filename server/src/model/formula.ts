/**
 * Where the parameters of a module come from, as a formula: that of its rule; for what PyTorch makes of other layers its
 * own weights and its parts.
 */
import type { Dim, Shape } from "../algebra/index.ts";
import { type Formula, Undecided, Violation } from "../frameworks/rules/index.ts";
import { layerOf } from "../frameworks/torch/binding/layers.ts";
import { entriesOf, isModule, registry } from "../frameworks/torch/binding/module.ts";
import { TensorValue } from "../frameworks/torch/binding/values.ts";
import { attentionFormula } from "../frameworks/torch/rules/layers/attention.ts";
import { factor, times } from "../frameworks/torch/rules/layers/words.ts";
import type { Instance, Value } from "../python/values.ts";
import { countsOf, typeOf } from "./tree.ts";

/** null where there is none, or nothing is known to write it with. */
export function formulaOf(module: Instance): Formula | null {
  try {
    const layer = layerOf(module);
    if (layer) return layer.rule.formula?.(layer.args) ?? null;
    const type = typeOf(module);
    if (type === "torch.nn.MultiheadAttention") return ofAttention(module);
    return type.startsWith("torch.nn.") && !containers.test(type) ? ofParts(module) : null;
  } catch (problem) {
    if (problem instanceof Undecided || problem instanceof Violation) return null;
    throw problem;
  }
}

/** Their parts are all there is to say of them. */
const containers = /\.(Sequential|(Module|Parameter)(List|Dict)|Container|DataParallel|DistributedDataParallel)$/;

function ofAttention(module: Instance): Formula {
  return attentionFormula({
    embedDim: sizeOf(module, "embed_dim"),
    kdim: sizeOf(module, "kdim"),
    vdim: sizeOf(module, "vdim"),
    heads: sizeOf(module, "num_heads"),
    bias: tensorOf(module, "in_proj_bias") !== null,
    biasKv: tensorOf(module, "bias_k") !== null,
  });
}

/** A sum with a term for each weight of its own and for each part; equal parts in a list are one term. */
function ofParts(module: Instance): Formula | null {
  const symbols: string[] = [];
  const numbers: string[] = [];
  for (const [name, weight] of entriesOf(registry(module, "_parameters"))) {
    if (!(weight instanceof TensorValue)) continue;
    symbols.push(name);
    numbers.push(productText(weight.type.shape));
  }
  for (const [name, part] of entriesOf(registry(module, "_modules"))) {
    if (!isModule(part)) continue;
    const term = alike(part);
    const count = countText(part);
    if (count === "0") continue;
    symbols.push(term === null ? name : `${term.times} × ${name}[i]`);
    numbers.push(term === null ? count : `${term.times} × ${term.count}`);
  }
  return symbols.length === 0 ? null : { symbols: symbols.join(" + "), numbers: numbers.join(" + ") };
}

/** How many children a list has, and what each of them counts, where all count the same. */
function alike(list: Instance): { readonly times: number; readonly count: string } | null {
  if (typeOf(list) !== "torch.nn.ModuleList") return null;
  const counts = entriesOf(registry(list, "_modules")).map(([, child]) => (isModule(child) ? countText(child) : "0"));
  const [first] = counts;
  if (first === undefined || counts.length < 2 || counts.some((count) => count !== first)) return null;
  return { times: counts.length, count: first };
}

function countText(module: Instance): string {
  const { params } = countsOf(module);
  if ("unknown" in params) throw new Undecided(params.unknown);
  return factor(params.count);
}

function productText(shape: Shape): string {
  return shape.length === 0 ? "1" : times(...shape);
}

function sizeOf(module: Instance, name: string): Dim {
  const value = module.attrs.get(name);
  if (value?.kind === "int") return value.dim;
  throw new Undecided(`${name} is not known`);
}

function tensorOf(module: Instance, name: string): Value | null {
  const value = registry(module, "_parameters")?.get(name);
  return value instanceof TensorValue ? value : null;
}
