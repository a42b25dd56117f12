/** Findings for scripts: one JSON object, lines and columns from 1, columns in UTF-16 units. */
import { version } from "../../node/version.ts";
import type { Checked } from "./findings.ts";

/** Counts the changes of the output that readers must know of. */
const schema = 1;

export function jsonReport({ files, findings }: Checked): string {
  const rows = findings.map(({ source: _, ...row }) => row);
  return `${JSON.stringify({ schema, tool: `paramlens ${version}`, files, findings: rows }, null, 2)}\n`;
}
