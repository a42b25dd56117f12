/**
 * How long a person waits: from a keystroke to its hints, in the server process over stdio, and for a summary from the
 * command line. Measures the bundles of `dist/`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Editor, uriOf } from "../lsp/client.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Measurement {
  readonly what: string;
  readonly unit: "ms" | "s" | "MB";
  readonly value: number;
  /** What it must not exceed. */
  readonly target: number;
}

/** Milliseconds, one for each edit: from `didChange` until the answer to the hint request. */
export async function editLatencies(file: string, edits: number): Promise<number[]> {
  const text = readFileSync(path.join(root, file), "utf8");
  const uri = uriOf(path.join(root, file));
  const editor = await Editor.start({ folder: root });
  await editor.open(uri, text);
  const hints = await editor.hints(uri);
  if (hints.length === 0) throw new Error(`${file}: no hints to wait for`);
  await setTimeout(lookingAtTheFile);
  const times: number[] = [];
  for (let edit = 0; edit < warmUp + edits; edit++) {
    const { at, old, next } = numberToChange(editor.text(uri), edit);
    const start = performance.now();
    const [, answer] = await Promise.all([editor.replace(uri, at, at + old.length, next), editor.hints(uri)]);
    if (edit >= warmUp) times.push(performance.now() - start);
    if (answer.length === 0) throw new Error(`${file}: the hints are gone after an edit`);
  }
  await editor.stop();
  return times;
}

export interface Cost {
  readonly seconds: number;
  readonly megabytes: number;
}

/** What a cold `paramlens summary` of a file of this repository costs on a Node. */
export function summaryCost(node: string, file: string): Cost {
  return commandCost(node, ["summary", path.join(root, file)]);
}

/** Wall time and memory of a cold command, the best of a few: what the program itself costs on a Node. */
export function commandCost(node: string, args: readonly string[]): Cost {
  const command = [path.join(root, "server", "bin", "paramlens.js"), ...args];
  const runs = Array.from({ length: 5 }, () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(node, command, { encoding: "utf8" });
    if (status !== 0) throw new Error(`paramlens ${args.join(" ")}: ${stderr}`);
    return (performance.now() - start) / 1000;
  });
  const probe = `process.on("exit", () => process.stderr.write("\\n" + process.resourceUsage().maxRSS))`;
  const hook = `data:text/javascript,${encodeURIComponent(probe)}`;
  const { stderr } = spawnSync(node, ["--import", hook, ...command], { encoding: "utf8" });
  return { seconds: Math.min(...runs), megabytes: Number(stderr.trim().split("\n").at(-1)) / 1024 };
}

export function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** All that is promised, measured. */
export async function measureAll(edits: number): Promise<Measurement[]> {
  const small = await editLatencies("examples/cifar_cnn.py", edits);
  const large = await editLatencies("test/models/resnet.py", edits);
  const summaries = nodes().map((node) => ({ node, ...summaryCost(node.path, "examples/cifar_cnn.py") }));
  return [
    { what: "examples/cifar_cnn.py, edit to hints, median", unit: "ms", value: quantile(small, 0.5), target: 5 },
    { what: "examples/cifar_cnn.py, edit to hints, p95", unit: "ms", value: quantile(small, 0.95), target: 15 },
    { what: "test/models/resnet.py, edit to hints, median", unit: "ms", value: quantile(large, 0.5), target: 30 },
    { what: "test/models/resnet.py, edit to hints, p95", unit: "ms", value: quantile(large, 0.95), target: 30 },
    ...summaries.flatMap(({ node, seconds, megabytes }): Measurement[] => [
      { what: `paramlens summary of it, cold, Node ${node.version}`, unit: "s", value: seconds, target: 0.3 },
      { what: `paramlens summary of it, memory, Node ${node.version}`, unit: "MB", value: megabytes, target: 150 },
    ]),
  ];
}

/** The Node that runs the tests, and the one that a person's shell finds where that is another. */
function nodes(): readonly { readonly path: string; readonly version: string }[] {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => !folder.includes("node_modules"));
  const found = folders.map((folder) => path.join(folder, "node")).find((file) => existsSync(file));
  const all = [process.execPath, ...(found === undefined ? [] : [found])].map((file) => ({
    path: file,
    version: spawnSync(file, ["--version"], { encoding: "utf8" }).stdout.trim().slice(1),
  }));
  return all.filter(({ version }, i) => all.findIndex((other) => other.version === version) === i);
}

/** The engine compiles what runs often; a person's editor has been open for a while. */
const warmUp = 20;

/** Milliseconds from the first hints to the first keystroke. */
const lookingAtTheFile = 3000;

/** Another number of the file at each edit, up by one and back down, so that the text stays Python. */
function numberToChange(text: string, edit: number): { at: number; old: string; next: string } {
  const numbers = [...text.matchAll(/(?<=[(, =])\d+(?=[,)])/g)];
  const match = numbers[Math.floor(edit / 2) % numbers.length];
  if (match === undefined) throw new Error("no number to change");
  const [old] = match;
  const next = edit % 2 === 0 ? Number(old) + 1 : Number(old) - 1;
  return { at: match.index, old, next: String(next) };
}
