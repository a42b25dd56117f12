/**
 * `npm start [-- FILE.py]`: from a fresh clone to ParamLens at work. Installs what is missing, builds, prints the
 * file's summary here, and opens the file in VS Code with the extension installed: desktop VS Code where `code` is on
 * the PATH, else VS Code in the browser.
 *
 *   --browser   the browser even where desktop VS Code is there
 *   --no-open   everything but the editor
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { addressOf, createProfile, startEditor } from "./lib/editor.mjs";
import { at, vsixFile } from "./lib/paths.mjs";
import { main, onPath, runNode } from "./lib/run.mjs";
import { installCodeServer, installPackages } from "./lib/setup.mjs";

const exampleFile = at("examples", "cifar_cnn.py");

await main(async () => {
  const file = path.resolve(process.argv.slice(2).find((argument) => !argument.startsWith("-")) ?? exampleFile);
  if (!existsSync(file)) throw new Error(`${file}: no such file`);
  installPackages();
  runNode([at("scripts", "package.mjs")]);
  printSummary(file);
  if (process.argv.includes("--no-open")) return;
  if (!process.argv.includes("--browser") && openOnDesktop(file)) return;
  await openInBrowser(file);
});

/** The summary in the terminal is a courtesy: where it fails, the editor still opens. @param {string} file */
function printSummary(file) {
  console.log();
  try {
    runNode([at("server", "bin", "paramlens.js"), "summary", file]);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  console.log();
}

/** @param {string} file */
function openOnDesktop(file) {
  if (onPath("code") === null) return false;
  const code = (/** @type {string[]} */ args) =>
    spawnSync("code", args, { stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" }).status ===
    0;
  const quote = (/** @type {string} */ argument) => (process.platform === "win32" ? `"${argument}"` : argument);
  const opened =
    code(["--install-extension", quote(vsixFile), "--force"]) &&
    code([quote(path.dirname(file)), "--goto", quote(file)]);
  console.log(opened ? `VS Code shows ${file}` : "VS Code did not open; trying the browser");
  return opened;
}

/** @param {string} file */
async function openInBrowser(file) {
  const missing = installCodeServer();
  if (missing !== null) throw new Error(`No editor to open: \`code\` is not on the PATH, and ${missing}`);
  const editor = await startEditor(createProfile(at(".cache", "editor"), [vsixFile]));
  console.log(`Open in your browser (Ctrl-C ends it):\n\n  ${addressOf(editor.port, path.dirname(file), file)}\n`);
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.once(signal, () => void editor.stop());
  await editor.ended;
}
