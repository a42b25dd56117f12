/**
 * Where a Python keeps its installed packages, read off its folders: virtual environments (`pyvenv.cfg`), conda, the
 * system's Python with Debian's `dist-packages`, and Windows. Nothing is run.
 */
import { type Machine, nameOf, parentOf, pathFrom } from "./machine.ts";

/** An installed Python. */
export interface Installation {
  /** The folder that Python calls `sys.prefix`. */
  readonly prefix: string;
  /** `3.12` where the folders tell. */
  readonly version: string | null;
  /** Its package folders in the order of `sys.path`, those of the Python below it last where it shows them. */
  readonly folders: readonly string[];
}

/** The installation that an executable or an environment's folder belongs to; null where there is none. */
export function installationOf(path: string, machine: Machine): Installation | null {
  const { files } = machine;
  if (files.kind(path) === "directory") return atPrefix(path, null, machine);
  // A link that leads nowhere here still stands in its environment; what it is called by comes before where it leads.
  const real = files.kind(path) === "file" ? files.real(path) : path;
  for (const executable of new Set([path, real])) {
    const version = versionIn(nameOf(executable)) ?? versionIn(nameOf(real));
    const found = atPrefix(prefixOf(parentOf(executable)), version, machine);
    if (found) return found;
  }
  return null;
}

/** The prefix above the folder of an executable. */
function prefixOf(folder: string): string {
  return /^(bin|Scripts)$/i.test(nameOf(folder)) ? parentOf(folder) : folder;
}

function atPrefix(prefix: string, asked: string | null, machine: Machine): Installation | null {
  const config = readConfig(`${prefix}/pyvenv.cfg`, machine);
  const version = versionIn(config?.get("version_info") ?? config?.get("version") ?? "") ?? asked;
  const own = packageFolders(prefix, version, machine);
  if (own.folders.length === 0) return null;
  const isVirtual = config !== null;
  const folders = [...own.folders];
  if (!isVirtual) folders.unshift(...userFolders(own.version, machine));
  else if (config.get("include-system-site-packages") === "true") {
    const home = config.get("home");
    const base = home === undefined ? null : atPrefix(prefixOf(pathFrom(prefix, home, machine)), own.version, machine);
    folders.push(...(base?.folders ?? []));
  }
  return { prefix, version: own.version, folders: [...new Set(folders)] };
}

/** The package folders right below a prefix, and the version that they are of. */
function packageFolders(
  prefix: string,
  asked: string | null,
  machine: Machine,
): { readonly folders: readonly string[]; readonly version: string | null } {
  const { files } = machine;
  const versions = files
    .list(`${prefix}/lib`)
    .flatMap((name) => (/^(python|pypy)3\.\d+t?$/.test(name) ? [name] : []))
    .toSorted((one, other) => minorOf(other) - minorOf(one));
  // Several versions share a prefix such as /usr; the newest that has packages stands for it where nothing else tells.
  const fitting = asked === null ? versions : versions.filter((name) => versionIn(name) === asked);
  const [chosen = null] = [
    ...fitting.filter((name) => files.kind(`${prefix}/lib/${name}/site-packages`) === "directory"),
    ...fitting,
  ];
  const version = chosen === null ? asked : versionIn(chosen);
  const candidates =
    chosen === null
      ? [`${prefix}/Lib/site-packages`]
      : [
          `${prefix}/local/lib/${chosen}/dist-packages`,
          `${prefix}/lib/${chosen}/site-packages`,
          `${prefix}/lib64/${chosen}/site-packages`,
          `${prefix}/lib/${chosen}/dist-packages`,
          `${prefix}/lib/python3/dist-packages`,
        ];
  const folders = new Map<string, string>();
  for (const folder of candidates.filter((each) => files.kind(each) === "directory")) {
    // `lib64` is a link to `lib` in most virtual environments.
    const real = files.real(folder);
    if (!folders.has(real)) folders.set(real, folder);
  }
  return { folders: [...folders.values()], version };
}

/** What `pip install --user` fills; virtual environments do not see it. */
function userFolders(version: string | null, machine: Machine): string[] {
  if (version === null) return [];
  const { home, variables, files } = machine;
  const appData = variables.APPDATA;
  const candidates = [
    `${home}/.local/lib/python${version}/site-packages`,
    `${home}/Library/Python/${version}/lib/python/site-packages`,
    ...(appData ? [pathFrom(home, `${appData}/Python/Python${version.replace(".", "")}/site-packages`, machine)] : []),
  ];
  return candidates.filter((folder) => files.kind(folder) === "directory");
}

/** `pyvenv.cfg`: `key = value` lines. */
function readConfig(path: string, { files }: Machine): ReadonlyMap<string, string> | null {
  if (files.kind(path) !== "file") return null;
  const lines = (files.read(path) ?? "").split("\n").flatMap((line): [string, string][] => {
    const [, key, value] = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    return key === undefined || value === undefined ? [] : [[key.toLowerCase(), value]];
  });
  return new Map(lines.map(([key, value]) => [key, key === "home" ? value : value.toLowerCase()]));
}

function versionIn(text: string): string | null {
  return /(3\.\d+)/.exec(text)?.[1] ?? null;
}

function minorOf(name: string): number {
  return Number(/3\.(\d+)/.exec(name)?.[1] ?? 0);
}
