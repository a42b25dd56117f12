/**
 * Modules of installed libraries, run only as far as somebody asks: a name runs the statements that bind it, and what
 * these read runs what binds that in turn. `from x.y import z` so evaluates what `z` needs and none of its siblings.
 *
 * A statement belongs to the names that it binds or visibly writes to (`REGISTRY["a"] = …`, `NAMES.append(…)`). What a
 * library does for its effect elsewhere alone is not run.
 */
import type { Expr, ImportFrom, Part, Stmt, Unit } from "../syntax/ast.ts";
import { boundNames } from "../syntax/bindings.ts";
import { attempt, findAttribute } from "./attributes.ts";
import { runUnit } from "./execute.ts";
import type { Interpreter } from "./interpreter.ts";
import { incompleteness, type ModuleFile } from "./modules.ts";
import { broughtBy, noteStarSource, openness } from "./stars.ts";
import { Dict, List, Module, SetValue, Unknown, type Value } from "./values.ts";

/** A module whose statements wait to be asked for. */
export function lazyModule(name: string, file: ModuleFile): Module {
  let contents: Contents | null = null;
  const read = (): Contents => {
    contents ??= new Contents(file, module);
    return contents;
  };
  const module: Module = new Module(name, {
    file: file.path,
    isPackage: file.isPackage,
    fallback: (wanted, it) => read().provide(wanted, it),
  });
  lazy.set(module, { file, read });
  return module;
}

const lazy = new WeakMap<Module, { readonly file: ModuleFile; readonly read: () => Contents }>();

/** The names that a module binds, after running all of it; an unknown where they cannot be listed. */
export function listNames(it: Interpreter, module: Module): readonly string[] | Unknown {
  const waiting = lazy.get(module);
  const unread = waiting?.read().provideAll(it) ?? null;
  if (unread !== null) return new Unknown(unread);
  const open = openness(module);
  if (open !== null) return open;
  if (!waiting && module.fallback !== null) return new Unknown(`the names of ${module.name} are not listed`);
  return [...module.scope.vars.keys()];
}

/** Whether names of the module may be there that are not in its scope yet. */
export function isLazy(module: Module): boolean {
  return lazy.has(module);
}

/** The text of a module that is run only as far as it is asked. */
export function sourceOf(module: Module): string | undefined {
  return lazy.get(module)?.file.text;
}

/** What a module holds, by name, and how far it has been run. */
class Contents {
  private readonly module: Module;
  private readonly writers = new Map<string, Part[]>();
  private readonly stars: ImportFrom[] = [];
  private readonly started = new Set<Unit>();
  private readonly asked = new Set<string>();
  private readonly text: string;

  constructor(file: ModuleFile, module: Module) {
    this.module = module;
    this.text = file.text ?? "";
    for (const part of file.parts) {
      for (const name of part.names ?? this.namesIn(part)) {
        const known = this.writers.get(name);
        if (known) known.push(part);
        else this.writers.set(name, [part]);
      }
    }
    // What is broken elsewhere tells its name all the same.
    module.incomplete = incompleteness(
      file,
      file.parts.filter(({ names }) => names === null),
    );
  }

