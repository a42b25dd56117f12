/** Places in the files of an analysis: the analysed one, and those that it imports. */
import { LineIndex } from "../base/lines.ts";
import { publicName } from "../frameworks/torch/binding/namespaces.ts";
import type { Site } from "../syntax/ast.ts";
import type { Analysis } from "../workspace/analysis.ts";
import { type Definition, definitionOf, type Library } from "../workspace/definitions.ts";
import { constructedGroups } from "./hints.ts";

/** A place in a file. */
export type Place = Definition;

/** Where a site begins; null in what comes with the program itself. */
export function placeOf(site: Site, analysis: Analysis): Place | null {
  const { file, offset } = site.unit;
  const lines = linesOf(file, analysis);
  return lines === null ? null : { path: file, ...lines.positionAt(offset + site.start) };
}

/**
 * Where the layers are written that the call around `offset` builds: their class, if it is one and its source is there.
 * Layers that come with rules are looked up in the `library`.
 */
export function sourceAt(offset: number, analysis: Analysis, library: Library): Place | null {
  const around = constructedGroups(analysis).filter(({ range }) => range.start <= offset && offset <= range.end);
  const classes = new Set(around.at(-1)?.instances.map(({ cls }) => cls));
  const [cls] = classes;
  if (classes.size !== 1 || !cls) return null;
  return (cls.site && placeOf(cls.site, analysis)) ?? definitionOf(publicName(cls), library);
}

const key = Symbol("lines of imported files");

function linesOf(file: string, analysis: Analysis): LineIndex | null {
  if (file === analysis.path) return analysis.lines;
  const known = (analysis.derived.get(key) ?? new Map()) as Map<string, LineIndex>;
  analysis.derived.set(key, known);
  const text = analysis.imported.get(file);
  const lines = known.get(file) ?? (text == null ? null : new LineIndex(text));
  if (lines !== null) known.set(file, lines);
  return lines;
}
