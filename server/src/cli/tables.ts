/** A model's layers as rows of text, and the two forms of them that other programs read: Markdown and CSV. */
import type { Count, LayerRow, ModelSummary } from "../report/types.ts";
import {
  compact,
  countText,
  grouped,
  inputSourceText,
  inputsText,
  percent,
  shortType,
  valueText,
} from "../report/words.ts";

export const columns = ["Layer", "Type", "Output", "Params", "Share"] as const;
export type Column = (typeof columns)[number];
export type Row = Readonly<Record<Column, string>>;

export const isNumeric = (column: Column): boolean => column === "Params" || column === "Share";

export function layerRow(layer: LayerRow, total: Count): Row {
  return {
    Layer: layer.name,
    Type: shortType(layer.type),
    Output: layer.output === null ? "" : valueText(layer.output),
    Params: countText(layer.params),
    Share: shareText(layer.params, total),
  };
}

/** The model with how it is built, where that is short; and the input with its source. */
export function titleLines(model: ModelSummary): string[] {
  const { name, built, type } = model;
  const isShort = built !== "" && built.length <= 60 && !built.endsWith("…");
  const title = isShort && built !== name ? `${name} = ${built}` : `${name}: ${shortType(type)}`;
  if (model.inputs.length === 0) return [title];
  return [title, `Input ${inputsText(model.inputs)}, ${inputSourceText(model.inputSource, model.inputLine)}`];
}

/** The last lines of torchinfo's and Keras' summaries. */
export function totals(model: ModelSummary): readonly (readonly [label: string, value: string])[] {
  const { input, activations, params, gradients, optimizer } = model.bytes;
  const added = (sizes: readonly (number | null)[]): number | null =>
    sizes.reduce((sum, bytes) => (sum === null || bytes === null ? null : sum + bytes), 0);
  const sum = added([input, activations, params]);
  const size = (label: string, bytes: number | null): (readonly [string, string])[] =>
    bytes === null ? [] : [[label, (bytes / 1e6).toFixed(2)]];
  return [
    ["Total params", countText(model.params)],
    ["Trainable params", countText(model.trainable)],
    ["Non-trainable params", countText(model.nonTrainable)],
    ...(model.macs === null ? [] : [["Multiply-accumulates", macsText(model.macs)] as const]),
    ...size("Input size (MB)", input),
    ...size("Forward/backward pass size (MB)", activations),
    ...size("Params size (MB)", params),
    ...size("Estimated total size (MB)", sum),
    ...size("Training with Adam (MB)", added([sum, gradients, optimizer])),
  ];
}

export function markdown(model: ModelSummary): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = columns.map((column) => (isNumeric(column) ? "---:" : "---"));
  const rows = model.layers.map((layer) => {
    const row = layerRow(layer, model.params);
    return line([`\`${row.Layer}\``, row.Type, row.Output, row.Params, row.Share]);
  });
  const [title = "", ...input] = titleLines(model);
  const head = [`**${title}**`, ...input.flatMap((text) => ["", text])];
  const foot = totals(model).map(([label, value]) => `- ${label}: ${value}`);
  return `${[...head, "", line(columns), line(rule), ...rows, "", ...foot].join("\n")}\n`;
}

/** Counts without separators, for spreadsheets; quoted as RFC 4180 has it. */
export function csv(model: ModelSummary): string {
  const field = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rows = model.layers.map((layer) => [
    layer.name,
    layer.type,
    layer.output === null ? "" : valueText(layer.output),
    plainCount(layer.params),
    plainCount(layer.trainable),
    layer.macs === null ? "" : plainCount(layer.macs),
  ]);
  const head = ["name", "type", "output", "params", "trainable", "macs"];
  return `${[head, ...rows].map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;
}

function plainCount(count: Count): string {
  return typeof count === "number" ? String(count) : countText(count);
}

function shareText(params: Count, total: Count): string {
  if (typeof params !== "number" || typeof total !== "number" || total === 0) return "";
  return percent(params / total);
}

/** `137,729,024 (137.7 M)`. */
function macsText(macs: Count): string {
  if (typeof macs !== "number" || macs < 1000) return countText(macs);
  return `${grouped(macs)} (${compact(macs)})`;
}
