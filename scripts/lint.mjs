/**
 * `npm run lint`: formatting, lint rules and types of everything; one project of types a surrounding.
 */
import { at, node24 } from "./lib/paths.mjs";
import { main, tryRun } from "./lib/run.mjs";

const projects = [".", "scripts", "client", "client/src/panel/webview", "test/suite", "test/e2e", "test/zoo"];

await main(() => {
  const biome = at("node_modules", "@biomejs", "biome", "bin", "biome");
  const tsc = at("node_modules", "typescript", "bin", "tsc");
  const failed = projects.filter((project) => tryRun(node24(), [tsc, "-p", project]) !== 0);
  const untidy = tryRun(node24(), [biome, "check", "--error-on-warnings", "."]) !== 0;
  if (failed.length > 0) throw new Error(`types do not fit in: ${failed.join(", ")}`);
  if (untidy) throw new Error("biome has complaints; npm run format mends what it can");
});
