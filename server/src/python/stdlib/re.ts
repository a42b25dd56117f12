/** `re` on texts and patterns that are known, where Python's and JavaScript's expressions mean the same. */
import { defineMethod, defineProperty, iteratorOver, required } from "../builtins/define.ts";
import { call } from "../call.ts";
import { baseOf } from "../derived.ts";
import { numberOf } from "../equality.ts";
import { exceptionClass } from "../exceptions.ts";
import { reprText, strOf } from "../format.ts";
import type { Interpreter } from "../interpreter.ts";
import {
  Dict,
  Instance,
  int,
  type Keywords,
  List,
  type NativeCall,
  none,
  str,
  Tuple,
  Unknown,
  type Value,
} from "../values.ts";
import { classIn, outsideModule } from "./define.ts";
import { flagBits, type Translated, translate } from "./pattern.ts";

/** Longer texts are not searched, and those of 20 characters no more where the time may explode. */
const LONGEST = 500;
const LONGEST_NESTED = 20;

const patternClass = classIn("re", "Pattern");
const matchClass = classIn("re", "Match");
const errorClass = classIn("re", "error", exceptionClass("Exception"));

/** How a text is searched: everywhere, at its beginning, as a whole. */
type Mode = "g" | "y" | "full";

/** What a pattern object keeps. */
class Compiled {
  readonly pattern: string;
  readonly bits: number;
  readonly translated: Translated | null;
  private readonly expressions = new Map<Mode, RegExp | null>();
  private constructor(pattern: string, bits: number) {
    this.pattern = pattern;
    this.bits = bits;
    this.translated = translate(pattern, bits);
  }

  /** The expression for a search from the beginning; null where JavaScript has none. */
  expression(mode: Mode): RegExp | null {
    let known = this.expressions.get(mode);
    if (known === undefined) {
      known = this.translated && expressionOf(this.translated, mode);
      this.expressions.set(mode, known);
    }
    if (known) known.lastIndex = 0;
    return known;
  }

  private static readonly recent = new Map<string, Compiled>();

  /** Loops match with the same few patterns, which Python does not translate anew either. */
  static of(pattern: string, bits: number): Compiled {
    const key = `${bits} ${pattern}`;
    let compiled = Compiled.recent.get(key);
    if (!compiled) {
      if (Compiled.recent.size >= 512) Compiled.recent.clear();
      compiled = new Compiled(pattern, bits);
      Compiled.recent.set(key, compiled);
    }
    return compiled;
  }
}

function expressionOf({ source, flags }: Translated, mode: Mode): RegExp | null {
  try {
    return new RegExp(mode === "full" ? `(?:${source})(?![\\s\\S])` : source, flags + (mode === "g" ? "g" : "y"));
  } catch {
    return null;
  }
}

/** What a match object keeps. */
class Found {
  readonly match: RegExpExecArray;
  readonly compiled: Translated;
  readonly pattern: Instance;
  constructor(match: RegExpExecArray, compiled: Translated, pattern: Instance) {
    this.match = match;
    this.compiled = compiled;
    this.pattern = pattern;
  }
}

const lost = (why = "what the pattern finds is not known"): Unknown => new Unknown(why);

function compile(it: Interpreter, pattern: Value, flags: Value | undefined): Instance | Unknown {
  if (pattern.kind === "instance" && pattern.extra instanceof Compiled) return pattern;
  const text = baseOf(pattern);
  const bits = flags ? numberOf(baseOf(flags)) : 0;
  if (text.kind !== "str" || bits === null) return lost(text.kind === "unknown" ? text.why : undefined);
  const made = new Instance(patternClass, it.site());
  made.extra = Compiled.of(text.value, bits);
  return made;
}

/** The matches of a pattern in a text, from left to right; an unknown where they can't be told. */
function matches(pattern: Instance, text: Value, mode: Mode): Found[] | Unknown {
  const subject = baseOf(text);
  const own = pattern.extra instanceof Compiled ? pattern.extra : null;
  const compiled = own?.translated;
  if (subject.kind !== "str") return lost(subject.kind === "unknown" ? subject.why : undefined);
  const longest = compiled?.nested ? LONGEST_NESTED : LONGEST;
  if (!compiled || subject.value.length > longest || /[^\t\n\r\u0020-\u007e]/.test(subject.value)) return lost();
  const expression = own?.expression(mode);
  if (!expression) return lost();
  const found: Found[] = [];
  for (;;) {
    const match = expression.exec(subject.value);
    if (!match) return found;
    found.push(new Found(match, compiled, pattern));
    if (mode !== "g") return found;
    if (match[0] === "") expression.lastIndex += 1;
  }
}

function matchObject(found: Found): Instance {
  const made = new Instance(matchClass, null);
  made.extra = found;
  return made;
}

const textOrNone = (text: string | undefined): Value => (text === undefined ? none : str(text));

