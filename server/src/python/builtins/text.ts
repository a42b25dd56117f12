/** `str`, and as much of `bytes` as sources of models use. */

import { compare, contains, equals } from "../comparison.ts";
import { baseOf, derive } from "../derived.ts";
import { numberOf } from "../equality.ts";
import { reprOf, strOf } from "../format.ts";
import type { Interpreter } from "../interpreter.ts";
import { itemsOf, iterate } from "../iterate.ts";
import { binary } from "../operators.ts";
import { getItem } from "../subscript.ts";
import { truth } from "../truth.ts";
import { bytesClass, strClass } from "../types.ts";
import {
  Bytes,
  bool,
  Descriptor,
  Dict,
  Iterator,
  int,
  List,
  none,
  notImplemented,
  type Str,
  str,
  Tuple,
  Unknown,
  type Value,
} from "../values.ts";
import { defineClass, defineMethods, firstUnknown, type Method, native } from "./define.ts";
import { formatTemplate } from "./template.ts";

defineClass(strClass);
defineClass(bytesClass);

strClass.dict.set(
  "__new__",
  native("__new__", (it, [cls, value]) => {
    const text = value ? strOf(it, value) : str("");
    return cls?.kind === "class" && cls !== strClass ? derive(cls, text, it.site()) : text;
  }),
);
bytesClass.dict.set(
  "__new__",
  native("__new__", (_it, [, value]) => (value?.kind === "bytes" ? value : new Unknown("bytes that are not known"))),
);

type Facts = "str" | "int" | "bool" | undefined;

/** A method whose arguments must all be known; else its result is unknown. */
function pure(
  type: Facts,
  fn: (it: Interpreter, self: string, args: readonly Value[], receiver: Str) => Value,
): Method<Str> {
  return (it, self, args, keywords) => {
    const all = [...args, ...keywords.values()].map(baseOf);
    return firstUnknown(all, type ? { type } : {}) ?? fn(it, self.value, all, self);
  };
}

const text = (fn: (self: string, ...args: string[]) => string): Method<Str> =>
  pure("str", (it, self, args) => str(fn(self, ...args.map((arg) => textOf(it, arg)))));
const test = (fn: (self: string) => boolean): Method<Str> => pure("bool", (_it, self) => bool(fn(self)));
/** Some character, and each one of it. */
const every = (pattern: RegExp): Method<Str> => test((self) => self !== "" && [...self].every((c) => pattern.test(c)));

