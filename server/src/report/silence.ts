/** Lines that comments silence: `# paramlens: off` … `on`, and `ignore` for findings. */
import type { Analysis } from "../workspace/analysis.ts";

/** Lines between `off` and `on`, where neither hints nor findings show. */
export function silencedLines({ directives, lines }: Analysis): ReadonlySet<number> {
  const silent = new Set<number>();
  let from: number | null = null;
  for (const { kind, line } of directives) {
    if (kind === "off") from ??= line;
    if (kind !== "on" || from === null) continue;
    for (let i = from; i <= line; i += 1) silent.add(i);
    from = null;
  }
  if (from !== null) for (let i = from; i < lines.lineCount; i += 1) silent.add(i);
  return silent;
}

/** Whether a finding of this code on this line is to be ignored. */
export function isIgnored({ directives }: Analysis, line: number, code: string): boolean {
  return directives.some((directive) => {
    if (directive.kind !== "ignore") return false;
    if (directive.line !== line && !(directive.alone && directive.line === line - 1)) return false;
    const codes = /^\[(.*)\]$/.exec(directive.text)?.[1];
    return codes === undefined || codes.split(",").some((each) => each.trim() === code);
  });
}
