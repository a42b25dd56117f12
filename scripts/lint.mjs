/**
 * `npm run lint`: formatting, lint rules and types of everything; one project of types a surrounding.
 */
import { at } from "./lib/paths.mjs";
import { runNode, tryRun } from "./lib/run.mjs";
import { node24 } from "./lib/paths.mjs";

const projects = [".", "scripts", "client", "client/src/panel/webview", "test/suite", "test/e2e"];

runNode([at("node_modules", "@biomejs", "biome", "bin", "biome"), "check", "."]);
const failed = projects.filter((project) => tryRun(node24(), [at("node_modules", "typescript", "bin", "tsc"), "-p", project]) !== 0);
if (failed.length > 0) {
  console.error(`Types do not fit in: ${failed.join(", ")}`);
  process.exitCode = 1;
}
