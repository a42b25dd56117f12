/**
 * What the panel says about a model as a whole: four fact cards, where its parameters are, and the totals as torchinfo
 * and Keras word them.
 */
import type { LayerRow, ModelSummary } from "../../../server/src/report/types.ts";
import { compact, countText, exact, grouped, megabytes, reasonOf, valueText } from "./format.ts";

export interface FactCard {
  readonly title: string;
  readonly value: string;
  /** Change since the file was opened: `+1,180,672`. */
  readonly change: string | null;
  readonly detail: string;
  /** Why the value is unknown. */
  readonly reason: string | null;
}

/** `baseline` is the parameter count when the file was opened, where it is known. */
export function factCards(model: ModelSummary, baseline: number | null): FactCard[] {
  return [parametersCard(model, baseline), outputCard(model), computeCard(model), memoryCard(model)];
}

export interface Segment {
  readonly label: string;
  readonly params: number;
  readonly share: number;
  /** The layer that a click shows; null for a sum of several. */
  readonly layer: string | null;
}

/**
 * Where the parameters are: the outermost layers by size, small ones summed. A model that wraps a single other one is
 * looked into, since one bar over the whole width says nothing.
 */
export function segments(model: ModelSummary): Segment[] {
  const total = exact(model.params);
  if (total === null || total === 0) return [];
  const parts = weighty(model.layers);
  const sum = parts.reduce((before, part) => before + part.params, 0);
  // Parameters that belong to no layer: those that the model holds itself.
  const own = total - sum;
  if (own > 0) parts.push({ label: "own", params: own, layer: null });
  const whole = Math.max(total, sum);
  const bySize = parts.toSorted((a, b) => b.params - a.params);
  const shown = bySize.filter((part, index) => index < maxSegments && part.params / whole >= smallestShare);
  const rest = bySize.slice(shown.length);
  const [only] = rest;
  if (rest.length === 1 && only !== undefined) shown.push(only);
  else if (rest.length > 1) {
    const params = rest.reduce((before, part) => before + part.params, 0);
    shown.push({ label: `${rest.length} more`, params, layer: null });
  }
  return shown.map((part) => ({ ...part, share: part.params / whole }));
}

export interface Total {
  readonly label: string;
  readonly value: string;
}

/** The last lines of torchinfo's and Keras' summaries, on one line, with torchinfo's two decimals of a million bytes. */
export function totals(model: ModelSummary): Total[] {
  const { input, activations, params, gradients, optimizer } = model.bytes;
  const sum = added([input, activations, params]);
  const size = (label: string, bytes: number | null) =>
    bytes === null ? [] : [{ label, value: `${(bytes / 1e6).toFixed(2)} MB` }];
  return [
    { label: "Total", value: countText(model.params) },
    { label: "Trainable", value: countText(model.trainable) },
    { label: "Non-trainable", value: countText(model.nonTrainable) },
    ...size("Input", input),
    ...size("Forward/backward", activations),
    ...size("Params", params),
    ...size("Estimated total", sum),
    ...size("Training with Adam", added([sum, gradients, optimizer])),
  ];
}

/** The model that a cursor means: one that builds a layer there, else the last that begins above it, else the first. */
export function modelAt(models: readonly ModelSummary[], line: number): ModelSummary | undefined {
  const builds = models.find((model) => model.layers.some((layer) => layer.path === model.path && layer.line === line));
  return builds ?? models.findLast((model) => model.line <= line) ?? models[0];
}

const maxSegments = 12;
const smallestShare = 0.012;

function parametersCard(model: ModelSummary, baseline: number | null): FactCard {
  const params = exact(model.params);
  const frozen = exact(model.nonTrainable);
  const change = params === null || baseline === null || params === baseline ? null : signed(params - baseline);
  const split =
    frozen === 0
      ? "all trainable"
      : `${countText(model.trainable)} trainable · ${countText(model.nonTrainable)} frozen`;
  const detail = params === 0 ? "nothing to learn" : split;
  return { title: "Parameters", value: countText(model.params), change, detail, reason: reasonOf(model.params) };
}

function outputCard(model: ModelSummary): FactCard {
  const leaves = model.layers.filter((layer) => !layer.hasChildren).length;
  const weighted = model.layers.filter((layer) => layer.own !== 0).length;
  const detail = `${grouped(leaves)} ${leaves === 1 ? "layer" : "layers"}, ${grouped(weighted)} with weights`;
  const shape = model.output?.kind === "tensor" ? model.output.shape : null;
  return {
    title: "Output",
    value: model.output === null ? "?" : valueText(model.output),
    change: null,
    detail,
    reason: model.output === null ? (model.notes[0] ?? "The input is not known.") : reasonOf(shape),
  };
}

function computeCard(model: ModelSummary): FactCard {
  const macs = exact(model.macs);
  const title = `Compute per ${sampleName(model)}`;
  const reason = model.macs === null ? "The model is not called with a known input." : reasonOf(model.macs);
  if (macs === null) return { title, value: countText(model.macs) || "?", change: null, detail: "MACs", reason };
  return { title, value: `${unit(macs)}MACs`, change: null, detail: `${unit(2 * macs)}FLOPs`, reason: null };
}

function memoryCard(model: ModelSummary): FactCard {
  const { params, activations } = model.bytes;
  return {
    title: ["Memory", ...model.dtypes].join(", "),
    value: params === null ? "?" : megabytes(params),
    change: null,
    detail: activations === null ? "weights" : `weights · ${megabytes(activations)} forward/backward`,
    reason: params === null ? reasonOf(model.params) : null,
  };
}

/** null where one of them is. */
function added(sizes: readonly (number | null)[]): number | null {
  return sizes.reduce((sum, size) => (sum === null || size === null ? null : sum + size), 0);
}

/** A batch of a known size is counted as a whole. */
function sampleName(model: ModelSummary): string {
  const value = model.inputs[0]?.value;
  if (value?.kind !== "tensor" || "unknown" in value.shape) return "forward pass";
  if (typeof value.shape[0] === "number") return "forward pass";
  return value.shape.length === 4 ? "image" : "sample";
}

/** A layer that the bar shows, and how much it holds. */
type Part = Omit<Segment, "share">;

function weighty(layers: readonly LayerRow[]): Part[] {
  for (let depth = 0; ; depth++) {
    const level = layers.filter((layer) => layer.depth === depth);
    const parts = level.flatMap((layer) => {
      const params = exact(layer.params);
      return params === null || params === 0 ? [] : [{ label: layer.name, params, layer: layer.name }];
    });
    const [only] = parts;
    const wrapper = level.find((layer) => layer.name === only?.layer);
    // Looking deeper is only sound where the wrapper holds nothing itself.
    if (parts.length !== 1 || !wrapper?.hasChildren || wrapper.own !== 0) return parts;
  }
}

/** Value and prefix of a unit; a count below a thousand has no prefix but still a blank. */
function unit(count: number): string {
  const text = compact(count);
  return text.includes(" ") ? text : `${text} `;
}

function signed(change: number): string {
  return change > 0 ? `+${grouped(change)}` : `−${grouped(-change)}`;
}
