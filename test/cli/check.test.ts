/** `paramlens check` as a build runs it: what it prints in each form, what it looks at, and how it ends. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Log } from "sarif";
import { afterEach, beforeEach, expect, test } from "vitest";
import codesOfBugs from "../bugs/codes.json" with { type: "json" };
import { root, runIn } from "./process.ts";
import { schemaErrors } from "./sarif.ts";

const wrong = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)
        self.fc = nn.Linear(8 * 8 * 8, 10)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        x = x.flatten(1)
\treturn self.fc(x)
`.replace("\treturn", "        return");
const called = `${wrong}\nnet = Net()\ny = net(torch.zeros(2, 3, 16, 16))\n`;
const right = "from torch import nn\n\nlayer = nn.Linear(4, 8)  # params: 40\n";
const stale = "from torch import nn\n\nlayer = nn.Linear(4, 8)  # params: 39\n";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "paramlens-check-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("text has the line with carets, the way of the data, and the fix", async () => {
  write("net.py", called);
  const { stdout, status } = await check("net.py");
  expect(stdout).toBe(
    [
      "net.py:13:16: error: Linear expects 512 input features (in_features=512), but input has 2048: (2, 2048) [in-features-mismatch]",
      "   |",
      "13 |         return self.fc(x)",
      "   |                ^^^^^^^^^^",
      "   = net.py:8:19: in_features=512 is set here",
      "   = net.py:12:9: x becomes (2, 2048) here",
      "   = fix: Set in_features to 2048",
      "",
      "1 file checked, 1 error",
      "",
    ].join("\n"),
  );
  expect(status).toBe(1);
});

test("carets stand under what they mean, behind tabs and wide signs too", async () => {
  write("net.py", `from torch import nn\nif True:\n\tname, layer = "🧠", nn.Linear(4.5, 2)\n`);
  const { stdout } = await check("net.py");
  const [source = "", carets = ""] = stdout.split("\n").slice(2, 4);
  expect(source).toBe('3 | \tname, layer = "🧠", nn.Linear(4.5, 2)');
  expect(carets).toBe(
    `  | \t${" ".repeat('name, layer = "🧠", '.length - 1)}${"^".repeat("nn.Linear(4.5, 2)".length)}`,
  );
});

test("nothing found is said, and is status 0", async () => {
  write("net.py", right);
  expect(await check("net.py")).toEqual({ stdout: "1 file checked, nothing found\n", stderr: "", status: 0 });
});

test("assertion comments are verified", async () => {
  write("net.py", stale);
  const { stdout, status } = await check("net.py");
  expect(stdout).toContain("net.py:3:26: warning: The comment says 39, but it is 40 → (N, 8). [stale-params]");
  expect(stdout).toContain("= fix: Change to # params: 40 → (N, 8)\n  = fix: Remove the comment\n");
  expect(status).toBe(1);
});

test("JSON has every finding with its fix", async () => {
  write("net.py", called);
  const json = JSON.parse((await check("net.py", "--format", "json")).stdout);
  expect(json).toMatchObject({ schema: 1, tool: expect.stringMatching(/^paramlens /), files: 1 });
  expect(json.findings).toEqual([
    {
      path: "net.py",
      line: 13,
      column: 16,
      endLine: 13,
      endColumn: 26,
      severity: "error",
      code: "in-features-mismatch",
      message: "Linear expects 512 input features (in_features=512), but input has 2048: (2, 2048)",
      related: [
        { path: "net.py", line: 8, column: 19, endLine: 8, endColumn: 43, message: "in_features=512 is set here" },
        { path: "net.py", line: 12, column: 9, endLine: 12, endColumn: 10, message: "x becomes (2, 2048) here" },
      ],
      fixes: [
        {
          title: "Set in_features to 2048",
          edits: [{ line: 8, column: 29, endLine: 8, endColumn: 38, newText: "2048" }],
        },
      ],
    },
  ]);
});

test("SARIF has every finding, with its place, its way and its fix", async () => {
  write("net.py", called);
  write("more/old names #1.py", stale);
  const { stdout, status } = await check(".", "--format", "sarif");
  expect(status).toBe(1);
  const log = JSON.parse(stdout) as Log;
  expect(schemaErrors(log)).toEqual([]);
  const [run] = log.runs;
  expect(log.version).toBe("2.1.0");
  expect(run?.tool.driver.rules?.map(({ id }) => id)).toEqual(["in-features-mismatch", "stale-params"]);
  expect(run?.results?.map(({ ruleId, ruleIndex, level }) => ({ ruleId, ruleIndex, level }))).toEqual([
    { ruleId: "stale-params", ruleIndex: 1, level: "warning" },
    { ruleId: "in-features-mismatch", ruleIndex: 0, level: "error" },
  ]);
  const places = run?.results?.map(({ locations }) => locations?.[0]?.physicalLocation);
  expect(places?.map((place) => place?.artifactLocation)).toEqual([
    { uri: "more/old%20names%20%231.py", uriBaseId: "%SRCROOT%" },
    { uri: "net.py", uriBaseId: "%SRCROOT%" },
  ]);
  expect(places?.[1]?.region).toMatchObject({ startLine: 13, startColumn: 16, endLine: 13, endColumn: 26 });
  expect(run?.results?.[1]?.fixes?.[0]?.artifactChanges[0]?.replacements).toEqual([
    {
      deletedRegion: { startLine: 8, startColumn: 29, endLine: 8, endColumn: 38 },
      insertedContent: { text: "2048" },
    },
  ]);
});

test("an empty SARIF log is one too", async () => {
  write("net.py", right);
  const { stdout, status } = await check("net.py", "--format", "sarif");
  const log = JSON.parse(stdout) as Log;
  expect(schemaErrors(log)).toEqual([]);
  expect(log.runs[0]?.results).toEqual([]);
  expect(status).toBe(0);
});

test("SARIF of everything that check can say is valid by the published schema", async () => {
  const bugs = path.join(root, "test", "bugs", "broken");
  const { stdout } = await check(bugs, "--format", "sarif", "--max-params", "1");
  const log = JSON.parse(stdout) as Log;
  expect(schemaErrors(log)).toEqual([]);
  const [run] = log.runs;
  const said = new Set(run?.results?.map(({ ruleId }) => ruleId));
  expect([...new Set(Object.values<string>(codesOfBugs)), "max-params"].filter((code) => !said.has(code))).toEqual([]);
  expect(run?.results?.some(({ relatedLocations = [] }) => relatedLocations.length > 0)).toBe(true);
  expect(run?.results?.some(({ fixes = [] }) => fixes.length > 0)).toBe(true);
});

test("the schema refuses what is no SARIF", async () => {
  write("net.py", called);
  const log = JSON.parse((await check("net.py", "--format", "sarif")).stdout) as Log;
  const [run] = log.runs;
  const [result] = run?.results ?? [];
  expect(schemaErrors({ ...log, version: "2.0.0" })).toEqual(["/version must be equal to one of the allowed values"]);
  expect(schemaErrors({ ...log, runs: [{ ...run, results: [{ ...result, message: undefined }] }] })).toHaveLength(1);
  expect(schemaErrors({ ...log, runs: [{ ...run, results: [{ ...result, level: "fatal" }] }] })).toHaveLength(1);
  expect(schemaErrors({ ...log, runs: [{ ...run, findings: [] }] })).toHaveLength(1);
});

test("GitHub gets an annotation a line, its text escaped", async () => {
  write("net, a:b.py", called);
  const { stdout, status } = await check("net, a:b.py", "--format", "github");
  expect(stdout).toBe(
    "::error file=net%2C a%3Ab.py,line=13,endLine=13,col=16,endColumn=26,title=ParamLens%3A in-features-mismatch::" +
      "Linear expects 512 input features (in_features=512), but input has 2048: (2, 2048)\n",
  );
  expect(status).toBe(1);
});

test("a model that outgrows its budget is told at the line that builds it", async () => {
  write(
    "net.py",
    `from torch import nn\n\nnet = nn.Sequential(nn.Linear(100, 200), nn.ReLU())\nsmall = nn.Linear(2, 2)\n`,
  );
  expect((await check("net.py", "--max-params", "20_200")).status).toBe(0);
  const { stdout, status } = await check("net.py", "--max-params", "20.1k");
  expect(stdout).toContain(
    "net.py:3:7: error: net has 20,200 parameters, more than the 20,100 that it may have [max-params]",
  );
  expect(stdout).toContain("1 file checked, 1 error");
  expect(status).toBe(1);
});

test("folders are searched, globs are matched, and each file is looked at once", async () => {
  for (const file of ["a.py", "sub/b.py", "sub/deep/c.py", "sub/notes.txt", ".venv/d.py", "sub/node_modules/e.py"]) {
    write(file, right);
  }
  const checked = async (...paths: string[]) => JSON.parse((await check(...paths, "--format", "json")).stdout).files;
  expect(await checked(".")).toBe(3);
  expect(await checked("sub")).toBe(2);
  expect(await checked("**/c.py")).toBe(1);
  expect(await checked("a.py", ".", "*.py")).toBe(3);
  expect(await checked(".venv/d.py")).toBe(1);
});

