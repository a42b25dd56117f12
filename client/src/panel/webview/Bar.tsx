/**
 * Where the parameters are, at a glance: a bar whose parts are the outermost layers, as wide as they are large.
 */
import type { ModelSummary } from "../../../../server/src/report/types.ts";
import { segments } from "../../view/facts.ts";
import { grouped, percent } from "../../view/format.ts";

export function Bar({ model, show }: { model: ModelSummary; show: (layer: string) => void }) {
  const parts = segments(model);
  if (parts.length === 0) return null;
  return (
    <section class="bar" aria-label="Where the parameters are">
      {parts.map(({ label, params, share, layer }, at) => (
        <button
          type="button"
          key={label}
          class={`segment rank-${Math.min(at, 6)}`}
          style={{ flexGrow: share }}
          disabled={layer === null}
          title={`${label}: ${grouped(params)} parameters, ${percent(share)}`}
          onClick={() => layer !== null && show(layer)}
        >
          <span class="segment-text">
            <b>{label}</b>
            <span>{grouped(params)}</span>
          </span>
        </button>
      ))}
    </section>
  );
}
