/** Values as `given` comments write them: `64`, `0.1`, `"gelu"`, `[2, 2, 6]`, `None`, and names of the file. */
import { bool, float, int, List, none, str, Tuple, type Value } from "../python/values.ts";
import { splitOutside } from "./inputs.ts";

/** What a name of the file means; undefined where there is none. */
export type Names = (name: string) => Value | undefined;

/** The value that a text says; null where it says none. */
export function readLiteral(written: string, names: Names): Value | null {
  const text = written.trim();
  if (/^-?\d[\d_]*$/.test(text)) {
    const number = Number(text.replaceAll("_", ""));
    return Number.isSafeInteger(number) ? int(number) : null;
  }
  if (/^-?(\d[\d_]*\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return float(Number(text.replaceAll("_", "")));
  if (text === "True" || text === "False") return bool(text === "True");
  if (text === "None") return none;
  const quoted = /^(["'])([^"'\\]*)\1$/.exec(text);
  if (quoted) return str(quoted[2] ?? "");
  if (/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(text)) return names(text) ?? null;
  const [, open, inner = ""] = /^([[(])(.*)[\])]$/s.exec(text) ?? [];
  if (open === undefined) return null;
  const parts = splitOutside(inner);
  if (parts.at(-1)?.trim() === "") parts.pop();
  const items = parts.map((part) => readLiteral(part, names));
  if (items.includes(null)) return null;
  return open === "[" ? new List(items as Value[]) : new Tuple(items as Value[]);
}
