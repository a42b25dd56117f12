/**
 * The workspace's files and their analyses. An open buffer shadows its file; an analysis is kept as long as the text and
 * what it imported stay the same.
 */

import { LineIndex } from "../base/lines.ts";
import { letOthersIn } from "../base/turns.ts";
import { lightningModules } from "../frameworks/lightning/binding/module.ts";
import { numpyModules } from "../frameworks/numpy/binding/namespace.ts";
import { torchModules } from "../frameworks/torch/binding/namespaces.ts";
import { toolModules } from "../frameworks/torch/binding/tools.ts";
import type { FileFinder, NativeModules } from "../python/modules.ts";
import "../python/builtins/index.ts";
import { nativeModules } from "../python/stdlib/index.ts";
import type { Part } from "../syntax/ast.ts";
import type { ParsedFile, PythonParser } from "../syntax/parser.ts";
import type { Analysis } from "./analysis.ts";
import { analyzeFile } from "./analyze.ts";
import { directivesOf } from "./directives.ts";
import { areCurrent, type ImportSources, type Imports, importsOf, type PendingFile, type Unread } from "./imports.ts";
import { Resolver } from "./resolve.ts";
import type { CancelToken, FileSystem, ProgramOptions } from "./types.ts";

/** A file that can't be read; the message is for people. */
export class UnreadableFile extends Error {}

const natives: NativeModules = new Map([
  ...nativeModules,
  ...numpyModules,
  ...torchModules,
  ...toolModules,
  ...lightningModules,
]);

const nativeNames: readonly string[] = [...natives.keys()];

interface Cached {
  readonly text: string;
  readonly analysis: Analysis;
  readonly imports: Imports;
}

export class Program {
  private readonly parser: PythonParser;
  private readonly files: FileSystem;
  options: ProgramOptions;
  private readonly documents = new Map<string, string>();
  private readonly analyses = new Map<string, Cached>();
  private readonly parsed = new Map<string, ParsedFile>();
  /** Texts that are not read although they are imported, by path. */
  private readonly refused = new Map<string, string | null>();
  /** Files of libraries, of which only what is asked for is parsed. */
  private readonly partly = new Map<string, { readonly text: string; readonly parts: readonly Part[] }>();
  private searched: ImportSources | null = null;
  /** Files as imports see them: a buffer that was not saved yet is there, too. */
  private readonly existing: FileSystem;

  constructor(parser: PythonParser, files: FileSystem, options: ProgramOptions) {
    this.parser = parser;
    this.files = files;
    this.options = options;
    this.existing = {
      read: (path) => this.textOf(path),
      kind: (path) => (this.documents.has(path) ? "file" : files.kind(path)),
      ...(files.list && { list: (folder) => files.list?.(folder) ?? [] }),
    };
  }

  /** Opens a buffer or replaces its text. */
  setDocument(path: string, text: string): void {
    if (!this.documents.has(path)) this.searched?.resolver.forget();
    this.documents.set(path, text);
  }

  closeDocument(path: string): void {
    this.documents.delete(path);
    this.searched?.resolver.forget();
    this.analyses.delete(path);
    this.parser.close(path);
  }

  /** Forgets what is known of a file that changed on disk, or of all. */
  invalidate(path?: string): void {
    this.searched?.resolver.forget();
    if (path === undefined) {
      this.analyses.clear();
      this.parsed.clear();
      this.refused.clear();
      this.partly.clear();
    } else {
      this.analyses.delete(path);
      this.parsed.delete(path);
      this.partly.delete(path);
    }
  }

