/**
 * Who may import whom, as `server/ARCHITECTURE.md` lays it down, and a reader of imports that finds what breaks it.
 * `layering.test.ts` holds the sources against it.
 */
import path from "node:path";

/** A source file: its path from the root of the checkout, with forward slashes, and its text. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/** One sentence for each import, or word, that a file must not have. */
export function breaches(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const room = roomOf(source.file);
    if (room === null) return [`${source.file}: lies in no room of the house`];
    return [...importsOf(source.text).flatMap((specifier) => breach(source.file, room, specifier)), ...wordsIn(source)];
  });
}

/** What a module names in `import`, `export … from` and `import()`. */
export function importsOf(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  const statements = code.matchAll(
    /\b(?:import|export)\b[^;"'`]*?\bfrom\s*["']([^"']+)["']|\bimport\s*["']([^"']+)["']|\bimport\s*\(\s*["']([^"']+)["']/g,
  );
  return [...statements].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? "");
}

interface Room {
  readonly name: string;
  /** Paths that begin so belong to the room; the first room that fits has the file. */
  readonly paths: RegExp;
  /** Other rooms that it may import. */
  readonly imports: readonly string[];
  /** Packages that it may import. */
  readonly packages?: RegExp;
}

const core = ["base", "syntax", "algebra", "python", "rules", "bindings", "model", "workspace"];

const rooms: readonly Room[] = [
  { name: "base", paths: /^server\/src\/base\//, imports: [] },
  { name: "syntax", paths: /^server\/src\/syntax\//, imports: ["base"], packages: /^web-tree-sitter$/ },
  { name: "algebra", paths: /^server\/src\/algebra\//, imports: ["base"] },
  { name: "python", paths: /^server\/src\/python\//, imports: ["base", "syntax", "algebra"] },
  { name: "rules", paths: /^server\/src\/frameworks\/(?:[^/]+\/)?rules\//, imports: ["base", "algebra"] },
  {
    name: "bindings",
    paths: /^server\/src\/frameworks\//,
    imports: ["base", "syntax", "algebra", "python", "rules"],
  },
  {
    name: "model",
    paths: /^server\/src\/model\//,
    imports: ["base", "syntax", "algebra", "python", "rules", "bindings"],
  },
  { name: "workspace", paths: /^server\/src\/workspace\//, imports: core.filter((room) => room !== "workspace") },
  { name: "report", paths: /^server\/src\/report\//, imports: core },
  {
    name: "settings",
    paths: /^server\/src\/settings\//,
    imports: ["report"],
    packages: /^smol-toml$/,
  },
  { name: "environment", paths: /^server\/src\/environment\//, imports: ["base", "workspace"] },
  {
    name: "node",
    paths: /^server\/src\/node\//,
    imports: ["base", "syntax", "workspace", "environment"],
    packages: /^node:/,
  },
  {
    name: "protocol",
    paths: /^server\/src\/lsp\/protocol\.ts$/,
    imports: ["report"],
  },
  {
    name: "lsp entry",
    paths: /^server\/src\/lsp\/node\.ts$/,
    imports: ["lsp", "node", "syntax", "environment"],
    packages: /^(?:node:.*|vscode-languageserver\/node)$/,
  },
  {
    name: "lsp",
    paths: /^server\/src\/lsp\//,
    imports: ["base", "syntax", "workspace", "environment", "report", "settings", "protocol"],
    packages: /^(?:vscode-languageserver(?:-textdocument)?|vscode-uri|picomatch)$/,
  },
  {
    name: "cli",
    paths: /^server\/src\/cli\//,
    imports: ["base", "syntax", "workspace", "environment", "report", "settings", "node", "lsp entry"],
    packages: /^(?:node:.*|commander|picocolors|picomatch|tinyglobby|sarif)$/,
  },
  {
    name: "panel",
    paths: /^client\/src\/panel\/webview\//,
    imports: ["client", "report"],
    packages: /^preact(?:\/|$)/,
  },
  {
    name: "client",
    paths: /^client\/src\//,
    imports: ["report", "protocol"],
    packages: /^(?:vscode|vscode-languageclient\/node|node:crypto)$/,
  },
];

function breach(file: string, room: Room, specifier: string): string[] {
  if (!specifier.startsWith(".")) {
    return room.packages?.test(specifier) ? [] : [`${file}: ${room.name} must not import the package ${specifier}`];
  }
  const target = path.posix.join(path.posix.dirname(file), specifier);
  const other = roomOf(target);
  if (other === null) return [`${file}: imports ${target}, which lies in no room of the house`];
  if (other === room || room.imports.includes(other.name)) return [];
  return [`${file}: ${room.name} must not import ${other.name} (${target})`];
}

/** The interpreter knows Python, not what is written in it. */
function wordsIn({ file, text }: Source): string[] {
  return roomOf(file)?.name === "python" && /torch/i.test(text) ? [`${file}: python must not know torch`] : [];
}

function roomOf(file: string): Room | null {
  return rooms.find(({ paths }) => paths.test(file)) ?? null;
}
