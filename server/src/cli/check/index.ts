/** `paramlens check`: the findings of files, folders and globs, for terminals and for continuous integration. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { overBudget } from "../../report/budget.ts";
import { offeredFixes, reportOf } from "../../report/index.ts";
import { noSettings, type ProjectSettings } from "../../settings/project.ts";
import { readPyproject } from "../../settings/pyproject.ts";
import type { Analysis } from "../../workspace/analysis.ts";
import type { Program } from "../../workspace/program.ts";
import { UserError } from "../errors.ts";
import { absolute, analyzed, openProgram, type WorkspaceOptions } from "../workspace.ts";
import { filesToCheck } from "./files.ts";
import { type Checked, type Finding, findingRow } from "./findings.ts";
import { githubReport } from "./github.ts";
import { jsonReport } from "./json.ts";
import { sarifReport } from "./sarif.ts";
import { textReport } from "./text.ts";

export type CheckFormat = "text" | "json" | "sarif" | "github";

export interface CheckOptions extends WorkspaceOptions {
  readonly format: CheckFormat;
  readonly color: boolean;
  /** The most parameters that a model may have. */
  readonly maxParams?: number;
}

/** Prints the findings. Whether there are any that fail a build: errors and warnings do. */
export async function check(paths: readonly string[], options: CheckOptions): Promise<boolean> {
  const { folder, settings } = await projectSettings();
  const files = await filesToCheck(paths, { globs: settings.exclude, folder });
  const unreadable: string[] = [];
  const python = options.python ?? settings.pythonPath ?? undefined;
  const program = await openProgram(files, {
    ...(python === undefined ? {} : { python: options.python ?? path.resolve(folder, python) }),
    inputShapes: settings.inputShapes,
    batchSymbol: settings.batchSymbol ?? "N",
  });
  const findings: Finding[] = [];
  const budget = options.maxParams ?? settings.maxParams;
  for (const file of files) {
    try {
      findings.push(...(await findingsOf(file, program, settings, budget)));
    } catch (problem) {
      if (!(problem instanceof UserError)) throw problem;
      unreadable.push(problem.message);
    }
  }
  process.stdout.write(printed({ files: files.length, findings }, options));
  if (unreadable.length > 0) throw new UserError(unreadable.join("; "));
  return findings.some(({ severity }) => severity === "error" || severity === "warning");
}

async function findingsOf(
  file: string,
  program: Program,
  settings: ProjectSettings,
  budget: number | null,
): Promise<Finding[]> {
  const analysis = await analyzed(program, file);
  const findings = [
    ...reportOf(analysis).diagnostics.map((found) => ({ found, fixes: offeredFixes(program, analysis, found) })),
    ...(budget === null ? [] : overBudget(analysis, budget).map((found) => ({ found, fixes: [] }))),
  ];
  program.invalidate(analysis.path);
  return findings
    .toSorted((a, b) => a.found.range.start - b.found.range.start)
    .flatMap(({ found, fixes }) => {
      const severity = found.code === "max-params" ? "error" : (settings.severity[found.code] ?? found.severity);
      return severity === "off"
        ? []
        : [findingRow(found, severity, fixes, analysis.lines, file, namedFrom(analysis, file))];
    });
}

/** The name that a person uses for a path of the analysis: the file's own, else seen from the current folder. */
function namedFrom(analysis: Analysis, file: string): (other: string) => string {
  return (other) => {
    if (other === analysis.path) return file;
    const relative = path.relative(process.cwd(), other);
    return (relative.startsWith("..") ? other : relative).replaceAll("\\", "/");
  };
}

/** What the nearest `pyproject.toml` says, from the current folder up. */
async function projectSettings(): Promise<{ folder: string; settings: ProjectSettings }> {
  for (let folder = process.cwd(); ; folder = path.dirname(folder)) {
    const file = path.join(folder, "pyproject.toml");
    if (existsSync(file)) {
      const { settings, problems } = await readPyproject(readFileSync(file, "utf8"));
      const [problem] = problems;
      if (problem !== undefined) throw new UserError(`${absolute(file)}: ${problem}`);
      return { folder, settings };
    }
    if (path.dirname(folder) === folder) return { folder: process.cwd(), settings: noSettings };
  }
}

function printed(checked: Checked, { format, color }: CheckOptions): string {
  switch (format) {
    case "text":
      return textReport(checked, { color });
    case "json":
      return jsonReport(checked);
    case "sarif":
      return sarifReport(checked);
    case "github":
      return githubReport(checked);
  }
}