  /**
   * The analysis of a file; null where `cancel` was raised meanwhile. Imported files are read for `patience` ms; those
   * that are not known by then are left out, and listed in `pending`.
   * @throws UnreadableFile
   */
  async analyze(path: string, cancel?: CancelToken, patience = Number.POSITIVE_INFINITY): Promise<Analysis | null> {
    const text = this.textOf(path);
    if (text === null) throw new UnreadableFile(`cannot read ${path}`);
    const cached = this.analyses.get(path);
    const sources = this.sources(patience);
    const isCurrent = cached !== undefined && isComplete(cached) && areCurrent(cached.imports, path, sources);
    if (isCurrent && cached.text === text) return cached.analysis;
    const parsed = this.parser.update(path, text);
    const moved = isCurrent ? sameProgram(cached.analysis, parsed) : null;
    if (moved) {
      this.analyses.set(path, { ...cached, text, analysis: moved } as Cached);
      return moved;
    }
    const { finder, made } = importsOf(path, sources);
    const steps = this.steps(path, parsed, finder);
    let last = performance.now();
    for (;;) {
      const step = steps.next();
      if (step.done) {
        const analysis = { ...step.value, imported: made.texts, pending: made.pending };
        this.analyses.set(path, { text, analysis, imports: made });
        return analysis;
      }
      if (!cancel) continue;
      // Long runs let other requests in between, so that a cancellation can arrive at all.
      if (!cancel.cancelled && performance.now() - last > 30) {
        await letOthersIn();
        last = performance.now();
      }
      if (cancel.cancelled) return null;
    }
  }

  /**
   * Analyses a file once more, step by step, and keeps nothing of it: code that has run often runs fast. A change of the
   * program between two steps makes the rest of them worthless.
   * @throws UnreadableFile
   */
  *rehearse(path: string): Generator<void, Analysis, void> {
    const text = this.textOf(path);
    if (text === null) throw new UnreadableFile(`cannot read ${path}`);
    const { finder } = importsOf(path, this.sources());
    return yield* this.steps(path, this.parser.update(path, text), finder);
  }

  /** Makes a module file of a text that exists nowhere: `expr` evaluated in a file's scope, say. */
  async analyzeText(path: string, text: string): Promise<Analysis> {
    const shadowed = this.documents.get(path);
    this.documents.set(path, text);
    try {
      const analysis = await this.analyze(path);
      if (!analysis) throw new UnreadableFile(`cannot analyse ${path}`);
      return analysis;
    } finally {
      if (shadowed === undefined) this.documents.delete(path);
      else this.documents.set(path, shadowed);
    }
  }

  /** What the analysis of a file would be with another text. Nothing of it is kept. */
  trial(path: string, text: string): Analysis {
    const steps = this.steps(path, this.parser.parseOnce(path, text), importsOf(path, this.sources()).finder);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  }

  /** The text of an open buffer or a file. */
  textOf(path: string): string | null {
    return this.documents.get(path) ?? this.files.read(path);
  }

  /** The file of a dotted module name, seen from the roots. */
  fileOf(module: string): string | null {
    const found = this.sources().resolver.find(module, null, null);
    return found?.kind === "file" ? found.path : null;
  }

  /** Whether the analysis of a file that is kept would come out the same now. */
  isCurrent(path: string): boolean {
    const cached = this.analyses.get(path);
    return (
      cached !== undefined && cached.text === this.textOf(path) && areCurrent(cached.imports, path, this.sources())
    );
  }

  /** Reads files that an analysis left out, one after the other, and lets others in between. */
  async readAhead(files: readonly PendingFile[], cancel: CancelToken, reading: (path: string) => void): Promise<void> {
    for (const { path, isLibrary } of files) {
      const text = this.textOf(path);
      // Another document may have asked for the same file.
      const goesOn = async (): Promise<boolean> => {
        reading(path);
        await letOthersIn();
        return !cancel.cancelled && text !== null && this.partsOf(path, text, isLibrary) === null;
      };
      if (cancel.cancelled) return;
      if (text === null) continue;
      if (!isLibrary) {
        const parsed = await this.parser.parseInSlices(path, text, goesOn);
        if (parsed !== null) this.parsed.set(path, parsed);
      } else if (await goesOn()) this.read(path, text, isLibrary);
    }
  }

  /** Leaves files unread until they change or everything is forgotten: somebody does not want to wait for them. */
  refuse(files: readonly PendingFile[]): void {
    for (const { path } of files) this.refused.set(path, this.textOf(path));
  }

