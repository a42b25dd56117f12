/**
 * `torch.einsum`: subscripts with an ellipsis, implicit output and repeated labels, and the multiply-accumulates of
 * contracting the operands from left to right, as PyTorch does.
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.einsum.html.
 */
import { add, broadcast, type Dim, format, formatShape, product } from "../../../../algebra/index.ts";
import { noteBroadcast, Tensor, violate } from "../../../rules/index.ts";
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
    const { output, sizes } = contraction(equation, tensors);
    const [first] = tensors;
    const dtype = first !== undefined && tensors.every((t) => t.dtype === first.dtype) ? first.dtype : null;
    return new Tensor(sizesOf(output, sizes), dtype);
  },
  macs: (a) => {
    const { equation, tensors } = spelledOut(a.equation, a.operands);
    return contractionMacs(contraction(equation, tensors), tensors);
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

/**
 * Two operands at a time; labels that nothing later needs are summed up on the way. Without a label to sum over there is
 * only an elementwise product, which counts nothing.
 */
function contractionMacs({ operands, output, sizes }: Contraction, tensors: readonly Tensor[]): Dim {
  const [first, ...others] = operands.map(
    (labels, i): OwnSizes => new Map(labels.map((label, axis) => [label, tensors[i]?.size(axis) ?? 1])),
  );
  let left: OwnSizes = first ?? new Map();
  let rest = others;
  let total: Dim = 0;
  while (rest.length > 0) {
    const [right = new Map<string, Dim>(), ...later] = rest;
    const needed = new Set([...output, ...later.flatMap((each) => [...each.keys()])]);
    // What is 1 on one side is summed up on the other one beforehand.
    const summed = [...left.keys()].filter(
      (label) => !needed.has(label) && [left, right].every((each) => (each.get(label) ?? 1) !== 1),
    );
    const kept = [...new Set([...left.keys(), ...right.keys()])].filter((label) => needed.has(label));
    if (summed.length > 0) total = add(total, product(sizesOf([...kept, ...summed], sizes)));
    const [one, other] = [left, right];
    left = new Map(
      kept.map((label) => [label, (one.get(label) ?? 1) === 1 ? (other.get(label) ?? 1) : (one.get(label) ?? 1)]),
    );
    rest = later;
  }
  return total;
}

/** The labels of one operand with its own sizes, which may be 1 where another's is more. */
type OwnSizes = ReadonlyMap<string, Dim>;

const sizesOf = (labels: Labels, sizes: ReadonlyMap<string, Dim>): readonly Dim[] =>
  labels.map((label) => sizes.get(label) ?? 1);
