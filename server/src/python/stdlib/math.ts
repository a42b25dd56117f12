/** `math`: exact where Python is exact, on sizes too. */
import { type Dim, mul } from "../../algebra/index.ts";
import { argument, indexOf, required } from "../builtins/define.ts";
import { rounded, toFloat, toInt } from "../builtins/numbers.ts";
import { baseOf } from "../derived.ts";
import { numberOf } from "../equality.ts";
import type { Interpreter } from "../interpreter.ts";
import { itemsOf } from "../iterate.ts";
import { binary } from "../operators.ts";
import { bool, float, int, type NativeCall, Tuple, Unknown, type Value } from "../values.ts";
import { type Members, moduleOf } from "./define.ts";

/** A function of floats that are known; unknown otherwise. `domain` tells where it is defined. */
function real(fn: (...x: number[]) => number, domain?: (...x: number[]) => boolean): NativeCall {
  return withNumbers((it, numbers) => {
    if (domain && !domain(...numbers)) return it.raise("ValueError", "math domain error");
    return float(fn(...numbers));
  }, "float");
}

function test(fn: (x: number) => boolean): NativeCall {
  return withNumbers((_it, [x = 0]) => bool(fn(x)), "bool");
}

function withNumbers(fn: (it: Interpreter, numbers: number[]) => Value, type: "float" | "bool" | "int"): NativeCall {
  return (it, args) => {
    const numbers: number[] = [];
    for (const arg of args) {
      const n = numberOf(baseOf(toFloat(it, arg)));
      if (n === null)
        return new Unknown(arg.kind === "unknown" ? arg.why : "a function of an unknown number", { type });
      numbers.push(n);
    }
    return fn(it, numbers);
  };
}

/** A function of known integers; unknown otherwise. */
function whole(fn: (it: Interpreter, numbers: bigint[]) => bigint): NativeCall {
  return (it, args) => {
    const numbers: bigint[] = [];
    for (const arg of args) {
      const dim = indexOf(it, arg);
      if (typeof dim !== "number") {
        return new Unknown(arg.kind === "unknown" ? arg.why : "a function of an unknown size", { type: "int" });
      }
      numbers.push(BigInt(dim));
    }
    const result = Number(fn(it, numbers));
    return Number.isSafeInteger(result) ? int(result) : new Unknown("an integer beyond 2^53", { type: "int" });
  };
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b);
}

function isqrt(n: bigint): bigint {
  let root = BigInt(Math.floor(Math.sqrt(Number(n))));
  while (root * root > n) root -= 1n;
  while ((root + 1n) * (root + 1n) <= n) root += 1n;
  return root;
}

function falling(n: bigint, k: bigint): bigint {
  let result = 1n;
  for (let i = 0n; i < k; i += 1n) result *= n - i;
  return result;
}

/** The sum as if it were rounded once: Shewchuk's partial sums, as CPython keeps them. */
function exactSum(numbers: readonly number[]): number {
  const partials: number[] = [];
  for (const number of numbers) {
    let x = number;
    let kept = 0;
    for (const partial of partials) {
      const [larger, smaller] = Math.abs(x) < Math.abs(partial) ? [partial, x] : [x, partial];
      const high = larger + smaller;
      const low = smaller - (high - larger);
      if (low !== 0) partials[kept++] = low;
      x = high;
    }
    partials.length = kept;
    partials.push(x);
  }
  return partials.reduceRight((total, partial) => total + partial, 0);
}

const positive = (...x: number[]): boolean => (x[0] ?? 0) > 0 && (x[1] ?? 1) > 0;

