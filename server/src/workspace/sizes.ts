/**
 * Sizes as people write them in comments, settings and annotations: `224`, `H`, `2*h + 1`, `(T - 1)//2`, `cfg.dim`.
 */
import { add, type Dim, floordiv, mod, mul, neg, sub } from "../algebra/index.ts";

/** A text that is no size; `at` is where in it. The message is for people. */
export class SizeError extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** The size that a text says, its names looked up. Throws a `SizeError`. */
export function readSize(text: string, named: (name: string) => Dim): Dim {
  const tokens = [...text.matchAll(token)].map((match) => ({ text: match[0], at: match.index }));
  let next = 0;
  const at = (): number => tokens[next]?.at ?? text.length;
  const take = (...wanted: string[]): string | undefined =>
    wanted.includes(tokens[next]?.text ?? "") ? tokens[next++]?.text : undefined;

  const sum = (): Dim => {
    let value = product();
    for (let op = take("+", "-"); op !== undefined; op = take("+", "-")) {
      const right = product();
      value = op === "+" ? add(value, right) : sub(value, right);
    }
    return value;
  };
  const product = (): Dim => {
    let value = signed();
    for (let op = take("*", "·", "//", "%"); op !== undefined; op = take("*", "·", "//", "%")) {
      const place = at();
      const right = signed();
      if (op === "*" || op === "·") value = mul(value, right);
      else if (right === 0) throw new SizeError(`"${text.trim()}" divides by zero`, place);
      else value = op === "//" ? floordiv(value, right) : mod(value, right);
    }
    return value;
  };
  const signed = (): Dim => (take("-") === undefined ? single() : neg(signed()));
  const single = (): Dim => {
    const place = at();
    if (take("(") !== undefined) {
      const value = sum();
      if (take(")") === undefined) throw new SizeError(`a parenthesis of "${text.trim()}" is not closed`, at());
      return value;
    }
    const word = tokens[next]?.text ?? "";
    if (/^[A-Za-z_]/.test(word)) {
      next += 1;
      return named(word);
    }
    if (!/^\d+$/.test(word)) throw new SizeError(`"${text.trim()}" is no size: ${whatSizesAre}`, place);
    next += 1;
    const size = Number(word);
    if (!Number.isSafeInteger(size)) throw new SizeError(`the size ${word} is too large`, place);
    return size;
  };

  const size = sum();
  if (next < tokens.length) throw new SizeError(`"${text.trim()}" is no size: ${whatSizesAre}`, at());
  if (typeof size === "number" && size < 1) throw new SizeError(`a size cannot be ${size}: ${tooSmall}`, 0);
  return size;
}

const token = /\/\/|\d+|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|\S/g;
const whatSizesAre = "a size is a whole number, a name or arithmetic over them";
const tooSmall = "it is at least 1, or a name where it is open";
