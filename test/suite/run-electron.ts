/**
 * The suite in desktop VS Code: the one that `VSCODE_PATH` names, else a downloaded one.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runTests } from "@vscode/test-electron";
import { quietSettings } from "../../scripts/lib/editor.mjs";
import { root } from "../../scripts/lib/paths.mjs";
import { main } from "../../scripts/lib/run.mjs";
import { bundleSuite, copyExamples, suiteFolder } from "./bundle.ts";
import { printResult, readResult, resultVariable, writeSettings } from "./result.ts";

await main(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "paramlens-suite-"));
  const result = process.env[resultVariable] ?? path.join(folder, "result.json");
  const userData = path.join(folder, "data");
  try {
    await bundleSuite();
    writeSettings(userData, quietSettings);
    const given = process.env.VSCODE_PATH;
    await runTests({
      ...(given === undefined ? {} : { vscodeExecutablePath: given }),
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(suiteFolder, "main.cjs"),
      extensionTestsEnv: { [resultVariable]: result },
      launchArgs: [
        copyExamples(path.join(folder, "workspace")),
        `--user-data-dir=${userData}`,
        `--extensions-dir=${path.join(folder, "extensions")}`,
        "--disable-workspace-trust",
      ],
    });
  } finally {
    const outcome = readResult(result);
    if (outcome !== null) printResult(outcome);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
