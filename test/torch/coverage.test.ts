/**
 * `docs/coverage.md`, which names every public function and class of PyTorch and einops with what is known of it, is made
 * of the tables and recorded calls themselves: `COVERAGE_UPDATE=1` writes it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Coverage, callsCovered, coverage } from "./coverage.ts";

const page = new URL("../../docs/coverage.md", import.meta.url);
const table = coverage();

test("every name is known, or has a reason why not", () => {
  const silent = [...table].flatMap(([module, names]) =>
    names.filter(({ known, why }) => known === "no" && why === "").map(({ name }) => `${module}.${name}`),
  );
  expect(silent).toEqual([]);
});

test("what large libraries call is covered", () => {
  const { covered, all } = callsCovered(table);
  const classes = table.get("torch.nn") ?? [];
  const functions = table.get("torch.nn.functional") ?? [];
  console.table({
    "torch.nn classes": `${known(classes)} of ${classes.length}`,
    "nn.functional": `${known(functions)} of ${functions.length}, the others have a reason`,
    "names by use": `${covered} of ${all} calls, ${share(covered, all)}`,
    rows: [...table.values()].flat().reduce((sum, { rows }) => sum + rows, 0),
  });
  expect(covered / all).toBeGreaterThan(0.995);
});

test("docs/coverage.md tells what is there", () => {
  const made = pageOf(table);
  if (process.env.COVERAGE_UPDATE === "1") writeFileSync(page, made);
  const written = readFileSync(page, "utf8").replaceAll("\r\n", "\n");
  expect(written, "COVERAGE_UPDATE=1 npm run test:fast -- coverage writes it").toBe(made);
});

const known = (names: readonly Coverage[]): number => names.filter((each) => each.known !== "no").length;

const share = (part: number, all: number): string => `${((100 * part) / all).toFixed(2)} %`;

function pageOf(modules: ReadonlyMap<string, readonly Coverage[]>): string {
  const { covered, all } = callsCovered(modules);
  const count = (names: readonly Coverage[], known: Coverage["known"]): number =>
    names.filter((each) => each.known === known).length;
  const summary = [...modules].map(
    ([module, names]) =>
      `| ${module} | ${names.length} | ${count(names, "yes")} | ${count(names, "shape only")} | ${count(names, "no")} | ${names.reduce((sum, { rows }) => sum + rows, 0)} |`,
  );
  return `# What is known of PyTorch

Every public name of PyTorch 2.13, einops 0.8 and torchvision.ops 0.28, and what ParamLens makes of a call of it. Written
by \`test/torch/coverage.test.ts\`, which fails where this page is not true.

- **yes**: shapes and dtypes of the result, and what PyTorch refuses.
- **shape only**: some sizes, or the number or truth that it gives, depend on the data. Such a size gets a name of its own.
- **no**: with the reason.
- **rows**: calls recorded from PyTorch that are replayed.

Of ${all.toLocaleString("en")} calls in timm, torchvision, transformers and open_clip, ${share(covered, all)} go to names that are known.

| module | names | yes | shape only | no | rows |
| --- | ---: | ---: | ---: | ---: | ---: |
${summary.join("\n")}
${[...modules].map(([module, names]) => section(module, names)).join("")}`;
}

function section(module: string, names: readonly Coverage[]): string {
  const rows = names.map(
    ({ name, known, rows, why }) =>
      `| \`${name}\` | ${known}${why === "" ? "" : `: ${why}`} | ${rows === 0 ? "" : rows} |`,
  );
  return `\n## ${module}\n\n| name | known | rows |\n| --- | --- | ---: |\n${rows.join("\n")}\n`;
}
