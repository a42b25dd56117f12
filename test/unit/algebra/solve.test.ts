/** Input sizes found from what the layers behind them demand. */

import { describe, expect, it } from "vitest";
import {
  add,
  floordiv,
  mul,
  solutionRange,
  solveFor,
  sub,
  symbol,
  symbolsOf,
} from "../../../server/src/algebra/index.ts";

const N = symbol("N", "a test");
const H = symbol("H", "a test");
const [{ id } = { id: 0 }] = symbolsOf(H);
const thirds = floordiv(H, 8);
const flattened = mul(256, mul(thirds, thirds));

describe("solveFor", () => {
  it("finds every candidate for a Linear behind three halvings", () => {
    const equations = [{ left: flattened, right: 4096 }];
    expect(solveFor(equations, id, [28, 32, 39, 40, 64, 224])).toEqual([32, 39]);
  });

  it("needs every equation to hold", () => {
    const equations = [
      { left: floordiv(H, 2), right: 16 },
      { left: floordiv(add(H, 1), 2), right: 17 },
    ];
    expect(solveFor(equations, id, [31, 32, 33, 34])).toEqual([33]);
    expect(solveFor([...equations, { left: H, right: 5 }], id, [33])).toEqual([]);
  });

  it("lets other symbols cancel, and proves nothing about those that do not", () => {
    expect(solveFor([{ left: mul(N, H), right: mul(N, 3) }], id, [1, 2, 3])).toEqual([3]);
    expect(solveFor([{ left: H, right: N }], id, [1, 2, 3])).toEqual([]);
  });

  it("passes over sizes that cannot be", () => {
    expect(solveFor([{ left: mul(H, H), right: 9 }], id, [-3, 3])).toEqual([3]);
    expect(solveFor([{ left: floordiv(6, sub(H, 2)), right: 6 }], id, [1, 2, 3])).toEqual([3]);
  });
});

describe("solutionRange", () => {
  it("is what the floor divisions do not tell apart", () => {
    expect(solutionRange([{ left: flattened, right: 4096 }], id, 1000)).toEqual({ min: 32, max: 39 });
    expect(solutionRange([{ left: flattened, right: 4096 }], id, 1000, 35)).toEqual({ min: 32, max: 39 });
    expect(solutionRange([{ left: flattened, right: 4096 }], id, 36)).toEqual({ min: 32, max: 36 });
  });

  it("is undefined where nothing within the limit solves", () => {
    expect(solutionRange([{ left: flattened, right: 4096 }], id, 31)).toBeUndefined();
    expect(solutionRange([{ left: flattened, right: 4096 }], id, 1000, 40)).toBeUndefined();
    expect(solutionRange([{ left: flattened, right: 4097 }], id, 100)).toBeUndefined();
  });
});
