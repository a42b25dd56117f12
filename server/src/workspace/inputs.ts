/**
 * Input texts: `x: (N, 3, 224, 224), mask: (N, T) bool` of a `given` comment, and `x=(N,3,224,224)` or `1,3,224,224:int64`
 * of the command line, read to one form.
 */
import { constantOf, type Dim, product, symbol } from "../algebra/index.ts";
import type { DType } from "../frameworks/rules/index.ts";
import { readSize, SizeError } from "./sizes.ts";

/** One input: its name where it was told, its sizes as texts that can be read, and a type. */
export interface InputSpec {
  readonly name: string | null;
  readonly sizes: readonly string[];
  readonly dtype: DType | null;
}

/** An input text that can't be read; `offset` is where in the text. The message is for people. */
export class InputError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const dtypeNames: Readonly<Record<string, DType>> = {
  float: "float32",
  float16: "float16",
  half: "float16",
  bfloat16: "bfloat16",
  float32: "float32",
  float64: "float64",
  double: "float64",
  int: "int64",
  long: "int64",
  int8: "int8",
  uint8: "uint8",
  int16: "int16",
  int32: "int32",
  int64: "int64",
  bool: "bool",
  complex64: "complex64",
  complex128: "complex128",
};

/** Reads a command-line `--input`. */
export function parseInputSpec(text: string): InputSpec {
  const match = /^\s*(?:([A-Za-z_]\w*)\s*=\s*)?(\(.*\)|[^:()]*?)\s*(?::\s*(\w+))?\s*$/.exec(text);
  if (!match)
    throw new InputError(
      `"${text}" is no input: write 1,3,224,224 or x=(N,3,224,224), with :int64 behind it for a type`,
      0,
    );
  const [, name, sizes = "", dtype] = match;
  return { name: name ?? null, sizes: parseSizes(sizes, text, 0), dtype: parseDType(dtype, text.lastIndexOf(":")) };
}

/** Reads the inputs of a `given` comment, without the word itself. `offset` is where the text starts in the file. */
export function parseGiven(text: string, offset = 0): InputSpec[] {
  const specs: InputSpec[] = [];
  let at = 0;
  for (const part of splitOutside(text)) {
    specs.push(parseGivenInput(part, offset + at));
    at += part.length + 1;
  }
  return specs;
}

function parseGivenInput(part: string, offset: number): InputSpec {
  const start = offset + part.length - part.trimStart().length;
  const named = /^\s*([A-Za-z_]\w*)\s*:\s*/.exec(part);
  if (!named) {
    const sizes = part.trim().startsWith("(") ? part.trim() : exampleSizes;
    throw new InputError(`name each input: x: ${sizes}`, start);
  }
  const [before, name = ""] = named;
  const rest = part.slice(before.length);
  const close = rest.lastIndexOf(")");
  if (!rest.startsWith("(") || close < 0) {
    throw new InputError(`put the sizes of ${name} in parentheses: ${name}: ${exampleSizes}`, offset + before.length);
  }
  const [, dtype] = /^\s*([A-Za-z]\w*)\s*$/.exec(rest.slice(close + 1)) ?? [];
  if (dtype === undefined && rest.slice(close + 1).trim() !== "") {
    throw new InputError(grammar, offset + before.length + close + 1);
  }
  const sizes = rest.slice(0, close + 1);
  const afterSizes = offset + before.length + close + 1;
  return {
    name,
    sizes: parseSizes(sizes, part, offset + before.length),
    dtype: parseDType(dtype, afterSizes + rest.slice(close + 1).search(/\S/)),
  };
}

const exampleSizes = "(N, 3, 224, 224)";
const grammar = "write name: (size, size, …) with a type behind it where it is not float32, joined by commas";

/** Reads `num_classes=10, width=64` of a `given` comment on a class: names and Python literals as text. */
export function parseGivenArguments(text: string): ReadonlyMap<string, string> | null {
  const values = new Map<string, string>();
  for (const part of splitOutside(text)) {
    const match = /^\s*([A-Za-z_]\w*)\s*=\s*(.+?)\s*$/.exec(part);
    if (!match) return null;
    values.set(match[1] ?? "", match[2] ?? "");
  }
  return values;
}

/** The sizes of a spec; within one `names`, a name is one symbol. */
export function toShape(spec: InputSpec, names: Map<string, Dim>, why: string): Dim[] {
  return spec.sizes.map((size) => {
    if (size === "?") return symbol("?", why, { anonymous: true });
    return readSize(size, (name) => {
      let known = names.get(name);
      if (known === undefined) {
        known = symbol(name, why);
        names.set(name, known);
      }
      return known;
    });
  });
}

/** `text` is `(N, 3, 32)` or `1,3,32`, at `offset`. */
function parseSizes(text: string, whole: string, offset: number): string[] {
  const open = text.indexOf("(");
  const inner = open < 0 ? text : text.slice(open + 1, text.lastIndexOf(")"));
  const parts: { text: string; at: number }[] = [];
  let at = open + 1;
  for (const part of splitOutside(inner)) {
    parts.push({ text: part, at });
    at += part.length + 1;
  }
  if (parts.at(-1)?.text.trim() === "") parts.pop();
  if (parts.length === 0 && open < 0) throw new InputError(`"${whole}" holds no sizes`, offset);
  const sizes = parts.map((part) => checkedSize(part.text, offset + part.at));
  const count = constantOf(product(sizes.map(({ size }) => size)));
  if (count !== undefined && count > mostElements) {
    throw new InputError(
      `a tensor of ${count.toLocaleString("en-US")} elements is more than PyTorch can count`,
      offset,
    );
  }
  return sizes.map((each) => each.text);
}

/** What an index of PyTorch's can hold. */
const mostElements = 2n ** 63n - 1n;

function checkedSize(part: string, offset: number): { text: string; size: Dim } {
  const text = part.trim();
  const start = offset + part.length - part.trimStart().length;
  if (text === "?") return { text, size: 1 };
  if (text === "") throw new InputError("a size is missing between two commas", start);
  try {
    return { text, size: readSize(text, (name) => symbol(name, "")) };
  } catch (problem) {
    if (problem instanceof SizeError) throw new InputError(problem.message, start + problem.at);
    throw problem;
  }
}

/** The parts between commas that stand in no bracket and no quotes. */
export function splitOutside(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  let quote = "";
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if ("([{".includes(character)) depth += 1;
    else if (")]}".includes(character)) depth -= 1;
    else if (character === "," && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

function parseDType(text: string | undefined, offset: number): DType | null {
  if (text === undefined) return null;
  const dtype = Object.hasOwn(dtypeNames, text) ? dtypeNames[text] : undefined;
  if (!dtype) throw new InputError(`"${text}" is no tensor type: float32, int64, bool, …`, offset);
  return dtype;
}
