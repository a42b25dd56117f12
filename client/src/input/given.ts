/**
 * The `# given x: (N, 3, 224, 224)` comment: whether a text can be one, and where in a file it goes.
 */

/** A change of whole lines: `remove` lines from `line` on give way to `text`. */
export interface LineEdit {
  readonly line: number;
  readonly remove: number;
  readonly text: string;
}

/** What is wrong with an input specification, for a person who is typing it; null when it can be used. */
export function problemOf(text: string): string | null {
  if (text.trim() === "") return "Name the inputs, such as x: (N, 3, 224, 224)";
  for (const part of splitOutsideBrackets(text)) {
    const problem = problemOfInput(part.trim());
    if (problem !== null) return problem;
  }
  return null;
}

/**
 * Where a class's forward method takes the comment: over one that stands there already, else on a line of its own above
 * `def`. Null where the text has no such method.
 */
export function givenEdit(lines: readonly string[], className: string, inputs: string): LineEdit | null {
  const classLine = lines.findIndex((line) => new RegExp(`^\\s*class\\s+${escaped(className)}\\b`).test(line));
  if (classLine < 0) return null;
  const classIndent = indentOf(lines[classLine] ?? "");
  for (let at = classLine + 1; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (line.trim() === "" || /^\s*#/.test(line)) continue;
    if (indentOf(line).length <= classIndent.length && !/^\s*[)\]}]/.test(line)) return null;
    if (!forwardMethod.test(line)) continue;
    const comment = `# given ${inputs.trim()}`;
    if (/#\s*given\b/.test(line)) return { line: at, remove: 1, text: line.replace(/#\s*given\b.*$/, comment) };
    const above = givenAbove(lines, at);
    return { line: above ?? at, remove: above === null ? 0 : 1, text: indentOf(line) + comment };
  }
  return null;
}

const forwardMethod = /^\s*(async\s+)?def\s+(forward|__call__|call)\s*\(/;

const dtypes = new Set(
  ["bool", "uint8", "int8", "int16", "short", "int32", "int", "int64", "long", "float16", "half", "bfloat16"].concat([
    "float32",
    "float",
    "float64",
    "double",
    "complex64",
    "complex128",
  ]),
);

function problemOfInput(text: string): string | null {
  const [, name, rest] = /^([A-Za-z_]\w*)\s*:\s*(.*)$/s.exec(text) ?? [];
  if (name === undefined || rest === undefined)
    return `Name each input: x: ${text.startsWith("(") ? text : "(N, 3, 224, 224)"}`;
  const [, sizes, dtype] = /^\((.*)\)\s*(\w*)$/s.exec(rest) ?? [];
  if (sizes === undefined) return `Put the sizes of ${name} in parentheses: ${name}: (N, 3, 224, 224)`;
  if (dtype && !dtypes.has(dtype)) return `${dtype} is not a type of tensors; use float32, int64, bool, …`;
  const dimensions = splitOutsideBrackets(sizes);
  if (dimensions.at(-1)?.trim() === "") dimensions.pop();
  for (const dimension of dimensions) {
    const size = dimension.trim();
    if (size === "") return `A size of ${name} is missing between two commas`;
    if (!sizeExpression.test(size)) return `${size} is neither a number nor a name`;
    if (/^0+$/.test(size)) return `A size of ${name} is 0; sizes are at least 1`;
  }
  return null;
}

/** Numbers, names (dotted, too) and arithmetic over them. */
const sizeExpression = /^[\s(]*(\d+|[A-Za-z_][\w.]*)[\s)]*((\/\/|[+\-*·%])[\s(]*(\d+|[A-Za-z_][\w.]*)[\s)]*)*$/;

function splitOutsideBrackets(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "(") depth++;
    else if (character === ")") depth--;
    else if (character === "," && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function givenAbove(lines: readonly string[], def: number): number | null {
  return /^\s*#\s*given\b/.test(lines[def - 1] ?? "") ? def - 1 : null;
}

function indentOf(line: string): string {
  return /^\s*/.exec(line)?.[0] ?? "";
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
