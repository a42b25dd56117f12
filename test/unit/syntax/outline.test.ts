/** Statements told apart without parsing are those that the parser finds, with the names that they bind. */
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readParserAssets } from "../../../server/src/node/assets.ts";
import { boundNames } from "../../../server/src/syntax/bindings.ts";
import { outline } from "../../../server/src/syntax/outline.ts";
import { PythonParser } from "../../../server/src/syntax/parser.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const parser = await PythonParser.create(readParserAssets());

test("the outline of every Python file of this repository is the parser's", () => {
  const files = globSync(["examples/**/*.py", "test/**/*.py"], { cwd: root }).filter(
    (file) => !file.includes("broken"),
  );
  expect(files.length).toBeGreaterThan(60);
  for (const file of files) expect(disagreements(readFileSync(`${root}/${file}`, "utf8")), file).toEqual([]);
});

test.each([
  ["decorators", "@a\n@b(\n  1,\n)\n# why\nclass C:\n\n    x = 1\n\ndef f(): pass\n", [["C"], ["f"]]],
  ["clauses", "if a:\n  b = 1\nelse:\n  b = 2\nc = 3\n", [null, ["c"]]],
  ["strings", "a = '''\ndef no():\n'''\nb = \"# [\"  # (\nc = r'\\''\n", [["a"], ["b"], ["c"]]],
  ["lines carried on", "a = 1 + \\\n  2\nb: int = (\n3)\n", [["a"], ["b"]]],
  [
    "imports",
    "import a.b, c as d\nfrom e import (f,  # g\n  h as i,)\nfrom j import *\n",
    [["a", "d"], ["f", "i"], null],
  ],
  ["what only the parser tells", "a = b = 1\na, b = c\na += 1\nx.y = 1\na = 1; b = 2\nf(a := 1)\n", [null]],
  ["words that are no names", "try:\n  a = 1\nexcept E:\n  pass\n", [null]],
  ["a docstring", '"""Not [a list."""\nimport a\n', [[], ["a"]]],
])("%s", (_what, text, names) => {
  expect(outline(text)?.map((stretch) => stretch.names)).toEqual(names);
});

test.each([
  ["an open bracket", "a = (1\n"],
  ["a bracket too many", "a = 1)\n"],
  ["a string without an end", "a = 'b\n"],
  ["a long string without an end", "a = '''b\n"],
])("%s is left to the parser", (_what, text) => {
  expect(outline(text)).toBeNull();
});

/** Where outline and parser differ, in words. */
function disagreements(text: string): string[] {
  const stretches = outline(text);
  if (stretches === null) return ["no outline"];
  const units = parser.parseOnce("file.py", text).units;
  return stretches.flatMap(({ start, end, names }) => {
    const inside = units.filter(({ offset }) => offset >= start && offset < end);
    const cut = inside
      .filter(({ offset, text }) => offset + text.trimEnd().length > end)
      .map(() => "a statement is cut");
    const bound = new Set(inside.flatMap(({ statement }) => [...boundNames([statement])]));
    const same = names === null || (bound.size === new Set(names).size && names.every((name) => bound.has(name)));
    return same ? cut : [...cut, `${JSON.stringify(names)} instead of ${JSON.stringify([...bound])}`];
  });
}
