/**
 * From module names to files and back, as Python's path finder does it: regular packages and modules first, folders
 * without `__init__.py` as namespace packages where nothing else has the name, submodules in their package alone.
 */
import type { FileSystem, PythonEnvironment } from "./types.ts";

/** What a dotted name stands for. */
export type Resolved =
  | { readonly kind: "file"; readonly path: string; readonly isPackage: boolean; readonly isLibrary: boolean }
  /** A package without `__init__.py`: its parts may lie in several folders. */
  | { readonly kind: "namespace"; readonly places: readonly Place[] };

/** Where imports are searched, as far as the options tell. */
export interface SearchOptions {
  readonly roots: readonly string[];
  readonly libraries: readonly string[];
  readonly environment?: PythonEnvironment;
}

/** A folder in which names are looked up. */
export interface Place {
  readonly folder: string;
  readonly isLibrary: boolean;
  /** The only name that is found here, where the folder above a package is no place of its own. */
  readonly only?: string;
}

/** Finds modules for one set of options and remembers what it found, and what not, until it is told to forget. */
export class Resolver {
  private readonly options: SearchOptions;
  private readonly files: FileSystem;
  private readonly known = new Map<string, Resolved | null>();
  private readonly listed = new Map<string, readonly string[]>();
  private readonly tops = new Map<string, string>();
  private installed: readonly Place[] | null = null;

  constructor(options: SearchOptions, files: FileSystem) {
    this.options = options;
    this.files = files;
  }

  /** Forgets what is where: a file came or went. */
  forget(): void {
    this.known.clear();
    this.tops.clear();
    this.listed.clear();
    this.installed = null;
  }

