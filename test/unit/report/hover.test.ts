/** What the hover cards say. The numbers are PyTorch's: `sum(p.numel() for p in layer.parameters())`, `output.shape`. */
import { expect, test } from "vitest";
import { readParserAssets } from "../../../server/src/node/assets.ts";
import { hoverAt } from "../../../server/src/report/index.ts";
import { PythonParser } from "../../../server/src/syntax/parser.ts";
import { Program } from "../../../server/src/workspace/program.ts";

const parser = PythonParser.create(readParserAssets());

test("a convolution, top to bottom", async () => {
  const card = await cardAt(
    `${imports}model = nn.Conv2d(3, 32, 3, padding=1)\nmodel(torch.randn(8, 3, 32, 32))\n`,
    "nn.Conv2d",
  );
  expect(card).toBe(
    [
      "**Conv2d** · 896 parameters · (8, 3, 32, 32) → (8, 32, 32, 32)",
      "```text\n((k_h × k_w × C_in) + 1) × C_out\n((3 × 3 × 3) + 1) × 32 = 896\nweight  (32, 3, 3, 3)  864\nbias    (32,)           32\n\nout = (in + 2·padding − kernel)//stride + 1\nH: (32 + 2·1 − 3)//1 + 1 = 32\nW: (32 + 2·1 − 3)//1 + 1 = 32\n```",
      "7.08 MMACs · 3.58 kB of weights, 1.05 MB of output  \nInput `input: (8, 3, 32, 32)`, from the call in line 4.",
      "[torch.nn.Conv2d](https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html)",
    ].join("\n\n"),
  );
});

test("a layer without weights has nothing to learn", async () => {
  const card = await cardAt(`${imports}model = nn.MaxPool2d(2)\nmodel(torch.randn(8, 3, 32, 32))\n`, "nn.MaxPool2d");
  expect(card).toContain("**MaxPool2d** · nothing to learn, 0 parameters · (8, 3, 32, 32) → (8, 3, 16, 16)");
});

test("a recurrent network tells its gates, directions, layers and projection", async () => {
  const card = await cardAt(`${imports}model = nn.LSTM(8, 16, 2, bidirectional=True, proj_size=4)\n`, "nn.LSTM");
  expect(card).toContain(
    [
      "2 × (4 × hidden × (in + proj + 2) + proj × hidden) + 2 × (4 × hidden × (2 × proj + proj + 2) + proj × hidden)",
      "2 × (4 × 16 × (8 + 4 + 2) + 4 × 16) + 2 × (4 × 16 × (8 + 4 + 2) + 4 × 16) = 3,840",
      "4 gates: input, forget, cell, output; 2 biases a row, one for the input and one for the state",
      "2 directions, each with weights of its own",
      "2 layers: those above the first take 2 × proj = 8",
      "each state of 16 is projected to 4",
      "weight_ih_l0          (64, 8)  512",
    ].join("\n"),
  );
});

test("attention and its layers tell where their parameters are", async () => {
  const attention = await cardAt(`${imports}model = nn.MultiheadAttention(8, 2, kdim=4)\n`, "nn.Multihead");
  expect(attention).toContain(
    "(embed + kdim + vdim + 3) × embed + (embed + 1) × embed\n(8 + 4 + 8 + 3) × 8 + (8 + 1) × 8 = 256\n",
  );
  const text = `${imports}model = nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16), 3)\n`;
  expect(await cardAt(text, "nn.TransformerEncoder(")).toContain("3 × layers[i]\n3 × 600 = 1,800\n");
  expect(await cardAt(text, "nn.TransformerEncoderLayer")).toContain(
    "self_attn + linear1 + linear2 + norm1 + norm2\n288 + 144 + 136 + 16 + 16 = 600\n",
  );
});

test("layers that one line built: each by its name where they differ, all at once where they agree", async () => {
  const text = `${imports}
class Block(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.grow = nn.Linear(c, 2 * c)
        self.norm = nn.LayerNorm(8)

model = nn.Sequential(Block(8), Block(16))
`;
  const varied = await cardAt(text, "nn.Linear");
  expect(varied).toContain("**Linear** · built 2 times");
  expect(varied).toContain("0.grow  144\n1.grow  544");
  expect(varied).not.toContain("(in + 1)");
  expect(await cardAt(text, "nn.LayerNorm")).toContain("**LayerNorm** · 16 parameters each · built 2 times");
});

