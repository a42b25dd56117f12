/** Small tensors that the interpreter computes with have PyTorch's numbers, as `record_numbers.py` recorded them, or none. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { torchModules } from "../../server/src/frameworks/torch/binding/namespaces.ts";
import { TensorValue } from "../../server/src/frameworks/torch/binding/values.ts";
import { readParserAssets } from "../../server/src/node/assets.ts";
import { runUnit } from "../../server/src/python/execute.ts";
import { Interpreter } from "../../server/src/python/interpreter.ts";
import { ModuleLoader } from "../../server/src/python/modules.ts";
import "../../server/src/python/builtins/index.ts";
import { Module } from "../../server/src/python/values.ts";
import { PythonParser } from "../../server/src/syntax/parser.ts";

type Row = readonly [expression: string, numbers: readonly (number | boolean)[]];

const rows: readonly Row[] = JSON.parse(readFileSync(new URL("numbers.json", import.meta.url), "utf8"));
const parser = await PythonParser.create(readParserAssets());

test("no number differs from PyTorch's, and most are known", () => {
  const computed = numbersOf(rows.map(([expression]) => expression));
  const wrong = rows.filter(([, numbers], i) => {
    const known = computed[i];
    return known !== null && known?.join() !== numbers.map(Number).join();
  });
  expect(wrong.map(([expression]) => expression)).toEqual([]);
  const known = computed.filter((numbers) => numbers !== null).length;
  expect(known / rows.length).toBeGreaterThan(0.5);
});

/** The numbers of the tensors that expressions give; null where they are not known. */
function numbersOf(expressions: readonly string[]): (readonly number[] | null)[] {
  const text = ["import torch", ...expressions.map((expression, i) => `x${i} = ${expression}`)].join("\n");
  const missing = { why: "there are no files here", isCertain: true };
  const files = { find: () => missing, isShadowed: () => false, nameByPath: () => "numbers" };
  const it = new Interpreter(new ModuleLoader(torchModules, files));
  const module = new Module("numbers", { file: "numbers.py" });
  for (const unit of parser.parseOnce("numbers.py", text).units) runUnit(it, module, unit);
  return expressions.map((_, i) => {
    const value = module.scope.vars.get(`x${i}`);
    return value instanceof TensorValue ? value.contents : null;
  });
}
