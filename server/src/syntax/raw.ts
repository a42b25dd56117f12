/**
 * Copies a tree-sitter node into plain objects in one cursor walk: each crossing into WASM costs more than all the work
 * on the node, so the tree is crossed once and converted outside.
 */
import type { TreeCursor, Node as TsNode } from "web-tree-sitter";

export interface Raw {
  readonly type: string;
  readonly field: string | null;
  readonly named: boolean;
  readonly start: number;
  readonly end: number;
  readonly children: readonly Raw[];
}

/** Copies `node`, positions relative to its start. Comments and line continuations are left out. */
export function copyNode(node: TsNode): Raw {
  const cursor = node.walk();
  try {
    return copy(cursor, node.startIndex);
  } finally {
    cursor.delete();
  }
}

function copy(cursor: TreeCursor, base: number): Raw {
  const type = cursor.nodeType;
  const field = cursor.currentFieldName;
  const named = cursor.nodeIsNamed;
  const start = cursor.startIndex - base;
  const end = cursor.endIndex - base;
  const children: Raw[] = [];
  if (cursor.gotoFirstChild()) {
    do {
      const child = copy(cursor, base);
      if (child.type !== "comment" && child.type !== "line_continuation") children.push(child);
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  return { type, field, named, start, end, children };
}

export function childOf(raw: Raw, field: string): Raw | null {
  for (const child of raw.children) if (child.field === field) return child;
  return null;
}

export function childrenOf(raw: Raw, field: string): Raw[] {
  return raw.children.filter((child) => child.field === field);
}

export function namedChildren(raw: Raw): Raw[] {
  return raw.children.filter((child) => child.named);
}
