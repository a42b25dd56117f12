/** `builtins` and `keyword`: which names the language itself has. */
import { builtinScope } from "../builtins/scope.ts";
import { bool, List, Module, type NativeCall, str, Unknown } from "../values.ts";
import { moduleOf } from "./define.ts";

/** Builtins of CPython 3.12 that the interpreter does not bring. */
const others =
  "aiter anext breakpoint compile copyright credits eval exec exit help license memoryview quit __build_class__ \
__debug__ __doc__ __import__ __loader__ __spec__".split(" ");

/** What every module sees, as a module. */
export const builtins = (): Module =>
  new Module("builtins", {
    fallback: (name) =>
      builtinScope.get(name) ??
      (others.includes(name) ? new Unknown(`builtins.${name} is not known to this version`, { name }) : null),
  });

/** The keywords of CPython 3.12. */
const keywords =
  "False None True and as assert async await break class continue def del elif else except finally for from global if \
import in is lambda nonlocal not or pass raise return try while with yield".split(" ");
const softKeywords = ["_", "case", "match", "type"];

const isAmong =
  (words: readonly string[]): NativeCall =>
  (_it, [word]) =>
    word?.kind === "unknown"
      ? new Unknown(word.why, { type: "bool" })
      : bool(word?.kind === "str" && words.includes(word.value));

/** A run has lists of its own, which it may change. */
export const keyword = (): Module =>
  moduleOf("keyword", {
    kwlist: new List(keywords.map(str)),
    softkwlist: new List(softKeywords.map(str)),
    iskeyword: isAmong(keywords),
    issoftkeyword: isAmong(softKeywords),
  })();