test("pyproject.toml excludes files, sets severities, shapes and the budget", async () => {
  write("net.py", wrong);
  write("old/net.py", stale);
  write(
    "pyproject.toml",
    `[tool.paramlens]
exclude = ["old/**"]
batch-symbol = "B"
max-params = "4k"
input-shapes = { Net = "x: (B, 3, 16, 16)" }

[tool.paramlens.severity]
in-features-mismatch = "warning"
`,
  );
  const { stdout, status } = await check(".");
  expect(stdout).toContain(
    "net.py:13:16: warning: Linear expects 512 input features (in_features=512), but input has 2048: (B, 2048)",
  );
  expect(stdout).toContain("Net has 5,354 parameters, more than the 4,000 that it may have [max-params]");
  expect(stdout).toContain("1 file checked, 1 error, 1 warning");
  expect(status).toBe(1);
  // Seen from a folder below, the same holds; what is named is looked at in any case.
  expect((await checkIn(path.join(folder, "old"), "net.py")).stdout).toContain("stale-params");
  write("pyproject.toml", `[tool.paramlens.severity]\nin-features-mismatch = "off"\nstale-params = "hint"\n`);
  expect(await check("net.py", "old")).toMatchObject({ status: 0, stdout: expect.stringContaining("1 hint") });
});

