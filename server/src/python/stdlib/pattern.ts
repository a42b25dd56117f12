/**
 * Python's regular expressions as JavaScript's. Only what means the same in both is translated: for the rest there is no
 * translation, and what the program finds is not known.
 */

/** A pattern that can be searched for. */
export interface Translated {
  readonly source: string;
  readonly flags: string;
  /** Names of groups by number; the whole match is 0. */
  readonly names: readonly (string | null)[];
  /** Whether a repeated part holds a repetition: then the time may grow beyond all bounds with the text. */
  readonly nested: boolean;
}

/** Bits of `re.I` and its like, as Python numbers them. */
export const flagBits = { I: 2, M: 8, S: 16, X: 64, A: 256 } as const;

/** Groups that mean the same in both languages. */
const plainGroup = /^\(\?(?::|=|!|<=|<!)/;

/** Escapes that mean the same, outside of classes. */
const plainEscape = /^\\(?:[dDwWsSbBnrtfv]|[^A-Za-z0-9]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})/;

/** The translation; null where there is none. */
export function translate(pattern: string, bits: number): Translated | null {
  const inline = /^\(\?([aimsx]+)\)/.exec(pattern);
  for (const letter of inline?.[1] ?? "") bits |= flagBits[letter.toUpperCase() as keyof typeof flagBits];
  let rest = pattern.slice(inline?.[0].length ?? 0);
  const known = flagBits.I | flagBits.M | flagBits.S | flagBits.X | flagBits.A | 32;
  if ((bits & ~known) !== 0 || /[^\t\n\r\u0020-\u007e]/.test(rest) || rest.length > 500) return null;
  if (bits & flagBits.X) rest = withoutBlanks(rest);
  const names: (string | null)[] = [null];
  /** Open groups: whether they capture, and hold captures or repetitions. */
  const open: { captures: boolean; holdsCapture: boolean; holdsRepetition: boolean }[] = [];
  let nested = false;
  let source = "";
  while (rest !== "") {
    const part = nextPart(rest, (bits & flagBits.M) !== 0);
    if (part === null) return null;
    const { taken, text, group } = part;
    rest = rest.slice(taken);
    source += text;
    if (group !== undefined) {
      if (group !== false) names.push(group);
      open.push({ captures: group !== false, holdsCapture: false, holdsRepetition: false });
    } else if (text === ")") {
      const closed = open.pop();
      if (!closed) return null;
      const repeated = /^(?:[*+]|\{\d*,?\d*\})/.test(rest);
      // JavaScript forgets what a repeated group held; Python does not.
      if (repeated && closed.holdsCapture) return null;
      nested ||= repeated && closed.holdsRepetition;
      const outer = open.at(-1);
      if (outer) {
        outer.holdsCapture ||= closed.captures || closed.holdsCapture;
        outer.holdsRepetition ||= repeated || closed.holdsRepetition;
      }
    } else if (/^[*+{]/.test(text)) {
      // Possessive repetition, and one without an end.
      if (rest.startsWith("+")) return null;
      const outer = open.at(-1);
      if (outer) outer.holdsRepetition = true;
    } else if (text === "?" && rest.startsWith("+")) return null;
  }
  if (open.length > 0) return null;
  const flags = `${bits & flagBits.I ? "i" : ""}${bits & flagBits.M ? "m" : ""}${bits & flagBits.S ? "s" : ""}`;
  return { source, flags, names, nested };
}

interface Part {
  readonly taken: number;
  readonly text: string;
  /** The name of a group that opens, null where it has none, false where it captures nothing. */
  readonly group?: string | null | false;
}

function nextPart(rest: string, multiline: boolean): Part | null {
  const named = /^\(\?P<([A-Za-z_]\w*)>/.exec(rest);
  if (named) return { taken: named[0].length, text: "(", group: named[1] ?? null };
  const plain = plainGroup.exec(rest);
  if (plain) return { taken: plain[0].length, text: plain[0], group: false };
  if (rest.startsWith("(?")) return null;
  switch (rest[0]) {
    case "(":
      return { taken: 1, text: "(", group: null };
    case "[":
      return characterClass(rest);
    case "\\": {
      if (rest.startsWith("\\A")) return { taken: 2, text: "(?<![\\s\\S])" };
      if (rest.startsWith("\\Z")) return { taken: 2, text: "(?![\\s\\S])" };
      const escaped = plainEscape.exec(rest);
      return escaped ? { taken: escaped[0].length, text: escaped[0] } : null;
    }
    case "$":
      // Python's end of the text may stand before a last line break.
      return { taken: 1, text: multiline ? "$" : "(?=\\n?(?![\\s\\S]))" };
    case "{": {
      const repetition = /^\{(\d*)(,?)(\d*)\}/.exec(rest);
      if (!repetition || (repetition[1] === "" && repetition[3] === "")) return { taken: 1, text: "\\{" };
      const [whole, low, comma, high] = repetition;
      return { taken: whole.length, text: `{${low === "" ? "0" : low}${comma}${high}}` };
    }
    case "}":
    case "]":
      return { taken: 1, text: `\\${rest[0]}` };
    default:
      return { taken: 1, text: rest[0] ?? "" };
  }
}

function characterClass(rest: string): Part | null {
  const whole = /^\[\^?\]?(?:[^\]\\]|\\[\s\S])*\]/.exec(rest)?.[0];
  if (whole === undefined || /\[\[|--|&&|\|\||~~/.test(whole)) return null;
  const negated = whole.startsWith("[^") ? "^" : "";
  const inner = whole.slice(1 + negated.length, -1);
  // Escaped letters beyond these mean something else, or nothing.
  if (/\\(?:[AZBaceghijklmopquxyzCE-RT-VXY]|[0-9])/.test(inner.replaceAll("\\\\", ""))) return null;
  const text = inner.replaceAll(/\\[\s\S]|[[\]^]/g, (c) => (c.length > 1 ? c : `\\${c}`));
  return { taken: whole.length, text: `[${negated}${text}]` };
}

/** A verbose pattern without its blanks and comments. */
function withoutBlanks(pattern: string): string {
  return pattern.replaceAll(/\\[\s\S]|\[\^?\]?(?:[^\]\\]|\\[\s\S])*\]|\s+|#[^\n]*/g, (part) =>
    part.startsWith("\\") || part.startsWith("[") ? part : "",
  );
}
