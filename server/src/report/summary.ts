/** Models as tables: a row a module in `named_modules` order, totals, work and memory. */
import { type Dim, formatCount, isConcrete, numel, sub } from "../algebra/index.ts";
import type { ModuleCall } from "../frameworks/torch/binding/trace.ts";
import { TensorValue } from "../frameworks/torch/binding/values.ts";
import { bytesPerElement, type Counted, essentialsOf, type ModuleRow, rowsOf, typeOf } from "../model/tree.ts";
import type { Instance, Value } from "../python/values.ts";
import type { Analysis, AnalyzedModel } from "../workspace/analysis.ts";
import { countFact, ofOneItem, perItem, shapeFact, valueShape } from "./facts.ts";
import { placeOf } from "./places.ts";
import { requirementsOf } from "./requirements.ts";
import type { Count, LayerRow, ModelSummary, ShapeFact } from "./types.ts";

export function summaryOf(model: AnalyzedModel, analysis: Analysis): ModelSummary {
  const all = rowsOf(model.instance);
  const [root, ...rows] = all;
  const calls = callsOf(model);
  const counts = root?.counts;
  const unknown: Counted = { unknown: "the model has no module tree" };
  const params = counts?.params ?? unknown;
  const trainable = counts?.trainable ?? unknown;
  const trained = counts?.trainableBytes ?? null;
  const place = placeOf(model.site, analysis);
  return {
    id: model.id,
    name: model.id,
    type: typeOf(model.instance),
    built: model.built,
    path: place?.path ?? analysis.path,
    line: place?.line ?? 0,
    params: countFact(params),
    trainable: countFact(trainable),
    nonTrainable: countFact(difference(params, trainable)),
    buffers: countFact(counts?.buffers ?? unknown),
    macs: model.call ? macsFact(model.call, model) : null,
    inputs: model.inputs.map(({ name, value }) => ({ name, value: valueShape(value) })),
    inputSource: model.inputSource,
    inputLine: inputLine(model, analysis),
    output: model.call?.output ? valueShape(model.call.output) : null,
    bytes: {
      input: bytesOfValues(
        model.inputs.map(({ value }) => value),
        model,
      ),
      activations: activationBytes(all, calls, model),
      params: counts?.bytes ?? null,
      gradients: trained,
      optimizer: trained === null ? null : adamMoments * trained,
    },
    dtypes: counts?.dtypes ?? [],
    layers: rows.map((row) => layerRow(row, calls.get(row.instance) ?? [], model, analysis)),
    notes: notesOf(model, params),
  };
}

/** Adam and AdamW keep two numbers for each that is trained, of its type. */
const adamMoments = 2;

/** Multiply-accumulates of a call for one item of the batch. */
export function macsFact(call: ModuleCall, model: AnalyzedModel): Count {
  if (call.macs === null) return { unknown: "the work of a call in it is not known" };
  const macs = perItem(call.macs, model);
  return isConcrete(macs) ? macs : formatCount(macs);
}

function layerRow(row: ModuleRow, calls: readonly ModuleCall[], model: AnalyzedModel, analysis: Analysis): LayerRow {
  const { site } = row.instance;
  const place = site === null ? null : placeOf(site, analysis);
  const weights: Record<string, ShapeFact> = {};
  for (const { name, tensor } of row.weights) weights[name] = shapeFact(tensor.type.dims, tensor.type.why);
  const [first] = calls;
  return {
    name: row.name,
    type: row.type,
    essentials: essentialsOf(row.instance),
    depth: row.depth,
    hasChildren: row.hasChildren,
    path: place?.path ?? null,
    line: place?.line ?? null,
    params: countFact(row.counts.params),
    own: countFact(row.own),
    trainable: countFact(row.counts.trainable),
    weights,
    output: first?.output ? valueShape(first.output) : null,
    macs: calls.length > 0 ? totalMacs(calls, model) : null,
    outputBytes: outputBytes(calls, model),
    calls: calls.some(({ uncertain }) => uncertain > (model.call?.uncertain ?? 0)) ? null : calls.length,
  };
}

/** The calls of each module within the model's showing call. */
function callsOf(model: AnalyzedModel): Map<Instance, ModuleCall[]> {
  const calls = new Map<Instance, ModuleCall[]>();
  for (const each of model.calls) {
    const list = calls.get(each.instance);
    if (list) list.push(each);
    else calls.set(each.instance, [each]);
  }
  return calls;
}

function totalMacs(calls: readonly ModuleCall[], model: AnalyzedModel): Count {
  let total = 0;
  for (const each of calls) {
    const macs = macsFact(each, model);
    if (typeof macs !== "number")
      return calls.length === 1 ? macs : { unknown: "the work of its calls is not a number" };
    total += macs;
  }
  return total;
}

function difference(all: Counted, part: Counted): Counted {
  if ("unknown" in all) return all;
  return "unknown" in part ? part : { count: sub(all.count, part.count) };
}

function inputLine(model: AnalyzedModel, analysis: Analysis): number | null {
  const site = model.inputSite;
  if (!site || site.unit.file !== analysis.path) return null;
  return analysis.lines.positionAt(site.unit.offset + site.start).line;
}

/** Bytes of what calls give for one item of the batch; null where one is not known, and where there are none. */
export function outputBytes(calls: readonly ModuleCall[], model: Pick<AnalyzedModel, "inputs">): number | null {
  const outputs = calls.map(({ output }) => output);
  return outputs.includes(null) ? null : bytesOfValues(outputs as Value[], model);
}

/** Bytes of tensors for one item of the batch; null where a size is not a number. */
function bytesOfValues(values: readonly Value[], model: Pick<AnalyzedModel, "inputs">): number | null {
  let bytes = 0;
  for (const value of values) {
    const size = elements(value, model);
    if (size === null) return null;
    bytes += size;
  }
  return values.length === 0 ? null : bytes;
}

function elements(value: Value, model: Pick<AnalyzedModel, "inputs">): number | null {
  if (value instanceof TensorValue) {
    if (value.type.dims === null) return null;
    const count: Dim = numel(ofOneItem(value.type.dims, model));
    return isConcrete(count) ? count * bytesPerElement(value.type.dtype) : null;
  }
  if (value.kind === "tuple" || value.kind === "list") {
    let bytes = 0;
    for (const item of value.items) {
      const size = elements(item, model);
      if (size === null) return null;
      bytes += size;
    }
    return bytes;
  }
  return value.kind === "unknown" ? null : 0;
}

/** As torchinfo counts: outputs of leaf layers that have weights, twice, for the gradients. */
function activationBytes(
  rows: readonly ModuleRow[],
  calls: ReadonlyMap<Instance, readonly ModuleCall[]>,
  model: AnalyzedModel,
): number | null {
  if (model.call === null) return null;
  let bytes = 0;
  for (const row of rows) {
    if (row.hasChildren || row.weights.length === 0) continue;
    for (const { output } of calls.get(row.instance) ?? []) {
      const size = output ? elements(output, model) : null;
      if (size === null) return null;
      bytes += 2 * size;
    }
  }
  return bytes;
}

function notesOf(model: AnalyzedModel, params: Counted): string[] {
  const needs = requirementsOf(model).map((each) => `The model needs ${each}.`);
  const notes = [...model.notes, ...needs, ...model.contradictions.map((each) => `Of the input, ${each}.`)];
  if ("unknown" in params) notes.push(`The number of parameters is not known: ${params.unknown}.`);
  if (model.inputSource === "solved" && model.range && model.range.min !== model.range.max) {
    notes.push(`The input size was found from the layers; ${model.range.min} to ${model.range.max} would fit.`);
  }
  return notes;
}
