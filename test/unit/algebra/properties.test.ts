/** Whatever the normal form does to an expression, its value stays what plain integer arithmetic says. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bounds,
  type Dim,
  divExact,
  divisible,
  eq,
  evaluate,
  floordiv,
  formatSource,
  ge,
  gt,
  isConcrete,
  le,
  lt,
  mod,
  mul,
  ne,
  pow,
  product,
  sub,
  substitute,
  sum,
  symbolsOf,
} from "../../../server/src/algebra/index.ts";
import { arbitraryTree, arbitraryValues, build, byId, SYMBOL_IDS, value } from "./expressions.ts";

const RUNS = { numRuns: Number(process.env.PARAMLENS_FUZZ_RUNS ?? 600) };
const several = fc.array(arbitraryValues, { minLength: 6, maxLength: 6 });

/** Whether the expression only contains the symbols of the tests: it did not grow too large to follow. */
function isFollowed(d: Dim): boolean {
  return symbolsOf(d).every(({ id }) => SYMBOL_IDS.includes(id));
}

describe("normal form", () => {
  it("has the value of the expression it was made from", () => {
    fc.assert(
      fc.property(arbitraryTree, several, (tree, points) => {
        const d = build(tree);
        if (d === undefined || !isFollowed(d)) return;
        for (const point of points) {
          const expected = value(tree, point);
          if (expected !== undefined) expect(BigInt(evaluate(d, byId(point)))).toBe(expected);
        }
      }),
      RUNS,
    );
  });

  const divisor = fc.integer({ min: 1, max: 60 });

  it("proves a quotient that is rounded up equal to itself, however it is written", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -70, max: 70 }), { maxLength: 4 }), divisor, (coefficients, k) => {
        const d = sum(coefficients.map((each, index) => mul(each, build({ op: "symbol", index }) ?? 1)));
        const [negated, padded] = [sub(0, floordiv(sub(0, d), k)), floordiv(sum([d, k - 1]), k)];
        expect(eq(negated, padded)).toBe(true);
        expect(eq(sum([d, mod(sub(0, d), k)]), mul(padded, k))).toBe(true);
      }),
      RUNS,
    );
  });

  it("makes known integers plain numbers, exact in either form", () => {
    const integers = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
    fc.assert(
      fc.property(fc.array(integers, { maxLength: 5 }), (values) => {
        const dims = values.map((n) => sum([mul(Number(n / 2n ** 35n), 2 ** 35), Number(n % 2n ** 35n)]));
        const total = values.reduce((a, b) => a + b, 0n);
        const times = values.reduce((a, b) => a * b, 1n);
        expect(formatSource(sum(dims))).toBe(String(total));
        expect(formatSource(product(dims))).toBe(String(times));
        expect(isConcrete(sum(dims))).toBe(Number.isSafeInteger(Number(total)));
      }),
      RUNS,
    );
  });

  it("is substituted into as the expression would be", () => {
    fc.assert(
      fc.property(arbitraryTree, arbitraryTree, arbitraryValues, (tree, part, point) => {
        const d = build(tree);
        const replacement = build(part);
        if (d === undefined || replacement === undefined || !isFollowed(d) || !isFollowed(replacement)) return;
        const inner = value(part, point);
        const [first = 0] = SYMBOL_IDS;
        // Within the range that the symbol was said to have; beyond it, simplifications need not hold.
        if (inner === undefined || inner < 1n || inner > 2n ** 50n) return;
        const expected = value(tree, [Number(inner), ...point.slice(1)]);
        if (expected === undefined) return;
        const result = substituteOrNothing(d, new Map([[first, replacement]]));
        if (result === undefined || !isFollowed(result)) return;
        expect(BigInt(evaluate(result, byId(point)))).toBe(expected);
      }),
      RUNS,
    );
  });

  it("becomes a number when every symbol does", () => {
    fc.assert(
      fc.property(arbitraryTree, arbitraryValues, (tree, point) => {
        const d = build(tree);
        const expected = value(tree, point);
        if (d === undefined || expected === undefined || !isFollowed(d)) return;
        expect(formatSource(substitute(d, byId(point)))).toBe(String(expected));
      }),
      RUNS,
    );
  });

  it("reads as Python with the same value", () => {
    fc.assert(
      fc.property(arbitraryTree, several, (tree, points) => {
        const d = build(tree);
        if (d === undefined || !isFollowed(d)) return;
        for (const point of points) {
          if (value(tree, point) === undefined) continue;
          expect(evaluatePython(formatSource(d), point)).toBe(value(tree, point));
        }
      }),
      RUNS,
    );
  });
});

