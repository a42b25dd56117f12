/**
 * The extension's manifest keeps its promises: the settings and commands of the documentation, a severity for every
 * diagnostic, activation by Python files alone, and files that the package really holds.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { codeDescriptions } from "../../server/src/report/codes.ts";

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
const manifest = JSON.parse(read("package.json"));
const settings: Record<string, { default: unknown; properties?: object }> = Object.assign(
  {},
  ...manifest.contributes.configuration.map((section: { properties: object }) => section.properties),
);

test("every setting, with its default", () => {
  expect(Object.fromEntries(Object.entries(settings).map(([name, { default: value }]) => [name, value]))).toEqual({
    "paramlens.enable": true,
    "paramlens.inlayHints.params": true,
    "paramlens.inlayHints.layerShapes": true,
    "paramlens.inlayHints.tensorShapes": true,
    "paramlens.inlayHints.format": "exact",
    "paramlens.inlayHints.minParams": 0,
    "paramlens.inlayHints.inNotebooks": true,
    "paramlens.codeLens.enable": true,
    "paramlens.hover.enable": true,
    "paramlens.diagnostics.enable": true,
    "paramlens.diagnostics.severity": {},
    "paramlens.inputShapes": {},
    "paramlens.batchSymbol": "N",
    "paramlens.exclude": [],
    "paramlens.pythonPath": "",
    "paramlens.trace.server": "off",
  });
});

test("a severity can be set for each diagnostic", () => {
  const listed: object = settings["paramlens.diagnostics.severity"]?.properties ?? {};
  const described = Object.entries(listed).map(([code, { description }]) => [code, description]);
  expect(Object.fromEntries(described)).toEqual(codeDescriptions);
});

test("every command, in one category", () => {
  const commands: { title: string; category: string }[] = manifest.contributes.commands;
  expect(commands.map(({ category, title }) => `${category}: ${title}`)).toEqual([
    "ParamLens: Show Model Summary",
    "ParamLens: Set Input Shape…",
    "ParamLens: Copy Summary As…",
    "ParamLens: Write Hints As Comments",
    "ParamLens: Toggle Hints",
    "ParamLens: Restart Server",
    "ParamLens: Show Output",
  ]);
});

test("only a Python file wakes the extension", () => {
  expect(manifest.activationEvents).toEqual(["onLanguage:python"]);
});

test("the package holds what the manifest and the client load", () => {
  const packaged = read(".vscodeignore")
    .split(/\r?\n/)
    .filter((line) => line.startsWith("!"))
    .map((line) => line.slice(1));
  const grammar: string = manifest.contributes.grammars[0].path;
  expect(packaged).toEqual(
    expect.arrayContaining([manifest.main, grammar].map((file: string) => file.replace(/^\.\//, ""))),
  );
  expect(packaged.filter((file) => /\*|node_modules|\.map$|\/src\//.test(file))).toEqual([]);
});
