/**
 * Recurrent layers and cells. Weights bear PyTorch's names in its order, layer by layer and both directions:
 * https://docs.pytorch.org/docs/stable/generated/torch.nn.LSTM.html.
 */
import {
  add,
  type Dim,
  eq,
  format,
  formatShape,
  ge,
  gt,
  lt,
  mul,
  product,
  type Shape,
  sum,
} from "../../../../algebra/index.ts";
import {
  type Formula,
  type Out,
  PackedSteps,
  require,
  requireEqual,
  type Tensor,
  tensor,
  Undecided,
  violate,
} from "../../../rules/index.ts";
import { requireAtLeast, requireRank } from "../geometry/checks.ts";
import { torchRules } from "../table.ts";
import { factor, phrase } from "./words.ts";

/** Rows of the stacked weight matrices for each hidden unit. */
const gatesOf = { RNN: 1, LSTM: 4, GRU: 3 } as const;

const recurrentSignature =
  "input_size, hidden_size, num_layers = 1, bias = True, batch_first = False, dropout: float = 0.0, bidirectional = False, device: any? = None, dtype: dtype? = None";

for (const name of ["RNN", "GRU"] as const) {
  torchRules.layer(`torch.nn.${name}`, {
    // Only the plain network takes a nonlinearity, in the fourth place.
    sig:
      name === "RNN"
        ? (recurrentSignature.replace(", bias", ', nonlinearity = "tanh", bias') as typeof recurrentSignature)
        : recurrentSignature,
    forward: "input: tensor|packed, hx: tensor? = None",
    check: (a) => {
      checkStack(name, stack(name, a));
      checkDropout(name, a.dropout);
      if (name === "RNN") checkNonlinearity(name, nonlinearityOf(a));
    },
    attributes: (a) => ({ mode: name === "RNN" ? `RNN_${nonlinearityOf(a).toUpperCase()}` : name, proj_size: 0 }),
    weights: (a) => weights(stack(name, a)),
    formula: (a) => formula(stack(name, a)),
    essentials: (a) => essentials(stack(name, a)),
    output: (a, x) => {
      const s = stack(name, a);
      const { output, hidden } = run(name, s, x.input);
      if (x.hx !== null) requireState(name, "hx", x.hx, hidden, x.input);
      return [output, hidden];
    },
    macs: (a, x) => macs(stack(name, a), x.input),
  });
}

torchRules.layer("torch.nn.LSTM", {
  sig: "input_size, hidden_size, num_layers = 1, bias = True, batch_first = False, dropout: float = 0.0, bidirectional = False, proj_size = 0, device: any? = None, dtype: dtype? = None",
  forward: "input: tensor|packed, hx: tensors? = None",
  check: (a) => {
    checkStack("LSTM", stack("LSTM", a));
    checkDropout("LSTM", a.dropout);
    requireAtLeast("LSTM", "proj_size", a.proj_size, 0);
    require(lt(a.proj_size, a.hidden_size), "bad-argument", () =>
      `LSTM: proj_size=${format(a.proj_size)} must be smaller than hidden_size=${format(a.hidden_size)}`);
  },
  attributes: () => ({ mode: "LSTM" }),
  weights: (a) => weights(stack("LSTM", a)),
  formula: (a) => formula(stack("LSTM", a)),
  essentials: (a) => essentials(stack("LSTM", a)),
  output: (a, x) => {
    const s = stack("LSTM", a);
    const { output, hidden, cell } = run("LSTM", s, x.input);
    if (x.hx !== null) {
      const [h, c] = twoStates("LSTM", x.hx);
      requireState("LSTM", "h_0", h, hidden, x.input);
      requireState("LSTM", "c_0", c, cell, x.input);
    }
    return [output, [hidden, cell]];
  },
  macs: (a, x) => macs(stack("LSTM", a), x.input),
});

// The base of the three, which has weights and no forward.
torchRules.layer("torch.nn.RNNBase", {
  sig: "mode: str, input_size, hidden_size, num_layers = 1, bias = True, batch_first = False, dropout: float = 0.0, bidirectional = False, proj_size = 0, device: any? = None, dtype: dtype? = None",
  check: (a) => checkStack("RNNBase", stack(kindOf(a.mode), a)),
  weights: (a) => weights(stack(kindOf(a.mode), a)),
  formula: (a) => formula(stack(kindOf(a.mode), a)),
  essentials: (a) => essentials(stack(kindOf(a.mode), a)),
  output: () => violate("bad-argument", "RNNBase has no forward: use RNN, LSTM or GRU"),
});

