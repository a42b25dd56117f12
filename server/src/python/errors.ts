/** How a run is left early: a Python exception on its way up, or the budget's end. Neither is a JavaScript error. */
import type { Instance } from "./values.ts";

/** A Python exception being raised. */
export class Raised {
  readonly exception: Instance;
  constructor(exception: Instance) {
    this.exception = exception;
  }
}

/** The budget is spent: whatever was being computed is unknown, for this reason. */
export class BudgetSpent {
  readonly why: string;
  constructor(why: string) {
    this.why = why;
  }
}
