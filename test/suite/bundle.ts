/**
 * Bundles the suite into a test-only extension in `dist/suite`, with a workspace for it to work on.
 */
import { copyFileSync, cpSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import esbuild from "esbuild";
import { at, root } from "../../scripts/lib/paths.mjs";
import { runNode } from "../../scripts/lib/run.mjs";

export const suiteFolder = at("dist", "suite", "extension");

export async function bundleSuite(): Promise<void> {
  rmSync(at("dist", "suite"), { recursive: true, force: true });
  mkdirSync(suiteFolder, { recursive: true });
  copyFileSync(at("test", "suite", "extension", "package.json"), path.join(suiteFolder, "package.json"));
  copyFileSync(at("LICENSE"), path.join(suiteFolder, "LICENSE"));
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ["test/suite/host.ts"],
    outfile: path.join(suiteFolder, "main.cjs"),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["vscode"],
    // Mocha's parallel mode, which the suite does not use, looks for files beside it.
    logOverride: { "require-resolve-not-external": "silent" },
    define: { "import.meta.url": "importMetaUrl" },
    banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
  });
}

/** The suite as a package that an editor can install. */
export function packageSuite(): string {
  const file = at("dist", "suite", "suite.vsix");
  const vsce = at("node_modules", "@vscode", "vsce", "vsce");
  runNode([vsce, "package", "--no-dependencies", "--allow-missing-repository", "--out", file], {
    cwd: suiteFolder,
    quiet: true,
  });
  return file;
}

/** A copy of the examples, so that no test touches the originals. */
export function copyExamples(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  cpSync(at("examples"), folder, { recursive: true });
  return folder;
}
