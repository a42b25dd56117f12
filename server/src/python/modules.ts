/**
 * Finding modules. The interpreter asks the loader for a dotted name; the loader answers with a native module, one read
 * from a file through a port, or none. It never touches a disk itself.
 */
import type { Part } from "../syntax/ast.ts";
import { runModuleBody } from "./execute.ts";
import type { Interpreter } from "./interpreter.ts";
import { lazyModule } from "./lazyModules.ts";
import { Module, str, Unknown, type Value } from "./values.ts";

/** A Python file found for a module name. */
export interface ModuleFile {
  /** Absolute path or URI. */
  readonly path: string;
  readonly isPackage: boolean;
  readonly parts: readonly Part[];
  /** The source of a library's file: what it does not mention it does not bind. */
  readonly text?: string;
  /** What the module calls itself, where that is not what it is loaded by. */
  readonly name?: string;
  /** Whether the file belongs to an installed library: it is run only as far as somebody asks. */
  readonly isLibrary: boolean;
}

/** Why there is no file for a name. */
export interface Missing {
  readonly why: string;
  /** Whether the import fails for sure where the program runs: its environment is known, and has no such package. */
  readonly isCertain: boolean;
}

/** Why names of a file may be missing, judged by these parts of it; null where they could be read in full. */
export function incompleteness({ path }: ModuleFile, parts: readonly Part[]): string | null {
  return parts.some(({ broken }) => broken) ? `${path} has a syntax error` : null;
}

/** The port to the world's files. `from` is the importing file. */
export interface FileFinder {
  /** The file of the dotted module. */
  find(name: string, from: string | null): ModuleFile | Missing;
  /** Whether a file of the program comes before the library of this name that the interpreter brings. */
  isShadowed(name: string): boolean;
  /** The dotted name that the path itself gives to a file, for relative imports in folders without `__init__.py`. */
  nameByPath(path: string): string;
}

/** Makes the native module of a name, or null. */
export type NativeModules = ReadonlyMap<string, () => Module>;

export class ModuleLoader {
  private readonly loaded = new Map<string, Module | Unknown>();
  /** Modules that certainly are not there, with Python's message. */
  private readonly absent = new Set<string>();
  private readonly running = new Set<Module>();
  private readonly shadowed = new Map<string, boolean>();
  private readonly natives: NativeModules;
  private readonly files: FileFinder;

  constructor(natives: NativeModules, files: FileFinder) {
    this.natives = natives;
    this.files = files;
  }

  /** The module of a dotted name as `import` would give it; an `Unknown` where it is not found. */
  load(it: Interpreter, name: string, from: string | null): Module | Unknown {
    const known = this.loaded.get(name);
    if (known) return known;
    const native = this.natives.get(name);
    if (native && !this.isShadowed(name)) return this.remember(name, native());
    const file = this.files.find(name, from);
    if ("why" in file) {
      if (file.isCertain) this.absent.add(name);
      return this.remember(name, new Unknown(file.why, { name }));
    }
    const called = file.name ?? name;
    if (file.isLibrary) return this.remember(name, lazyModule(called, file));
    const { path, isPackage, parts } = file;
    const module = new Module(called, { file: path, isPackage, incomplete: incompleteness(file, parts) });
    this.remember(name, module);
    this.running.add(module);
    try {
      it.apart(() => {
        for (const { units } of parts) runModuleBody(it, module, units);
      });
    } finally {
      this.running.delete(module);
    }
    return this.loaded.get(name) ?? module;
  }

  /** Enters the module of the file that is analysed, so that others can import it. */
  register(name: string, module: Module): void {
    this.loaded.set(name, module);
    this.loaded.set("__main__", module);
  }

  /** `sys.modules`: what is loaded by now. */
  get modules(): ReadonlyMap<string, Value> {
    return new Map([...this.loaded].filter(([, module]) => module.kind === "module"));
  }

  /** `sys.modules[name] = value`, as a module does that puts something else in its place. */
  set(name: string, value: Value): void {
    const isModule = value.kind === "module" || value.kind === "unknown";
    this.loaded.set(
      name,
      isModule ? value : new Unknown(`the module ${name} puts something else in its place`, { name }),
    );
  }

  delete(name: string): boolean {
    return this.loaded.delete(name);
  }

  /** Whether the module's file has begun to run and has not ended. */
  isRunning(module: Module): boolean {
    return this.running.has(module);
  }

  /** Whether there is such a module, without running it; undefined where nobody can know. */
  has(name: string, from: string | null): boolean | undefined {
    const known = this.loaded.get(name);
    if (known?.kind === "module" || this.natives.has(name)) return true;
    const file = this.files.find(name, from);
    if ("why" in file) return file.isCertain ? false : undefined;
    return true;
  }

  /** Whether importing a module fails for sure where the program runs. */
  isAbsent(name: string): boolean {
    return this.absent.has(name);
  }

  /** A submodule read as an attribute of its package, if there is one. */
  submodule(it: Interpreter, module: Module, attribute: string): Value | null {
    const isNative = this.natives.has(`${module.name}.${attribute}`) && !this.isShadowed(module.name);
    if (!module.isPackage && !isNative) return null;
    const found = this.load(it, `${module.name}.${attribute}`, module.file);
    return found.kind === "module" ? found : null;
  }

  /**
   * The absolute name that a relative import means; empty for the folder itself of a file that lies in no package, null
   * beyond the outermost one.
   */
  absoluteName(level: number, name: string, importer: Module): string | null {
    if (level === 0) return name;
    const up = level - (importer.isPackage ? 1 : 0);
    let parts = importer.name.split(".");
    // Folders need no `__init__.py` to be packages, but then the name alone does not tell of them.
    if (up >= parts.length && importer.file !== null) parts = this.files.nameByPath(importer.file).split(".");
    if (up > parts.length) return null;
    return [...parts.slice(0, parts.length - up), ...(name === "" ? [] : [name])].join(".");
  }

  /** Whether a file of the program has taken the name of a library that the interpreter brings. */
  private isShadowed(name: string): boolean {
    const [top = name] = name.split(".");
    let shadowed = this.shadowed.get(top);
    if (shadowed === undefined) {
      shadowed = this.files.isShadowed(top);
      this.shadowed.set(top, shadowed);
    }
    return shadowed;
  }

  private remember<T extends Module | Unknown>(name: string, module: T): T {
    this.loaded.set(name, module);
    if (module.kind === "module" && !module.scope.vars.has("__name__")) {
      module.scope.vars.set("__name__", str(module.name));
      if (module.file) module.scope.vars.set("__file__", str(module.file));
    }
    return module;
  }
}
