/**
 * What a folder of packages adds to Python's path beside itself: `.pth` files, links of editable installs, and the
 * finders that setuptools writes for them, read as text. Code in `.pth` files is never run.
 */
import { type Machine, pathFrom } from "./machine.ts";

export interface Links {
  /** Folders, in the order in which Python adds them. */
  readonly folders: readonly string[];
  /** Packages by name: a folder or a file. */
  readonly named: ReadonlyMap<string, string>;
}

export function linksOf(folders: readonly string[], machine: Machine): Links {
  const { files } = machine;
  const added: string[] = [];
  const named = new Map<string, string>();
  for (const folder of folders) {
    const names = files.list(folder);
    // `site` reads them by name, and leaves out hidden ones.
    for (const name of names.filter((each) => each.endsWith(".pth") && !each.startsWith("."))) {
      for (const line of linesOf(`${folder}/${name}`, machine)) {
        const finder = /^import\s+(__editable__\w*finder)\b/.exec(line)?.[1];
        if (finder !== undefined) readFinder(`${folder}/${finder}.py`, folder, named, machine);
        if (line.startsWith("#") || /^import[ \t]/.test(line)) continue;
        const path = pathFrom(folder, line, machine);
        if (files.kind(path) === "directory") added.push(path);
      }
    }
    for (const name of names.filter((each) => each.endsWith(".egg-link"))) {
      const [line] = linesOf(`${folder}/${name}`, machine);
      if (line !== undefined) added.push(pathFrom(folder, line, machine));
    }
  }
  return { folders: [...new Set(added)].filter((folder) => !folders.includes(folder)), named };
}

/** A finder's `MAPPING` of packages to their places, and its `NAMESPACES` with theirs. */
function readFinder(file: string, folder: string, named: Map<string, string>, machine: Machine): void {
  const text = machine.files.kind(file) === "file" ? (machine.files.read(file) ?? "") : "";
  for (const [name, [path]] of dictIn(text, "NAMESPACES")) {
    if (path !== undefined && !name.includes(".")) named.set(name, pathFrom(folder, path, machine));
  }
  for (const [name, [path]] of dictIn(text, "MAPPING")) {
    if (path === undefined || name.includes(".")) continue;
    const place = pathFrom(folder, path, machine);
    // A module is mapped to its path without the suffix, or with it.
    named.set(name, machine.files.kind(place) === null ? place.replace(/(\.py)?$/, ".py") : place);
  }
}

/** The dict of texts, or of lists of texts, that is assigned to a name. */
function dictIn(source: string, name: string): [string, string[]][] {
  const [, body] = new RegExp(`^${name}\\b[^=\\n]*=\\s*\\{([^}]*)\\}`, "m").exec(source) ?? [];
  const entries = (body ?? "").matchAll(new RegExp(`${literal}\\s*:\\s*(\\[[^\\]]*\\]|${literal})`, "g"));
  return [...entries].map(([, key = "", value = ""]) => [
    unquoted(key),
    [...value.matchAll(new RegExp(literal, "g"))].map(([, text = ""]) => unquoted(text)),
  ]);
}

/** A Python text with its quotes. */
const literal = `('(?:[^'\\\\\\n]|\\\\.)*'|"(?:[^"\\\\\\n]|\\\\.)*")`;

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, "$1");
}

function linesOf(file: string, { files }: Machine): string[] {
  const text = files.kind(file) === "file" ? (files.read(file) ?? "") : "";
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");
}
