/** Files on disk, for the processes that run in Node: the language server and the command line. */
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { decodeSource } from "../base/sourceText.ts";
import type { DiskFiles } from "../workspace/types.ts";

interface Known {
  readonly stamp: string;
  readonly text: string | null;
}

/** What was read, as long as the file has not been touched: a run asks for every file that it imports. */
const known = new Map<string, Known>();

export const nodeFiles: DiskFiles = {
  read(path) {
    try {
      const { mtimeMs, size, ino } = statSync(path);
      const stamp = `${mtimeMs} ${size} ${ino}`;
      const before = known.get(path);
      if (before?.stamp === stamp) return before.text;
      const text = decodeSource(readFileSync(path));
      known.set(path, { stamp, text });
      return text;
    } catch {
      known.delete(path);
      return null;
    }
  },
  kind(path) {
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats?.isFile()) return "file";
      return stats?.isDirectory() ? "directory" : null;
    } catch {
      return null;
    }
  },
  list(folder) {
    try {
      return readdirSync(folder).toSorted();
    } catch {
      return [];
    }
  },
  real(path) {
    try {
      return realpathSync(path).replaceAll("\\", "/");
    } catch {
      return path;
    }
  },
};
