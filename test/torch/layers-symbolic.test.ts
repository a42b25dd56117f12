/** What layers say where sizes are symbols, and how they word formulas, arithmetic and findings. */
import { expect, test } from "vitest";
import { type Dim, format, formatShape, numel, type Shape, sum, symbol } from "../../server/src/algebra/index.ts";
import {
  bind,
  collectingEquations,
  type DType,
  type LayerEntry,
  type Out,
  Tensor,
  Undecided,
  Violation,
} from "../../server/src/frameworks/rules/index.ts";
import "../../server/src/frameworks/torch/rules/layers/index.ts";
import { torchRules } from "../../server/src/frameworks/torch/rules/table.ts";
import { type Json, jsonReader } from "./json-reader.ts";

const [N, C, H, W, T] = ["N", "C", "H", "W", "T"].map((name) => symbol(name, "free input")) as [
  Dim,
  Dim,
  Dim,
  Dim,
  Dim,
];

test.each<[string, Json[], Record<string, Json>, Shape, string]>([
  ["Conv2d", [3, 32, 3], {}, [N, 3, H, W], "(N, 32, H - 2, W - 2)"],
  ["Conv2d", [3, 32, 3], { padding: 1 }, [N, 3, H, W], "(N, 32, H, W)"],
  ["Conv2d", [3, 64, 7], { stride: 2, padding: 3 }, [N, 3, 224, W], "(N, 64, 112, (W + 1)//2)"],
  ["Conv2d", [3, 64, 3], { padding: "same" }, [3, H, W], "(64, H, W)"],
  ["ConvTranspose2d", [8, 4, 4], { stride: 2, padding: 1 }, [N, 8, H, W], "(N, 4, 2·H, 2·W)"],
  ["MaxPool2d", [2], {}, [N, C, H, W], "(N, C, H//2, W//2)"],
  ["MaxPool2d", [2], { ceil_mode: true }, [N, C, H, W], "(N, C, (H + 1)//2, (W + 1)//2)"],
  ["MaxPool2d", [3], { stride: 2, padding: 1 }, [N, C, 112, W], "(N, C, 56, (W + 1)//2)"],
  ["AdaptiveAvgPool2d", [[1, null]], {}, [N, C, H, W], "(N, C, 1, W)"],
  ["Linear", [8, 4], {}, [N, T, 8], "(N, T, 4)"],
  ["LazyLinear", [4], {}, [N, T, C], "(N, T, 4)"],
  ["Embedding", [100, 16], {}, [N, T], "(N, T, 16)"],
  ["LSTM", [8, 16], { bidirectional: true, batch_first: true }, [N, T, 8], "(N, T, 32), ((2, N, 16), (2, N, 16))"],
  ["Flatten", [], {}, [N, 256, 4, 4], "(N, 4096)"],
  ["Flatten", [], {}, [N, C, H, W], "(N, C·H·W)"],
  ["Upsample", [], { scale_factor: 2 }, [N, C, H, W], "(N, C, 2·H, 2·W)"],
  ["Upsample", [], { scale_factor: 0.5 }, [N, C, H, W], "(N, C, H//2, W//2)"],
  [
    "Upsample",
    [],
    { scale_factor: 1.3 },
    [N, C, H, W],
    "unknown: the size H × 1.3 is rounded, which needs the size as a number",
  ],
  ["PixelShuffle", [2], {}, [N, 16, H, W], "(N, 4, 2·H, 2·W)"],
  ["GLU", [1], {}, [N, 2, T], "(N, 1, T)"],
  ["ReflectionPad2d", [1], {}, [N, C, H, W], "(N, C, H + 2, W + 2)"],
])("%s(%j, %j) of symbols", (name, args, kwargs, shape, expected) => {
  expect(outcome(name, args, kwargs, shape)).toBe(expected);
});

test.each<[string, Json[], Record<string, Json>, string, string]>([
  ["Conv2d", [3, 32, 3], {}, "((k_h × k_w × C_in) + 1) × C_out", "((3 × 3 × 3) + 1) × 32"],
  ["Conv2d", [3, 32, 3], { bias: false }, "k_h × k_w × C_in × C_out", "3 × 3 × 3 × 32"],
  ["Conv2d", [8, 8, 3], { groups: 8 }, "((k_h × k_w × C_in / groups) + 1) × C_out", "((3 × 3 × 8 / 8) + 1) × 8"],
  ["Linear", [512, 10], {}, "(in + 1) × out", "(512 + 1) × 10"],
  ["BatchNorm2d", [64], {}, "2 × C", "2 × 64"],
  ["LSTM", [8, 16], {}, "4 × hidden × (in + hidden + 2)", "4 × 16 × (8 + 16 + 2)"],
])("the formula of %s(%j, %j)", (name, args, kwargs, symbols, numbers) => {
  const entry = entryOf(name);
  expect(entry.rule.formula?.(construct(entry, args, kwargs))).toMatchObject({ symbols, numbers });
});

