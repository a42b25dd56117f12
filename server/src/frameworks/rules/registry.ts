/**
 * The form of a rule, and the tables that rules are entered into. A rule is a pure function of shapes and arguments; it
 * knows no Python value and no editor.
 */
import type { Dim, Shape } from "../../algebra/index.ts";
import { type Args, type Parameter, parseSignature } from "./signature.ts";
import type { DType, Out } from "./tensor.ts";

/** A formula in its usual symbols, and the same with numbers put in (without the `= 896`, which the card adds). */
export interface Formula {
  readonly symbols: string;
  readonly numbers: string;
  /** What the symbols stand for, where they do not say it themselves; a line each. */
  readonly where?: readonly string[];
}

export interface LayerRule<S extends string, F extends string = "input: tensor"> {
  /** The constructor's signature. Each argument becomes an attribute of the instance. */
  readonly sig: S;
  /** Conditions on the constructor's arguments. */
  readonly check?: (a: Args<S>) => void;
  /** Parameters in PyTorch's order of registration; a falsy shape is a parameter registered as None. */
  readonly weights?: (a: Args<S>) => Readonly<Record<string, Shape | null | false>>;
  /** Buffers, of the layer's dtype unless told. */
  readonly buffers?: (
    a: Args<S>,
  ) => Readonly<Record<string, Shape | { shape: Shape; dtype: DType | null } | null | false>>;
  /** Attributes that PyTorch derives from the arguments beyond the arguments themselves. */
  readonly attributes?: (a: Args<S>) => Readonly<Record<string, Dim | string | boolean | null | readonly Dim[]>>;
  readonly formula?: (a: Args<S>) => Formula;
  /** How each spatial size of the output follows from that of the input, in symbols. */
  readonly sizes?: (a: Args<S>) => string;
  /** The output-size arithmetic with numbers, one line a dimension, for the card: `H: (32 + 2·1 − 3)//1 + 1 = 32`. */
  readonly arithmetic?: (a: Args<S>, x: Args<F>) => readonly string[];
  /** Constructor essentials for people: `3 → 64, 7×7, stride 2`. */
  readonly essentials?: (a: Args<S>) => string;
  /** `forward`'s signature, `input: tensor` where absent. */
  readonly forward?: F;
  readonly output: (a: Args<S>, x: Args<F>) => Out;
  /** What is asked of the inputs in training mode beside what `output` asks. */
  readonly training?: (a: Args<S>, x: Args<F>) => void;
  /** Multiply-accumulates of one call; bias not counted. Absent: none. */
  readonly macs?: (a: Args<S>, x: Args<F>, out: Out) => Dim;
}

export interface OpRule<S extends string> {
  readonly sig: S;
  readonly output: (a: Args<S>) => Out;
  readonly macs?: (a: Args<S>, out: Out) => Dim;
  /** The result is the first argument itself, with the type that `output` gives. */
  readonly inplace?: boolean;
}

/** A rule as the engine holds it; its argument types are checked where it is entered and erased here. */
export interface LayerEntry {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly forwardParameters: readonly Parameter[];
  readonly rule: LayerRule<never, never>;
}
export interface OpEntry {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly rule: OpRule<never>;
}

/** Rules of one framework. Two rules of one name fail at load. */
export class RuleTable {
  readonly layers = new Map<string, LayerEntry>();
  readonly ops = new Map<string, OpEntry>();

  /** Enters a layer under its qualified name, `torch.nn.Conv2d`. */
  layer<S extends string, F extends string = "input: tensor">(name: string, rule: LayerRule<S, F>): void {
    if (this.layers.has(name)) throw new Error(`two rules for the layer ${name}`);
    this.layers.set(name, new LazyLayer(name, rule as unknown as LayerRule<never, never>));
  }

  /** Enters an op under each of its names, parted by blanks: `torch.flatten Tensor.flatten`. */
  op<S extends string>(names: string, rule: OpRule<S>): void {
    for (const name of names.split(" ")) {
      if (this.ops.has(name)) throw new Error(`two rules for the op ${name}`);
      this.ops.set(name, new LazyOp(name, rule as unknown as OpRule<never>));
    }
  }
}

/** Signatures are read when a rule is first used: a run meets a few of a thousand. */
class LazyLayer implements LayerEntry {
  readonly name: string;
  readonly rule: LayerRule<never, never>;
  private own: readonly Parameter[] | null = null;
  private forward: readonly Parameter[] | null = null;

  constructor(name: string, rule: LayerRule<never, never>) {
    this.name = name;
    this.rule = rule;
  }
  get parameters(): readonly Parameter[] {
    this.own ??= parseSignature(this.rule.sig);
    return this.own;
  }
  get forwardParameters(): readonly Parameter[] {
    this.forward ??= parseSignature(this.rule.forward ?? "input: tensor");
    return this.forward;
  }
}

class LazyOp implements OpEntry {
  readonly name: string;
  readonly rule: OpRule<never>;
  private own: readonly Parameter[] | null = null;

  constructor(name: string, rule: OpRule<never>) {
    this.name = name;
    this.rule = rule;
  }
  get parameters(): readonly Parameter[] {
    this.own ??= parseSignature(this.rule.sig);
    return this.own;
  }
}
