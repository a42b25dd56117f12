/**
 * Parsing: text to units, incrementally. The tree is edited rather than parsed anew, each top-level statement keeps its
 * `Unit` (and its typed tree) while its text stays, and replaced trees are deleted: the WASM heap has no collector.
 */
import { Language, Parser, type Tree } from "web-tree-sitter";
import { changedRange } from "../base/changes.ts";
import type { Part, Unit } from "./ast.ts";
import { outline } from "./outline.ts";
import { copyNode, type Raw } from "./raw.ts";
import { repairedText } from "./repair.ts";
import { toStmt } from "./statements.ts";

/** The bytes of web-tree-sitter's runtime and of the Python grammar; who has a disk reads them. */
export interface ParserAssets {
  readonly runtime: Uint8Array;
  readonly grammar: Uint8Array;
}

/** One version of a file, read. */
export interface ParsedFile {
  readonly file: string;
  readonly text: string;
  readonly units: readonly Unit[];
  /** Whether some of the text could not be read. */
  readonly broken: boolean;
}

/** Parses files and holds the trees of those that are being edited. */
export class PythonParser {
  private readonly parser: Parser;
  private readonly language: Language;
  /** Halted between two slices, perhaps, when the other one is needed. */
  private slicing: Parser | null = null;
  private turn: Promise<unknown> = Promise.resolve();
  private readonly open = new Map<string, { tree: Tree; parsed: ParsedFile }>();

  private constructor(parser: Parser, language: Language) {
    this.parser = parser;
    this.language = language;
  }

  static async create(assets: ParserAssets): Promise<PythonParser> {
    await Parser.init({ wasmBinary: assets.runtime });
    const parser = new Parser();
    const language = await Language.load(assets.grammar);
    parser.setLanguage(language);
    return new PythonParser(parser, language);
  }

  /** Parses a file that will not be edited: its tree is not kept. */
  parseOnce(file: string, text: string): ParsedFile {
    const tree = this.parse(text, null);
    try {
      return this.read(file, text, tree, []);
    } finally {
      tree.delete();
    }
  }

  /**
   * Does what `parseOnce` does in slices of some milliseconds. `pause` is awaited between them and tells whether to go on;
   * null where it said no. Whoever comes while another file is read waits for that one.
   */
  parseInSlices(file: string, text: string, pause: () => Promise<boolean>): Promise<ParsedFile | null> {
    const parsed = this.turn.then(() => this.readInSlices(file, text, pause));
    this.turn = parsed.catch(() => undefined);
    return parsed;
  }

  /** A file of which only some statements will be asked for: each is parsed when it is read. */
  parseParts(file: string, text: string): readonly Part[] {
    const stretches = outline(text) ?? [{ start: 0, end: text.length, names: null }];
    return stretches.map(({ start, end, names }) => {
      let parsed: ParsedFile | null = null;
      const read = (): ParsedFile => {
        if (parsed === null) {
          parsed = this.parseOnce(file, text.slice(start, end));
          for (const unit of parsed.units) unit.offset += start;
        }
        return parsed;
      };
      return {
        names,
        get units() {
          return read().units;
        },
        get broken() {
          return read().broken;
        },
      };
    });
  }

  /** Parses the new text of a file under edit; what did not change keeps its units. */
  update(file: string, text: string): ParsedFile {
    const previous = this.open.get(file);
    if (previous?.parsed.text === text) return previous.parsed;
    if (previous) editTree(previous.tree, previous.parsed.text, text);
    const tree = this.parse(text, previous?.tree ?? null);
    previous?.tree.delete();
    const parsed = this.read(file, text, tree, previous?.parsed.units ?? []);
    this.open.set(file, { tree, parsed });
    return parsed;
  }

  /** Forgets a file that was under edit. */
  close(file: string): void {
    this.open.get(file)?.tree.delete();
    this.open.delete(file);
  }

