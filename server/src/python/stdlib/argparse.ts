/**
 * `argparse`: an argument that is parsed from the command line is unknown, whatever its default, since a program is run
 * with other arguments too. Its name, type and default are told. Where the program itself gives the arguments,
 * `parse_args([])`, what it gets is exact.
 */
import { argument, defineMethod } from "../builtins/define.ts";
import { equals } from "../comparison.ts";
import { exceptionClass } from "../exceptions.ts";
import { reprOf, reprText } from "../format.ts";
import type { Interpreter } from "../interpreter.ts";
import { itemsOf } from "../iterate.ts";
import { floatClass, intClass } from "../types.ts";
import {
  bool,
  False,
  Instance,
  type Keywords,
  List,
  none,
  notImplemented,
  str,
  True,
  Tuple,
  Unknown,
  type UnknownFacts,
  type Value,
} from "../values.ts";
import { classIn, outsideModule } from "./define.ts";
import { type Option, parseArguments } from "./options.ts";

const parserClass = classIn("argparse", "ArgumentParser");
const namespaceClass = classIn("argparse", "Namespace");
const booleanClass = classIn("argparse", "BooleanOptionalAction");

/** What a parser knows: its options in order, and what `set_defaults` gave. */
class Options {
  readonly options: Option[] = [];
  readonly defaults = new Map<string, Value>();
  /** Whether there are parts that are not followed, subcommands. */
  partial = false;
}

function optionsOf(parser: Value | undefined): Options {
  if (parser?.kind !== "instance") return new Options();
  if (!(parser.extra instanceof Options)) parser.extra = new Options();
  return parser.extra as Options;
}

/** `add_argument(…)` as data; null where its name is not known. */
function readOption(args: readonly Value[], keywords: Keywords): Option | null {
  const flags = args.flatMap((arg) => (arg.kind === "str" ? [arg.value] : []));
  if (flags.length < args.length) return null;
  const given = keywords.get("dest");
  const long = flags.find((each) => each.startsWith("--")) ?? flags[0];
  const dest = given?.kind === "str" ? given.value : long?.replace(/^-+/, "").replaceAll("-", "_");
  if (dest === undefined) return null;
  const action = keywords.get("action");
  return {
    dest,
    flags: flags.filter((flag) => flag.startsWith("-")),
    action:
      action === undefined ? "store" : action.kind === "str" ? action.value : action === booleanClass ? "boolean" : "?",
    nargs: keywords.get("nargs") ?? none,
    type: keywords.get("type") ?? none,
    default: keywords.get("default") ?? null,
    constant: keywords.get("const") ?? none,
    choices: keywords.get("choices") ?? none,
    required: keywords.get("required")?.kind === "bool" && keywords.get("required") === True,
  };
}

/** What is known of an option whose value is not. */
function typeOf(option: Option): UnknownFacts["type"] {
  if (/^store_(true|false)$/.test(option.action)) return "bool";
  if (option.nargs.kind !== "none" || option.action !== "store") return undefined;
  if (option.type === intClass) return option.default?.kind === "none" ? undefined : "int";
  return option.type === floatClass ? "float" : undefined;
}

function unknownOption(option: Option): Unknown {
  const otherwise = option.default;
  const shown = otherwise && otherwise.kind !== "none" ? `, default ${reprText(otherwise)}` : "";
  const type = typeOf(option);
  const why = `it comes from the command line (argparse${shown})`;
  return new Unknown(why, { name: `args.${option.dest}`, ...(type ? { type } : {}) });
}

// ── parsers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

defineMethod(parserClass, "__init__", (_it, [self], keywords) => {
  const parents = keywords.get("parents");
  if (parents?.kind === "list" || parents?.kind === "tuple") {
    for (const parent of parents.items) optionsOf(self).options.push(...optionsOf(parent).options);
  }
  return none;
});
defineMethod(parserClass, "add_argument", (_it, [self, ...args], keywords) => {
  const option = readOption(args, keywords);
  const known = optionsOf(self);
  if (option) known.options.push(option);
  else known.partial = true;
  return none;
});
for (const name of ["add_argument_group", "add_mutually_exclusive_group"]) {
  defineMethod(parserClass, name, (_it, [self = none]) => self);
}
for (const name of ["add_subparsers", "add_parser"]) {
  defineMethod(parserClass, name, (_it, [self]) => {
    optionsOf(self).partial = true;
    return new Unknown("it comes from the command line (argparse)");
  });
}
defineMethod(parserClass, "set_defaults", (_it, [self], keywords) => {
  for (const [name, value] of keywords) optionsOf(self).defaults.set(name, value);
  return none;
});
defineMethod(parserClass, "get_default", (_it, [self, name = none]) => {
  const { options, defaults, partial } = optionsOf(self);
  if (name.kind !== "str" || partial) return new Unknown("a default that is not known");
  return defaults.get(name.value) ?? options.find(({ dest }) => dest === name.value)?.default ?? none;
});
for (const name of ["print_help", "print_usage", "error", "exit", "register"]) {
  defineMethod(parserClass, name, () => none);
}

