/**
 * Which files the editor is asked to watch: the workspace's source, what tells of its Python environment, and the folders
 * of installed packages that imports were searched in, so that an installation shows at once.
 */
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type Disposable,
  type FileSystemWatcher,
} from "vscode-languageserver";
import { uriOf } from "./addresses.ts";

/** Files that say which Python a project works with, or where its imports are searched. */
const environmentFiles = ["pyvenv.cfg", "pyrightconfig.json", "pyproject.toml", ".env", ".venv", ".python-version"];

const inWorkspace: readonly FileSystemWatcher[] = ["**/*.py", `**/{${environmentFiles.join(",")}}`].map(
  (globPattern) => ({
    globPattern,
  }),
);

export class Watching {
  private readonly connection: Connection;
  private watched: string | null = null;
  private registration: Promise<Disposable> | null = null;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Watches the workspace, and these folders outside of it, each without what lies in folders below. */
  async update(folders: readonly string[]): Promise<void> {
    const key = folders.join("\n");
    if (key === this.watched) return;
    this.watched = key;
    const before = this.registration;
    const outside = folders.map((folder) => ({ globPattern: { baseUri: uriOf(folder), pattern: "*" } }));
    const watchers = [...inWorkspace, ...outside];
    this.registration = this.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    await this.registration;
    (await before)?.dispose();
  }
}

/** Whether a change may mean another environment or other packages, rather than other source. */
export function concernsEnvironment(path: string, libraries: readonly string[]): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return environmentFiles.includes(name) || libraries.includes(path.slice(0, -name.length - 1));
}
