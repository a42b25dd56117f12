/** Runs each program of `programs/` and holds every variable against what PyTorch recorded (`truth.json`). */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { preludeSource, torchModules } from "../../../server/src/frameworks/torch/binding/namespaces.ts";
import { runPython } from "../python/harness.ts";

const folder = new URL("./programs/", import.meta.url);
const truth = JSON.parse(readFileSync(new URL("./truth.json", import.meta.url), "utf8")) as Record<
  string,
  Record<string, string>
>;
const programs = readdirSync(folder).filter((name) => name.endsWith(".py"));

test("every program is recorded", () => {
  expect(programs.map((name) => name.slice(0, -3)).sort()).toEqual(Object.keys(truth).sort());
});

describe.each(programs)("%s", (file) => {
  const expected = Object.entries(truth[file.slice(0, -3)] ?? {});
  const framework = { natives: torchModules, source: (name: string) => preludeSource(name)?.text ?? null };
  const ran = runPython(readFileSync(new URL(file, folder), "utf8"), undefined, {}, framework);

  test("runs through", () => {
    expect(ran.failures).toEqual([]);
  });

  test.each(expected)("%s is %s", (name, value) => {
    expect(ran.show(name)).toBe(value);
  });
});
