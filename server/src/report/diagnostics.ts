/** Findings: what is definitely wrong, at the smallest place in the user's own file, once for each cause. */
import { format } from "../algebra/index.ts";
import { layerOf } from "../frameworks/torch/binding/layers.ts";
import type { Finding } from "../frameworks/torch/binding/trace.ts";
import type { Site } from "../syntax/ast.ts";
import { callAt } from "../syntax/find.ts";
import type { Analysis } from "../workspace/analysis.ts";
import { InputError, parseGiven, parseGivenArguments } from "../workspace/inputs.ts";
import { rangeOf } from "./hints.ts";
import { isIgnored, silencedLines } from "./silence.ts";
import { staleAssertions } from "./stale.ts";
import type { Diagnostic, Fix, Hint, Related } from "./types.ts";

export function diagnosticsOf(analysis: Analysis, hints: readonly Hint[]): Diagnostic[] {
  const silent = silencedLines(analysis);
  const all = [
    ...analysis.trace.findings.flatMap((finding) => fromFinding(finding, analysis)),
    ...badDirectives(analysis),
    ...staleAssertions(analysis, hints),
  ];
  return withoutEchoes(all)
    .filter(({ range, code }) => {
      const { line } = analysis.lines.positionAt(range.start);
      return !silent.has(line) && !isIgnored(analysis, line, code);
    })
    .sort((a, b) => a.range.start - b.range.start);
}

function fromFinding(finding: Finding, analysis: Analysis): Diagnostic[] {
  // A run of the analysis's own has no place in the file: the layer at fault stands for it.
  const places = [...finding.sites, ...(finding.layer?.site ? [finding.layer.site] : [])];
  const site = places.find(({ unit, start, end }) => unit.file === analysis.path && end > start);
  if (!site) return [];
  return [
    {
      range: rangeOf(site),
      severity: "error",
      code: finding.code,
      message: finding.message,
      related: relatedTo(finding, site, analysis),
      fixes: fixesOf(finding, analysis),
    },
  ];
}

/** One place and code tells once, whatever runs came by. */
function withoutEchoes(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ range, code }) => {
    const key = `${range.start}-${range.end}-${code}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function relatedTo(finding: Finding, site: Site, analysis: Analysis): Related[] {
  const related: Related[] = [];
  const built = finding.layer?.site;
  if (built && built.unit.file === analysis.path && rangeOf(built).start !== rangeOf(site).start) {
    const argument = finding.fix?.argument;
    const what =
      argument === undefined ? "the layer is built here" : `${argument}=${argumentText(finding)} is set here`;
    related.push(relatedAt(built, what, analysis));
  }
  return related;
}

function relatedAt(site: Site, message: string, analysis: Analysis): Related {
  const range = rangeOf(site);
  return { path: site.unit.file, range, ...analysis.lines.positionAt(range.start), message };
}

function argumentText({ layer, fix }: Finding): string {
  const args = layer ? (layerOf(layer)?.args as Readonly<Record<string, unknown>> | undefined) : undefined;
  const value = fix && args ? args[fix.argument] : undefined;
  return typeof value === "number" ? String(value) : "…";
}

/** "Set in_features to 4096", where the constructor's argument stands in this file. */
function fixesOf({ fix, layer }: Finding, analysis: Analysis): Fix[] {
  const site = layer?.site;
  if (!fix || !layer || !site || site.unit.file !== analysis.path || typeof fix.value !== "number") return [];
  // One layer of several that the same source built can't be mended alone.
  const built = analysis.constructed.filter((each) => each.site.unit === site.unit && each.site.start === site.start);
  if (new Set(built.map(({ instance }) => instance)).size > 1) return [];
  const call = callAt(site.unit.statement, site.start, site.end);
  const parameters = layerOf(layer)?.entry.parameters ?? [];
  const index = parameters.findIndex(({ name }) => name === fix.argument);
  const argument = call?.keywords.find(({ name }) => name === fix.argument)?.value ?? call?.args[index];
  if (!argument || argument.kind === "Starred") return [];
  const range = { start: site.unit.offset + argument.start, end: site.unit.offset + argument.end };
  const newText = format(fix.value);
  return [{ title: `Set ${fix.argument} to ${newText}`, edits: [{ range, newText }] }];
}

/** `given` comments that can't be read. */
function badDirectives({ directives }: Analysis): Diagnostic[] {
  return directives.flatMap((directive) => {
    if (directive.kind !== "given") return [];
    if (!directive.text.includes(":") && parseGivenArguments(directive.text) !== null) return [];
    try {
      parseGiven(directive.text, directive.textStart);
      return [];
    } catch (problem) {
      if (!(problem instanceof InputError)) throw problem;
      const start = Math.min(Math.max(problem.offset, directive.start), directive.end - 1);
      return [
        {
          range: { start, end: directive.end },
          severity: "error" as const,
          code: "bad-directive" as const,
          message: `${problem.message}.`,
          related: [],
          fixes: [],
        },
      ];
    }
  });
}
