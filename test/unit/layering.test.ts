/** The sources keep to the layers of `server/ARCHITECTURE.md`; and a breach of them would be seen. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { breaches, importsOf } from "./layering.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("no source imports what is above it", () => {
  const files = globSync(["server/src/**/*.ts", "client/src/**/*.{ts,tsx}"], { cwd: root });
  const sources = files.map((file) => ({
    file: file.split(path.sep).join("/"),
    text: readFileSync(path.join(root, file), "utf8"),
  }));
  expect(sources.length).toBeGreaterThan(50);
  expect(breaches(sources)).toEqual([]);
});

test("imports are found in every form", () => {
  const text = `
    import type { A } from "./a.ts";
    import {
      b,
    } from './b.ts';
    import "./c.ts";
    export * from "./d.ts";
    export { type E, e } from "./e.ts";
    const f = await import("./f.ts");
    // import "./not.ts";
    /* import "./nor.ts"; */
    const from = "./neither.ts";
  `;
  expect(importsOf(text)).toEqual(["./a.ts", "./b.ts", "./c.ts", "./d.ts", "./e.ts", "./f.ts"]);
});

describe("a breach is found", () => {
  test.each([
    ["server/src/base/lines.ts", "../syntax/ast.ts"],
    ["server/src/algebra/dim.ts", "../python/values.ts"],
    ["server/src/python/values.ts", "../frameworks/numpy/binding/module.ts"],
    ["server/src/frameworks/torch/rules/layers/conv.ts", "../../../../python/values.ts"],
    ["server/src/frameworks/rules/table.ts", "../../syntax/ast.ts"],
    ["server/src/frameworks/torch/binding/module.ts", "../../../workspace/program.ts"],
    ["server/src/workspace/program.ts", "../report/types.ts"],
    ["server/src/workspace/program.ts", "node:fs"],
    ["server/src/report/hints.ts", "../lsp/convert.ts"],
    ["server/src/report/hints.ts", "vscode-languageserver"],
    ["server/src/lsp/server.ts", "node:path"],
    ["server/src/lsp/server.ts", "../node/files.ts"],
    ["server/src/lsp/server.ts", "../cli/main.ts"],
    ["server/src/cli/main.ts", "../lsp/server.ts"],
    ["server/src/cli/main.ts", "vscode"],
    ["server/src/syntax/parser.ts", "vscode"],
    ["client/src/server.ts", "../../server/src/workspace/program.ts"],
    ["client/src/panel/webview/App.tsx", "vscode"],
    ["client/src/panel/panel.ts", "node:fs"],
  ])("%s imports %s", (file, specifier) => {
    expect(breaches([{ file, text: `import { x } from "${specifier}";` }])).toHaveLength(1);
  });

  test("a file in no room", () => {
    expect(breaches([{ file: "server/src/attic/box.ts", text: "" }])).toHaveLength(1);
  });

  test("the interpreter speaks of a framework", () => {
    expect(breaches([{ file: "server/src/python/call.ts", text: "// as torch does" }])).toHaveLength(1);
  });
});

test("what the layers allow is no breach", () => {
  const allowed = [
    ["server/src/python/values.ts", "../algebra/index.ts"],
    ["server/src/frameworks/torch/rules/layers/conv.ts", "../../../rules/index.ts"],
    ["server/src/frameworks/torch/binding/module.ts", "../rules/all.ts"],
    ["server/src/report/hints.ts", "../workspace/analysis.ts"],
    ["server/src/lsp/node.ts", "vscode-languageserver/node"],
    ["server/src/cli/main.ts", "node:process"],
    ["client/src/server.ts", "../../server/src/lsp/protocol.ts"],
  ];
  const sources = allowed.map(([file = "", specifier]) => ({ file, text: `import { x } from "${specifier}";` }));
  expect(breaches(sources)).toEqual([]);
});