  /** The names of statements that must be asked for them. */
  private namesIn({ units }: Part): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { statement } of units) {
      this.stars.push(...starImports(statement));
      for (const name of boundNames([statement])) names.add(name);
      for (const name of writtenNames(statement)) names.add(name);
    }
    return names;
  }

  /** The value of a name, after running what binds it; null where nothing does. */
  provide(name: string, it: Interpreter): Value | null {
    const { module } = this;
    const writers = this.writers.get(name);
    if (writers) {
      it.apart(() => {
        for (const unit of writers.flatMap(({ units }) => units)) {
          if (this.started.has(unit)) continue;
          this.started.add(unit);
          runUnit(it, module, unit);
        }
      });
      const value = module.scope.vars.get(name) ?? null;
      if (isContainer(value) && this.isRegistry(name)) leaveOpen(it, module, value);
      return value;
    }
    return name.startsWith("__") ? null : this.fromStars(name, it);
  }

  /** Runs all of it; why names may be missing all the same, or null. */
  provideAll(it: Interpreter): string | null {
    let missing: string | null = null;
    for (const name of this.writers.keys()) findAttribute(it, this.module, name);
    for (const star of this.stars) {
      const from = it.loader.absoluteName(star.level, star.module, this.module);
      const target = from === null ? null : it.loader.load(it, from, this.module.file);
      const names = target?.kind === "module" && target !== this.module ? listNames(it, target) : null;
      if (Array.isArray(names)) for (const name of names) this.fromStars(name, it);
      else missing ??= `what ${star.module ?? "its package"} has is not listed`;
    }
    return missing;
  }

  /**
   * Whether functions of the module write into what a name stands for. What they enter, they enter as the library is
   * imported, which is done here only as far as somebody asks.
   */
  private isRegistry(name: string): boolean {
    const write = new RegExp(
      String.raw`^[ \t]+[^#\n]*(?<![.\w])${name}\s*(?:\[[^\]]*\]\s*=(?!=)|\.\s*(?:append|add|extend|insert|setdefault|update)\s*\()`,
      "gm",
    );
    // The text tells without parsing it: what an indented line belongs to begins above it, at the margin.
    return [...this.text.matchAll(write)].some(({ index }) =>
      /^(?:async\s+)?(?:def|class)\b/.test(marginAbove(this.text, index)),
    );
  }

  /** A name that a star import brings: the last one that has it. */
  private fromStars(name: string, it: Interpreter): Value | null {
    const { module } = this;
    if (this.asked.has(name)) return null;
    this.asked.add(name);
    for (const star of [...this.stars].reverse()) {
      const from = it.loader.absoluteName(star.level, star.module, module);
      const target = from === null ? null : it.loader.load(it, from, module.file);
      if (target === null || target === module) continue;
      const value = target.kind === "module" ? broughtBy(it, target, name) : undefined;
      if (value !== undefined) return value;
      // Any name that is not found later may have come from what is not known.
      if (openness(target) !== null) noteStarSource(module, target);
    }
    return null;
  }
}

/** The nearest line above a place that begins a statement at the margin. */
function marginAbove(text: string, place: number): string {
  for (let end = place; end > 0; ) {
    const start = text.lastIndexOf("\n", end - 2) + 1;
    const line = text.slice(start, end);
    if (/^[A-Za-z_@]/.test(line)) return line;
    end = start;
  }
  return "";
}

function isContainer(value: Value | null): value is Dict | List | SetValue {
  return value instanceof Dict || value instanceof List || value instanceof SetValue;
}

/** What is found in a registry is certain; what is not may be entered by a part of the library that was not run yet. */
function leaveOpen(it: Interpreter, module: Module, value: Dict | List | SetValue): void {
  value.lost ??= new Unknown(`what ${module.name} collects was read only as far as it was asked for`);
  if (!(value instanceof Dict)) return;
  const asked = new Set<string>();
  // Most enter things under their own names, and the packages around have the names of all that is meant to be used.
  value.seek = (name) => {
    if (asked.has(name) || !/^[A-Za-z_]\w*$/.test(name)) return;
    asked.add(name);
    const parts = module.name.split(".");
    for (let depth = parts.length - 1; depth > 0 && !value.entries.has(`s${name}`); depth--) {
      const around = it.loader.load(it, parts.slice(0, depth).join("."), module.file);
      if (around.kind === "module") attempt(() => findAttribute(it, around, name));
    }
  };
}

/** Star imports of a statement, at any depth that runs with the module. */
function starImports(stmt: Stmt): ImportFrom[] {
  switch (stmt.kind) {
    case "ImportFrom":
      return stmt.names.some(({ name }) => name === "*") ? [stmt] : [];
    case "If":
      return [...stmt.body, ...stmt.orelse].flatMap(starImports);
    case "Try":
      return [...stmt.body, ...stmt.orelse, ...stmt.finalbody].flatMap(starImports);
    default:
      return [];
  }
}

/** Names that a statement writes into without binding them. */
function writtenNames(stmt: Stmt): string[] {
  switch (stmt.kind) {
    case "Assign":
      return stmt.targets.flatMap(baseName);
    case "AugAssign":
      return baseName(stmt.target);
    case "ExprStmt":
      return stmt.value.kind === "Call" && stmt.value.func.kind === "Attribute" ? baseName(stmt.value.func) : [];
    case "If":
      return [...stmt.body, ...stmt.orelse].flatMap(writtenNames);
    case "For":
    case "While":
      return stmt.body.flatMap(writtenNames);
    case "Try":
      return [...stmt.body, ...stmt.handlers.flatMap(({ body }) => body), ...stmt.orelse].flatMap(writtenNames);
    default:
      return [];
  }
}

/** The name at the root of `NAME[key]` or `NAME.attribute`. */
function baseName(target: Expr): string[] {
  if (target.kind === "Attribute" || target.kind === "Subscript") {
    return target.value.kind === "Name" ? [target.value.id] : baseName(target.value);
  }
  return [];
}