function kindOf(mode: string): keyof typeof gatesOf {
  if (mode === "LSTM" || mode === "GRU") return mode;
  if (mode === "RNN_TANH" || mode === "RNN_RELU") return "RNN";
  return violate("bad-argument", `RNNBase: mode must be "LSTM", "GRU", "RNN_TANH" or "RNN_RELU", got "${mode}"`);
}

const cellSignature = "input_size, hidden_size, bias = True, device: any? = None, dtype: dtype? = None";

for (const name of ["RNN", "GRU"] as const) {
  const cell = `${name}Cell`;
  torchRules.layer(`torch.nn.${cell}`, {
    sig:
      name === "RNN"
        ? (cellSignature.replace(", device", ', nonlinearity = "tanh", device') as typeof cellSignature)
        : cellSignature,
    forward: "input: tensor, hx: tensor? = None",
    check: (a) => {
      checkCell(cell, a);
      if (name === "RNN") checkNonlinearity(cell, nonlinearityOf(a));
    },
    weights: (a) => cellWeights(gatesOf[name], a),
    formula: (a) => cellFormula(gatesOf[name], a),
    essentials: cellEssentials,
    output: (a, x) => {
      const state = cellState(cell, a, x.input);
      if (x.hx !== null) requireState(cell, "hx", x.hx, state);
      return state;
    },
    macs: (a, x) => cellMacs(gatesOf[name], a, x.input),
  });
}

// The base of the three.
torchRules.layer("torch.nn.RNNCellBase", {
  sig: "input_size, hidden_size, bias: bool, num_chunks, device: any? = None, dtype: dtype? = None",
  check: (a) => checkCell("RNNCellBase", a),
  weights: (a) => cellWeights(a.num_chunks, a),
  formula: (a) => cellFormula(a.num_chunks, a),
  essentials: cellEssentials,
  output: () => violate("bad-argument", "RNNCellBase has no forward: use RNNCell, LSTMCell or GRUCell"),
});

torchRules.layer("torch.nn.LSTMCell", {
  sig: cellSignature,
  forward: "input: tensor, hx: tensors? = None",
  check: (a) => checkCell("LSTMCell", a),
  weights: (a) => cellWeights(gatesOf.LSTM, a),
  formula: (a) => cellFormula(gatesOf.LSTM, a),
  essentials: cellEssentials,
  output: (a, x): Out => {
    const next = cellState("LSTMCell", a, x.input);
    if (x.hx !== null) {
      for (const [i, state] of twoStates("LSTMCell", x.hx).entries()) {
        requireState("LSTMCell", i === 0 ? "h_0" : "c_0", state, next);
      }
    }
    return [next, next];
  },
  macs: (a, x) => cellMacs(gatesOf.LSTM, a, x.input),
});

/** Layers on top of each other, each in one or two directions. */
interface Stack {
  readonly gates: number;
  readonly inputSize: Dim;
  readonly hiddenSize: Dim;
  readonly layers: Dim;
  readonly bias: boolean;
  readonly batchFirst: boolean;
  readonly directions: 1 | 2;
  readonly projected: Dim;
}

function stack(
  name: keyof typeof gatesOf,
  a: {
    readonly input_size: Dim;
    readonly hidden_size: Dim;
    readonly num_layers: Dim;
    readonly bias: boolean;
    readonly batch_first: boolean;
    readonly bidirectional: boolean;
    readonly proj_size?: Dim;
  },
): Stack {
  return {
    gates: gatesOf[name],
    inputSize: a.input_size,
    hiddenSize: a.hidden_size,
    layers: a.num_layers,
    bias: a.bias,
    batchFirst: a.batch_first,
    directions: a.bidirectional ? 2 : 1,
    projected: a.proj_size ?? 0,
  };
}

function checkStack(callee: string, s: Stack): void {
  requireAtLeast(callee, "input_size", s.inputSize, 1);
  requireAtLeast(callee, "hidden_size", s.hiddenSize, 1);
  requireAtLeast(callee, "num_layers", s.layers, 1);
}

function checkDropout(callee: string, dropout: number): void {
  if (dropout < 0 || dropout > 1)
    violate("bad-argument", `${callee}: dropout must lie between 0 and 1, got ${dropout}`);
}

/** The argument that only the plain network has. */
function nonlinearityOf(a: object): string {
  return (a as { readonly nonlinearity?: string }).nonlinearity ?? "tanh";
}

function checkNonlinearity(callee: string, nonlinearity: string): void {
  if (nonlinearity !== "tanh" && nonlinearity !== "relu") {
    violate("bad-argument", `${callee}: nonlinearity must be "tanh" or "relu", got "${nonlinearity}"`);
  }
}

/** What leaves one direction of a layer, and goes back into it. */
function stateSize(s: Stack): Dim {
  return hasProjection(s) ? s.projected : s.hiddenSize;
}

