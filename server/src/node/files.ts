/** Files on disk, for the processes that run in Node: the language server and the command line. */
import { readFileSync, statSync } from "node:fs";
import type { FileSystem } from "../workspace/types.ts";

export const nodeFiles: FileSystem = {
  read(path) {
    try {
      return decode(readFileSync(path));
    } catch {
      return null;
    }
  },
  kind(path) {
    try {
      const stats = statSync(path);
      if (stats.isFile()) return "file";
      return stats.isDirectory() ? "directory" : null;
    } catch {
      return null;
    }
  },
};

/** Python source is UTF-8. Older files in another encoding read as Latin-1: their code is ASCII all the same. */
function decode(bytes: Uint8Array): string | null {
  // No Python source holds a NUL; what does is no text.
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}
