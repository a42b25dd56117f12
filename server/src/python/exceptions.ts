/** Python's exception classes and objects of them. */
import type { Site } from "../syntax/ast.ts";
import { linearize, objectClass } from "./types.ts";
import { Class, Instance, Native, none, str, Tuple, type Value } from "./values.ts";

/** Class name → base's name, base first. */
const hierarchy: readonly (readonly [string, string])[] = [
  ["BaseException", "object"],
  ["SystemExit", "BaseException"],
  ["KeyboardInterrupt", "BaseException"],
  ["GeneratorExit", "BaseException"],
  ["BaseExceptionGroup", "BaseException"],
  ["Exception", "BaseException"],
  ["StopIteration", "Exception"],
  ["StopAsyncIteration", "Exception"],
  ["ArithmeticError", "Exception"],
  ["FloatingPointError", "ArithmeticError"],
  ["OverflowError", "ArithmeticError"],
  ["ZeroDivisionError", "ArithmeticError"],
  ["AssertionError", "Exception"],
  ["AttributeError", "Exception"],
  ["BufferError", "Exception"],
  ["EOFError", "Exception"],
  ["ImportError", "Exception"],
  ["ModuleNotFoundError", "ImportError"],
  ["LookupError", "Exception"],
  ["IndexError", "LookupError"],
  ["KeyError", "LookupError"],
  ["MemoryError", "Exception"],
  ["NameError", "Exception"],
  ["UnboundLocalError", "NameError"],
  ["OSError", "Exception"],
  ["FileExistsError", "OSError"],
  ["FileNotFoundError", "OSError"],
  ["PermissionError", "OSError"],
  ["ConnectionError", "OSError"],
  ["TimeoutError", "OSError"],
  ["ReferenceError", "Exception"],
  ["RuntimeError", "Exception"],
  ["NotImplementedError", "RuntimeError"],
  ["RecursionError", "RuntimeError"],
  ["SyntaxError", "Exception"],
  ["IndentationError", "SyntaxError"],
  ["SystemError", "Exception"],
  ["TypeError", "Exception"],
  ["ValueError", "Exception"],
  ["UnicodeError", "ValueError"],
  ["UnicodeDecodeError", "UnicodeError"],
  ["UnicodeEncodeError", "UnicodeError"],
  ["Warning", "Exception"],
  ["DeprecationWarning", "Warning"],
  ["PendingDeprecationWarning", "Warning"],
  ["RuntimeWarning", "Warning"],
  ["SyntaxWarning", "Warning"],
  ["UserWarning", "Warning"],
  ["FutureWarning", "Warning"],
  ["ImportWarning", "Warning"],
  ["UnicodeWarning", "Warning"],
  ["BytesWarning", "Warning"],
  ["ResourceWarning", "Warning"],
];

/** What Python keeps of an exception beside its attributes. */
export class Chain {
  cause: Value = none;
  context: Value = none;
}

/** What an exception was raised from, and while what was handled. */
export function chainOf(exception: Instance): Chain {
  if (!(exception.extra instanceof Chain)) exception.extra = new Chain();
  return exception.extra as Chain;
}

export const exceptionClasses: ReadonlyMap<string, Class> = buildHierarchy();

export function exceptionClass(name: string): Class {
  const cls = exceptionClasses.get(name);
  if (!cls) throw new Error(`no such exception class: ${name}`);
  return cls;
}

/** An exception with this argument; with none where the message is empty. */
export function makeException(cls: Class, message: string | Value, site: Site | null): Instance {
  const exception = new Instance(cls, site);
  const argument = typeof message === "string" ? str(message) : message;
  exception.attrs.set("args", new Tuple(message === "" ? [] : [argument]));
  return exception;
}

/** `ValueError: needs two` for a reason shown to people. */
export function describeException(exception: Instance): string {
  const args = exception.attrs.get("args");
  const first = args?.kind === "tuple" ? args.items[0] : undefined;
  return first?.kind === "str" && first.value !== "" ? `${exception.cls.name}: ${first.value}` : exception.cls.name;
}

function buildHierarchy(): Map<string, Class> {
  const classes = new Map<string, Class>();
  for (const [name, base] of hierarchy) {
    classes.set(name, new Class({ name, bases: [classes.get(base) ?? objectClass] }));
  }
  const groupBases = ["BaseExceptionGroup", "Exception"].flatMap((name) => classes.get(name) ?? []);
  const mro = linearize(groupBases);
  if (mro) classes.set("ExceptionGroup", new Class({ name: "ExceptionGroup", bases: groupBases, mro }));
  const root = classes.get("BaseException");
  root?.dict.set(
    "__init__",
    new Native("__init__", (_it, [self, ...args]) => {
      if (self?.kind === "instance") self.set("args", new Tuple(args));
      return none;
    }),
  );
  root?.dict.set(
    "__new__",
    new Native("__new__", (it, [cls, ...args]) => {
      const exception = new Instance(cls?.kind === "class" ? cls : exceptionClass("BaseException"), it.site());
      exception.attrs.set("args", new Tuple(args));
      return exception;
    }),
  );
  root?.dict.set("with_traceback", new Native("with_traceback", (_it, [self]) => self ?? none));
  return classes;
}
