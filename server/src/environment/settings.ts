/**
 * What a project's own files say of where imports are searched: pyright's `extraPaths` and `venv`, and the `PYTHONPATH` of
 * a `.env` file. Of TOML only what these settings are written in is read: texts, and lists of texts.
 */
import { foldersAbove, type Machine, pathFrom } from "./machine.ts";

export interface ProjectSettings {
  /** Folders, absolute. */
  readonly extraPaths: readonly string[];
  /** The environment that pyright is told to use. */
  readonly environment: string | null;
}

/** The settings of the nearest `pyrightconfig.json`, else of the nearest `pyproject.toml` that has pyright's. */
export function projectSettings(folder: string, machine: Machine): ProjectSettings {
  const { files } = machine;
  for (const each of foldersAbove(folder)) {
    const json = `${each}/pyrightconfig.json`;
    if (files.kind(json) === "file") return fromFields(readJson(files.read(json) ?? ""), each, machine);
    const toml = `${each}/pyproject.toml`;
    const text = files.kind(toml) === "file" ? (files.read(toml) ?? "") : "";
    const table = ["tool.pyright", "tool.basedpyright"].find((name) => text.includes(`[${name}]`));
    if (table === undefined) continue;
    const fields = Object.fromEntries(
      ["extraPaths", "venvPath", "venv"].map((key) => [key, tomlValue(text, table, key)]),
    );
    return fromFields(fields, each, machine);
  }
  return { extraPaths: [], environment: null };
}

/** `PYTHONPATH` of the process, and of the `.env` file that editors load. */
export function pythonPathOf(folder: string, machine: Machine): string[] {
  const { files, variables, isWindows } = machine;
  const file = `${folder}/.env`;
  const text = files.kind(file) === "file" ? (files.read(file) ?? "") : "";
  const [, written] = /^\s*(?:export\s+)?PYTHONPATH\s*=\s*["']?([^"'\n]*)/m.exec(text) ?? [];
  return [variables.PYTHONPATH, written]
    .flatMap((value) => (value ?? "").split(isWindows ? ";" : ":"))
    .map((path) => path.trim().replace(/\$\{?(?:workspaceFolder|PWD)\}?/g, folder))
    .filter((path) => path !== "" && !path.includes("$"))
    .map((path) => pathFrom(folder, path, machine));
}

/** JSON with comments and trailing commas; null where it is none. */
function readJson(text: string): unknown {
  const plain = text
    .replace(/("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, "$1")
    .replace(/("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])/g, "$1");
  try {
    return JSON.parse(plain);
  } catch {
    return null;
  }
}

/** A text or a list of texts of a TOML table; null where there is none. */
export function tomlValue(text: string, table: string, key: string): string | readonly string[] | null {
  const header = `[${table}]`;
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => line.trim().startsWith(header));
  if (start < 0) return null;
  const length = lines.slice(start + 1).findIndex((line) => /^\s*\[{1,2}[\w."-]+\]{1,2}\s*(#|$)/.test(line));
  const body = lines.slice(start + 1, length < 0 ? undefined : start + 1 + length).join("\n");
  const [, value] = new RegExp(`^\\s*"?${key}"?\\s*=\\s*(\\[[^\\]]*\\]|"[^"\\n]*"|'[^'\\n]*')`, "m").exec(body) ?? [];
  if (value === undefined) return null;
  const texts = [...value.replaceAll(/#[^\n]*/g, "").matchAll(/"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'/g)].map(
    ([, basic, plain]) => plain ?? (basic ?? "").replace(/\\(.)/g, "$1"),
  );
  return value.startsWith("[") ? texts : (texts[0] ?? null);
}

function fromFields(value: unknown, folder: string, machine: Machine): ProjectSettings {
  const { extraPaths, venvPath, venv, executionEnvironments } = fieldsOf(value);
  const environments = Array.isArray(executionEnvironments) ? executionEnvironments.map(fieldsOf) : [];
  const paths = [
    ...textsOf(extraPaths),
    ...environments.flatMap((each) => [...textsOf(each.root), ...textsOf(each.extraPaths)]),
  ];
  return {
    extraPaths: paths.map((path) => pathFrom(folder, path, machine)),
    environment:
      typeof venv === "string"
        ? pathFrom(pathFrom(folder, typeof venvPath === "string" ? venvPath : ".", machine), venv, machine)
        : null,
  };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === "string");
}
