/** Assertion comments, `# params: 896 → (N, 32, 32, 32)`: one that no longer holds is a finding with its mend. */
import type { Analysis } from "../workspace/analysis.ts";
import type { Directive } from "../workspace/directives.ts";
import type { Diagnostic, Hint, Range } from "./types.ts";

/** The hint that a line would show, by line. */
function hintsByLine(analysis: Analysis, hints: readonly Hint[]): Map<number, Hint> {
  return new Map(hints.map((hint) => [analysis.lines.positionAt(hint.offset).line, hint]));
}

/** Hints that the line does not say already itself. */
export function withoutAsserted(analysis: Analysis, hints: readonly Hint[]): Hint[] {
  const asserted = new Set(analysis.directives.filter(isAssertion).map(({ line }) => line));
  return hints.filter((hint) => !asserted.has(analysis.lines.positionAt(hint.offset).line));
}

export function staleAssertions(analysis: Analysis, hints: readonly Hint[]): Diagnostic[] {
  const byLine = hintsByLine(analysis, hints);
  return analysis.directives.filter(isAssertion).flatMap((directive) => {
    const hint = byLine.get(directive.line);
    if (!hint || holds(directive, hint)) return [];
    const range = { start: directive.start, end: directive.end };
    const said = directive.kind === "params" ? "stale-params" : "stale-shape";
    return [
      {
        range,
        severity: "warning" as const,
        code: said as Diagnostic["code"],
        message: `The comment says ${directive.text}, but it is ${hint.label.replace(/^# \w+: /, "")}.`,
        related: [],
        fixes: [
          { title: `Change to ${hint.label}`, edits: [{ range, newText: hint.label }] },
          { title: "Remove the comment", edits: [{ range: withBlanks(range, analysis.text), newText: "" }] },
        ],
      },
    ];
  });
}

/** A comment with the blanks before it, which would otherwise be left at the end of the line. */
function withBlanks({ start, end }: Range, text: string): Range {
  return { start: start - (/[ \t]*$/.exec(text.slice(0, start))?.[0].length ?? 0), end };
}

function isAssertion({ kind, alone }: Directive): boolean {
  return (kind === "params" || kind === "shape") && !alone;
}

/** Whether an assertion agrees with what is known; a part that it does not mention is not asked. */
function holds({ kind, text }: Directive, hint: Hint): boolean {
  const [count = "", shape] = normal(hint.label.replace(/^# \w+: /, "")).split("→");
  const said = normal(text);
  if (kind === "shape") return said === (hint.kind === "shape" ? count : shape);
  const [saidCount = "", saidShape] = said.split("→");
  const actual = hint.kind === "params" ? count : "0";
  return saidCount === actual && (saidShape === undefined || shape === undefined || saidShape === shape);
}

function normal(text: string): string {
  return text.replaceAll("->", "→").replace(/[\s,]/g, "");
}
