/**
 * *Copy Summary As…* in its four forms.
 */
import { expect, test } from "vitest";
import { summaryText } from "../../../client/src/view/summaryText.ts";
import { layer, model } from "./layers.ts";

const output = { kind: "tensor", shape: ["N", 10], dtype: "float32" } as const;
const net = model({
  params: 5_130,
  trainable: 5_130,
  macs: 5_120,
  inputs: [{ name: "x", value: { kind: "tensor", shape: ["N", 512], dtype: "float32" } }],
  output,
  bytes: { input: 2_048, activations: 80, params: 20_520, gradients: 20_520, optimizer: 41_040 },
  dtypes: ["float32"],
  layers: [
    layer("act", { type: "torch.nn.ReLU", macs: 0 }),
    layer("fc", { type: "torch.nn.Linear", params: 5_130, output, macs: 5_120 }),
  ],
});

test("Markdown", () => {
  expect(summaryText(net, "markdown")).toBe(`**Net (Net()), input x: (N, 512)**

| Layer | Type | Output | Params | Share | MACs |
| --- | --- | --- | ---: | ---: | ---: |
| \`act\` | ReLU |  | 0 |  | 0 |
| \`fc\` | Linear | (N, 10) | 5,130 | 100.0 % | 5,120 |

Total 5,130 · Trainable 5,130 · Non-trainable 0 · Input 0.00 MB · Forward/backward 0.00 MB · Params 0.02 MB · Estimated total 0.02 MB · Training with Adam 0.08 MB
`);
});

test("CSV, numbers for spreadsheets", () => {
  expect(summaryText(net, "csv")).toBe(
    'name,type,output,params,macs\r\nact,torch.nn.ReLU,,0,0\r\nfc,torch.nn.Linear,"(N, 10)",5130,5120\r\n',
  );
});

test("plain text, aligned", () => {
  const lines = summaryText(net, "text").split("\n");
  expect(lines.slice(2, 6)).toEqual([
    "Layer  Type    Output   Params    Share   MACs",
    "──────────────────────────────────────────────",
    "act    ReLU                  0               0",
    "fc     Linear  (N, 10)   5,130  100.0 %  5,120",
  ]);
});

test("JSON holds every fact", () => {
  expect(JSON.parse(summaryText(net, "json"))).toEqual(net);
});
