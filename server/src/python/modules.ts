/**
 * Finding modules. The interpreter asks the loader for a dotted name; the loader answers with a native module, one read
 * from a file through a port, or none. It never touches a disk itself.
 */
import type { Unit } from "../syntax/ast.ts";
import { runModuleBody } from "./execute.ts";
import type { Interpreter } from "./interpreter.ts";
import { lazyModule } from "./lazyModules.ts";
import { Module, str, Unknown, type Value } from "./values.ts";

/** A Python file found for a module name. */
export interface ModuleFile {
  /** Absolute path or URI. */
  readonly path: string;
  readonly isPackage: boolean;
  readonly units: readonly Unit[];
  /** Whether the file belongs to an installed library: it is run only as far as somebody asks. */
  readonly isLibrary: boolean;
}

/** The port to the world's files. `from` is the importing file, whose folder and roots are searched. */
export interface FileFinder {
  /** The file of the dotted module, or null. */
  find(name: string, from: string | null): ModuleFile | null;
  /** The dotted name of a file's module, for relative imports. */
  nameOf(path: string): string;
}

/** Makes the native module of a name, or null. */
export type NativeModules = ReadonlyMap<string, () => Module>;

export class ModuleLoader {
  private readonly loaded = new Map<string, Module | Unknown>();
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
    if (native) return this.remember(name, native());
    const file = this.files.find(name, from);
    if (!file) return this.remember(name, new Unknown(`the module ${name} was not found`, { name }));
    // What the interpreter brings in Python is called as the module that it is a part of.
    if (file.isLibrary) return this.remember(name, lazyModule(name.replace(/^%/, ""), file));
    const module = new Module(name, { file: file.path, isPackage: file.isPackage });
    this.remember(name, module);
    it.apart(() => runModuleBody(it, module, file.units));
    return module;
  }

  /** Enters the module of the file that is analysed, so that others can import it. */
  register(name: string, module: Module): void {
    this.loaded.set(name, module);
  }

  /** A submodule read as an attribute of its package, if there is one. */
  submodule(it: Interpreter, module: Module, attribute: string): Value | null {
    if (!module.isPackage && !this.natives.has(`${module.name}.${attribute}`)) return null;
    const found = this.load(it, `${module.name}.${attribute}`, module.file);
    return found.kind === "module" ? found : null;
  }

  /** The absolute name that a relative import means. */
  absoluteName(level: number, name: string, importer: Module): string {
    if (level === 0) return name;
    const parts = importer.name.split(".");
    const keep = parts.length - level + (importer.isPackage ? 1 : 0);
    return [...parts.slice(0, Math.max(keep, 0)), ...(name === "" ? [] : [name])].join(".");
  }

  private remember<T extends Module | Unknown>(name: string, module: T): T {
    this.loaded.set(name, module);
    if (module.kind === "module" && !module.scope.vars.has("__name__")) {
      module.scope.vars.set("__name__", str(name));
      if (module.file) module.scope.vars.set("__file__", str(module.file));
    }
    return module;
  }
}
