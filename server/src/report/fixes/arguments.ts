/** Fixes of a layer's constructor: the argument that does not fit what arrives, set to it, or swapped with its pair. */
import { type Dim, format } from "../../algebra/index.ts";
import { layerOf } from "../../frameworks/torch/binding/layers.ts";
import type { Finding } from "../../frameworks/torch/binding/trace.ts";
import type { Call, Expr, Unit } from "../../syntax/ast.ts";
import { callAt } from "../../syntax/find.ts";
import type { Analysis } from "../../workspace/analysis.ts";
import type { Fix, Range } from "../types.ts";

export function argumentFixes(finding: Finding, analysis: Analysis): Fix[] {
  const { fix, layer } = finding;
  if (!fix || !layer || typeof fix.value !== "number") return [];
  const call = constructorOf(finding, analysis);
  const argument = call && argumentOf(finding, call.call, fix.argument);
  if (!call || !argument) return [];
  const newText = format(fix.value);
  const set: Fix = {
    title: `Set ${fix.argument} to ${newText}`,
    edits: [{ range: rangeOf(call.unit, argument), newText }],
  };
  const pair = pairs[fix.argument];
  const other = pair === undefined ? null : argumentOf(finding, call.call, pair);
  if (pair === undefined || !other || argumentValue(finding, pair) !== fix.value) return [set];
  const text = (node: Expr): string => call.unit.text.slice(node.start, node.end);
  const swap: Fix = {
    title: `Swap ${fix.argument} and ${pair}`,
    edits: [
      { range: rangeOf(call.unit, argument), newText: text(other) },
      { range: rangeOf(call.unit, other), newText: text(argument) },
    ],
  };
  return [swap, set];
}

/** What the layer was built with; null where it is no number. */
export function argumentValue({ layer }: Finding, name: string): number | null {
  const args = layer ? (layerOf(layer)?.args as Readonly<Record<string, Dim>> | undefined) : undefined;
  const value = args?.[name];
  return typeof value === "number" ? value : null;
}

/** The constructor's call, where it stands in this file and built this layer alone: one of several can't be mended. */
export function constructorOf({ layer }: Finding, analysis: Analysis): { call: Call; unit: Unit } | null {
  const site = layer?.site;
  if (!site || site.unit.file !== analysis.path) return null;
  const built = analysis.constructed.filter((each) => each.site.unit === site.unit && each.site.start === site.start);
  if (new Set(built.map(({ instance }) => instance)).size > 1) return null;
  const call = callAt(site.unit.statement, site.start, site.end);
  return call && { call, unit: site.unit };
}

const pairs: Readonly<Record<string, string>> = { in_features: "out_features", in_channels: "out_channels" };

function argumentOf({ layer }: Finding, call: Call, name: string): Expr | null {
  const parameters = (layer && layerOf(layer)?.entry.parameters) ?? [];
  const index = parameters.findIndex((parameter) => parameter.name === name);
  const argument = call.keywords.find((keyword) => keyword.name === name)?.value ?? call.args[index];
  return !argument || argument.kind === "Starred" ? null : argument;
}

function rangeOf(unit: Unit, { start, end }: Expr): Range {
  return { start: unit.offset + start, end: unit.offset + end };
}
