/** `paramlens annotate`: the source with its hints as comments, printed or written. */
import { readFileSync, writeFileSync } from "node:fs";
import { annotations, applied } from "../report/annotate.ts";
import { reportOf } from "../report/index.ts";
import { UserError } from "./errors.ts";
import { analyzed, openProgram, type WorkspaceOptions } from "./workspace.ts";

export interface AnnotateOptions extends WorkspaceOptions {
  readonly write: boolean;
}

export async function annotate(files: readonly string[], options: AnnotateOptions): Promise<void> {
  const program = await openProgram(files, options);
  for (const file of files) {
    const analysis = await analyzed(program, file);
    const { text } = analysis;
    const annotated = applied(text, annotations(text, reportOf(analysis)));
    if (!options.write) process.stdout.write(annotated);
    else if (annotated !== text) write(file, annotated);
  }
}

function write(file: string, text: string): void {
  const bytes = readFileSync(file);
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? "\uFEFF" : "";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(`${file}: not written, since it is not in UTF-8`);
  }
  try {
    writeFileSync(file, mark + text);
  } catch (error) {
    throw new UserError(`${file}: cannot be written: ${error instanceof Error ? error.message : error}`);
  }
}
