/** Hover cards: which card belongs to a place in the text. What a layer's card says is in `layerCard.ts`. */
import { type Shape, symbolsOf } from "../algebra/index.ts";
import { TensorValue } from "../frameworks/torch/binding/values.ts";
import type { Value } from "../python/values.ts";
import { type Analysis, sizeOfInput, type TensorEvent } from "../workspace/analysis.ts";
import { shapeText } from "./facts.ts";
import { builtOf, type ConstructedGroup, constructedGroups, rangeOf } from "./hints.ts";
import { layerCard } from "./layerCard.ts";
import type { CardLinks, HoverCard, Range } from "./types.ts";
import { reasonOf } from "./unknowns.ts";

/** The card at an offset: of the innermost layer whose constructor stands there, else of the tensor bound there. */
export function hoverAt(analysis: Analysis, offset: number, links: CardLinks = noLinks): HoverCard | null {
  const group = groupAt(analysis, offset);
  if (group) return { range: group.range, markdown: layerCard(group, analysis, links) };
  return tensorCard(analysis, offset) ?? unknownCallCard(analysis, offset);
}

const noLinks: CardLinks = { line: () => null, setInput: () => null };

function groupAt(analysis: Analysis, offset: number): ConstructedGroup | undefined {
  const groups = constructedGroups(analysis);
  const around = groups.filter(({ range }) => isWithin(range, offset));
  return around.at(-1) ?? groups.find((group) => isNamedAt(group, offset, analysis)) ?? classAt(analysis, offset);
}

/** The name of a class tells of all models that it made. */
function classAt(analysis: Analysis, offset: number): ConstructedGroup | undefined {
  const found = analysis.classes.find(({ cls }) => cls.site && isWithin(rangeOf(cls.site), offset));
  if (!found?.model || !found.cls.site) return undefined;
  return { range: rangeOf(found.cls.site), ...builtOf(found.cls, found.model, analysis) };
}

/** `self.conv = nn.Conv2d(…)`: the name on the left tells of the layer too. */
function isNamedAt({ range }: ConstructedGroup, offset: number, analysis: Analysis): boolean {
  const { line } = analysis.lines.positionAt(range.start);
  const start = analysis.lines.offsetAt({ line, character: 0 });
  if (offset < start || offset >= range.start) return false;
  return /^\s*[\w.]+\s*=\s*$/.test(analysis.text.slice(start, range.start));
}

/**
 * A call of something that is not known: no number, but the reason. Outside of models only the name that it is bound to
 * tells it, so that ordinary calls keep their ordinary hovers.
 */
function unknownCallCard(analysis: Analysis, offset: number): HoverCard | null {
  const { unknownCalls, text } = analysis;
  const found =
    unknownCalls.findLast(({ site, inModel }) => inModel && isWithin(rangeOf(site), offset)) ??
    unknownCalls.find(({ site }) => isNamedAt({ range: rangeOf(site), instances: [], times: 0 }, offset, analysis));
  if (!found) return null;
  const range = rangeOf(found.site);
  const callee = /^[\w.]+/.exec(text.slice(range.start, range.end))?.[0];
  return { range, markdown: `**${callee ?? "call"}** · unknown: ${found.why}` };
}

function isWithin({ start, end }: Range, offset: number): boolean {
  return start <= offset && offset <= end;
}

// ── tensors ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const mostShapes = 8;

function tensorCard(analysis: Analysis, offset: number): HoverCard | null {
  const events = analysis.tensors.filter(({ site }) => isWithin(rangeOf(site), offset));
  const [event] = events;
  if (!event) return null;
  const range = rangeOf(event.site);
  const name = event.name === "" ? "returned" : event.name;
  const known = [...new Set(events.map(({ value }) => shapeText(value)).filter((text) => text !== null))];
  if (known.length > 0) return { range, markdown: knownTensor(name, known, event) };
  const why = reasonOf(event.value);
  return why === null ? null : { range, markdown: `**${name}** · shape unknown: ${why}` };
}

function knownTensor(name: string, shapes: readonly string[], { value }: TensorEvent): string {
  const dtype = value instanceof TensorValue && value.type.dtype ? ` · ${value.type.dtype}` : "";
  if (shapes.length === 1) return [`**${name}** · ${shapes[0]}${dtype}`, sizeNames(value)].filter(Boolean).join("\n\n");
  const shown = shapes.slice(0, mostShapes).map((shape) => `- ${shape}`);
  if (shapes.length > mostShapes) shown.push(`- … and ${shapes.length - mostShapes} more`);
  return `**${name}** · ${shapes.length} different shapes${dtype}\n\n${shown.join("\n")}`;
}

/** Why the sizes of a shape that are no numbers are not known, each reason once. */
function sizeNames(value: Value): string {
  const names = new Map<string, Set<string>>();
  for (const size of sizesOf(value)) {
    for (const { name, why, anonymous } of symbolsOf(size)) {
      if (!anonymous && why !== "" && why !== sizeOfInput) names.set(why, (names.get(why) ?? new Set()).add(name));
    }
  }
  return [...names]
    .map(([why, symbols]) => `${[...symbols].map((each) => `\`${each}\``).join(", ")}: ${why}`)
    .join("  \n");
}

function sizesOf(value: Value): Shape {
  if (value instanceof TensorValue) return value.type.dims ?? [];
  return value.kind === "tuple" || value.kind === "list" ? value.items.flatMap(sizesOf) : [];
}
