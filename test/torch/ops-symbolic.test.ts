/** Ops on tensors of unknown sizes: what must come out as an expression, and what must stay unknown or silent. */
import { describe, expect, it } from "vitest";
import { type Dim, format, formatShape, mul, type Shape, symbol } from "../../server/src/algebra/index.ts";
import {
  type Args,
  bind,
  collectingEquations,
  type DType,
  type Equation,
  notFitting,
  type Out,
  type Reader,
  Scalar,
  Tensor,
  type TypeName,
  Undecided,
  Violation,
} from "../../server/src/frameworks/rules/index.ts";
import { type IndexItem, indexTensor } from "../../server/src/frameworks/torch/rules/ops/index.ts";
import { torchRules } from "../../server/src/frameworks/torch/rules/table.ts";

const [N, T, C, H, W] = ["N", "T", "C", "H", "W"].map((name) => symbol(name, "free input")) as [
  Dim,
  Dim,
  Dim,
  Dim,
  Dim,
];
const float = (...shape: Shape): Tensor => new Tensor(shape, "float32");
const long = (...shape: Shape): Tensor => new Tensor(shape, "int64");
const mask = (...shape: Shape): Tensor => new Tensor(shape, "bool");

describe("reshapes", () => {
  it("parts heads and moves them", () => {
    const heads = run("Tensor.view", float(N, T, mul(8, C)), N, T, 8, C);
    expect(text(run("Tensor.transpose", heads, 1, 2))).toBe("(N, 8, T, C)");
    expect(text(run("Tensor.view", float(N, T, 768), N, T, 12, 64))).toBe("(N, T, 12, 64)");
  });
  it("fills in -1", () => {
    expect(text(run("Tensor.view", float(N, 256, 6, 6), N, -1))).toBe("(N, 9216)");
    expect(text(run("Tensor.view", float(N, 256, 6, 6), -1, 9216))).toBe("(N, 9216)");
    expect(text(run("Tensor.reshape", float(N, T, 64), -1, 64))).toBe("(N*T, 64)");
    expect(text(run("torch.flatten", float(N, 3, H, W), 1))).toBe("(N, 3*H*W)");
  });
  it("refuses what never fits", () => {
    expect(refusal("Tensor.view", float(8, 256, 4, 4), 8, 1024)).toBe(
      "reshape-mismatch: cannot view (8, 256, 4, 4) = 32,768 elements as (8, 1024)",
    );
    expect(refusal("Tensor.view", float(N, 7), N, 8)).toMatch(/^reshape-mismatch/);
  });
  it("notes an equation where it is undecided", () => {
    expect(equations("Tensor.view", float(N, T), 5, 6)).toBe(1);
  });
  it("does not guess whether squeeze drops a batch", () => {
    expect(unknown("torch.squeeze", float(N, 1))).toMatch(/only if its size, N, is 1/);
    expect(text(run("torch.squeeze", float(N, 1), -1))).toBe("(N,)");
    expect(text(run("torch.squeeze", float(N, 5), 1))).toBe("(N, 5)");
  });
  it("expands and repeats", () => {
    expect(text(run("Tensor.expand", float(1, 1, 768), N, -1, -1))).toBe("(N, 1, 768)");
    expect(text(run("Tensor.repeat", float(1, T), N, 2))).toBe("(N, 2*T)");
    expect(text(run("Tensor.unfold", float(N, T), 1, 4, 2))).toBe("(N, T//2 - 1, 4)");
  });
});

describe("joining and parting", () => {
  it("adds up channels of a skip connection", () => {
    expect(text(run("torch.cat", [float(N, 64, H, W), float(N, C, H, W)], 1))).toBe("(N, C + 64, H, W)");
    expect(refusal("torch.cat", [float(N, 64, 56, 56), float(N, 64, 57, 57)], 1)).toBe(
      "cat-mismatch: cat of (N, 64, 56, 56) and (N, 64, 57, 57): all sizes but that of dimension 1 must be equal",
    );
    expect(equations("torch.cat", [float(N, 64, H, W), float(N, 64, 32, W)], 1)).toBe(1);
  });
  it("parts queries, keys and values", () => {
    expect(text(run("Tensor.chunk", float(N, T, mul(3, C)), 3, -1))).toBe("(N, T, C); (N, T, C); (N, T, C)");
    expect(text(run("Tensor.split", float(N, T, mul(3, C)), C, 2))).toBe("(N, T, C); (N, T, C); (N, T, C)");
    expect(unknown("Tensor.chunk", float(N, T), 2, 0)).toMatch(/how N parts/);
    expect(unknown("Tensor.unbind", float(N, T), 0)).toMatch(/size of dimension 0 is not known/);
  });
  it("stacks", () => expect(text(run("torch.stack", [float(N, C), float(N, C)], 1))).toBe("(N, 2, C)"));
});

