/** The comments of a text, found without the grammar: strings are skipped, nothing else can hold a `#`. */

export interface Comment {
  /** From `#` to the end of the line. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Whether nothing but blanks stands before it on its line. */
  readonly alone: boolean;
}

export function commentsOf(text: string): Comment[] {
  const comments: Comment[] = [];
  let lineStart = 0;
  let i = 0;
  while (i < text.length) {
    const c = text[i];
    if (c === "\n") {
      i += 1;
      lineStart = i;
    } else if (c === "#") {
      const newline = text.indexOf("\n", i);
      const lineEnd = newline === -1 ? text.length : newline;
      const end = text[lineEnd - 1] === "\r" ? lineEnd - 1 : lineEnd;
      comments.push({ text: text.slice(i, end), start: i, end, alone: text.slice(lineStart, i).trim() === "" });
      i = lineEnd;
    } else if (c === '"' || c === "'") {
      const end = stringEnd(text, i, c);
      const lastBreak = text.lastIndexOf("\n", end - 1);
      if (lastBreak >= lineStart) lineStart = lastBreak + 1;
      i = end;
    } else {
      i += 1;
    }
  }
  return comments;
}

/** The offset behind a string that opens at `start`; an unclosed plain string ends with its line. */
function stringEnd(text: string, start: number, quote: string): number {
  const triple = text.startsWith(quote.repeat(3), start);
  const mark = triple ? quote.repeat(3) : quote;
  for (let i = start + mark.length; i < text.length; i += 1) {
    if (text[i] === "\\") i += 1;
    else if (!triple && text[i] === "\n") return i;
    else if (text.startsWith(mark, i)) return i + mark.length;
  }
  return text.length;
}
