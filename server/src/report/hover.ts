/** Hover cards: what a layer is, its formula with numbers, its weights, the arithmetic of its output, and why not. */
import { formatShape, isConcrete, numel } from "../algebra/index.ts";
import { Undecided, Violation } from "../frameworks/rules/index.ts";
import { bindForward, layerOf } from "../frameworks/torch/binding/layers.ts";
import type { ModuleCall } from "../frameworks/torch/binding/trace.ts";
import { TensorValue } from "../frameworks/torch/binding/values.ts";
import { countsOf, rowsOf, typeOf } from "../model/tree.ts";
import type { Instance, Value } from "../python/values.ts";
import type { Analysis, AnalyzedModel } from "../workspace/analysis.ts";
import { countText, holdsTensor, macsText, perItem, shapeText } from "./facts.ts";
import { type ConstructedGroup, callsByInstance, constructedGroups, rangeOf } from "./hints.ts";
import type { HoverCard } from "./types.ts";

/** The card at an offset: of the innermost layer whose constructor stands there, else of the tensor bound there. */
export function hoverAt(analysis: Analysis, offset: number): HoverCard | null {
  return layerCard(analysis, offset) ?? tensorCard(analysis, offset);
}

function layerCard(analysis: Analysis, offset: number): HoverCard | null {
  const around = constructedGroups(analysis).filter(({ range }) => range.start <= offset && offset <= range.end);
  const group = around.at(-1) ?? groupOfAssignment(analysis, offset);
  if (!group) return null;
  // Inside a container's brackets, between its layers, only the line of its opening and closing speaks of it.
  const calls = callsByInstance(analysis);
  const [first] = group.instances;
  if (!first) return null;
  const lines = [headline(group, calls), ...body(first, group, calls, analysis)];
  return { range: group.range, markdown: lines.filter((line) => line !== "").join("\n\n") };
}

/** `self.conv = nn.Conv2d(…)`: the name on the left tells of the layer too. */
function groupOfAssignment(analysis: Analysis, offset: number): ConstructedGroup | undefined {
  return constructedGroups(analysis).find(({ range }) => {
    const line = analysis.lines.positionAt(range.start).line;
    const start = analysis.lines.offsetAt({ line, character: 0 });
    const before = analysis.text.slice(start, range.start);
    return offset >= start && offset < range.start && /^\s*[\w.]+\s*=\s*$/.test(before);
  });
}

function headline({ instances }: ConstructedGroup, calls: ReadonlyMap<Instance, readonly ModuleCall[]>): string {
  const [first] = instances;
  if (!first) return "";
  const name = typeOf(first).split(".").at(-1) ?? "";
  const counts = instances.map((instance) => countText(countsOf(instance).params));
  const known = [...new Set(counts)];
  const [count] = known;
  const params =
    known.length === 1 && count
      ? `${count} parameter${count === "1" ? "" : "s"}${instances.length > 1 ? ` each, built ${instances.length} times` : ""}`
      : "";
  const call = calls.get(first)?.[0];
  const flow = instances.length === 1 && call ? flowText(call) : "";
  return [`**${name}**`, params, flow].filter((part) => part !== "").join(" · ");
}

function flowText(call: ModuleCall): string {
  const inputs = call.args.filter(holdsTensor).map(shapeText);
  const output = call.output ? shapeText(call.output) : null;
  if (inputs.includes(null) || output === null) return "";
  return `${inputs.join(", ")} → ${output}`;
}

function body(
  instance: Instance,
  group: ConstructedGroup,
  calls: ReadonlyMap<Instance, readonly ModuleCall[]>,
  analysis: Analysis,
): string[] {
  const call = calls.get(instance)?.[0];
  const parts = [formula(instance), weights(instance), children(instance), instances(group, calls)];
  if (call) parts.push(arithmetic(instance, call));
  const model = modelAround(instance, analysis);
  parts.push(work(instance, call, model), source(model, analysis), unknowns(instance, call, model), link(instance));
  return parts;
}

