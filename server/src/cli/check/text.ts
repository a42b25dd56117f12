/** Findings for people at a terminal: the place, the source line with carets, what belongs to it, and the count. */
import colors from "picocolors";
import type { Checked, Finding, Level } from "./findings.ts";

export interface TextStyle {
  readonly color: boolean;
}

export function textReport({ files, findings }: Checked, { color }: TextStyle): string {
  const paint = colors.createColors(color && process.stdout.isTTY === true && colors.isColorSupported);
  const blocks = findings.map((finding) => `${block(finding, paint)}\n`);
  return `${[...blocks, verdict(files, findings, paint)].join("\n")}\n`;
}

type Paint = ReturnType<typeof colors.createColors>;

function block(finding: Finding, paint: Paint): string {
  const { path, line, column, severity, code, message, related, fixes } = finding;
  const tint = tintOf(severity, paint);
  const gutter = " ".repeat(String(line).length);
  const notes = [
    ...related.map((each) => `${each.path}:${each.line}:${each.column}: ${each.message}`),
    ...fixes.map(({ title }) => `fix: ${title}`),
  ];
  return [
    `${paint.bold(`${path}:${line}:${column}:`)} ${tint(severity)}: ${message} ${paint.dim(`[${code}]`)}`,
    paint.dim(`${gutter} |`),
    `${paint.dim(`${line} |`)} ${finding.source[0] ?? ""}`,
    `${paint.dim(`${gutter} |`)} ${tint(carets(finding))}`,
    ...notes.map((note) => `${paint.dim(`${gutter} =`)} ${note}`),
  ].join("\n");
}

/** Carets under the first line of the place; tabs stay, so that they stand where the text does. */
function carets({ line, column, endLine, endColumn, source: [first = ""] }: Finding): string {
  const before = first.slice(0, column - 1).replaceAll(/[^\t]/gu, " ");
  const end = line === endLine ? endColumn - 1 : first.trimEnd().length;
  const length = [...first.slice(column - 1, end)].length;
  return before + "^".repeat(Math.max(1, length));
}

function verdict(files: number, findings: readonly Finding[], paint: Paint): string {
  const checked = `${files} ${files === 1 ? "file" : "files"} checked`;
  if (findings.length === 0) return paint.green(`${checked}, nothing found`);
  const counts = (["error", "warning", "information", "hint"] as const).flatMap((level) => {
    const count = findings.filter(({ severity }) => severity === level).length;
    return count === 0 ? [] : [`${count} ${nouns[level]}${count === 1 || level === "information" ? "" : "s"}`];
  });
  return `${checked}, ${counts.join(", ")}`;
}

const nouns: Readonly<Record<Level, string>> = {
  error: "error",
  warning: "warning",
  information: "information",
  hint: "hint",
};

function tintOf(severity: Level, paint: Paint): (text: string) => string {
  return severity === "error" ? paint.red : severity === "warning" ? paint.yellow : paint.cyan;
}
