/** What windows give to the core: files through one small port, options, and a way to stop. */
import type { InputSpec } from "./inputs.ts";

/** File access behind one small port; the browser and Node each bring theirs. Reading never throws. */
export interface FileSystem {
  /** The text of a file, or null where it can't be read. */
  read(path: string): string | null;
  /** Whether the path is a file, a directory, or nothing. */
  kind(path: string): "file" | "directory" | null;
}

export interface ProgramOptions {
  /** Workspace folders, and other roots that absolute imports are searched in. */
  readonly roots: readonly string[];
  /** Folders of installed packages, searched after the roots. Their modules run only as far as they are asked. */
  readonly libraries: readonly string[];
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
