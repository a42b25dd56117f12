/** The reader of annotated Markdown: what it takes for an expectation, and that both directions of a mismatch show. */
import { expect, test } from "vitest";
import type { FileReport } from "../../server/src/report/types.ts";
import { differences, readCases, rewritten, type SpecFile, sourceOf } from "../spec/cases.ts";

const markdown = `# Layers

Prose.

## Linear

\`\`\`python
from torch import nn  # the usual
a = nn.Linear(4, 8)  # params: 40  # error[bad-argument]: too small
b = nn.Linear(4, 8)  #! params: 41
\`\`\`

## Two files

\`\`\`python
# file: one.py
x = 1
\`\`\`
\`\`\`python
y = 2
\`\`\`
`;

test("headings name the cases, blocks are their files, and lines lose their expectations", () => {
  const [linear, two] = readCases(markdown);
  expect(linear?.name).toBe("Layers › Linear");
  expect(linear?.files.map(sourceOf)).toEqual([
    "from torch import nn  # the usual\na = nn.Linear(4, 8)\nb = nn.Linear(4, 8)  # params: 41\n",
  ]);
  expect(linear?.files[0]?.lines[1]?.expected).toEqual(["# params: 40", "# error[bad-argument]: too small"]);
  expect(two?.files.map(({ name }) => name)).toEqual(["one.py", "case2.py"]);
});

test("what is met is silent; a part of a message is enough", () => {
  expect(differences(linear(), report([1, "# params: 40"], [1, "the argument is too small here"]))).toEqual([]);
});

test("what is missing and what is too much are both told", () => {
  expect(differences(linear(), report([1, "# params: 41"], [2, "too small"]))).toEqual([
    "case.py:2: a = nn.Linear(4, 8)\n    expected  # params: 40",
    "case.py:2: a = nn.Linear(4, 8)\n    expected  # error[bad-argument]: too small",
    "case.py:2: a = nn.Linear(4, 8)\n    shown     # params: 41",
    "case.py:3: b = nn.Linear(4, 8)  #! params: 41\n    shown     # error[bad-argument]: too small",
  ]);
});

test("an update writes what is shown and leaves the rest", () => {
  const [first] = readCases(markdown);
  const file = first?.files[0] as SpecFile;
  const text = rewritten(markdown, new Map([[file, report([2, "# params: 40"], [1, "it is too small"])]]));
  expect(text).toBe(
    markdown.replace("# params: 40  # error", "# error").replace("#! params: 41", "#! params: 41  # params: 40"),
  );
});

function linear(): SpecFile {
  return readCases(markdown)[0]?.files[0] as SpecFile;
}

/** A hint and a finding on lines of the first case. */
function report([hintLine, label]: [number, string], [findingLine, message]: [number, string]): FileReport {
  const starts = [0];
  for (const line of linear().lines) starts.push((starts.at(-1) ?? 0) + line.code.length + 1);
  const at = (line: number) => ({ start: starts[line] ?? 0, end: starts[line] ?? 0 });
  return {
    path: "case.py",
    hints: [{ offset: at(hintLine).start, kind: "params", label, params: null, range: at(hintLine), about: "layer" }],
    diagnostics: [{ range: at(findingLine), severity: "error", code: "bad-argument", message, related: [], fixes: [] }],
    lenses: [],
    models: [],
    values: [],
  };
}
