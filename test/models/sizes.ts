/**
 * Puts numbers into sizes that are written with symbols, `(N, 64, (H + 1)//2)`, so that a report without given inputs
 * can be held against PyTorch too. It reads the text as a person would and shares no code with what wrote it.
 */

/** Symbol → size. */
export type Sizes = ReadonlyMap<string, number>;

/** The same nest with every expression of known symbols as its number; others stay text. */
export function withSizes(said: unknown, sizes: Sizes): unknown {
  if (typeof said === "string") return sizeOf(said, sizes) ?? said;
  if (Array.isArray(said)) return said.map((item) => withSizes(item, sizes));
  if (typeof said !== "object" || said === null || "unknown" in said) return said;
  return Object.fromEntries(Object.entries(said).map(([key, item]) => [key, withSizes(item, sizes)]));
}

/** The symbols of `said` that make it `truth`, added to `sizes`; false where they cannot. */
export function bindSizes(truth: readonly number[], said: readonly unknown[], sizes: Map<string, number>): boolean {
  if (truth.length !== said.length) return false;
  return truth.every((size, index) => {
    const text = said[index];
    if (typeof text !== "string") return text === size;
    if (isSymbol(text) && !sizes.has(text)) sizes.set(text, size);
    return (sizeOf(text, sizes) ?? size) === size;
  });
}

/** `9·c_in·c_out + 1`, `(-H)//2 % 3`, `max(T, 2)`, `d²` with numbers put in; undefined where a symbol has none. */
export function sizeOf(text: string, sizes: Sizes): number | undefined {
  const tokens = text.match(/\/\/|[\p{L}_][\p{L}\p{Nd}_.]*|[0-9]+|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[-+·*%(),?]/gu) ?? [];
  let next = 0;
  const take = (...wanted: string[]) => (wanted.includes(tokens[next] ?? "") ? tokens[next++] : undefined);

  function sum(): number {
    let value = product();
    for (let op = take("+", "-"); op !== undefined; op = take("+", "-")) value += op === "+" ? product() : -product();
    return value;
  }

  function product(): number {
    const negative = take("-") !== undefined;
    let value = negative ? -power() : power();
    for (let op = take("·", "*", "//", "%"); op !== undefined; op = take("·", "*", "//", "%")) {
      const right = power();
      const quotient = Math.floor(value / right);
      value = op === "//" ? quotient : op === "%" ? value - right * quotient : value * right;
    }
    return value;
  }

  function power(): number {
    const base = single();
    const exponent = tokens[next] ?? "";
    if (!/^[⁰¹²³⁴⁵⁶⁷⁸⁹]+$/u.test(exponent)) return base;
    next += 1;
    return base ** Number([...exponent].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit)).join(""));
  }

  function single(): number {
    const token = tokens[next++] ?? "";
    if (/^[0-9]+$/.test(token)) return Number(token);
    if (token === "(") return closed(sum());
    if ((token === "max" || token === "min") && take("(") !== undefined) {
      const choices = [sum()];
      while (take(",") !== undefined) choices.push(sum());
      return closed(token === "max" ? Math.max(...choices) : Math.min(...choices));
    }
    return sizes.get(token) ?? Number.NaN;
  }

  function closed(value: number): number {
    return take(")") === undefined ? Number.NaN : value;
  }

  const value = sum();
  return next === tokens.length && Number.isFinite(value) ? value : undefined;
}

export function isSymbol(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{Nd}_.]*$/u.test(text);
}
