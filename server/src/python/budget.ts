/** Bounds of one run: steps, call depth and time. What is spent becomes a reason, never a hang. */
import { BudgetSpent } from "./errors.ts";

export interface Limits {
  /** Statements executed and calls made. */
  readonly steps: number;
  /** Python calls within calls. */
  readonly depth: number;
  /** Milliseconds. */
  readonly time: number;
}

export const defaultLimits: Limits = { steps: 3_000_000, depth: 150, time: 8_000 };

export class Budget {
  private readonly limits: Limits;
  private readonly deadline: number;
  private steps = 0;
  depth = 0;

  constructor(limits: Limits = defaultLimits) {
    this.limits = limits;
    this.deadline = performance.now() + limits.time;
  }

  /** Counts a step; throws `BudgetSpent`. */
  step(): void {
    this.steps += 1;
    if (this.steps > this.limits.steps) {
      throw new BudgetSpent(`the analysis stopped after ${this.limits.steps.toLocaleString("en")} steps`);
    }
    if ((this.steps & 0x3ff) === 0 && performance.now() > this.deadline) {
      throw new BudgetSpent(`the analysis stopped after ${this.limits.time / 1000} s`);
    }
  }

  /** Counts a call; throws `BudgetSpent`. To be paired with `leave`. */
  enter(): void {
    this.step();
    if (this.depth >= this.limits.depth) {
      throw new BudgetSpent(`the analysis stopped at ${this.limits.depth} calls within calls`);
    }
    this.depth += 1;
  }

  leave(): void {
    this.depth -= 1;
  }
}
