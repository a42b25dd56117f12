/**
 * How each line of a Python text ends: whether a comment stands there, and whether one could be written. A scan over
 * strings and comments alone, so that it holds for text that is broken elsewhere.
 */

export interface LineEnd {
  /** Where the line's code ends: before the blanks and the comment behind it. */
  readonly code: number;
  /** Where the comment on the line begins, if there is one. */
  readonly comment: number | null;
  /** Where the line ends, its line break left out. */
  readonly end: number;
  /** Whether a comment may follow: not within a string that goes on, nor behind a backslash that joins lines. */
  readonly open: boolean;
}

/** The end of each line of `text`, in the order and number of `LineIndex`. */
export function lineEnds(text: string): LineEnd[] {
  const ends: LineEnd[] = [];
  let lineStart = 0;
  let comment: LineEnd["comment"] = null;
  const endLine = (at: number, inString: boolean): void => {
    const end = text[at - 1] === "\r" ? at - 1 : at;
    const code = lineStart + text.slice(lineStart, comment ?? end).trimEnd().length;
    const joined = comment === null && text[end - 1] === "\\";
    ends.push({ code, comment, end, open: !inString && !joined });
    lineStart = at + 1;
    comment = null;
  };

  let at = 0;
  while (at < text.length) {
    const character = text[at];
    if (character === "\n") {
      endLine(at, false);
      at += 1;
    } else if (character === "#") {
      comment = at;
      at = endOfLine(text, at);
    } else if (character === '"' || character === "'") {
      const end = endOfString(text, at);
      for (let inner = text.indexOf("\n", at); inner !== -1 && inner < end; inner = text.indexOf("\n", inner + 1)) {
        endLine(inner, true);
      }
      at = end;
    } else {
      at += 1;
    }
  }
  endLine(text.length, false);
  return ends;
}

function endOfLine(text: string, at: number): number {
  const next = text.indexOf("\n", at);
  if (next === -1) return text.length;
  return text[next - 1] === "\r" ? next - 1 : next;
}

/** Behind the closing quote; an unclosed string ends with its line, a triple-quoted one with the text. */
function endOfString(text: string, start: number): number {
  const quote = text.charAt(start);
  const long = text.startsWith(quote.repeat(3), start);
  const closing = long ? quote.repeat(3) : quote;
  let at = start + closing.length;
  while (at < text.length) {
    if (text[at] === "\\") {
      at += text.startsWith("\r\n", at + 1) ? 3 : 2;
    } else if (text.startsWith(closing, at)) {
      return at + closing.length;
    } else if (!long && text[at] === "\n") {
      return at;
    } else {
      at += 1;
    }
  }
  return text.length;
}
