/** Arguments for what nobody calls: given ones where a comment gives them, else defaults, else named unknowns. */
import type { LineIndex } from "../base/lines.ts";
import { requiredArguments } from "../frameworks/torch/binding/layers.ts";
import { call, callWithUnknownRest } from "../python/call.ts";
import type { Interpreter } from "../python/interpreter.ts";
import { type Class, type Keywords, Unknown, type UnknownFacts, type Value } from "../python/values.ts";
import type { Expr, Parameter } from "../syntax/ast.ts";
import type { BadDirective } from "./analysis.ts";
import { type Directive, givenFor } from "./directives.ts";
import { parseGivenArguments } from "./inputs.ts";
import { type Names, readLiteral } from "./literals.ts";

/** What a comment is read with: names of the file, and who hears of one that can't be meant. */
export interface Reading {
  readonly names: Names;
  readonly complain: (problem: BadDirective) => void;
}

/** `# given num_classes=10` on a class or its `__init__`. */
export function givenArguments(
  cls: Class,
  directives: readonly Directive[],
  lines: LineIndex,
  reading: Reading,
): ReadonlyMap<string, Value> | null {
  const init = cls.dict.get("__init__");
  const starts: number[] = [];
  if (cls.site) starts.push(cls.site.unit.offset + cls.site.start);
  if (init?.kind === "function") starts.push(init.unit.offset + init.def.start);
  for (const start of starts) {
    const line = lines.positionAt(start).line;
    const directive = givenFor(directives, line, line);
    const values = directive && readArguments(directive, cls.lookup("__init__"), cls.name, reading);
    if (values) return values;
  }
  return null;
}

/** Arguments of a call that the analysis makes. */
export interface Arguments {
  readonly args: Value[];
  readonly keywords: Map<string, Value>;
  /** Stands for what `*args` and `**kwargs` may hold; null where they hold nothing. */
  readonly rest: Unknown | null;
}

/** The arguments that a comment gives to `callee`; null where it tells of inputs instead. */
export function readArguments(
  directive: Directive,
  callee: Value | undefined,
  name: string,
  { names, complain }: Reading,
): ReadonlyMap<string, Value> | null {
  const texts = directive.text.includes(":") ? null : parseGivenArguments(directive.text);
  if (texts === null) return null;
  const params = callee?.kind === "function" ? callee.params : null;
  const known = params && [...params.positional, ...params.keywordOnly].map((each) => each.name);
  const values = new Map<string, Value>();
  for (const [argument, text] of texts) {
    const start = directive.textStart + directive.text.search(new RegExp(`\\b${argument}\\s*=`));
    const place = { start, end: directive.textStart + directive.text.length };
    const value = readLiteral(text, names);
    if (known && !known.includes(argument) && !params?.kwarg) {
      const takes = known.filter((each) => each !== "self").join(", ");
      complain({ ...place, message: `${name} has no argument ${argument}; it takes ${takes || "none"}` });
    } else if (value === null) complain({ ...place, message: `${argument}=${text}: ${whatValuesAre}` });
    else values.set(argument, value);
  }
  return values;
}

const whatValuesAre = "an argument is a number, a text, True, False, None, a list of these or a name of this file";

/** Arguments for a call of `callee`, whose first `skip` parameters are bound already. */
export function argumentsFor(
  callee: Value | undefined,
  skip: number,
  given: ReadonlyMap<string, Value> | null,
): Arguments {
  const args: Value[] = [];
  const keywords = new Map<string, Value>();
  const func = callee?.kind === "bound" ? callee.func : callee;
  if (func?.kind !== "function") return { args, keywords, rest: null };
  for (const [i, parameter] of [...func.params.positional, ...func.params.keywordOnly].entries()) {
    if (i < skip) continue;
    const told = given?.get(parameter.name);
    if (told !== undefined) keywords.set(parameter.name, told);
    else if (!func.defaults.has(parameter.name)) {
      const value = unknownArgument(parameter);
      if (i < func.params.positionalOnly) args.push(value);
      else keywords.set(parameter.name, value);
    }
  }
  const { vararg, kwarg } = func.params;
  // A class that can be built with nothing is shown so; of one that can't, nobody knows what else it is given.
  const isOpen = vararg !== null || (kwarg !== null && args.length + keywords.size > (given?.size ?? 0));
  const name = `${vararg ? `*${vararg.name}` : `**${kwarg?.name}`}`;
  return {
    args,
    keywords,
    rest: isOpen ? new Unknown(`the arguments ${name} are not given here`, { plain: true }) : null,
  };
}

/** Calls what nobody calls, with some of the arguments given otherwise. */
export function callWith(
  it: Interpreter,
  callee: Value,
  { args, keywords: own, rest }: Arguments,
  more: Keywords,
): Value {
  const keywords = new Map([...own, ...more]);
  return rest ? callWithUnknownRest(it, callee, args, keywords, rest, true) : call(it, callee, args, keywords);
}

/** Arguments for an instance of `cls`: its own constructor's, or those of the layer that it is built on. */
export function argumentsOfClass(cls: Class, given: ReadonlyMap<string, Value> | null): Arguments {
  const init = cls.lookup("__init__");
  const made = argumentsFor(init, 1, given);
  for (const name of init?.kind === "native" ? requiredArguments(cls) : []) {
    made.keywords.set(name, given?.get(name) ?? missingArgument(name));
  }
  return made;
}

function missingArgument(name: string): Unknown {
  return new Unknown(`the argument ${name} is not given here`, { name, plain: true });
}

/** An argument that nobody gave, by its annotation where that tells its type. */
export function unknownArgument(parameter: Parameter): Unknown {
  const type = annotatedType(parameter.annotation);
  const missing = missingArgument(parameter.name);
  return type ? new Unknown(missing.why, { ...missing.facts, type }) : missing;
}

function annotatedType(annotation: Expr | null): UnknownFacts["type"] {
  if (annotation?.kind !== "Name") return undefined;
  const { id } = annotation;
  return id === "int" || id === "float" || id === "bool" || id === "str" ? id : undefined;
}
