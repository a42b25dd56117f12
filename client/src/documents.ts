/**
 * Documents that ParamLens looks at, and the paths by which the server's facts speak of them.
 */
import * as vscode from "vscode";

/** Files on disk, unsaved ones, notebook cells. The other side of a diff and the like stay as they are. */
export const documentSelector = ["file", "untitled", "vscode-notebook-cell", "vscode-vfs"].map((scheme) => ({
  language: "python",
  scheme,
}));

export function isPython(document: vscode.TextDocument): boolean {
  return vscode.languages.match(documentSelector, document) > 0;
}

/** The path of a fact: that of the file system for files, else the whole address. */
export function pathOf(uri: vscode.Uri): string {
  return uri.scheme === "file" ? uri.fsPath : uri.toString();
}

export function uriOf(path: string): vscode.Uri {
  // A single letter before the colon is a drive.
  return /^[a-z][a-z0-9+.-]+:/i.test(path) ? vscode.Uri.parse(path) : vscode.Uri.file(path);
}
