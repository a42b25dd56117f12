/**
 * Where settings come from: the client's `workspace/configuration` where it offers that, else what it pushes, else its
 * initialization options.
 */
import type { ClientCapabilities, Connection } from "vscode-languageserver";
import { URI } from "vscode-uri";
import { readSettings, type Settings } from "./settings.ts";

export class Configuration {
  private readonly connection: Connection;
  private canPull = false;
  private pushed: unknown = null;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  initialize(capabilities: ClientCapabilities, initializationOptions: unknown): void {
    this.canPull = capabilities.workspace?.configuration === true;
    this.pushed = sectionOf(initializationOptions);
  }

  /** Clients that answer `workspace/configuration` send null here. */
  push(settings: unknown): void {
    if (typeof settings === "object" && settings !== null) this.pushed = sectionOf(settings);
  }

  /** The settings that hold in each of the folders; null stands for no folder. */
  async settings(folders: readonly (string | null)[]): Promise<Settings[]> {
    if (!this.canPull) return folders.map(() => readSettings(this.pushed));
    const items = folders.map((folder) => ({
      section: "paramlens",
      ...(folder === null ? {} : { scopeUri: URI.file(folder).toString() }),
    }));
    const sections: readonly unknown[] = await this.connection.workspace.getConfiguration(items);
    return folders.map((_, index) => readSettings(sections[index]));
  }
}

/** Clients differ in whether they send the section or what holds it. */
function sectionOf(settings: unknown): unknown {
  return typeof settings === "object" && settings !== null && "paramlens" in settings ? settings.paramlens : settings;
}
