/** The directive comments of a file: what is given, what is asserted, what is to be silent. */
import type { LineIndex } from "../base/lines.ts";
import type { Func } from "../python/values.ts";
import { type Comment, commentsOf } from "../syntax/comments.ts";

export interface Directive {
  readonly kind: "given" | "params" | "shape" | "ignore" | "off" | "on";
  /** What stands behind the word: inputs, a count with a shape, codes. */
  readonly text: string;
  /** Where `text` starts in the file. */
  readonly textStart: number;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** Alone on its line: it speaks of the line below. */
  readonly alone: boolean;
}

export function directivesOf(lines: LineIndex): Directive[] {
  return commentsOf(lines.text).flatMap((comment) => {
    const directive = readDirective(comment, lines);
    return directive ? [directive] : [];
  });
}

function readDirective(comment: Comment, lines: LineIndex): Directive | null {
  const match = /^#\s*(?:(given)\s+|(params|shape)\s*:\s*|paramlens\s*:\s*(ignore|off|on)\b\s*)([^#]*?)\s*(#.*)?$/.exec(
    comment.text,
  );
  if (!match) return null;
  const [whole, given, asserted, command, text = "", further = ""] = match;
  const kind = (given ?? asserted ?? command) as Directive["kind"];
  if (kind === "given" && !isMeant(text)) return null;
  // A further comment behind the directive is not part of it.
  const end = comment.start + whole.slice(0, whole.length - further.length).trimEnd().length;
  return {
    kind,
    text,
    textStart: end - text.length,
    start: comment.start,
    end,
    line: lines.positionAt(comment.start).line,
    alone: comment.alone,
  };
}

/** Whether a comment that begins with "given" is a directive, or a sentence. */
function isMeant(text: string): boolean {
  return (
    /^\w+\s*=[^=]/.test(text) || /^\w+\s*:.*[(\d]/.test(text) || /^[(\d]/.test(text) || /^\w+\s*\(.*,.*\)/.test(text)
  );
}

/** The `given` comment of a function of this file. */
export function givenOf(
  { unit, def }: Func,
  file: string,
  lines: LineIndex,
  directives: readonly Directive[],
): Directive | null {
  if (unit.file !== file) return null;
  const start = unit.offset + def.start;
  const header = def.kind === "FunctionDef" ? (def.body[0]?.start ?? def.start) : def.start;
  const first = lines.positionAt(start).line;
  const last = lines.positionAt(unit.offset + header).line;
  return givenFor(directives, first, Math.max(first, last - 1));
}

/** The `given` comment of a definition: on the line where it starts or ends its header, or alone on the line above. */
export function givenFor(directives: readonly Directive[], first: number, last: number): Directive | null {
  const onLine = directives.find((d) => d.kind === "given" && d.line >= first && d.line <= last);
  return onLine ?? directives.find((d) => d.kind === "given" && d.alone && d.line === first - 1) ?? null;
}
