/**
 * Running other programs from the scripts, on every platform.
 */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { node24, root } from "./paths.mjs";

/** @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean }} RunOptions */

/**
 * Runs a program to its end and fails with its output when it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, settings(options));
  if (result.error) throw new Error(`${path.basename(command)}: ${result.error.message}`);
  if (result.status !== 0) {
    const output = options.quiet ? `\n${result.stdout}${result.stderr}`.trimEnd() : "";
    throw new Error(`${path.basename(command)} ${args.join(" ")} ended with ${result.status}${output}`);
  }
  return String(result.stdout ?? "");
}

/**
 * Like `run`, but only tells the exit status.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function tryRun(command, args, options = {}) {
  return spawnSync(command, args, settings(options)).status ?? 1;
}

/** A script of this repository, under Node 24. @param {readonly string[]} args @param {RunOptions} [options] */
export const runNode = (args, options) => run(node24(), args, options);

/**
 * npm, under Node 24 where it is there already: packages with native parts are built for the Node that runs npm.
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function npm(args, options = {}) {
  const env = withNode24(options.env ?? process.env);
  // An npm that runs this script has put its own Node's version in there; packages would take it for theirs.
  delete env.npm_config_user_agent;
  const cli = process.env.npm_execpath;
  if (cli?.endsWith("npm-cli.js")) return run(node24(), [cli, ...args], { ...options, env });
  if (process.platform !== "win32") return run("npm", args, { ...options, env });
  return run("cmd.exe", ["/d", "/s", "/c", "npm", ...args], { ...options, env });
}

/** The environment with Node 24 first on the PATH. @param {NodeJS.ProcessEnv} env @returns {NodeJS.ProcessEnv} */
export function withNode24(env) {
  return { ...env, PATH: `${path.dirname(node24())}${path.delimiter}${env.PATH ?? env.Path ?? ""}` };
}

/** @param {string} program */
export function onPath(program) {
  const finder = process.platform === "win32" ? "where" : "which";
  const found = spawnSync(finder, [program], { encoding: "utf8" });
  return found.status === 0 ? (found.stdout.split(/\r?\n/)[0] ?? null) : null;
}

/**
 * Runs a script's body and ends with one clear line where it fails.
 * @param {() => void | Promise<void>} body
 */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

/** @param {RunOptions} options @returns {import("node:child_process").SpawnSyncOptionsWithStringEncoding} */
function settings(options) {
  return {
    cwd: options.cwd ?? root,
    env: options.env ?? process.env,
    stdio: options.quiet ? "pipe" : ["ignore", "inherit", "inherit"],
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  };
}
