/**
 * `torch.einsum`: subscripts with an ellipsis, implicit output and repeated labels, and the multiply-accumulates of
 * contracting the operands from left to right, as PyTorch does.
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.einsum.html.
 */
import { broadcast, type Dim, format, formatShape, product, sum } from "../../../../algebra/index.ts";
import { type DType, noteBroadcast, Tensor, violate } from "../../../rules/index.ts";
import { promoteTypes, toAccumulated } from "../dtypes.ts";
import { concrete, op } from "./support.ts";

/** An operand's labels, one a dimension; those of an ellipsis are `.0`, `.1`, … counted from its end. */
type Labels = readonly string[];

interface Contraction {
  readonly operands: readonly Labels[];
  readonly output: Labels;
  readonly sizes: ReadonlyMap<string, Dim>;
}

op("torch.einsum torch.functional.einsum", {
  sig: "equation: str|tensor, *operands: tensors|sublists",
  output: (a) => {
    const { equation, tensors } = spelledOut(a.equation, a.operands);
    const contracted = contraction(equation, tensors);
    return new Tensor(sizesOf(contracted.output, contracted.sizes), dtypeOf(contracted, tensors));
  },
  macs: (a) => {
    const { equation, tensors } = spelledOut(a.equation, a.operands);
    const { steps } = stepsOf(contraction(equation, tensors), tensors);
    return sum(steps.map(({ macs }) => macs));
  },
});

type Sublist = readonly (Dim | "...")[];
interface Call {
  readonly equation: string;
  readonly tensors: readonly Tensor[];
}

/** `einsum(a, [0, 1], b, [1, 2], [0, 2])` says the same as `einsum("ij,jk->ik", a, b)`. */
function spelledOut(first: string | Tensor, operands: readonly (Tensor | Sublist)[]): Call {
  if (typeof first === "string") {
    if (!operands.every((each) => each instanceof Tensor))
      violate("bad-argument", "einsum takes tensors behind its equation");
    return { equation: first, tensors: operands };
  }
  const all = [first, ...operands];
  const tensors: Tensor[] = [];
  const subscripts: string[] = [];
  let output = "";
  for (let i = 0; i < all.length; i += 2) {
    const [tensor, labels] = [all[i], all[i + 1]];
    if (tensor instanceof Tensor && Array.isArray(labels)) {
      tensors.push(tensor);
      subscripts.push(lettersOf(labels as Sublist));
    } else if (Array.isArray(tensor) && labels === undefined) {
      output = `->${lettersOf(tensor as Sublist)}`;
    } else {
      violate("bad-argument", "einsum without an equation takes each tensor with the list of its subscripts");
    }
  }
  return { equation: subscripts.join() + output, tensors };
}

/** Numbers below 26 stand for capitals, those below 52 for small letters. */
function lettersOf(labels: Sublist): string {
  return labels
    .map((label) => {
      if (label === "...") return label;
      const number = concrete(label, "a subscript");
      if (number < 0 || number >= 52) violate("bad-argument", `einsum takes subscripts from 0 to 51, got ${number}`);
      return String.fromCharCode(number < 26 ? 65 + number : 97 + number - 26);
    })
    .join("");
}

function contraction(equation: string, tensors: readonly Tensor[]): Contraction {
  const text = equation.replaceAll(" ", "");
  const [left = "", right] = text.split("->");
  const subscripts = left.split(",");
  if (subscripts.length !== tensors.length) {
    violate("bad-argument", `einsum "${equation}" has ${subscripts.length} subscripts for ${tensors.length} operands`);
  }
  const operands = tensors.map((t, i) => labelsOf(subscripts[i] as string, t, equation));
  const sizes = labelSizes(equation, operands, tensors);
  const ellipsis = longestEllipsis(operands);
  const output =
    right === undefined ? implicitOutput(operands, ellipsis) : explicitOutput(right, ellipsis, sizes, equation);
  return { operands, output, sizes };
}

function labelsOf(subscript: string, tensor: Tensor, equation: string): Labels {
  const tokens = subscript.match(/\.\.\.|[A-Za-z]/g) ?? [];
  const named = tokens.filter((token) => token !== "...").length;
  const open = tokens.length - named;
  if (tokens.join("") !== subscript || open > 1) violate("bad-argument", `einsum "${equation}" is malformed`);
  const hidden = tensor.rank - named;
  if (hidden < 0 || (hidden > 0 && open === 0)) {
    violate(
      "rank-mismatch",
      `einsum "${equation}": "${subscript}" does not name the ${tensor.rank} dimensions of ${formatShape(tensor.shape)}`,
    );
  }
  return tokens.flatMap((token) =>
    token === "..." ? Array.from({ length: hidden }, (_, i) => `.${hidden - 1 - i}`) : [token],
  );
}

function labelSizes(equation: string, operands: readonly Labels[], tensors: readonly Tensor[]): Map<string, Dim> {
  const sizes = new Map<string, Dim>();
  for (const [i, labels] of operands.entries()) {
    for (const [axis, label] of labels.entries()) {
      const size = (tensors[i] as Tensor).size(axis);
      const known = sizes.get(label);
      sizes.set(label, known === undefined ? size : common(equation, label, known, size));
    }
  }
  return sizes;
}

