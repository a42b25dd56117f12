/** Runs Python source through the parser and the interpreter, for the tests of the interpreter. */
import { readFileSync } from "node:fs";
import { format } from "../../../server/src/algebra/index.ts";
import "../../../server/src/python/builtins/index.ts";
import type { Limits } from "../../../server/src/python/budget.ts";
import { runUnit } from "../../../server/src/python/execute.ts";
import { reprOf } from "../../../server/src/python/format.ts";
import { Interpreter } from "../../../server/src/python/interpreter.ts";
import { ModuleLoader, type NativeModules } from "../../../server/src/python/modules.ts";
import { nativeModules } from "../../../server/src/python/stdlib/index.ts";
import { standardSource } from "../../../server/src/python/stdlib/prelude/index.ts";
import { Module, str, type Value } from "../../../server/src/python/values.ts";
import { PythonParser } from "../../../server/src/syntax/parser.ts";

const asset = (path: string): Uint8Array => readFileSync(new URL(`../../../node_modules/${path}`, import.meta.url));
const parser = await PythonParser.create({
  runtime: asset("web-tree-sitter/web-tree-sitter.wasm"),
  grammar: asset("tree-sitter-python/tree-sitter-python.wasm"),
});

/** A program that has run. */
export interface Ran {
  readonly variables: ReadonlyMap<string, Value>;
  /** Reasons of the statements that did not get through. */
  readonly failures: readonly string[];
  /** `repr` of a variable, or of an item of a tuple, `name[0]`; `unknown: why` where that is not known. */
  show(name: string): string;
  /** The size that a variable is, as an expression. */
  size(name: string): string;
}

/** What a framework brings: its modules, and the texts of those that are written in Python. */
export interface Framework {
  readonly natives: NativeModules;
  source(name: string): string | null;
}

export function runPython(
  source: string,
  limits?: Limits,
  files: Readonly<Record<string, string>> = {},
  framework?: Framework,
): Ran {
  const natives = framework ? new Map([...nativeModules, ...framework.natives]) : nativeModules;
  const loader = new ModuleLoader(natives, {
    find: (name) => {
      const standard = standardSource(name) ?? framework?.source(name) ?? null;
      if (standard !== null) {
        const parts = parser.parseParts(`prelude:${name}`, standard);
        return { path: `prelude:${name}`, isPackage: false, isLibrary: true, parts };
      }
      const text = files[name];
      if (text === undefined) return { why: `the module ${name} was not found`, isCertain: false };
      const isPackage = Object.keys(files).some((other) => other.startsWith(`${name}.`));
      const parsed = parser.parseOnce(`/${name}.py`, text);
      return { path: `/${name}.py`, isPackage, isLibrary: false, parts: [{ names: null, ...parsed }] };
    },
    isShadowed: () => false,
    nameByPath: (path) => path.slice(1, -3),
  });
  const it = new Interpreter(loader, limits);
  const module = new Module("__main__", { file: "/main.py" });
  module.scope.vars.set("__name__", str("__main__"));
  const failures: string[] = [];
  for (const unit of parser.parseOnce("/main.py", source).units) {
    const why = runUnit(it, module, unit);
    if (why !== null) failures.push(why);
  }
  return {
    variables: module.scope.vars,
    failures,
    size: (name) => {
      const value = module.scope.vars.get(name);
      const dim = value?.kind === "int" ? value.dim : value?.kind === "unknown" ? value.asDim() : null;
      return dim === null ? "no size" : format(dim);
    },
    show: (name) => {
      const [, variable = name, index] = /^(\w+)\[(\d+)\]$/.exec(name) ?? [];
      const found = module.scope.vars.get(variable);
      const value = index !== undefined && found?.kind === "tuple" ? found.items[Number(index)] : found;
      if (value === undefined) return "unbound";
      if (value.kind === "unknown") return `unknown: ${value.why}`;
      const text = reprOf(it, value);
      return text.kind === "str" ? text.value : `unknown: ${text.kind === "unknown" ? text.why : text.kind}`;
    },
  };
}