// ── parts of a card ──────────────────────────────────────────────────────────────────────────────────────────────────

function formula(instance: Instance): string {
  const layer = layerOf(instance);
  if (!layer) return "";
  const { params } = countsOf(instance);
  const total = countText(params);
  return attempt(() => {
    const written = layer.rule.formula?.(layer.args);
    if (!written) return total === "0" ? "Nothing to learn: 0 parameters." : "";
    const numbers = total === null ? written.numbers : `${written.numbers} = ${total}`;
    return ["```text", written.symbols, numbers, "```"].join("\n");
  });
}

function weights(instance: Instance): string {
  const [row] = rowsOf(instance);
  if (!row || row.weights.length === 0) return "";
  return row.weights
    .map(({ name, tensor }) => {
      const shape = tensor.type.dims === null ? "?" : formatShape(tensor.type.dims);
      const count = tensor.type.dims === null ? null : countText({ count: numel(tensor.type.dims) });
      return `- \`${name}\` ${shape}${count === null ? "" : ` = ${count}`}${tensor.requiresGrad ? "" : ", frozen"}`;
    })
    .join("\n");
}

/** What a container or a model is made of. */
function children(instance: Instance): string {
  const rows = rowsOf(instance).filter(({ name }) => name !== "" && !name.includes("."));
  if (rows.length === 0) return "";
  const shown = rows.slice(0, 12).map(({ name, type, counts }) => {
    const count = countText(counts.params);
    return `- \`${name}\` ${type.split(".").at(-1)}${count === null || count === "0" ? "" : ` · ${count}`}`;
  });
  if (rows.length > shown.length) shown.push(`- … and ${rows.length - shown.length} more`);
  return shown.join("\n");
}

/** One line for each of several layers that the same source built. */
function instances(group: ConstructedGroup, calls: ReadonlyMap<Instance, readonly ModuleCall[]>): string {
  if (group.instances.length < 2) return "";
  const lines = group.instances.slice(0, 12).map((instance, i) => {
    const call = calls.get(instance)?.[0];
    const count = countText(countsOf(instance).params) ?? "unknown";
    return `${i + 1}. ${count}${call ? ` · ${flowText(call)}` : ""}`;
  });
  if (group.instances.length > lines.length) lines.push(`… and ${group.instances.length - lines.length} more`);
  return lines.join("\n");
}

function arithmetic(instance: Instance, call: ModuleCall): string {
  const layer = layerOf(instance);
  if (!layer?.rule.arithmetic) return "";
  return attempt(() => {
    const inputs = bindForward(instance, call.args, call.keywords);
    const lines = inputs ? (layer.rule.arithmetic?.(layer.args, inputs) ?? []) : [];
    return lines.length === 0 ? "" : ["```text", ...lines, "```"].join("\n");
  });
}

function work(instance: Instance, call: ModuleCall | undefined, model: AnalyzedModel | null): string {
  const parts: string[] = [];
  if (call?.macs) {
    parts.push(macsText(model ? perItem(call.macs, model) : call.macs));
  }
  const { params, bytes } = countsOf(instance);
  if (bytes !== null && bytes > 0) parts.push(`${bytesText(bytes)} of weights`);
  const all = model && model.instance !== instance ? countsOf(model.instance).params : null;
  if (
    all &&
    "count" in all &&
    "count" in params &&
    isConcrete(all.count) &&
    isConcrete(params.count) &&
    params.count > 0
  ) {
    parts.push(`${((params.count / all.count) * 100).toFixed(1)} % of ${model?.id}`);
  }
  return parts.join(" · ");
}

