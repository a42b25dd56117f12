/**
 * What sizes a model needs, in clauses for cards: a U-Net whose skips fit only where the height divides by 16 runs with
 * no other. Nothing is wrong with that, so it is told and no finding.
 */
import { type Equation, keyOf, type SymbolInfo, solveFor, symbolsOf } from "../algebra/index.ts";
import { TensorValue } from "../frameworks/torch/binding/values.ts";
import type { AnalyzedModel } from "../workspace/analysis.ts";

/** "H and W divisible by 16", "L of at least 80". */
export function requirementsOf({ inputs, conditions }: AnalyzedModel): string[] {
  const names = new Map<string, string[]>();
  for (const size of sizesOf(inputs)) {
    const clause = requirementOf(size, conditions);
    if (clause !== null) names.set(clause, [...(names.get(clause) ?? []), size.name]);
  }
  return [...names].map(([clause, sizes]) => `${sizes.join(" and ")} ${clause}`);
}

/** Sizes that are tried. */
const largest = 640;
const everySize = Array.from({ length: largest }, (_, i) => i + 1);

function sizesOf(inputs: AnalyzedModel["inputs"]): SymbolInfo[] {
  const sizes = new Map<number, SymbolInfo>();
  for (const { value } of inputs) {
    if (!(value instanceof TensorValue)) continue;
    for (const size of value.type.dims ?? []) for (const info of symbolsOf(size)) sizes.set(info.id, info);
  }
  return [...sizes.values()].filter(({ anonymous }) => !anonymous);
}

function requirementOf({ id }: SymbolInfo, conditions: readonly Equation[]): string | null {
  const own = new Map<string, Equation>();
  for (const condition of conditions) {
    const { left, right, atLeast } = condition;
    const symbols = [...symbolsOf(left), ...symbolsOf(right)];
    if (symbols.length === 0 || symbols.some((symbol) => symbol.id !== id)) continue;
    own.set(`${keyOf(left)} ${atLeast} ${keyOf(right)}`, condition);
  }
  if (own.size === 0) return null;
  const fitting = solveFor([...own.values()], id, everySize);
  const [least, second] = fitting;
  if (least === undefined || second === undefined) return null;
  const step = second - least;
  const isRegular = fitting.every((size, i) => size === least + i * step) && largest - (fitting.at(-1) ?? 0) < step;
  if (!isRegular) return null;
  if (step === 1) return least > 1 ? `of at least ${least}` : null;
  const rest = least % step;
  const from = least > step ? ` and at least ${least}` : "";
  return rest === 0 ? `divisible by ${step}${from}` : `${rest} more than a multiple of ${step}${from}`;
}
