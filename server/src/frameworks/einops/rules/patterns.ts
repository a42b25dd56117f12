/**
 * Patterns of einops, `b c (h p) w -> b (c p) h w`: read into axes, measured against a shape, and made into one. For the
 * rules of `einops`. Source: https://einops.rocks/api/rearrange/.
 */
import { type Dim, divExact, eq, floordiv, format, formatShape, product, type Shape } from "../../../algebra/index.ts";
import { requireDivisible, requireEqual, Undecided, violate } from "../../rules/index.ts";

export type Operation = "rearrange" | "reduce" | "repeat";
export type AxisSizes = Readonly<Record<string, Dim>>;

/** A dimension: the axes that it is made of, by name or as a number, with `…` for all that an ellipsis stands for. */
type Side = readonly (readonly string[])[];

const ellipsis = "…";
/** An ellipsis that stands by itself for dimensions, and not in parentheses for their product. */
const bare: readonly string[] = [ellipsis];
const isNumber = (axis: string): boolean => /^\d+$/.test(axis);

/** The shape that a pattern makes of `shape`; with `reduce` axes may be left out, with `repeat` there may be more. */
export function transformed(operation: Operation, shape: Shape, pattern: string, given: AxisSizes): Shape {
  const [left, right] = sides(operation, pattern);
  checkAxes(operation, pattern, left, right, given);
  const { sizes, hidden } = measured(operation, shape, pattern, left, given);
  const sizeOf = (axis: string): Dim => (isNumber(axis) ? Number(axis) : (sizes.get(axis) ?? given[axis] ?? 1));
  return right.flatMap((group) => {
    if (group === bare) return hidden;
    return [product(group.flatMap((axis) => (axis === ellipsis ? hidden : [sizeOf(axis)])))];
  });
}

/** Whether a pattern leaves axes out. */
export function leavesOut(operation: Operation, pattern: string): boolean {
  const [left, right] = sides(operation, pattern);
  const after = right.flat();
  return left.flat().some((axis) => !isNumber(axis) && !after.includes(axis));
}

function sides(operation: Operation, pattern: string): readonly [Side, Side] {
  const [left, right, ...more] = pattern.split("->");
  if (left === undefined || right === undefined || more.length > 0) {
    violate("bad-argument", `${operation}: the pattern "${pattern}" needs one "->"`);
  }
  return [sideOf(operation, pattern, left), sideOf(operation, pattern, right)];
}

function sideOf(operation: Operation, pattern: string, text: string): Side {
  const malformed = (): never => violate("bad-argument", `${operation}: the pattern "${pattern}" is malformed`);
  const tokens = text.replaceAll("...", ` ${ellipsis} `).match(/[()…]|[A-Za-z_]\w*|\d+|\S/g) ?? [];
  const side: (readonly string[])[] = [];
  let group: string[] | null = null;
  for (const token of tokens) {
    if (token === "(") {
      if (group !== null) malformed();
      group = [];
    } else if (token === ")") {
      if (group === null) malformed();
      side.push(group ?? []);
      group = null;
    } else {
      if (!/^(?:…|[A-Za-z_]\w*|\d+)$/.test(token)) malformed();
      const axes = token === "1" ? [] : [token];
      if (group !== null) group.push(...axes);
      else side.push(token === ellipsis ? bare : axes);
    }
  }
  if (group !== null) malformed();
  const names = side.flat().filter((axis) => !isNumber(axis));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    violate("bad-argument", `${operation}: the pattern "${pattern}" names ${spoken(twice)} twice on one side`);
  }
  return side;
}

const spoken = (axis: string): string => (axis === ellipsis ? "the ellipsis" : `"${axis}"`);