function source(model: AnalyzedModel | null, analysis: Analysis): string {
  if (!model || model.inputs.length === 0) return "";
  const texts = model.inputs
    .map(({ name, value }) => [name, shapeText(value)] as const)
    .filter(([, text]) => text !== null);
  if (texts.length === 0) return "";
  const shown = texts.map(([name, text]) => `\`${name}: ${text}\``).join(", ");
  const line =
    model.inputSite && model.inputSite.unit.file === analysis.path
      ? ` in line ${analysis.lines.positionAt(model.inputSite.unit.offset + model.inputSite.start).line + 1}`
      : "";
  switch (model.inputSource) {
    case "given":
      return `Input ${shown}, given${line}.`;
    case "call":
      return `Input ${shown}, from the call${line}.`;
    case "setting":
      return `Input ${shown}, from the settings.`;
    case "option":
      return `Input ${shown}, as asked.`;
    case "solved": {
      const { range } = model;
      const others = range && range.min !== range.max ? `; ${range.min} to ${range.max} would fit` : "";
      return `Input ${shown}, inferred from the layers${others}.`;
    }
    case "symbolic":
      return `Input ${shown}, assumed from the first layer. Write \`# given\` above \`forward\` for sizes.`;
    default:
      return "";
  }
}

function unknowns(instance: Instance, call: ModuleCall | undefined, model: AnalyzedModel | null): string {
  const { params } = countsOf(instance);
  const reasons: string[] = [];
  if ("unknown" in params) reasons.push(`Parameters unknown: ${params.unknown}.`);
  if (call?.output && shapeText(call.output) === null) {
    const why = reasonOf(call.output);
    if (why !== null) reasons.push(`Output unknown: ${why}.`);
  } else if (!call && model && model.inputSource === "none") {
    reasons.push("Output unknown: no input of the model is known. Write `# given x: (N, …)` above its `forward`.");
  }
  return reasons.join(" ");
}

function link(instance: Instance): string {
  const type = typeOf(instance);
  return type.startsWith("torch.nn.") ? `[${type}](https://docs.pytorch.org/docs/stable/generated/${type}.html)` : "";
}

/** The model that a module is part of: the smallest one that the file knows. */
function modelAround(instance: Instance, analysis: Analysis): AnalyzedModel | null {
  const holding = analysis.models.filter((model) => rowsOf(model.instance).some((row) => row.instance === instance));
  return holding.find((model) => model.call !== null && model.inputSource !== "none") ?? holding[0] ?? null;
}

// ── tensors ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function tensorCard(analysis: Analysis, offset: number): HoverCard | null {
  const events = analysis.tensors.filter(({ site }) => {
    const range = rangeOf(site);
    return range.start <= offset && offset <= range.end;
  });
  const [event] = events;
  if (!event) return null;
  const known = [...new Set(events.map(({ value }) => shapeText(value)).filter((text) => text !== null))];
  const range = rangeOf(event.site);
  if (known.length > 0) {
    const dtype = event.value instanceof TensorValue && event.value.type.dtype ? ` · ${event.value.type.dtype}` : "";
    const shapes = known.slice(0, 8).join(" · ");
    return { range, markdown: `**${event.name || "returned"}** · ${shapes}${known.length > 8 ? " · …" : ""}${dtype}` };
  }
  const why = reasonOf(event.value);
  return why === null ? null : { range, markdown: `**${event.name || "returned"}** · unknown: ${why}` };
}

/** Why the shape of a value is not known. */
function reasonOf(value: Value): string | null {
  if (value.kind === "unknown") return value.why;
  if (value instanceof TensorValue) return value.type.dims === null ? value.type.why : null;
  if (value.kind === "tuple" || value.kind === "list") {
    for (const item of value.items) {
      const why = reasonOf(item);
      if (why !== null) return why;
    }
  }
  return null;
}

function bytesText(bytes: number): string {
  for (const [unit, size] of [
    ["GB", 2 ** 30],
    ["MB", 2 ** 20],
    ["KB", 2 ** 10],
  ] as const) {
    if (bytes >= size) return `${(bytes / size).toFixed(1)} ${unit}`;
  }
  return `${bytes} bytes`;
}

/** The text that `write` gives, or nothing where it meets what is not known. */
function attempt(write: () => string): string {
  try {
    return write();
  } catch (problem) {
    if (problem instanceof Undecided || problem instanceof Violation) return "";
    throw problem;
  }
}
