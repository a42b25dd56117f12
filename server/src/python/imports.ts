/** `import` and `from … import`. */
import type { Import, ImportFrom } from "../syntax/ast.ts";
import { bindName } from "./assign.ts";
import { findAttribute } from "./attributes.ts";
import type { Frame, Interpreter } from "./interpreter.ts";
import { itemsOf } from "./iterate.ts";
import { type Module, Unknown } from "./values.ts";

export function importModules(it: Interpreter, stmt: Import, frame: Frame): void {
  for (const { name, asname } of stmt.names) {
    const { file } = frame.globals;
    if (asname !== null) {
      bindName(asname, loadDotted(it, name, file), frame);
    } else {
      const [root = name] = name.split(".");
      const package_ = it.loader.load(it, root, file);
      if (package_.kind === "module") loadDotted(it, name, file);
      bindName(root, package_, frame);
    }
  }
}

export function importFrom(it: Interpreter, stmt: ImportFrom, frame: Frame): void {
  if (stmt.module === "__future__") return;
  const { file } = frame.globals;
  const name = it.loader.absoluteName(stmt.level, stmt.module, frame.globals);
  const module = loadDotted(it, name, file);
  for (const { name: imported, asname } of stmt.names) {
    if (imported === "*") importStar(it, module, frame);
    else bindName(asname ?? imported, member(it, module, imported), frame);
  }
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
    }
  }
  return module;
}

function member(it: Interpreter, module: Module | Unknown, name: string): ReturnType<typeof findAttribute> & {} {
  if (module.kind === "unknown") return new Unknown(module.why, { name });
  return (
    findAttribute(it, module, name) ?? it.raise("ImportError", `cannot import name '${name}' from '${module.name}'`)
  );
}

function importStar(it: Interpreter, module: Module | Unknown, frame: Frame): void {
  if (module.kind === "unknown") {
    // Any name that is not found later may have come from here.
    frame.globals.scope.set("*", new Unknown(module.why, { name: "" }));
    return;
  }
  const all = findAttribute(it, module, "__all__");
  const names = all ? itemsOf(it, all) : null;
  if (Array.isArray(names)) {
    for (const name of names) if (name.kind === "str") bindName(name.value, member(it, module, name.value), frame);
    return;
  }
  if (module.fallback) {
    frame.globals.scope.set("*", new Unknown(`it may come from ${module.name}`, { name: "" }));
  }
  for (const [name, value] of [...module.scope.vars]) if (!name.startsWith("_")) bindName(name, value, frame);
}
