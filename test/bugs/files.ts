/** The files of this folder, what ParamLens finds in them, and what its fixes make of them. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LineIndex } from "../../server/src/base/lines.ts";
import { applied } from "../../server/src/report/annotate.ts";
import { offeredFixes, reportOf } from "../../server/src/report/index.ts";
import { programFor, reportFile } from "../harness.ts";

export interface Found {
  /** From 1. */
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

export function brokenFiles(): string[] {
  return readdirSync(fileURLToPath(new URL("broken", import.meta.url)))
    .filter((name) => name.endsWith(".py"))
    .map((name) => name.slice(0, -".py".length))
    .toSorted();
}

/** The models of `test/models` and the examples. */
export function modelFiles(): string[] {
  return ["../models", "../../examples"].flatMap((folder) => {
    const path = fileURLToPath(new URL(folder, import.meta.url));
    return readdirSync(path)
      .filter((name) => name.endsWith(".py"))
      .map((name) => join(path, name));
  });
}

export function foundIn(kind: "broken" | "fixed", name: string): Promise<Found[]> {
  return foundInFile(pathOf(kind, name));
}

/** Everything that is found in a file, in the order of the text. */
export async function foundInFile(file: string): Promise<Found[]> {
  const lines = new LineIndex(readFileSync(file, "utf8"));
  const { diagnostics } = await reportFile(file);
  return diagnostics.map(({ range, code, message }) => ({
    line: lines.positionAt(range.start).line + 1,
    code,
    message,
  }));
}

/** The texts that the fixes offered for a broken file make of it. */
export async function offeredIn(name: string): Promise<{ name: string; title: string; text: string }[]> {
  const file = pathOf("broken", name);
  const program = await programFor([dirname(file)]);
  const analysis = await program.analyze(file);
  if (analysis === null) throw new Error(`the analysis of ${file} was stopped`);
  return reportOf(analysis).diagnostics.flatMap((found) =>
    offeredFixes(program, analysis, found).map(({ title, edits }) => ({
      name,
      title,
      text: applied(analysis.text, edits),
    })),
  );
}

function pathOf(kind: "broken" | "fixed", name: string): string {
  return fileURLToPath(new URL(`${kind}/${name}.py`, import.meta.url));
}
