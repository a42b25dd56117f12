/**
 * Installs what the scripts need and a machine lacks: npm packages, the editor, a browser. Built-ins only, and nothing
 * happens where everything is there. An installer gives `null`, or one line that says why a thing can't be had.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { at } from "./paths.mjs";
import { npm, onPath, tryRun } from "./run.mjs";

/** The npm packages of this repository, as package-lock.json has them. */
export function installPackages() {
  const installed = at("node_modules", ".package-lock.json");
  if (existsSync(installed) && modified(installed) + clockTolerance >= modified(at("package-lock.json"))) return;
  console.log("Installing npm packages …");
  // `npm ci` would remove the Node that may be running this very script.
  npm([...(existsSync(installed) ? ["install", "--no-save"] : ["ci"]), "--loglevel=error"]);
}

/** VS Code for the browser, in `.cache`, where its 400 MB are in nobody's way. @returns {string | null} */
export function installCodeServer() {
  if (process.platform === "win32") return "code-server does not run on Windows";
  const folder = at(".cache", "code-server");
  const complete = at(".cache", "code-server", ".installed");
  if (existsSync(complete) && readFileSync(complete, "utf8") === codeServerVersion) return null;
  const missing = installDebianPackage("libkrb5-dev", () => existsSync("/usr/include/krb5.h") || !onPath("apt-get"));
  if (missing) return `code-server: ${missing}`;
  console.log(`Installing code-server ${codeServerVersion} into .cache (once, a few minutes) …`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(at(".cache", "code-server", "package.json"), `${JSON.stringify(codeServerPackage, null, 2)}\n`);
  try {
    npm(["install", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder, quiet: true });
  } catch (error) {
    return `code-server could not be installed: ${lastLine(error)}`;
  }
  writeFileSync(complete, codeServerVersion);
  return null;
}

/** The program that starts VS Code for the browser. */
export const codeServerEntry = at(".cache", "code-server", "node_modules", "code-server", "out", "node", "entry.js");

/** @returns {{ path: string } | { missing: string }} */
export function installChromium() {
  const given = process.env.PARAMLENS_CHROMIUM ?? findChromium();
  if (given) return { path: given };
  const missing = installDebianPackage("chromium", () => findChromium() !== null);
  const found = findChromium();
  return found ? { path: found } : { missing: missing ?? "no Chromium or Chrome on this machine" };
}

/** The sources of torchvision, in `.cache` as an environment has them; nothing of it is run. @returns {string | null} */
export function installTorchvision() {
  const complete = path.join(torchvisionPackages, ".installed");
  if (existsSync(complete) && readFileSync(complete, "utf8") === torchvisionVersion) return null;
  const get = `pip download --no-deps --retries 0 torchvision==${torchvisionVersion}`;
  const python = onPath("python3") ?? onPath("python");
  if (python === null) return `no Python whose pip could fetch torchvision's sources: ${get}`;
  console.log(`Fetching the sources of torchvision ${torchvisionVersion} into .cache (once) …`);
  rmSync(torchvisionEnvironment, { recursive: true, force: true });
  mkdirSync(torchvisionPackages, { recursive: true });
  const wheels = path.join(torchvisionEnvironment, "wheels");
  const download = ["-m", ...get.split(" "), "--dest", wheels, "--quiet", "--disable-pip-version-check"];
  if (tryRun(python, download, { quiet: true }) !== 0) return `torchvision's sources could not be fetched: ${get}`;
  const wheel = readdirSync(wheels).find((name) => name.endsWith(".whl"));
  if (!wheel) return `pip gave no wheel: ${get}`;
  if (tryRun(python, ["-m", "zipfile", "-e", path.join(wheels, wheel), torchvisionPackages], { quiet: true }) !== 0) {
    return `${wheel} could not be unpacked`;
  }
  rmSync(wheels, { recursive: true });
  writeFileSync(complete, torchvisionVersion);
  return null;
}

/** What `--python` takes to read torchvision. */
export const torchvisionEnvironment = at(".cache", "torchvision");
/** Where imports find torchvision there. */
export const torchvisionPackages = path.join(torchvisionEnvironment, "lib", "python3.12", "site-packages");

const torchvisionVersion = "0.28.0";

const codeServerVersion = "4.139.1";
const codeServerPackage = {
  private: true,
  dependencies: { "code-server": codeServerVersion },
  allowScripts: { "code-server": true, argon2: true },
};

/** npm writes the two lock files one after the other. */
const clockTolerance = 5000;

/** @param {string} name @param {() => boolean} isThere @returns {string | null} */
function installDebianPackage(name, isThere) {
  if (isThere()) return null;
  if (!onPath("apt-get")) return `${name} is not installed`;
  if (process.getuid?.() !== 0) return `${name} is missing; install it with: sudo apt-get install ${name}`;
  console.log(`Installing Debian's ${name} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = () => tryRun("apt-get", ["install", "-y", "-q", name], { env, quiet: true });
  if (install() !== 0) {
    tryRun("apt-get", ["update", "-q"], { env, quiet: true });
    install();
  }
  return isThere() ? null : `apt-get could not install ${name}`;
}

function findChromium() {
  for (const name of ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]) {
    const found = onPath(name);
    if (found) return found;
  }
  const usual = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  ];
  return usual.find((file) => existsSync(file)) ?? null;
}

/** @param {string} file */
const modified = (file) => statSync(file).mtimeMs;

/** @param {unknown} error */
function lastLine(error) {
  const lines = String(error instanceof Error ? error.message : error)
    .trim()
    .split("\n");
  return lines.findLast((line) => line.trim() !== "") ?? "unknown failure";
}
