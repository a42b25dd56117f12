/** A model's summary for people at a terminal: the tree of its layers in aligned columns, totals below. */
import colors from "picocolors";
import type { LayerRow, ModelSummary } from "../report/types.ts";
import { type Column, columns, isNumeric, layerRow, type Row, titleLines, totals } from "./tables.ts";

export interface Terminal {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
}

export function terminalTable(model: ModelSummary, { width, color }: Terminal): string {
  const paint = colors.createColors(color && process.stdout.isTTY === true && colors.isColorSupported);
  const prefixes = treePrefixes(model.layers);
  const rows = model.layers.map((layer, index): TableRow => {
    const row = layerRow(layer, model.params);
    const label = layer.name.slice(layer.name.lastIndexOf(".") + 1);
    return { ...row, Layer: `${prefixes[index]}${label}`, essentials: layer.essentials };
  });
  const tableWidth = Math.min(Math.max(width, narrowest), widest);
  const widths = fittingWidths(rows, tableWidth);
  const rule = "─".repeat(columns.reduce((sum, column) => sum + widths[column] + gap.length, -gap.length));

  const [title = "", ...subtitles] = titleLines(model);
  const head = columns
    .map((column) => aligned(column, column, widths[column]))
    .join(gap)
    .trimEnd();
  const body = rows.map((row) => {
    const cells = columns.map((column) => {
      if (column === "Type") return typeCell(row, widths.Type, paint.dim);
      const cell = aligned(column, row[column], widths[column]);
      if (column === "Params") return row.Params === "0" ? paint.dim(cell) : paint.cyan(cell);
      return column === "Output" || column === "Share" ? paint.dim(cell) : cell;
    });
    return cells.join(gap).trimEnd();
  });
  const labelled = totals(model);
  const labelWidth = Math.max(...labelled.map(([label]) => label.length));
  const valueWidth = Math.max(...labelled.map(([, value]) => (isFormula(value) ? 0 : digits(value).length)));
  const foot = labelled.map(([label, value]) => {
    const start = label.padEnd(labelWidth) + gap;
    // Only numbers stand below each other; a formula takes the lines that it needs.
    if (isFormula(value))
      return start + wrapped(value, tableWidth - start.length).join(`\n${" ".repeat(start.length)}`);
    const rest = value.slice(digits(value).length);
    return `${start}${paint.bold(digits(value).padStart(valueWidth))}${rest}`;
  });
  const notes = model.notes.map((note) => paint.yellow(`Note: ${note}`));
  const lines = [
    paint.bold(title),
    ...subtitles,
    "",
    paint.bold(head),
    paint.dim(rule),
    ...body,
    paint.dim(rule),
    ...foot,
    ...notes,
  ];
  return `${lines.join("\n")}\n`;
}

/** A row of the table, its name as it stands in the tree. */
interface TableRow extends Row {
  readonly essentials: string;
}

const gap = "  ";
const narrowest = 80;
const widest = 120;

/** The lines that join children to their parents. A model without nesting needs none. */
export function treePrefixes(layers: readonly Pick<LayerRow, "depth">[]): string[] {
  const prefixes: string[] = [];
  // From the last row up: whether a sibling follows at each depth.
  const follows: boolean[] = [];
  for (const { depth } of layers.toReversed()) {
    follows.length = depth + 1;
    let prefix = "";
    for (let level = 1; level < depth; level++) prefix += follows[level] ? "│  " : "   ";
    if (depth > 0) prefix += follows[depth] ? "├─ " : "└─ ";
    prefixes.push(prefix);
    follows[depth] = true;
  }
  return prefixes.reverse();
}

/** Widths that fit: what makes a row too wide is cut, in this order. */
function fittingWidths(rows: readonly TableRow[], width: number): Record<Column, number> {
  const widths = { Layer: 0, Type: 0, Output: 0, Params: 0, Share: 0 } satisfies Record<Column, number>;
  for (const column of columns) widths[column] = Math.max(column.length, ...rows.map((row) => row[column].length));
  widths.Type = Math.max(widths.Type, ...rows.map(withEssentials).map((text) => text.length));
  const bareType = Math.max("Type".length, ...rows.map(({ Type }) => Type.length));
  let excess = columns.reduce((sum, column) => sum + widths[column] + gap.length, -gap.length) - width;
  const cut = (column: Column, least: number): void => {
    const taken = Math.max(0, Math.min(excess, widths[column] - least));
    widths[column] -= taken;
    excess -= taken;
  };
  cut("Type", bareType);
  cut("Layer", 24);
  cut("Output", 20);
  cut("Type", 12);
  return widths;
}

function typeCell(row: TableRow, width: number, dim: (text: string) => string): string {
  const text = shortened(withEssentials(row), width);
  const type = text.slice(0, row.Type.length);
  return type + dim(text.slice(type.length)) + " ".repeat(width - text.length);
}

function withEssentials({ Type, essentials }: TableRow): string {
  return essentials === "" ? Type : `${Type}  ${essentials}`;
}

function aligned(column: Column, text: string, width: number): string {
  const cell = shortened(text, width);
  return isNumeric(column) ? cell.padStart(width) : cell.padEnd(width);
}

function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1).trimEnd()}…`;
}

function isFormula(value: string): boolean {
  return !/^[\d,.?]+$/.test(digits(value));
}

/** A sum in lines of at most `width` characters, where its terms allow that. */
function wrapped(sum: string, width: number): string[] {
  const lines: string[] = [];
  for (const term of sum.split(/(?= \+ )/)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + term.length <= width) lines[lines.length - 1] = line + term;
    else lines.push(term.trimStart());
  }
  return lines;
}

/** The number at the head of a total. */
function digits(value: string): string {
  return value.split(" (")[0] ?? value;
}
