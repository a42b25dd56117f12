/** What ParamLens says of each public name, from its tables and the recorded calls, for `docs/coverage.md`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isConcrete } from "../../server/src/algebra/index.ts";
import { type Out, Tensor } from "../../server/src/frameworks/rules/index.ts";
import { torchModules } from "../../server/src/frameworks/torch/binding/namespaces.ts";
import "../../server/src/frameworks/torch/binding/tensor.ts";
import { tensorClass } from "../../server/src/frameworks/torch/binding/values.ts";
import { preludes } from "../../server/src/frameworks/torch/prelude/index.ts";
import { torchRules } from "../../server/src/frameworks/torch/rules/all.ts";
import { Interpreter } from "../../server/src/python/interpreter.ts";
import { ModuleLoader } from "../../server/src/python/modules.ts";
import { expressionRows } from "./expressions-rows.ts";
import { jsonReader } from "./json-reader.ts";
import { layerRows, rowsFolder } from "./layers-rows.ts";
import { isArray, isObject, recordedOps, runOp } from "./ops-rows.ts";
import { whyNot } from "./uncovered.ts";

export interface Coverage {
  readonly name: string;
  /** `shape only`: some sizes, or the number or truth that it gives, depend on the data. */
  readonly known: "yes" | "shape only" | "no";
  readonly rows: number;
  readonly why: string;
}

interface Api {
  /** Names by module, parted by blanks. */
  readonly names: Readonly<Record<string, string>>;
  /** `name:calls` in the sources of large libraries, by module. */
  readonly usage: Readonly<Record<string, string>>;
}

const api: Api = JSON.parse(readFileSync(join(import.meta.dirname, "api.json"), "utf8"));
const interpreter = new Interpreter(
  new ModuleLoader(torchModules, {
    find: (name) => ({ why: `there is no module ${name} here`, isCertain: true }),
    isShadowed: () => false,
    nameByPath: () => "coverage",
  }),
);
const rowCounts = countRows();

/** Every name of every module. */
export function coverage(): ReadonlyMap<string, readonly Coverage[]> {
  return new Map(
    Object.entries(api.names).map(([module, names]) => [
      module,
      names.split(" ").map((name) => coverageOf(module, name)),
    ]),
  );
}

/** How many calls of large libraries go to names that are known. */
export function callsCovered(table: ReadonlyMap<string, readonly Coverage[]>): { covered: number; all: number } {
  let covered = 0;
  let all = 0;
  for (const [module, text] of Object.entries(api.usage)) {
    const known = new Set(table.get(module)?.flatMap((each) => (each.known === "no" ? [] : [each.name])));
    for (const entry of text.split(" ")) {
      const [name = "", calls = "0"] = entry.split(":");
      all += Number(calls);
      if (known.has(name)) covered += Number(calls);
    }
  }
  return { covered, all };
}

function coverageOf(module: string, name: string): Coverage {
  const full = `${module}.${name}`;
  const rows = rowCounts.get(full) ?? 0;
  const reason = whyNot(module, name);
  if (reason !== null || !isKnown(module, name)) return { name, known: "no", rows, why: reason ?? "" };
  return { name, known: dependsOnData(full) ? "shape only" : "yes", rows, why: "" };
}

function isKnown(module: string, name: string): boolean {
  const full = `${module}.${name}`;
  if (torchRules.ops.has(full) || torchRules.layers.has(full)) return true;
  // Read from its sources, which call compiled functions that have rules.
  if (module === "torchvision.ops") return true;
  if (preludes.some((each) => (each.exportedBy ?? "torch.nn") === module && each.exports.includes(name))) return true;
  if (module === "Tensor") return tensorClass.dict.has(name);
  const found = torchModules.get(module)?.().fallback?.(name, interpreter) ?? null;
  return found !== null && found.kind !== "unknown";
}

/** Whether a call that PyTorch takes gives what only running it tells. */
function dependsOnData(name: string): boolean {
  if (!torchRules.ops.has(name)) return false;
  return (recordedOps[name] ?? []).some((row) => {
    if (!isArray(row[2]) && isObject(row[2]) && row[2].error !== undefined) return false;
    try {
      return isOpen(runOp(name, row, jsonReader).out);
    } catch {
      return false;
    }
  });
}

function isOpen(out: Out): boolean {
  if (isArray(out)) return out.some(isOpen);
  if (out instanceof Tensor) return out.dims === null || !out.dims.every(isConcrete);
  if ("list" in out) return out.list.some(isOpen);
  if ("named" in out) return Object.values(out.fields).some(isOpen);
  return ("bool" in out && out.bool === undefined) || ("float" in out && out.float === null);
}

/** Recorded calls by full name. */
function countRows(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const [name, rows] of Object.entries(recordedOps)) for (const _ of rows) count(name);
  const regions: Readonly<Record<string, readonly unknown[]>> = JSON.parse(
    readFileSync(join(import.meta.dirname, "regions.json"), "utf8"),
  );
  for (const [name, rows] of Object.entries(regions)) {
    for (const _ of rows) count(name.replace("torch.ops.torchvision", "torchvision.ops"));
  }
  for (const [name] of expressionRows) count(name);
  for (const [name] of layerRows) count(`torch.nn.${name}`);
  const composed: readonly (readonly [string, string, string])[] = JSON.parse(
    readFileSync(join(rowsFolder, "layers_composed.json"), "utf8"),
  );
  for (const [name] of composed) count(`torch.nn.${name}`);
  return counts;
}
