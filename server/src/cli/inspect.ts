/** `paramlens inspect --json`: every fact of the files, for scripts. */
import { version } from "../node/version.ts";
import { reportOf } from "../report/index.ts";
import { fileRow } from "./rows.ts";
import { analyzed, openProgram, type WorkspaceOptions } from "./workspace.ts";

/** Counts the changes of the output that readers must know of. */
const schema = 1;

export async function inspect(files: readonly string[], options: WorkspaceOptions): Promise<void> {
  const program = await openProgram(files, options);
  const rows: ReturnType<typeof fileRow>[] = [];
  for (const file of files) {
    const analysis = await analyzed(program, file);
    rows.push(fileRow(file, reportOf(analysis), analysis.lines));
  }
  process.stdout.write(`${JSON.stringify({ schema, tool: `paramlens ${version}`, files: rows }, null, 2)}\n`);
}
