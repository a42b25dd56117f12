/** From module names to files and back: packages, plain modules, the importing file's folder, and the roots. */
import type { FileSystem } from "./types.ts";

export interface ResolvedModule {
  /** null for a folder without `__init__.py`, a namespace package. */
  readonly path: string | null;
  readonly isPackage: boolean;
}

/** The file of a dotted name: in the importing file's top folder first, as for a script, then in the roots. */
export function resolveModule(
  name: string,
  from: string | null,
  roots: readonly string[],
  files: FileSystem,
): ResolvedModule | null {
  const parts = name.split(".");
  const places = from === null ? roots : [topFolder(from, files), folderOf(from), ...roots];
  for (const root of new Set(places)) {
    const found = inFolder(root, parts, files);
    if (found) return found;
  }
  return null;
}

/** The dotted name of a file's module: its packages' names before its own. */
export function moduleNameOf(path: string, roots: readonly string[], files: FileSystem): string {
  const stem = stemOf(path);
  const parts = stem === "__init__" ? [] : [stem];
  let folder = folderOf(path);
  while (folder !== "" && !roots.includes(folder) && files.kind(join(folder, "__init__.py")) === "file") {
    parts.unshift(stemOf(folder));
    folder = folderOf(folder);
  }
  return parts.join(".");
}

export function stemOf(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return name.endsWith(".py") ? name.slice(0, -3) : name;
}

function inFolder(root: string, parts: readonly string[], files: FileSystem): ResolvedModule | null {
  let folder = root;
  for (const part of parts.slice(0, -1)) {
    folder = join(folder, part);
    if (files.kind(folder) !== "directory") return null;
  }
  const last = parts.at(-1) ?? "";
  const package_ = join(folder, last);
  const init = join(package_, "__init__.py");
  if (files.kind(init) === "file") return { path: init, isPackage: true };
  const plain = `${package_}.py`;
  if (files.kind(plain) === "file") return { path: plain, isPackage: false };
  return files.kind(package_) === "directory" ? { path: null, isPackage: true } : null;
}

/** The folder that holds the outermost package of a file. */
function topFolder(path: string, files: FileSystem): string {
  let folder = folderOf(path);
  while (files.kind(join(folder, "__init__.py")) === "file" && folderOf(folder) !== folder) folder = folderOf(folder);
  return folder;
}

function folderOf(path: string): string {
  const cut = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return cut <= 0 ? path.slice(0, Math.max(cut, 0)) : path.slice(0, cut);
}

function join(folder: string, name: string): string {
  return folder === "" ? name : `${folder}${folder.includes("\\") && !folder.includes("/") ? "\\" : "/"}${name}`;
}
