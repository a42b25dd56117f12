/**
 * Reading around what is broken. While somebody types, a line is often no Python yet (`nn.Conv2d(3, `), and an open
 * bracket makes the parser swallow what follows. The broken lines are blanked out, lengths kept, until the rest parses.
 */
import type { Node, Tree } from "web-tree-sitter";

const maxRounds = 12;

export interface Repaired {
  readonly text: string;
  /** The tree of `text`; the caller deletes it where it is not the one that was given. */
  readonly tree: Tree;
}

/** `text` with its broken lines blanked out, and its tree. Falls back to the best attempt. */
export function repairedText(text: string, tree: Tree, parse: (text: string) => Tree): Repaired {
  let current: Repaired = { text, tree };
  const replace = (candidate: string): void => {
    const next = parse(candidate);
    if (current.tree !== tree) current.tree.delete();
    current = { text: candidate, tree: next };
  };
  const closed = blankUnclosed(text);
  if (closed !== text) replace(closed);
  for (let round = 0; round < maxRounds && current.tree.rootNode.hasError; round += 1) {
    const error = firstError(current.tree.rootNode);
    if (!error) break;
    const candidate = blankLines(
      current.text,
      lineOf(current.text, error.startIndex),
      lineOf(current.text, error.endIndex),
    );
    if (candidate === current.text) break;
    replace(candidate);
  }
  return current;
}

/** The innermost first node that the parser could not read, or had to make up. */
function firstError(node: Node): Node | null {
  if (node.isMissing) return node;
  for (const child of node.children) {
    if (child && (child.hasError || child.isMissing || child.isError)) {
      const inner = firstError(child);
      if (inner) return inner;
    }
  }
  return node.isError ? node : null;
}

function lineOf(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

/** Blanks the first line of the error, or all of it where it is short. */
function blankLines(text: string, first: number, last: number): string {
  const lines = text.split("\n");
  const inBrackets = linesInBrackets(lines);
  const end = last - first < 3 ? last : first;
  for (let i = first; i <= end; i += 1) {
    const line = lines[i] ?? "";
    if (line.trim() === "") continue;
    // Among the items between brackets an item may be missing, a statement may not stand.
    lines[i] = inBrackets[i] ? " ".repeat(line.length) : blankLine(lines, i);
  }
  return lines.join("\n");
}

/** Whether each line begins between brackets. */
function linesInBrackets(lines: readonly string[]): boolean[] {
  let depth = 0;
  let quote: string | null = null;
  return lines.map((line) => {
    const inside = depth > 0;
    ({ depth, quote } = scanLine(line, depth, quote));
    depth = Math.max(depth, 0);
    return inside;
  });
}

/** A line that means nothing, of the same length, which may still carry an indented block below it. */
function blankLine(lines: readonly string[], index: number): string {
  const line = lines[index] ?? "";
  const indent = indentOf(line);
  const next = lines.slice(index + 1).find((each) => each.trim() !== "");
  const body = line.length - indent;
  const carriesBlock = next !== undefined && indentOf(next) > indent;
  const filler = carriesBlock && body >= 5 ? "if 0:" : body >= 4 ? "pass" : body >= 1 ? "0" : "";
  return line.slice(0, indent) + filler.padEnd(body);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/**
 * Blanks the lines that open a bracket which the text evidently never closes: what stands between brackets over several
 * lines is indented deeper than the line that opens them, and only the closing bracket stands as deep. Of a call among
 * the items of another, the one line goes and its neighbours stay.
 */
function blankUnclosed(text: string): string {
  const lines = text.split("\n");
  /** The lines that opened the brackets that are open, one entry a line, outermost first. */
  const open: { line: number; brackets: number }[] = [];
  let quote: string | null = null;
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] ?? "";
    const code = line.trim();
    if (quote === null && code !== "" && !code.startsWith("#")) {
      for (let top = open.at(-1); top && isUnclosed(lines[top.line] ?? "", line); top = open.at(-1)) {
        open.pop();
        lines[top.line] = open.length > 0 ? " ".repeat((lines[top.line] ?? "").length) : blankLine(lines, top.line);
      }
    }
    const before = open.reduce((sum, { brackets }) => sum + brackets, 0);
    const after = scanLine(line, before, quote);
    quote = after.quote;
    if (after.depth > before) open.push({ line: i, brackets: after.depth - before });
    for (let closed = before - after.depth; closed > 0; ) {
      const top = open.at(-1);
      if (!top) break;
      const taken = Math.min(top.brackets, closed);
      top.brackets -= taken;
      closed -= taken;
      if (top.brackets === 0) open.pop();
    }
  }
  if (quote === null) {
    for (let top = open.pop(); top; top = open.pop()) {
      lines[top.line] = open.length > 0 ? " ".repeat((lines[top.line] ?? "").length) : blankLine(lines, top.line);
    }
  }
  return lines.join("\n");
}

/** Whether a line shows that the brackets which `opening` opened are not closed where they should have been. */
function isUnclosed(opening: string, line: string): boolean {
  const deeper = indentOf(line) - indentOf(opening);
  return deeper < 0 || (deeper === 0 && !/^[)\]}]/.test(line.trim()));
}

/** Bracket depth and open triple quote behind a line. */
function scanLine(line: string, depth: number, quote: string | null): { depth: number; quote: string | null } {
  let open = quote;
  let level = depth;
  for (let i = 0; i < line.length; i += 1) {
    const c = line[i] as string;
    if (open !== null) {
      if (c === "\\") i += 1;
      else if (line.startsWith(open, i)) {
        i += open.length - 1;
        open = null;
      }
    } else if (c === "#") break;
    else if (c === '"' || c === "'") {
      open = line.startsWith(c.repeat(3), i) ? c.repeat(3) : c;
      i += open.length - 1;
    } else if (c === "(" || c === "[" || c === "{") level += 1;
    else if (c === ")" || c === "]" || c === "}") level -= 1;
  }
  // A plain string ends with its line.
  return { depth: level, quote: open !== null && open.length === 3 ? open : null };
}
