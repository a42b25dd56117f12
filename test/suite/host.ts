/**
 * Runs the mocha suite inside the extension host: as a test-only extension that starts with the editor (`activate`), or
 * as the module that VS Code's test mode calls (`run`).
 */
import { writeFileSync } from "node:fs";
import Mocha from "mocha";
import { resultVariable, type SuiteResult } from "./result.ts";

export async function activate(): Promise<void> {
  if (process.env[resultVariable] !== undefined) await runSuite();
}

export async function run(): Promise<void> {
  const { failed } = await runSuite();
  if (failed > 0) throw new Error(`${failed} failed`);
}

async function runSuite(): Promise<SuiteResult> {
  const mocha = new Mocha({ ui: "bdd", reporter: Mocha.reporters.Base, timeout: 30_000 });
  // The suites are bundled with this file; they declare themselves once mocha's globals are there.
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  await import("./extension.suite.ts");
  const failures: { title: string; message: string }[] = [];
  let passed = 0;
  let skipped = 0;
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      const result = { passed, failed: failures.length, skipped, failures };
      const file = process.env[resultVariable];
      if (file !== undefined) writeFileSync(file, JSON.stringify(result, null, 2));
      resolve(result);
    });
    runner.on("pass", () => passed++);
    runner.on("pending", () => skipped++);
    runner.on("fail", (test, error: Error) => failures.push({ title: test.fullTitle(), message: error.message }));
  });
}