const members: Members = {
  pi: float(Math.PI),
  e: float(Math.E),
  tau: float(2 * Math.PI),
  inf: float(Infinity),
  nan: float(Number.NaN),
  floor: (it, args) => rounded(it, required(it, "floor", args, 0), "floor"),
  ceil: (it, args) => rounded(it, required(it, "ceil", args, 0), "ceil"),
  trunc: (it, args) => toInt(it, required(it, "trunc", args, 0)),
  prod: (it, args, keywords) => {
    const items = itemsOf(it, required(it, "prod", args, 0));
    if (items instanceof Unknown) return new Unknown(items.why);
    const sizes = items.map((item) => (item.kind === "int" ? item.dim : null));
    const start = argument(args, keywords, 1, "start");
    if (!start && sizes.every((size) => size !== null)) return int(sizes.reduce<Dim>(mul, 1));
    return items.reduce((product, item) => binary(it, "*", product, item), start ?? int(1));
  },
  gcd: whole((_it, numbers) => numbers.reduce(gcd, 0n)),
  lcm: whole((_it, numbers) => numbers.reduce((a, b) => (a === 0n || b === 0n ? 0n : (a * b) / gcd(a, b)), 1n)),
  isqrt: whole((it, [n = 0n]) => (n < 0n ? it.raise("ValueError", "isqrt() argument must be nonnegative") : isqrt(n))),
  factorial: whole((it, [n = 0n]) =>
    n < 0n ? it.raise("ValueError", "factorial() not defined for negative values") : falling(n, n > 30n ? 31n : n),
  ),
  comb: whole((_it, [n = 0n, k = 0n]) => (k > n ? 0n : k > 64n ? 1n << 60n : falling(n, k) / falling(k, k))),
  perm: whole((_it, [n = 0n, k = n]) => (k > n ? 0n : falling(n, k > 64n ? 64n : k))),
  sqrt: real(Math.sqrt, (x = 0) => x >= 0),
  cbrt: real(Math.cbrt),
  exp: real(Math.exp),
  expm1: real(Math.expm1),
  log: real((x = 0, base) => (base === undefined ? Math.log(x) : Math.log(x) / Math.log(base)), positive),
  log2: real(Math.log2, positive),
  log10: real(Math.log10, positive),
  log1p: real(Math.log1p, (x = 0) => x > -1),
  pow: real(Math.pow),
  fabs: real(Math.abs),
  fmod: real(
    (x = 0, y = 1) => x % y,
    (_x, y = 0) => y !== 0,
  ),
  copysign: real((x = 0, y = 0) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x))),
  hypot: real(Math.hypot),
  remainder: real(
    (x = 0, y = 1) => {
      const times = x / y;
      const floor = Math.floor(times);
      const up = times - floor > 0.5 || (times - floor === 0.5 && floor % 2 !== 0);
      return x - (up ? floor + 1 : floor) * y;
    },
    (_x, y = 0) => y !== 0,
  ),
  dist: (it, args) => {
    const [p, q] = [required(it, "dist", args, 0), required(it, "dist", args, 1)].map((each) => itemsOf(it, each));
    if (!Array.isArray(p) || !Array.isArray(q)) return new Unknown("points that are not known", { type: "float" });
    return real(Math.hypot)(
      it,
      p.map((each, i) => binary(it, "-", each, q[i] ?? int(0))),
      new Map(),
    );
  },
  sin: real(Math.sin),
  cos: real(Math.cos),
  tan: real(Math.tan),
  asin: real(Math.asin),
  acos: real(Math.acos),
  atan: real(Math.atan),
  atan2: real(Math.atan2),
  sinh: real(Math.sinh),
  cosh: real(Math.cosh),
  tanh: real(Math.tanh),
  degrees: real((x = 0) => (x * 180) / Math.PI),
  radians: real((x = 0) => (x * Math.PI) / 180),
  isnan: test(Number.isNaN),
  isinf: test((x) => x === Infinity || x === -Infinity),
  isfinite: test(Number.isFinite),
  isclose: (it, args, keywords) => {
    const tolerances = [keywords.get("rel_tol") ?? float(1e-9), keywords.get("abs_tol") ?? float(0)];
    return withNumbers(
      (_it, [a = 0, b = 0, relative = 0, absolute = 0]) =>
        bool(a === b || Math.abs(a - b) <= Math.max(relative * Math.max(Math.abs(a), Math.abs(b)), absolute)),
      "bool",
    )(it, [...args.slice(0, 2), ...tolerances], keywords);
  },
  fsum: (it, args) => {
    const items = itemsOf(it, required(it, "fsum", args, 0));
    if (items instanceof Unknown) return new Unknown(items.why, { type: "float" });
    return withNumbers((_inner, numbers) => float(exactSum(numbers)), "float")(it, items, new Map());
  },
  modf: withNumbers((_it, [x = 0]) => new Tuple([float(x - Math.trunc(x)), float(Math.trunc(x))]), "float"),
};

export const math = moduleOf("math", members);
