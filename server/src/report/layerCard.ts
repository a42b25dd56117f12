/**
 * The hover card of a layer, for people who want to know where a number comes from. Top to bottom: what it is; its
 * formula in symbols and with numbers; its weights or its parts; the arithmetic of its output; its work, memory and
 * share; where the input comes from, or why something is unknown and what would make it known; the framework's page.
 */
import { type Dim, formatShape, isConcrete, numel, sum, symbolsOf } from "../algebra/index.ts";
import { Undecided, Violation } from "../frameworks/rules/index.ts";
import { bindForward, layerOf } from "../frameworks/torch/binding/layers.ts";
import { namedModules } from "../frameworks/torch/binding/module.ts";
import type { ModuleCall } from "../frameworks/torch/binding/trace.ts";
import { TensorValue } from "../frameworks/torch/binding/values.ts";
import { formulaOf } from "../model/formula.ts";
import { countsOf, essentialsOf, type ModuleRow, rowsOf, typeOf } from "../model/tree.ts";
import type { Instance } from "../python/values.ts";
import type { Analysis, AnalyzedModel } from "../workspace/analysis.ts";
import { bytesText, countText, holdsTensor, macsText, perItem, shapeText } from "./facts.ts";
import { type ConstructedGroup, callsByInstance } from "./hints.ts";
import { inputAdvice, inputText } from "./inputText.ts";
import { outputBytes } from "./summary.ts";
import type { CardLinks } from "./types.ts";
import { reasonOf } from "./unknowns.ts";
import { percent, shortType } from "./words.ts";

/** All that a card is written from. */
interface Subject {
  /** The layer, the first of several that the same source built. */
  readonly instance: Instance;
  readonly instances: readonly Instance[];
  readonly calls: ReadonlyMap<Instance, readonly ModuleCall[]>;
  /** The smallest model that the layer is part of. */
  readonly model: AnalyzedModel | null;
  readonly analysis: Analysis;
  readonly links: CardLinks;
}

/** The card of the layers that one call in the source made, as Markdown. */
export function layerCard({ instances }: ConstructedGroup, analysis: Analysis, links: CardLinks): string {
  const [instance] = instances;
  if (!instance) return "";
  const model = modelAround(instance, analysis);
  if (isRefused(instance))
    return [`**${shortType(typeOf(instance))}**`, unknownCount(instance), link(instance)].join("\n\n");
  const subject: Subject = { instance, instances, calls: callsByInstance(analysis), model, analysis, links };
  // One block, since VS Code leaves no gap between two; and no line too many, since it shows 250 pixels of a card.
  const figures = isVaried(subject)
    ? eachInstance(subject)
    : joined("\n\n", [
        joined("\n", [formula(subject), weights(subject)]),
        children(subject),
        arithmetic(subject),
        eachInstance(subject),
      ]);
  const facts = joined("  \n", [work(subject), source(subject)]);
  const parts = [block(figures), facts, unknowns(subject), link(instance)];
  return joined("\n\n", [headline(subject), ...parts]);
}

/** Rows that a card lists before it says how many more there are. */
const mostRows = 12;

// ── what it is ───────────────────────────────────────────────────────────────────────────────────────────────────────

function headline(subject: Subject): string {
  const { instance, instances } = subject;
  const counts = instances.map((each) => countText(countsOf(each).params));
  const [count = null] = counts;
  const times = instances.length > 1 ? `built ${instances.length} times` : "";
  const each = instances.length > 1 ? " each" : "";
  const params =
    count === null || counts.some((other) => other !== count)
      ? ""
      : count === "0"
        ? "nothing to learn, 0 parameters"
        : `${count} ${count === "1" ? "parameter" : "parameters"}${each}`;
  return [`**${shortType(typeOf(instance))}**`, params, times, commonFlow(subject)].filter(Boolean).join(" · ");
}

/** `(N, 3, 32, 32) → (N, 32, 32, 32)` where all calls agree. */
function commonFlow({ instances, calls }: Subject): string {
  const flows = new Set(instances.flatMap((each) => (calls.get(each) ?? []).map(flowText)));
  const [only = ""] = flows;
  return flows.size === 1 ? only : "";
}

function flowText({ args, keywords, output }: ModuleCall): string {
  const inputs = [...args, ...keywords.values()].filter(holdsTensor).map(shapeText);
  const result = output ? shapeText(output) : null;
  return inputs.includes(null) || result === null ? "" : `${inputs.join(", ")} → ${result}`;
}

/** Whether the layers differ in their weights, so that nothing about one of them speaks for all. */
function isVaried({ instances }: Subject): boolean {
  const [first, ...others] = instances.map((each) => rowsOf(each)[0]?.weights.map(weightText).join() ?? "");
  return (
    others.some((other) => other !== first) ||
    new Set(instances.map((each) => countText(countsOf(each).params))).size > 1
  );
}

