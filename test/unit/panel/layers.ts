/**
 * Layers and models for the panel's tests, written short.
 */
import type { LayerRow, ModelSummary } from "../../../server/src/report/types.ts";

/** A layer by its dotted name, which tells its depth. */
export function layer(name: string, facts: Partial<LayerRow> = {}): LayerRow {
  const params = facts.params ?? 0;
  return {
    name,
    type: "torch.nn.Conv2d",
    essentials: "",
    depth: name.split(".").length - 1,
    hasChildren: false,
    path: "/project/net.py",
    line: null,
    params,
    own: facts.hasChildren ? 0 : params,
    trainable: params,
    weights: {},
    output: null,
    macs: null,
    outputBytes: null,
    calls: 1,
    ...facts,
  };
}

export function model(facts: Partial<ModelSummary> = {}): ModelSummary {
  return {
    id: "Net",
    name: "Net",
    type: "net.Net",
    built: "Net()",
    path: "/project/net.py",
    line: 4,
    params: 0,
    trainable: 0,
    nonTrainable: 0,
    buffers: 0,
    macs: null,
    inputs: [],
    inputSource: "none",
    inputLine: null,
    output: null,
    bytes: { input: null, activations: null, params: null, gradients: null, optimizer: null },
    dtypes: [],
    layers: [],
    notes: [],
    ...facts,
  };
}