test.each([
  ["exclude = 3", "[tool.paramlens] exclude: a list of globs is wanted"],
  ["excluded = []", "[tool.paramlens] excluded: there is no such setting"],
  [
    "severity = { bad-argument = 'fatal' }",
    "severity: bad-argument: one of error, warning, information, hint, off is wanted",
  ],
  ["severity = { no-such-code = 'off' }", "severity: no-such-code: is no code of a finding"],
  ["max-params = 'lots'", 'max-params: a number is wanted, such as 25000000 or "25M"'],
  ["exclude = [", "line 3: invalid value"],
])("pyproject.toml with %s is refused", async (line, message) => {
  write("net.py", right);
  write("pyproject.toml", `[tool.paramlens]\n${line}\n`);
  const { stderr, stdout, status } = await check("net.py");
  expect(stderr).toContain(message);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
});

test.each([
  [["nowhere.py"], "paramlens: nowhere.py: no such file or folder\n"],
  [["none/*.py"], "paramlens: none/*.py: no file matches\n"],
  [["net.py", "--format", "xml"], /Allowed choices are text, json, sarif, github/],
  [["net.py", "--max-params", "many"], /It must be a number of parameters, such as 25M/],
  [[], /missing required argument 'path'/],
])("%j is refused in one line", async (args, message) => {
  write("net.py", right);
  const { stderr, stdout, status } = await check(...args);
  expect(stderr).toMatch(message);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
});

test("a file that cannot be read does not hide the findings of others", async () => {
  write("net.py", stale);
  write("data.py", "\u0000\u0001");
  const { stdout, stderr, status } = await check(".");
  expect(stdout).toContain("stale-params");
  expect(stderr).toBe("paramlens: data.py: cannot be read as text\n");
  expect(status).toBe(2);
});

test.each([
  ["x: (N, 3, 32", "(", /put the sizes of x in parentheses/],
  ["x: (N, 0)", "0", /a size cannot be 0/],
  ["x: (N, 3.5)", ".", /no size/],
  ["x: (N, , 3)", ", 3", /a size is missing/],
  ["x: (N, 3) floaty", "floaty", /"floaty" is no tensor type/],
  ["x: (N, 3), 5: (N)", "5", /name each input/],
  ["x: 3 by 32", "3", /put the sizes of x in parentheses/],
  ["(N, 3, 32)", "(", /name each input/],
])("a given that reads %s is told of at the sign that is wrong", async (given, wrong, message) => {
  const before = "    # given ";
  write(
    "net.py",
    `from torch import nn\n\nclass Net(nn.Module):\n${before}${given}\n    def forward(self, x):\n        return x\n`,
  );
  const [found] = JSON.parse((await check("net.py", "--format", "json")).stdout).findings;
  expect(found).toMatchObject({ code: "bad-directive", line: 4, column: before.length + given.indexOf(wrong) + 1 });
  expect(found.endColumn - found.column).toBe((/^\w+|^./.exec(wrong) ?? [""])[0].length);
  expect(found.message).toMatch(message);
  expect(found.message).toContain("# given x: (N, 3, 224, 224), mask: (N, T) bool");
});

function write(name: string, text: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function check(...args: string[]): ReturnType<typeof runIn> {
  return checkIn(folder, ...args);
}

function checkIn(cwd: string, ...args: string[]): ReturnType<typeof runIn> {
  return runIn(cwd, "check", ...args);
}
