/**
 * The workspace folders: each with its settings and the program that knows its files. Documents that lie in no folder
 * share one more project, without roots.
 */
import picomatch from "picomatch";
import type { Connection, InitializeParams, WorkspaceFolder } from "vscode-languageserver";
import type { EnvironmentRequest } from "../environment/index.ts";
import { readPyproject } from "../settings/pyproject.ts";
import type { PythonParser } from "../syntax/parser.ts";
import { Program } from "../workspace/program.ts";
import type { FileSystem, ProgramOptions, PythonEnvironment } from "../workspace/types.ts";
import { pathOf, placeOf, relativePath } from "./addresses.ts";
import { Configuration } from "./configuration.ts";
import { readSettings, type Settings, withProject } from "./settings.ts";

/** What the process that runs the server gives to it. */
export interface Platform {
  readonly version: string;
  readonly files: FileSystem;
  readonly parser: () => Promise<PythonParser>;
  /** The installed packages that a project's imports find. */
  readonly environment: (request: EnvironmentRequest) => PythonEnvironment;
}

export interface Project {
  /** Null for the project of the documents that lie in no folder. */
  readonly folder: string | null;
  readonly program: Program;
  readonly settings: Settings;
  /** Whether a file is to be looked at at all. */
  covers(path: string): boolean;
}

export class Projects {
  private readonly platform: Platform;
  private readonly configuration: Configuration;
  private readonly connection: Connection;
  private folders: readonly string[] = [];
  private all: ConfiguredProject[] = [];
  private parser: PythonParser | null = null;

  constructor(connection: Connection, platform: Platform) {
    this.platform = platform;
    this.connection = connection;
    this.configuration = new Configuration(connection);
  }

  initialize(params: InitializeParams): void {
    this.configuration.initialize(params.capabilities, params.initializationOptions);
    const folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    this.folders = folders.map(pathOf);
  }

  /** Must be done before `of`. */
  async load(): Promise<void> {
    this.parser = await this.platform.parser();
    await this.update();
  }

  async changeFolders(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): Promise<void> {
    const gone = new Set(removed.map(({ uri }) => pathOf(uri)));
    const kept = this.folders.filter((folder) => !gone.has(folder));
    this.folders = [...new Set([...kept, ...added.map(({ uri }) => pathOf(uri))])];
    await this.update();
  }

  /** `pushed` is what the client sent along, if it does so at all. */
  async configure(pushed: unknown): Promise<void> {
    this.configuration.push(pushed);
    await this.update();
  }

  invalidate(paths: readonly string[]): void {
    for (const { program } of this.all) for (const path of paths) program.invalidate(path);
  }

  /** Packages were installed, or another Python may hold now. */
  renewEnvironments(): void {
    for (const project of this.all) project.renewEnvironment();
  }

  /** Folders outside of the workspace in which imports were searched. */
  get librariesSearched(): readonly string[] {
    return [...new Set(this.all.flatMap(({ program }) => program.librariesSearched))];
  }

  /** The project that a file belongs to: that of the innermost folder around it. */
  of(document: string): Project {
    const path = placeOf(document);
    let innermost: ConfiguredProject | undefined;
    for (const project of this.all) {
      const around = project.folder === null || relativePath(project.folder, path) !== null;
      if (around && (project.folder?.length ?? -1) >= (innermost?.folder?.length ?? -1)) innermost = project;
    }
    if (innermost === undefined) throw new Error("projects are not loaded yet");
    return innermost;
  }

  /** Files that changed on disk: settings may have changed with them. */
  async reload(paths: readonly string[]): Promise<void> {
    if (paths.some((path) => path.endsWith("/pyproject.toml"))) await this.update();
  }

  /** Settings with what the folder's `pyproject.toml` says. */
  private async projectSettings(settings: Settings, folder: string | null): Promise<Settings> {
    const file = `${folder}/pyproject.toml`;
    const text = folder === null ? null : this.platform.files.read(file);
    if (folder === null || text === null) return settings;
    const project = await readPyproject(text);
    for (const problem of project.problems) this.connection.console.warn(`${file}: ${problem}`);
    const { pythonPath } = project.settings;
    const isRelative = pythonPath !== null && pythonPath !== "" && !/^(?:[\\/~]|[A-Za-z]:)/.test(pythonPath);
    return withProject(settings, {
      ...project.settings,
      pythonPath: isRelative ? `${folder}/${pythonPath}` : pythonPath,
    });
  }

  private async update(): Promise<void> {
    const parser = this.parser;
    if (parser === null) return;
    const folders = [null, ...this.folders];
    const asked = await this.configuration.settings(folders);
    const settings = await Promise.all(asked.map((own, index) => this.projectSettings(own, folders[index] ?? null)));
    this.all = folders.map((folder, index) => {
      const own = settings[index] ?? readSettings(null);
      const existing = this.all.find((project) => project.folder === folder);
      if (existing === undefined) return new ConfiguredProject(folder, own, parser, this.platform);
      existing.configure(own);
      return existing;
    });
  }
}

class ConfiguredProject implements Project {
  readonly folder: string | null;
  readonly program: Program;
  settings: Settings;
  private readonly platform: Platform;
  private excludes: (path: string) => boolean;

  constructor(folder: string | null, settings: Settings, parser: PythonParser, platform: Platform) {
    this.folder = folder;
    this.settings = settings;
    this.platform = platform;
    this.excludes = matcher(settings.exclude);
    this.program = new Program(parser, platform.files, this.options());
  }

  configure(settings: Settings): void {
    this.settings = settings;
    this.excludes = matcher(settings.exclude);
    this.program.options = this.options();
    this.program.invalidate();
  }

  renewEnvironment(): void {
    this.program.options = this.options();
  }

  covers(path: string): boolean {
    const name = (this.folder !== null && relativePath(this.folder, path)) || path;
    return this.settings.enable && !this.excludes(name);
  }

  private options(): ProgramOptions {
    const { inputShapes, batchSymbol, pythonPath, extraPaths } = this.settings;
    // Documents outside of every folder belong to no project: the folder of all others stands for one.
    const environment = this.platform.environment({ folder: this.folder ?? "/", python: pythonPath, extraPaths });
    const roots = this.folder === null ? [] : [this.folder];
    return { roots, libraries: [], environment, inputShapes, batchSymbol };
  }
}

function matcher(globs: readonly string[]): (path: string) => boolean {
  return globs.length === 0 ? () => false : picomatch([...globs], { dot: true });
}
