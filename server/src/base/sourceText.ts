/** The text of Python source from its bytes, as PEP 263 has it: a byte order mark, a declared encoding, else UTF-8. */

/** The text; null where the bytes are none, or in an encoding that is not known. */
export function decodeSource(bytes: Uint8Array): string | null {
  // No Python source holds a NUL; what does is binary, or UTF-16.
  if (bytes.includes(0)) return null;
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const declared = hasMark ? null : declaredEncoding(bytes);
  if (declared !== null) return decoded(bytes, labelOf(declared));
  // Older files that declare nothing: Python refuses them, but their code is ASCII all the same.
  return decoded(bytes, "utf-8") ?? decoded(bytes, "latin1");
}

const declaration = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const blank = /^[ \t\f]*(?:#.*)?$/;

/** What a comment of the first two lines says; the second counts only if nothing but a comment stands on the first. */
function declaredEncoding(bytes: Uint8Array): string | null {
  // ASCII in every encoding that Python takes.
  const [first = "", second = ""] = String.fromCharCode(...bytes.subarray(0, 400)).split(/\r\n|\r|\n/);
  const inFirst = declaration.exec(first);
  if (inFirst) return inFirst[1] ?? null;
  return blank.test(first) ? (declaration.exec(second)?.[1] ?? null) : null;
}

/** Python's name of an encoding to the one that the Encoding standard has, where they differ. */
function labelOf(encoding: string): string {
  const name = encoding.toLowerCase().replaceAll("_", "-");
  if (/^utf-?8(-|$)/.test(name)) return "utf-8";
  if (/^(latin-?1|iso-?8859-1|iso-latin-1|l1)(-|$)/.test(name)) return "latin1";
  const [, codePage] = /^(?:cp|windows-?)(\d+)$/.exec(name) ?? [];
  if (codePage === "932") return "shift_jis";
  if (codePage === "936") return "gbk";
  if (codePage === "949") return "euc-kr";
  if (codePage === "950") return "big5";
  return codePage?.startsWith("125") ? `windows-${codePage}` : name;
}

function decoded(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
