/**
 * The state of one run: budget, frames, modules, observer. The work itself is done by functions over it: `evaluate`,
 * `execute`, `call`, `attributes`, `operators`.
 */
import type { Dim } from "../algebra/index.ts";
import type { Node, Site, Unit } from "../syntax/ast.ts";
import { Budget, type Limits } from "./budget.ts";
import { Raised } from "./errors.ts";
import { chainOf, exceptionClass, makeException } from "./exceptions.ts";
import { withFreshJournal } from "./journal.ts";
import type { ModuleLoader } from "./modules.ts";
import type { Attempt } from "./tries.ts";
import type { Class, Func, Instance, Keywords, Module, Native, Scope, Unknown, Value } from "./values.ts";

/** One Python call in progress; a module body or class body has one too. */
export interface Frame {
  readonly func: Func | null;
  readonly scope: Scope;
  readonly globals: Module;
  readonly unit: Unit;
  caller: Frame | null;
  /** The class in whose body the running function was written, for a bare `super()`. */
  readonly owner: { cls: Class | null } | null;
  /** The expression or statement that is being evaluated. */
  at: Node;
  /** Values that were returned on paths that may have been taken; joined with the last one. */
  pending: Value[] | null;
  /** Whether the innermost loop may have been left by a `break` under an unknown condition. */
  maybeBroken: boolean;
  /** Names declared `global`, and `nonlocal` with the scope that owns them. */
  outer: Map<string, Scope> | null;
  /** Exceptions being handled, for a bare `raise`. */
  handling: Raised[];
}

/** What a run tells about itself. All calls are made while it goes on; `it.frame` is where. */
export interface Observer {
  /** A value was bound to a plain name, returned, or bound to an attribute (`name` is then dotted). */
  assigned?(site: Site, name: string, value: Value, it: Interpreter): void;
  returned?(site: Site, value: Value, it: Interpreter): void;
  /** An object was made by calling its class; `__init__` has returned. */
  constructed?(instance: Instance, site: Site, it: Interpreter): void;
  /** A function of another file gave this to the call at `site`. */
  received?(value: Value, site: Site, it: Interpreter): void;
  /** Something that is not known was called. */
  calledUnknown?(callee: Unknown, args: readonly Value[], it: Interpreter): void;
  /** A function written in Python is about to run. */
  entered?(func: Func, it: Interpreter): void;
}

/** What a framework hears of a run. */
export interface Listener {
  /** Sizes that an assertion demands to be equal, where that is not decided. */
  assumed(left: Dim, right: Dim): void;
  /** A sequence that is taken apart into more or fewer parts than it has, before that is raised. */
  misfits(it: Interpreter, value: Value, parts: number): void;
  /** An exception, while the frames that it is raised in still stand. */
  raising(it: Interpreter, exception: Instance): void;
}

export class Interpreter {
  readonly loader: ModuleLoader;
  budget: Budget;
  frame: Frame | null = null;
  observer: Observer | null = null;
  /** `try` bodies with handlers around the present point, in this run. */
  guarded = 0;
  /** The `try` bodies that are running, for exceptions that may be raised. */
  attempts: readonly Attempt[] = [];
  /** Depth of speculation on unknown conditions. */
  uncertain = 0;
  /** Loops around the present point whose number of rounds is not known: one round stands for all of them. */
  standingForMany = 0;
  /** The last mark of an object that something unknown was given which does not count: see `given.ts`. */
  trusted = 0;
  /** The framework that hears of what it can use. */
  listener: Listener | null = null;
  /** What a call of a function is led to while a framework has functions replaced; null where it is not. */
  divert: ((callee: Func | Native, args: readonly Value[], keywords: Keywords) => Value | null) | null = null;
  /** What frameworks keep per run, under a key of their own. */
  readonly extensions = new Map<symbol, object>();

  constructor(loader: ModuleLoader, limits?: Limits) {
    this.loader = loader;
    this.budget = new Budget(limits);
  }

  /** Where the run is now, as a place in a file. */
  site(): Site | null {
    const frame = this.frame;
    return frame ? { unit: frame.unit, start: frame.at.start, end: frame.at.end } : null;
  }

  /** Raises a built-in exception; the message may be any value, as the key of a KeyError is. */
  raise(type: string, message: string | Value): never {
    return this.raiseClass(exceptionClass(type), message);
  }

  /** Raises an exception of a class. */
  raiseClass(cls: Class, message: string | Value): never {
    return this.throwException(makeException(cls, message, this.site()));
  }

  /** Raises an exception that is made already. */
  throwException(exception: Instance): never {
    this.listener?.raising(this, exception);
    for (let frame = this.frame; frame; frame = frame.caller) {
      const handled = frame.handling.at(-1)?.exception;
      if (handled && handled !== exception) {
        chainOf(exception).context = handled;
        break;
      }
    }
    throw new Raised(exception);
  }

  /** Runs `body` with `frame` as the innermost one. */
  within<T>(frame: Frame, body: () => T): T {
    const outer = this.frame;
    this.frame = frame;
    try {
      return body();
    } finally {
      this.frame = outer;
    }
  }

  /**
   * Runs `body` as its own affair: unobserved, outside of any `try` and any speculation around the present point. What a
   * module does while it is imported happens once and for all.
   */
  apart<T>(body: () => T): T {
    const { guarded, uncertain, standingForMany, attempts } = this;
    this.guarded = 0;
    this.attempts = [];
    this.uncertain = 0;
    this.standingForMany = 0;
    try {
      return this.silently(() => withFreshJournal(body));
    } finally {
      this.guarded = guarded;
      this.attempts = attempts;
      this.uncertain = uncertain;
      this.standingForMany = standingForMany;
    }
  }

  /** Runs `body` unobserved. */
  silently<T>(body: () => T): T {
    const observer = this.observer;
    this.observer = null;
    try {
      return body();
    } finally {
      this.observer = observer;
    }
  }
}
