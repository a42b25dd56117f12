/**
 * VS Code in the browser: a profile of its own with extensions installed, the server on a free loopback port, and the
 * address that opens a file. Shared by `npm start` and the tests.
 */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { node24 } from "./paths.mjs";
import { run, withNode24 } from "./run.mjs";
import { codeServerEntry } from "./setup.mjs";

/** @typedef {{ readonly userData: string, readonly extensions: string, readonly config: string }} Profile */

/** @typedef {{ readonly port: number, readonly log: () => string, readonly ended: Promise<number>, stop(): Promise<void> }} Editor */

/** A clean picture: no assistants, no welcome, no questions. */
export const quietSettings = {
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "git.enabled": false,
  "security.workspace.trust.enabled": false,
};

/**
 * Makes a profile in a folder and installs packaged extensions into it.
 * @param {string} folder
 * @param {readonly string[]} vsixFiles
 * @param {Record<string, unknown>} [settings]
 * @returns {Profile}
 */
export function createProfile(folder, vsixFiles, settings = quietSettings) {
  const profile = {
    userData: path.join(folder, "data"),
    extensions: path.join(folder, "extensions"),
    config: path.join(folder, "config.yaml"),
  };
  mkdirSync(path.join(profile.userData, "User"), { recursive: true });
  mkdirSync(profile.extensions, { recursive: true });
  writeFileSync(profile.config, "");
  writeFileSync(path.join(profile.userData, "User", "settings.json"), JSON.stringify(settings, null, 2));
  for (const file of vsixFiles) {
    run(node24(), [codeServerEntry, ...profileFlags(profile), "--install-extension", file, "--force"], {
      env: environment(),
      quiet: true,
    });
  }
  return profile;
}

/**
 * Starts the server and waits until it answers.
 * @param {Profile} profile
 * @param {NodeJS.ProcessEnv} [extraEnvironment]
 * @returns {Promise<Editor>}
 */
export async function startEditor(profile, extraEnvironment = {}) {
  const port = await freePort();
  const flags = ["--bind-addr", `127.0.0.1:${port}`, "--auth", "none", "--disable-workspace-trust"];
  const quiet = ["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"];
  const child = spawn(node24(), [codeServerEntry, ...profileFlags(profile), ...flags, ...quiet], {
    env: { ...environment(), ...extraEnvironment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => child.on("exit", (code) => resolve(code ?? 0)));
  const editor = {
    port,
    log: () => output,
    ended,
    async stop() {
      child.kill("SIGTERM");
      const killer = setTimeout(() => child.kill("SIGKILL"), 5000);
      await ended;
      clearTimeout(killer);
    },
  };
  const deadline = Date.now() + 60_000;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await editor.stop();
      throw new Error(`code-server did not start:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  return editor;
}

/**
 * The address of a folder with a file of it open.
 * @param {number} port
 * @param {string} folder
 * @param {string} [file]
 */
export function addressOf(port, folder, file) {
  const host = `127.0.0.1:${port}`;
  const address = new URL(`http://${host}/`);
  address.searchParams.set("folder", folder);
  if (file !== undefined) {
    address.searchParams.set("payload", JSON.stringify([["openFile", `vscode-remote://${host}${encodeURI(file)}`]]));
  }
  return address.href;
}

/** @param {Profile} profile */
function profileFlags({ userData, extensions, config }) {
  return ["--user-data-dir", userData, "--extensions-dir", extensions, "--config", config];
}

/** An editor that runs in another one must not take itself for a part of it. */
function environment() {
  const env = withNode24(process.env);
  for (const name of Object.keys(env)) if (/^(VSCODE_|npm_)/i.test(name)) delete env[name];
  return env;
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** @param {number} port */
async function answers(port) {
  try {
    return (await fetch(`http://127.0.0.1:${port}/healthz`)).ok;
  } catch {
    return false;
  }
}
