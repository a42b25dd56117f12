/** The language server as a process: over stdio, or over the channel that an editor in Node opens to its child. */
import { setFlagsFromString } from "node:v8";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { environmentOf } from "../environment/index.ts";
import { readParserAssets } from "../node/assets.ts";
import { nodeFiles } from "../node/files.ts";
import { machine } from "../node/machine.ts";
import { version } from "../node/version.ts";
import { PythonParser } from "../syntax/parser.ts";
import { createServer } from "./server.ts";

// Compiled at once rather than after many runs: the first keystrokes count as much as the thousandth.
setFlagsFromString("--always-sparkplug");
// Each edit makes a whole program anew and drops the one before. What the engine would place among the old objects,
// for it saw such objects live long, keeps all that it points to until a full collection: short pauses become long ones.
setFlagsFromString("--no-allocation-site-pretenuring");

const connection = createConnection(ProposedFeatures.all);

// An editor that went away without a word leaves nothing to do.
process.on("disconnect", () => process.exit());
process.on("uncaughtException", (error) => {
  if ("code" in error && error.code === "EPIPE") process.exit();
  connection.console.error(error.stack ?? error.message);
});
process.on("unhandledRejection", (reason) => connection.console.error(`unhandled: ${String(reason)}`));

createServer(connection, {
  version,
  files: nodeFiles,
  parser: () => PythonParser.create(readParserAssets()),
  environment: (request) => environmentOf(request, machine),
});
