/** Matrix products of every rank, with their multiply-accumulates, and the products related to them. */
import {
  add,
  type Dim,
  divExact,
  eq,
  floordiv,
  format,
  formatShape,
  mul,
  numel,
  product,
  type Shape,
} from "../../../../algebra/index.ts";
import { type OpRule, requireEqual, Tensor, Undecided, violate } from "../../../rules/index.ts";
import { resultType, toFloat } from "../dtypes.ts";
import { requireRank } from "../geometry/checks.ts";
import { axisOf, both, broadcastOf, broadcastTo, concrete, op, opInplace } from "./support.ts";
import { expanded, isOne } from "./views.ts";

/** A product of matrices: what comes out and how many terms each element of the whole sums up. */
interface Product {
  readonly shape: Shape;
  readonly inner: Dim;
  /** Multiply-accumulates: products of all sizes that take part. */
  readonly macs: Dim;
}

/** `matmul` of any ranks: https://docs.pytorch.org/docs/stable/generated/torch.matmul.html. */
function matmulOf(callee: string, a: Shape, b: Shape): Product {
  if (a.length === 0 || b.length === 0) {
    violate("rank-mismatch", `${callee} of ${formatShape(a)} and ${formatShape(b)}: both need at least 1 dimension`);
  }
  const inner = a.at(-1) as Dim;
  const other = b.at(b.length > 1 ? -2 : -1) as Dim;
  requireEqual(inner, other, "matmul-mismatch", () => innerMessage(callee, a, b, inner, other));
  const rows = a.length > 1 ? [a.at(-2) as Dim] : [];
  const columns = b.length > 1 ? [b.at(-1) as Dim] : [];
  const batch = broadcastTo(`${callee}, batch sizes`, a.slice(0, -2), b.slice(0, -2));
  const shape = [...batch, ...rows, ...columns];
  return { shape, inner, macs: mul(product(shape), inner) };
}

function innerMessage(callee: string, a: Shape, b: Shape, inner: Dim, other: Dim): string {
  const place = b.length > 1 ? "the second-last of the second" : "the size of the second";
  const last = a.length > 1 ? "the last size of the first" : "the size of the first";
  return `${callee} of ${formatShape(a)} and ${formatShape(b)}: ${last}, ${format(inner)}, must equal ${place}, ${format(other)}`;
}

/** The dtype of a product of tensors, which must agree: without autocast PyTorch refuses to mix them. */
function productDtype(...tensors: readonly Tensor[]): Tensor["dtype"] {
  const [first] = tensors;
  return first !== undefined && tensors.every((t) => t.dtype === first.dtype) ? first.dtype : null;
}

const otherRule = (callee: string): OpRule<"input: tensor, other: tensor"> => ({
  sig: "input: tensor, other: tensor",
  output: (a) => new Tensor(matmulOf(callee, a.input.shape, a.other.shape).shape, productDtype(a.input, a.other)),
  macs: (a) => matmulOf(callee, a.input.shape, a.other.shape).macs,
});
op(`${both("matmul")} Tensor.__matmul__ torch.linalg.matmul`, otherRule("matmul"));
op("Tensor.__rmatmul__", {
  sig: "input: tensor, other: tensor",
  output: (a) => new Tensor(matmulOf("matmul", a.other.shape, a.input.shape).shape, productDtype(a.input, a.other)),
  macs: (a) => matmulOf("matmul", a.other.shape, a.input.shape).macs,
});

/** Products of tensors of fixed ranks. */
function fixedProduct(name: string, ranks: readonly [number, number], second: string): void {
  const rule = {
    sig: `input: tensor, ${second}: tensor`,
    output: (a: Readonly<Record<string, Tensor>>) => {
      const [left, right] = [a.input as Tensor, a[second] as Tensor];
      return new Tensor(fixed(name, ranks, left, right).shape, productDtype(left, right));
    },
    macs: (a: Readonly<Record<string, Tensor>>) => fixed(name, ranks, a.input as Tensor, a[second] as Tensor).macs,
  };
  op(both(name), rule as unknown as OpRule<"input: tensor, mat2: tensor">);
}

