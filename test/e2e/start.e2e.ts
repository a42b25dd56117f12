/**
 * `npm start`, as a person meets it: the summary in the terminal, an address that opens, Ctrl-C ends it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { afterEach, expect, test } from "vitest";
import { at, root } from "../../scripts/lib/paths.mjs";
import { until } from "./workbench.ts";

let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill("SIGKILL");
});

test("prints the summary, serves the editor, ends with Ctrl-C", { timeout: 120_000 }, async () => {
  const { output, ended } = start("--browser", at("examples", "cifar_cnn.py"));
  const [, address] = await until(
    async () => /^\s*(http:\/\/127\.0\.0\.1:\d+\/\S+)$/m.exec(output()) ?? undefined,
    "the editor's address",
    100_000,
  );
  expect(output()).toContain("5,852,234");
  const opened = new URL(address ?? "");
  expect(opened.searchParams.get("folder")).toBe(at("examples"));
  expect(opened.searchParams.get("payload")).toContain("/cifar_cnn.py");
  expect((await fetch(opened)).status).toBe(200);
  child?.kill("SIGINT");
  expect(await ended).toBe(0);
  await expect(fetch(opened)).rejects.toThrow();
});

test("a file that is not there is one clear line", async () => {
  const { output, ended } = start("nowhere.py");
  expect(await ended).toBe(1);
  expect(output().trim()).toMatch(/^\S*nowhere\.py: no such file$/);
});

function start(...args: string[]): { output: () => string; ended: Promise<number | null> } {
  const started = spawn(process.execPath, [at("scripts", "start.mjs"), ...args], { cwd: root });
  child = started;
  let text = "";
  for (const stream of [started.stdout, started.stderr]) stream.on("data", (chunk) => (text += chunk));
  return { output: () => text, ended: new Promise((resolve) => started.on("exit", resolve)) };
}
