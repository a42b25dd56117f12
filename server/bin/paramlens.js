#!/usr/bin/env node
/**
 * The command line, as `npm` links it: starts the bundle that `npm run build` makes.
 */
import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";
import v8 from "node:v8";

// A command is over before the engine's best code for the parser would be ready, and its end waits for that work.
if (process.argv[2] !== "lsp") v8.setFlagsFromString("--wasm-tiering-budget=40000000");

const bundle = fileURLToPath(new URL("../../dist/server/cli.cjs", import.meta.url));
if (!existsSync(bundle)) {
  console.error("paramlens: not built yet; run: npm run build");
  process.exitCode = 2;
} else if (module.enableCompileCache !== undefined) {
  // Node ≥ 22 keeps the compiled code between runs, which halves the time to the first line.
  module.enableCompileCache();
  // `import` would read the whole bundle once more, for names that nobody imports.
  module.createRequire(import.meta.url)(bundle);
} else {
  const { runCached } = await import("./codeCache.js");
  runCached(bundle);
}
