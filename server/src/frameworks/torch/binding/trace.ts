/**
 * What a run of PyTorch code tells: calls of modules with their inputs and outputs, multiply-accumulates, findings, and
 * equations between sizes that could not be decided. One trace belongs to one interpreter.
 */
import { areContradictory, type Dim, formatShape, sum, symbol } from "../../../algebra/index.ts";
import { BudgetSpent } from "../../../python/errors.ts";
import { describeException } from "../../../python/exceptions.ts";
import type { Interpreter, Listener } from "../../../python/interpreter.ts";
import type { Instance, Keywords, Value } from "../../../python/values.ts";
import type { Site } from "../../../syntax/ast.ts";
import type { ArgumentFix, Equation, FindingCode, Tensor } from "../../rules/index.ts";
import { frozen } from "./tensors.ts";
import type { Patches, Wrapped } from "./tracing.ts";
import { sizeClass, type TensorValue } from "./values.ts";

/** One call of a module. */
export interface ModuleCall {
  readonly instance: Instance;
  readonly args: readonly Value[];
  readonly keywords: Keywords;
  /** Where it was called, innermost place first; null for calls that the analysis itself makes. */
  readonly site: Site | null;
  /** Calls within calls: 0 for the outermost. */
  readonly depth: number;
  output: Value | null;
  /** Multiply-accumulates of the call with all it calls; null where they are not known. */
  readonly macs: Dim | null;
  /** Speculation depth at the start, to tell what happens in any case from what may happen. */
  readonly uncertain: number;
  /** Of an outermost call, the modules that the called one was made of at the time. */
  readonly parts: ReadonlySet<Instance> | null;
}

/** A call as it is recorded. Its work is added up when somebody asks: few calls of a pass are ever looked at. */
class Recorded implements ModuleCall {
  readonly instance: Instance;
  readonly args: readonly Value[];
  readonly keywords: Keywords;
  readonly site: Site | null;
  readonly depth: number;
  readonly uncertain: number;
  readonly parts: ReadonlySet<Instance> | null;
  output: Value | null = null;
  /** Work of ops and layers directly in it; null where some of it is not known. */
  work: Dim[] | null = [];
  readonly inner: Recorded[] = [];
  private total: Dim | null | undefined = undefined;

  constructor(fields: Omit<ModuleCall, "output" | "macs">) {
    this.instance = fields.instance;
    this.args = fields.args;
    this.keywords = fields.keywords;
    this.site = fields.site;
    this.depth = fields.depth;
    this.uncertain = fields.uncertain;
    this.parts = fields.parts;
  }

  get macs(): Dim | null {
    if (this.total === undefined) {
      const parts = this.inner.map(({ macs }) => macs);
      const known = parts.filter((macs) => macs !== null);
      this.total = this.work === null || known.length < parts.length ? null : sum([...this.work, ...known]);
    }
    return this.total;
  }
}

/** A definite mistake. */
export interface Finding {
  readonly code: FindingCode | "missing-super-init";
  readonly message: string;
  readonly fix: ArgumentFix | null;
  /** The places in the order of the calls, innermost first. */
  readonly sites: readonly Site[];
  /** The layer whose argument is at fault, if one is. */
  readonly layer: Instance | null;
  /** The tensors that the failing call was given. */
  readonly inputs: readonly Tensor[];
  /** The values that were refused, where they alone are the cause. */
  readonly causes: unknown[];
}

/** A list, tuple or dict that was stored on a module. */
export interface Stored {
  readonly owner: Instance;
  readonly name: string;
  readonly value: Value;
  /** The target of the assignment. */
  readonly site: Site;
}

/** Waits for the first layer that an input of unknown shape is given to, of those that tell how it looks. */
export interface Probe {
  readonly tensor: TensorValue;
  readonly tells: (layer: Instance) => boolean;
  consumer: Consumer | null;
}

/** A layer that took an input, as which of how many arguments. */
export interface Consumer {
  readonly layer: Instance;
  readonly position: number;
  readonly count: number;
}