describe("products", () => {
  it("attends", () => {
    const q = float(N, 12, T, 64);
    expect(text(run("Tensor.matmul", q, run("Tensor.transpose", q, -2, -1)))).toBe("(N, 12, T, T)");
    expect(macs("Tensor.matmul", q, float(N, 12, 64, T))).toBe("768*N*T²");
    expect(macs("torch.nn.functional.scaled_dot_product_attention", q, q, q)).toBe("1536*N*T²");
  });
  it("says which sizes of a product differ", () =>
    expect(refusal("torch.matmul", float(N, 10, 64), float(32, 5))).toBe(
      "matmul-mismatch: matmul of (N, 10, 64) and (32, 5): the last size of the first, 64, must equal the second-last of the second, 32",
    ));
  it("contracts", () => {
    expect(text(run("torch.einsum", "bhid,bhjd->bhij", float(N, 8, T, 64), float(N, 8, W, 64)))).toBe("(N, 8, T, W)");
    expect(macs("torch.einsum", "bhid,bhjd->bhij", float(N, 8, T, 64), float(N, 8, W, 64))).toBe("512*N*T*W");
    expect(macs("torch.mv", float(H, W), float(W))).toBe("H*W");
  });
});

describe("broadcasting and reductions", () => {
  it("takes the size that cannot be 1", () => {
    expect(text(run("Tensor.__add__", float(N, T, 768), float(1, T, 768)))).toBe("(N, T, 768)");
    expect(text(run("torch.mul", float(N, 64), float(C)))).toBe("(N, 64)");
    expect(refusal("Tensor.__add__", float(N, 10), float(5, 3))).toBe(
      "broadcast-mismatch: addition of (N, 10) and (5, 3): sizes 10 and 3 at dimension -1 differ, and neither is 1",
    );
  });
  it("reduces", () => {
    expect(text(run("torch.mean", float(N, C, H, W), [2, 3]))).toBe("(N, C)");
    expect(text(run("Tensor.max", float(N, T), 1))).toBe("(N,); (N,)");
  });
  it("counts steps", () => {
    expect(text(run("torch.arange", T))).toBe("(T,)");
    expect(text(run("torch.arange", 0, T, 2))).toMatch(/^\(\(T \+ 1\)\/\/2,\)$/);
  });
  it("interpolates by fractions of powers of two", () =>
    expect(text(run("torch.nn.functional.interpolate", float(N, 3, H, W), null, 2))).toBe("(N, 3, 2*H, 2*W)"));
});

describe("indexing", () => {
  const at = (t: Tensor, ...items: readonly IndexItem[]): string => text(indexTensor(t, items));
  const slice = (start: Dim | null, stop: Dim | null): IndexItem => ({ kind: "slice", start, stop, step: null });
  const all = slice(null, null);
  it("slices exactly where it can be proven", () => {
    expect(at(float(N, T), all, slice(null, T))).toBe("(N, T)");
    expect(at(float(N, T), all, slice(1, null))).toBe("(N, T - 1)");
    expect(at(float(N, T), all, slice(null, -1))).toBe("(N, T - 1)");
    expect(at(float(1024, 64), slice(null, T))).toBe("(min(T, 1024), 64)");
    expect(at(float(N, mul(2, C)), { kind: "ellipsis" }, slice(null, C))).toBe("(N, C)");
  });
  it("drops, adds and masks dimensions", () => {
    expect(at(float(N, T, C), all, { kind: "int", value: 0 })).toBe("(N, C)");
    expect(at(float(N, T), all, { kind: "newaxis" }, all)).toBe("(N, 1, T)");
    expect(at(float(N, T, C), { kind: "tensor", tensor: mask(N, T) })).toBe("(?, C)");
    expect(at(float(N, T, C), all, { kind: "tensor", tensor: long(5) })).toBe("(N, 5, C)");
    expect(at(float(N, T, C), { kind: "tensor", tensor: long(5) }, all, { kind: "tensor", tensor: long(5) })).toBe(
      "(5, T)",
    );
  });
  it("refuses an index out of range", () =>
    expect(() => indexTensor(float(N, 3), [all, { kind: "int", value: 3 }])).toThrow(
      expect.objectContaining({ code: "bad-argument" }),
    ));
});

