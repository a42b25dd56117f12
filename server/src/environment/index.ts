/**
 * The Python environment of a project: its path of folders, found by looking at files alone. Nothing is looked at before
 * somebody asks for a package that the workspace does not have.
 */
import type { PythonEnvironment } from "../workspace/types.ts";
import type { Installation } from "./layout.ts";
import { type Links, linksOf } from "./links.ts";
import { locatePython, namedPython } from "./locate.ts";
import { type Machine, pathFrom } from "./machine.ts";
import { type ProjectSettings, projectSettings, pythonPathOf } from "./settings.ts";

export type { Machine } from "./machine.ts";

export interface EnvironmentRequest {
  /** The project's folder. */
  readonly folder: string;
  /** The Python that was asked for, an executable or an environment; empty to find one. */
  readonly python: string;
  /** `python.analysis.extraPaths` of the editor. */
  readonly extraPaths: readonly string[];
}

/** The installed packages that a project's imports find. */
export function environmentOf(request: EnvironmentRequest, machine: Machine): PythonEnvironment {
  const settings = once(() => projectSettings(request.folder, machine));
  const found = once(() => choose(request, settings(), machine));
  const links = once((): Links => linksOf(found()?.folders ?? [], machine));
  const path = once(() => pathOf(request, settings(), machine));
  return {
    get name() {
      const chosen = found();
      return chosen === null ? null : `${chosen.prefix}${versionOf(chosen)}`;
    },
    absence:
      request.python === "" ? "no Python environment is known" : `there are no installed packages at ${request.python}`,
    get path() {
      return path();
    },
    get folders() {
      return found()?.folders ?? [];
    },
    get linked() {
      return links().folders;
    },
    get named() {
      return links().named;
    },
  };
}

/** What was asked for, or nothing; else what the project's settings name, else what is found. */
function choose(
  { python, folder }: EnvironmentRequest,
  settings: ProjectSettings,
  machine: Machine,
): Installation | null {
  if (python !== "") return namedPython(python, folder, machine);
  const told = settings.environment === null ? null : namedPython(settings.environment, folder, machine);
  return told ?? locatePython(folder, machine);
}

function pathOf(request: EnvironmentRequest, settings: ProjectSettings, machine: Machine): readonly string[] {
  const { folder } = request;
  const extra = request.extraPaths.map((path) => pathFrom(folder, path, machine));
  const all = [...pythonPathOf(folder, machine), ...settings.extraPaths, ...extra];
  return [...new Set(all)].filter((each) => machine.files.kind(each) === "directory");
}

function versionOf({ version }: Installation): string {
  return version === null ? "" : ` (Python ${version})`;
}

/** The value that `make` gives when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
