/** This computer, as looking for Python environments asks of it. */
import { createRequire } from "node:module";
import { homedir } from "node:os";
import type { Machine } from "../environment/index.ts";
import { nodeFiles } from "./files.ts";

export const machine: Machine = {
  files: nodeFiles,
  variables: process.env,
  home: homedir().replaceAll("\\", "/"),
  isWindows: process.platform === "win32",
  // Hardly ever needed, and slow to load.
  sha256: (text) => {
    const { createHash }: typeof import("node:crypto") = createRequire(import.meta.url)("node:crypto");
    return createHash("sha256").update(text).digest("base64");
  },
};