function fixed(name: string, ranks: readonly [number, number], left: Tensor, right: Tensor): Product {
  requireRank(name, left, [ranks[0]], "the first");
  requireRank(name, right, [ranks[1]], "the second");
  if (ranks[0] === 3) {
    requireEqual(
      left.size(0),
      right.size(0),
      "matmul-mismatch",
      () => `${name} of ${formatShape(left.shape)} and ${formatShape(right.shape)}: the batch sizes must be equal`,
    );
  }
  return matmulOf(name, left.shape, right.shape);
}

fixedProduct("mm", [2, 2], "mat2");
fixedProduct("bmm", [3, 3], "mat2");
fixedProduct("mv", [2, 1], "vec");
fixedProduct("dot", [1, 1], "tensor");
fixedProduct("vdot", [1, 1], "other");
op("torch.linalg.vecdot", {
  sig: "x: tensor, y: tensor, *, dim = -1",
  output: (a) => {
    const shape = broadcastOf("vecdot", a.x, a.y);
    // Two vectors have but one product.
    if (shape.length < 2) return new Tensor([], productDtype(a.x, a.y));
    const axis = axisOf(a.dim, shape.length);
    return new Tensor(
      shape.filter((_, i) => i !== axis),
      productDtype(a.x, a.y),
    );
  },
});

/** `addmm` and its kind: a product, and a tensor that must stretch to it. */
function added(callee: string, input: Tensor, left: Tensor, right: Tensor, ranks: readonly [number, number]): Tensor {
  const result = fixed(callee, ranks, left, right);
  expanded(callee, input.shape, result.shape);
  return new Tensor(result.shape, productDtype(input, left, right));
}

const scales = "*, beta: any = 1, alpha: any = 1";
const addmm: OpRule<`input: tensor, mat1: tensor, mat2: tensor, ${typeof scales}`> = {
  sig: `input: tensor, mat1: tensor, mat2: tensor, ${scales}`,
  output: (a) => added("addmm", a.input, a.mat1, a.mat2, [2, 2]),
  macs: (a) => matmulOf("addmm", a.mat1.shape, a.mat2.shape).macs,
};
op(both("addmm"), addmm);
opInplace("Tensor.addmm_", addmm);
const baddbmm: OpRule<`input: tensor, batch1: tensor, batch2: tensor, ${typeof scales}`> = {
  sig: `input: tensor, batch1: tensor, batch2: tensor, ${scales}`,
  output: (a) => added("baddbmm", a.input, a.batch1, a.batch2, [3, 3]),
  macs: (a) => matmulOf("baddbmm", a.batch1.shape, a.batch2.shape).macs,
};
op(both("baddbmm"), baddbmm);
opInplace("Tensor.baddbmm_", baddbmm);
const addbmm: OpRule<`input: tensor, batch1: tensor, batch2: tensor, ${typeof scales}`> = {
  sig: `input: tensor, batch1: tensor, batch2: tensor, ${scales}`,
  output: (a) => {
    const shape = fixed("addbmm", [3, 3], a.batch1, a.batch2).shape.slice(1);
    expanded("addbmm", a.input.shape, shape);
    return new Tensor(shape, productDtype(a.input, a.batch1, a.batch2));
  },
  macs: (a) => matmulOf("addbmm", a.batch1.shape, a.batch2.shape).macs,
};
op(both("addbmm"), addbmm);
op("Tensor.addbmm_", { ...addbmm, inplace: true });
const addmv: OpRule<`input: tensor, mat: tensor, vec: tensor, ${typeof scales}`> = {
  sig: `input: tensor, mat: tensor, vec: tensor, ${scales}`,
  output: (a) => {
    const result = added("addmv", a.input, a.mat, a.vec, [2, 1]);
    return eq(numel(a.mat.shape), 0) === true ? result.withShape(a.input.shape) : result;
  },
  macs: (a) => matmulOf("addmv", a.mat.shape, a.vec.shape).macs,
};
op(both("addmv"), addmv);
opInplace("Tensor.addmv_", addmv);
const addr: OpRule<`input: tensor, vec1: tensor, vec2: tensor, ${typeof scales}`> = {
  sig: `input: tensor, vec1: tensor, vec2: tensor, ${scales}`,
  output: (a) => {
    const shape = outer("addr", a.vec1, a.vec2);
    expanded("addr", a.input.shape, shape);
    // The input is stretched first, so that one without dimensions counts like the others.
    return new Tensor(shape, resultType([a.input.withShape(shape), a.vec1, a.vec2]));
  },
};
op(both("addr"), addr);
opInplace("Tensor.addr_", addr);

