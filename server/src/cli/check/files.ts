/** Which files `paramlens check` looks at: files by name, folders with all below them, globs. */
import { statSync } from "node:fs";
import path from "node:path";
import picomatch from "picomatch";
import { glob, isDynamicPattern } from "tinyglobby";
import { UserError } from "../errors.ts";

/** Folders that hold no source of the project, wherever they are. */
const never = [".*", "node_modules", "__pycache__", "site-packages", "venv", "build", "dist"].map(
  (name) => `**/${name}/**`,
);

export interface Excluded {
  readonly globs: readonly string[];
  /** The folder that the globs start from. */
  readonly folder: string;
}

/**
 * The files, as the person would name them, each once and in order. A file that is named itself is looked at in any
 * case; what a folder or a glob finds may be excluded.
 */
export async function filesToCheck(paths: readonly string[], excluded: Excluded): Promise<string[]> {
  const excludes = picomatch([...excluded.globs], { dot: true });
  const isExcluded = (file: string): boolean => excludes(slashed(path.relative(excluded.folder, path.resolve(file))));
  const found = new Set<string>();
  for (const each of paths) {
    const kind = kindOf(each);
    if (kind === "file") found.add(slashed(path.normalize(each)));
    else {
      const files = (await pythonFiles(each, kind)).filter((file) => !isExcluded(file));
      for (const file of files.toSorted()) found.add(file);
    }
  }
  return [...found];
}

async function pythonFiles(given: string, kind: "folder" | null): Promise<string[]> {
  if (kind === "folder") {
    const files = await glob("**/*.py", { cwd: given, ignore: never, expandDirectories: false });
    return files.map((file) => slashed(path.join(given, file)));
  }
  if (!isDynamicPattern(slashed(given))) throw new UserError(`${given}: no such file or folder`);
  const files = await glob(slashed(given), { ignore: never, expandDirectories: false });
  if (files.length === 0) throw new UserError(`${given}: no file matches`);
  return files.filter((file) => file.endsWith(".py"));
}

function kindOf(file: string): "file" | "folder" | null {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  return stats.isDirectory() ? "folder" : "file";
}

function slashed(file: string): string {
  return path.sep === "\\" ? file.replaceAll("\\", "/") : file;
}
