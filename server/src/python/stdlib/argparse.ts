/**
 * `argparse`: a parsed argument is unknown, whatever its default, since a program is run with other arguments too. Its
 * name, type and default are told.
 */
import { argument, defineMethod } from "../builtins/define.ts";
import { reprText } from "../format.ts";
import { floatClass, intClass } from "../types.ts";
import { Instance, type Keywords, none, Tuple, Unknown, type UnknownFacts, type Value } from "../values.ts";
import { classIn, outsideModule } from "./define.ts";

const parserClass = classIn("argparse", "ArgumentParser");
const namespaceClass = classIn("argparse", "Namespace");

function optionName(args: readonly Value[], keywords: Keywords): string | null {
  const dest = keywords.get("dest");
  if (dest?.kind === "str") return dest.value;
  const flags = args.flatMap((arg) => (arg.kind === "str" ? [arg.value] : []));
  const flag = flags.find((each) => each.startsWith("--")) ?? flags[0];
  return flag ? flag.replace(/^-+/, "").replaceAll("-", "_") : null;
}

function typeOf(keywords: Keywords): UnknownFacts["type"] {
  const action = keywords.get("action");
  if (action?.kind === "str" && /^store_(true|false)$/.test(action.value)) return "bool";
  if (keywords.has("nargs") || keywords.has("action")) return undefined;
  const type = keywords.get("type");
  if (type === intClass) return keywords.get("default")?.kind === "none" ? undefined : "int";
  if (type === floatClass) return "float";
  return undefined;
}

defineMethod(parserClass, "__init__", () => none);
defineMethod(parserClass, "add_argument", (_it, [self, ...args], keywords) => {
  const name = optionName(args, keywords);
  if (self?.kind !== "instance" || name === null) return none;
  const otherwise = keywords.get("default");
  const shown = otherwise && otherwise.kind !== "none" ? `, default ${reprText(otherwise)}` : "";
  const type = typeOf(keywords);
  const why = `it comes from the command line (argparse${shown})`;
  self.set(`%${name}`, new Unknown(why, { name: `args.${name}`, ...(type ? { type } : {}) }));
  return none;
});
for (const name of ["add_argument_group", "add_mutually_exclusive_group"]) {
  defineMethod(parserClass, name, (_it, [self = none]) => self);
}
for (const name of ["add_subparsers", "add_parser"]) {
  defineMethod(parserClass, name, () => new Unknown("it comes from the command line (argparse)"));
}
for (const name of ["set_defaults", "print_help", "print_usage", "error", "exit", "register"]) {
  defineMethod(parserClass, name, () => none);
}

function parsed(self: Value | undefined): Value {
  const namespace = new Instance(namespaceClass, null);
  if (self?.kind === "instance") {
    for (const [name, value] of self.attrs) if (name.startsWith("%")) namespace.attrs.set(name.slice(1), value);
  }
  return namespace;
}

defineMethod(parserClass, "parse_args", (_it, [self]) => parsed(self));
defineMethod(
  parserClass,
  "parse_known_args",
  (_it, [self]) => new Tuple([parsed(self), new Unknown("the arguments that are left")]),
);

defineMethod(namespaceClass, "__init__", (_it, [self], keywords) => {
  if (self?.kind === "instance") for (const [name, value] of keywords) self.set(name, value);
  return none;
});
/** An option that another module or a subparser may add. */
defineMethod(namespaceClass, "__getattr__", (it, args, keywords) => {
  const name = argument(args, keywords, 1, "name") ?? none;
  const known = name.kind === "str" && !name.value.startsWith("__");
  return known
    ? new Unknown("it comes from the command line (argparse)", { name: `args.${name.value}` })
    : it.raise("AttributeError", "no such option");
});

export const argparse = outsideModule("argparse", {
  ArgumentParser: parserClass,
  Namespace: namespaceClass,
  BooleanOptionalAction: classIn("argparse", "BooleanOptionalAction"),
  ArgumentDefaultsHelpFormatter: classIn("argparse", "ArgumentDefaultsHelpFormatter"),
  RawTextHelpFormatter: classIn("argparse", "RawTextHelpFormatter"),
});
