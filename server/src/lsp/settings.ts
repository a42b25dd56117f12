/** The section `paramlens` of a client's configuration. What is missing or of another type keeps its default. */
import type { DiagnosticCode } from "../report/types.ts";
import { type ProjectSettings, type Severity, severities } from "../settings/project.ts";

export type { Severity };

export interface Settings {
  readonly enable: boolean;
  readonly inlayHints: {
    readonly params: boolean;
    readonly layerShapes: boolean;
    readonly tensorShapes: boolean;
    readonly format: "exact" | "compact";
    readonly minParams: number;
    readonly inNotebooks: boolean;
  };
  readonly codeLens: { readonly enable: boolean };
  readonly hover: { readonly enable: boolean };
  readonly diagnostics: {
    readonly enable: boolean;
    readonly severity: Readonly<Partial<Record<DiagnosticCode, Severity>>>;
  };
  readonly inputShapes: Readonly<Record<string, string>>;
  readonly batchSymbol: string;
  readonly exclude: readonly string[];
  readonly pythonPath: string;
  /** Folders that the editor's Python settings add to the path of imports. */
  readonly extraPaths: readonly string[];
}

export function readSettings(section: unknown): Settings {
  const root = fields(section);
  const hints = fields(root.inlayHints);
  const diagnostics = fields(root.diagnostics);
  return {
    enable: flag(root.enable),
    inlayHints: {
      params: flag(hints.params),
      layerShapes: flag(hints.layerShapes),
      tensorShapes: flag(hints.tensorShapes),
      format: hints.format === "compact" ? "compact" : "exact",
      minParams: typeof hints.minParams === "number" ? hints.minParams : 0,
      inNotebooks: flag(hints.inNotebooks),
    },
    codeLens: { enable: flag(fields(root.codeLens).enable) },
    hover: { enable: flag(fields(root.hover).enable) },
    diagnostics: {
      enable: flag(diagnostics.enable),
      severity: Object.fromEntries(
        Object.entries(fields(diagnostics.severity)).filter(([, value]) => isSeverity(value)),
      ),
    },
    inputShapes: Object.fromEntries(
      Object.entries(fields(root.inputShapes)).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string",
      ),
    ),
    batchSymbol: typeof root.batchSymbol === "string" && isName(root.batchSymbol) ? root.batchSymbol : defaultBatch,
    exclude: Array.isArray(root.exclude) ? root.exclude.filter((glob) => typeof glob === "string") : [],
    pythonPath: typeof root.pythonPath === "string" ? root.pythonPath : "",
    extraPaths: Array.isArray(root.extraPaths) ? root.extraPaths.filter((path) => typeof path === "string") : [],
  };
}

/**
 * The editor's settings with what the project says of itself. What the person set goes first; globs that exclude files
 * add up.
 */
export function withProject(settings: Settings, project: ProjectSettings): Settings {
  return {
    ...settings,
    exclude: [...settings.exclude, ...project.exclude],
    inputShapes: { ...project.inputShapes, ...settings.inputShapes },
    batchSymbol: settings.batchSymbol === defaultBatch ? (project.batchSymbol ?? defaultBatch) : settings.batchSymbol,
    pythonPath: settings.pythonPath === "" ? (project.pythonPath ?? "") : settings.pythonPath,
    diagnostics: {
      ...settings.diagnostics,
      severity: { ...project.severity, ...settings.diagnostics.severity },
    },
  };
}

const defaultBatch = "N";

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** Everything is on unless it is switched off. */
function flag(value: unknown): boolean {
  return value !== false;
}

function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}

function isSeverity(value: unknown): value is Severity {
  return severities.some((severity) => severity === value);
}
