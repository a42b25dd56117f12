/** Computers that exist nowhere: a tree of files, links and environment variables. */
import { createHash } from "node:crypto";
import type { Machine } from "../../../server/src/environment/machine.ts";

/** Text of each file by path; a path that ends in `/` is an empty folder, `-> target` a symbolic link. */
export type Tree = Readonly<Record<string, string>>;

export function machineWith(
  tree: Tree,
  given: Partial<Pick<Machine, "variables" | "home" | "isWindows">> = {},
): Machine {
  const links = new Map(
    Object.entries(tree).flatMap(([path, text]) => (text.startsWith("-> ") ? [[path, text.slice(3)] as const] : [])),
  );
  const files = new Map(Object.entries(tree).filter(([path]) => !path.endsWith("/") && !links.has(path)));
  const folders = new Set<string>();
  for (const path of Object.keys(tree)) {
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) folders.add(path.slice(0, at));
  }
  const real = (path: string, steps = 0): string => {
    if (steps > 20) return path;
    for (const [link, target] of links) {
      if (path === link || path.startsWith(`${link}/`)) return real(target + path.slice(link.length), steps + 1);
    }
    return path;
  };
  const children = (folder: string): string[] => {
    const prefix = `${real(folder)}/`;
    const all = [...files.keys(), ...folders, ...links.keys()].filter((path) => path.startsWith(prefix));
    return [...new Set(all.map((path) => path.slice(prefix.length).split("/")[0] ?? ""))].toSorted();
  };
  return {
    files: {
      read: (path) => files.get(real(path)) ?? null,
      kind: (path) => (files.has(real(path)) ? "file" : folders.has(real(path)) ? "directory" : null),
      list: children,
      real: (path) => real(path),
    },
    variables: {},
    home: "/home/me",
    isWindows: false,
    sha256: (text) => createHash("sha256").update(text).digest("base64"),
    ...given,
  };
}
