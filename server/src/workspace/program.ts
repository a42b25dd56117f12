/**
 * The workspace's files and their analyses. An open buffer shadows its file; an analysis is kept as long as the text and
 * what it imported stay the same.
 */

import { LineIndex } from "../base/lines.ts";
import { letOthersIn } from "../base/turns.ts";
import { numpyModules } from "../frameworks/numpy/binding/namespace.ts";
import { torchModules } from "../frameworks/torch/binding/namespaces.ts";
import { toolModules } from "../frameworks/torch/binding/tools.ts";
import type { FileFinder, NativeModules } from "../python/modules.ts";
import "../python/builtins/index.ts";
import { nativeModules } from "../python/stdlib/index.ts";
import type { ParsedFile, PythonParser } from "../syntax/parser.ts";
import type { Analysis } from "./analysis.ts";
import { analyzeFile } from "./analyze.ts";
import { directivesOf } from "./directives.ts";
import { areCurrent, type ImportSources, type Imports, importsOf } from "./imports.ts";
import { Resolver } from "./resolve.ts";
import type { CancelToken, FileSystem, ProgramOptions } from "./types.ts";

/** A file that can't be read; the message is for people. */
export class UnreadableFile extends Error {}

const natives: NativeModules = new Map([...nativeModules, ...numpyModules, ...torchModules, ...toolModules]);

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
    } else {
      this.analyses.delete(path);
      this.parsed.delete(path);
    }
  }

  /**
   * The analysis of a file; null where `cancel` was raised meanwhile.
   * @throws UnreadableFile
   */
  async analyze(path: string, cancel?: CancelToken): Promise<Analysis | null> {
    const text = this.textOf(path);
    if (text === null) throw new UnreadableFile(`cannot read ${path}`);
    const cached = this.analyses.get(path);
    const sources = this.sources();
    const isCurrent = cached !== undefined && areCurrent(cached.imports, path, sources);
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
        this.analyses.set(path, { text, analysis: step.value, imports: made });
        return step.value;
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

  /** Where imports are searched now. */
  private sources(): ImportSources {
    const { options } = this;
    const known = this.searched;
    const isSame =
      known?.options.roots === options.roots &&
      known.options.libraries === options.libraries &&
      known.options.environment === options.environment;
    this.searched = {
      resolver: isSame ? known.resolver : new Resolver(options, this.existing),
      options,
      textOf: (path) => this.textOf(path),
      parse: (path, text) => this.parse(path, text),
    };
    return this.searched;
  }

  private steps(path: string, parsed: ParsedFile, files: FileFinder): ReturnType<typeof analyzeFile> {
    const moduleName = this.sources().resolver.nameOf(path);
    return analyzeFile(parsed, { natives, files, moduleName, options: this.options });
  }

  private parse(path: string, text: string): ParsedFile {
    const known = this.parsed.get(path);
    if (known?.text === text) return known;
    const parsed = this.parser.parseOnce(path, text);
    this.parsed.set(path, parsed);
    return parsed;
  }
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
