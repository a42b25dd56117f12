/**
 * A model's summary as text to paste elsewhere: Markdown, CSV, JSON or a plain table.
 */
import type { LayerRow, ModelSummary } from "../../../server/src/report/types.ts";
import { totals } from "./facts.ts";
import { countText, exact, inputsText, percent, shortType, valueText } from "./format.ts";

export type CopyFormat = "markdown" | "csv" | "json" | "text";

export function summaryText(model: ModelSummary, format: CopyFormat): string {
  switch (format) {
    case "markdown":
      return markdown(model);
    case "csv":
      return csv(model);
    case "json":
      return `${JSON.stringify(model, null, 2)}\n`;
    case "text":
      return plain(model);
  }
}

const columns = ["Layer", "Type", "Output", "Params", "Share", "MACs"];
const rightAligned = new Set(["Params", "Share", "MACs"]);

function markdown(model: ModelSummary): string {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = columns.map((column) => (rightAligned.has(column) ? "---:" : "---"));
  const body = model.layers.map((layer) => row(cells(model, layer, "`")));
  return `${[`**${title(model)}**`, "", row(columns), row(rule), ...body, "", footer(model)].join("\n")}\n`;
}

/** Counts without separators, for spreadsheets; quoted as RFC 4180 has it. */
function csv(model: ModelSummary): string {
  const field = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const plainCount = (layer: LayerRow) =>
    [layer.params, layer.macs].map((count) => String(exact(count) ?? countText(count)));
  const rows = model.layers.map((layer) => {
    const [params = "", macs = ""] = plainCount(layer);
    return [layer.name, layer.type, valueText(layer.output), params, macs];
  });
  return `${[["name", "type", "output", "params", "macs"], ...rows].map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;
}

function plain(model: ModelSummary): string {
  const table = [columns, ...model.layers.map((layer) => cells(model, layer, ""))];
  const widths = columns.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) =>
        rightAligned.has(columns[at] ?? "") ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join("  ")
      .trimEnd();
  const rule = "─".repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  const [head = [], ...body] = table;
  return `${[title(model), rule, line(head), rule, ...body.map(line), rule, footer(model)].join("\n")}\n`;
}

function cells(model: ModelSummary, layer: LayerRow, quote: string): string[] {
  const total = exact(model.params);
  const params = exact(layer.params);
  const share = total === null || params === null || total === 0 ? "" : percent(params / total);
  const name = quote === "" ? `${"  ".repeat(layer.depth)}${layer.name}` : `${quote}${layer.name}${quote}`;
  return [name, shortType(layer.type), valueText(layer.output), countText(layer.params), share, countText(layer.macs)];
}

function title(model: ModelSummary): string {
  const input = model.inputs.length === 0 ? "" : `, input ${inputsText(model.inputs)}`;
  return `${model.name} (${model.built})${input}`;
}

function footer(model: ModelSummary): string {
  return totals(model)
    .map(({ label, value }) => `${label} ${value}`)
    .join(" · ");
}
