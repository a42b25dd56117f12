/** What expressions become, how they read, and what can be decided about them: case by case. */

import { describe, expect, it } from "vitest";
import {
  add,
  bounds,
  ceildiv,
  type Dim,
  divExact,
  divisible,
  eq,
  evaluate,
  floordiv,
  format,
  formatCount,
  formatSource,
  ge,
  gt,
  isConcrete,
  lt,
  max,
  min,
  mod,
  mul,
  neg,
  pow,
  product,
  sub,
  substitute,
  sum,
  symbol,
  symbolsOf,
} from "../../../server/src/algebra/index.ts";

const named = (name: string): Dim => symbol(name, "a test");
const H = named("H");
const W = named("W");
const C = named("C");
const N = named("N");
const h = named("h");
const a = named("a");
const b = named("b");
const c = named("c");
const c_in = named("c_in");
const c_out = named("c_out");
const anything = symbol("k", "a test", { min: -Infinity });

describe("printing", () => {
  const cases: [Dim, string, string?][] = [
    [0, "0"],
    [-12, "-12"],
    [H, "H"],
    [neg(H), "-H"],
    [symbol("n", "a test", { anonymous: true }), "?"],
    [add(mul(9, mul(c_in, c_out)), c_out), "9·c_in·c_out + c_out", "9*c_in*c_out + c_out"],
    [floordiv(H, 2), "H//2"],
    [add(floordiv(sub(H, 1), 2), 1), "(H + 1)//2"],
    [add(floordiv(sub(H, 3), 2), 1), "(H - 1)//2"],
    [add(floordiv(H, 2), 1), "H//2 + 1"],
    [max(H, W), "max(H, W)"],
    [max(0, sub(H, 3)), "max(H - 3, 0)"],
    [min(W, H, 7), "min(H, W, 7)"],
    [mod(H, 4), "H % 4"],
    [sub(mul(2, H), 1), "2·H - 1", "2*H - 1"],
    [add(neg(N), 3), "3 - N"],
    [sub(W, add(N, H)), "W - H - N"],
    [sub(-3, H), "-H - 3"],
    [sub(H, floordiv(H, 2)), "H - H//2"],
    [neg(floordiv(H, 2)), "-(H//2)"],
    [mul(2, floordiv(H, 2)), "2·(H//2)", "2*(H//2)"],
    [mul(C, mul(floordiv(W, 2), floordiv(H, 2))), "C·(H//2)·(W//2)", "C*(H//2)*(W//2)"],
    [floordiv(mul(C, H), 2), "(C·H)//2", "(C*H)//2"],
    [floordiv(mul(15, H), 4), "4·H - (H + 3)//4", "4*H - (H + 3)//4"],
    [add(C, floordiv(H, 2)), "C + H//2"],
    [mod(neg(H), 7), "7·((H + 6)//7) - H", "7*((H + 6)//7) - H"],
    [add(mul(6, floordiv(H, 4)), mod(H, 4)), "H % 4 + 6·(H//4)", "H % 4 + 6*(H//4)"],
    [add(H, mod(neg(H), 7)), "7·((H + 6)//7)", "7*((H + 6)//7)"],
    [mul(3, mod(H, 4)), "3·(H % 4)", "3*(H % 4)"],
    [floordiv(H, add(W, 1)), "H//(W + 1)"],
    [floordiv(H, mul(C, W)), "H//(C·W)", "H//(C*W)"],
    [add(pow(H, 2), pow(H, 12)), "H¹² + H²", "H**12 + H**2"],
    [pow(floordiv(H, 2), 2), "(H//2)²", "(H//2)**2"],
    [sum([H, mul(H, W), 5, mul(C, C)]), "C² + H·W + H + 5", "C**2 + H*W + H + 5"],
    [max(floordiv(64, H), 1), "max(64//H, 1)"],
    [add(mul(36864, c), 64), "36864·c + 64", "36864*c + 64"],
  ];
  for (const [d, text, source = text] of cases) {
    it(text, () => {
      expect(format(d)).toBe(text);
      expect(formatSource(d)).toBe(source);
    });
  }

  it("groups the digits of counts", () => {
    expect(formatCount(5852234)).toBe("5,852,234");
    expect(formatCount(-1000)).toBe("-1,000");
    expect(formatCount(999)).toBe("999");
    expect(formatCount(add(mul(36864, c), 64))).toBe("36,864·c + 64");
    expect(formatCount(mul(1024, floordiv(add(c, 1500), 2048)))).toBe("1,024·((c + 1500)//2048)");
    expect(formatCount(pow(10, 21))).toBe("1,000,000,000,000,000,000,000");
  });

  it("does not depend on the order of computation", () => {
    const orders = [
      [c_out, c_in, H],
      [H, c_out, c_in],
      [c_in, H, c_out],
    ];
    expect(new Set(orders.map((dims) => format(add(product(dims), sum(dims)))))).toEqual(
      new Set(["H·c_in·c_out + H + c_in + c_out"]),
    );
  });
});