// ── what a pattern does ──────────────────────────────────────────────────────────────────────────────────────────────

type Search = (it: Interpreter, pattern: Instance, args: readonly Value[], keywords: Keywords) => Value;

const first =
  (mode: Mode): Search =>
  (_it, pattern, [text = none]) => {
    const found = matches(pattern, text, mode);
    if (found instanceof Unknown) return found;
    return found[0] ? matchObject(found[0]) : none;
  };

const searches: Readonly<Record<string, Search>> = {
  match: first("y"),
  search: first("g"),
  fullmatch: first("full"),
  findall: (_it, pattern, [text = none]) => {
    const found = matches(pattern, text, "g");
    if (!(found instanceof Unknown)) return new List(found.map(({ match }) => shown(match)));
    const list = new List([]);
    list.lost = found;
    return list;
  },
  finditer: (_it, pattern, [text = none]) => {
    const found = matches(pattern, text, "g");
    return found instanceof Unknown ? found : iteratorOver(found.map(matchObject), "callable_iterator");
  },
  split: (_it, pattern, [text = none, most], keywords) => {
    const found = matches(pattern, text, "g");
    if (found instanceof Unknown) return found;
    const subject = baseOf(text);
    const limit = numberOf(most ?? keywords.get("maxsplit") ?? int(0)) || found.length;
    const parts: Value[] = [];
    let at = 0;
    for (const { match } of found.slice(0, limit)) {
      parts.push(str(match.input.slice(at, match.index)), ...match.slice(1).map(textOrNone));
      at = match.index + match[0].length;
    }
    return new List([...parts, str(subject.kind === "str" ? subject.value.slice(at) : "")]);
  },
  sub: (it, pattern, args, keywords) => substitute(it, pattern, args, keywords).text,
  subn: (it, pattern, args, keywords) => {
    const { text, count } = substitute(it, pattern, args, keywords);
    return new Tuple([text, int(count)]);
  },
};

function shown(match: RegExpExecArray): Value {
  if (match.length === 1) return str(match[0]);
  return match.length === 2 ? str(match[1] ?? "") : new Tuple(match.slice(1).map((each) => str(each ?? "")));
}

function substitute(
  it: Interpreter,
  pattern: Instance,
  [by = none, text = none, most]: readonly Value[],
  keywords: Keywords,
): { text: Value; count: number } {
  const found = matches(pattern, text, "g");
  if (found instanceof Unknown) return { text: new Unknown(found.why, { type: "str" }), count: 0 };
  const subject = baseOf(text);
  const taken = found.slice(0, numberOf(most ?? keywords.get("count") ?? int(0)) || found.length);
  let result = "";
  let at = 0;
  for (const each of taken) {
    const { match } = each;
    const piece = by.kind === "str" ? expanded(it, by.value, each) : strOf(it, call(it, by, [matchObject(each)]));
    if (piece.kind !== "str")
      return { text: new Unknown("a replacement that is not known", { type: "str" }), count: 0 };
    result += match.input.slice(at, match.index) + piece.value;
    at = match.index + match[0].length;
  }
  return { text: str(result + (subject.kind === "str" ? subject.value.slice(at) : "")), count: taken.length };
}

/** A replacement with its references to groups. */
function expanded(it: Interpreter, template: string, found: Found): Value {
  let known = true;
  const text = template.replaceAll(/\\(?:(\d{1,2})|g<(\w+)>|([\s\S]))/g, (_whole, number, name, other) => {
    if (other !== undefined) {
      const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\" };
      known &&= other in escapes || !/[A-Za-z0-9]/.test(other);
      return escapes[other] ?? `\\${other}`;
    }
    return groupOf(it, found, number ?? name) ?? "";
  });
  return known ? str(text) : lost();
}

function groupOf(it: Interpreter, { match, compiled }: Found, key: string): string | undefined {
  const index = /^\d+$/.test(key) ? Number(key) : compiled.names.indexOf(key);
  if (index < 0 || index >= match.length) it.raise("IndexError", "no such group");
  return match[index];
}

// ── matches ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function onMatch(
  name: string,
  run: (it: Interpreter, found: Found, args: readonly Value[], kw: Keywords) => Value,
): void {
  defineMethod(matchClass, name, (it, [self, ...args], keywords) =>
    self?.kind === "instance" && self.extra instanceof Found ? run(it, self.extra, args, keywords) : lost(),
  );
}

function group(it: Interpreter, found: Found, key: Value): Value {
  const base = baseOf(key);
  const name = base.kind === "str" ? base.value : numberOf(base)?.toString();
  return name === undefined ? lost() : textOrNone(groupOf(it, found, name));
}

