/** `str.format`: replacement fields with attributes, items, conversions and nested specifications. */
import { getAttribute } from "../attributes.ts";
import { formatValue, reprOf, strOf } from "../format.ts";
import type { Interpreter } from "../interpreter.ts";
import { getItem } from "../subscript.ts";
import { int, type Keywords, str, Unknown, type Value } from "../values.ts";

/** `template.format(*args, **keywords)`. */
export function formatTemplate(it: Interpreter, template: string, args: readonly Value[], keywords: Keywords): Value {
  return expand(it, template, { args, keywords, next: 0 });
}

interface Fields {
  readonly args: readonly Value[];
  readonly keywords: Keywords;
  /** The index that the next `{}` means. */
  next: number;
}

function expand(it: Interpreter, template: string, fields: Fields): Value {
  let text = "";
  let lost: Unknown | null = null;
  let i = 0;
  while (i < template.length) {
    const c = template[i] ?? "";
    if ((c === "{" || c === "}") && template[i + 1] === c) {
      text += c;
      i += 2;
    } else if (c === "{") {
      const end = closing(template, i);
      if (end < 0) return it.raise("ValueError", "expected '}' before end of string");
      const piece = field(it, template.slice(i + 1, end), fields);
      if (piece.kind === "str") text += piece.value;
      else lost ??= new Unknown(piece.kind === "unknown" ? piece.why : "its text is not known", { type: "str" });
      i = end + 1;
    } else if (c === "}") {
      return it.raise("ValueError", "Single '}' encountered in format string");
    } else {
      text += c;
      i += 1;
    }
  }
  return lost ?? str(text);
}

/** Where the field that opens at `start` closes; -1 where it does not. */
function closing(template: string, start: number): number {
  let depth = 0;
  for (let i = start; i < template.length; i += 1) {
    if (template[i] === "{") depth += 1;
    if (template[i] === "}") {
      depth -= 1;
      if (depth === 0) return i;
    }
  }
  return -1;
}

function field(it: Interpreter, source: string, fields: Fields): Value {
  const [, path = "", conversion, spec = ""] = /^([^!:]*)(?:!([rsa]))?(?::(.*))?$/s.exec(source) ?? [];
  const value = resolve(it, path, fields);
  const nested = expand(it, spec, fields);
  if (nested.kind !== "str") return nested;
  const shown = conversion === "s" ? strOf(it, value) : conversion ? reprOf(it, value) : value;
  return formatValue(it, shown, nested.value);
}

function resolve(it: Interpreter, path: string, fields: Fields): Value {
  const [, first = "", rest = ""] = /^([^.[]*)(.*)$/s.exec(path) ?? [];
  let value: Value | undefined;
  if (first === "") {
    value = fields.args[fields.next];
    fields.next += 1;
  } else {
    value = /^\d+$/.test(first) ? fields.args[Number(first)] : fields.keywords.get(first);
  }
  if (value === undefined) {
    return /^\d*$/.test(first)
      ? it.raise("IndexError", "Replacement index out of range for positional args tuple")
      : it.raise("KeyError", `'${first}'`);
  }
  for (const [, attribute, item] of rest.matchAll(/\.([^.[]+)|\[([^\]]+)\]/g)) {
    if (attribute !== undefined) value = getAttribute(it, value, attribute);
    else value = getItem(it, value, /^\d+$/.test(item ?? "") ? int(Number(item)) : str(item ?? ""));
  }
  return value;
}