  /** Takes back what `refuse` said, for the imports of a file. */
  retry(path: string): boolean {
    if (this.refused.size === 0) return false;
    this.refused.clear();
    return this.analyses.delete(path);
  }

  /** Folders outside of the workspace in which imports were searched. */
  get librariesSearched(): readonly string[] {
    return this.searched?.resolver.librariesSearched ?? [];
  }

  /** Where imports are searched now; `patience` as for `analyze`. */
  private sources(patience = 0): ImportSources {
    const { options } = this;
    const known = this.searched;
    const isSame =
      known?.options.roots === options.roots &&
      known.options.libraries === options.libraries &&
      known.options.environment === options.environment;
    this.searched = {
      resolver: isSame ? known.resolver : new Resolver(options, this.existing),
      options,
      natives: nativeNames,
      textOf: (path) => this.textOf(path),
      parseOwn: (path, text, isLibrary) => this.partsOf(path, text, isLibrary) ?? this.read(path, text, isLibrary),
      parse: (path, text, isLibrary) => {
        const before = performance.now();
        const parts = this.parse(path, text, isLibrary, patience);
        patience -= performance.now() - before;
        return parts;
      },
    };
    return this.searched;
  }

  private steps(path: string, parsed: ParsedFile, files: FileFinder): ReturnType<typeof analyzeFile> {
    const moduleName = this.sources().resolver.nameOf(path);
    return analyzeFile(parsed, { natives, files, moduleName, options: this.options });
  }

  /** A file parsed; the reason where it is not, since it would take longer than `patience` ms or nobody wants it. */
  private parse(path: string, text: string, isLibrary: boolean, patience: number): readonly Part[] | Unread {
    const known = this.partsOf(path, text, isLibrary);
    if (known !== null) return known;
    if (this.refused.get(path) === text) return "refused";
    if (text.length > maxLength) return "too large";
    // What was read before is read at once again: what it shows must not come and go while it is edited.
    const isNew = !(isLibrary ? this.partly : this.parsed).has(path);
    if (isNew && text.length / lettersPerMillisecond[isLibrary ? "library" : "own"] > patience) return "later";
    return this.read(path, text, isLibrary);
  }

  /** The statements of a file that was read with this text; null where it was not. */
  private partsOf(path: string, text: string, isLibrary: boolean): readonly Part[] | null {
    const partly = this.partly.get(path);
    if (isLibrary) return partly?.text === text ? partly.parts : null;
    const parsed = this.parsed.get(path);
    return parsed?.text === text ? [whole(parsed)] : null;
  }

  private read(path: string, text: string, isLibrary: boolean): readonly Part[] {
    if (isLibrary) {
      const parts = this.parser.parseParts(path, text);
      this.partly.set(path, { text, parts });
      return parts;
    }
    const parsed = this.parser.parseOnce(path, text);
    this.parsed.set(path, parsed);
    return [whole(parsed)];
  }
}

/** How fast source is read, at the least: files of one's own are parsed, those of libraries told into statements. */
const lettersPerMillisecond = { own: 500, library: 10_000 };
/** Imported files that are longer are data, not code. */
const maxLength = 2_000_000;

function isComplete({ imports }: Cached): boolean {
  return imports.pending.length === 0;
}

/**
 * The analysis of a text whose statements and directives are those of the text before: blank lines and comments came or
 * went, and what is known only stands elsewhere. null where more has changed.
 */
function sameProgram(before: Analysis, parsed: ParsedFile): Analysis | null {
  const { units } = parsed;
  if (before.broken || parsed.broken || units.length !== before.units.length) return null;
  if (units.some((unit, i) => unit !== before.units[i])) return null;
  const lines = new LineIndex(parsed.text);
  const directives = directivesOf(lines);
  // A directive speaks of the line that it stands on, which a blank line may part from its statement.
  if (directives.length > 0 || before.directives.length > 0) return null;
  return { ...before, text: parsed.text, lines, directives, derived: new Map() };
}

function whole({ units, broken }: ParsedFile): Part {
  return { names: null, units, broken };
}
