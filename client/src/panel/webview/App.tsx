/**
 * The whole panel: header, facts, where the parameters are, the tree, totals.
 */
import { useState } from "preact/hooks";
import type { ModelSummary } from "../../../../server/src/report/types.ts";
import { factCards, totals } from "../../view/facts.ts";
import { exact } from "../../view/format.ts";
import type { FromPanel, ToPanel } from "../messages.ts";
import { Bar } from "./Bar.tsx";
import { Header } from "./Header.tsx";
import { LayerTree, type Shown } from "./LayerTree.tsx";

export interface PanelState {
  readonly summary: Extract<ToPanel, { type: "summary" }> | null;
  readonly selected: string | null;
  readonly cursor: Extract<ToPanel, { type: "cursor" }> | null;
}

export interface AppProps {
  readonly state: PanelState;
  readonly post: (message: FromPanel) => void;
  readonly select: (model: string) => void;
}

export function App({ state, post, select }: AppProps) {
  const { summary, selected, cursor } = state;
  const [query, setQuery] = useState("");
  const [shown, setShown] = useState<Shown | null>(null);
  if (summary === null) return <p class="empty">Reading the model …</p>;
  const model = summary.models.find((candidate) => candidate.id === selected) ?? summary.models[0];
  if (model === undefined) return <NoModel file={summary.file} />;
  const baseline = summary.baselines[model.id] ?? null;
  return (
    <main>
      <Header {...{ model, models: summary.models, file: summary.file, query, setQuery, post, select }} />
      <Facts model={model} baseline={baseline} />
      <Bar model={model} show={(name) => setShown({ name })} />
      <Notes notes={model.notes} />
      <LayerTree key={model.id} {...{ layers: model.layers, total: exact(model.params), query, cursor, shown, post }} />
      <Totals model={model} />
    </main>
  );
}

function Facts({ model, baseline }: { model: ModelSummary; baseline: number | null }) {
  return (
    <section class="facts" aria-label="Facts">
      {factCards(model, baseline).map((card) => (
        <div class="card" key={card.title.split(" ")[0]} title={card.reason ?? undefined}>
          <div class="card-title">{card.title}</div>
          <div class={card.reason === null ? "card-value" : "card-value unknown"}>
            {card.value}
            {card.change !== null && (
              <span
                class={card.change.startsWith("+") ? "change more" : "change less"}
                title="Since the file was opened"
              >
                {card.change}
              </span>
            )}
          </div>
          <div class="card-detail">{card.reason ?? card.detail}</div>
        </div>
      ))}
    </section>
  );
}

/** What the numbers rest on, and why something is unknown. One note is shown, several are a list to open. */
function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  if (notes.length === 1) return <p class="notes">{notes[0]}</p>;
  return (
    <details class="notes">
      <summary>{notes.length} notes</summary>
      <ul>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </details>
  );
}

function Totals({ model }: { model: ModelSummary }) {
  return (
    <dl class="totals" aria-label="Totals">
      {totals(model).map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt> <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function NoModel({ file }: { file: string }) {
  return (
    <div class="empty">
      <h1>No model in {file}</h1>
      <p>A summary appears for every model class and for every name that is bound to a model.</p>
    </div>
  );
}
