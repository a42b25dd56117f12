/** Calls that nobody wrote, which the analysis makes to see what a class or function builds. */
import type { Finding } from "../frameworks/torch/binding/trace.ts";
import { type Keywords, noKeywords, type Value } from "../python/values.ts";
import { unknownArgument } from "./arguments.ts";

/** What a run leaves behind, and how it is taken back. */
export interface Traces {
  readonly findings: readonly Finding[];
  readonly mark: () => () => void;
}

/**
 * Runs a call of `callee` that nobody wrote, with `keywords` and what `run` is given more. None as a default is a mark for
 * what callers give or the function makes itself: a mistake that only it leads to is nobody's, and the call that counts is
 * one with unknowns in its place.
 */
export function unwrittenCall(
  { findings, mark }: Traces,
  callee: Value | undefined,
  keywords: Keywords,
  run: (more: Keywords) => Value | null,
): Value | null {
  const before = findings.length;
  const takeBack = mark();
  const made = run(noKeywords);
  if (findings.length === before) return made;
  const unknowns = unknownForNone(callee, keywords);
  if (unknowns.size === 0) return made;
  const places = findings.slice(before).map(placeOf);
  takeBack();
  const other = run(unknowns);
  const again = new Set(findings.slice(before).map(placeOf));
  if (!places.every((place) => again.has(place))) return other;
  takeBack();
  return run(noKeywords);
}

function unknownForNone(callee: Value | undefined, keywords: Keywords): Keywords {
  const unknowns = new Map<string, Value>();
  if (callee?.kind !== "function") return unknowns;
  for (const parameter of [...callee.params.positional, ...callee.params.keywordOnly]) {
    const { name } = parameter;
    if (callee.defaults.get(name)?.kind === "none" && !keywords.has(name))
      unknowns.set(name, unknownArgument(parameter));
  }
  return unknowns;
}

function placeOf({ code, sites: [site] }: Finding): string {
  return `${code} ${site?.unit.file}:${site ? site.unit.offset + site.start : ""}`;
}
