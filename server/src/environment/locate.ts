/**
 * Which Python a project works with, from what lies on the disk: what is active, what stands in the project, what the
 * tools of the trade keep elsewhere for it, and the system's own last. The first that has packages is taken.
 */
import { type Installation, installationOf } from "./layout.ts";
import { foldersAbove, type Machine, nameOf, pathFrom } from "./machine.ts";
import { tomlValue } from "./settings.ts";

/** The Python of a project; null where none is found. */
export function locatePython(folder: string, machine: Machine): Installation | null {
  for (const find of finders) {
    for (const path of find(folder, machine)) {
      const installation = installationOf(path, machine);
      if (installation) return installation;
    }
  }
  return null;
}

/** The Python that somebody named: an executable, an environment, or a command on the PATH. */
export function namedPython(named: string, folder: string, machine: Machine): Installation | null {
  const isCommand = !/[\\/]/.test(named);
  const paths = isCommand
    ? [pathFrom(folder, named, machine), ...onPath([named], machine)]
    : [pathFrom(folder, named, machine)];
  for (const path of paths) {
    const installation = machine.files.kind(path) === null && isCommand ? null : installationOf(path, machine);
    if (installation) return installation;
  }
  return null;
}

type Finder = (folder: string, machine: Machine) => readonly string[];

/** Paths to try, finder by finder: nothing is looked up before those above gave nothing. */
const finders: readonly Finder[] = [
  (_, { variables }) => present(variables.VIRTUAL_ENV),
  // The environment that conda activates by itself says nothing of the project.
  (_, { variables }) => (variables.CONDA_DEFAULT_ENV === "base" ? [] : present(variables.CONDA_PREFIX)),
  (folder, machine) => present(machine.variables.UV_PROJECT_ENVIRONMENT).map((path) => pathFrom(folder, path, machine)),
  inProject,
  poetryEnvironments,
  pipenvEnvironments,
  condaEnvironments,
  pyenvVersions,
  (_, { variables }) => present(variables.CONDA_PREFIX),
  (_, machine) => onPath(["python3", "python"], machine),
];

/** An environment in the project's folder or above it, by the names that tools give it. */
function inProject(folder: string, machine: Machine): string[] {
  const { files } = machine;
  return foldersAbove(folder).flatMap((each) => {
    const pointers = [".venv", ".pdm-python"].flatMap((name) => {
      const file = `${each}/${name}`;
      const [line = ""] = files.kind(file) === "file" ? (files.read(file) ?? "").split("\n") : [];
      return line.trim() === "" ? [] : [pathFrom(each, line.trim(), machine)];
    });
    const usual = [".venv", "venv", ".env", "env", ".pixi/envs/default"].map((name) => `${each}/${name}`);
    // Any other name is an environment's if it says so itself; above the project that would be a search of the disk.
    const others = each === folder ? files.list(each).map((name) => `${each}/${name}`) : [];
    return [...usual, ...pointers, ...others.filter((path) => files.kind(`${path}/pyvenv.cfg`) === "file")];
  });
}

/** poetry keeps its environments under the project's name and a hash of where it lies. */
function poetryEnvironments(folder: string, machine: Machine): string[] {
  const project = foldersAbove(folder).find((each) => machine.files.kind(`${each}/pyproject.toml`) === "file");
  if (project === undefined) return [];
  const text = machine.files.read(`${project}/pyproject.toml`) ?? "";
  const name = tomlValue(text, "tool.poetry", "name") ?? tomlValue(text, "project", "name");
  if (typeof name !== "string") return [];
  const { home, variables } = machine;
  const caches = [
    ...present(variables.POETRY_CACHE_DIR),
    `${home}/.cache/pypoetry`,
    `${home}/Library/Caches/pypoetry`,
    ...present(variables.LOCALAPPDATA).map((data) => `${data}/pypoetry/Cache`),
  ];
  const stores = [...present(variables.POETRY_VIRTUALENVS_PATH), ...caches.map((cache) => `${cache}/virtualenvs`)];
  const clean = name
    .toLowerCase()
    .replaceAll(/[-_.]+/g, "-")
    .slice(0, 42);
  const real = machine.files.real(project);
  const place = machine.isWindows ? real.toLowerCase().replaceAll("/", "\\") : real;
  return startingWith(stores, `${clean}-${shortHash(place, machine)}-py`, machine);
}