function checkAxes(operation: Operation, pattern: string, left: Side, right: Side, given: AxisSizes): void {
  const [before, after] = [left.flat(), right.flat()];
  if (left.some((group) => group !== bare && group.includes(ellipsis))) {
    violate("bad-argument", `${operation}: the ellipsis of "${pattern}" cannot stand in parentheses on the left`);
  }
  const refuse = (axis: string, why: string): never =>
    violate("bad-argument", `${operation}: ${spoken(axis)} of the pattern "${pattern}" ${why}`);
  for (const axis of after) {
    if (isNumber(axis) && operation !== "repeat") refuse(axis, "is a size on the right, which only repeat takes");
    if (isNumber(axis) || before.includes(axis)) continue;
    if (operation !== "repeat") refuse(axis, "is on the right, but not on the left");
    if (!(axis in given)) refuse(axis, "is on the right alone, so its size must be given");
  }
  for (const axis of before) {
    if (isNumber(axis) && operation !== "reduce") refuse(axis, "is a size on the left, which only reduce takes");
    if (operation !== "reduce" && !isNumber(axis) && !after.includes(axis)) {
      refuse(axis, "is on the left, but not on the right");
    }
  }
  for (const axis of Object.keys(given)) {
    if (!before.includes(axis) && !after.includes(axis)) {
      violate("bad-argument", `${operation}: the pattern "${pattern}" has no axis "${axis}"`);
    }
  }
}

interface Measured {
  readonly sizes: ReadonlyMap<string, Dim>;
  /** What the ellipsis stands for. */
  readonly hidden: Shape;
}

function measured(operation: Operation, shape: Shape, pattern: string, left: Side, given: AxisSizes): Measured {
  const open = left.indexOf(bare);
  const spare = shape.length - left.length + (open < 0 ? 0 : 1);
  if (spare < 0 || (open < 0 && spare > 0)) {
    const wanted = open < 0 ? `${left.length}` : `at least ${left.length - 1}`;
    violate(
      "rank-mismatch",
      `${operation}: the pattern "${pattern}" takes ${wanted} dimensions, but the tensor ${formatShape(shape)} has ${shape.length}`,
    );
  }
  const hidden = open < 0 ? [] : shape.slice(open, open + spare);
  const sizes = new Map<string, Dim>();
  let at = 0;
  for (const group of left) {
    if (group === bare) {
      at += spare;
      continue;
    }
    partOut(operation, shape, pattern, group, shape[at] as Dim, given, sizes);
    at += 1;
  }
  return { sizes, hidden };
}

/** The axes of one dimension: all but one of them have a size that is given. */
function partOut(
  operation: Operation,
  shape: Shape,
  pattern: string,
  group: readonly string[],
  size: Dim,
  given: AxisSizes,
  sizes: Map<string, Dim>,
): void {
  const known = group.filter((axis) => isNumber(axis) || axis in given);
  const [open, another] = group.filter((axis) => !known.includes(axis));
  if (another !== undefined) {
    violate("bad-argument", `${operation}: the size of "${open}" or "${another}" in "${pattern}" must be given`);
  }
  const sizeOf = (axis: string): Dim => (isNumber(axis) ? Number(axis) : (given[axis] as Dim));
  for (const axis of known) sizes.set(axis, sizeOf(axis));
  const told = product(known.map(sizeOf));
  const words = known.map((axis) => (isNumber(axis) ? axis : `${axis}=${format(given[axis] as Dim)}`)).join(" · ");
  if (open === undefined) {
    requireEqual(
      size,
      told,
      "reshape-mismatch",
      () =>
        `${operation} "${pattern}" of ${formatShape(shape)}: the dimension of size ${format(size)} must be ${words === "" ? "1" : words === format(told) ? words : `${words} = ${format(told)}`}`,
    );
    return;
  }
  if (eq(told, 0) === true) throw new Undecided("an axis of size 0 is not followed");
  requireDivisible(
    size,
    told,
    "not-divisible",
    () =>
      `${operation} "${pattern}" of ${formatShape(shape)}: the dimension of size ${format(size)} is not divisible by ${words}`,
  );
  sizes.set(open, divExact(size, told) ?? floordiv(size, told));
}
