/**
 * What the panel says about a whole model. The figures are torchvision's resnet18, as torch and torchinfo print them.
 */
import { describe, expect, test } from "vitest";
import { factCards, modelAt, segments, totals } from "../../../client/src/view/facts.ts";
import type { ModelSummary } from "../../../server/src/report/types.ts";
import { layer, model } from "./layers.ts";

const box = { hasChildren: true, type: "torch.nn.Sequential" };
const image = { kind: "tensor", shape: ["N", 3, 224, 224], dtype: "float32" } as const;
const resnet18 = model({
  params: 11_689_512,
  trainable: 11_006_440,
  nonTrainable: 683_072,
  macs: 1_814_073_344,
  inputs: [{ name: "x", value: image }],
  inputSource: "call",
  inputLine: 87,
  output: { kind: "tensor", shape: ["N", 1000], dtype: "float32" },
  bytes: { input: 602_112, activations: 39_748_480, params: 46_758_048, gradients: 44_025_760, optimizer: 88_051_520 },
  dtypes: ["float32"],
  layers: [
    layer("conv1", { params: 9_408 }),
    layer("bn1", { params: 128 }),
    layer("relu"),
    layer("layer1", { ...box, params: 147_968 }),
    layer("layer2", { ...box, params: 525_568 }),
    layer("layer3", { ...box, params: 2_099_712 }),
    layer("layer4", { ...box, params: 8_393_728 }),
    layer("fc", { params: 513_000 }),
  ],
});

test("four facts", () => {
  expect(factCards(resnet18, 10_508_840)).toEqual([
    {
      title: "Parameters",
      value: "11,689,512",
      change: "+1,180,672",
      detail: "11,006,440 trainable · 683,072 frozen",
      reason: null,
    },
    { title: "Output", value: "(N, 1000)", change: null, detail: "4 layers, 3 with weights", reason: null },
    { title: "Compute per image", value: "1.81 GMACs", change: null, detail: "3.63 GFLOPs", reason: null },
    {
      title: "Memory, float32",
      value: "46.8 MB",
      change: null,
      detail: "weights · 39.7 MB forward/backward",
      reason: null,
    },
  ]);
});

test("totals as torchinfo prints them", () => {
  expect(totals(resnet18).map(({ label, value }) => `${label} ${value}`)).toEqual([
    "Total 11,689,512",
    "Trainable 11,006,440",
    "Non-trainable 683,072",
    "Input 0.60 MB",
    "Forward/backward 39.75 MB",
    "Params 46.76 MB",
    "Estimated total 87.11 MB",
    "Training with Adam 219.19 MB",
  ]);
});

test("what is unknown has a reason and no number", () => {
  const unknown = model({ params: { unknown: "cfg.dim comes from argparse" }, notes: ["x is a free input"] });
  const [parameters, output, compute, memory] = factCards(unknown, 5);
  expect(parameters).toMatchObject({ value: "?", change: null, reason: "cfg.dim comes from argparse" });
  expect(output).toMatchObject({ value: "?", reason: "x is a free input" });
  expect(compute).toMatchObject({ value: "?", reason: "The model is not called with a known input." });
  expect(memory).toMatchObject({ value: "?", reason: "cfg.dim comes from argparse" });
  expect(totals(unknown).map(({ label }) => label)).toEqual(["Total", "Trainable", "Non-trainable"]);
});

test("a symbolic count is shown as it is", () => {
  expect(factCards(model({ params: "9·c_in·c_out + c_out" }), null)[0]).toMatchObject({
    value: "9·c_in·c_out + c_out",
  });
});

test.each([
  [["N", 3, 8, 8], "Compute per image"],
  [["N", "T"], "Compute per sample"],
  [[2, 3, 8, 8], "Compute per forward pass"],
])("compute of an input %j", (shape, title) => {
  const summary = model({ macs: 900, inputs: [{ name: "x", value: { kind: "tensor", shape, dtype: null } }] });
  expect(factCards(summary, null)[2]).toMatchObject({ title, value: "900 MACs", detail: "1.80 kFLOPs" });
});

describe("where the parameters are", () => {
  const labels = (summary: ModelSummary) => segments(summary).map(({ label, params }) => [label, params]);

  test("the outermost layers by size, the small ones summed", () => {
    expect(labels(resnet18)).toEqual([
      ["layer4", 8_393_728],
      ["layer3", 2_099_712],
      ["layer2", 525_568],
      ["fc", 513_000],
      ["layer1", 147_968],
      ["2 more", 9_536],
    ]);
    expect(segments(resnet18).reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  test("a wrapper of a single module is looked into", () => {
    const wrapped = model({
      params: 30,
      layers: [layer("net", { ...box, params: 30 }), layer("net.0", { params: 10 }), layer("net.1", { params: 20 })],
    });
    expect(labels(wrapped)).toEqual([
      ["net.1", 20],
      ["net.0", 10],
    ]);
  });

  test("parameters of the model itself have their place", () => {
    expect(labels(model({ params: 100, layers: [layer("a", { params: 60 })] }))).toEqual([
      ["a", 60],
      ["own", 40],
    ]);
  });

  test("weights that layers share do not push the bar over its end", () => {
    const tied = model({ params: 60, layers: [layer("a", { params: 60 }), layer("b", { params: 60 })] });
    expect(segments(tied).map(({ share }) => share)).toEqual([0.5, 0.5]);
  });

  test("nothing to show without parameters or with an unknown number of them", () => {
    expect(segments(model())).toEqual([]);
    expect(segments(model({ params: "n" }))).toEqual([]);
  });
});

test("the model under a cursor", () => {
  const first = model({ id: "A", line: 3, layers: [layer("x", { line: 5 })] });
  const second = model({ id: "B", line: 20, layers: [layer("x", { line: 9 })] });
  const at = (line: number) => modelAt([first, second], line)?.id;
  expect([at(0), at(5), at(9), at(12), at(30)]).toEqual(["A", "A", "B", "A", "B"]);
  expect(modelAt([], 0)).toBeUndefined();
});
