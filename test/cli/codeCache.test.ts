/** On Node 20 the command line keeps its compiled code itself; what is kept must never outlive the file that it is of. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const module = new URL("../../server/bin/codeCache.js", import.meta.url).href;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "code-cache-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(file: string, home = folder): string {
  const code = `import { runCached } from "${module}"; runCached(${JSON.stringify(file)});`;
  const env = { ...process.env, XDG_CACHE_HOME: home, LOCALAPPDATA: home, HOME: home };
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    encoding: "utf8",
    env,
  });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  return stdout;
}

function kept(under: string): string[] {
  return readdirSync(under, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".bin"));
}

test("A file runs as CommonJS, and its code is kept once", () => {
  const file = path.join(folder, "program.cjs");
  const names = "[typeof require, typeof module, require('node:path').basename(__filename)]";
  writeFileSync(file, `process.stdout.write(JSON.stringify(${names}));`);
  const first = run(file);
  expect(JSON.parse(first)).toEqual(["function", "object", "program.cjs"]);
  expect(kept(folder)).toHaveLength(1);
  expect(run(file)).toBe(first);
  expect(kept(folder)).toHaveLength(1);
});

test("A file of the same length that has changed runs as it now is", () => {
  const file = path.join(folder, "program.cjs");
  writeFileSync(file, "process.stdout.write('one');");
  expect(run(file)).toBe("one");
  writeFileSync(file, "process.stdout.write('two');");
  utimesSync(file, new Date(), new Date(Date.now() + 5000));
  expect(run(file)).toBe("two");
});

test("A folder that cannot be written is no failure", () => {
  const file = path.join(folder, "program.cjs");
  writeFileSync(file, "process.stdout.write('fine');");
  // A file stands where the folder would be made.
  expect(run(file, file)).toBe("fine");
});

test("Code that is not to be read is compiled anew", () => {
  const file = path.join(folder, "program.cjs");
  writeFileSync(file, "process.stdout.write('fine');");
  run(file);
  const [name] = kept(folder);
  writeFileSync(path.join(folder, name ?? ""), "no code");
  expect(run(file)).toBe("fine");
});