onMatch("group", (it, found, args) => {
  const groups = (args.length > 0 ? args : [int(0)]).map((key) => group(it, found, key));
  return args.length > 1 ? new Tuple(groups) : (groups[0] ?? none);
});
onMatch("__getitem__", (it, found, [key = none]) => group(it, found, key));
onMatch("groups", (_it, { match }, [otherwise = none], keywords) => {
  const missing = keywords.get("default") ?? otherwise;
  return new Tuple(match.slice(1).map((text) => (text === undefined ? missing : str(text))));
});
onMatch("groupdict", (_it, { match, compiled }, [otherwise = none], keywords) => {
  const dict = new Dict();
  const missing = keywords.get("default") ?? otherwise;
  compiled.names.forEach((name, i) => {
    const text: string | undefined = match[i];
    if (name !== null) dict.set(name, text === undefined ? missing : str(text));
  });
  return dict;
});
const bounds = ({ match }: Found, key: Value | undefined): [number, number] | null =>
  key && numberOf(key) !== 0 ? null : [match.index, match.index + match[0].length];
onMatch("start", (_it, found, [key]) => {
  const at = bounds(found, key);
  return at ? int(at[0]) : groupPlace(found, key, 0);
});
onMatch("end", (_it, found, [key]) => {
  const at = bounds(found, key);
  return at ? int(at[1]) : groupPlace(found, key, 1);
});
onMatch("span", (_it, found, [key]) => {
  const at = bounds(found, key);
  return at ? new Tuple(at.map(int)) : new Tuple([groupPlace(found, key, 0), groupPlace(found, key, 1)]);
});
onMatch("__bool__", () => ({ kind: "bool", value: true }) as Value);
onMatch("__repr__", (_it, { match }) =>
  str(`<re.Match object; span=(${match.index}, ${match.index + match[0].length}), match=${reprText(str(match[0]))}>`),
);

/** Where a group lies: found by searching again with the places noted. */
function groupPlace({ match, compiled }: Found, key: Value | undefined, end: 0 | 1): Value {
  const base = baseOf(key ?? none);
  const index = base.kind === "str" ? compiled.names.indexOf(base.value) : (numberOf(base) ?? -1);
  const again = new RegExp(compiled.source, `${compiled.flags}yd`);
  again.lastIndex = match.index;
  const places = index < 0 ? undefined : again.exec(match.input)?.indices?.[index];
  return places ? int(places[end]) : int(-1);
}

// ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────────

for (const [name, search] of Object.entries(searches)) {
  defineMethod(patternClass, name, (it, [self, ...args], keywords) =>
    self?.kind === "instance" ? search(it, self, args, keywords) : lost(),
  );
}
const ofPattern = (name: string, read: (compiled: Compiled) => Value): void =>
  defineProperty(patternClass, name, (_it, self) =>
    self.kind === "instance" && self.extra instanceof Compiled ? read(self.extra) : lost(),
  );
ofPattern("pattern", ({ pattern }) => str(pattern));
ofPattern("flags", ({ bits }) => int(bits | 32));
ofPattern("groups", ({ translated }) => (translated ? int(translated.names.length - 1) : lost()));
defineProperty(matchClass, "string", (_it, self) =>
  self.kind === "instance" && self.extra instanceof Found ? str(self.extra.match.input) : lost(),
);
defineProperty(matchClass, "re", (_it, self) =>
  self.kind === "instance" && self.extra instanceof Found ? self.extra.pattern : lost(),
);

const functions: Record<string, NativeCall> = {};
for (const [name, search] of Object.entries(searches)) {
  // Flags come behind what the method takes.
  const behind = name === "split" ? 2 : name.startsWith("sub") ? 3 : 1;
  functions[name] = (it, args, keywords) => {
    const pattern = compile(it, required(it, name, args, 0), keywords.get("flags") ?? args[behind + 1]);
    const rest = [...args.slice(1, behind + 1)];
    const text = keywords.get("string");
    if (text) rest.push(text);
    return pattern instanceof Unknown ? pattern : search(it, pattern, rest, keywords);
  };
}

const long = { I: "IGNORECASE", M: "MULTILINE", S: "DOTALL", X: "VERBOSE", A: "ASCII" } as const;

export const re = outsideModule("re", {
  ...functions,
  ...Object.fromEntries(Object.entries(flagBits).map(([name, bit]) => [name, int(bit)])),
  ...Object.fromEntries(Object.entries(long).map(([name, word]) => [word, int(flagBits[name as keyof typeof long])])),
  compile: (it, args, keywords) => compile(it, required(it, "compile", args, 0), keywords.get("flags") ?? args[1]),
  escape: (it, args) => {
    const text = baseOf(required(it, "escape", args, 0));
    return text.kind === "str" ? str(text.value.replaceAll(/[\s!-/:-@[-`{-~]/g, escapedCharacter)) : lost();
  },
  Pattern: patternClass,
  Match: matchClass,
  error: errorClass,
  purge: () => none,
});

function escapedCharacter(character: string): string {
  return /[!"%',/:;<=>@_`]/.test(character) ? character : `\\${character}`;
}