defineMethods(strClass, "str", {
  upper: text((self) => self.toUpperCase()),
  lower: text((self) => self.toLowerCase()),
  casefold: text((self) => self.toLowerCase().replaceAll("ß", "ss")),
  capitalize: text((self) => self.slice(0, 1).toUpperCase() + self.slice(1).toLowerCase()),
  title: text((self) =>
    self.toLowerCase().replaceAll(/\p{L}+/gu, (word) => word.slice(0, 1).toUpperCase() + word.slice(1)),
  ),
  swapcase: text((self) => [...self].map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join("")),
  removeprefix: text((self, prefix = "") => (self.startsWith(prefix) ? self.slice(prefix.length) : self)),
  removesuffix: text((self, suffix = "") => (suffix && self.endsWith(suffix) ? self.slice(0, -suffix.length) : self)),
  isdigit: every(/\p{Nd}|[²³¹⁰-⁹₀-₉]/u),
  isdecimal: every(/\p{Nd}/u),
  isnumeric: every(/\p{N}/u),
  isalpha: every(/\p{L}/u),
  isalnum: every(/\p{L}|\p{N}/u),
  isspace: every(/\s/u),
  isupper: test((self) => self !== self.toLowerCase() && self === self.toUpperCase()),
  islower: test((self) => self !== self.toUpperCase() && self === self.toLowerCase()),
  istitle: test((self) => /\p{L}/u.test(self) && self === self.toLowerCase().replaceAll(/\p{L}+/gu, capitalized)),
  isidentifier: test((self) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(self)),
  isascii: test((self) => [...self].every((c) => c.charCodeAt(0) < 128)),
  isprintable: test((self) => !/\p{C}|[\u2028\u2029]/u.test(self)),
  strip: pure("str", (it, self, [chars]) => str(stripped(self, charsOf(it, chars), true, true))),
  lstrip: pure("str", (it, self, [chars]) => str(stripped(self, charsOf(it, chars), true, false))),
  rstrip: pure("str", (it, self, [chars]) => str(stripped(self, charsOf(it, chars), false, true))),
  startswith: pure("bool", (it, self, [what, from, to]) =>
    anyOf(it, what, (part) => within(self, from, to).startsWith(part)),
  ),
  endswith: pure("bool", (it, self, [what, from, to]) =>
    anyOf(it, what, (part) => within(self, from, to).endsWith(part)),
  ),
  find: pure("int", (it, self, args) => int(position(it, self, args, "indexOf"))),
  rfind: pure("int", (it, self, args) => int(position(it, self, args, "lastIndexOf"))),
  index: pure("int", (it, self, args) => found(it, position(it, self, args, "indexOf"))),
  rindex: pure("int", (it, self, args) => found(it, position(it, self, args, "lastIndexOf"))),
  count: pure("int", (it, self, [what, from, to]) => {
    const part = textOf(it, what);
    const area = within(self, from, to);
    return int(part === "" ? [...area].length + 1 : area.split(part).length - 1);
  }),
  replace: pure("str", (it, self, [what, by, count]) => {
    const limit = count ? (numberOf(count) ?? -1) : -1;
    return str(replaced(self, textOf(it, what), textOf(it, by), limit));
  }),
  join: (it, self, [parts]) => joined(it, self.value, parts ?? none),
  split: (it, self, args, keywords) =>
    splitBy(it, self.value, args[0] ?? keywords.get("sep"), args[1] ?? keywords.get("maxsplit"), false),
  rsplit: (it, self, args, keywords) =>
    splitBy(it, self.value, args[0] ?? keywords.get("sep"), args[1] ?? keywords.get("maxsplit"), true),
  splitlines: pure(undefined, (it, self, [keep]) => {
    const ends = keep && truth(it, keep) === true;
    const lines =
      self.match(/[^\n\r\v\f\u2028\u2029]*(?:\r\n|[\n\r\v\f\u2028\u2029])|[^\n\r\v\f\u2028\u2029]+$/g) ?? [];
    return new List(lines.map((line) => str(ends ? line : line.replace(/(?:\r\n|[\n\r\v\f\u2028\u2029])$/, ""))));
  }),
  partition: pure(undefined, (it, self, [separator]) => {
    const mark = textOf(it, separator);
    const at = self.indexOf(mark);
    const parts = at < 0 ? [self, "", ""] : [self.slice(0, at), mark, self.slice(at + mark.length)];
    return new Tuple(parts.map(str));
  }),
  rpartition: pure(undefined, (it, self, [separator]) => {
    const mark = textOf(it, separator);
    const at = self.lastIndexOf(mark);
    const parts = at < 0 ? ["", "", self] : [self.slice(0, at), mark, self.slice(at + mark.length)];
    return new Tuple(parts.map(str));
  }),
  zfill: pure("str", (_it, self, [width]) => {
    const sign = /^[+-]/.test(self) ? self.slice(0, 1) : "";
    const missing = Math.max(0, (numberOf(width ?? none) ?? 0) - [...self].length);
    return str(sign + "0".repeat(missing) + self.slice(sign.length));
  }),
  ljust: pure("str", (it, self, args) => str(self + padding(it, self, args))),
  rjust: pure("str", (it, self, args) => str(padding(it, self, args) + self)),
  center: pure("str", (it, self, args) => {
    const pad = padding(it, self, args);
    const width = numberOf(args[0] ?? none) ?? 0;
    const left = Math.floor(pad.length / 2) + (pad.length & width & 1);
    return str(pad.slice(0, left) + self + pad.slice(left));
  }),
  expandtabs: pure("str", (_it, self, [size = int(8)]) => {
    const width = numberOf(size) ?? 8;
    let column = 0;
    let text = "";
    for (const c of self) {
      const blanks = width > 0 ? width - (column % width) : 0;
      text += c === "\t" ? " ".repeat(blanks) : c;
      column = c === "\n" || c === "\r" ? 0 : column + (c === "\t" ? blanks : 1);
    }
    return str(text);
  }),
  format: (it, self, args, keywords) => formatTemplate(it, self.value, args, keywords),
  format_map: (it, self, [mapping]) => {
    if (mapping?.kind !== "dict" || mapping.lost)
      return new Unknown("the text's values are not known", { type: "str" });
    const named = [...mapping.entries.values()].map((entry): [string, Value] => [textOf(it, entry.key), entry.value]);
    return formatTemplate(it, self.value, [], new Map(named));
  },
  encode: pure(undefined, (_it, self) =>
    [...self].every((c) => c.charCodeAt(0) < 128) ? new Bytes(self) : new Unknown("an encoded text"),
  ),
  translate: (_it, self, [table]) => {
    if (table?.kind !== "dict" || table.lost) return new Unknown("the table is not known", { type: "str" });
    let result = "";
    for (const c of self.value) {
      const by = table.entries.get(c.codePointAt(0) ?? 0)?.value;
      if (by === undefined) result += c;
      else if (by.kind === "str") result += by.value;
      else if (by.kind === "int") result += String.fromCodePoint(numberOf(by) ?? 0);
      else if (by.kind !== "none") return new Unknown("the table is not known", { type: "str" });
    }
    return str(result);
  },
  __len__: (_it, self) => int([...self.value].length),
  __iter__: (it, self) => new Iterator(iterate(it, self), "str_iterator"),
  __contains__: (it, self, [part]) => contains(it, self, part ?? none),
  __getitem__: (it, self, [index]) => getItem(it, self, index ?? none),
  __add__: (it, self, [other]) => withText(other, (right) => binary(it, "+", self, right)),
  __radd__: (it, self, [other]) => withText(other, (left) => binary(it, "+", left, self)),
  __mul__: (it, self, [times]) => binary(it, "*", self, times ?? none),
  __mod__: (it, self, [values]) => binary(it, "%", self, values ?? none),
  __eq__: (it, self, [other]) => withText(other, (right) => truthValue(equals(it, self, right))),
  __lt__: (it, self, [other]) => withText(other, (right) => compare(it, "<", self, right)),
  __le__: (it, self, [other]) => withText(other, (right) => compare(it, "<=", self, right)),
  __gt__: (it, self, [other]) => withText(other, (right) => compare(it, ">", self, right)),
  __ge__: (it, self, [other]) => withText(other, (right) => compare(it, ">=", self, right)),
  __str__: (_it, self) => self,
  __repr__: (it, self) => reprOf(it, self),
  __hash__: () => new Unknown("the hash of a text differs from run to run", { type: "int" }),
});

