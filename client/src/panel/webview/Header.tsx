/**
 * The panel's first line: which model, its input and where that comes from, the find field, copying.
 */
import { useRef } from "preact/hooks";
import type { ModelSummary } from "../../../../server/src/report/types.ts";
import { inputSourceText, inputsText } from "../../view/format.ts";
import { matchCount } from "../../view/rows.ts";
import type { CopyFormat } from "../../view/summaryText.ts";
import type { FromPanel } from "../messages.ts";
import { useFindKey } from "./useFindKey.ts";

export interface HeaderProps {
  readonly model: ModelSummary;
  readonly models: readonly ModelSummary[];
  readonly file: string;
  readonly query: string;
  readonly setQuery: (query: string) => void;
  readonly post: (message: FromPanel) => void;
  readonly select: (model: string) => void;
}

export function Header({ model, models, file, query, setQuery, post, select }: HeaderProps) {
  const find = useRef<HTMLInputElement>(null);
  useFindKey(find);
  const goToModel = () => post({ type: "reveal", path: model.path, line: model.line, focus: true });
  return (
    <header>
      <div class="title">
        {models.length > 1 ? <ModelPicker {...{ model, models, select }} /> : <h1>{model.name}</h1>}
        <button type="button" class="link quiet" onClick={goToModel} title="Go to the model">
          {model.built !== "" && model.built !== model.name && <span class="built">{model.built}</span>}
          <span>
            {file}:{model.line + 1}
          </span>
        </button>
      </div>
      <div class="tools">
        <Input model={model} post={post} />
        <span class="find">
          <input
            ref={find}
            type="search"
            placeholder="Find a layer…"
            aria-label="Find a layer"
            value={query}
            onInput={(event) => setQuery(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") setQuery("");
            }}
          />
          {query.trim() !== "" && <span class="matches">{matchCount(model.layers, query)}</span>}
        </span>
        <CopyMenu copy={(format) => post({ type: "copy", model: model.id, format })} />
      </div>
    </header>
  );
}

function ModelPicker({ model, models, select }: Pick<HeaderProps, "model" | "models" | "select">) {
  return (
    <select aria-label="Model" value={model.id} onChange={(event) => select(event.currentTarget.value)}>
      {models.map((candidate) => (
        <option key={candidate.id} value={candidate.id}>
          {candidate.name}
        </option>
      ))}
    </select>
  );
}

function Input({ model, post }: Pick<HeaderProps, "model" | "post">) {
  const edit = () => post({ type: "editInput", model: model.id });
  const line = model.inputLine;
  const source = inputSourceText(model.inputSource, line);
  return (
    <span class="input">
      <span class="label">Input</span>
      <button type="button" class="field" onClick={edit} title="Set the input shape">
        {inputsText(model.inputs) || "not known"}
      </button>
      {line === null ? (
        <span class="source">{source}</span>
      ) : (
        <button
          type="button"
          class="link"
          onClick={() => post({ type: "reveal", path: model.path, line, focus: true })}
          title="Go to where the input comes from"
        >
          {source}
        </button>
      )}
      <button
        type="button"
        class="link pencil"
        onClick={edit}
        aria-label="Set the input shape"
        title="Set the input shape"
      >
        ✎
      </button>
    </span>
  );
}

const copyFormats: readonly (readonly [CopyFormat, string])[] = [
  ["markdown", "Markdown"],
  ["csv", "CSV"],
  ["json", "JSON"],
  ["text", "Plain text"],
];

/** A list whose first entry is its own label, so that it reads as a button and opens as a menu everywhere. */
function CopyMenu({ copy }: { copy: (format: CopyFormat) => void }) {
  return (
    <select
      class="copy"
      aria-label="Copy the summary as"
      value=""
      onChange={(event) => {
        const format = copyFormats.find(([value]) => value === event.currentTarget.value)?.[0];
        event.currentTarget.value = "";
        if (format !== undefined) copy(format);
      }}
    >
      <option value="" hidden>
        Copy
      </option>
      {copyFormats.map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  );
}