// ── where its parameters are ─────────────────────────────────────────────────────────────────────────────────────────

function formula({ instance }: Subject): string {
  const total = countText(countsOf(instance).params);
  const written = formulaOf(instance);
  if (!written || total === "0") return "";
  const { symbols, numbers, where = [] } = written;
  return joined("\n", [symbols, `${numbers}${total === null ? "" : ` = ${total}`}`, ...where]);
}

function weights({ instance }: Subject): string {
  const rows = rowsOf(instance)[0]?.weights ?? [];
  const shown = rows.slice(0, mostRows).map(weightText);
  if (rows.length > shown.length) shown.push([`… and ${rows.length - shown.length} more`]);
  return columns(shown);
}

function weightText({ name, tensor }: ModuleRow["weights"][number]): string[] {
  const { dims } = tensor.type;
  const count = dims === null ? "?" : (countText({ count: numel(dims) }) ?? "?");
  return [name, dims === null ? "?" : formatShape(dims), count, tensor.requiresGrad ? "" : "frozen"];
}

/** What a container or a model is made of. */
function children({ instance }: Subject): string {
  const rows = rowsOf(instance).filter(({ name }) => name !== "" && !name.includes("."));
  const shown = rows.slice(0, mostRows).map((row) => {
    const count = countText(row.counts.params);
    return [
      row.name,
      `${shortType(row.type)} ${essentialsOf(row.instance)}`.trimEnd(),
      count === "0" ? "" : (count ?? "?"),
    ];
  });
  if (rows.length > shown.length) shown.push([`… and ${rows.length - shown.length} more`]);
  return columns(shown);
}

/** A line for each of several layers that the same source built, by its place in the model. */
function eachInstance(subject: Subject): string {
  const { instances, calls, model } = subject;
  if (instances.length < 2 || (!isVaried(subject) && commonFlow(subject) !== "")) return "";
  const names = new Map<Instance, string>();
  if (model) for (const [name, part] of namedModules(model.instance)) names.set(part, name);
  const shown = instances.slice(0, mostRows).map((each, i) => {
    const call = calls.get(each)?.[0];
    return [names.get(each) || `${i + 1}.`, countText(countsOf(each).params) ?? "?", call ? flowText(call) : ""];
  });
  if (instances.length > shown.length) shown.push([`… and ${instances.length - shown.length} more`]);
  return columns(shown);
}

// ── what it gives and costs ──────────────────────────────────────────────────────────────────────────────────────────

function arithmetic({ instance, calls }: Subject): string {
  const call = calls.get(instance)?.[0];
  const layer = layerOf(instance);
  if (!call || !layer?.rule.arithmetic) return "";
  return attempt(() => {
    const inputs = bindForward(instance, call.args, call.keywords);
    const lines = inputs ? (layer.rule.arithmetic?.(layer.args, inputs) ?? []) : [];
    return joined("\n", [layer.rule.sizes?.(layer.args) ?? "", ...lines]);
  });
}

function work(subject: Subject): string {
  const { instances } = subject;
  if (isVaried(subject)) return "";
  const parts = [macs(subject), memory(subject), share(subject)].filter((part) => part !== "");
  return parts.length > 0 && instances.length > 1 ? `Each: ${parts.join(" · ")}` : parts.join(" · ");
}

/** The work of all calls of the layer within the pass that shows its model. */
function macs({ instance, calls, model }: Subject): string {
  const made = (model?.calls ?? calls.get(instance) ?? []).filter((call) => call.instance === instance);
  const known = made.map((call) => call.macs).filter((count): count is Dim => count !== null);
  if (known.length === 0 || known.length < made.length) return "";
  const total = sum(known);
  if (total === 0) return "";
  const times = made.length > 1 ? ` in ${made.length} calls` : "";
  const item = model ? perItem(total, model) : total;
  return `${macsText(item)}${item === total ? "" : ` per ${itemName(made[0])}`}${times}`;
}

/** What one item of a batch is called. */
function itemName(call: ModuleCall | undefined): string {
  const [input] = call?.args ?? [];
  return input instanceof TensorValue && input.type.dims?.length === 4 ? "image" : "sample";
}

function memory({ instance, calls, model }: Subject): string {
  const { bytes } = countsOf(instance);
  const made = (model?.calls ?? calls.get(instance) ?? []).filter((call) => call.instance === instance);
  const given = outputBytes(made, model ?? { inputs: [] });
  return joined(", ", [
    bytes === null || bytes === 0 ? "" : `${bytesText(bytes)} of weights`,
    given === null || given === 0 ? "" : `${bytesText(given)} of output`,
  ]);
}

