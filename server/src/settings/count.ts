/** Numbers of parameters as people write them. */

/** `25M`, `1.5B`, `25_000_000`: a whole number of parameters; null where the text is none. */
export function parseCount(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)([kmbg]?)$/i.exec(text.trim().replaceAll(/[_,]/g, ""));
  if (match === null) return null;
  const [, digits = "", unit = ""] = match;
  const count = Math.round(Number(digits) * (units[unit.toLowerCase()] ?? 1));
  return Number.isSafeInteger(count) ? count : null;
}

const units: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9, g: 1e9 };