describe("normal form", () => {
  const cases: [string, Dim, Dim][] = [
    ["equal unknowns cancel", sub(add(H, W), H), W],
    ["exact cancellation", floordiv(mul(C, h), h), C],
    ["cancellation in every term", floordiv(add(mul(a, h), mul(b, h)), h), add(a, b)],
    ["a sum as divisor", floordiv(mul(C, add(h, 1)), add(h, 1)), C],
    ["common symbols", floordiv(mul(C, H), mul(h, H)), floordiv(C, h)],
    ["common symbols, constant divisor", floordiv(mul(C, H), mul(2, H)), floordiv(C, 2)],
    ["multiples of the divisor", floordiv(add(mul(4, H), 2), 2), add(mul(2, H), 1)],
    ["common divisor", floordiv(mul(2, H), 4), floordiv(H, 2)],
    ["common divisor with a remainder", floordiv(add(mul(2, H), 1), 4), floordiv(H, 2)],
    ["common divisor of a remainder", mod(add(mul(2, H), 5), 4), add(mul(2, mod(H, 2)), 1)],
    ["pooling twice", floordiv(floordiv(H, 2), 2), floordiv(H, 4)],
    ["strides twice", add(floordiv(floordiv(sub(H, 1), 2), 2), 1), floordiv(add(H, 3), 4)],
    ["negative divisor", floordiv(H, -2), floordiv(neg(H), 2)],
    ["remainder by 1", mod(H, 1), 0],
    ["remainder of a multiple", mod(mul(6, H), 3), 0],
    ["remainder of a remainder", mod(mod(H, 12), 4), mod(H, 4)],
    ["remainder of a multiple of a symbol", mod(add(mul(C, h), 3), h), mod(3, h)],
    ["quotient and remainder", add(mul(4, floordiv(H, 4)), mod(H, 4)), H],
    ["quotient and remainder in a product", add(mul(mul(4, C), floordiv(H, 4)), mul(C, mod(H, 4))), mul(C, H)],
    ["quotient and remainder of a symbol", add(mul(h, floordiv(H, h)), mod(H, h)), H],
    ["a quotient that its range decides", floordiv(symbol("n", "a test", { min: 8, max: 11 }), 4), 2],
    ["a quotient smaller than the divisor", floordiv(sub(h, 1), h), 0],
    ["a maximum that is decided", max(add(H, 1), H, 1), add(H, 1)],
    ["a minimum that is decided", min(H, floordiv(H, 2)), floordiv(H, 2)],
    ["nested maxima", max(max(H, W), max(W, C)), max(C, H, W)],
    ["a difference of squares", sub(mul(add(H, W), sub(H, W)), sub(pow(H, 2), pow(W, 2))), 0],
  ];
  for (const [name, left, right] of cases) {
    it(name, () => {
      expect(format(left)).toBe(format(right));
      expect(eq(left, right)).toBe(true);
    });
  }

  it("rounds as Python does", () => {
    expect([floordiv(-7, 2), mod(-7, 2), floordiv(7, -2), mod(7, -2), ceildiv(7, 2), ceildiv(-7, 2)]).toEqual([
      -4, 1, -4, -1, 4, -3,
    ]);
    expect(Object.is(floordiv(0, -5), 0) && Object.is(mod(-4, 2), 0) && Object.is(mul(0, -1), 0)).toBe(true);
    expect(Object.is(neg(0), 0)).toBe(true);
  });

  it("refuses to divide by 0, and negative exponents", () => {
    expect(() => floordiv(H, 0)).toThrow(RangeError);
    expect(() => mod(1, 0)).toThrow(RangeError);
    expect(() => pow(H, -1)).toThrow(RangeError);
    expect(divExact(H, 0)).toBeNull();
  });

  it("keeps integers exact beyond what a number holds, and returns to numbers", () => {
    const big = mul(Number.MAX_SAFE_INTEGER, 3);
    expect(isConcrete(big)).toBe(false);
    expect(format(big)).toBe("27021597764222973");
    expect(floordiv(big, 3)).toBe(Number.MAX_SAFE_INTEGER);
    expect(sub(big, big)).toBe(0);
    expect(evaluate(add(big, H), new Map([[symbolsOf(H)[0]?.id ?? 0, 1]]))).toBe(27021597764222974n);
    expect(floordiv(Number.MAX_SAFE_INTEGER, 3)).toBe(3002399751580330);
  });

  it("divides exactly or not at all", () => {
    expect(divExact(12, 4)).toBe(3);
    expect(divExact(13, 4)).toBeNull();
    expect(divExact(mul(6, H), 4)).toBeNull();
    expect(format(divExact(sub(pow(H, 2), 1), sub(H, 1)) ?? -1)).toBe("H + 1");
  });
});

