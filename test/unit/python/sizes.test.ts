/** Arithmetic on integers that are not known: exact wherever Python's is. */
import { expect, test } from "vitest";
import { runPython } from "./harness.ts";

/** `n` is a length, so it is an integer of at least 0; `m` is an option of type int, so it may be negative. */
const before = `import argparse, math
parser = argparse.ArgumentParser()
parser.add_argument("--m", type=int)
args = parser.parse_args()
m = int(args.m)
n = len(args.items)
`;

test.each([
  ["n + n", "2·len(args.items)"],
  ["n - n", "0"],
  ["int(n / 2)", "len(args.items)//2"],
  ["int(n * 0.5)", "len(args.items)//2"],
  ["int(n * 4 / 2)", "2·len(args.items)"],
  ["n // 2 * 2 + n % 2", "len(args.items)"],
  ["math.floor(m / 2)", "args.m//2"],
  ["math.ceil(n / 4)", "(len(args.items) + 3)//4"],
  ["math.prod([n, 3, n])", "3·len(args.items)²"],
  ["max(n, n + 1)", "len(args.items) + 1"],
  ["min(4, n, n + 4)", "min(len(args.items), 4)"],
  ["sum([n, 1, n])", "2·len(args.items) + 1"],
  ["len(range(n))", "len(args.items)"],
  ["len(range(0, n, 2))", "(len(args.items) + 1)//2"],
  ["int(args.m) - m", "0"],
  ["divmod(n, 8)[0]", "len(args.items)//8"],
  ["round(n)", "len(args.items)"],
  ["-(-n // 2)", "len(args.items) - len(args.items)//2"],
  ["abs(n)", "len(args.items)"],
  ["2 ** 70", "1180591620717411303424"],
])("%s is %s", (expression, size) => {
  expect(runPython(`${before}x = ${expression}\n`).size("x")).toBe(size);
});

test.each(["int(m / 2)", "int(n * 0.3)", "n ** m", "round(n / 2)", "n << 1", "abs(m)"])(
  "%s is not guessed",
  (expression) => {
    const ran = runPython(`${before}x = ${expression}\ny = x == n // 2\nz = x == m // 2\n`);
    expect(ran.failures).toEqual([]);
    expect([ran.show("x"), ran.show("y"), ran.show("z")]).toEqual([
      expect.stringMatching(/^unknown/),
      expect.stringMatching(/^unknown/),
      expect.stringMatching(/^unknown/),
    ]);
  },
);

test.each([
  ["n >= 0", "True"],
  ["n < 0", "False"],
  ["n + 1 > n", "True"],
  ["n == n + 1", "False"],
  ["isinstance(n, int)", "True"],
  ["isinstance(args.m, int)", "True"],
  ["isinstance(args.m, str)", "False"],
  ["n is None", "False"],
  ["n * 2 == n + n", "True"],
])("%s is %s", (expression, value) => {
  expect(runPython(`${before}x = ${expression}\n`).show("x")).toBe(value);
});

test.each(["n > 0", "n == 3", "m < 0", "isinstance(args.other, int)", "args.other is None", "bool(n)"])(
  "%s is not known",
  (expression) => {
    expect(runPython(`${before}x = ${expression}\n`).show("x")).toMatch(/^unknown/);
  },
);
