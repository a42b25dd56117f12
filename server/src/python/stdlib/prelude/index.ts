/**
 * Parts of the standard library that are written in Python: what they do follows from the interpreter. A name is run when
 * somebody asks for it. The modules here are found under names that no program can import, `%contextlib`.
 */
import { findAttribute } from "../../attributes.ts";
import type { Interpreter } from "../../interpreter.ts";
import type { Value } from "../../values.ts";
import { collectionsSource } from "./collections.ts";
import { contextlibSource } from "./contextlib.ts";
import { functoolsSource } from "./functools.ts";
import { inspectSource } from "./inspect.ts";
import { pathlibSource } from "./pathlib.ts";
import { stringSource, textwrapSource } from "./text.ts";

const sources: Readonly<Record<string, string>> = {
  collections: collectionsSource,
  contextlib: contextlibSource,
  functools: functoolsSource,
  inspect: inspectSource,
  pathlib: pathlibSource,
  string: stringSource,
  textwrap: textwrapSource,
};

/** The Python text of such a module by its name, `%contextlib`; null for any other. */
export function standardSource(name: string): string | null {
  return name.startsWith("%") ? (sources[name.slice(1)] ?? null) : null;
}

/** Gives the names of a module that are written in Python. */
export function inPython(module: string): (name: string, it: Interpreter) => Value | null {
  return (name, it) => {
    const found = it.loader.load(it, `%${module}`, null);
    return found.kind === "module" ? (findAttribute(it, found, name) ?? null) : null;
  };
}
