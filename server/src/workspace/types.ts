/** What windows give to the core: files through one small port, options, and a way to stop. */
import type { InputSpec } from "./inputs.ts";

/** File access behind one small port; the browser and Node each bring theirs. Reading never throws. */
export interface FileSystem {
  /** The text of a file, or null where it can't be read. */
  read(path: string): string | null;
  /** Whether the path is a file, a directory, or nothing. */
  kind(path: string): "file" | "directory" | null;
  /** Names in a folder, sorted; none where it cannot be listed. Without it nothing is told by what is not there. */
  list?(folder: string): readonly string[];
}

/** Files on a disk, where environments are looked for. Nothing here throws. */
export interface DiskFiles extends FileSystem {
  list(folder: string): readonly string[];
  /** The path with its symbolic links followed; itself where that fails. */
  real(path: string): string;
}

/**
 * An installed Python as far as imports need it. Nothing is looked up before a name is asked for that the workspace does
 * not have.
 */
export interface PythonEnvironment {
  /** What people call it; null where no Python is known. */
  readonly name: string | null;
  /** Why no Python is known, where that is so. */
  readonly absence: string;
  /** Folders that come before what is installed: `PYTHONPATH`, and the extra paths of settings. */
  readonly path: readonly string[];
  /** Folders of installed packages, in the order of Python's path. */
  readonly folders: readonly string[];
  /** Folders that `.pth` files and links of editable installs add to the path. */
  readonly linked: readonly string[];
  /** Packages that editable installs find by name: a folder, or a file. */
  readonly named: ReadonlyMap<string, string>;
}

export interface ProgramOptions {
  /** Workspace folders, and other roots that absolute imports are searched in. */
  readonly roots: readonly string[];
  /** Folders of installed packages, searched after the roots. Their modules run only as far as they are asked. */
  readonly libraries: readonly string[];
  /** Where more installed packages are found, after the libraries. */
  readonly environment?: PythonEnvironment;
  /** `paramlens.inputShapes`: class name → input text as in a `given` comment. */
  readonly inputShapes: Readonly<Record<string, string>>;
  /** The symbol of an unknown batch size. */
  readonly batchSymbol: string;
  /** Inputs that were asked for of one model, by the name of its variable or class: before all other sources. */
  readonly inputs?: { readonly model: string; readonly specs: readonly InputSpec[] };
}

export interface CancelToken {
  readonly cancelled: boolean;
}
