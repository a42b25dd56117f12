/** Reads the words of a command line as `argparse` does, where the options are plain enough to be sure. */
import { call } from "../call.ts";
import { contains } from "../comparison.ts";
import { numberOf } from "../equality.ts";
import type { Interpreter } from "../interpreter.ts";
import { boolClass } from "../types.ts";
import { bool, int, List, none, str, type Value } from "../values.ts";

/** One `add_argument(…)`. */
export interface Option {
  readonly dest: string;
  /** `-d`, `--depth`; none for an argument that is told by its place. */
  readonly flags: readonly string[];
  readonly action: string;
  readonly nargs: Value;
  readonly type: Value;
  readonly default: Value | null;
  readonly constant: Value;
  readonly choices: Value;
  readonly required: boolean;
}

const followed = new Set(["store", "store_true", "store_false", "store_const", "append", "count", "boolean"]);

/** The value of every option, and the words that no option takes; null where that is not certain. */
export function parseArguments(
  it: Interpreter,
  options: readonly Option[],
  defaults: ReadonlyMap<string, Value>,
  words: readonly string[],
): { values: Map<string, Value>; rest: string[] } | null {
  const isPlain = options.every(
    ({ action, flags, nargs }) =>
      followed.has(action) && (flags.length > 0 || nargs.kind === "none" || words.length === 0),
  );
  if (!isPlain) return null;
  const values = new Map<string, Value>();
  for (const option of options) values.set(option.dest, defaultOf(it, option, defaults));
  for (const [name, value] of defaults) if (!values.has(name)) values.set(name, value);
  const positional = options.filter(({ flags }) => flags.length === 0);
  const missing = new Set(options.filter((option) => option.required || isNeeded(option)));
  const rest: string[] = [];
  let i = 0;
  while (i < words.length) {
    const word = words[i] ?? "";
    i += 1;
    if (!word.startsWith("-") || /^-\d/.test(word)) {
      const next = positional.shift();
      if (!next) rest.push(word);
      else {
        values.set(next.dest, converted(it, next, word));
        missing.delete(next);
      }
      continue;
    }
    const [flag = word, attached] = word.startsWith("--") ? split(word) : [word];
    const option = options.find(
      ({ flags, action }) => flags.includes(flag) || (action === "boolean" && isNegation(flag, flags)),
    );
    // An abbreviation, or a short flag with its value attached.
    if (!option) {
      if (
        options.some(({ flags }) =>
          flags.some((each) => each.startsWith(flag) || (!word.startsWith("--") && word.startsWith(each))),
        )
      )
        return null;
      rest.push(word);
      continue;
    }
    missing.delete(option);
    const taken = option.action === "store" || option.action === "append" ? take(option, words, i, attached) : [];
    if (taken === null) return null;
    if (attached === undefined) i += taken.length;
    const value = valueTaken(it, option, flag, taken, values.get(option.dest) ?? none);
    if (value === null) return null;
    values.set(option.dest, value);
  }
  if (missing.size > 0) return it.raise("SystemExit", "2");
  return { values, rest };
}

function isNeeded(option: Option): boolean {
  return (
    option.flags.length === 0 &&
    (option.nargs.kind === "none" || (option.nargs.kind === "str" && option.nargs.value === "+"))
  );
}

function split(word: string): [string, string | undefined] {
  const at = word.indexOf("=");
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function isNegation(flag: string, flags: readonly string[]): boolean {
  return flag.startsWith("--no-") && flags.includes(`--${flag.slice(5)}`);
}

/** A default that is a text is read like a word; any other is taken as it is. */
function defaultOf(it: Interpreter, option: Option, defaults: ReadonlyMap<string, Value>): Value {
  const value = defaults.get(option.dest) ?? option.default;
  if (value === null) {
    if (option.action === "store_true") return bool(false);
    return option.action === "store_false" ? bool(true) : none;
  }
  return value.kind === "str" && option.type.kind !== "none" ? call(it, option.type, [value]) : value;
}

/** The words that an option takes; null where that is not certain. */
function take(option: Option, words: readonly string[], from: number, attached: string | undefined): string[] | null {
  if (attached !== undefined) return [attached];
  let end = from;
  while (end < words.length && (!words[end]?.startsWith("-") || /^-\d/.test(words[end] ?? ""))) end += 1;
  const most = end - from;
  const { nargs } = option;
  const count = nargs.kind === "none" ? 1 : numberOf(nargs);
  if (count !== null) return most >= count ? words.slice(from, from + count) : null;
  if (nargs.kind !== "str") return null;
  if (nargs.value === "?") return words.slice(from, from + Math.min(most, 1));
  return nargs.value === "*" || (nargs.value === "+" && most > 0) ? words.slice(from, end) : null;
}

function valueTaken(
  it: Interpreter,
  option: Option,
  flag: string,
  words: readonly string[],
  before: Value,
): Value | null {
  switch (option.action) {
    case "store_true":
      return bool(true);
    case "store_false":
      return bool(false);
    case "store_const":
      return option.constant;
    case "boolean":
      return bool(!isNegation(flag, option.flags));
    case "count":
      return int((numberOf(before) ?? 0) + 1);
    default: {
      const items = words.map((word) => converted(it, option, word));
      const isList = option.nargs.kind !== "none" && !(option.nargs.kind === "str" && option.nargs.value === "?");
      const value = isList ? new List(items) : (items[0] ?? option.constant);
      if (option.action === "store") return value;
      return new List([...(before.kind === "list" ? before.items : []), value]);
    }
  }
}

function converted(it: Interpreter, option: Option, word: string): Value {
  // `type=bool` is true for any text but the empty one, as bool() itself.
  const value =
    option.type.kind === "none"
      ? str(word)
      : option.type === boolClass
        ? bool(word !== "")
        : call(it, option.type, [str(word)]);
  if (option.choices.kind !== "none") {
    const known = contains(it, option.choices, value);
    if (known.kind === "bool" && !known.value) it.raise("SystemExit", "2");
  }
  return value;
}