describe("comparison", () => {
  const comparisons = [
    { name: "eq", decide: eq, truth: (a: bigint, b: bigint) => a === b },
    { name: "ne", decide: ne, truth: (a: bigint, b: bigint) => a !== b },
    { name: "lt", decide: lt, truth: (a: bigint, b: bigint) => a < b },
    { name: "le", decide: le, truth: (a: bigint, b: bigint) => a <= b },
    { name: "gt", decide: gt, truth: (a: bigint, b: bigint) => a > b },
    { name: "ge", decide: ge, truth: (a: bigint, b: bigint) => a >= b },
    { name: "divisible", decide: divisible, truth: (a: bigint, b: bigint) => b === 0n || a % b === 0n },
  ];
  for (const { name, decide, truth } of comparisons) {
    it(`${name} is right wherever it is decided`, () => {
      fc.assert(
        fc.property(arbitraryTree, arbitraryTree, several, (left, right, points) => {
          const a = build(left);
          const b = build(right);
          if (a === undefined || b === undefined) return;
          const decided = decide(a, b);
          if (decided === undefined) return;
          for (const point of points) {
            const x = value(left, point);
            const y = value(right, point);
            if (x === undefined || y === undefined || (name === "divisible" && y === 0n)) continue;
            expect(truth(x, y)).toBe(decided);
          }
        }),
        RUNS,
      );
    });
  }

  it("sees every expression as equal to itself", () => {
    fc.assert(
      fc.property(arbitraryTree, (tree) => {
        const d = build(tree);
        if (d === undefined) return;
        expect(eq(d, d)).toBe(true);
        expect(sub(d, d)).toBe(0);
      }),
      RUNS,
    );
  });

  it("bounds hold at every point", () => {
    fc.assert(
      fc.property(arbitraryTree, several, (tree, points) => {
        const d = build(tree);
        if (d === undefined) return;
        const { min, max } = bounds(d);
        for (const point of points) {
          const exact = value(tree, point);
          if (exact === undefined) continue;
          expect(exact >= min && exact <= max).toBe(true);
        }
      }),
      RUNS,
    );
  });
});

describe("division", () => {
  it("undoes multiplication", () => {
    fc.assert(
      fc.property(arbitraryTree, arbitraryTree, (left, right) => {
        const a = build(left);
        const b = build(right);
        if (a === undefined || b === undefined || b === 0 || !isFollowed(mul(a, b))) return;
        const quotient = divExact(mul(a, b), b);
        if (quotient !== null) expect(sub(quotient, a)).toBe(0);
      }),
      RUNS,
    );
  });

  it("raises to powers as repeated multiplication does", () => {
    fc.assert(
      fc.property(arbitraryTree, fc.nat(4), arbitraryValues, (tree, exponent, point) => {
        const base = build(tree);
        const exact = value(tree, point);
        if (base === undefined || exact === undefined) return;
        const power = pow(base, exponent);
        if (isFollowed(power)) expect(BigInt(evaluate(power, byId(point)))).toBe(exact ** BigInt(exponent));
      }),
      RUNS,
    );
  });
});

function substituteOrNothing(d: Dim, values: ReadonlyMap<number, Dim>): Dim | undefined {
  try {
    return substitute(d, values);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A reader of Python's integer expressions, with Python's precedences; knows nothing of the printer. */
function evaluatePython(source: string, [H = 0, W = 0, C = 0, k = 0]: readonly number[]): bigint {
  const names: Record<string, bigint> = { H: BigInt(H), W: BigInt(W), C: BigInt(C), k: BigInt(k) };
  const tokens = source.match(/\d+|\w+|\*\*|\/\/|[-+*%(),]/g) ?? [];
  let next = 0;
  const accept = (token: string): boolean => tokens[next] === token && ++next > 0;

  function additive(): bigint {
    let result = multiplicative();
    for (;;) {
      if (accept("+")) result += multiplicative();
      else if (accept("-")) result -= multiplicative();
      else return result;
    }
  }
  function multiplicative(): bigint {
    let result = unary();
    for (;;) {
      if (accept("*")) result *= unary();
      else if (accept("//")) result = floor(result, unary());
      else if (accept("%")) {
        const divisor = unary();
        result -= divisor * floor(result, divisor);
      } else return result;
    }
  }
  function unary(): bigint {
    if (accept("-")) return -unary();
    const base = primary();
    return accept("**") ? base ** unary() : base;
  }
  function primary(): bigint {
    const token = tokens[next++] ?? "";
    if (token === "(") {
      const inner = additive();
      expect(accept(")")).toBe(true);
      return inner;
    }
    if (token === "max" || token === "min") {
      expect(accept("(")).toBe(true);
      const values = [additive()];
      while (accept(",")) values.push(additive());
      expect(accept(")")).toBe(true);
      return values.reduce((a, b) => (a < b === (token === "max") ? b : a));
    }
    return names[token] ?? BigInt(token);
  }
  function floor(a: bigint, b: bigint): bigint {
    const remainder = ((a % b) + b) % b;
    return (a - remainder) / b;
  }

  const result = additive();
  expect(next).toBe(tokens.length);
  return result;
}
