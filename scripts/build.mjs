/**
 * Bundles everything that runs outside the tests into `dist/`.
 *
 *   node scripts/build.mjs [--watch] [client] [server] [panel] [assets]
 *
 * Each bundle is one file without dependencies at run time. The server and the command line are CommonJS, which starts
 * faster than a module graph; `import.meta.url` is therefore put in by hand.
 */
import { copyFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import esbuild from "esbuild";
import { at, manifest, root } from "./lib/paths.mjs";
import { main } from "./lib/run.mjs";

const watch = process.argv.includes("--watch");

/** @type {esbuild.BuildOptions} */
const shared = {
  bundle: true,
  minify: !watch,
  sourcemap: watch ? "inline" : false,
  absWorkingDir: root,
  logLevel: "warning",
};

/** @type {esbuild.BuildOptions} */
const forNode = {
  ...shared,
  platform: "node",
  target: "node20",
  format: "cjs",
  // Code out of Node 20's code cache may call `require`, but no `import()`.
  supported: { "dynamic-import": false },
  mainFields: ["module", "main"],
  alias: { "web-tree-sitter": createRequire(at("server", "package.json")).resolve("web-tree-sitter") },
  define: { "import.meta.url": "importMetaUrl", PARAMLENS_VERSION: JSON.stringify(manifest.version) },
  banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
};

/**
 * Leaves a module out of a bundle, for the other bundle that holds it: the commands need not read the language server.
 * @param {string} module
 * @param {string} bundle
 * @returns {esbuild.Plugin}
 */
function besideBundle(module, bundle) {
  return {
    name: "beside-bundle",
    setup(build) {
      build.onResolve({ filter: /\.ts$/ }, ({ path }) => (path === module ? { path: bundle, external: true } : null));
    },
  };
}

/** @type {Record<string, readonly esbuild.BuildOptions[]>} */
const bundles = {
  client: [
    {
      ...forNode,
      entryPoints: ["client/src/extension.ts"],
      outfile: "dist/client/extension.cjs",
      external: ["vscode"],
    },
  ],
  server: [
    { ...forNode, entryPoints: ["server/src/lsp/node.ts"], outfile: "dist/server/server.cjs" },
    {
      ...forNode,
      entryPoints: ["server/src/cli/main.ts"],
      outfile: "dist/server/cli.cjs",
      plugins: [besideBundle("../lsp/node.ts", "./server.cjs")],
    },
  ],
  panel: [
    {
      ...shared,
      platform: "browser",
      target: "es2022",
      format: "iife",
      jsx: "automatic",
      jsxImportSource: "preact",
      entryPoints: { panel: "client/src/panel/webview/main.tsx" },
      outdir: "dist/panel",
    },
    { ...shared, entryPoints: { panel: "client/src/panel/webview/panel.css" }, outdir: "dist/panel" },
  ],
};

const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const wanted = (/** @type {string} */ name) => chosen.length === 0 || chosen.includes(name);

await main(async () => {
  if (wanted("assets")) copyAssets();
  const options = Object.entries(bundles).flatMap(([name, list]) => (wanted(name) ? list : []));
  if (watch) {
    const contexts = await Promise.all(options.map((one) => esbuild.context({ ...one, logLevel: "info" })));
    await Promise.all(contexts.map((context) => context.watch()));
    console.log("Watching …");
  } else {
    await Promise.all(options.map((one) => esbuild.build(one)));
  }
});

/** The two WebAssembly modules: tree-sitter's runtime and its Python grammar. */
function copyAssets() {
  const resolve = createRequire(at("server", "package.json")).resolve;
  mkdirSync(at("dist"), { recursive: true });
  const runtime = resolve("web-tree-sitter/web-tree-sitter.wasm");
  const grammar = path.join(path.dirname(resolve("tree-sitter-python/package.json")), "tree-sitter-python.wasm");
  copyFileSync(runtime, at("dist", "tree-sitter.wasm"));
  copyFileSync(grammar, at("dist", "tree-sitter-python.wasm"));
}
