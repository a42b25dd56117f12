/** Reads `[tool.paramlens]` of a `pyproject.toml`. The TOML reader is loaded only where there is such a table. */
import { noSettings, type ProjectSettings, readProjectSettings } from "./project.ts";

export interface Pyproject {
  readonly settings: ProjectSettings;
  /** A sentence for each part that cannot be used. */
  readonly problems: readonly string[];
}

export async function readPyproject(text: string): Promise<Pyproject> {
  if (!mentionsUs(text)) return { settings: noSettings, problems: [] };
  const { parse, TomlError } = await import("smol-toml");
  try {
    const { tool } = parse(text);
    const table = isTable(tool) ? tool.paramlens : undefined;
    if (table === undefined) return { settings: noSettings, problems: [] };
    if (!isTable(table)) return { settings: noSettings, problems: ["tool.paramlens must be a table"] };
    const { settings, problems } = readProjectSettings(table);
    return { settings, problems: problems.map((problem) => `[tool.paramlens] ${problem}`) };
  } catch (problem) {
    if (!(problem instanceof TomlError)) throw problem;
    const [message = ""] = problem.message.split("\n");
    return {
      settings: noSettings,
      problems: [`line ${problem.line}: ${message.replace(/^Invalid TOML document: /, "")}`],
    };
  }
}

/** Whether a file has a chance to speak of ParamLens: most have none, and need not be parsed. */
export function mentionsUs(text: string): boolean {
  return /\bparamlens\b/.test(text) && /\btool\b/.test(text);
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
