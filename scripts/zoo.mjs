/** `npm run test:zoo`: builds, fetches torchvision's sources where they are missing, and runs `test/zoo`. */
import { at, node24 } from "./lib/paths.mjs";
import { main, runNode, tryRun } from "./lib/run.mjs";
import { installPackages, installTorchvision } from "./lib/setup.mjs";

await main(() => {
  installPackages();
  const missing = installTorchvision();
  if (missing !== null) throw new Error(missing);
  runNode([at("scripts", "build.mjs")], { quiet: true });
  const config = at("test", "zoo", "vitest.config.ts");
  process.exitCode = tryRun(node24(), [at("node_modules", "vitest", "vitest.mjs"), "run", "--config", config]);
});
