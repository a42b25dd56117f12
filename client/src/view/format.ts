/**
 * Counts, sizes and shapes in words, for everything that the client shows or copies.
 */
import type { Count, InputFact, ShapeFact, Size, ValueShape } from "../../../server/src/report/types.ts";

/** `5,852,234`. */
export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}

/** A count in full; `?` where it is unknown (`reasonOf` tells why). */
export function countText(count: Count | null): string {
  if (count === null) return "";
  if (typeof count === "number") return grouped(count);
  return typeof count === "string" ? count : "?";
}

export function reasonOf(fact: Count | ShapeFact | null): string | null {
  return typeof fact === "object" && fact !== null && "unknown" in fact ? fact.unknown : null;
}

/** The number behind a count that is one. */
export function exact(count: Count | null): number | null {
  return typeof count === "number" ? count : null;
}

/** `(N, 3, 224, 224)`, as Python writes a tuple. */
export function shapeText(shape: ShapeFact): string {
  if ("unknown" in shape) return "?";
  return `(${shape.map(sizeText).join(", ")}${shape.length === 1 ? "," : ""})`;
}

/** A shape, or the shapes of a nested value: `((N, 10), {"aux": (N, 10)})`. */
export function valueText(value: ValueShape | null): string {
  if (value === null) return "";
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
  return inputs.map(({ name, value }) => `${name}: ${valueText(value)}${dtypeSuffix(value)}`).join(", ");
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

/** Megabytes of a million bytes, as torchinfo prints them: `0.57 MB`, `44.6 MB`. */
export function megabytes(bytes: number): string {
  const value = bytes / 1e6;
  if (bytes > 0 && value < 0.005) return "<0.01 MB";
  return `${value < 9.995 ? value.toFixed(2) : grouped(Number(value.toFixed(1)))} MB`;
}

/** `71.8 %`; a share that is there but rounds to nothing is `<0.1 %`, and none at all is empty. */
export function percent(share: number): string {
  if (share <= 0) return "";
  const value = share * 100;
  return value < 0.05 ? "<0.1 %" : `${value.toFixed(1)} %`;
}

/** `torch.nn.Conv2d` → `Conv2d`. */
export function shortType(type: string): string {
  return type.slice(type.lastIndexOf(".") + 1);
}

function sizeText(size: Size): string {
  return String(size);
}

function dtypeSuffix(value: ValueShape): string {
  return value.kind === "tensor" && value.dtype !== null && value.dtype !== "float32" ? ` ${value.dtype}` : "";
}
