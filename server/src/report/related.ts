/** The way of the data to a finding: where the size was set that does not fit, and where the tensor came from. */
import { format } from "../algebra/index.ts";
import type { Tensor } from "../frameworks/rules/index.ts";
import { layerOf } from "../frameworks/torch/binding/layers.ts";
import type { Finding } from "../frameworks/torch/binding/trace.ts";
import { TensorValue } from "../frameworks/torch/binding/values.ts";
import type { Instance } from "../python/values.ts";
import type { Site } from "../syntax/ast.ts";
import type { Analysis } from "../workspace/analysis.ts";
import { shapeText } from "./facts.ts";
import { rangeOf } from "./hints.ts";
import type { Related } from "./types.ts";

/** Tensors of a call whose way is told, at most. */
const mostInputs = 3;

export function relatedTo(finding: Finding, site: Site, analysis: Analysis): Related[] {
  const told = [
    setting(finding, analysis),
    ...finding.inputs.slice(0, mostInputs).flatMap((type) => origins(type, analysis)),
  ];
  const related: Related[] = [];
  for (const each of told) {
    const isNew =
      each && !related.some(({ range, message }) => range.start === each.range.start && message === each.message);
    if (isNew && each.range.start !== rangeOf(site).start) related.push(each);
  }
  return related;
}

/** Where the layer that refuses its input got its size. */
function setting({ layer, fix }: Finding, analysis: Analysis): Related | null {
  if (!layer?.site) return null;
  const value = fix ? argumentOf(layer, fix.argument) : null;
  return at(
    layer.site,
    fix && value !== null ? `${fix.argument}=${value} is set here` : "the layer is built here",
    analysis,
  );
}

/** Where a tensor got its sizes: the layer that made it, and the name that it was bound to last. */
function origins(type: Tensor, analysis: Analysis): Related[] {
  const maker = analysis.trace.calls.findLast(
    ({ output }) => output instanceof TensorValue && output.type === type,
  )?.instance;
  const bound = analysis.tensors.findLast(
    ({ kind, value }) => kind === "assigned" && value instanceof TensorValue && value.type === type,
  );
  const width = maker?.site ? widthOf(maker, type) : null;
  const shape = bound ? shapeText(bound.value) : null;
  const told = [
    maker?.site && width !== null ? at(maker.site, `${width} is set here`, analysis) : null,
    bound && shape !== null ? at(bound.site, `${bound.name} becomes ${shape} here`, analysis) : null,
  ];
  return told.filter((each) => each !== null);
}

/** What a layer's constructor calls the size that it gives its output. */
const widths = ["out_channels", "out_features", "hidden_size", "embedding_dim", "num_features"];

/** `out_channels=64`, where the output's size is that. */
function widthOf(layer: Instance, type: Tensor): string | null {
  for (const name of widths) {
    const value = argumentOf(layer, name);
    if (value !== null && type.dims?.some((size) => format(size) === value)) return `${name}=${value}`;
  }
  return null;
}

function argumentOf(layer: Instance, name: string): string | null {
  const value = (layerOf(layer)?.args as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === "number" ? String(value) : null;
}

function at(site: Site, message: string, analysis: Analysis): Related | null {
  if (site.unit.file !== analysis.path) return null;
  const range = rangeOf(site);
  return { path: site.unit.file, range, ...analysis.lines.positionAt(range.start), message };
}
