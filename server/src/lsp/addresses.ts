/**
 * Addresses of documents and paths of files. The core knows paths with forward slashes; what is no file on disk (an
 * unsaved document, a cell of a notebook) goes by its whole address.
 */
import { URI } from "vscode-uri";

export function pathOf(uri: string): string {
  const parsed = URI.parse(uri);
  return parsed.scheme === "file" ? parsed.fsPath.replaceAll("\\", "/") : uri;
}

export function uriOf(path: string): string {
  // A single letter before the colon is a drive.
  return /^[a-z][a-z0-9+.-]+:/i.test(path) ? path : URI.file(path).toString();
}

/** Where a document lies on disk: for a cell, its notebook. */
export function placeOf(path: string): string {
  return isNotebookCell(path)
    ? URI.parse(path).with({ scheme: "file", fragment: "" }).fsPath.replaceAll("\\", "/")
    : path;
}

export function isNotebookCell(uri: string): boolean {
  return uri.startsWith("vscode-notebook-cell:");
}

/** The part of a path below a folder; null where it lies elsewhere. */
export function relativePath(folder: string, path: string): string | null {
  const prefix = folder.endsWith("/") ? folder : `${folder}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : null;
}