test.each<[string, Json[], Record<string, Json>, string]>([
  ["Conv2d", [3, 64, 7], { stride: 2, padding: 3 }, "3 → 64, 7×7, stride 2"],
  ["Conv2d", [64, 64, [3, 1]], { groups: 64, dilation: 2 }, "64 → 64, 3×1, dilation 2, groups 64"],
  ["Linear", [512, 1000], {}, "512 → 1000"],
  ["BatchNorm2d", [64], {}, "64"],
  ["MaxPool2d", [3, 2], {}, "3×3, stride 2"],
  ["GRU", [8, 16, 2], { bidirectional: true }, "8 → 16, 2 layers, bidirectional"],
])("the essentials of %s(%j, %j)", (name, args, kwargs, expected) => {
  const entry = entryOf(name);
  expect(entry.rule.essentials?.(construct(entry, args, kwargs))).toBe(expected);
});

test("the arithmetic of a convolution", () => {
  const entry = entryOf("Conv2d");
  const lines = entry.rule.arithmetic?.(construct(entry, [3, 32, 3], { padding: 1 }), inputOf([N, 3, 32, W]));
  expect(lines).toEqual(["H: (32 + 2·1 − 3)//1 + 1 = 32", "W: (W + 2·1 − 3)//1 + 1 = W"]);
});

test.each<[string, Json[], Record<string, Json>, Shape, string]>([
  [
    "Conv2d",
    [3, 8, 3],
    {},
    [N, 64, 32, 32],
    "channel-mismatch: Conv2d expects 3 input channels (in_channels=3), but input has 64: (N, 64, 32, 32); in_channels → 64",
  ],
  [
    "Linear",
    [128, 10],
    {},
    [N, 256],
    "in-features-mismatch: Linear expects 128 input features (in_features=128), but input has 256: (N, 256); in_features → 256",
  ],
  [
    "Conv2d",
    [3, 8, 5],
    {},
    [N, 3, 4, W],
    "size-too-small: Conv2d slides a window of 5 over only 4 elements of input (padding included): (N, 3, 4, W)",
  ],
  ["Conv2d", [3, 32, -1], {}, [N, 3, H, W], "bad-argument: Conv2d: kernel_size must be positive, got -1"],
  ["Linear", ["a", 2], {}, [N, 2], 'bad-argument: torch.nn.Linear: in_features must be an int, got "a"'],
  [
    "Conv2d",
    [3, 8, 3],
    { groups: 2 },
    [N, 3, H, W],
    "not-divisible: Conv2d: in_channels=3 is not divisible by groups=2",
  ],
])("the finding of %s(%j, %j)", (name, args, kwargs, shape, expected) => {
  expect(outcome(name, args, kwargs, shape)).toBe(expected);
});

test("an undecided equality is noted for the solver", () => {
  const noted: string[] = [];
  const note = ({ left, right }: { left: Dim; right: Dim }) => {
    noted.push(`${format(left)} = ${format(right)}`);
    return null;
  };
  const shape = collectingEquations(note, () => outcome("Linear", [4096, 10], {}, [N, 64, C]));
  expect(shape).toBe("(N, 64, 10)");
  expect(noted).toEqual(["C = 4096"]);
});

test("a lazy layer counts its parameters in terms of the size to come", () => {
  const entry = entryOf("LazyConv2d");
  const weights = Object.values(entry.rule.weights?.(construct(entry, [32, 3], {})) ?? {});
  expect(format(sum(weights.map((shape) => (shape ? numel(shape) : 0))))).toBe("288·in_channels + 32");
});

test("multiply-accumulates of a call", () => {
  const entry = entryOf("Conv2d");
  const a = construct(entry, [3, 32, 3], { padding: 1 });
  const x = inputOf([1, 3, 32, 32]);
  expect(entry.rule.macs?.(a, x, entry.rule.output(a, x) as never)).toBe(32 * 32 * 32 * 27);
});

function outcome(name: string, args: Json[], kwargs: Record<string, Json>, shape: Shape): string {
  try {
    const entry = entryOf(name);
    const a = construct(entry, args, kwargs);
    entry.rule.check?.(a);
    return print(entry.rule.output(a, inputOf(shape, name === "Embedding" ? "int64" : "float32")));
  } catch (thrown) {
    if (thrown instanceof Undecided) return `unknown: ${thrown.why}`;
    if (!(thrown instanceof Violation)) throw thrown;
    const fix = thrown.fix === null ? "" : `; ${thrown.fix.argument} → ${format(thrown.fix.value)}`;
    return `${thrown.code}: ${thrown.message}${fix}`;
  }
}

function construct(entry: LayerEntry, args: Json[], kwargs: Record<string, Json>): never {
  return bind(entry.name, entry.parameters, args, new Map(Object.entries(kwargs)), jsonReader) as never;
}

/** The arguments of a call with one tensor; every other one is None. */
function inputOf(shape: Shape, dtype: DType = "float32"): never {
  return { input: new Tensor(shape, dtype), hx: null, output_size: null } as never;
}

function entryOf(name: string): LayerEntry {
  const entry = torchRules.layers.get(`torch.nn.${name}`);
  if (entry === undefined) throw new Error(`no rule for ${name}`);
  return entry;
}

function print(out: Out): string {
  if (out instanceof Tensor) return formatShape(out.shape);
  if (Array.isArray(out)) return out.map((item) => (Array.isArray(item) ? `(${print(item)})` : print(item))).join(", ");
  throw new Error("not a tensor");
}
