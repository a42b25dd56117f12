/**
 * One layer: twisty, name, type and essentials, output, parameters with their share, MACs. The tree listens to keys and
 * clicks; a row only shows.
 */
import { countText, percent, reasonOf, valueText, weightsText } from "../../view/format.ts";
import type { TreeRow } from "../../view/rows.ts";

export interface RowProps {
  readonly row: TreeRow;
  readonly index: number;
  readonly top: number;
  /** The keyboard is on it. */
  readonly active: boolean;
  /** The editor's cursor is on the line that builds it. */
  readonly current: boolean;
  readonly query: string;
}

export function rowId(name: string): string {
  return `layer-${name}`;
}

export function Row({ row, index, top, active, current, query }: RowProps) {
  const { layer, label, type, open, share } = row;
  const output = valueText(layer.output);
  const classes = ["row", active && "active", current && "current"];
  return (
    <div
      id={rowId(layer.name)}
      class={classes.filter(Boolean).join(" ")}
      role="row"
      data-layer={layer.name}
      aria-rowindex={index + 2}
      aria-level={layer.depth + 1}
      aria-expanded={layer.hasChildren ? open : undefined}
      aria-selected={active}
      style={{ top: `${top}px` }}
    >
      <span
        role="gridcell"
        class="layer"
        style={{ paddingLeft: `${layer.depth * 16}px` }}
        title={`${layer.name}: ${layer.type}`}
      >
        <span class={layer.hasChildren ? (open ? "twisty open" : "twisty") : "twisty none"} aria-hidden="true" />
        <span class="name">
          <Marked text={label} query={query} />
        </span>
        <span class="type">
          <Marked text={type} query={query} />
        </span>
        <span class="essentials">
          {layer.essentials}
          {(layer.calls ?? 1) > 1 ? ` ×${layer.calls}` : ""}
        </span>
      </span>
      <span role="gridcell" class="output" title={output}>
        {output}
      </span>
      <span
        role="gridcell"
        class={layer.params === 0 ? "number params zero" : "number params"}
        title={reasonOf(layer.params) ?? (weightsText(layer.weights) || undefined)}
      >
        {countText(layer.params)}
      </span>
      <span role="gridcell" class="share-bar" aria-hidden="true">
        <span class="share-track">{share !== null && share > 0 && <span style={{ width: `${100 * share}%` }} />}</span>
      </span>
      <span role="gridcell" class="number share">
        {share === null ? "" : percent(share)}
      </span>
      <span
        role="gridcell"
        class={layer.macs === 0 ? "number macs zero" : "number macs"}
        title={reasonOf(layer.macs) ?? undefined}
      >
        {countText(layer.macs)}
      </span>
    </div>
  );
}

/** The text with the sought part marked. */
function Marked({ text, query }: { text: string; query: string }) {
  const needle = query.trim().toLowerCase();
  const at = needle === "" ? -1 : text.toLowerCase().indexOf(needle);
  if (at < 0) return <>{text}</>;
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + needle.length)}</mark>
      {text.slice(at + needle.length)}
    </>
  );
}
