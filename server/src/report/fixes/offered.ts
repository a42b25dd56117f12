/**
 * Which fixes are offered: those that were seen to help. Each is tried on the text unseen, and one that leaves its
 * finding, or brings up another, is no fix.
 */
import type { Analysis } from "../../workspace/analysis.ts";
import type { Program } from "../../workspace/program.ts";
import { applied } from "../annotate.ts";
import { diagnosticsOf } from "../diagnostics.ts";
import { hintsOf } from "../hints.ts";
import type { Diagnostic, Fix } from "../types.ts";

const key = Symbol("offered fixes");

/** The fixes of a finding that mend it, in the order of preference. */
export function offeredFixes(program: Program, analysis: Analysis, diagnostic: Diagnostic): readonly Fix[] {
  let known = analysis.derived.get(key) as Map<Diagnostic, readonly Fix[]> | undefined;
  if (!known) {
    known = new Map();
    analysis.derived.set(key, known);
  }
  let offered = known.get(diagnostic);
  if (!offered) {
    offered = diagnostic.fixes.filter((fix) => helps(fix, program, analysis));
    known.set(diagnostic, offered);
  }
  return offered;
}

function helps({ edits }: Fix, program: Program, analysis: Analysis): boolean {
  const before = findingsOf(analysis);
  const after = findingsOf(program.trial(analysis.path, applied(analysis.text, edits)));
  return after.length < before.length && after.every((text) => before.includes(text));
}

function findingsOf(analysis: Analysis): string[] {
  return diagnosticsOf(analysis, hintsOf(analysis)).map(({ code, message }) => `${code}: ${message}`);
}
