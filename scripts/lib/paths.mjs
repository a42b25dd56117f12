/**
 * Where things are, for the scripts. Built-ins only: these modules run before anything is installed.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");

/** A path in the checkout. @param {...string} parts */
export const at = (...parts) => path.join(root, ...parts);

/** @type {{ version: string }} */
export const manifest = JSON.parse(readFileSync(at("package.json"), "utf8"));

/** The extension as `npm run package` writes it. */
export const vsixFile = at("dist", `paramlens-${manifest.version}.vsix`);

/** Node 24 of the devDependency `node`, or this process's own Node where that package brings none. */
export function node24() {
  const file = at("node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
  return existsSync(file) ? file : process.execPath;
}