strClass.dict.set(
  "maketrans",
  new Descriptor(
    "static",
    native("maketrans", (it, args) => translationTable(it, args)),
  ),
);

defineMethods(bytesClass, "bytes", {
  decode: (_it, self) =>
    [...self.value].every((c) => c.charCodeAt(0) < 128)
      ? str(self.value)
      : new Unknown("decoded bytes", { type: "str" }),
});

function capitalized(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function truthValue(t: boolean | undefined): Value {
  return t === undefined ? new Unknown("the values compared are not known", { type: "bool" }) : bool(t);
}

function withText(other: Value | undefined, fn: (other: Value) => Value): Value {
  const base = baseOf(other ?? none);
  return base.kind === "str" || base.kind === "unknown" ? fn(base) : notImplemented;
}

function textOf(it: Interpreter, value: Value | undefined): string {
  const base = baseOf(value ?? none);
  return base.kind === "str" ? base.value : it.raise("TypeError", "must be str");
}

function charsOf(it: Interpreter, value: Value | undefined): string | null {
  return value === undefined || value.kind === "none" ? null : textOf(it, value);
}

function stripped(self: string, chars: string | null, left: boolean, right: boolean): string {
  const strips = (c: string): boolean => (chars === null ? /\s/u.test(c) : chars.includes(c));
  const all = [...self];
  let from = 0;
  let to = all.length;
  while (left && from < to && strips(all[from] ?? "")) from += 1;
  while (right && to > from && strips(all[to - 1] ?? "")) to -= 1;
  return all.slice(from, to).join("");
}

function anyOf(it: Interpreter, what: Value | undefined, matches: (part: string) => boolean): Value {
  const parts = what?.kind === "tuple" ? what.items : [what ?? none];
  const unknown = firstUnknown(parts, { type: "bool" });
  return unknown ?? bool(parts.some((part) => matches(textOf(it, part))));
}

function within(self: string, from: Value | undefined, to: Value | undefined): string {
  if (!from && !to) return self;
  const [start, stop] = [from, to].map((bound) => (bound ? (numberOf(bound) ?? undefined) : undefined));
  return [...self].slice(start, stop).join("");
}

function position(
  it: Interpreter,
  self: string,
  [what, from, to]: readonly Value[],
  search: "indexOf" | "lastIndexOf",
): number {
  const area = within(self, from, to);
  const at = area[search](textOf(it, what));
  if (at < 0) return -1;
  const start = from ? (numberOf(from) ?? 0) : 0;
  const length = [...self].length;
  return [...area.slice(0, at)].length + (start < 0 ? Math.max(0, start + length) : start);
}

function found(it: Interpreter, at: number): Value {
  return at < 0 ? it.raise("ValueError", "substring not found") : int(at);
}

function replaced(self: string, what: string, by: string, limit: number): string {
  if (limit < 0) return self.replaceAll(what, () => by);
  let left = limit;
  return self.replaceAll(what, (part) => {
    left -= 1;
    return left >= 0 ? by : part;
  });
}

function joined(it: Interpreter, separator: string, parts: Value): Value {
  const items = itemsOf(it, parts);
  if (items instanceof Unknown) return new Unknown(items.why, { type: "str" });
  const texts = items.map(baseOf);
  const unknown = firstUnknown(texts, { type: "str" });
  if (unknown) return unknown;
  return str(
    texts
      .map((part, i) =>
        part.kind === "str"
          ? part.value
          : it.raise("TypeError", `sequence item ${i}: expected str instance, ${part.kind} found`),
      )
      .join(separator),
  );
}

function splitBy(
  it: Interpreter,
  self: string,
  separator: Value | undefined,
  limit: Value | undefined,
  fromRight: boolean,
): Value {
  const unknown = firstUnknown([separator ?? none, limit ?? none]);
  if (unknown) {
    const list = new List([]);
    list.lost = unknown;
    return list;
  }
  const mark = charsOf(it, separator);
  if (mark === "") it.raise("ValueError", "empty separator");
  const most = limit ? (numberOf(limit) ?? -1) : -1;
  let pieces = mark === null ? self.split(/\s+/u).filter((piece) => piece !== "") : self.split(mark);
  if (most >= 0 && pieces.length > most + 1) {
    if (mark !== null) {
      const cut = fromRight ? pieces.length - most : most;
      pieces = fromRight
        ? [pieces.slice(0, cut).join(mark), ...pieces.slice(cut)]
        : [...pieces.slice(0, cut), pieces.slice(cut).join(mark)];
    } else {
      pieces = splitWords(self, most, fromRight);
    }
  }
  return new List(pieces.map(str));
}

/** Splits at white space at most so often; the rest keeps its inner white space. */
function splitWords(self: string, most: number, fromRight: boolean): string[] {
  const pieces: string[] = [];
  let rest = self.trim();
  for (let i = 0; i < most; i += 1) {
    const match = fromRight ? /^(.*\S)\s+(\S+)$/su.exec(rest) : /^(\S+)\s+(.*)$/su.exec(rest);
    if (!match) break;
    pieces.push((fromRight ? match[2] : match[1]) ?? "");
    rest = (fromRight ? match[1] : match[2]) ?? "";
  }
  return fromRight ? [rest, ...pieces.reverse()] : [...pieces, rest];
}

function padding(it: Interpreter, self: string, [width, fill]: readonly Value[]): string {
  const missing = (numberOf(width ?? none) ?? 0) - [...self].length;
  return (fill ? textOf(it, fill) : " ").repeat(Math.max(0, missing));
}

function translationTable(it: Interpreter, [from, to, drop]: readonly Value[]): Value {
  const table = new Dict();
  if (from?.kind === "dict") {
    for (const { key, value } of from.entries.values()) {
      const code = key.kind === "str" ? int(key.value.codePointAt(0) ?? 0) : key;
      if (code.kind === "int" && typeof code.dim === "number") table.entries.set(code.dim, { key: code, value });
    }
    return table;
  }
  const target = to ? [...textOf(it, to)] : [];
  [...textOf(it, from)].forEach((c, i) => {
    const code = c.codePointAt(0) ?? 0;
    table.entries.set(code, { key: int(code), value: int(target[i]?.codePointAt(0) ?? 0) });
  });
  for (const c of drop ? textOf(it, drop) : "") {
    const code = c.codePointAt(0) ?? 0;
    table.entries.set(code, { key: int(code), value: none });
  }
  return table;
}