op(both("outer", "ger"), {
  sig: "input: tensor, vec2: tensor",
  output: (a) => new Tensor(outer("outer", a.input, a.vec2), resultType([a.input, a.vec2])),
});

function outer(callee: string, left: Tensor, right: Tensor): Shape {
  requireRank(callee, left, [1], "the first");
  requireRank(callee, right, [1], "the second");
  return [left.size(0), right.size(0)];
}

op(both("inner"), {
  sig: "input: tensor, other: tensor",
  output: (a) => {
    if (a.input.rank === 0 || a.other.rank === 0) {
      return new Tensor(broadcastOf("inner", a.input, a.other), resultType([a.input, a.other]));
    }
    requireEqual(
      a.input.size(-1),
      a.other.size(-1),
      "matmul-mismatch",
      () => `inner of ${formatShape(a.input.shape)} and ${formatShape(a.other.shape)}: the last sizes must be equal`,
    );
    return new Tensor([...a.input.shape.slice(0, -1), ...a.other.shape.slice(0, -1)], productDtype(a.input, a.other));
  },
  macs: (a, out) => {
    const scalar = a.input.rank === 0 || a.other.rank === 0;
    return scalar ? 0 : mul(product((out as Tensor).shape), a.input.size(-1));
  },
});
op(both("kron"), {
  sig: "input: tensor, other: tensor",
  output: (a) => {
    const rank = Math.max(a.input.rank, a.other.rank);
    const at = (t: Tensor, i: number): Dim => t.shape[i - rank + t.rank] ?? 1;
    const shape = Array.from({ length: rank }, (_, i) => mul(at(a.input, i), at(a.other, i)));
    return new Tensor(shape, resultType([a.input, a.other]));
  },
});
op(`${both("cross")}`, {
  sig: "input: tensor, other: tensor, dim: int? = None",
  output: (a) => cross(a.input, a.other, a.dim),
});
op("torch.linalg.cross", {
  sig: "input: tensor, other: tensor, *, dim = -1",
  output: (a) => cross(a.input, a.other, a.dim),
});

function cross(input: Tensor, other: Tensor, dim: Dim | null): Tensor {
  const shape = broadcastOf("cross", input, other);
  if (input.rank !== other.rank) {
    violate("rank-mismatch", `cross of ${formatShape(input.shape)} and ${formatShape(other.shape)}: the ranks differ`);
  }
  if (dim !== null) {
    const size = shape[axisOf(dim, shape.length)] ?? 1;
    requireEqual(size, 3, "bad-argument", () => `cross needs size 3 in its dimension, got ${format(size)}`);
  }
  return new Tensor(shape, resultType([input, other]));
}

op("torch.tensordot torch.functional.tensordot", {
  sig: "a: tensor, b: tensor, dims: int|any = 2",
  output: (x) => {
    if (typeof x.dims !== "number") return unknownDims();
    return new Tensor(contracted(x.a, x.b, x.dims).shape, productDtype(x.a, x.b));
  },
  macs: (x) => (typeof x.dims === "number" ? contracted(x.a, x.b, x.dims).macs : 0),
});

function unknownDims(): never {
  throw new Undecided("tensordot over listed dimensions is not followed");
}

