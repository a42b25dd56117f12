/** Finding nodes of a typed tree by their place. */
import type { Call, Node, Stmt } from "./ast.ts";

/** Where the innermost statement around a place ends; null where there is none. */
export function statementEnd(root: Stmt, start: number, end: number): number | null {
  let found: number | null = null;
  visit(root, (node) => {
    if (node.start > start || node.end < end) return false;
    const kind = (node as { kind?: unknown }).kind;
    if (typeof kind === "string" && simpleStatements.has(kind)) found = node.end;
    return true;
  });
  return found;
}

/** The nodes around a place, outermost first. */
export function nodesAround(root: Stmt, start: number, end: number): Node[] {
  const around: Node[] = [];
  visit(root, (node) => {
    if (node.start > start || node.end < end) return false;
    around.push(node);
    return true;
  });
  return around;
}

/** The call at exactly this place. */
export function callAt(root: Stmt, start: number, end: number): Call | null {
  let found: Call | null = null;
  visit(root, (node) => {
    if (node.start > start || node.end < end) return false;
    if (node.start === start && node.end === end && (node as Partial<Call>).kind === "Call") found = node as Call;
    return true;
  });
  return found;
}

const simpleStatements: ReadonlySet<string> = new Set(["ExprStmt", "Assign", "AugAssign", "AnnAssign", "Return"]);

/** Visits nodes from the root down; `enter` tells whether to go below. */
function visit(value: unknown, enter: (node: Node) => boolean): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, enter);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  if (isNode(value) && !enter(value)) return;
  for (const part of Object.values(value)) if (typeof part === "object" && part !== null) visit(part, enter);
}

function isNode(value: object): value is Node {
  return typeof (value as Partial<Node>).start === "number" && typeof (value as Partial<Node>).end === "number";
}