describe("what is not known", () => {
  const unknown = new Tensor(null, null, "it comes from a loop");
  it("does not spoil what does not depend on it", () => {
    const q = float(N, 12, T, 64);
    expect(text(run("torch.nn.functional.scaled_dot_product_attention", q, q, q, unknown))).toBe("(N, 12, T, 64)");
    expect(text(run("Tensor.add_", float(N, C), unknown))).toBe("(N, C)");
    expect(text(run("Tensor.scatter_add", float(N, C), 0, unknown, unknown))).toBe("(N, C)");
    expect(text(run("torch.nn.functional.linear", float(N, 8), float(5, 8), unknown))).toBe("(N, 5)");
  });
  it("makes unknown what does", () => {
    expect(() => run("Tensor.add", float(N, C), unknown)).toThrow(Undecided as never);
    expect(run("torch.where", mask(N), float(N), new Tensor([N], null)).dtype).toBeNull();
  });
});

type Value = null | boolean | string | Dim | Tensor | readonly Value[] | { readonly dtype: DType };

function run(name: string, ...args: readonly Value[]): Tensor {
  return apply(name, args).out as Tensor;
}

function apply(name: string, args: readonly Value[]): { readonly out: Out; readonly macs: Dim } {
  const entry = torchRules.ops.get(name);
  if (!entry) throw new Error(`no rule for ${name}`);
  const bound = bind(name, entry.parameters, args, new Map(), reader) as Args<never>;
  const out = entry.rule.output(bound);
  return { out, macs: entry.rule.macs?.(bound, out) ?? 0 };
}

const macs = (name: string, ...args: readonly Value[]): string => format(apply(name, args).macs).replaceAll("·", "*");

function equations(name: string, ...args: readonly Value[]): number {
  const found: Equation[] = [];
  collectingEquations(
    (equation) => {
      found.push(equation);
      return null;
    },
    () => run(name, ...args),
  );
  return found.length;
}

function refusal(name: string, ...args: readonly Value[]): string {
  const thrown = thrownBy(() => run(name, ...args));
  return thrown instanceof Violation ? `${thrown.code}: ${thrown.message}` : `not refused: ${String(thrown)}`;
}

function unknown(name: string, ...args: readonly Value[]): string {
  const thrown = thrownBy(() => run(name, ...args));
  return thrown instanceof Undecided ? thrown.why : `not unknown: ${String(thrown)}`;
}

function thrownBy(body: () => unknown): unknown {
  try {
    return body();
  } catch (thrown) {
    return thrown;
  }
}

function text(out: Out): string {
  if (out instanceof Tensor) return formatShape(out.shape).replaceAll("·", "*");
  if ("fields" in out) return Object.values(out.fields).map(text).join("; ");
  return Array.isArray(out) ? out.map(text).join("; ") : JSON.stringify(out);
}

const isDim = (value: Value): value is Dim =>
  typeof value === "number" || (typeof value === "object" && value !== null && "terms" in value);
const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

const reader: Reader<Value> = {
  isNone: (value) => value === null,
  read: (type, value) => readers[type](value),
  describe: String,
  isRest: isList,
  asOpen: () => null,
  pack: (values) => values,
  fromDefault: (value) => value,
};

const dim = (value: Value): unknown => (isDim(value) ? value : notFitting);
const numeric = (value: Value): unknown => (typeof value === "number" ? value : notFitting);
const each =
  (read: (value: Value) => unknown) =>
  (value: Value): unknown => {
    const items = (isList(value) ? value : [value]).map(read);
    return items.includes(notFitting) ? notFitting : items;
  };
const isTensor = (value: Value): unknown => (value instanceof Tensor ? value : notFitting);
const tuple =
  (count: number) =>
  (value: Value): unknown =>
    isDim(value)
      ? new Array<Dim>(count).fill(value)
      : isList(value) && value.length === count
        ? each(dim)(value)
        : notFitting;

const readers: Readonly<Record<TypeName, (value: Value) => unknown>> = {
  int: dim,
  float: numeric,
  bool: (value) => (typeof value === "boolean" ? value : notFitting),
  str: (value) => (typeof value === "string" ? value : notFitting),
  tensor: isTensor,
  tensors: (value) => (isList(value) ? each(isTensor)(value) : notFitting),
  single: tuple(1),
  pair: tuple(2),
  triple: tuple(3),
  ints: each(dim),
  optints: each((value) => (value === null ? null : dim(value))),
  floats: each(numeric),
  dtype: () => notFitting,
  operand: (value) => (typeof value === "number" ? new Scalar("int", value) : isTensor(value)),
  packed: () => notFitting,
  shapes: () => notFitting,
  sublists: () => notFitting,
  any: (value) => ({ opaque: value }),
};