function contracted(a: Tensor, b: Tensor, count: number): Product {
  if (count < 0 || count > a.rank || count > b.rank) {
    violate(
      "rank-mismatch",
      `tensordot over ${count} dimensions of ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
    );
  }
  const left = a.shape.slice(a.rank - count);
  const right = b.shape.slice(0, count);
  // Where one side has size 1, the other is summed up before the product.
  const inner = product(
    left.map((size, i) => {
      const other = right[i] as Dim;
      if (eq(size, 1) === true || eq(other, 1) === true) return 1;
      requireEqual(
        size,
        other,
        "matmul-mismatch",
        () =>
          `tensordot of ${formatShape(a.shape)} and ${formatShape(b.shape)}: ${formatShape(left)} must equal ${formatShape(right)}`,
      );
      return size;
    }),
  );
  const shape = [...a.shape.slice(0, a.rank - count), ...b.shape.slice(count)];
  return { shape, inner, macs: mul(product(shape), inner) };
}

op("torch.chain_matmul torch.linalg.multi_dot", {
  sig: "*tensors: tensors",
  output: ({ tensors }) => {
    const [first, ...rest] = tensors;
    if (first === undefined) violate("bad-argument", "multi_dot needs at least one tensor");
    return rest.reduce((left, right) => {
      return new Tensor(matmulOf("multi_dot", left.shape, right.shape).shape, productDtype(left, right));
    }, first);
  },
  macs: ({ tensors }) => cheapestOrder(tensors.map((each) => each.shape)),
});

/** The least multiply-accumulates that a chain of matrices can be multiplied with, which is what PyTorch takes. */
function cheapestOrder(shapes: readonly Shape[]): Dim {
  const last = shapes.length - 1;
  // A vector at either end is a matrix of one row or column.
  const matrices = shapes.map((shape, i) =>
    shape.length > 1 ? shape : i === 0 ? [1, ...shape] : i === last ? [...shape, 1] : shape,
  );
  const bounds = matrices.flatMap((shape, i) => (i === 0 ? shape : shape.slice(-1)));
  const [a, b, c] = bounds;
  if (shapes.length === 2 && a !== undefined && b !== undefined && c !== undefined) return product([a, b, c]);
  const sizes = bounds.map((size) => concrete(size, "the cheapest order of the products"));
  const best = new Map<string, number>();
  const cost = (from: number, to: number): number => {
    if (to - from < 2) return 0;
    const key = `${from},${to}`;
    const known = best.get(key);
    if (known !== undefined) return known;
    let least = Infinity;
    for (let at = from + 1; at < to; at++) {
      const last = (sizes[from] ?? 1) * (sizes[at] ?? 1) * (sizes[to] ?? 1);
      least = Math.min(least, cost(from, at) + cost(at, to) + last);
    }
    best.set(key, least);
    return least;
  };
  return cost(0, sizes.length - 1);
}

op("torch.cdist torch.functional.cdist", {
  sig: "x1: tensor, x2: tensor, p: any = 2.0, compute_mode: any? = None",
  output: (a) => {
    for (const x of [a.x1, a.x2])
      if (x.rank < 2)
        violate("rank-mismatch", `cdist needs at least 2 dimensions, but ${formatShape(x.shape)} has ${x.rank}`);
    requireEqual(
      a.x1.size(-1),
      a.x2.size(-1),
      "matmul-mismatch",
      () => `cdist of ${formatShape(a.x1.shape)} and ${formatShape(a.x2.shape)}: the last sizes must be equal`,
    );
    const batch = broadcastTo("cdist", a.x1.shape.slice(0, -2), a.x2.shape.slice(0, -2));
    return new Tensor([...batch, a.x1.size(-2), a.x2.size(-2)], resultType([a.x1, a.x2]));
  },
});
op("torch.pdist torch.nn.functional.pdist", {
  sig: "input: tensor, p: any = 2.0",
  output: ({ input }) => {
    requireRank("pdist", input, [2]);
    const n = input.size(0);
    return input.withShape([divExact(mul(n, add(n, -1)), 2) ?? floordiv(mul(n, add(n, -1)), 2)]);
  },
});
op(both("cov", "corrcoef"), {
  sig: "input: tensor, *, correction: any = 1, fweights: any? = None, aweights: any? = None",
  output: ({ input }) => {
    if (input.rank > 2)
      violate("rank-mismatch", `cov needs at most 2 dimensions, but ${formatShape(input.shape)} has ${input.rank}`);
    if (input.dtype === "bool") violate("bad-argument", "cov and corrcoef do not take bools");
    const several = input.rank === 2 && !isOne(input.size(0), 0);
    return new Tensor(several ? [input.size(0), input.size(0)] : [], toFloat(input.dtype));
  },
  macs: ({ input }) => mul(numel(input.shape), input.rank === 2 ? input.size(0) : 1),
});
