/** Where a model's input comes from, in a sentence for cards, and what would make it known. */

import { type Dim, formatShape, isConcrete, symbolsOf } from "../algebra/index.ts";
import { TensorValue } from "../frameworks/torch/binding/values.ts";
import { type Analysis, type AnalyzedModel, sizeOfInput } from "../workspace/analysis.ts";
import { shapeText, valueShape } from "./facts.ts";
import { requirementsOf } from "./requirements.ts";
import type { CardLinks } from "./types.ts";
import { inputsText } from "./words.ts";

/** `Input x: (N, 3, 224, 224), from the call in line 88.`; empty where there is none. */
export function inputText(model: AnalyzedModel, analysis: Analysis, links: CardLinks): string {
  const known = model.inputs.filter(({ value }) => shapeText(value) !== null);
  if (known.length === 0) return "";
  const how = provenance(model, inputLine(model, analysis), links);
  return how === ""
    ? ""
    : `Input \`${inputsText(known.map(({ name, value }) => ({ name, value: valueShape(value) })))}\`, ${how}${needs(model)}${otherwise(model)}${change(model, links)}`;
}

function change({ id }: AnalyzedModel, links: CardLinks): string {
  const address = links.setInput(id);
  return address === null ? "" : ` [Set input shape…](${address})`;
}

function needs(model: AnalyzedModel): string {
  const requirements = requirementsOf(model);
  return requirements.length === 0 ? "" : ` The model needs ${requirements.join(", ")}.`;
}

/** What later sources say instead. */
function otherwise({ contradictions, inputSource }: AnalyzedModel): string {
  if (contradictions.length === 0) return "";
  const first = inputSource === "given" ? "the comment" : inputSource === "annotation" ? "the annotation" : "this";
  return ` But ${contradictions.join(" and ")}; ${first} goes first.`;
}

/** What to do where no input is known. */
export function inputAdvice({ id, notes }: Pick<AnalyzedModel, "id" | "notes">): string {
  const why = notes[0] ?? `no input of \`${id}\` is known`;
  return `${why}. A call in the file or \`# given x: (N, …)\` above its \`forward\` tells it.`;
}

function provenance(model: AnalyzedModel, at: number | null, links: CardLinks): string {
  const line = at === null ? null : lineText(at, links);
  switch (model.inputSource) {
    case "given":
      return line === null ? "given." : `given in ${line}.`;
    case "annotation":
      return line === null ? "from its annotation." : `from the annotation in ${line}.`;
    case "example":
      return line === null ? "from `example_input_array`." : `from \`example_input_array\` in ${line}.`;
    case "call":
      return line === null ? "from a call." : `from the call in ${line}.`;
    case "setting":
      return "from the settings.";
    case "option":
      return "as asked.";
    case "solved": {
      const { range } = model;
      const others = range && range.min !== range.max ? `; ${range.min} to ${range.max} would fit` : "";
      return `inferred from the layers${others}.`;
    }
    case "symbolic":
      return `of any size. ${advice(model)} gives numbers.`;
    case "none":
      return "";
  }
}

function lineText(line: number, links: CardLinks): string {
  const address = links.line(line);
  return address === null ? `line ${line}` : `[line ${line}](${address})`;
}

/** What would give the input a size: a comment where the file has a `forward` to write it above, else a call. */
function advice(model: AnalyzedModel): string {
  const forward = model.instance.cls.lookup("forward");
  if (forward?.kind === "function") return `\`# given ${example(model)}\` above \`forward\`, or a call in the file,`;
  return "A call in the file, or the command *ParamLens: Set Input Shape…*,";
}

/** The inputs with usual numbers in place of their symbols, the batch apart: `x: (N, 3, 224, 224)`. */
function example({ inputs }: AnalyzedModel): string {
  return inputs
    .flatMap(({ name, value }) => {
      if (!(value instanceof TensorValue) || value.type.dims === null) return [];
      const usual = value.type.dims.length > 3 ? 224 : 128;
      const dims = value.type.dims.map((size, i) => (i > 0 && isOpen(size) ? usual : size));
      const dtype = value.type.dtype && value.type.dtype !== "float32" ? ` ${value.type.dtype}` : "";
      return [`${name}: ${formatShape(dims)}${dtype}`];
    })
    .join(", ");
}

/** Whether a size is a symbol that stands for a size of the input, and for nothing that the code names. */
function isOpen(size: Dim): boolean {
  return !isConcrete(size) && symbolsOf(size).every(({ why }) => why === sizeOfInput);
}

function inputLine({ inputSite }: AnalyzedModel, analysis: Analysis): number | null {
  if (!inputSite || inputSite.unit.file !== analysis.path) return null;
  return analysis.lines.positionAt(inputSite.unit.offset + inputSite.start).line + 1;
}
