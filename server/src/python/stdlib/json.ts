/** `json`: texts that are known. */
import { integer } from "../../algebra/index.ts";
import { argument, required } from "../builtins/define.ts";
import { sortValues } from "../builtins/sorting.ts";
import { baseOf } from "../derived.ts";
import { numberOf } from "../equality.ts";
import { exceptionClass } from "../exceptions.ts";
import { formatFloat, reprOf } from "../format.ts";
import type { Interpreter } from "../interpreter.ts";
import { bool, Dict, float, int, type Keywords, List, none, str, Unknown, type Value } from "../values.ts";
import { classIn, outsideModule } from "./define.ts";

const decodeError = classIn("json.decoder", "JSONDecodeError", exceptionClass("ValueError"));

/** Thrown where the text is no JSON. */
class NoJson {}

/** Reads a text as CPython does: integers stay integers, and `NaN` is one of its words. */
class Reader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  whole(): Value {
    const value = this.value();
    this.blanks();
    if (this.at < this.text.length) throw new NoJson();
    return value;
  }

  private value(): Value {
    this.blanks();
    const c = this.text[this.at];
    if (c === "{") return this.object();
    if (c === "[") return this.array();
    if (c === '"') return str(this.string());
    const word = this.take(/(?:null|true|false|NaN|Infinity|-Infinity)\b/y);
    if (word !== null) return words[word] ?? none;
    const number = this.take(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (number === null) throw new NoJson();
    return /^-?\d+$/.test(number) ? int(integer(BigInt(number))) : float(Number(number));
  }

  private object(): Value {
    const dict = new Dict();
    this.at += 1;
    this.blanks();
    if (this.take(/\}/y) !== null) return dict;
    do {
      this.blanks();
      if (this.text[this.at] !== '"') throw new NoJson();
      const key = this.string();
      this.blanks();
      if (this.take(/:/y) === null) throw new NoJson();
      dict.set(key, this.value());
      this.blanks();
    } while (this.take(/,/y) !== null);
    if (this.take(/\}/y) === null) throw new NoJson();
    return dict;
  }

  private array(): Value {
    const items: Value[] = [];
    this.at += 1;
    this.blanks();
    if (this.take(/\]/y) !== null) return new List(items);
    do {
      items.push(this.value());
      this.blanks();
    } while (this.take(/,/y) !== null);
    if (this.take(/\]/y) === null) throw new NoJson();
    return new List(items);
  }

  private string(): string {
    const quoted = this.take(/"(?:[^"\\\p{Cc}]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"/uy);
    if (quoted === null) throw new NoJson();
    return JSON.parse(quoted) as string;
  }

  private blanks(): void {
    this.take(/[ \t\n\r]*/y);
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) return null;
    this.at += found.length;
    return found;
  }
}

const words: Readonly<Record<string, Value>> = {
  null: none,
  true: bool(true),
  false: bool(false),
  NaN: float(Number.NaN),
  Infinity: float(Number.POSITIVE_INFINITY),
  "-Infinity": float(Number.NEGATIVE_INFINITY),
};

interface Layout {
  readonly indent: string | null;
  readonly item: string;
  readonly key: string;
  readonly sorted: boolean;
  readonly ascii: boolean;
}

/** How a value is written; an unknown where that is not known. */
function written(it: Interpreter, value: Value, layout: Layout, margin: string): string | Unknown {
  const from = baseOf(value);
  switch (from.kind) {
    case "none":
      return "null";
    case "bool":
      return String(from.value);
    case "int": {
      const text = reprOf(it, from);
      return text.kind === "str" ? text.value : new Unknown("a size that is not known");
    }
    case "float":
      return Number.isFinite(from.value)
        ? formatFloat(from.value)
        : Number.isNaN(from.value)
          ? "NaN"
          : `${from.value < 0 ? "-" : ""}Infinity`;
    case "str":
      return quoted(from.value, layout.ascii);
    case "list":
    case "tuple": {
      if (from.kind === "list" && from.lost) return from.lost;
      const inner = layout.indent === null ? "" : margin + layout.indent;
      const items: string[] = [];
      for (const item of from.items) {
        const text = written(it, item, layout, inner);
        if (typeof text !== "string") return text;
        items.push(text);
      }
      return bracketed("[", items, "]", layout, margin);
    }
    case "dict": {
      if (from.lost) return from.lost;
      const inner = layout.indent === null ? "" : margin + layout.indent;
      const keys = [...from.entries.values()].map(({ key }) => key);
      const order = layout.sorted ? sortValues(it, keys, undefined, undefined) : keys;
      if (order instanceof Unknown) return order;
      const items: string[] = [];
      for (const key of order) {
        const entry = [...from.entries.values()].find((each) => each.key === key);
        const name = key.kind === "str" ? key.value : written(it, key, layout, "");
        const text = written(it, entry?.value ?? none, layout, inner);
        if (typeof name !== "string") return name;
        if (typeof text !== "string") return text;
        items.push(`${quoted(name, layout.ascii)}${layout.key}${text}`);
      }
      return bracketed("{", items, "}", layout, margin);
    }
    default:
      return new Unknown(from.kind === "unknown" ? from.why : "a text of a value that JSON does not know");
  }
}

function bracketed(open: string, items: readonly string[], close: string, layout: Layout, margin: string): string {
  if (items.length === 0) return open + close;
  if (layout.indent === null) return open + items.join(layout.item) + close;
  const inner = `\n${margin}${layout.indent}`;
  return `${open}${inner}${items.join(layout.item.trimEnd() + inner)}\n${margin}${close}`;
}

function quoted(text: string, ascii: boolean): string {
  const plain = JSON.stringify(text).replaceAll("\u007f", "\\u007f");
  if (!ascii) return plain.replaceAll("\\u007f", "\u007f");
  return plain.replaceAll(/[^ -\u007f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function layoutOf(keywords: Keywords): Layout {
  const indent = keywords.get("indent");
  const width = indent ? numberOf(indent) : null;
  const separators = keywords.get("separators");
  const [item, key] = separators?.kind === "tuple" || separators?.kind === "list" ? separators.items : [];
  const blank = indent?.kind === "str" ? indent.value : width === null ? null : " ".repeat(Math.max(width, 0));
  const flag = (name: string, otherwise: boolean): boolean => {
    const value = keywords.get(name);
    return value?.kind === "bool" ? value.value : otherwise;
  };
  return {
    indent: blank,
    item: item?.kind === "str" ? item.value : blank === null ? ", " : ",",
    key: key?.kind === "str" ? key.value : ": ",
    sorted: flag("sort_keys", false),
    ascii: flag("ensure_ascii", true),
  };
}

export const json = outsideModule("json", {
  JSONDecodeError: decodeError,
  loads: (it, args) => {
    const text = baseOf(argument(args, new Map(), 0, "s") ?? none);
    if (text.kind !== "str") return new Unknown(text.kind === "unknown" ? text.why : "a text that is not known");
    try {
      return new Reader(text.value).whole();
    } catch (problem) {
      if (!(problem instanceof NoJson)) throw problem;
      return it.raiseClass(decodeError, "the text is no JSON");
    }
  },
  dumps: (it, args, keywords) => {
    if (keywords.has("default") || keywords.has("cls"))
      return new Unknown("a text of values that JSON does not know", { type: "str" });
    const text = written(it, required(it, "dumps", args, 0), layoutOf(keywords), "");
    return typeof text === "string" ? str(text) : new Unknown(text.why, { type: "str" });
  },
  dump: () => none,
});
