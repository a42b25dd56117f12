/**
 * What sizes a model needs, in clauses for cards: a U-Net whose skips fit only where the height divides by 16 runs with
 * no other. Nothing is wrong with that, so it is told and no finding.
 */
import { type Equation, format, keyOf, type SymbolInfo, solveFor, symbolsOf } from "../algebra/index.ts";
import { TensorValue } from "../frameworks/torch/binding/values.ts";
import type { AnalyzedModel } from "../workspace/analysis.ts";

/** "H and W divisible by 16", "L of at least 80", "C·H·W = 784". */
export function requirementsOf({ inputs, conditions }: AnalyzedModel): string[] {
  const names = new Map<string, string[]>();
  for (const size of sizesOf(inputs)) {
    const clause = requirementOf(size, conditions);
    if (clause !== null) names.set(clause, [...(names.get(clause) ?? []), size.name]);
  }
  const single = [...names].map(([clause, sizes]) => `${sizes.join(" and ")} ${clause}`);
  return [...single, ...relationsBetween(inputs, conditions)];
}

/** Sizes that are tried. */
const largest = 640;
const everySize = Array.from({ length: largest }, (_, i) => i + 1);
/** The longest period that is looked for: of more halvings than this nothing is told. */
const longestPeriod = 128;
/** Equations between sizes that are told, at most. */
const mostRelations = 2;

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
    const symbols = symbolsIn(condition);
    if (symbols.length > 0 && symbols.every((symbol) => symbol.id === id))
      own.set(keyOfCondition(condition), condition);
  }
  if (own.size === 0) return null;
  const fitting = new Set(solveFor([...own.values()], id, everySize));
  const [least] = fitting;
  const period = least === undefined ? null : periodOf(fitting, least);
  if (least === undefined || period === null) return null;
  if (period === 1) return least > 1 ? `of at least ${least}` : null;
  const from = least > period ? ` and at least ${least}` : "";
  const last = largest - (largest % period);
  const fits = (more: number): boolean => fitting.has(last - period + more);
  let [less, more] = [0, 0];
  while (fits(0) && fits(-less - 1)) less += 1;
  while (fits(0) && fits(more + 1)) more += 1;
  const count = everySize.filter((size) => size > last - period && size <= last && fitting.has(size)).length;
  // Sizes around the multiples, or one and the same number behind each.
  if (fits(0) && count === less + more + 1) {
    const around = [less > 0 ? `up to ${less} less` : "", more > 0 ? `up to ${more} more` : ""].filter(Boolean);
    return `divisible by ${period}${around.length > 0 ? `, or ${around.join(" or ")}` : ""}${from}`;
  }
  const rest = least % period;
  return count === 1 ? `${rest} more than a multiple of ${period}${from}` : null;
}

/** After how many sizes those that fit begin anew; 1 where all do, from the least on. */
function periodOf(fitting: ReadonlySet<number>, least: number): number | null {
  for (let period = 1; period <= longestPeriod; period += 1) {
    const isRegular = everySize.every(
      (size) => size < least || size + period > largest || fitting.has(size) === fitting.has(size + period),
    );
    if (isRegular) return period;
  }
  return null;
}

/** What must hold between several sizes of the input but the batch, as it was met. */
function relationsBetween(inputs: AnalyzedModel["inputs"], conditions: readonly Equation[]): string[] {
  const own = new Set(sizesOf(inputs).map(({ id }) => id));
  for (const { value } of inputs)
    if (value instanceof TensorValue) for (const { id } of symbolsOf(value.type.dims?.[0] ?? 0)) own.delete(id);
  const relations = new Set<string>();
  for (const condition of conditions) {
    if (condition.atLeast || condition.loose) continue;
    const ids = new Set(symbolsIn(condition).map(({ id }) => id));
    if (ids.size < 2 || [...ids].some((id) => !own.has(id))) continue;
    const sides = [format(condition.left), format(condition.right)];
    if (!relations.has(sides.toReversed().join(" = "))) relations.add(sides.join(" = "));
  }
  return relations.size > mostRelations ? [] : [...relations];
}

function symbolsIn({ left, right }: Equation): SymbolInfo[] {
  return [...symbolsOf(left), ...symbolsOf(right)];
}

function keyOfCondition({ left, right, atLeast, loose }: Equation): string {
  return `${keyOf(left)} ${atLeast} ${loose} ${keyOf(right)}`;
}
