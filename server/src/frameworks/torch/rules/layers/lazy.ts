/**
 * Lazy layers: those of the other files, without the argument for the input's size, which the first call tells. Until
 * then the size is a symbol, so that the count is an expression; the output is known from the input all the same.
 */
import { type Dim, symbol } from "../../../../algebra/index.ts";
import { type LayerEntry, type LayerRule, type Tensor, Undecided } from "../../../rules/index.ts";
import { torchRules } from "../table.ts";
import "./conv.ts";
import "./linear.ts";
import "./norm.ts";

/** What a lazy layer is from its first call on, and where that call tells the missing argument. */
export interface Eager {
  readonly entry: LayerEntry;
  readonly argument: string;
  readonly dimension: number;
}

const eagers = new Map<string, Eager>();

/** The layer that a lazy one becomes; null for layers that are not lazy. */
export function eagerOf(entry: LayerEntry): Eager | null {
  return eagers.get(entry.name) ?? null;
}

lazily("Linear", "in_features", -1);
for (const dimensions of [1, 2, 3]) {
  const channels = -dimensions - 1;
  lazily(`Conv${dimensions}d`, "in_channels", channels);
  lazily(`ConvTranspose${dimensions}d`, "in_channels", channels);
  lazily(`BatchNorm${dimensions}d`, "num_features", 1);
  // Unlike the eager layer, the lazy one learns scale, shift and statistics unless told otherwise.
  lazily(`InstanceNorm${dimensions}d`, "num_features", 1, ["affine", "track_running_stats"]);
}

function lazily(eager: string, argument: string, dimension: number, trueByDefault: readonly string[] = []): void {
  const entry = torchRules.layers.get(`torch.nn.${eager}`);
  if (entry === undefined) throw new Error(`no rule for ${eager}, which is to be lazy`);
  const name = `torch.nn.Lazy${eager}`;
  eagers.set(name, { entry, argument, dimension });
  const parameters = entry.parameters
    .filter((parameter) => parameter.name !== argument)
    .map((parameter) => (trueByDefault.includes(parameter.name) ? { ...parameter, default: true } : parameter));
  torchRules.layers.set(name, {
    forwardParameters: entry.forwardParameters,
    name,
    parameters,
    rule: lazyRule(entry, `Lazy${eager}`, argument, dimension),
  });
}

type AnyRule = LayerRule<never, never>;
type Call = { readonly input: Tensor };

function lazyRule(entry: LayerEntry, callee: string, argument: string, dimension: number): AnyRule {
  const { check, weights, buffers, attributes, formula, essentials, arithmetic, output, macs } = entry.rule;
  // The other arguments stay behind, since reading one that is undecided throws.
  const withSize = (a: object, size: Dim) => Object.create(a, { [argument]: { value: size } }) as never;
  const unknown = (a: object) =>
    withSize(a, symbol(argument, `${callee} takes ${argument} from the input of its first call`));
  const told = (a: object, { input }: Call) => {
    const size = input.shape.at(dimension);
    // PyTorch takes a size of 0 for none that is known yet.
    if (size === 0) throw new Undecided(`${callee} learns nothing from an input with ${argument} 0`);
    return size === undefined ? unknown(a) : withSize(a, size);
  };
  const rule = {
    check: check && ((a: object) => check(unknown(a))),
    weights: weights && ((a: object) => weights(unknown(a))),
    buffers: buffers && ((a: object) => buffers(unknown(a))),
    attributes: attributes && ((a: object) => attributes(unknown(a))),
    formula: formula && ((a: object) => formula(unknown(a))),
    essentials: essentials && ((a: object) => essentials(unknown(a))),
    arithmetic: arithmetic && ((a: object, x: Call) => arithmetic(told(a, x), x as never)),
    output: (a: object, x: Call) => {
      const layer = told(a, x);
      check?.(layer);
      return output(layer, x as never);
    },
    macs: macs && ((a: object, x: Call, out: never) => macs(told(a, x), x as never, out)),
  };
  return rule as unknown as AnyRule;
}
