/** Bytes by the type of the numbers: those of PyTorch's `element_size()`, for each parameter and each output. */
import { expect, test } from "vitest";
import { readParserAssets } from "../../../server/src/node/assets.ts";
import { reportOf } from "../../../server/src/report/index.ts";
import { PythonParser } from "../../../server/src/syntax/parser.ts";
import { Program } from "../../../server/src/workspace/program.ts";

const parser = PythonParser.create(readParserAssets());
const options = { roots: [], libraries: [], inputShapes: {}, batchSymbol: "N" };

// Of Linear(4, 8): 40 parameters; an input of 2 × 4 and an output of 2 × 8 numbers, counted twice for the gradients.
test.each([
  ["nn.Linear(4, 8)", "float32", ["float32"], 4],
  ["nn.Linear(4, 8, dtype=torch.float64)", "float64", ["float64"], 8],
  ["nn.Linear(4, 8).half()", "float16", ["float16"], 2],
  ["nn.Linear(4, 8).to(torch.bfloat16)", "bfloat16", ["bfloat16"], 2],
  ['nn.Linear(4, 8).to("cuda", dtype=torch.half)', "float16", ["float16"], 2],
  ["nn.Linear(4, 8).double().to(torch.zeros(1))", "float32", ["float32"], 4],
])("%s of %s", async (build, dtype, dtypes, size) => {
  const model = await modelOf(`model = ${build}\nmodel(torch.zeros(2, 4, dtype=torch.${dtype}))\n`);
  expect(model?.dtypes).toEqual(dtypes);
  expect(model?.bytes).toEqual({
    input: 8 * size,
    activations: 2 * 16 * size,
    params: 40 * size,
    gradients: 40 * size,
    optimizer: 80 * size,
  });
});

test("what is not trained has no gradients, and integers keep their type", async () => {
  const model = await modelOf(`
model = nn.Sequential(nn.Embedding(10, 4), nn.Linear(4, 8), nn.BatchNorm1d(8))
model[0].requires_grad_(False)
model.half()
model(torch.zeros(2, dtype=torch.int64))
`);
  expect(model?.bytes).toEqual({
    input: 2 * 8,
    activations: 2 * (8 + 16 + 16) * 2,
    params: (40 + 40 + 16) * 2,
    gradients: 56 * 2,
    optimizer: 2 * 56 * 2,
  });
});

test("eight-bit numbers are one byte each", async () => {
  const model = await modelOf(`
class Quantised(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(4, 8, dtype=torch.int8), requires_grad=False)
        self.scale = nn.Parameter(torch.ones(8))

model = Quantised()
`);
  expect(model?.dtypes).toEqual(["int8", "float32"]);
  expect(model?.bytes.params).toBe(32 + 8 * 4);
  expect(model?.bytes.gradients).toBe(8 * 4);
});

async function modelOf(text: string) {
  const program = new Program(await parser, { read: () => null, kind: () => null }, options);
  const analysis = await program.analyzeText("net.py", `import torch\nfrom torch import nn\n${text}`);
  return reportOf(analysis).models.find(({ id }) => id === "model");
}
