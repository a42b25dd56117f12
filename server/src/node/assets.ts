/** The parser's two WebAssembly modules: beside the bundle in `dist/`, or in `node_modules` when run from source. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { ParserAssets } from "../syntax/parser.ts";

export function readParserAssets(): ParserAssets {
  const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
  const bundled = path.join(dist, "tree-sitter.wasm");
  if (existsSync(bundled)) {
    return { runtime: readFileSync(bundled), grammar: readFileSync(path.join(dist, "tree-sitter-python.wasm")) };
  }
  const { resolve } = createRequire(import.meta.url);
  const grammarPackage = path.dirname(resolve("tree-sitter-python/package.json"));
  return {
    runtime: readFileSync(resolve("web-tree-sitter/web-tree-sitter.wasm")),
    grammar: readFileSync(path.join(grammarPackage, "tree-sitter-python.wasm")),
  };
}
