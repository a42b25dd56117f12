/** Padding layers. */
import { type Dim, format, lt, neg, type Shape } from "../../../../algebra/index.ts";
import { tensor } from "../../../rules/index.ts";
import { type PadMode, padOutput } from "../geometry/pad.ts";
import { torchRules } from "../table.ts";
import { compact, factor } from "./words.ts";

for (const [family, mode] of [
  ["ZeroPad", "constant"],
  ["ConstantPad", "constant"],
  ["ReflectionPad", "reflect"],
  ["ReplicationPad", "replicate"],
  ["CircularPad", "circular"],
] as const satisfies readonly (readonly [string, PadMode])[]) {
  for (const dimensions of [1, 2, 3]) {
    const name = `${family}${dimensions}d`;
    // `value` follows only where there is one.
    const sig = `padding: ints${family === "ConstantPad" ? ", value: float?" : ""}` as "padding: ints";
    torchRules.layer(`torch.nn.${name}`, {
      sig,
      attributes: (a) => ({ padding: pads(a.padding, dimensions) }),
      essentials: (a) => compact(a.padding),
      arithmetic: (a, x) => {
        const given = pads(a.padding, dimensions);
        return padOutput(name, x.input, given, mode).flatMap((size, i) => {
          const before = given[2 * (x.input.rank - 1 - i)];
          const after = given[2 * (x.input.rank - 1 - i) + 1];
          if (before === undefined || after === undefined) return [];
          return [`dim ${i}: ${factor(x.input.size(i))}${added(before)}${added(after)} = ${format(size)}`];
        });
      },
      output: (a, x) => tensor(padOutput(name, x.input, pads(a.padding, dimensions), mode), x.input.dtype),
    });
  }
}

/** One number pads every side; a list of one that came as a tuple PyTorch refuses, and `padOutput` need not tell apart. */
function pads(given: Shape, dimensions: number): Shape {
  const [only] = given;
  return given.length === 1 && only !== undefined ? new Array<Dim>(2 * dimensions).fill(only) : given;
}

/** ` + 2`, or ` − 1` for a side that is cut. */
function added(pad: Dim): string {
  return lt(pad, 0) === true ? ` − ${factor(neg(pad))}` : ` + ${factor(pad)}`;
}
