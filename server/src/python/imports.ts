/** `import` and `from … import`, and what else imports by name. */
import type { Import, ImportFrom } from "../syntax/ast.ts";
import { bindName } from "./assign.ts";
import { boundInModule, findAttribute } from "./attributes.ts";
import type { Frame, Interpreter } from "./interpreter.ts";
import { itemsOf } from "./iterate.ts";
import { addStarSource, broughtBy, star, starSources } from "./stars.ts";
import { perhapsRaises } from "./tries.ts";
import { type Module, Unknown, type Value } from "./values.ts";

export function importModules(it: Interpreter, stmt: Import, frame: Frame): void {
  for (const { name, asname } of stmt.names) {
    const module = importModule(it, name, frame.globals.file, asname !== null);
    bindName(asname ?? name.split(".")[0] ?? name, module, frame);
  }
}

export function importFrom(it: Interpreter, stmt: ImportFrom, frame: Frame): void {
  if (stmt.module === "__future__") return;
  const { file } = frame.globals;
  const name = it.loader.absoluteName(stmt.level, stmt.module, frame.globals);
  if (name === null) it.raise("ImportError", "attempted relative import beyond top-level package");
  // Beside a file that lies in no package, `from . import x` means the module `x` itself.
  const module = name === "" ? null : importModule(it, name, file, true);
  for (const { name: imported, asname } of stmt.names) {
    if (imported === "*") {
      if (module) importStar(it, module, frame);
    } else {
      bindName(
        asname ?? imported,
        module ? member(it, module, imported) : importModule(it, imported, file, true),
        frame,
      );
    }
  }
}

/**
 * What `import name` binds: the module itself, or the outermost package of a dotted name. A module that is not there is
 * an unknown, so that what does not need it goes on; but a `try` around the import sees it fail, where it does.
 */
export function importModule(it: Interpreter, name: string, from: string | null, whole: boolean): Module | Unknown {
  const module = loadDotted(it, name, from);
  if (module.kind === "unknown" && it.attempts.length > 0) fail(it, name);
  return whole ? module : it.loader.load(it, name.split(".")[0] ?? name, from);
}

/** Takes the way of `except ImportError`: for sure, or as one of two ways that the program may go. */
function fail(it: Interpreter, name: string): void {
  const isAbsent = name.split(".").some((_, at, parts) => it.loader.isAbsent(parts.slice(0, at + 1).join(".")));
  const message = `No module named '${name}'`;
  if (isAbsent) it.raise("ModuleNotFoundError", message);
  perhapsRaises(it, "ModuleNotFoundError", message);
}

/** Loads `a.b.c` with its packages before it, as Python does. */
function loadDotted(it: Interpreter, name: string, from: string | null): Module | Unknown {
  const parts = name.split(".");
  let module: Module | Unknown = it.loader.load(it, parts[0] ?? name, from);
  for (let i = 1; i < parts.length && module.kind === "module"; i += 1) {
    const part = parts[i] ?? "";
    const parent: Module = module;
    const loaded = it.loader.load(it, parts.slice(0, i + 1).join("."), from);
    if (loaded.kind === "module") {
      if (!parent.scope.vars.has(part)) parent.scope.set(part, loaded);
      module = loaded;
    } else {
      const attribute = findAttribute(it, parent, part);
      module = attribute?.kind === "module" ? attribute : loaded;
      // The program goes on with a part that cannot be read, under the name that the import gives it in its package.
      if (attribute === undefined) parent.scope.set(part, loaded);
    }
  }
  return module;
}

function member(it: Interpreter, module: Module | Unknown, name: string): Value {
  if (module.kind === "unknown") return new Unknown(module.why, { name });
  const found = boundInModule(it, module, name);
  if (found !== undefined) return found;
  const open = findAttribute(it, module, name);
  if (open !== undefined) return perhaps(it, module, name, open);
  const part = module.isPackage ? it.loader.load(it, `${module.name}.${name}`, module.file) : null;
  if (part?.kind === "unknown" && !it.loader.isAbsent(`${module.name}.${name}`)) {
    return perhaps(it, module, name, new Unknown(part.why, { name }));
  }
  const place = module.file === null ? "" : ` (${module.file})`;
  const from = it.loader.isRunning(module)
    ? `partially initialized module '${module.name}' (most likely due to a circular import)`
    : `'${module.name}'`;
  return it.raise("ImportError", `cannot import name '${name}' from ${from}${place}`);
}

/** A value for a name that the module may also not have. */
function perhaps(it: Interpreter, module: Module, name: string, value: Value): Value {
  perhapsRaises(it, "ImportError", `cannot import name '${name}' from '${module.name}'`);
  return value;
}

function importStar(it: Interpreter, module: Module | Unknown, frame: Frame): void {
  const { globals } = frame;
  if (module.kind === "unknown" || module.fallback !== null) {
    const known = [...globals.scope.vars.keys()].filter((name) => /^[^\W_]/.test(name));
    addStarSource(globals, module);
    for (const name of known) {
      const value = module.kind === "module" ? broughtBy(it, module, name) : undefined;
      if (value !== undefined) bindName(name, value, frame);
    }
    return;
  }
  const all = findAttribute(it, module, "__all__");
  const names = all ? itemsOf(it, all) : null;
  if (Array.isArray(names)) {
    for (const name of names) if (name.kind === "str") bindName(name.value, member(it, module, name.value), frame);
    return;
  }
  for (const [name, value] of [...module.scope.vars]) {
    if (name === star) for (const source of starSources(module)) addStarSource(globals, source);
    else if (!name.startsWith("_")) bindName(name, value, frame);
  }
  if (module.incomplete !== null) addStarSource(globals, new Unknown(module.incomplete, { name: "" }));
}