function hasProjection(s: Stack): boolean {
  const projected = gt(s.projected, 0);
  if (projected === undefined) throw new Undecided(`proj_size=${format(s.projected)} is not a known number`);
  return projected;
}

function layerCount(s: Stack): number {
  if (typeof s.layers !== "number") throw new Undecided(`num_layers=${format(s.layers)} is not a known number`);
  // A weight or more a layer is listed by name: beyond this no list is of use.
  if (s.layers > 1000) throw new Undecided(`num_layers=${s.layers} is too many to list`);
  return s.layers;
}

function weights(s: Stack): Record<string, Shape> {
  const rows = mul(s.gates, s.hiddenSize);
  const entries: Record<string, Shape> = {};
  for (let layer = 0; layer < layerCount(s); layer++) {
    for (const suffix of s.directions === 2 ? [`l${layer}`, `l${layer}_reverse`] : [`l${layer}`]) {
      entries[`weight_ih_${suffix}`] = [rows, layerInput(s, layer)];
      entries[`weight_hh_${suffix}`] = [rows, stateSize(s)];
      if (s.bias) {
        entries[`bias_ih_${suffix}`] = [rows];
        entries[`bias_hh_${suffix}`] = [rows];
      }
      if (hasProjection(s)) entries[`weight_hr_${suffix}`] = [s.projected, s.hiddenSize];
    }
  }
  return entries;
}

function layerInput(s: Stack, layer: number): Dim {
  return layer === 0 ? s.inputSize : mul(s.directions, stateSize(s));
}

/** What a network gives for the steps of a batch, of one sequence, or of packed sequences. */
function run(callee: string, s: Stack, input: Tensor | PackedSteps): { output: Out; hidden: Tensor; cell: Tensor } {
  const packed = input instanceof PackedSteps;
  const steps = packed ? input.data : input;
  requireRank(callee, steps, packed ? [2] : [2, 3], packed ? "the packed data" : "input");
  requireInputSize(callee, steps, s.inputSize);
  const length = steps.rank === 3 && s.batchFirst ? steps.size(1) : steps.size(0);
  require(ge(length, 1), "size-too-small", () => `${callee} needs at least one step: ${formatShape(steps.shape)}`);
  const states = mul(s.directions, s.layers);
  const batch = packed ? [input.count] : steps.rank === 2 ? [] : [s.batchFirst ? steps.size(0) : steps.size(1)];
  const output = tensor([...steps.shape.slice(0, -1), mul(s.directions, stateSize(s))], steps.dtype);
  return {
    output: packed ? { packed: output, like: input } : output,
    hidden: tensor([states, ...batch, stateSize(s)], steps.dtype),
    cell: tensor([states, ...batch, s.hiddenSize], steps.dtype),
  };
}

/** Each step multiplies with every weight matrix once; biases and gates' own products are not counted. */
function macs(s: Stack, input: Tensor | PackedSteps): Dim {
  const steps = input instanceof PackedSteps ? input.data : input;
  const matrices = Object.values(weights(s)).filter((shape) => shape.length === 2);
  return mul(product(steps.shape.slice(0, -1)), sum(matrices.map(product)));
}

function formula(s: Stack): Formula {
  const [gates, hidden] = [String(s.gates), factor(s.hiddenSize)];
  const projected = hasProjection(s);
  const recurrent = stateSize(s);
  const biases = s.bias ? " + 2" : "";
  const projection = (symbols: boolean) =>
    projected ? ` + ${symbols ? "proj × hidden" : `${factor(s.projected)} × ${hidden}`}` : "";
  const direction = s.directions === 2 ? "2 × " : "";
  const group = (text: string) => (direction !== "" && projected ? `(${text})` : text);
  const one = (input: Dim) =>
    `${direction}${group(`${gates} × ${hidden} × (${factor(input)} + ${factor(recurrent)}${biases})${projection(false)}`)}`;
  const state = projected ? "proj" : "hidden";
  const symbols = (input: string) =>
    `${direction}${group(`${gates} × hidden × (${input} + ${state}${biases})${projection(true)}`)}`;
  const above = layerCount(s) - 1;
  const where = explained(s);
  if (above === 0) return { symbols: symbols("in"), numbers: one(s.inputSize), where };
  const times = above === 1 ? "" : `${above} × `;
  const wrap = (text: string) => (times === "" ? text : `(${text})`);
  const stateIn = s.directions === 2 ? `2 × ${state}` : state;
  return {
    symbols: `${symbols("in")} + ${times === "" ? "" : "(layers − 1) × "}${wrap(symbols(stateIn))}`,
    numbers: `${one(s.inputSize)} + ${times}${wrap(one(layerInput(s, 1)))}`,
    where,
  };
}

