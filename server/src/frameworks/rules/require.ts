/**
 * Conditions of rules. A definite *false* is a finding; what cannot be decided is silence, and an undecided equality is
 * noted as an equation, from which the solver may find the sizes of an unknown input.
 */
import {
  type Dim,
  divisible,
  eq,
  format,
  ge,
  isConcrete,
  keyOf,
  mod,
  type Shape,
  type Tri,
} from "../../algebra/index.ts";

export type FindingCode =
  | "in-features-mismatch"
  | "channel-mismatch"
  | "matmul-mismatch"
  | "broadcast-mismatch"
  | "cat-mismatch"
  | "reshape-mismatch"
  | "size-too-small"
  | "not-divisible"
  | "rank-mismatch"
  | "bad-argument";

/** "Set constructor argument `argument` to `value`" would mend it. */
export interface ArgumentFix {
  readonly argument: string;
  readonly value: Dim;
  /** The sizes of the tensor that does not fit. */
  readonly input: Shape;
}

/** Thrown on a definite violation; the engine turns it into a diagnostic and an unknown result. */
export class Violation {
  readonly code: FindingCode;
  readonly message: string;
  readonly fix: ArgumentFix | null;
  /** The very value that is refused: what else refuses it has the same cause. */
  readonly cause: unknown;
  /** What Python raises. */
  readonly exception: "RuntimeError" | "TypeError";
  constructor(
    code: FindingCode,
    message: string,
    fix: ArgumentFix | null = null,
    cause: unknown = null,
    exception: Violation["exception"] = "RuntimeError",
  ) {
    this.code = code;
    this.message = message;
    this.fix = fix;
    this.cause = cause;
    this.exception = exception;
  }
}

/** An equality that must hold for the program to run, with sizes not known well enough to tell. */
export interface Equation {
  readonly left: Dim;
  readonly right: Dim;
  /** Either side may be 1 instead: the two are broadcast together. */
  readonly loose?: boolean;
  /** The program runs without it, too, but is hardly meant to: `view(-1, 320)` keeps the batch. */
  readonly usual?: boolean;
  /** No equation: `left` is `right` or more. */
  readonly atLeast?: boolean;
}

/** Demands a condition: `false` is a finding, `undefined` silence. */
export function require(condition: Tri, code: FindingCode, message: () => string, fix?: () => ArgumentFix): void {
  if (condition === false) throw new Violation(code, message(), fix?.() ?? null);
}

/** Demands that two sizes are equal; an undecided one is noted for the solver. */
export function requireEqual(
  left: Dim,
  right: Dim,
  code: FindingCode,
  message: () => string,
  fix?: () => ArgumentFix,
): void {
  const equal = eq(left, right);
  if (equal === undefined) {
    const rival = noteEquation?.({ left, right });
    if (rival) violateJointly(left, rival, code, message(), fix?.() ?? null);
  } else require(equal, code, message, fix);
}

/** What is needed of a size rules out what was needed before: `rival`. */
function violateJointly(
  size: Dim,
  rival: Equation,
  code: FindingCode,
  message: string,
  fix: ArgumentFix | null,
): never {
  const isSame = keyOf(rival.left) === keyOf(size);
  const other = isSame ? `that to be ${format(rival.right)}` : `${format(rival.left)} to be ${format(rival.right)}`;
  // Only a number can be written into the source.
  const mended = fix !== null && isSame && isConcrete(rival.right) ? { ...fix, value: rival.right } : null;
  throw new Violation(code, `${message}; what runs before needs ${other}, and no input fits both`, mended);
}

/** Demands that `size` divides by `by`; where that is undecided it is noted, for what the model needs. */
export function requireDivisible(size: Dim, by: Dim, code: FindingCode, message: () => string): void {
  const fits = divisible(size, by);
  if (fits === undefined && by !== 0) noteEquation?.({ left: mod(size, by), right: 0 });
  else require(fits, code, message);
}

/** Demands that a size is `least` or more; where that is undecided it is noted for the solver. */
export function requireNoLess(size: Dim, least: Dim, code: FindingCode, message: () => string): void {
  const enough = ge(size, least);
  if (enough === undefined) noteEquation?.({ left: size, right: least, atLeast: true });
  else require(enough, code, message);
}

/** Notes that two sizes are broadcast together, where it is not decided how. */
export function noteBroadcast(left: Dim, right: Dim): void {
  if (eq(left, right) === undefined && left !== 1 && right !== 1) noteEquation?.({ left, right, loose: true });
}

/** Notes that two sizes are meant to be equal, where that is not decided. */
export function noteUsual(left: Dim, right: Dim): void {
  if (eq(left, right) === undefined) noteEquation?.({ left, right, usual: true });
}

/** Always a finding. */
export function violate(code: FindingCode, message: string): never {
  throw new Violation(code, message);
}

/** Hears of an undecided equation; gives an earlier one that cannot be true beside it. */
export type EquationSink = (equation: Equation) => Equation | null;

let noteEquation: EquationSink | null = null;

/** Runs `body` while `sink` hears of each undecided equation. */
export function collectingEquations<T>(sink: EquationSink, body: () => T): T {
  const outer = noteEquation;
  noteEquation = sink;
  try {
    return body();
  } finally {
    noteEquation = outer;
  }
}
