/** This computer, as looking for Python environments asks of it. */
import { createHash } from "node:crypto";
import { homedir } from "node:os";
import type { Machine } from "../environment/index.ts";
import { nodeFiles } from "./files.ts";

export const machine: Machine = {
  files: nodeFiles,
  variables: process.env,
  home: homedir().replaceAll("\\", "/"),
  isWindows: process.platform === "win32",
  sha256: (text) => createHash("sha256").update(text).digest("base64"),
};
