/**
 * The tree of layers as a treegrid. Rows are of one height, so only those in view are in the page: a model of thousands
 * of layers scrolls like one of ten. The focus stays on the grid and names its row, since rows come and go.
 */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { LayerRow } from "../../../../server/src/report/types.ts";
import { ancestors, keyMove, layersAt, rowWindow, type Toggled, visibleRows } from "../../view/rows.ts";
import type { FromPanel, ToPanel } from "../messages.ts";
import { Row, rowId } from "./Row.tsx";

/** A layer to open and scroll to. A new object each time, so that a second click counts. */
export interface Shown {
  readonly name: string;
}

export interface LayerTreeProps {
  readonly layers: readonly LayerRow[];
  readonly total: number | null;
  readonly query: string;
  readonly cursor: Extract<ToPanel, { type: "cursor" }> | null;
  readonly shown: Shown | null;
  readonly post: (message: FromPanel) => void;
}

const rowHeight = 23;

export function LayerTree({ layers, total, query, cursor, shown, post }: LayerTreeProps) {
  const [toggled, setToggled] = useState<Toggled>(new Map());
  const [active, setActive] = useState<string | null>(null);
  const [target, setTarget] = useState<Shown | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const view = useViewport(scroller);

  const rows = useMemo(() => visibleRows(layers, total, { toggled, query }), [layers, total, toggled, query]);
  const current = useMemo(
    () => new Set(cursor === null ? [] : layersAt(layers, cursor.path, cursor.line).map((layer) => layer.name)),
    [layers, cursor],
  );

  const toggle = (name: string) => {
    const open = rows.find((row) => row.layer.name === name)?.open ?? false;
    setToggled(new Map(toggled).set(name, !open));
  };
  const bringIntoView = (name: string) => {
    const closed = ancestors(layers, name);
    if (closed.length > 0) setToggled((before) => new Map([...before, ...closed.map((each) => [each, true] as const)]));
    setActive(name);
    setTarget({ name });
  };

  // The editor's cursor moved: the row it means comes into view, unless one of several is active already.
  useChange(cursor, () => {
    const [first] = current;
    if (first !== undefined && (active === null || !current.has(active))) bringIntoView(first);
  });
  useChange(shown, (layer) => bringIntoView(layer.name));

  useLayoutEffect(() => {
    const index = target === null ? -1 : rows.findIndex((row) => row.layer.name === target.name);
    const element = scroller.current;
    if (index < 0 || element === null) return;
    const top = index * rowHeight;
    const height = element.clientHeight - headHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + height) element.scrollTop = top + rowHeight - height;
  }, [target, rows]);

  const goTo = ({ path, line }: LayerRow, focus: boolean) => {
    if (path !== null && line !== null) post({ type: "reveal", path, line, focus });
  };
  const onClick = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    const name = target?.closest<HTMLElement>("[data-layer]")?.dataset.layer;
    const row = rows.find(({ layer }) => layer.name === name);
    if (row === undefined) return;
    if (row.layer.hasChildren && target?.closest(".twisty")) return toggle(row.layer.name);
    setActive(row.layer.name);
    goTo(row.layer, event.detail > 1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows.find(({ layer }) => layer.name === active);
    if (event.key === "Enter" && row !== undefined) return goTo(row.layer, true);
    if (event.key === " " && row?.layer.hasChildren) {
      event.preventDefault();
      return toggle(row.layer.name);
    }
    const move = keyMove(rows, active, event.key, Math.max(1, Math.floor(view.height / rowHeight) - 1));
    if (move === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (move.kind === "toggle") return toggle(move.name);
    setActive(move.name);
    setTarget({ name: move.name });
  };

  const [first, last] = rowWindow(rows.length, rowHeight, view.top, view.height);
  const activeInView = rows.slice(first, last).some(({ layer }) => layer.name === active);
  return (
    <div
      class="tree"
      role="treegrid"
      aria-label="Layers"
      aria-rowcount={rows.length + 1}
      aria-activedescendant={activeInView && active !== null ? rowId(active) : undefined}
      tabIndex={0}
      ref={scroller}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      <div class="row head" role="row" aria-rowindex={1}>
        <span role="columnheader">Layer</span>
        <span role="columnheader">Output</span>
        <span role="columnheader" class="number">
          Params
        </span>
        <span role="columnheader" class="number share-head">
          Share
        </span>
        <span role="columnheader" class="number macs">
          MACs
        </span>
      </div>
      <div class="rows" role="rowgroup" style={{ height: `${rows.length * rowHeight}px` }}>
        {rows.slice(first, last).map((row, at) => (
          <Row
            key={row.layer.name}
            row={row}
            index={first + at}
            top={(first + at) * rowHeight}
            active={row.layer.name === active}
            current={current.has(row.layer.name)}
            query={query}
          />
        ))}
      </div>
      {rows.length === 0 && (
        <p class="empty">{query === "" ? "This model has no layers." : `No layer matches “${query}”.`}</p>
      )}
    </div>
  );
}

const headHeight = 28;

/** Calls back after a render that brought another value, null excepted. */
function useChange<T extends object>(value: T | null, changed: (value: T) => void): void {
  const known = useRef<T | null>(null);
  useEffect(() => {
    if (value === known.current) return;
    known.current = value;
    if (value !== null) changed(value);
  });
}

/** What of the scrolled content is in view. */
function useViewport(scroller: { readonly current: HTMLElement | null }): {
  readonly top: number;
  readonly height: number;
} {
  const [view, setView] = useState({ top: 0, height: 800 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener("scroll", measure, { passive: true });
    measure();
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", measure);
    };
  }, [scroller]);
  return view;
}
