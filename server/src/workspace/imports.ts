/**
 * The files behind the imports of one run: found by name, read, parsed, and remembered as what the result depends on.
 * What is not there gets a reason for people.
 */
import { preludeSource } from "../frameworks/torch/binding/namespaces.ts";
import type { FileFinder, Missing, ModuleFile } from "../python/modules.ts";
import { isUnknownStandardModule } from "../python/stdlib/others.ts";
import { standardSource } from "../python/stdlib/prelude/index.ts";
import type { Part } from "../syntax/ast.ts";
import type { Resolved, Resolver } from "./resolve.ts";
import type { ProgramOptions } from "./types.ts";

/** What one run asked of the world: it stands as long as the same questions get the same answers. */
export interface Imports {
  /** Texts of the files that were read, by path; null where one could not be read. */
  readonly texts: ReadonlyMap<string, string | null>;
  /** Names that were looked up, with what was found. */
  readonly names: ReadonlyMap<string, { readonly from: string | null; readonly path: string | null }>;
  /** Files that were left for later. */
  readonly pending: readonly PendingFile[];
}

/** A file that is yet to be read. */
export interface PendingFile {
  readonly path: string;
  readonly isLibrary: boolean;
}

/** Why a file that is there is not read. */
export type Unread = "later" | "refused" | "too large";

/** What finding imports needs of the program. */
export interface ImportSources {
  readonly resolver: Resolver;
  readonly options: ProgramOptions;
  /** Names of the modules that come with the program. */
  readonly natives: readonly string[];
  textOf(path: string): string | null;
  /** The statements of a file; of a library only some will be asked for. */
  parse(path: string, text: string, isLibrary: boolean): readonly Part[] | Unread;
  /** Those of a text that comes with the program, which is always read. */
  parseOwn(path: string, text: string, isLibrary: boolean): readonly Part[];
}

/** The finder for a run of `main`, and the record of what it was asked. */
export function importsOf(
  main: string,
  sources: ImportSources,
): { readonly finder: FileFinder; readonly made: Imports } {
  const { resolver } = sources;
  const texts = new Map<string, string | null>();
  const names = new Map<string, { readonly from: string | null; readonly path: string | null }>();

  const pending: PendingFile[] = [];

  const read = (resolved: Resolved & { kind: "file" }, name: string): ModuleFile | Missing => {
    const { path, isPackage, isLibrary } = resolved;
    const text = sources.textOf(path);
    texts.set(path, text);
    if (text === null) return { why: `the module ${name} cannot be read: ${path}`, isCertain: false };
    const parts = sources.parse(path, text, isLibrary);
    if (typeof parts !== "string") return { path, isPackage, isLibrary, parts, ...(isLibrary && { text }) };
    if (parts === "later") pending.push({ path, isLibrary });
    return { why: `the module ${name} ${unreadWords[parts]}: ${path}`, isCertain: false };
  };

  const finder: FileFinder = {
    find(name, from) {
      const prelude = preludeFile(name, sources);
      if (prelude) return prelude;
      const found = resolver.find(name, main, from);
      names.set(name, { from, path: pathOf(found) });
      if (found?.kind === "file") return read(found, name);
      if (found) return { path: "", isPackage: true, isLibrary: false, parts: [] };
      return missing(name, main, from, sources);
    },
    isShadowed(name) {
      if (loadedAtStart.has(name)) return false;
      const found = resolver.standsBefore(name, main);
      names.set(`=${name}`, { from: null, path: pathOf(found) });
      return found !== null && !isItself(name, main, sources);
    },
    nameByPath: (path) => resolver.nameFromRoot(path),
  };
  return { finder, made: { texts, names, pending } };
}

const unreadWords: Readonly<Record<Unread, string>> = {
  later: "is still being read",
  refused: "was not read, since its reading was stopped",
  "too large": "is too large to be read",
};

/** Modules that Python has in it, or has imported, before it looks at any file of the program. */
const loadedAtStart: ReadonlySet<string> = new Set(
  "abc builtins codecs errno io itertools os posixpath site stat sys time types".split(" "),
);

/** Whether a package that stands before a library is that library's own source: it has the same parts. */
function isItself(name: string, main: string, { resolver, natives }: ImportSources): boolean {
  const part = natives.find((native) => native.startsWith(`${name}.`));
  return part !== undefined && resolver.find(part, main, main)?.kind === "file";
}

/** Whether a run that made these imports would make them again. */
export function areCurrent(imports: Imports, main: string, { resolver, textOf }: ImportSources): boolean {
  for (const [name, { from, path }] of imports.names) {
    const found = name.startsWith("=") ? resolver.standsBefore(name.slice(1), main) : resolver.find(name, main, from);
    if (pathOf(found) !== path) return false;
  }
  for (const [path, text] of imports.texts) if (textOf(path) !== text) return false;
  return true;
}

function pathOf(found: Resolved | null): string | null {
  return found === null ? null : found.kind === "file" ? found.path : "";
}

/** What comes with the program in Python: layers that PyTorch makes of others, parts of the standard library. */
function preludeFile(name: string, sources: ImportSources): ModuleFile | null {
  const layers = preludeSource(name);
  const text = layers?.text ?? standardSource(name);
  if (text === null) return null;
  const path = layers ? name : `prelude:${name}`;
  const module = layers?.module ?? name.replace(/^%/, "");
  const isLibrary = layers === null;
  return { path, name: module, isPackage: false, isLibrary, parts: sources.parseOwn(path, text, isLibrary) };
}

function missing(name: string, main: string, from: string | null, sources: ImportSources): Missing {
  const { resolver, options } = sources;
  const [top = name] = name.split(".");
  const isCompiled = resolver.mayBeCompiled(name, main, from);
  const why = `the module ${name} ${isCompiled === true ? "is compiled" : "was not found"}`;
  if (isUnknownStandardModule(top)) return { why: `the standard library's ${name} is not known`, isCertain: false };
  const parent = name.slice(0, Math.max(name.lastIndexOf("."), 0));
  const package_ = parent === "" ? null : resolver.find(parent, main, from);
  if (package_?.kind === "file") {
    // A package may look for its parts elsewhere.
    const isOpen =
      package_.isPackage && (isCompiled !== false || sources.textOf(package_.path)?.includes("__path__") !== false);
    return { why: `${why}: ${parent} is ${package_.path}`, isCertain: !isOpen };
  }
  const { environment } = options;
  if (environment === undefined) return { why, isCertain: false };
  if (environment.name === null) return { why: `${why}: ${environment.absence}`, isCertain: false };
  // Where PyTorch itself is not installed, this is not the environment that the program runs in.
  const isCertain = isCompiled === false && resolver.isInstalled("torch");
  return { why: `${why}: ${environment.name} does not have its source`, isCertain };
}