test("a count in symbols says which value is missing and how to give it", async () => {
  const text = `${imports}
class Block(nn.Module):
    def __init__(self, c_in, c_out):
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, 3)
`;
  const card = await cardAt(text, "nn.Conv2d");
  expect(card).toContain("9·c_in·c_out + c_out parameters");
  expect(card).toContain("no value is given for `c_in`, `c_out`. `# given c_in=64, c_out=64` above the class");
});

test("an input of any size: what would give it one", async () => {
  const text = `${imports}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, image):
        return self.conv(image)
`;
  expect(await cardAt(text, "nn.Conv2d")).toContain("`# given image: (N, 3, 224, 224)` above `forward`");
});

test("a layer that PyTorch refuses has no number at all", async () => {
  const card = await cardAt(`${imports}model = nn.Conv2d(3, 32, -1)\nmodel(torch.randn(8, 3, 32, 32))\n`, "nn.Conv2d");
  expect(card).toMatch(/^\*\*Conv2d\*\*\n\nParameters unknown: .*-1/);
  expect(card).not.toContain("→");
});

test("what is not known says why, on the call and on the name that it is bound to", async () => {
  const text = `${imports}from mylib import make_layer

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = make_layer(3)
`;
  const why = "**make_layer** · unknown: the module mylib was not found";
  expect(await cardAt(text, "make_layer(3)")).toBe(why);
  expect(await cardAt(text, "self.layer")).toBe(why);
});

test("outside of models an unknown call keeps its ordinary hover", async () => {
  const text = `${imports}from mylib import load\nbatch = load(3)\n`;
  expect(await cardAt(text, "load(3)")).toBeNull();
  expect(await cardAt(text, "batch")).toContain("unknown: the module mylib was not found");
});

test("a tensor tells its shape, and where the names in it come from", async () => {
  const text = `${imports}
class Net(nn.Module):
    # given ids: (B, T) int64
    def forward(self, ids):
        mask = ids > 0
        return mask
`;
  expect(await cardAt(text, "mask =")).toBe("**mask** · (B, T) · bool\n\n`B`, `T`: given in line 5");
});

const imports = "import torch\nfrom torch import nn\n";

/** The card over the first occurrence of `place`. */
async function cardAt(text: string, place: string): Promise<string | null> {
  const options = { roots: [], libraries: [], inputShapes: {}, batchSymbol: "N" };
  const program = new Program(await parser, { read: () => null, kind: () => null }, options);
  const analysis = await program.analyzeText("net.py", text);
  return hoverAt(analysis, text.indexOf(place))?.markdown ?? null;
}

test("an input says where it comes from, and what is said otherwise", async () => {
  const text = `${imports}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)

    # given x: (N, 3, 64, 64)
    def forward(self, x):
        return self.conv(x)

Net()(torch.zeros(2, 3, 32, 32))
`;
  const card = await cardAt(text, "nn.Conv2d");
  expect(card).toContain("Input `x: (N, 3, 64, 64)`, given in line 9.");
  expect(card).toContain("But the call in line 13 says `x: (2, 3, 32, 32)`; the comment goes first.");
});

test("a size that must divide by another is told of", async () => {
  const text = `${imports}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.MaxPool2d(4)
        self.up = nn.ConvTranspose2d(3, 3, 4, stride=4)

    def forward(self, x):
        return torch.cat([x, self.up(self.down(x))], dim=1)
`;
  expect(await cardAt(text, "nn.MaxPool2d")).toContain("The model needs H and W divisible by 4.");
});

test("the name of a class tells of all models that the file builds of it", async () => {
  const text = `${imports}
class Block(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.fc = nn.Linear(c, c)

model = nn.Sequential(Block(8), Block(16))
`;
  const card = await cardAt(text, "Block(nn");
  expect(card).toContain("**Block** · built 2 times");
  expect(card).toContain("0   72");
  expect(card).toContain("1  272");
});
