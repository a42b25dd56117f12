/** Findings: what is definitely wrong, at the smallest place in the user's own file, once for each cause. */
import type { Finding } from "../frameworks/torch/binding/trace.ts";
import type { Site } from "../syntax/ast.ts";
import type { Analysis } from "../workspace/analysis.ts";
import { InputError, parseGiven, parseGivenArguments } from "../workspace/inputs.ts";
import { argumentFixes } from "./fixes/arguments.ts";
import { flattenFixes, misfitOf } from "./fixes/flatten.ts";
import { containerFixes, superInitFixes } from "./fixes/registration.ts";
import { rangeOf } from "./hints.ts";
import { relatedTo } from "./related.ts";
import { isIgnored, silencedLines } from "./silence.ts";
import { staleAssertions } from "./stale.ts";
import type { Diagnostic, Fix, Hint, Range } from "./types.ts";

export function diagnosticsOf(analysis: Analysis, hints: readonly Hint[]): Diagnostic[] {
  const silent = silencedLines(analysis);
  const all = [
    ...analysis.trace.findings.flatMap((finding) => fromFinding(finding, analysis)),
    ...hiddenLayers(analysis),
    ...badDirectives(analysis),
    ...analysis.badDirectives.map(({ start, end, message }) => badDirective({ start, end }, message)),
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
  const { code, message } = finding;
  const related = relatedTo(finding, site, analysis);
  return [
    {
      range: rangeOf(site),
      severity: "error",
      code,
      message: message + advice[misfitOf(finding) ?? "none"],
      related,
      fixes: fixesOf(finding, site, analysis),
    },
  ];
}

/** What else the sizes tell of the mistake. */
const advice = {
  flatten: "; all sizes behind the first multiply to that: flatten(1) is missing",
  order: "; its last size is that: permute it first",
  batch: "; all its sizes multiply to that: is a batch dimension missing?",
  none: "",
} as const;

/** Candidates: `fixes/offered.ts` tries them before they are shown. */
function fixesOf(finding: Finding, site: Site, analysis: Analysis): Fix[] {
  if (finding.code === "missing-super-init") return superInitFixes(site);
  switch (misfitOf(finding)) {
    case "flatten":
      return flattenFixes(finding, site, analysis);
    case null:
      return argumentFixes(finding, analysis);
    default:
      return [];
  }
}

/** Layers that PyTorch does not see, at the container that hides them. */
function hiddenLayers(analysis: Analysis): Diagnostic[] {
  return analysis.unregistered.flatMap((found) => {
    const { name, value, site, layers } = found;
    if (site.unit.file !== analysis.path) return [];
    const container = value.kind === "dict" ? "ModuleDict" : "ModuleList";
    const what = layers.length === 1 ? "the layer" : `the ${layers.length} layers`;
    return [
      {
        range: rangeOf(site),
        severity: "warning" as const,
        code: "unregistered-layers" as const,
        message: `PyTorch does not see ${what} in the plain ${value.kind} self.${name}: they are neither trained nor saved; use nn.${container}`,
        related: [],
        fixes: containerFixes(found, analysis),
      },
    ];
  });
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

/** `given` comments that can't be read. */
function badDirectives({ directives, text }: Analysis): Diagnostic[] {
  return directives.flatMap((directive) => {
    if (directive.kind !== "given") return [];
    if (!directive.text.includes(":") && parseGivenArguments(directive.text) !== null) return [];
    try {
      parseGiven(directive.text, directive.textStart);
      return [];
    } catch (problem) {
      if (!(problem instanceof InputError)) throw problem;
      const start = Math.min(Math.max(problem.offset, directive.start), directive.end - 1);
      const word = /^(?:\w+|.)/.exec(text.slice(start, directive.end)) ?? [""];
      return [badDirective({ start, end: start + word[0].length }, `${problem.message}. ${givenForm}`)];
    }
  });
}

/** How a `given` comment is written, in one line. */
const givenForm = "The form is # given x: (N, 3, 224, 224), mask: (N, T) bool";

function badDirective(range: Range, message: string): Diagnostic {
  return { range, severity: "error", code: "bad-directive", message: `${message}.`, related: [], fixes: [] };
}
