/** Where a Python environment keeps its packages. The environment is looked at, never run. */
import { readdirSync, statSync } from "node:fs";
import path from "node:path";

/**
 * The folders of installed packages that belong to a Python: a path of an executable or of an environment, or the name
 * of a command. Empty where nothing is found.
 */
export function sitePackages(python: string): string[] {
  const found = kindOf(python) === null && !/[\\/]/.test(python) ? onPath(python) : python;
  const kind = found === null ? null : kindOf(found);
  if (found === null || kind === null) return [];
  const prefixes = kind === "directory" ? [found] : [path.dirname(path.dirname(found)), path.dirname(found)];
  return [...new Set(prefixes.flatMap(packagesUnder))];
}

function packagesUnder(prefix: string): string[] {
  const libraries = ["lib", "lib64", "local/lib"].map((name) => path.join(prefix, name));
  const versions = libraries.flatMap((library) =>
    entries(library)
      .filter((name) => /^(python|pypy)3/.test(name))
      .map((name) => path.join(library, name)),
  );
  return [...versions, path.join(prefix, "Lib")]
    .flatMap((folder) => [path.join(folder, "site-packages"), path.join(folder, "dist-packages")])
    .filter((folder) => kindOf(folder) === "directory");
}

function onPath(command: string): string | null {
  const names = process.platform === "win32" ? [`${command}.exe`] : [command];
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find(isFile) ?? null;
}

function isFile(file: string): boolean {
  return kindOf(file) === "file";
}

function kindOf(file: string): "file" | "directory" | null {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  return stats.isDirectory() ? "directory" : "file";
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}
