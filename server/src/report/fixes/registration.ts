/** Fixes of how a module registers its layers: a container that PyTorch sees, and `super().__init__()` before all. */
import type { Unregistered } from "../../model/unregistered.ts";
import type { Assign, Expr, FunctionDef, Node, Site, Stmt, Unit } from "../../syntax/ast.ts";
import { nodesAround } from "../../syntax/find.ts";
import type { Analysis } from "../../workspace/analysis.ts";
import type { Fix } from "../types.ts";

/** `[…]` to `nn.ModuleList([…])`, `{…}` to `nn.ModuleDict({…})`. */
export function containerFixes({ value, site }: Unregistered, { units }: Analysis): Fix[] {
  const container = containerOf(value);
  const assigned = assignedAt(site);
  const nn = torchNn(units);
  if (!container || !assigned || !nn) return [];
  const [start, end] = [site.unit.offset + assigned.start, site.unit.offset + assigned.end];
  const name = `${nn}.${container}`;
  const text = site.unit.text.slice(assigned.start, assigned.end);
  const isEmpty = text === "[]" || text === "{}";
  return [
    {
      title: `Wrap in ${name}`,
      edits: isEmpty
        ? [{ range: { start, end }, newText: `${name}()` }]
        : [
            { range: { start, end: start }, newText: `${name}(` },
            { range: { start: end, end }, newText: ")" },
          ],
    },
  ];
}

/** A first statement `super().__init__()`; one that stands too late moves up. */
export function superInitFixes(site: Site): Fix[] {
  const { unit } = site;
  const init = nodesAround(unit.statement, site.start, site.end).filter(isFunction).at(-1);
  const body = init?.body.filter((stmt, i) => i > 0 || !isDocstring(stmt));
  const [first] = body ?? [];
  if (init?.name !== "__init__" || !body || !first) return [];
  const lineStart = unit.text.lastIndexOf("\n", first.start) + 1;
  const indent = unit.text.slice(lineStart, first.start);
  if (!/^[ \t]+$/.test(indent)) return [];
  const late = body.find((stmt) => superInit.test(unit.text.slice(stmt.start, stmt.end)));
  const call = late ? unit.text.slice(late.start, late.end) : "super().__init__()";
  const at = unit.offset + first.start;
  const insertion = { range: { start: at, end: at }, newText: `${call}\n${indent}` };
  if (!late) return [{ title: `Add ${call}`, edits: [insertion] }];
  const from = unit.text.lastIndexOf("\n", late.start);
  if (unit.text.slice(from + 1, late.start).trim() !== "") return [];
  const removal = { range: { start: unit.offset + from, end: unit.offset + late.end }, newText: "" };
  return [{ title: `Move ${call} to the top`, edits: [insertion, removal] }];
}

/** The name under which a file knows `torch.nn`. */
export function torchNn(units: readonly Unit[]): string | null {
  let torch: string | null = null;
  for (const { statement } of units) {
    if (statement.kind === "Import") {
      for (const { name, asname } of statement.names) {
        if (name === "torch.nn") return asname ?? name;
        if (name === "torch") torch = `${asname ?? name}.nn`;
      }
    } else if (statement.kind === "ImportFrom" && statement.module === "torch" && statement.level === 0) {
      const found = statement.names.find(({ name }) => name === "nn");
      if (found) return found.asname ?? found.name;
    }
  }
  return torch;
}

const superInit = /^super\(.*\)\.__init__\(.*\)$/;

function containerOf(value: Unregistered["value"]): "ModuleList" | "ModuleDict" | null {
  if (value.kind === "list") return value.items.every(({ kind }) => kind === "instance") ? "ModuleList" : null;
  if (value.kind !== "dict") return null;
  const entries = [...value.entries.values()];
  return entries.every((entry) => entry.value.kind === "instance" && isKey(entry.key)) ? "ModuleDict" : null;
}

/** What ModuleDict takes for a key. */
function isKey(key: Unregistered["value"]): boolean {
  return key.kind === "str" && key.value !== "" && !key.value.includes(".");
}

/** The display or comprehension that is assigned at a target. */
function assignedAt({ unit, start, end }: Site): Expr | null {
  const statement = nodesAround(unit.statement, start, end).filter(isAssign).at(-1);
  return statement && displays.has(statement.value.kind) ? statement.value : null;
}

const displays: ReadonlySet<Expr["kind"]> = new Set(["List", "ListComp", "Dict", "DictComp"]);

function isAssign(node: Node): node is Assign {
  return "kind" in node && node.kind === "Assign";
}

function isFunction(node: Node): node is FunctionDef {
  return "kind" in node && node.kind === "FunctionDef";
}

function isDocstring(stmt: Stmt): boolean {
  return stmt.kind === "ExprStmt" && (stmt.value.kind === "Constant" || stmt.value.kind === "FString");
}
