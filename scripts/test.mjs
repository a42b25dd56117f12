/**
 * `npm test`: installs what is missing, runs everything there is and ends with `N passed, N failed`. What this machine
 * cannot have is counted as skipped, with the reason in one line; under `CI=true` that is a failure.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { at, node24 } from "./lib/paths.mjs";
import { main, tryRun, withNode24 } from "./lib/run.mjs";
import { installChromium, installCodeServer, installPackages, installTorchvision } from "./lib/setup.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const results = at("test-results");
const total = { passed: 0, failed: 0, skipped: 0 };
const inCi = process.env.CI === "true";

await main(() => {
  installPackages();
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  step("package", () => check([at("scripts", "package.mjs")]));
  step("lint", () => check([at("scripts", "lint.mjs")]));
  step("unit, specification and protocol tests", () => vitest("vitest.json", []));
  step("whole model libraries", () => {
    const missing = installTorchvision();
    return missing === null ? vitest("zoo.json", ["--config", at("test", "zoo", "vitest.config.ts")]) : skip(missing);
  });
  step("grammar of the directive comments", () => check(["--run", "test:grammar"]));
  const missing = missingEditor();
  step("in the extension host", () => (missing === null ? suite() : skip(missing)));
  step("end to end", () =>
    missing === null ? vitest("e2e.json", ["--config", at("test", "e2e", "vitest.config.ts")]) : skip(missing),
  );

  if (total.failed > 0) process.exitCode = 1;
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
});

/** @param {string} name @param {() => Counts} run */
function step(name, run) {
  console.log(`\n── ${name}`);
  const start = Date.now();
  const counts = run();
  for (const key of /** @type {const} */ (["passed", "failed", "skipped"])) total[key] += counts[key];
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`── ${name}: ${counts.passed} passed, ${counts.failed} failed in ${seconds} s`);
}

/** A program whose exit status is its result. @param {string[]} args @returns {Counts} */
function check(args) {
  const ok = tryRun(node24(), args, { env: withNode24(process.env) }) === 0;
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

/** @param {string} file @param {string[]} args @returns {Counts} */
function vitest(file, args) {
  const report = at("test-results", file);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const status = tryRun(node24(), [at("node_modules", "vitest", "vitest.mjs"), "run", ...args, ...reporters]);
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, testResults: { status: string, assertionResults: unknown[] }[] }} */
  const json = JSON.parse(readFileSync(report, "utf8"));
  // A file that does not even load has no test that could fail.
  const unloaded = json.testResults.filter(
    (each) => each.status === "failed" && each.assertionResults.length === 0,
  ).length;
  const failed = json.numFailedTests + unloaded;
  return {
    passed: json.numPassedTests,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: json.numPendingTests,
  };
}

/** @returns {Counts} */
function suite() {
  const report = at("test-results", "suite.json");
  const env = { ...process.env, PARAMLENS_SUITE_RESULT: report };
  const status = tryRun(node24(), [at("test", "suite", "run-code-server.ts")], { env });
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  /** @type {Counts} */
  const { passed, failed, skipped } = JSON.parse(readFileSync(report, "utf8"));
  return { passed, failed: failed === 0 && status !== 0 ? 1 : failed, skipped };
}

/** Why no editor can run here, or null. */
function missingEditor() {
  const browser = installChromium();
  return "missing" in browser ? browser.missing : installCodeServer();
}

/** @param {string} reason @returns {Counts} */
function skip(reason) {
  console.log(`${inCi ? "failed" : "skipped"}: ${reason}`);
  return inCi ? { passed: 0, failed: 1, skipped: 0 } : { passed: 0, failed: 0, skipped: 1 };
}
