/**
 * The tree of layers as rows: which are visible, how keys move through them, which belong to a line of source. Layers
 * come in `named_modules()` order, so a subtree is a run of rows deeper than its head.
 */
import type { LayerRow } from "../../../server/src/report/types.ts";
import { exact, shortType } from "./format.ts";

/** Rows that a person opened or closed, by name. The others are as `initiallyOpen` says. */
export type Toggled = ReadonlyMap<string, boolean>;

export interface TreeRow {
  readonly layer: LayerRow;
  /** Last part of the dotted name. */
  readonly label: string;
  readonly type: string;
  readonly open: boolean;
  /** Share of the model's parameters, 0 to 1; null where either count is unknown. */
  readonly share: number | null;
}

export interface TreeState {
  readonly toggled: Toggled;
  readonly query: string;
}

/** The rows that are to be seen. While something is sought: its matches with their ancestors, all open. */
export function visibleRows(layers: readonly LayerRow[], total: number | null, state: TreeState): TreeRow[] {
  const wanted = state.query.trim() === "" ? null : matchesWithAncestors(layers, state.query);
  const opened = wanted === null ? initiallyOpen(layers) : null;
  const rows: TreeRow[] = [];
  let closedAt = Number.POSITIVE_INFINITY;
  for (const layer of layers) {
    if (layer.depth > closedAt) continue;
    closedAt = Number.POSITIVE_INFINITY;
    if (wanted !== null && !wanted.has(layer.name)) continue;
    const open = layer.hasChildren && (opened === null || (state.toggled.get(layer.name) ?? opened.has(layer.name)));
    if (layer.hasChildren && !open) closedAt = layer.depth;
    const params = exact(layer.params);
    const share = params === null || total === null ? null : total === 0 ? 0 : params / total;
    rows.push({ layer, label: lastName(layer.name), type: shortType(layer.type), open, share });
  }
  return rows;
}

/** How many layers the query matches, ancestors not counted. */
export function matchCount(layers: readonly LayerRow[], query: string): number {
  const needle = query.trim().toLowerCase();
  return needle === "" ? 0 : layers.filter((layer) => matches(layer, needle)).length;
}

/** Containers open from the start: level by level, as long as the rows fit on a page or so. */
export function initiallyOpen(layers: readonly LayerRow[]): ReadonlySet<string> {
  const rowsAtDepth: number[] = [];
  for (const { depth } of layers) rowsAtDepth[depth] = (rowsAtDepth[depth] ?? 0) + 1;
  let openDepth = 0;
  let rows = rowsAtDepth[0] ?? 0;
  while (openDepth + 1 < rowsAtDepth.length && rows + (rowsAtDepth[openDepth + 1] ?? 0) <= pageOfRows) {
    openDepth++;
    rows += rowsAtDepth[openDepth] ?? 0;
  }
  return new Set(layers.filter((layer) => layer.hasChildren && layer.depth < openDepth).map((layer) => layer.name));
}

/** The layers that a line of source builds. */
export function layersAt(layers: readonly LayerRow[], path: string, line: number): LayerRow[] {
  const wanted = comparablePath(path);
  return layers.filter((layer) => layer.line === line && layer.path !== null && comparablePath(layer.path) === wanted);
}

/** Names of the containers around a layer, outermost first. */
export function ancestors(layers: readonly LayerRow[], name: string): string[] {
  const index = layers.findIndex((layer) => layer.name === name);
  const names: string[] = [];
  let depth = layers[index]?.depth ?? 0;
  for (let at = index - 1; at >= 0 && depth > 0; at--) {
    const layer = layers[at];
    if (layer !== undefined && layer.depth < depth) {
      names.unshift(layer.name);
      depth = layer.depth;
    }
  }
  return names;
}

export type Move =
  | { readonly kind: "focus"; readonly name: string }
  | { readonly kind: "toggle"; readonly name: string };

/** What a key does in the tree, as the treegrid pattern of WAI-ARIA has it. */
export function keyMove(rows: readonly TreeRow[], active: string | null, key: string, page: number): Move | null {
  const index = rows.findIndex((row) => row.layer.name === active);
  const row = rows[index];
  const focus = (at: number): Move | null => {
    const target = rows[Math.max(0, Math.min(rows.length - 1, at))];
    return target === undefined ? null : { kind: "focus", name: target.layer.name };
  };
  switch (key) {
    case "ArrowDown":
      return focus(index + 1);
    case "ArrowUp":
      return focus(index < 0 ? 0 : index - 1);
    case "PageDown":
      return focus(index + page);
    case "PageUp":
      return focus(index - page);
    case "Home":
      return focus(0);
    case "End":
      return focus(rows.length - 1);
    case "ArrowRight":
      if (row === undefined || !row.layer.hasChildren) return null;
      return row.open ? focus(index + 1) : { kind: "toggle", name: row.layer.name };
    case "ArrowLeft":
      if (row === undefined) return null;
      if (row.open) return { kind: "toggle", name: row.layer.name };
      return focus(parentIndex(rows, index));
    default:
      return null;
  }
}

/** The run of rows to render: those in view and a few around them. */
export function rowWindow(count: number, rowHeight: number, scrollTop: number, height: number): [number, number] {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - overscan);
  const last = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + overscan);
  return [Math.min(first, last), last];
}

const pageOfRows = 40;
const overscan = 8;

function matchesWithAncestors(layers: readonly LayerRow[], query: string): Set<string> {
  const needle = query.trim().toLowerCase();
  const found = new Set<string>();
  const above: string[] = [];
  for (const layer of layers) {
    above.length = layer.depth;
    above[layer.depth] = layer.name;
    if (matches(layer, needle)) for (const name of above) found.add(name);
  }
  return found;
}

function matches(layer: LayerRow, needle: string): boolean {
  return layer.name.toLowerCase().includes(needle) || shortType(layer.type).toLowerCase().includes(needle);
}

function parentIndex(rows: readonly TreeRow[], index: number): number {
  const depth = rows[index]?.layer.depth ?? 0;
  for (let at = index - 1; at >= 0; at--) if ((rows[at]?.layer.depth ?? 0) < depth) return at;
  return index;
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** Windows writes one file with either slash and with either case of the drive's letter. */
function comparablePath(path: string): string {
  return path.replaceAll("\\", "/").replace(/^[A-Z]:/, (drive) => drive.toLowerCase());
}
