/** `os`, `os.path` and `pathlib` as far as they are about text: no disk is looked at. */
import { specialMethod } from "../attributes.ts";
import { required } from "../builtins/define.ts";
import { call } from "../call.ts";
import { baseOf } from "../derived.ts";
import type { Interpreter } from "../interpreter.ts";
import { type NativeCall, none, str, Tuple, Unknown, type Value } from "../values.ts";
import { classIn, outsideModule } from "./define.ts";
import { inPython } from "./prelude/index.ts";

/** The text of a path: a string, or what knows its own. */
function pathText(it: Interpreter, value: Value): Value {
  const base = baseOf(value);
  if (base.kind === "str") return base;
  const method = base.kind === "instance" ? specialMethod(it, base, "__fspath__") : undefined;
  if (method) return call(it, method, []);
  return new Unknown(base.kind === "unknown" ? base.why : "a path that is not known", { type: "str" });
}

/** A function of paths that are all known. */
function ofPaths(fn: (...paths: string[]) => Value): NativeCall {
  return (it, args) => {
    const texts: string[] = [];
    for (const arg of args) {
      const text = pathText(it, arg);
      if (text.kind !== "str") return text;
      texts.push(text.value);
    }
    return fn(...texts);
  };
}

function join(...parts: string[]): string {
  let path = parts[0] ?? "";
  for (const part of parts.slice(1)) {
    path = part.startsWith("/") || path === "" ? part : `${path}${path.endsWith("/") ? "" : "/"}${part}`;
  }
  return path;
}

function split(path: string): [string, string] {
  const at = path.lastIndexOf("/") + 1;
  const head = path.slice(0, at);
  return [/^\/*$/.test(head) ? head : head.replace(/\/+$/, ""), path.slice(at)];
}

function splitext(path: string): [string, string] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.replace(/^\.+/, "").lastIndexOf(".");
  if (dot < 0) return [path, ""];
  const extension = name.slice(name.lastIndexOf("."));
  return [path.slice(0, path.length - extension.length), extension];
}

function normpath(path: string): string {
  if (path === "") return ".";
  const root = path.startsWith("//") && !path.startsWith("///") ? "//" : path.startsWith("/") ? "/" : "";
  const kept: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== ".." || (root === "" && kept.length === 0) || kept.at(-1) === "..") kept.push(part);
    else kept.pop();
  }
  return root + kept.join("/") || ".";
}

const pair = ([head, tail]: [string, string]): Tuple => new Tuple([str(head), str(tail)]);

export const osPath = outsideModule("os.path", {
  sep: str("/"),
  join: ofPaths((...parts) => str(join(...parts))),
  basename: ofPaths((path = "") => str(split(path)[1])),
  dirname: ofPaths((path = "") => str(split(path)[0])),
  split: ofPaths((path = "") => pair(split(path))),
  splitext: ofPaths((path = "") => pair(splitext(path))),
  normpath: ofPaths((path = "") => str(normpath(path))),
});

export const os = outsideModule("os", {
  environ: new Unknown("the environment is not known before the program runs", { name: "os.environ" }),
  getenv: () => new Unknown("the environment is not known before the program runs", { name: "os.getenv(…)" }),
  sep: str("/"),
  linesep: str("\n"),
  makedirs: () => none,
  mkdir: () => none,
  fspath: (it, args) => pathText(it, required(it, "fspath", args, 0)),
  PathLike: classIn("os", "PathLike"),
});

export const pathlib = outsideModule("pathlib", {}, inPython("pathlib"));
