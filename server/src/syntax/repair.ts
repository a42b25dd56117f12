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
  const end = last - first < 3 ? last : first;
  for (let i = first; i <= end; i += 1) {
    if ((lines[i] ?? "").trim() === "") continue;
    lines[i] = blankLine(lines, i);
  }
  return lines.join("\n");
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
 * Blanks the logical lines whose bracket is still open where a new statement evidently starts: at the same or a smaller
 * indentation, a line that reads as the start of a statement.
 */
function blankUnclosed(text: string): string {
  const lines = text.split("\n");
  const startsStatement =
    /^\s*(?:def|class|return|if|for|while|with|try|import|from|@|[A-Za-z_][\w.]*(?:\[[^\]]*\])?\s*(?::[^=]*)?=(?!=))/;
  let depth = 0;
  let opened = 0;
  let quote: string | null = null;
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] ?? "";
    if (depth > 0 && quote === null && startsStatement.test(line) && isOutside(line, lines[opened] ?? "")) {
      for (let j = opened; j < i; j += 1) if ((lines[j] ?? "").trim() !== "") lines[j] = blankLine(lines, j);
      depth = 0;
    }
    const before = depth;
    ({ depth, quote } = scanLine(line, depth, quote));
    if (before === 0 && depth > 0) opened = i;
    depth = Math.max(depth, 0);
  }
  if (depth > 0 && quote === null) lines[opened] = blankLine(lines, opened);
  return lines.join("\n");
}

/** A keyword argument on a line of its own is indented deeper than the call; a statement is not. */
function isOutside(line: string, opening: string): boolean {
  return indentOf(line) <= indentOf(opening);
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
