/** The computer that environments are looked for on, as far as that asks. */
import type { DiskFiles } from "../workspace/types.ts";

export interface Machine {
  readonly files: DiskFiles;
  /** Environment variables. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The person's home folder, with forward slashes. */
  readonly home: string;
  readonly isWindows: boolean;
  /** SHA-256 in base64, as poetry and pipenv name their environments after it. */
  readonly sha256: (text: string) => string;
}

/** A path with forward slashes, without one at its end, seen from `folder` where it is relative. */
export function pathFrom(folder: string, path: string, { home }: Machine): string {
  const slashed = path.replaceAll("\\", "/").replace(/(.)\/+$/, "$1");
  if (slashed === "~" || slashed.startsWith("~/")) return normalized(`${home}${slashed.slice(1)}`);
  return normalized(isAbsolute(slashed) ? slashed : `${folder}/${slashed}`);
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0)) || "/";
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folder itself and those above it. */
export function foldersAbove(folder: string): string[] {
  const above = parentOf(folder);
  return above === folder ? [folder] : [folder, ...foldersAbove(above)];
}

function isAbsolute(path: string): boolean {
  return path.startsWith("/") || /^[A-Za-z]:\//.test(path);
}

function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && (part !== "" || parts.length === 0)) parts.push(part);
  }
  return parts.join("/") || "/";
}
