/**
 * `npm run package`: one universal .vsix from a fresh build, and a check that it stays small.
 */
import { statSync } from "node:fs";
import path from "node:path";
import { at, root, vsixFile } from "./lib/paths.mjs";
import { main, runNode } from "./lib/run.mjs";

const maxBytes = 2_000_000;

await main(() => {
  runNode([at("scripts", "build.mjs")]);
  const vsce = at("node_modules", "@vscode", "vsce", "vsce");
  runNode([vsce, "package", "--no-dependencies", "--allow-missing-repository", "--out", vsixFile], { quiet: true });
  const { size } = statSync(vsixFile);
  console.log(`${path.relative(root, vsixFile)}: ${(size / 1e6).toFixed(2)} MB`);
  if (size > maxBytes) throw new Error(`the package is larger than ${maxBytes / 1e6} MB`);
});
