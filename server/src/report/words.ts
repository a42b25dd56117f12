/**
 * Counts, sizes and shapes as text, in the one spelling that every window uses.
 */
import type { Count, InputFact, InputSource, ShapeFact, ValueShape } from "./types.ts";

/** `5,852,234`. By hand: the tables behind `toLocaleString` take longer to load than a whole summary may take. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** A count in full; `?` where it is unknown. */
export function countText(count: Count): string {
  if (typeof count === "number") return grouped(count);
  return typeof count === "string" ? count : "?";
}

/** `(N, 3, 224, 224)`, as Python writes a tuple. */
export function shapeText(shape: ShapeFact): string {
  if ("unknown" in shape) return "?";
  return `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
}

/** A shape, or the shapes of a nested value: `((N, 10), {aux: (N, 10)})`. */
export function valueText(value: ValueShape): string {
  switch (value.kind) {
    case "tensor":
      return shapeText(value.shape);
    case "sequence":
      return `(${value.items.map(valueText).join(", ")}${value.items.length === 1 ? "," : ""})`;
    case "mapping":
      return `{${Object.entries(value.fields)
        .map(([name, field]) => `${name}: ${valueText(field)}`)
        .join(", ")}}`;
    case "other":
      return value.text;
  }
}

/** The inputs as a `# given` comment names them: `x: (N, 3, 224, 224), mask: (N, T) bool`. */
export function inputsText(inputs: readonly InputFact[]): string {
  return inputs
    .map(({ name, value }) => {
      const dtype = value.kind === "tensor" && value.dtype !== null && value.dtype !== "float32" ? value.dtype : "";
      return `${name}: ${valueText(value)}${dtype && ` ${dtype}`}`;
    })
    .join(", ");
}

/** Where the inputs come from; `line` counts from 0. */
export function inputSourceText(source: InputSource, line: number | null): string {
  const at = line === null ? "" : ` line ${line + 1}`;
  switch (source) {
    case "given":
    case "call":
      return at === "" ? "given in the file" : `from${at}`;
    case "annotation":
      return at === "" ? "from its annotation" : `annotated,${at}`;
    case "example":
      return `example_input_array${at === "" ? "" : `,${at}`}`;
    case "setting":
      return "from settings";
    case "option":
      return "from the command line";
    case "solved":
      return "inferred from the layers";
    case "symbolic":
      return "any size";
    case "none":
      return "unknown";
  }
}

/** `1.81 G`, `137.7 M`, `896`: three to four digits that can be taken in at a glance. */
export function compact(count: number): string {
  const prefixes = ["", "k", "M", "G", "T", "P"];
  let value = count;
  let step = 0;
  while (value >= 999.95 && step < prefixes.length - 1) {
    value /= 1000;
    step++;
  }
  if (step === 0) return `${value}`;
  return `${value.toFixed(value < 9.995 ? 2 : 1)} ${prefixes[step]}`;
}

/** `71.8 %`; one that rounds to nothing is `<0.1 %`, one that rounds to all `>99.9 %`, and none at all is empty. */
export function percent(share: number): string {
  if (share <= 0) return "";
  const value = share * 100;
  if (value >= 99.95 && value < 100) return ">99.9 %";
  return value < 0.05 ? "<0.1 %" : `${value.toFixed(1)} %`;
}

/** `torch.nn.Conv2d` → `Conv2d`. */
export function shortType(type: string): string {
  return type.slice(type.lastIndexOf(".") + 1);
}
