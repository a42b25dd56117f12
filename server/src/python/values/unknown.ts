/** A value that is not known, with the reason and what is known of it all the same. */
import { type Dim, symbol } from "../../algebra/index.ts";
import type { Class } from "./objects.ts";

/** What is known of an unknown value beside the reason. */
export interface UnknownFacts {
  /** What it is called in the source, `cfg.hidden`: symbols bear this name. */
  readonly name?: string;
  /** Its Python type, where that is known. */
  readonly type?: "int" | "float" | "bool" | "str";
  /** The size it would be, were it used as one. */
  readonly dim?: () => Dim | null;
  /** Made of these by arithmetic: a number where they are numbers, where they are tensors a tensor. */
  readonly operands?: readonly Unknown[];
  /** A float if it is a number. */
  readonly isFraction?: boolean;
  /** A setting that was passed in and only read: no object that a call or an import made. */
  readonly plain?: boolean;
  /** Stands for arguments of which not even the number is known. */
  readonly rest?: boolean;
  /** Known to be this quotient of two integers. */
  readonly ratio?: { readonly numerator: Dim; readonly denominator: Dim };
}

/** A value that is not known, and why. Reading one attribute twice gives the same unknown. */
export class Unknown {
  readonly kind = "unknown";
  readonly why: string;
  readonly facts: UnknownFacts;
  /** The class that stands for it where it is a base class. A field: a weak map would keep whole runs alive. */
  standIn: Class | null = null;
  private parts: Map<string, Unknown> | null = null;
  private size: Dim | null | undefined;
  private usedAsNumber = false;
  private usedAsCount = false;

  constructor(why: string, facts: UnknownFacts = {}) {
    this.why = why;
    this.facts = facts;
  }

  /** What it is called, for a symbol or a message. */
  get name(): string {
    return this.facts.name ?? "?";
  }

  /** The unknown that stands for `self.attr` or `self[key]`; `suffix` is `.attr` or `[key]`. */
  part(suffix: string): Unknown {
    this.parts ??= new Map();
    let part = this.parts.get(suffix);
    if (!part) {
      const { name, plain } = this.facts;
      part = new Unknown(this.why, {
        ...(name === undefined ? {} : { name: name + suffix }),
        ...(plain ? { plain } : {}),
      });
      this.parts.set(suffix, part);
    }
    return part;
  }

  /** Learns from its use, `(kernel_size - 1) // 2`, that it is a number and no tuple; as a divisor, a count. */
  takeAsNumber(isDivisor = false): void {
    this.usedAsNumber = true;
    this.usedAsCount ||= isDivisor;
  }

  /** Whether it is an int if it is a size at all. */
  get isNumber(): boolean {
    return this.usedAsNumber || this.facts.type === "int" || this.facts.dim !== undefined;
  }

  /** Whether it is a number and nothing else: by its type, as a size that something took, or as made of numbers. */
  get isCertainlyNumber(): boolean {
    const { type, operands } = this.facts;
    if (type !== undefined) return type !== "str";
    return (this.size ?? null) !== null || operands?.every((each) => each.isCertainlyNumber) === true;
  }

  /** The size that this value is where it is used as one: always the same symbol. null where it can't be an int. */
  asDim(): Dim | null {
    if (this.size === undefined) {
      const { type, dim, name } = this.facts;
      if (type === "float" || type === "str") this.size = null;
      else if (dim) this.size = dim();
      else {
        const min = this.usedAsCount ? 1 : Number.NEGATIVE_INFINITY;
        this.size = symbol(name ?? "?", this.why, { min, anonymous: name === undefined });
      }
    }
    return this.size;
  }
}
