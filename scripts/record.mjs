/**
 * `npm run torch:record -- --seed S [--python PROGRAM]`: records calls of layers, functions and expressions from real
 * PyTorch with a seed, and replays them. Without `--keep` nothing in the repository changes.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { at, node24 } from "./lib/paths.mjs";
import { main, onPath, run, tryRun } from "./lib/run.mjs";
import { installPackages } from "./lib/setup.mjs";

const needs = `npm run torch:record needs a Python with PyTorch 2.13, einops and numpy, on any machine:
  python -m venv .venv
  .venv/bin/pip install torch==2.13.0 einops numpy
  npm run torch:record -- --seed 7 --python .venv/bin/python
--seed S makes another set of calls, 0 is the one in test/torch; --keep writes it there instead of a folder that goes away.`;

await main(() => {
  const options = argumentsOf(process.argv.slice(2));
  const python = options.python ?? process.env.PARAMLENS_PYTHON ?? onPath("python3") ?? onPath("python");
  const version = python === null ? null : versionOf(python);
  if (python === null || !version?.startsWith("2.13.")) {
    const found = python === null ? "no Python is on the PATH" : `${python} has ${version ?? "no PyTorch"}`;
    throw new Error(`${found}.\n${needs}`);
  }
  installPackages();
  const folder = options.keep ? at("test", "torch") : mkdtempSync(path.join(tmpdir(), "paramlens-rows-"));
  try {
    for (const script of ["record_layers.py", "record_ops.py", "record_expressions.py", "record_macs.py"]) {
      console.log(`── ${script} --seed ${options.seed}`);
      console.log(
        run(python, [at("test", "torch", script), "--seed", options.seed, "--out", folder], { quiet: true }).trim(),
      );
    }
    const vitest = [at("node_modules", "vitest", "vitest.mjs"), "run"];
    const tests = ["layers.test", "layers-python", "ops.test", "expressions.test", "macs.test"].map(
      (name) => `test/torch/${name}`,
    );
    process.exitCode = tryRun(node24(), [...vitest, ...tests], { env: { ...process.env, ROWS: folder } });
  } finally {
    if (!options.keep) rmSync(folder, { recursive: true, force: true });
  }
});

/** @param {readonly string[]} given */
function argumentsOf(given) {
  const value = (/** @type {string} */ name) => {
    const place = given.indexOf(name);
    return place < 0 ? null : (given[place + 1] ?? null);
  };
  const seed = value("--seed");
  if (seed === null || !/^\d+$/.test(seed)) throw new Error(`--seed takes a number.\n${needs}`);
  return { seed, python: value("--python"), keep: given.includes("--keep") };
}

/** The version of PyTorch that a Python has. @param {string} python */
function versionOf(python) {
  const asked = spawnSync(python, ["-c", "import torch, einops, numpy; print(torch.__version__)"], {
    encoding: "utf8",
  });
  return asked.status === 0 ? asked.stdout.trim() : null;
}
