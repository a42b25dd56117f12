/**
 * The workspace's files and their analyses. An open buffer shadows its file; an analysis is kept as long as the text and
 * what it imported stay the same.
 */

import { LineIndex } from "../base/lines.ts";
import { letOthersIn } from "../base/turns.ts";
import { numpyModules } from "../frameworks/numpy/binding/namespace.ts";
import { preludeSource, torchModules } from "../frameworks/torch/binding/namespaces.ts";
import type { FileFinder, ModuleFile, NativeModules } from "../python/modules.ts";
import "../python/builtins/index.ts";
import { nativeModules } from "../python/stdlib/index.ts";
import { standardSource } from "../python/stdlib/prelude/index.ts";
import type { ParsedFile, PythonParser } from "../syntax/parser.ts";
import type { Analysis } from "./analysis.ts";
import { analyzeFile } from "./analyze.ts";
import { directivesOf } from "./directives.ts";
import { moduleNameOf, resolveModule } from "./resolve.ts";
import type { CancelToken, FileSystem, ProgramOptions } from "./types.ts";

/** A file that can't be read; the message is for people. */
export class UnreadableFile extends Error {}

const natives: NativeModules = new Map([...nativeModules, ...numpyModules, ...torchModules]);

interface Cached {
  readonly text: string;
  readonly analysis: Analysis;
  /** Texts of the files it imported, by path. */
  readonly imported: ReadonlyMap<string, string>;
}

export class Program {
  private readonly parser: PythonParser;
  private readonly files: FileSystem;
  options: ProgramOptions;
  private readonly documents = new Map<string, string>();
  private readonly analyses = new Map<string, Cached>();
  private readonly parsed = new Map<string, ParsedFile>();

  constructor(parser: PythonParser, files: FileSystem, options: ProgramOptions) {
    this.parser = parser;
    this.files = files;
    this.options = options;
  }

  /** Opens a buffer or replaces its text. */
  setDocument(path: string, text: string): void {
    this.documents.set(path, text);
  }

  closeDocument(path: string): void {
    this.documents.delete(path);
    this.analyses.delete(path);
    this.parser.close(path);
  }

  /** Forgets what is known of a file that changed on disk, or of all. */
  invalidate(path?: string): void {
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
    if (cached?.text === text && this.isCurrent(cached)) return cached.analysis;
    const parsed = this.parser.update(path, text);
    const moved = cached && this.isCurrent(cached) ? sameProgram(cached.analysis, parsed) : null;
    if (moved) {
      this.analyses.set(path, { ...cached, text, analysis: moved } as Cached);
      return moved;
    }
    const imported = new Map<string, string>();
    const steps = this.steps(path, parsed, imported);
    let last = performance.now();
    for (;;) {
      const step = steps.next();
      if (step.done) {
        this.analyses.set(path, { text, analysis: step.value, imported });
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
    return yield* this.steps(path, this.parser.update(path, text), new Map());
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
    const steps = analyzeFile(this.parser.parseOnce(path, text), {
      natives,
      files: this.finder(new Map()),
      moduleName: moduleNameOf(path, this.searched, this.files),
      options: this.options,
    });
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
    return resolveModule(module, null, this.searched, this.files)?.path ?? null;
  }

  /** Where absolute imports are searched, in order. */
  private get searched(): readonly string[] {
    return [...this.options.roots, ...this.options.libraries];
  }

  private isCurrent(cached: Cached): boolean {
    for (const [path, text] of cached.imported) if (this.textOf(path) !== text) return false;
    return true;
  }

  private steps(path: string, parsed: ParsedFile, imported: Map<string, string>): ReturnType<typeof analyzeFile> {
    return analyzeFile(parsed, {
      natives,
      files: this.finder(imported),
      moduleName: moduleNameOf(path, this.searched, this.files),
      options: this.options,
    });
  }

  private finder(imported: Map<string, string>): FileFinder {
    return {
      find: (name, from): ModuleFile | null => {
        const prelude = preludeSource(name);
        if (prelude !== null) {
          return {
            path: `prelude:${name}`,
            isPackage: false,
            isLibrary: false,
            units: this.parse(`prelude:${name}`, prelude).units,
          };
        }
        const standard = standardSource(name);
        if (standard !== null) {
          const path = `prelude:${name}`;
          return { path, isPackage: false, isLibrary: true, units: this.parse(path, standard).units };
        }
        const found = resolveModule(name, from, this.searched, this.files);
        if (!found) return null;
        if (found.path === null) return { path: "", isPackage: true, isLibrary: false, units: [] };
        const text = this.textOf(found.path);
        if (text === null) return null;
        imported.set(found.path, text);
        return {
          path: found.path,
          isPackage: found.isPackage,
          isLibrary: this.isLibrary(found.path),
          units: this.parse(found.path, text).units,
        };
      },
      nameOf: (path) => moduleNameOf(path, this.searched, this.files),
    };
  }

  private isLibrary(path: string): boolean {
    return this.options.libraries.some((folder) => path.startsWith(`${folder}/`));
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