export class Trace implements Listener {
  readonly calls: ModuleCall[] = [];
  readonly findings: Finding[] = [];
  readonly equations: Equation[] = [];
  /** Those of the pass in progress that hold in any case. */
  assumptions: Equation[] = [];
  readonly stored: Stored[] = [];
  /** Modules whose own parameters somebody asked for: they are no secret to the program. */
  readonly listed = new Set<Instance>();
  probes: Probe[] = [];
  /** Whether the analysis makes calls of its own, with inputs that it tries. */
  isInvented = false;
  /** How many definite mistakes were met, observed or not. */
  flaws = 0;
  /** The code and place of the last of them, as text to compare. */
  lastFlaw: string | null = null;
  /** How many mistakes were met that a branch or a loop of unknown length may avoid. */
  doubts = 0;
  /** Where calls and attributes of modules are led while a model is traced. */
  patches: Patches | null = null;
  /** Models that are being traced, one for another. */
  tracings = 0;
  /** What modules have declared to be one step of a traced model. */
  readonly wrapped: Wrapped[] = [];
  /** Calls in progress, outermost first. */
  readonly stack: Recorded[] = [];

  /** The trace of an interpreter's run. */
  static of(it: Interpreter): Trace {
    let trace = it.extensions.get(key);
    if (!(trace instanceof Trace)) {
      const made = new Trace();
      it.extensions.set(key, made);
      it.listener = made;
      trace = made;
    }
    return trace as Trace;
  }

  /** Marks the present point; the function given back forgets what was told since. */
  mark(): () => void {
    const [calls, findings, equations] = [this.calls.length, this.findings.length, this.equations.length];
    return () => {
      this.calls.length = calls;
      this.findings.length = findings;
      this.equations.length = equations;
    };
  }

  /** Runs `body` as a call of `instance`; `partsOf` tells what it is made of. */
  call(
    it: Interpreter,
    instance: Instance,
    args: readonly Value[],
    keywords: Keywords,
    body: () => Value,
    partsOf: (instance: Instance) => ReadonlySet<Instance>,
  ): Value {
    if (this.probes.length > 0) this.tellProbes(instance, [...args, ...keywords.values()]);
    const depth = this.stack.length;
    // The numbers of a sample are not what a model is about: what depends on them is shown both ways.
    if (depth === 0) for (const input of [...args, ...keywords.values()]) if (input.kind === "host") input.forget();
    const parts = depth === 0 && it.observer ? partsOf(instance) : null;
    const record = new Recorded({ instance, args, keywords, site: it.site(), depth, uncertain: it.uncertain, parts });
    this.stack[depth - 1]?.inner.push(record);
    if (it.observer) this.calls.push(record);
    this.stack.push(record);
    try {
      const output = body();
      record.output = frozen(output);
      return output;
    } finally {
      this.stack.pop();
    }
  }

  /** Lets probes see who takes them; when all are taken, the run has told all that it was for. */
  private tellProbes(instance: Instance, args: readonly Value[]): void {
    for (const probe of this.probes) {
      const position = args.indexOf(probe.tensor);
      if (probe.consumer !== null || position < 0 || !probe.tells(instance)) continue;
      probe.consumer = { layer: instance, position, count: args.length };
    }
    if (this.probes.every(({ consumer }) => consumer !== null)) throw new BudgetSpent("the input was found");
  }

  /** Counts multiply-accumulates for all calls in progress. */
  count(it: Interpreter, macs: Dim | null): void {
    const innermost = this.stack.at(-1);
    if (innermost?.work) {
      if (macs === null) innermost.work = null;
      else innermost.work.push(macs);
    }
    // What may not happen at all is no part of a total.
    for (const record of this.stack) if (it.uncertain !== record.uncertain) record.work = null;
  }

  /** An assertion on sizes is an equation too. */
  assumed(left: Dim, right: Dim): void {
    this.equations.push({ left, right });
  }