function common(equation: string, label: string, a: Dim, b: Dim): Dim {
  const result = broadcast([a], [b]);
  if ("shape" in result) {
    noteBroadcast(a, b);
    return result.shape[0] as Dim;
  }
  const name = label.startsWith(".") ? "the ellipsis" : `"${label}"`;
  return violate("matmul-mismatch", `einsum "${equation}": ${name} stands for both ${format(a)} and ${format(b)}`);
}

function longestEllipsis(operands: readonly Labels[]): Labels {
  const all = operands.map((labels) => labels.filter((label) => label.startsWith(".")));
  return all.reduce((longest, labels) => (labels.length > longest.length ? labels : longest), []);
}

/** The ellipsis, then the labels that occur once, in the order of the alphabet. */
function implicitOutput(operands: readonly Labels[], ellipsis: Labels): Labels {
  const all = operands.flat().filter((label) => !label.startsWith("."));
  return [...ellipsis, ...all.filter((label) => all.indexOf(label) === all.lastIndexOf(label)).sort()];
}

function explicitOutput(right: string, ellipsis: Labels, sizes: ReadonlyMap<string, Dim>, equation: string): Labels {
  const tokens: readonly string[] = right.match(/\.\.\.|[A-Za-z]/g) ?? [];
  if (tokens.join("") !== right) violate("bad-argument", `einsum "${equation}" is malformed`);
  for (const [i, token] of tokens.entries()) {
    if (tokens.indexOf(token) !== i)
      violate("bad-argument", `einsum "${equation}" names "${token}" twice in its output`);
    if (token !== "..." && !sizes.has(token)) {
      violate("bad-argument", `einsum "${equation}": "${token}" of the output is in no operand`);
    }
  }
  return tokens.flatMap((token) => (token === "..." ? ellipsis : [token]));
}

/** Two operands at a time, from left to right; labels that nothing later needs are summed up on the way. */
interface Step {
  /** Whether a label that only one side has is summed up beforehand: on the left, on the right. */
  readonly sums: readonly [boolean, boolean];
  /** Whether there is a label that both sides have to sum over; else it is an elementwise product. */
  readonly contracts: boolean;
  readonly macs: Dim;
}

function stepsOf(
  { operands, output }: Contraction,
  tensors: readonly Tensor[],
): { readonly steps: readonly Step[]; readonly last: OwnSizes } {
  const [first = new Map(), ...others] = operands.map(
    (labels, i): OwnSizes => new Map(labels.map((label, axis) => [label, tensors[i]?.size(axis) ?? 1])),
  );
  let left: OwnSizes = first;
  const steps = others.map((right, i): Step => {
    // A label that all later operands have with size 1 is stretched there, and summed up here.
    const later = others
      .slice(i + 1)
      .flatMap((each) => [...each].flatMap(([label, size]) => (size === 1 ? [] : [label])));
    const needed = new Set([...output, ...later]);
    const labels = [...new Set([...left.keys(), ...right.keys()])];
    const [one, other] = [left, right];
    // A size of 1 is stretched: what is 1 on one side is summed up on the other one beforehand.
    const isOne = (side: OwnSizes, label: string): boolean => (side.get(label) ?? 1) === 1;
    const sizeOf = (label: string): Dim => (isOne(one, label) ? other : one).get(label) ?? 1;
    const dropped = labels.filter((label) => !needed.has(label));
    const contracted = dropped.filter((label) => !isOne(one, label) && !isOne(other, label));
    const kept = labels.filter((label) => needed.has(label));
    left = new Map(kept.map((label) => [label, sizeOf(label)]));
    const contracts = contracted.length > 0;
    return {
      sums: [
        dropped.some((label) => isOne(other, label) && !isOne(one, label)),
        dropped.some((label) => isOne(one, label) && !isOne(other, label)),
      ],
      contracts,
      macs: contracts ? product([...kept, ...contracted].map(sizeOf)) : 0,
    };
  });
  return { steps, last: left };
}

/** Sums of integers are int64, elementwise products promote, and a contraction wants both sides alike. */
function dtypeOf(contracted: Contraction, tensors: readonly Tensor[]): DType | null {
  const [first, ...rest] = tensors;
  const { steps, last } = stepsOf(contracted, tensors);
  let dtype = first?.dtype ?? null;
  if (rest.length === 0) {
    return [...last.keys()].every((label) => contracted.output.includes(label)) ? dtype : toAccumulated(dtype);
  }
  for (const [i, { sums, contracts }] of steps.entries()) {
    const left = sums[0] ? toAccumulated(dtype) : dtype;
    const own = rest[i]?.dtype ?? null;
    const right = sums[1] ? toAccumulated(own) : own;
    if (contracts && left !== null && right !== null && left !== right) {
      const isEmpty = tensors.some((tensor) => tensor.shape.includes(0));
      if (isEmpty) return null;
      violate("bad-argument", `einsum contracts tensors of one dtype, got ${left} and ${right}`);
    }
    dtype = promoteTypes(left, right);
  }
  return dtype;
}

/** The labels of one operand with its own sizes, which may be 1 where another's is more. */
type OwnSizes = ReadonlyMap<string, Dim>;

const sizesOf = (labels: Labels, sizes: ReadonlyMap<string, Dim>): readonly Dim[] =>
  labels.map((label) => sizes.get(label) ?? 1);
