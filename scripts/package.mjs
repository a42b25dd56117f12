/**
 * `npm run package`: one universal .vsix from a fresh build, and a check that it stays small.
 */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { at, root, vsixFile } from "./lib/paths.mjs";
import { main, runNode } from "./lib/run.mjs";

const maxBytes = 2_000_000;

await main(() => {
  runNode([at("scripts", "build.mjs")]);
  const readme = at("dist", "README.md");
  writeFileSync(readme, withoutNeighbours(readFileSync(at("README.md"), "utf8")));
  const vsce = at("node_modules", "@vscode", "vsce", "vsce");
  const options = ["--no-dependencies", "--allow-missing-repository", "--readme-path", path.relative(root, readme)];
  runNode([vsce, "package", ...options, "--out", vsixFile], { quiet: true });
  const { size } = statSync(vsixFile);
  console.log(`${path.relative(root, vsixFile)}: ${(size / 1e6).toFixed(2)} MB`);
  if (size > maxBytes) throw new Error(`the package is larger than ${maxBytes / 1e6} MB`);
});

/**
 * The README for the extension's page in the editor: without pictures of, and links to, files that only the checkout has.
 * @param {string} markdown
 */
function withoutNeighbours(markdown) {
  return markdown
    .replaceAll(/^!\[[^\]]*\]\((?!https?:)[^)]*\)\n\n?/gm, "")
    .replaceAll(/\[([^\]]*)\]\((?!https?:)[^)]*\)/g, "$1");
}
