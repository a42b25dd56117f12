/** Broadcasting and reshaping against plain models of what PyTorch does with concrete sizes. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  broadcast,
  broadcastAll,
  type Dim,
  eq,
  equalShapes,
  evaluate,
  floordiv,
  formatShape,
  inferMinusOne,
  mul,
  numel,
  type Shape,
  sub,
  substitute,
  symbol,
  symbolsOf,
} from "../../../server/src/algebra/index.ts";

const N = symbol("N", "a test");
const H = symbol("H", "a test");
const big = symbol("big", "a test", { min: 2 });
const any = symbol("any", "a test", { min: -Infinity });

describe("formatShape", () => {
  it("writes a tuple as Python does", () => {
    expect([[], [10], [N, 32, 32, 32], [N, floordiv(H, 2)]].map(formatShape)).toEqual([
      "()",
      "(10,)",
      "(N, 32, 32, 32)",
      "(N, H//2)",
    ]);
  });
});

describe("equalShapes", () => {
  it("is decided where every size or any size is", () => {
    expect(equalShapes([N, 3], [N, 3])).toBe(true);
    expect(equalShapes([N, 3], [N, 4])).toBe(false);
    expect(equalShapes([N, 3], [H, 3])).toBeUndefined();
    expect(equalShapes([N, 3], [H, 4])).toBe(false);
    expect(equalShapes([N], [N, 1])).toBe(false);
    expect(equalShapes([], [])).toBe(true);
  });
});

describe("numel", () => {
  it("is the product, 1 for a scalar", () => {
    expect(numel([])).toBe(1);
    expect(numel([2, 0, 5])).toBe(0);
    expect(eq(numel([N, 3, H]), mul(3, mul(N, H)))).toBe(true);
  });
});

describe("broadcast", () => {
  const cases: [Shape, Shape, string][] = [
    [[N, 1, H], [N, 8, 1], "(N, 8, H)"],
    [[N, 3, 4], [4], "(N, 3, 4)"],
    [[N], [8], "(8,)"],
    [[big], [N], "(big,)"],
    [[big], [8], "(8,)"],
    [[N], [0], "(0,)"],
    [[N], [H], "(?,)"],
    [[N], [mul(2, N)], "(2·N,)"],
  ];
  for (const [a, b, expected] of cases) {
    it(`${formatShape(a)} with ${formatShape(b)}`, () => {
      const forth = broadcast(a, b);
      const back = broadcast(b, a);
      expect("shape" in forth && formatShape(forth.shape)).toBe(expected);
      expect("shape" in back && formatShape(back.shape)).toBe(expected);
    });
  }

  it("says what makes a size undecided", () => {
    const result = broadcast([N], [H]);
    const [size = 0] = "shape" in result ? result.shape : [];
    expect(symbolsOf(size)[0]?.why).toBe("N and H are broadcast together, and either may be 1");
  });

  it("says where sizes conflict", () => {
    expect(broadcast([N, 3, 4], [2, 4])).toEqual({ conflict: { axis: 1, left: 3, right: 2 } });
    expect(broadcast([big], [mul(2, big)])).toHaveProperty("conflict");
    expect(broadcast([0], [3])).toHaveProperty("conflict");
    expect(broadcastAll([[5, 1], [4], [N, 1, 1]])).toMatchObject({ shape: [N, 5, 4] });
    expect(broadcastAll([[5, 1], [4], [2, 1, 3]])).toEqual({ conflict: { axis: 2, left: 4, right: 3 } });
    expect(broadcastAll([])).toEqual({ shape: [] });
  });

  it("gives what PyTorch gives, whichever sizes are known", () => {
    const size = fc.record({ value: fc.constantFrom(1, 1, 2, 3, 0), known: fc.boolean(), shared: fc.nat(1) });
    const sizes = fc.array(size, { maxLength: 4 });
    fc.assert(
      fc.property(sizes, sizes, (left, right) => {
        const values = new Map<number, number>();
        // Sizes of one value may be one symbol, or several.
        const shared = new Map<string, Dim>();
        const dimOf = ({ value, known, shared: group }: { value: number; known: boolean; shared: number }): Dim => {
          if (known) return value;
          const d = shared.get(`${value}/${group}`) ?? symbol("n", "a test", { min: 0 });
          shared.set(`${value}/${group}`, d);
          for (const { id } of symbolsOf(d)) values.set(id, value);
          return d;
        };
        const expected = broadcastConcretely(
          left.map(({ value }) => value),
          right.map(({ value }) => value),
        );
        const result = broadcast(left.map(dimOf), right.map(dimOf));
        if ("conflict" in result) {
          expect(expected).toBeUndefined();
        } else if (expected !== undefined) {
          const decided = result.shape.map((d) => {
            const value = substitute(d, values);
            return symbolsOf(value).length > 0 ? "undecided" : evaluate(value, values);
          });
          expect(decided).toEqual(expected.map((value, i) => (decided[i] === "undecided" ? "undecided" : value)));
        }
        if (left.concat(right).every(({ known }) => known)) expect("shape" in result).toBe(expected !== undefined);
      }),
      { numRuns: 1500 },
    );
  });
});

describe("inferMinusOne", () => {
  const ok = (total: Dim, sizes: readonly Dim[]): string => {
    const result = inferMinusOne(total, sizes);
    return result.kind === "ok" ? formatShape(result.shape) : result.kind;
  };
  const cases: [Dim, Dim[], string][] = [
    [mul(N, 4096), [N, -1], "(N, 4096)"],
    [mul(N, 4096), [-1, 4096], "(N, 4096)"],
    [mul(N, 4096), [-1, 1000], "((512·N)//125, 1000)"],
    [mul(N, 4096), [-1, H], "((4096·N)//H, H)"],
    [24, [2, 3, 4], "(2, 3, 4)"],
    [24, [2, 3, N], "(2, 3, N)"],
    [24, [5, -1], "mismatch"],
    [24, [5, 5], "mismatch"],
    [mul(2, N), [sub(mul(2, N), 1)], "mismatch"],
    [24, [-1, -1], "two-unknowns"],
    [4, [-2, -2], "negative-size"],
    [0, [0, -1], "mismatch"],
    [0, [3, -1], "(3, 0)"],
    [24, [any, 4], "(6, 4)"],
    [24, [any, any], "(?, ?)"],
    [24, [-1, any], "(24//any, any)"],
    [1, [], "()"],
  ];
  for (const [total, sizes, expected] of cases) {
    it(`${formatShape([total])} elements as ${formatShape(sizes)}`, () => expect(ok(total, sizes)).toBe(expected));
  }

  it("tells both numbers of a mismatch", () => {
    expect(inferMinusOne(24, [5, 5])).toEqual({ kind: "mismatch", total: 24, requested: 25 });
    expect(inferMinusOne(24, [5, -1])).toEqual({ kind: "mismatch", total: 24, requested: 5 });
  });

  it("gives what PyTorch gives, whichever sizes are known", () => {
    const size = fc.record({ value: fc.constantFrom(-1, 0, 1, 2, 3, 4, 6), known: fc.boolean() });
    const sizes = fc.array(size, { maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(0, 1, 2, 6, 12, 24), fc.boolean(), sizes, (total, totalKnown, requested) => {
        const values = new Map<number, number>();
        const dimOf = (value: number, known: boolean): Dim => {
          if (known) return value;
          const d = symbol("n", "a test", { min: -Infinity });
          for (const { id } of symbolsOf(d)) values.set(id, value);
          return d;
        };
        const result = inferMinusOne(
          dimOf(total, totalKnown),
          requested.map(({ value, known }) => dimOf(value, known)),
        );
        const expected = reshapeConcretely(
          total,
          requested.map(({ value }) => value),
        );
        if (expected === undefined) {
          if (totalKnown && requested.every(({ known }) => known)) expect(result.kind).not.toBe("ok");
          return;
        }
        expect(result.kind).toBe("ok");
        const shape = result.kind === "ok" ? result.shape : [];
        const decided = shape.map((d) => {
          const value = substitute(d, values);
          return symbolsOf(value).length > 0 ? "undecided" : evaluate(value, values);
        });
        expect(decided).toEqual(expected.map((value, i) => (decided[i] === "undecided" ? "undecided" : value)));
      }),
      { numRuns: 1500 },
    );
  });
});

/** PyTorch's broadcasting rule as its documentation states it. */
function broadcastConcretely(a: readonly number[], b: readonly number[]): number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const left = [...Array(rank - a.length).fill(1), ...a];
  const right = [...Array(rank - b.length).fill(1), ...b];
  const compatible = left.every((size, i) => size === right[i] || size === 1 || right[i] === 1);
  return compatible ? left.map((size, i) => (size === 1 ? right[i] : size)) : undefined;
}

/** `torch.empty(total).reshape(sizes).shape`, by trying every size for the -1; undefined where PyTorch raises. */
function reshapeConcretely(total: number, sizes: readonly number[]): number[] | undefined {
  const fits = (shape: readonly number[]): boolean => shape.reduce((a, b) => a * b, 1) === total;
  const wildcard = sizes.indexOf(-1);
  if (wildcard < 0) return fits(sizes) ? [...sizes] : undefined;
  if (sizes.lastIndexOf(-1) !== wildcard) return undefined;
  const found: number[][] = [];
  for (let size = 0; size <= total; size++) {
    const shape = sizes.map((other, i) => (i === wildcard ? size : other));
    if (fits(shape)) found.push(shape);
  }
  // With a 0 among the others, any size or none would fit: "the unspecified dimension size -1 can be any value".
  return sizes.includes(0) ? undefined : found[0];
}