/** What is parsed, and what is left over. */
function parse(it: Interpreter, self: Value | undefined, given: Value): { namespace: Instance; rest: Value } {
  const { options, defaults, partial } = optionsOf(self);
  const namespace = new Instance(namespaceClass, null);
  const items = given.kind === "none" ? null : itemsOf(it, given);
  const words = Array.isArray(items) ? items.flatMap((item) => (item.kind === "str" ? [item.value] : [])) : null;
  const exact =
    words && !partial && words.length === (items as Value[]).length
      ? parseArguments(it, options, defaults, words)
      : null;
  if (exact) {
    for (const [name, value] of exact.values) namespace.attrs.set(name, value);
    return { namespace, rest: new List(exact.rest.map(str)) };
  }
  for (const option of options) namespace.attrs.set(option.dest, unknownOption(option));
  for (const [name, value] of defaults) if (!namespace.attrs.has(name)) namespace.attrs.set(name, value);
  // Options of a subcommand may be there too.
  namespace.extra = openNamespace;
  return { namespace, rest: new Unknown("the arguments that are left") };
}

/** Marks a namespace that may have more names than are known. */
const openNamespace = {};

defineMethod(parserClass, "parse_args", (it, [self, args], keywords) => {
  const { namespace, rest } = parse(it, self, args ?? keywords.get("args") ?? none);
  if (rest.kind === "list" && rest.items.length > 0) it.raise("SystemExit", "unrecognized arguments");
  return merged(it, namespace, keywords.get("namespace"));
});
defineMethod(parserClass, "parse_known_args", (it, [self, args], keywords) => {
  const { namespace, rest } = parse(it, self, args ?? keywords.get("args") ?? none);
  return new Tuple([namespace, rest]);
});

/** `parse_args(namespace=…)` writes into an object that is there already. */
function merged(_it: Interpreter, namespace: Instance, target: Value | undefined): Value {
  if (target?.kind !== "instance") return target === undefined || target.kind === "none" ? namespace : target;
  for (const [name, value] of namespace.attrs) {
    target.set(name, target.attrs.has(name) ? new Unknown("it comes from the command line (argparse)") : value);
  }
  return target;
}

// ── namespaces ───────────────────────────────────────────────────────────────────────────────────────────────────────

defineMethod(namespaceClass, "__init__", (_it, [self], keywords) => {
  if (self?.kind === "instance") for (const [name, value] of keywords) self.set(name, value);
  return none;
});
defineMethod(namespaceClass, "__getattr__", (it, args, keywords) => {
  const name = argument(args, keywords, 1, "name") ?? none;
  const isOpen = args[0]?.kind === "instance" && args[0].extra === openNamespace;
  const known = name.kind === "str" && !name.value.startsWith("__") && isOpen;
  return known
    ? new Unknown("it comes from the command line (argparse)", { name: `args.${name.value}` })
    : it.raise("AttributeError", "no such option");
});
defineMethod(namespaceClass, "__contains__", (_it, [self, name = none]) => {
  if (self?.kind !== "instance" || name.kind !== "str")
    return new Unknown("a name that is not known", { type: "bool" });
  if (self.attrs.has(name.value)) return True;
  return self.extra === openNamespace ? new Unknown("which options there are is not known", { type: "bool" }) : False;
});
defineMethod(namespaceClass, "__eq__", (it, [self, other]) => {
  if (self?.kind !== "instance" || other?.kind !== "instance" || self.cls !== other.cls) return notImplemented;
  if (self.attrs.size !== other.attrs.size) return False;
  const pairs = [...self.attrs].map(([name, value]) => equals(it, value, other.attrs.get(name) ?? none));
  if (pairs.includes(false)) return False;
  return pairs.includes(undefined) ? new Unknown("the options are not known", { type: "bool" }) : bool(true);
});
defineMethod(namespaceClass, "__repr__", (it, [self]) => {
  const parts: string[] = [];
  for (const [name, value] of self?.kind === "instance" ? self.attrs : []) {
    const text = reprOf(it, value);
    if (text.kind !== "str") return text;
    parts.push(`${name}=${text.value}`);
  }
  return str(`Namespace(${parts.join(", ")})`);
});

export const argparse = outsideModule("argparse", {
  ArgumentParser: parserClass,
  Namespace: namespaceClass,
  BooleanOptionalAction: booleanClass,
  ArgumentDefaultsHelpFormatter: classIn("argparse", "ArgumentDefaultsHelpFormatter"),
  RawTextHelpFormatter: classIn("argparse", "RawTextHelpFormatter"),
  RawDescriptionHelpFormatter: classIn("argparse", "RawDescriptionHelpFormatter"),
  SUPPRESS: str("==SUPPRESS=="),
  ArgumentTypeError: classIn("argparse", "ArgumentTypeError", exceptionClass("Exception")),
});