  /**
   * The module of a dotted name that `from` imports while `main` is what runs: beside the latter first, as for a script,
   * then in the roots, then among the installed packages; what nobody has is looked for beside the importing file.
   */
  find(name: string, main: string | null, from: string | null): Resolved | null {
    const here = from === null ? "" : folderOf(from);
    const key = `${main === null ? "" : folderOf(main)}\n${here}\n${name}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const found = this.search(name.split("."), main, from);
    this.known.set(key, found);
    return found;
  }

  /** Whether the file of a top-level name lies where Python looks before anything that is installed. */
  standsBefore(name: string, main: string | null): Resolved | null {
    if (main === null) return null;
    const folder = this.topFolder(main);
    // Elsewhere the folder is on the path only if the file is run as a script, which nobody knows. Where packages are
    // installed, what lies beside a file is what else is installed.
    if (!this.options.roots.includes(folder) || this.placeOf(folder).isLibrary) return null;
    const key = `!${folder}\n${name}`;
    let found = this.known.get(key);
    if (found === undefined) {
      found = inFolder({ folder, isLibrary: false }, name, this.files);
      this.known.set(key, found);
    }
    return found?.kind === "file" ? found : null;
  }

  /** Whether the module is there in a form that is not read: compiled, or in an archive; undefined where nobody knows. */
  mayBeCompiled(name: string, main: string | null, from: string | null): boolean | undefined {
    if (!this.files.list) return undefined;
    const parts = name.split(".");
    const last = parts.pop() ?? "";
    const package_ = parts.length === 0 ? null : this.find(parts.join("."), main, from);
    const places = package_ ? placesWithin(package_) : [...this.rootPlaces(), ...this.installedPlaces()];
    return places.some(({ folder }) => this.list(folder).some((file) => isCompiled(file, last)));
  }

  /** Whether an installed package of this name is there. */
  isInstalled(name: string): boolean {
    return this.installedPlaces().some((place) => inFolder(place, name, this.files)?.kind === "file");
  }

  /** Folders outside of the workspace in which something was looked for. */
  get librariesSearched(): readonly string[] {
    return this.installed?.map(({ folder }) => folder).filter((folder) => !this.isInRoots(folder)) ?? [];
  }

  /** The dotted name of a file's module: its packages' names before its own. */
  nameOf(path: string): string {
    const { roots } = this.options;
    const stem = stemOf(path);
    const parts = stem === "__init__" ? [] : [stem];
    let folder = folderOf(path);
    while (folder !== "" && this.isPackage(folder)) {
      parts.unshift(stemOf(folder));
      // The folder that was opened may be a package itself; nothing above it is looked at.
      if (roots.includes(folder)) break;
      folder = folderOf(folder);
    }
    return parts.join(".");
  }

  /** The dotted name of a file that lies in folders without `__init__.py`, seen from the innermost root around it. */
  nameFromRoot(path: string): string {
    const around = this.options.roots.filter((root) => path.startsWith(`${root}/`));
    const root = around.toSorted((one, other) => other.length - one.length)[0] ?? folderOf(path);
    const parts = path.slice(root.length + 1).split("/");
    parts.push(stemOf(parts.pop() ?? ""));
    return parts.join(".");
  }

  private search(parts: readonly string[], main: string | null, from: string | null): Resolved | null {
    const [top = "", ...rest] = parts;
    let found = this.findTop(top, main, from);
    for (const part of rest) {
      if (found === null || (found.kind === "file" && !found.isPackage)) return null;
      found = firstOf(part, placesWithin(found), this.files);
    }
    return found;
  }

  private findTop(name: string, main: string | null, from: string | null): Resolved | null {
    const before = main === null ? [] : [this.placeOf(this.topFolder(main))];
    const local = [...before, ...this.rootPlaces(), ...this.projectPlaces(main)];
    const found = firstOf(name, local, this.files);
    if (found?.kind === "file") return found;
    const installed = firstOf(name, this.installedPlaces(), this.files) ?? this.linkedByName(name);
    if (installed?.kind === "file") return installed;
    const beside = [main, from].flatMap((file) =>
      file === null || this.isLibrary(file) ? [] : [this.topFolder(file), folderOf(file)],
    );
    const last = firstOf(
      name,
      [...new Set(beside)].map((folder) => ({ folder, isLibrary: false })),
      this.files,
    );
    if (last?.kind === "file") return last;
    const places = [found, installed, last].flatMap((each) => (each?.kind === "namespace" ? each.places : []));
    return places.length === 0 ? null : { kind: "namespace", places };
  }

  private list(folder: string): readonly string[] {
    let names = this.listed.get(folder);
    if (names === undefined) {
      names = this.files.list?.(folder) ?? [];
      this.listed.set(folder, names);
    }
    return names;
  }

  private rootPlaces(): Place[] {
    return this.options.roots.flatMap((folder) => {
      const own = this.placeOf(folder);
      // A package that was opened itself is imported by its own name.
      return this.isPackage(folder)
        ? [own, { folder: folderOf(folder), isLibrary: false, only: stemOf(folder) }]
        : [own];
    });
  }

  /** `src` folders of the roots and of the projects around a file: in an editable install they are on the path. */
  private projectPlaces(main: string | null): Place[] {
    const folders = main === null ? [] : this.foldersUpToRoot(folderOf(main)).filter((each) => this.isProject(each));
    const sources = [
      ...folders.flatMap((each) => [each, `${each}/src`]),
      ...this.options.roots.map((each) => `${each}/src`),
    ];
    return [...new Set(sources)]
      .filter((each) => this.files.kind(each) === "directory")
      .map((folder) => ({ folder, isLibrary: false }));
  }

  private isProject(folder: string): boolean {
    return ["pyproject.toml", "setup.py", "setup.cfg"].some((name) => this.files.kind(join(folder, name)) === "file");
  }

  /** A folder of the workspace and those above it there. */
  private foldersUpToRoot(folder: string): string[] {
    if (!this.isInRoots(folder)) return [];
    return [folder, ...this.foldersUpToRoot(folderOf(folder))];
  }

  /** A folder that imports are searched in. Around a file of an installed package it is where all of them lie. */
  private placeOf(folder: string): Place {
    const { libraries, environment } = this.options;
    return { folder, isLibrary: libraries.includes(folder) || environment?.folders.includes(folder) === true };
  }

  private installedPlaces(): readonly Place[] {
    if (this.installed === null) {
      const { libraries, environment } = this.options;
      const installed = [...libraries, ...(environment?.folders ?? [])].map((folder) => ({ folder, isLibrary: true }));
      // What is linked to may be the very source that is worked on.
      const linkedTo = (folder: string): Place => ({ folder, isLibrary: !this.isInRoots(folder) });
      const [path = [], linked = []] = [environment?.path, environment?.linked].map((each) => each?.map(linkedTo));
      this.installed = [...path, ...installed, ...linked];
    }
    return this.installed;
  }

  /** A package that an editable install leads to by its name. */
  private linkedByName(name: string): Resolved | null {
    const path = this.options.environment?.named.get(name);
    if (path === undefined) return null;
    const isLibrary = !this.isInRoots(path);
    const file = path.endsWith(".py") ? path : join(path, "__init__.py");
    if (this.files.kind(file) === "file") return { kind: "file", path: file, isPackage: file !== path, isLibrary };
    return this.files.kind(path) === "directory" ? { kind: "namespace", places: [{ folder: path, isLibrary }] } : null;
  }

  private isLibrary(path: string): boolean {
    return this.installed?.some(({ folder, isLibrary }) => isLibrary && path.startsWith(`${folder}/`)) === true;
  }

  private isInRoots(path: string): boolean {
    return this.options.roots.some((root) => path === root || path.startsWith(`${root}/`));
  }

  /** The folder that holds the outermost package of a file. */
  private topFolder(path: string): string {
    const start = folderOf(path);
    const known = this.tops.get(start);
    if (known !== undefined) return known;
    let folder = start;
    while (!this.options.roots.includes(folder) && this.isPackage(folder) && folderOf(folder) !== folder) {
      folder = folderOf(folder);
    }
    this.tops.set(start, folder);
    return folder;
  }

  private isPackage(folder: string): boolean {
    return this.files.kind(join(folder, "__init__.py")) === "file";
  }
}

/** Whether a file is a module of this name in a form that is not read. */
function isCompiled(file: string, name: string): boolean {
  return file.startsWith(`${name}.`) && /\.(so|pyd|dll|pyc|egg|zip)$/.test(file);
}

export function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name.endsWith(".py") ? name.slice(0, -3) : name;
}

/** The folder of a file; empty for what lies in none. */
export function folderOf(path: string): string {
  const cut = path.lastIndexOf("/");
  return cut === 0 ? "/" : path.slice(0, Math.max(cut, 0));
}

/** The first regular package or module of the places; else the folders of that name together. */
function firstOf(name: string, places: readonly Place[], files: FileSystem): Resolved | null {
  const portions: Place[] = [];
  for (const place of places) {
    const found = inFolder(place, name, files);
    if (found?.kind === "file") return found;
    if (found) portions.push(...found.places);
  }
  return portions.length === 0 ? null : { kind: "namespace", places: portions };
}

function inFolder(place: Place, name: string, files: FileSystem): Resolved | null {
  const { folder, isLibrary, only } = place;
  // What is not saved yet lies in no folder.
  if (folder === "" || name === "" || (only !== undefined && only !== name)) return null;
  const package_ = join(folder, name);
  const isFolder = files.kind(package_) === "directory";
  if (isFolder) {
    const init = join(package_, "__init__.py");
    if (files.kind(init) === "file") return { kind: "file", path: init, isPackage: true, isLibrary };
  }
  const plain = `${package_}.py`;
  if (files.kind(plain) === "file") return { kind: "file", path: plain, isPackage: false, isLibrary };
  // Beside a compiled module such a folder holds its stubs: Python takes the module.
  if (!isFolder || files.list?.(folder).some((file) => isCompiled(file, name))) return null;
  return { kind: "namespace", places: [{ folder: package_, isLibrary }] };
}

/** Where the submodules of a package lie. */
function placesWithin(package_: Resolved): readonly Place[] {
  if (package_.kind === "namespace") return package_.places;
  return [{ folder: folderOf(package_.path), isLibrary: package_.isLibrary }];
}

function join(folder: string, name: string): string {
  return folder === "/" ? `/${name}` : `${folder}/${name}`;
}