/** The parts of a network that its formula counts. */
function explained(s: Stack): string[] {
  const state = hasProjection(s) ? "proj" : "hidden";
  const twice = s.directions === 2 ? `2 × ${state}` : state;
  return [
    gatesText(s.gates, s.bias),
    ...(s.directions === 2 ? ["2 directions, each with weights of its own"] : []),
    ...(layerCount(s) > 1
      ? [`${layerCount(s)} layers: those above the first take ${twice} = ${format(layerInput(s, 1))}`]
      : []),
    ...(hasProjection(s) ? [`each state of ${format(s.hiddenSize)} is projected to ${format(s.projected)}`] : []),
  ];
}

function gatesText(gates: Dim, bias: boolean): string {
  const names = gates === 4 ? "4 gates: input, forget, cell, output" : gates === 3 ? "3 gates: reset, update, new" : "";
  const biases = bias ? "2 biases a row, one for the input and one for the state" : "";
  return [names, biases].filter((text) => text !== "").join("; ");
}

function essentials(s: Stack): string {
  return phrase(
    `${format(s.inputSize)} → ${format(s.hiddenSize)}`,
    eq(s.layers, 1) !== true && `${format(s.layers)} layers`,
    s.directions === 2 && "bidirectional",
    eq(s.projected, 0) !== true && `projected to ${format(s.projected)}`,
  );
}

interface Cell {
  readonly input_size: Dim;
  readonly hidden_size: Dim;
  readonly bias: boolean;
}

function checkCell(callee: string, a: Cell): void {
  requireAtLeast(callee, "input_size", a.input_size, 0);
  requireAtLeast(callee, "hidden_size", a.hidden_size, 0);
}

function cellWeights(gates: Dim, a: Cell): Record<string, Shape | false> {
  const rows = mul(gates, a.hidden_size);
  return {
    weight_ih: [rows, a.input_size],
    weight_hh: [rows, a.hidden_size],
    bias_ih: a.bias && [rows],
    bias_hh: a.bias && [rows],
  };
}

function cellFormula(gates: Dim, a: Cell): Formula {
  const biases = a.bias ? " + 2" : "";
  const [input, hidden] = [factor(a.input_size), factor(a.hidden_size)];
  return {
    symbols: `${factor(gates)} × hidden × (in + hidden${biases})`,
    numbers: `${factor(gates)} × ${hidden} × (${input} + ${hidden}${biases})`,
    where: [gatesText(gates, a.bias)],
  };
}

function cellEssentials(a: Cell): string {
  return `${format(a.input_size)} → ${format(a.hidden_size)}`;
}

function cellState(callee: string, a: Cell, input: Tensor): Tensor {
  requireRank(callee, input, [1, 2]);
  requireInputSize(callee, input, a.input_size);
  return tensor([...input.shape.slice(0, -1), a.hidden_size], input.dtype);
}

function cellMacs(gates: number, a: Cell, input: Tensor): Dim {
  const each = product([gates, a.hidden_size, add(a.input_size, a.hidden_size)]);
  return mul(product(input.shape.slice(0, -1)), each);
}

function requireInputSize(callee: string, input: Tensor, inputSize: Dim): void {
  const given = input.size(-1);
  requireEqual(
    given,
    inputSize,
    "in-features-mismatch",
    () =>
      `${callee} expects ${format(inputSize)} input features (input_size=${format(inputSize)}), but input has ${format(given)}: ${formatShape(input.shape)}`,
    () => ({ argument: "input_size", value: given, input: input.shape }),
  );
}

function requireState(
  callee: string,
  name: string,
  state: Tensor,
  { shape: wanted }: Tensor,
  input: Tensor | PackedSteps | null = null,
): void {
  const message = () => `${callee} expects ${name} of shape ${formatShape(wanted)}, got ${formatShape(state.shape)}`;
  if (state.rank !== wanted.length) violate("rank-mismatch", message());
  for (const [i, size] of wanted.entries()) {
    // Of the states of sequences that were put into another order, PyTorch takes those that it needs.
    if (i === 1 && input instanceof PackedSteps && input.reordered) continue;
    const code = i === wanted.length - 1 ? "in-features-mismatch" : "broadcast-mismatch";
    requireEqual(state.size(i), size, code, message);
  }
}

function twoStates(callee: string, states: readonly Tensor[]): readonly [Tensor, Tensor] {
  const [h, c] = states;
  if (h === undefined || c === undefined || states.length !== 2) {
    return violate("bad-argument", `${callee} expects the state as (h_0, c_0), got ${states.length} tensors`);
  }
  return [h, c];
}
