/**
 * Input texts: `x: (N, 3, 224, 224), mask: (N, T) bool` of a `given` comment, and `x=(N,3,224,224)` or `1,3,224,224:int64`
 * of the command line, read to one form.
 */
import { type Dim, symbol } from "../algebra/index.ts";
import type { DType } from "../frameworks/rules/index.ts";

/** One input: its name where it was told, sizes as integers or names, and a type. */
export interface InputSpec {
  readonly name: string | null;
  readonly sizes: readonly (number | string)[];
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
  const match = /^\s*(?:([A-Za-z_]\w*)\s*=\s*)?(\([^()]*\)|[^:()]*?)\s*(?::\s*(\w+))?\s*$/.exec(text);
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
  const item = /\s*([A-Za-z_]\w*)\s*:\s*(\([^()]*\))\s*([A-Za-z]\w*)?\s*(,|$)/y;
  let at = 0;
  while (at < text.length) {
    item.lastIndex = at;
    const match = item.exec(text);
    if (!match) {
      throw new InputError(
        "write name: (size, size, …) with a type behind it where it is not float32, joined by commas",
        offset + at,
      );
    }
    const [whole, name = "", sizes = "", dtype] = match;
    const open = at + whole.indexOf("(");
    specs.push({
      name,
      sizes: parseSizes(sizes, text, offset + open),
      dtype: parseDType(dtype, offset + open + sizes.length),
    });
    at += whole.length;
  }
  return specs;
}

/** Reads `num_classes=10, width=64` of a `given` comment on a class: names and Python literals as text. */
export function parseGivenArguments(text: string): ReadonlyMap<string, string> | null {
  const values = new Map<string, string>();
  for (const part of text.split(",")) {
    const match = /^\s*([A-Za-z_]\w*)\s*=\s*(.+?)\s*$/.exec(part);
    if (!match) return null;
    values.set(match[1] ?? "", match[2] ?? "");
  }
  return values;
}

/** The sizes of a spec; within one `names`, a name is one symbol. */
export function toShape(spec: InputSpec, names: Map<string, Dim>, why: string): Dim[] {
  return spec.sizes.map((size) => {
    if (typeof size === "number") return size;
    if (size === "?") return symbol("?", why, { anonymous: true });
    let known = names.get(size);
    if (known === undefined) {
      known = symbol(size, why);
      names.set(size, known);
    }
    return known;
  });
}

function parseSizes(text: string, whole: string, offset: number): (number | string)[] {
  const inner = text.trim().replace(/^\(|\)$/g, "");
  const parts = inner.split(",").map((part) => part.trim());
  if (parts.at(-1) === "") parts.pop();
  if (parts.length === 0 && !text.includes("(")) throw new InputError(`"${whole}" holds no sizes`, offset);
  return parts.map((part) => {
    if (/^\d+$/.test(part)) {
      const size = Number(part);
      if (!Number.isSafeInteger(size)) throw new InputError(`the size ${part} is too large`, offset);
      return size;
    }
    if (/^[A-Za-z_]\w*$/.test(part) || part === "?") return part;
    throw new InputError(`"${part}" is no size: a size is a whole number or a name`, offset + text.indexOf(part));
  });
}

function parseDType(text: string | undefined, offset: number): DType | null {
  if (text === undefined) return null;
  const dtype = Object.hasOwn(dtypeNames, text) ? dtypeNames[text] : undefined;
  if (!dtype) throw new InputError(`"${text}" is no tensor type: float32, int64, bool, …`, offset);
  return dtype;
}