describe("symbols", () => {
  it("are equal to themselves only", () => {
    expect(eq(H, H)).toBe(true);
    expect(eq(H, named("H"))).toBeUndefined();
  });

  it("are found inside of divisions and maxima, with what is known about them", () => {
    const n = symbol("n", "read from a file", { min: 0, max: 9 });
    const found = symbolsOf(max(floordiv(H, 2), mod(n, W)));
    expect(found.map(({ name }) => name)).toEqual(["H", "W", "n"]);
    expect(found[2]).toMatchObject({ why: "read from a file", min: 0, max: 9, anonymous: false });
  });

  it("that can have one value only are that value", () => {
    expect(symbol("n", "a test", { min: 3, max: 3 })).toBe(3);
  });

  it("are replaced, and the result simplified", () => {
    const [id = 0] = symbolsOf(H).map((info) => info.id);
    expect(substitute(floordiv(H, 2), new Map([[id, mul(2, W)]]))).toEqual(W);
    expect(substitute(add(floordiv(sub(H, 1), 2), 1), new Map([[id, 224]]))).toBe(112);
    expect(() => evaluate(W, new Map())).toThrow(RangeError);
  });
});

describe("comparison", () => {
  const pooled = floordiv(H, 2);
  const cases: [string, unknown, unknown][] = [
    ["H >= 1", ge(H, 1), true],
    ["H > 1", gt(H, 1), undefined],
    ["H + 1 > H", gt(add(H, 1), H), true],
    ["H == W", eq(H, W), undefined],
    ["H == -1", eq(H, -1), false],
    ["2H == 2W + 1", eq(mul(2, H), add(mul(2, W), 1)), false],
    ["2H == 2W + 2", eq(mul(2, H), add(mul(2, W), 2)), undefined],
    ["H*W >= H", ge(mul(H, W), H), true],
    ["H//2 < H", lt(pooled, H), true],
    ["H - H//2 == (H + 1)//2", eq(sub(H, pooled), ceildiv(H, 2)), true],
    ["2*(H//2) <= H", ge(H, mul(2, pooled)), true],
    ["H - 2*(H//2) == H % 2", eq(sub(H, mul(2, pooled)), mod(H, 2)), true],
    ["H % 4 < 4", lt(mod(H, 4), 4), true],
    ["H % 4 <= H", ge(H, mod(H, 4)), true],
    ["h*(H//h) <= H", ge(H, mul(h, floordiv(H, h))), true],
    ["max(H, W) >= W", ge(max(H, W), W), true],
    ["max(H, W) <= H + W", ge(add(H, W), max(H, W)), true],
    ["H + W == max + min", eq(add(H, W), add(max(H, W), min(H, W))), true],
    ["12H divisible by 4", divisible(mul(12, H), 4), true],
    ["C*h divisible by h", divisible(mul(C, h), h), true],
    ["2H + 1 divisible by 2", divisible(add(mul(2, H), 1), 2), false],
    ["H divisible by 2", divisible(H, 2), undefined],
    ["anything by 0", divisible(H, 0), undefined],
    ["k >= 0 for any integer", ge(anything, 0), undefined],
    ["k*k >= 0", ge(mul(anything, anything), 0), true],
  ];
  for (const [name, actual, expected] of cases) it(name, () => expect(actual).toBe(expected));

  it("knows between which values an expression lies", () => {
    expect(bounds(7)).toEqual({ min: 7, max: 7 });
    expect(bounds(add(floordiv(sub(H, 1), 2), 1))).toEqual({ min: 1, max: Infinity });
    expect(bounds(mod(anything, 5))).toEqual({ min: 0, max: 4 });
    expect(bounds(pow(2, 60))).toEqual({ min: Number.MAX_SAFE_INTEGER, max: Infinity });
    expect(bounds(neg(pow(2, 60)))).toEqual({ min: -Infinity, max: Number.MIN_SAFE_INTEGER });
  });
});

describe("growth", () => {
  const growing: [string, (d: Dim) => Dim][] = [
    ["squares", (d) => mul(d, d)],
    ["squares of sums", (d) => mul(add(d, W), add(d, H))],
    ["padding to a multiple", (d) => add(d, mod(mul(d, d), 7))],
    ["quotients of quotients", (d) => mul(add(floordiv(d, 3), 1), add(mod(d, W), floordiv(d, W)))],
    ["quotients by what may be negative", (d) => add(floordiv(d, anything), 1)],
    ["maxima", (d) => max(add(d, W), mul(d, 2), sub(mul(d, H), C))],
  ];
  for (const [name, step] of growing) {
    it(`${name}: what is too large to follow becomes a symbol, soon`, () => {
      const start = performance.now();
      let d: Dim = H;
      for (let i = 0; i < 100; i++) d = step(d);
      expect(format(d).length).toBeLessThan(10_000);
      expect(performance.now() - start).toBeLessThan(5000);
    });
  }

  it("of integers ends as well", () => {
    let d: Dim = 3;
    for (let i = 0; i < 100; i++) d = mul(d, d);
    expect(symbolsOf(d)[0]?.why).toBe("its expression grew too large to follow");
    expect(bounds(pow(7, 1_000_000_000)).min).toBeGreaterThan(0);
  });
});
