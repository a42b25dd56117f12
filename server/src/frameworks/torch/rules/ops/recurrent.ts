/** The functions of `torch` beneath the recurrent layers, which take their weights as arguments. */
import { add, type Dim, eq, format, formatShape, mul, numel, sum } from "../../../../algebra/index.ts";
import { type Out, requireEqual, type Tensor, Undecided, violate } from "../../../rules/index.ts";
import { promoteTypes, toFloat } from "../dtypes.ts";
import { requireRank } from "../geometry/checks.ts";
import { op } from "./support.ts";

const networkSignature =
  "params: tensors, has_biases: bool, num_layers, dropout: any, train: any, bidirectional: bool, batch_first: bool";

/** `(T, N, in)`, or `(N, T, in)` with `batch_first`, to the same with the states of all directions. */
function run(
  callee: string,
  input: Tensor,
  state: Tensor,
  a: { readonly bidirectional: boolean; readonly batch_first: boolean },
): Tensor {
  if (input.rank !== 3 || state.rank !== 3) throw new Undecided(`${callee} of other ranks than 3 is not followed`);
  // Nothing checks it here, and one of the two may be broadcast to the other.
  if (eq(input.size(a.batch_first ? 0 : 1), state.size(1)) !== true) {
    throw new Undecided(`${callee} of an input and a state that may have different batch sizes is not followed`);
  }
  return input.withShape([...input.shape.slice(0, 2), mul(a.bidirectional ? 2 : 1, state.size(-1))]);
}

/** Each step of each sequence multiplies with every weight matrix once; behind two of them come their two biases. */
function macs(input: Tensor, { params, has_biases }: { params: readonly Tensor[]; has_biases: boolean }): Dim {
  const weights = params.filter((_, i) => !has_biases || i % 4 < 2).map((each) => numel(each.shape));
  return mul(mul(input.size(0), input.size(1)), sum(weights));
}

for (const name of ["gru", "rnn_relu", "rnn_tanh"]) {
  op(`torch.${name}`, {
    sig: `input: tensor, hx: tensor, ${networkSignature}`,
    output: (a) => [run(name, a.input, a.hx, a), a.hx],
    macs: (a) => macs(a.input, a),
  });
}
op("torch.lstm", {
  sig: `input: tensor, hx: tensors, ${networkSignature}`,
  output: (a) => {
    const [h, c] = twoStates("lstm", a.hx);
    const layers = mul(a.bidirectional ? 2 : 1, a.num_layers);
    const used = (state: Tensor): Tensor => h.withShape([layers, ...state.shape.slice(1)]);
    return [run("lstm", a.input, h, a), used(h), used(c)];
  },
  macs: (a) => macs(a.input, a),
});

const cellSignature = "w_ih: tensor, w_hh: tensor, b_ih: tensor? = None, b_hh: tensor? = None";

interface Weights {
  readonly w_ih: Tensor;
  readonly w_hh: Tensor;
}

function requireFitting(callee: string, input: Tensor, state: Tensor, { w_ih, w_hh }: Weights): Tensor {
  requireRank(callee, input, [2]);
  requireRank(callee, state, [2], "hx");
  const fits = (x: Tensor, w: Tensor, word: string): void =>
    requireEqual(
      x.size(-1),
      w.size(-1),
      "in-features-mismatch",
      () =>
        `${callee}: the ${word} ${formatShape(x.shape)} has ${format(x.size(-1))} features, the weight ${formatShape(w.shape)} takes ${format(w.size(-1))}`,
    );
  fits(input, w_ih, "input");
  fits(state, w_hh, "state");
  requireEqual(
    input.size(0),
    state.size(0),
    "broadcast-mismatch",
    () =>
      `${callee}: the input ${formatShape(input.shape)} and the state ${formatShape(state.shape)} have different batch sizes`,
  );
  return state;
}
const cellMacs = (input: Tensor, { w_ih, w_hh }: Weights): Dim =>
  mul(input.shape[0] ?? 1, add(numel(w_ih.shape), numel(w_hh.shape)));

for (const name of ["gru_cell", "rnn_relu_cell", "rnn_tanh_cell"]) {
  op(`torch.${name}`, {
    sig: `input: tensor, hx: tensor, ${cellSignature}`,
    output: (a) => {
      const state = requireFitting(name, a.input, a.hx, a);
      return name === "rnn_tanh_cell" ? state.withDtype(toFloat(state.dtype)) : state;
    },
    macs: (a) => cellMacs(a.input, a),
  });
}
op("torch.lstm_cell", {
  sig: `input: tensor, hx: tensors, ${cellSignature}`,
  output: (a): Out => {
    const [h, c] = twoStates("lstm_cell", a.hx);
    requireFitting("lstm_cell", a.input, h, a);
    const dtype = promoteTypes(h.dtype, c.dtype);
    return [h.withDtype(dtype), c.withDtype(dtype)];
  },
  macs: (a) => cellMacs(a.input, a),
});

function twoStates(callee: string, states: readonly Tensor[]): readonly [Tensor, Tensor] {
  const [h, c] = states;
  if (h === undefined || c === undefined || states.length !== 2) {
    return violate("bad-argument", `${callee} takes a hidden and a cell state, got ${states.length} tensors`);
  }
  return [h, c];
}
