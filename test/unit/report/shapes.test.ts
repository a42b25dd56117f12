/** What summaries say of results whose keys or length nothing tells. */
import { expect, test } from "vitest";
import { readParserAssets } from "../../../server/src/node/assets.ts";
import { reportOf } from "../../../server/src/report/index.ts";
import { PythonParser } from "../../../server/src/syntax/parser.ts";
import { Program } from "../../../server/src/workspace/program.ts";

const parser = PythonParser.create(readParserAssets());

test.each([
  ["out = {'a': x}\n        if flag: out['b'] = x", "the dict's keys depend on an unknown condition"],
  ["out = [x]\n        if flag: out.append(x)", "the list's length depends on an unknown condition"],
])("%s: unknown, not what is known of it so far", async (build, why) => {
  const text = `import torch, sys
from torch import nn
flag = sys.argv[1] == "--both"

class Net(nn.Module):
    def forward(self, x):
        ${build}
        return out

model = Net()
model(torch.randn(1, 3))
`;
  const program = new Program(
    await parser,
    { read: () => null, kind: () => null },
    { roots: ["/project"], libraries: [], inputShapes: {}, batchSymbol: "N" },
  );
  const [model] = reportOf(await program.analyzeText("/project/net.py", text)).models;
  expect(model?.output).toEqual({ kind: "tensor", shape: { unknown: why }, dtype: null });
});
