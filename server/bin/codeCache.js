/**
 * What `module.enableCompileCache` does from Node 22 on, for the one bundle of the command line on Node 20: the code that
 * the first run has compiled is kept in the user's own cache folder, and later runs start with it.
 */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import module from "node:module";
import { homedir } from "node:os";
import path from "node:path";
import vm from "node:vm";

/**
 * Runs a CommonJS file as `require` would.
 * @param {string} file
 */
export function runCached(file) {
  const cache = cacheFile(file);
  const cachedData = read(cache);
  const script = new vm.Script(module.wrap(readFileSync(file, "utf8")), { filename: file, cachedData });
  // Kept at the end, when the functions of a whole run have been compiled.
  if (cachedData === undefined || script.cachedDataRejected) process.once("exit", () => keep(cache, script));
  const made = { exports: {} };
  const require = module.createRequire(file);
  script.runInThisContext().call(made.exports, made.exports, require, made, file, path.dirname(file));
}

/** V8 compares no more than the length of the text; its age goes into the name. */
function cacheFile(/** @type {string} */ file) {
  const { mtimeMs, size } = statSync(file);
  const name = `${path.basename(file)}-${size}-${Math.round(mtimeMs)}-${process.version}-${process.arch}.bin`;
  return path.join(cacheFolder(), "paramlens", name);
}

function cacheFolder() {
  if (process.platform === "win32" && process.env.LOCALAPPDATA) return process.env.LOCALAPPDATA;
  if (process.platform === "darwin") return path.join(homedir(), "Library", "Caches");
  return process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache");
}

function read(/** @type {string} */ file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/**
 * Another process may be reading: the file appears at once or not at all. A folder that cannot be written costs speed
 * and nothing else.
 * @param {string} file
 * @param {vm.Script} script
 */
function keep(file, script) {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, script.createCachedData(), { mode: 0o600 });
    renameSync(unfinished, file);
  } catch {
    // The next run compiles again.
  }
}