/** pipenv does the same with the place of its `Pipfile`. */
function pipenvEnvironments(folder: string, machine: Machine): string[] {
  const project = foldersAbove(folder).find((each) => machine.files.kind(`${each}/Pipfile`) === "file");
  if (project === undefined) return [];
  const stores = [...present(machine.variables.WORKON_HOME), `${machine.home}/.local/share/virtualenvs`];
  const clean = nameOf(project)
    .replaceAll(/[ &$`!*@"()[\]\\\r\n\t]/g, "_")
    .slice(0, 42);
  return startingWith(stores, `${clean}-${shortHash(`${project}/Pipfile`, machine)}`, machine);
}

function shortHash(text: string, { sha256 }: Machine): string {
  return sha256(text).slice(0, 8).replaceAll("+", "-").replaceAll("/", "_");
}

function startingWith(stores: readonly string[], prefix: string, machine: Machine): string[] {
  return stores.flatMap((store) => {
    const folder = pathFrom(machine.home, store, machine);
    const found = machine.files.list(folder).filter((name) => name.startsWith(prefix));
    return found.toReversed().map((name) => `${folder}/${name}`);
  });
}

/** The environment that the project's `environment.yml` names, where conda has one of that name. */
function condaEnvironments(folder: string, machine: Machine): string[] {
  const { files, home, variables } = machine;
  const names = foldersAbove(folder).flatMap((each) =>
    ["environment.yml", "environment.yaml"].flatMap((file) => {
      const text = files.kind(`${each}/${file}`) === "file" ? (files.read(`${each}/${file}`) ?? "") : "";
      return present(/^name:\s*["']?([^"'\s#]+)/m.exec(text)?.[1]);
    }),
  );
  if (names.length === 0) return [];
  const listed = (files.read(`${home}/.conda/environments.txt`) ?? "").split(/\r?\n/).filter((line) => line !== "");
  const root = variables.CONDA_EXE ? [pathFrom(home, `${variables.CONDA_EXE}/../..`, machine)] : [];
  const usual = [...root, ...["miniconda3", "anaconda3", "miniforge3", "mambaforge"].map((name) => `${home}/${name}`)];
  const known = [...listed.map((path) => pathFrom(home, path, machine))];
  return names.flatMap((name) => [
    ...known.filter((path) => nameOf(path) === name),
    ...usual.map((base) => `${base}/envs/${name}`),
  ]);
}

/** The version that `.python-version` or pyenv's own choice names. */
function pyenvVersions(folder: string, machine: Machine): string[] {
  const { files, home, variables } = machine;
  const root = pathFrom(home, variables.PYENV_ROOT ?? `${home}/.pyenv`, machine);
  if (files.kind(`${root}/versions`) !== "directory") return [];
  const asked = [...foldersAbove(folder).map((each) => `${each}/.python-version`), `${root}/version`];
  const names = asked.flatMap((file) =>
    (files.kind(file) === "file" ? (files.read(file) ?? "") : "").split(/\s+/).filter((name) => /^[\w.-]+$/.test(name)),
  );
  const installed = files.list(`${root}/versions`);
  return names.flatMap((name) =>
    installed.filter((each) => each === name || each.startsWith(`${name}.`)).map((each) => `${root}/versions/${each}`),
  );
}

function onPath(commands: readonly string[], machine: Machine): string[] {
  const { variables, isWindows, files } = machine;
  const folders = (variables.PATH ?? variables.Path ?? "").split(isWindows ? ";" : ":").filter((each) => each !== "");
  const names = commands.map((command) => (isWindows && !command.endsWith(".exe") ? `${command}.exe` : command));
  return folders
    .flatMap((folder) => names.map((name) => pathFrom(folder, name, machine)))
    .filter((path) => files.kind(path) === "file");
}

function present(value: string | undefined): string[] {
  return value ? [value.replaceAll("\\", "/")] : [];
}