  /** Notes what a rule could not decide; gives what the same pass needs and cannot have beside it. */
  noted(it: Interpreter, equation: Equation): Equation | null {
    const isStrict = !equation.loose && !equation.usual && !equation.atLeast;
    const rival = isStrict ? this.assumptions.find((each) => areContradictory(each, equation)) : undefined;
    if (rival) return rival;
    this.equations.push(equation);
    if (isStrict && it.uncertain === 0 && it.guarded === 0) this.assumptions.push(equation);
    return null;
  }

  /** `n, c, h, w = x.shape` of a tensor of another rank. Ranks that the analysis only tries are no mistake. */
  misfits(it: Interpreter, value: Value, parts: number): void {
    const isCertain = it.guarded === 0 && it.uncertain === 0 && !this.isInvented;
    if (!isCertain || value.kind !== "tuple" || value.cls !== sizeClass) return;
    const shape = formatShape(value.items.map((item) => (item.kind === "int" ? item.dim : symbol("?", ""))));
    const message = `a shape of ${value.items.length} sizes is taken apart into ${parts}: ${shape}`;
    this.report(it, { code: "rank-mismatch", message, fix: null, layer: null, inputs: [] });
  }

  /** A layer that is written in Python refuses what it is given: a mistake of the code that called it. */
  raising(it: Interpreter, exception: Instance): void {
    if (it.guarded > 0 || it.uncertain > 0 || !it.frame || !isPrelude(it.frame.unit.file)) return;
    const code = exception.attrs.get("code");
    if (code?.kind !== "str") return;
    let caller = it.frame;
    while (isPrelude(caller.unit.file) && caller.caller) caller = caller.caller;
    const [, , message = ""] = /^(\w+): (.*)$/s.exec(describeException(exception)) ?? [];
    // The layer of the user's that refuses, of which the refusing one may be a part.
    const call = this.stack.findLast(({ instance }) => instance.site !== null && !isPrelude(instance.site.unit.file));
    const layer = call?.instance ?? null;
    it.within(caller, () =>
      this.report(it, { code: code.value as FindingCode, message, fix: null, layer, inputs: [] }),
    );
  }

  /** Notes a mistake; one place tells of it once, and so does one value that is refused at several. */
  report(it: Interpreter, finding: Omit<Finding, "sites" | "causes">, cause: unknown = null): void {
    this.flaws += 1;
    const at = it.site();
    this.lastFlaw = at && `${finding.code} ${at.unit.file}:${at.unit.offset + at.start}`;
    if (!it.observer) return;
    const sites = sitesOf(it);
    // A layer in Python that several places call is at fault in each of them.
    const isPlace = ({ unit }: Site): boolean => !isPrelude(unit.file);
    const place = sites.find(isPlace);
    const isRefused = finding.code === "bad-argument" && finding.layer !== null;
    const known = this.findings.find(({ code, causes, layer, sites }) => {
      if (cause !== null && causes.includes(cause)) return true;
      if (code !== finding.code) return false;
      const other = sites.find(isPlace);
      return (
        (isRefused && isBuiltAlike(layer, finding.layer)) ||
        (other?.unit === place?.unit && other?.start === place?.start && other?.end === place?.end)
      );
    });
    if (known) known.causes.push(cause);
    else this.findings.push({ ...finding, sites, causes: [cause] });
  }
}

/** Whether two layers come from the same constructor in the source: what it is given is the cause of both's mistakes. */
function isBuiltAlike(one: Instance | null, other: Instance | null): boolean {
  const [a, b] = [one?.site, other?.site];
  return a != null && b != null && a.unit === b.unit && a.start === b.start;
}

const key = Symbol("torch trace");

/** What the path of a layer's source in Python begins with. */
export const preludePrefix = "prelude:";

function isPrelude(file: string): boolean {
  return file.startsWith(preludePrefix);
}

/** The places of the frames in progress, innermost first. */
export function sitesOf(it: Interpreter): Site[] {
  const sites: Site[] = [];
  for (let frame = it.frame; frame; frame = frame.caller) {
    sites.push({ unit: frame.unit, start: frame.at.start, end: frame.at.end });
  }
  return sites;
}
