/**
 * What a run of the suite in the extension host leaves in a file for its launcher.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly { readonly title: string; readonly message: string }[];
}

/** The environment variable that names the file. */
export const resultVariable = "PARAMLENS_SUITE_RESULT";

export function printResult(result: SuiteResult): void {
  for (const { title, message } of result.failures)
    console.log(`  ✗ ${title}\n    ${message.replaceAll("\n", "\n    ")}`);
  console.log(`in the extension host: ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped`);
}

export function readResult(file: string): SuiteResult | null {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}

/** The person's settings of an editor that has not started yet. */
export function writeSettings(userData: string, settings: Record<string, unknown>): void {
  mkdirSync(path.join(userData, "User"), { recursive: true });
  writeFileSync(path.join(userData, "User", "settings.json"), JSON.stringify(settings, null, 2));
}