function share({ instance, model }: Subject): string {
  if (!model || model.instance === instance) return "";
  const [part, all] = [countsOf(instance).params, countsOf(model.instance).params];
  if (!("count" in part && "count" in all) || !isConcrete(part.count) || !isConcrete(all.count)) return "";
  const text = all.count > 0 ? percent(part.count / all.count) : "";
  return text === "" ? "" : `${text} of \`${model.id}\``;
}

// ── what is known of it, and what is not ─────────────────────────────────────────────────────────────────────────────

function source({ model, analysis, links }: Subject): string {
  return model ? inputText(model, analysis, links) : "";
}

function unknowns(subject: Subject): string {
  const { instance, calls, model } = subject;
  const { params } = countsOf(instance);
  const reasons: string[] = [unknownCount(instance)];
  if ("count" in params && !isConcrete(params.count)) reasons.push(openArguments(params.count));
  const call = calls.get(instance)?.[0];
  if (call) {
    const why = call.output ? reasonOf(call.output) : null;
    if (why !== null) reasons.push(`Output unknown: ${why}.`);
  } else if (layerOf(instance) && model) reasons.push(whyNotCalled(model));
  return joined("\n\n", reasons);
}

function unknownCount(instance: Instance): string {
  const { params } = countsOf(instance);
  return "unknown" in params ? `Parameters unknown: ${params.unknown}.` : "";
}

/** Whether PyTorch refuses the layer's arguments: then nothing about it holds. */
function isRefused(instance: Instance): boolean {
  const layer = layerOf(instance);
  try {
    layer?.rule.check?.(layer.args);
    return false;
  } catch (problem) {
    if (problem instanceof Violation) return true;
    if (problem instanceof Undecided) return false;
    throw problem;
  }
}

/** The names in a count, why they are open, and how to close them. */
function openArguments(count: Dim): string {
  const named = symbolsOf(count).filter(({ anonymous }) => !anonymous);
  if (named.length === 0) return "";
  if (!named.every(({ why, name }) => why.startsWith(`the argument ${name} `))) {
    const reasons = [...new Set(named.map(({ why }) => why))].map((reason) => {
      const names = named.flatMap(({ name, why }) => (why === reason ? [`\`${name}\``] : []));
      return `${names.join(", ")}: ${reason}`;
    });
    return `In symbols, because not all sizes are known. ${reasons.join("; ")}.`;
  }
  const names = named.map(({ name }) => `\`${name}\``).join(", ");
  const example = named.map(({ name }) => `${name}=64`).join(", ");
  return `In symbols, because no value is given for ${names}. \`# given ${example}\` above the class gives numbers.`;
}

function whyNotCalled(model: AnalyzedModel): string {
  if (model.call === null || model.inputSource === "none") return `Output unknown: ${inputAdvice(model)}`;
  const raised = model.notes.find((note) => note.startsWith("it raises "));
  return raised === undefined
    ? `Output unknown: the forward pass of \`${model.id}\` was not seen to call it.`
    : `Output unknown: in the forward pass of \`${model.id}\`, ${raised}.`;
}

function link(instance: Instance): string {
  const type = typeOf(instance);
  return type.startsWith("torch.nn.") ? `[${type}](https://docs.pytorch.org/docs/stable/generated/${type}.html)` : "";
}

/** The smallest model of the file that a module is part of, one with an input where there is one. */
function modelAround(instance: Instance, { models }: Analysis): AnalyzedModel | null {
  const holding = models.filter((model) => [...namedModules(model.instance)].some(([, part]) => part === instance));
  // A class may be shown by an instance that is a part of a larger model, which then speaks for it.
  const larger = holding.filter((model) => model.instance !== instance);
  const candidates = larger.length > 0 ? larger : holding;
  return candidates.find((model) => model.call !== null && model.inputSource !== "none") ?? candidates[0] ?? null;
}

// ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

function block(text: string): string {
  return text === "" ? "" : `\`\`\`text\n${text}\n\`\`\``;
}

/** The parts that say something. */
function joined(separator: string, parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(separator);
}

/** Rows as columns, numbers to the right; a row of one cell spans them all. */
function columns(rows: readonly (readonly string[])[]): string {
  const table = rows.filter((row) => row.length > 1);
  const widths = (table[0] ?? []).map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0)));
  const isNumber = /^[\d,]+$/;
  return rows
    .map((row) => {
      const cells = row.map((cell, i) => {
        const width = row.length > 1 ? (widths[i] ?? 0) : 0;
        return isNumber.test(cell) && i > 0 ? cell.padStart(width) : cell.padEnd(width);
      });
      return cells.join("  ").trimEnd();
    })
    .join("\n");
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
