/**
 * The suite in VS Code for the browser: code-server with the packaged extension and the suite installed, opened once in
 * a headless Chromium. Needs no download of an editor and no display.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { addressOf, createProfile, quietSettings, startEditor } from "../../scripts/lib/editor.mjs";
import { vsixFile } from "../../scripts/lib/paths.mjs";
import { main } from "../../scripts/lib/run.mjs";
import { launchBrowser } from "../e2e/browser.ts";
import { bundleSuite, copyExamples, packageSuite } from "./bundle.ts";
import { printResult, resultVariable, type SuiteResult } from "./result.ts";

const patience = 180_000;

await main(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "paramlens-suite-"));
  try {
    const result = await runSuite(folder);
    printResult(result);
    if (result.failed > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

async function runSuite(folder: string): Promise<SuiteResult> {
  await bundleSuite();
  const result = process.env[resultVariable] ?? path.join(folder, "result.json");
  const workspace = copyExamples(path.join(folder, "workspace"));
  const profile = createProfile(folder, [vsixFile, packageSuite()], quietSettings);
  const editor = await startEditor(profile, { [resultVariable]: result });
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
    const page = await context.newPage();
    await page.goto(addressOf(editor.port, workspace));
    const deadline = Date.now() + patience;
    while (!existsSync(result)) {
      if (Date.now() > deadline) throw new Error(`no result after ${patience / 1000} s\n${editor.log()}`);
      await page.waitForTimeout(200);
    }
    await page.waitForTimeout(100);
    return JSON.parse(readFileSync(result, "utf8"));
  } finally {
    await browser.close();
    await editor.stop();
  }
}
