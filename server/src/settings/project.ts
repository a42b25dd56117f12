/**
 * What a project says of itself under `[tool.paramlens]` of its `pyproject.toml`: for the editor and the command line
 * alike. Keys are written as in Python's tools, `input-shapes`, or as in the editor's settings, `inputShapes`.
 */
import { isDiagnosticCode } from "../report/codes.ts";
import type { DiagnosticCode } from "../report/types.ts";
import { parseCount } from "./count.ts";

export const severities = ["error", "warning", "information", "hint", "off"] as const;
export type Severity = (typeof severities)[number];

export interface ProjectSettings {
  /** Globs of files that are not looked at, from the folder of the file. */
  readonly exclude: readonly string[];
  readonly severity: Readonly<Partial<Record<DiagnosticCode, Severity>>>;
  readonly inputShapes: Readonly<Record<string, string>>;
  readonly batchSymbol: string | null;
  readonly pythonPath: string | null;
  /** The most parameters that a model of the project may have. */
  readonly maxParams: number | null;
}

export const noSettings: ProjectSettings = {
  exclude: [],
  severity: {},
  inputShapes: {},
  batchSymbol: null,
  pythonPath: null,
  maxParams: null,
};

/** The settings of a parsed table, and a sentence for each part of it that cannot be used. */
export function readProjectSettings(table: Readonly<Record<string, unknown>>): {
  readonly settings: ProjectSettings;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  let settings = noSettings;
  for (const [key, value] of Object.entries(table)) {
    const name = camelCase(key);
    const read = Object.hasOwn(readers, name) ? readers[name as keyof ProjectSettings] : undefined;
    const found = read?.(value, (problem) => problems.push(`${key}: ${problem}`));
    if (read === undefined) problems.push(`${key}: there is no such setting`);
    else if (found !== undefined) settings = { ...settings, [name]: found };
  }
  return { settings, problems };
}

type Read<T> = (value: unknown, complain: (problem: string) => void) => T | undefined;

const readers: { readonly [K in keyof ProjectSettings]: Read<ProjectSettings[K]> } = {
  exclude(value, complain) {
    if (Array.isArray(value) && value.every((glob) => typeof glob === "string")) return value;
    return void complain("a list of globs is wanted");
  },
  severity(value, complain) {
    return entries(value, complain, (code, severity, wrong) => {
      if (!isDiagnosticCode(code)) return wrong("is no code of a finding");
      return severities.find((each) => each === severity) ?? wrong(`one of ${severities.join(", ")} is wanted`);
    });
  },
  inputShapes(value, complain) {
    return entries(value, complain, (_, shape, wrong) =>
      typeof shape === "string" ? shape : wrong("a text is wanted"),
    );
  },
  batchSymbol(value, complain) {
    if (typeof value === "string" && /^[A-Za-z_]\w*$/.test(value)) return value;
    return void complain("a name is wanted");
  },
  pythonPath(value, complain) {
    return typeof value === "string" ? value : void complain("a path is wanted");
  },
  maxParams(value, complain) {
    const count = typeof value === "string" || typeof value === "number" ? parseCount(String(value)) : null;
    return count ?? void complain('a number is wanted, such as 25000000 or "25M"');
  },
};

/** The entries of a table of which each is read by itself. */
function entries<T>(
  value: unknown,
  complain: (problem: string) => void,
  read: (name: string, value: unknown, wrong: (problem: string) => undefined) => T | undefined,
): Record<string, T> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return void complain("a table is wanted");
  const found: Record<string, T> = {};
  for (const [name, entry] of Object.entries(value)) {
    const one = read(name, entry, (problem) => void complain(`${name}: ${problem}`));
    if (one !== undefined) found[name] = one;
  }
  return found;
}

function camelCase(key: string): string {
  return key.replaceAll(/[-_]([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
