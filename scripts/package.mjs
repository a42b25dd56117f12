/**
 * `npm run package`: one universal .vsix from a fresh build, and a check that it holds what it should and no more.
 */
import { statSync } from "node:fs";
import { at, vsixFile } from "./lib/paths.mjs";
import { runNode } from "./lib/run.mjs";

const maxBytes = 2_000_000;

runNode([at("scripts", "build.mjs")]);
runNode(
  [at("node_modules", "@vscode", "vsce", "vsce"), "package", "--no-dependencies", "--allow-missing-repository"].concat(
    "--out",
    vsixFile,
  ),
  { quiet: true },
);
const { size } = statSync(vsixFile);
console.log(`${vsixFile} (${(size / 1e6).toFixed(2)} MB)`);
if (size > maxBytes) throw new Error(`the package is larger than ${maxBytes / 1e6} MB`);
