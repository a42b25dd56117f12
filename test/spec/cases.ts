/**
 * Annotated Python in Markdown: reading the cases of a file, and holding what ParamLens shows against them.
 * `README.md` in this folder says how a case is written.
 */
import { LineIndex } from "../../server/src/base/lines.ts";
import type { FileReport } from "../../server/src/report/types.ts";

export interface SpecCase {
  /** The headings above it, joined by ` › `. */
  readonly name: string;
  readonly files: readonly SpecFile[];
}

export interface SpecFile {
  readonly name: string;
  /** Line of the Markdown file on which the first line of the block stands, from 0. */
  readonly firstLine: number;
  readonly lines: readonly SpecLine[];
}

export interface SpecLine {
  /** The Python that is analysed: expectations left out, `#!` turned into `#`. */
  readonly code: string;
  /** The line as it is written, without its expectations. */
  readonly written: string;
  readonly expected: readonly string[];
}

export function readCases(markdown: string): SpecCase[] {
  const cases: { name: string; files: SpecFile[] }[] = [];
  const headings: string[] = [];
  let block: { firstLine: number; lines: string[] } | null = null;
  for (const [index, line] of markdown.split("\n").entries()) {
    if (block !== null) {
      if (line.trimEnd() !== "```") block.lines.push(line);
      else {
        const name = headings.join(" › ");
        const last = cases.at(-1);
        const current = last?.name === name ? last : { name, files: [] };
        if (current !== last) cases.push(current);
        current.files.push(readFile(block.firstLine, block.lines, current.files.length));
        block = null;
      }
      continue;
    }
    const heading = /^(#+)\s+(.*?)\s*$/.exec(line);
    if (heading) headings.splice((heading[1] ?? "#").length - 1, headings.length, heading[2] ?? "");
    if (line.trimEnd() === "```python") block = { firstLine: index + 1, lines: [] };
  }
  return cases.map(({ name, files }) => ({ name: name.replace(/^ › /, ""), files }));
}

export function sourceOf(file: SpecFile): string {
  return file.lines.map(({ code }) => `${code}\n`).join("");
}

/** What a report shows, by line from 0, written as the expectations are. */
export function shownByLine(file: SpecFile, report: FileReport): Map<number, string[]> {
  const index = new LineIndex(sourceOf(file));
  const shown = new Map<number, string[]>();
  const add = (offset: number, text: string) => {
    const { line } = index.positionAt(offset);
    shown.set(line, [...(shown.get(line) ?? []), text]);
  };
  for (const { offset, label } of report.hints) add(offset, label);
  for (const { range, severity, code, message } of report.diagnostics) {
    add(range.start, `# ${severity}[${code}]: ${message}`);
  }
  return shown;
}

/** A sentence for each expectation that nothing meets, and for each thing shown that nothing expects. */
export function differences(file: SpecFile, report: FileReport): string[] {
  const shown = shownByLine(file, report);
  return file.lines.flatMap(({ written, expected }, line) => {
    const left = [...(shown.get(line) ?? [])];
    const missing = expected.filter((expectation) => {
      const at = left.findIndex((text) => meets(text, expectation));
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
    const place = `${file.name}:${line + 1}: ${written.trim()}`;
    return [
      ...missing.map((text) => `${place}\n    expected  ${text}`),
      ...left.map((text) => `${place}\n    shown     ${text}`),
    ];
  });
}

/** The Markdown with the expectations of its cases replaced by what is shown. */
export function rewritten(markdown: string, reports: ReadonlyMap<SpecFile, FileReport>): string {
  const lines = markdown.split("\n");
  for (const [file, report] of reports) {
    const shown = shownByLine(file, report);
    for (const [index, { written, expected }] of file.lines.entries()) {
      // A part of a message that still fits stays as short as somebody wrote it.
      const texts = (shown.get(index) ?? []).map((text) => expected.find((short) => meets(text, short)) ?? text);
      lines[file.firstLine + index] = [written, ...texts].join("  ");
    }
  }
  return lines.join("\n");
}

const fileName = /^# file: (\S+)$/;
const expectation = /# (?:params|shape): |# (?:error|warning|information)\[/;

function readFile(firstLine: number, lines: readonly string[], index: number): SpecFile {
  const name = fileName.exec(lines[0] ?? "")?.[1] ?? (index === 0 ? "case.py" : `case${index + 1}.py`);
  return { name, firstLine, lines: lines.map(readLine) };
}

function readLine(line: string): SpecLine {
  const at = line.search(expectation);
  const written = at < 0 ? line : line.slice(0, at).trimEnd();
  const expected = at < 0 ? [] : line.slice(at).split(new RegExp(`  (?=${expectation.source})`));
  return { code: written.replace("#! ", "# "), written, expected: expected.map((text) => text.trimEnd()) };
}

/** Hints are met to the letter, findings by a part of their message. */
function meets(shown: string, expected: string): boolean {
  const finding = /^(# \w+\[[\w-]+\]: )(.*)$/.exec(expected);
  if (finding === null) return shown === expected;
  return shown.startsWith(finding[1] ?? "") && shown.slice((finding[1] ?? "").length).includes(finding[2] ?? "");
}