  private async readInSlices(file: string, text: string, pause: () => Promise<boolean>): Promise<ParsedFile | null> {
    if (!(await pause())) return null;
    const tree = await this.treeInSlices(text, pause);
    if (tree === null) return null;
    try {
      // What cannot be read as it stands is repaired in one go, which is rare among imported files.
      if (tree.rootNode.hasError) return this.read(file, text, tree, []);
      const reading = readUnits(file, text, tree, []);
      for (let end = performance.now() + slice; ; ) {
        const step = reading.next();
        if (step.done) return { file, text, units: step.value, broken: false };
        if (performance.now() < end) continue;
        if (!(await pause())) {
          reading.return([]);
          return null;
        }
        end = performance.now() + slice;
      }
    } finally {
      tree.delete();
    }
  }

  private async treeInSlices(text: string, pause: () => Promise<boolean>): Promise<Tree | null> {
    if (this.slicing === null) {
      this.slicing = new Parser();
      this.slicing.setLanguage(this.language);
    }
    for (;;) {
      const end = performance.now() + slice;
      // A parser that was halted goes on where it was when it is called again.
      const tree = this.slicing.parse(text, null, { progressCallback: () => performance.now() > end });
      if (tree !== null) return tree;
      if (await pause()) continue;
      this.slicing.reset();
      return null;
    }
  }

  private parse(text: string, old: Tree | null): Tree {
    const tree = this.parser.parse(text, old);
    if (!tree) throw new Error("the parser gave no tree");
    return tree;
  }

  /** Units of a tree; where it has errors, those of the text with the broken lines blanked out. */
  private read(file: string, text: string, tree: Tree, previous: readonly Unit[]): ParsedFile {
    if (!tree.rootNode.hasError) return { file, text, units: toUnits(file, text, tree, previous), broken: false };
    const repaired = repairedText(text, tree, (candidate) => this.parse(candidate, null));
    try {
      return { file, text, units: toUnits(file, repaired.text, repaired.tree, previous), broken: true };
    } finally {
      if (repaired.tree !== tree) repaired.tree.delete();
    }
  }
}

/** Tells the old tree what changed: the middle between the common start and end of both texts. */
function editTree(tree: Tree, before: string, after: string): void {
  const { start, oldEnd, newEnd } = changedRange(before, after);
  tree.edit({
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition: pointAt(before, start),
    oldEndPosition: pointAt(before, oldEnd),
    newEndPosition: pointAt(after, newEnd),
  } as Parameters<Tree["edit"]>[0]);
}

function pointAt(text: string, offset: number): { row: number; column: number } {
  let row = 0;
  let lineStart = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    row += 1;
    lineStart = at + 1;
  }
  return { row, column: offset - lineStart };
}

/** Milliseconds for which a file that is read in slices keeps the process busy. */
const slice = 8;

function toUnits(file: string, text: string, tree: Tree, previous: readonly Unit[]): Unit[] {
  const reading = readUnits(file, text, tree, previous);
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
  }
}

/** The units of a tree; between two of them the caller may do something else. */
function* readUnits(file: string, text: string, tree: Tree, previous: readonly Unit[]): Generator<void, Unit[], void> {
  const known = new Map<string, Unit[]>();
  for (const unit of previous) {
    const same = known.get(unit.text);
    if (same) same.push(unit);
    else known.set(unit.text, [unit]);
  }
  const units: Unit[] = [];
  const cursor = tree.rootNode.walk();
  try {
    if (!cursor.gotoFirstChild()) return units;
    do {
      if (!cursor.nodeIsNamed || cursor.nodeType === "comment") continue;
      const node = cursor.currentNode;
      const source = text.slice(node.startIndex, node.endIndex);
      const kept = known.get(source)?.shift();
      if (kept) {
        kept.offset = node.startIndex;
        units.push(kept);
        continue;
      }
      yield;
      const raw: Raw = copyNode(node);
      units.push({
        file,
        text: source,
        statement: toStmt(raw, source),
        broken: node.hasError,
        offset: node.startIndex,
      });
    } while (cursor.gotoNextSibling());
    return units;
  } finally {
    cursor.delete();
  }
}
