/**
 * The top-level statements of a text, told apart without parsing: a library is large, and a run asks for few of its names.
 * Only brackets, strings and comments are looked at, so what this cannot tell for sure is left to the parser.
 */

/** A stretch of text that holds whole statements. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** The names that it binds; null where only the parser can tell. */
  readonly names: readonly string[] | null;
}

/** The statements of a text in order; null where it is not certain where they end. */
export function outline(text: string): readonly Stretch[] | null {
  const lines = logicalLines(text);
  if (lines === null) return null;
  const stretches: Stretch[] = [];
  for (let i = 0; i < lines.length; ) {
    const first = lines[i] as Line;
    let head = first;
    let next = i + 1;
    // Decorators belong to what they decorate; blocks and clauses to the statement that they are of.
    while (text[head.start] === "@" && next < lines.length) head = lines[next++] as Line;
    while (next < lines.length && continues(text, lines[next] as Line)) next += 1;
    const end = lines[next]?.start ?? text.length;
    const names = namesOf(text.slice(head.start, head.end), head, first === head);
    const last = stretches.at(-1);
    // What must be parsed anyway is parsed at once.
    if (names === null && last?.names === null) stretches[stretches.length - 1] = { ...last, end };
    else stretches.push({ start: first.start, end, names });
    i = next;
  }
  return stretches;
}

/** A line with those that its brackets, strings and backslashes carry on. */
interface Line {
  readonly start: number;
  /** Behind its last character, its comment left out. */
  readonly end: number;
  readonly indented: boolean;
  /** How many `=` assign in it, outside of brackets. */
  readonly assignments: number;
  readonly hasSemicolon: boolean;
}

function logicalLines(text: string): Line[] | null {
  const lines: Line[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const start = at;
    let depth = 0;
    let end = start;
    let assignments = 0;
    let hasSemicolon = false;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === newline) {
        if (depth === 0) break;
      } else if (code === hash) {
        const stop = text.indexOf("\n", at);
        at = (stop === -1 ? text.length : stop) - 1;
        continue;
      } else if (code === quote || code === apostrophe) {
        const stop = endOfString(text, at);
        if (stop === null) return null;
        at = stop - 1;
      } else if (code === backslash) {
        // The line goes on behind its break; a backslash elsewhere is no Python.
        at += text.startsWith("\r\n", at + 1) ? 2 : 1;
        if (text.charCodeAt(at) !== newline) return null;
      } else if (code === 0x28 || code === 0x5b || code === 0x7b) depth += 1;
      else if (code === 0x29 || code === 0x5d || code === 0x7d) {
        depth -= 1;
        if (depth < 0) return null;
      } else if (code === 0x3d && depth === 0) {
        if (assigns(text, at)) assignments += 1;
      } else if (code === 0x3b) hasSemicolon = true;
      if (code > 0x20) end = at + 1;
    }
    if (depth !== 0) return null;
    const indented = /[ \t\f]/.test(text[start] ?? "");
    if (end > start) lines.push({ start, end, indented, assignments, hasSemicolon });
    at += 1;
  }
  return lines;
}

const [newline, hash, quote, apostrophe, backslash] = [0x0a, 0x23, 0x22, 0x27, 0x5c];

/** Where the string that begins at `at` ends; null where it does not. */
function endOfString(text: string, at: number): number | null {
  const mark = text[at] as string;
  const isLong = text.startsWith(mark.repeat(3), at);
  const closing = isLong ? mark.repeat(3) : mark;
  for (let i = at + closing.length; i < text.length; i += 1) {
    const character = text[i];
    if (character === "\\") i += 1;
    else if (!isLong && character === "\n") return null;
    else if (character === mark && text.startsWith(closing, i)) return i + closing.length;
  }
  return null;
}

/** Whether `=` at this place stands alone: no part of `==`, `<=`, `+=`, `:=`. */
function assigns(text: string, at: number): boolean {
  return text[at + 1] !== "=" && !/[=!<>:+\-*/%&|^@~]/.test(text[at - 1] ?? "");
}

function continues(text: string, { start, end, indented }: Line): boolean {
  return indented || /^(?:else|elif|except|finally)\b/.test(text.slice(start, Math.min(end, start + 8)));
}

function namesOf(head: string, { assignments, hasSemicolon }: Line, isPlain: boolean): readonly string[] | null {
  if (hasSemicolon || head.includes(":=")) return null;
  const definition = /^(?:def|class|async\s+def)\s+([^\W\d]\w*)/u.exec(head);
  if (definition) return [definition[1] ?? ""];
  if (!isPlain) return null;
  if (/^[rRuUbB]?(?:"|')/.test(head) && assignments === 0 && !/["']\s*[.%[(]/.test(head)) return [];
  const imported = importedNames(head);
  if (imported !== null) return imported;
  const assigned = /^([^\W\d]\w*)\s*(?::(?!=)|=(?!=))/u.exec(head);
  return assigned && assignments <= 1 && !statements.has(assigned[1] ?? "") ? [assigned[1] ?? ""] : null;
}

/** Words that a colon may follow and that are no names. */
const statements: ReadonlySet<string> = new Set(["else", "try", "finally", "lambda", "match", "case", "type"]);

/** The names of an import that fits on plain lines; null for other statements and for `*`. */
function importedNames(head: string): string[] | null {
  const from = /^from\s+[\w.\s]+?\s+import\s+(\(?)([\w\s,]+)(\)?)$/u.exec(withoutComments(head));
  const plain = from ? null : /^import\s+([\w\s.,]+)$/u.exec(head);
  const list = from ? (from[1] === "(") === (from[3] === ")") && from[2] : plain?.[1];
  if (!list) return null;
  const names: string[] = [];
  for (const item of list.split(",")) {
    const words = item.trim().split(/\s+/);
    if (words[0] === "") continue;
    if (words.length !== 1 && !(words.length === 3 && words[1] === "as")) return null;
    names.push(words.length === 3 ? (words[2] as string) : ((words[0] as string).split(".")[0] as string));
  }
  return names;
}

function withoutComments(text: string): string {
  return text.replace(/#[^\n]*/g, "");
}
