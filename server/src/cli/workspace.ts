/** The program that the commands ask: files on disk, and the folders that imports are searched in. */
import path from "node:path";
import { environmentOf } from "../environment/index.ts";
import { readParserAssets } from "../node/assets.ts";
import { nodeFiles } from "../node/files.ts";
import { machine } from "../node/machine.ts";
import { PythonParser } from "../syntax/parser.ts";
import type { Analysis } from "../workspace/analysis.ts";
import { Program, UnreadableFile } from "../workspace/program.ts";
import { UserError } from "./errors.ts";

export interface WorkspaceOptions {
  /** A Python executable or environment whose installed packages are read. */
  readonly python?: string;
  /** Inputs by class or variable, as in the settings of an editor. */
  readonly inputShapes?: Readonly<Record<string, string>>;
  readonly batchSymbol?: string;
}

/** A program for the given files; their own folders go before the current one, as in Python. */
export async function openProgram(
  files: readonly string[],
  { python = "", inputShapes = {}, batchSymbol = "N" }: WorkspaceOptions,
): Promise<Program> {
  const here = slashed(process.cwd());
  const [folder = here] = files.map((file) => slashed(path.dirname(path.resolve(file))));
  const environment = environmentOf({ folder, python, extraPaths: [] }, machine);
  if (python !== "" && environment.name === null) {
    throw new UserError(`--python ${python}: no Python environment with installed packages there`);
  }
  const roots = [...files.map(importRoot), ...files.flatMap((file) => projectRoot(path.resolve(file))), here];
  const parser = await PythonParser.create(readParserAssets());
  return new Program(parser, nodeFiles, {
    roots: [...new Set(roots)],
    libraries: [],
    environment,
    inputShapes,
    batchSymbol,
  });
}

export async function analyzed(program: Program, file: string): Promise<Analysis> {
  try {
    const analysis = await program.analyze(absolute(file));
    if (analysis !== null) return analysis;
  } catch (error) {
    if (error instanceof UnreadableFile) throw new UserError(unreadable(file));
    throw error;
  }
  throw new Error(`${file}: the analysis was given up`);
}

/** The path by which the core knows a file. */
export function absolute(file: string): string {
  return slashed(path.resolve(file));
}

/** Why a file cannot be read, by the name that the person gave. */
function unreadable(file: string): string {
  const kind = nodeFiles.kind(absolute(file));
  if (kind === "directory") return `${file}: is a folder, not a file`;
  return kind === null ? `${file}: no such file` : `${file}: cannot be read as text`;
}

/** The folder that a file's absolute imports start from: the first one above it that is no package. */
function importRoot(file: string): string {
  let folder = path.dirname(path.resolve(file));
  while (nodeFiles.kind(path.join(folder, "__init__.py")) === "file" && path.dirname(folder) !== folder) {
    folder = path.dirname(folder);
  }
  return slashed(folder);
}

/** The folder above a file that is a project's, by what lies in it. */
function projectRoot(file: string): string[] {
  const folder = path.dirname(file);
  if (folder === file) return [];
  const marks = ["pyproject.toml", "setup.py", "setup.cfg", ".git"].map((name) => path.join(folder, name));
  return marks.some((mark) => nodeFiles.kind(mark) !== null) ? [slashed(folder)] : projectRoot(folder);
}

function slashed(file: string): string {
  return path.sep === "\\" ? file.replaceAll("\\", "/") : file;
}
