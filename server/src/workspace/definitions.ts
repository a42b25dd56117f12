/** Where a library writes a class down, by its text alone: what comes with rules is not run, and has no place of its own. */
import { LineIndex } from "../base/lines.ts";

/** The files that names are looked for in. */
export interface Library {
  fileOf(module: string): string | null;
  textOf(path: string): string | null;
}

/** A place in a file; lines and columns count from 0, columns in UTF-16 units. */
export interface Definition {
  readonly path: string;
  readonly line: number;
  readonly character: number;
}

/** So many files hand a public name on before somebody writes it down. */
const FAR = 4;

/** The class statement behind a public name such as `torch.nn.Linear`; null where the source is not there. */
export function definitionOf(qualified: string, library: Library): Definition | null {
  const dot = qualified.lastIndexOf(".");
  const name = qualified.slice(dot + 1);
  let module: string | null = qualified.slice(0, dot);
  for (let step = 0; step < FAR && module !== null; step += 1) {
    const path = library.fileOf(module);
    const text = path === null ? null : library.textOf(path);
    if (path === null || text === null) return null;
    const found = new RegExp(`^(class\\s+)${name}\\b`, "m").exec(text);
    if (found) return { path, ...new LineIndex(text).positionAt(found.index + (found[1] ?? "").length) };
    module = originOf(name, module, text, /\/__init__\.py$/.test(path));
  }
  return null;
}

/** The module that `from … import` takes a name from. */
function originOf(name: string, module: string, text: string, isPackage: boolean): string | null {
  const imports = /^from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]*(\([^)]*\)|[^\n]*)/gm;
  let star: string | null = null;
  for (const [, dots = "", rest = "", names = ""] of text.matchAll(imports)) {
    const taken = names.replace(/#[^\n]*/g, "").trim();
    const isNamed = new RegExp(`\\b${name}\\b`).test(taken);
    if (!isNamed && taken !== "*") continue;
    const parts = module.split(".");
    const base = dots === "" ? [] : parts.slice(0, parts.length - dots.length + (isPackage ? 1 : 0));
    const origin = [...base, ...(rest === "" ? [] : [rest])].join(".");
    if (isNamed) return origin;
    star ??= origin;
  }
  return star;
}
