/** What a run tells of one file: which line built which module, which name got which tensor, what was not known. */
import { isModule } from "../frameworks/torch/binding/module.ts";
import { frozen, holdsTensor } from "../frameworks/torch/binding/tensors.ts";
import type { ModuleCall, Trace } from "../frameworks/torch/binding/trace.ts";
import type { Interpreter, Observer } from "../python/interpreter.ts";
import type { Class, Func, Instance, Value } from "../python/values.ts";
import type { Site, Unit } from "../syntax/ast.ts";
import type { Constructed, TensorEvent, UnknownCall } from "./analysis.ts";

export class Recording {
  readonly constructed: Constructed[] = [];
  readonly tensors: TensorEvent[] = [];
  readonly unknownCalls: UnknownCall[] = [];
  /** Functions that ran. */
  readonly entered = new Set<Func["def"]>();
  /** Places that were told of already, and are not to be told of again. */
  private told: ReadonlyMap<Unit, ReadonlySet<number>> = new Map();
  private readonly file: string;
  private readonly it: Interpreter;
  private readonly trace: Trace;

  constructor(file: string, it: Interpreter, trace: Trace) {
    this.file = file;
    this.it = it;
    this.trace = trace;
  }

  /** From here on only what no place told of is added. */
  fillIn(): void {
    this.told = placesOf([...this.constructed, ...this.tensors], this.told);
  }

  /** From here on every place may be told of again. */
  listen(): void {
    this.told = new Map();
  }

  observer(): Observer {
    const isOwn = ({ unit, start }: Site): boolean =>
      unit.file === this.file && this.told.get(unit)?.has(start) !== true;
    return {
      constructed: (instance, site) => {
        // The analysis itself builds at the class's name: that is no line of the program's.
        const atClass = site.unit === instance.cls.site?.unit && site.start === instance.cls.site.start;
        if (!atClass && isModule(instance) && isOwn(site)) this.construct(instance, site);
      },
      // What a builder of another file made is told where it is called; there is no line of this file that builds it.
      received: (value, site) => {
        if (!isModule(value) || !isOwn(site)) return;
        if (!this.constructed.some(({ instance }) => instance === value)) this.construct(value, site);
      },
      assigned: (site, name, value) => {
        if (isTold(value) && isOwn(site)) this.tell("assigned", site, name, value);
      },
      returned: (site, value) => {
        if (isTold(value) && isOwn(site)) this.tell("returned", site, "", value);
      },
      // What an unknown function does with a tensor may be work.
      calledUnknown: (callee, args, it) => {
        const site = it.site();
        if (site && isOwn(site)) {
          const owner = it.frame?.owner?.cls;
          const inModel = args.some(holdsTensor) || (owner != null && isModelClass(owner));
          this.unknownCalls.push({ site, why: callee.why, inModel });
        }
        if (args.some(holdsTensor)) this.trace.count(it, null);
      },
      entered: (func) => {
        this.entered.add(func.def);
      },
    };
  }

  /** Forgets what calls of `root` other than these told. */
  supersede(root: Instance, calls: readonly ModuleCall[]): void {
    const kept = new Set(calls);
    const [outermost] = calls;
    const stale = (call: ModuleCall | null): boolean => call?.instance === root && call !== outermost;
    const within = new Set<ModuleCall>();
    let depth: number | null = null;
    for (const call of this.trace.calls) {
      if (depth !== null && call.depth <= depth) depth = null;
      if (depth === null && stale(call) && !kept.has(call)) depth = call.depth;
      if (depth !== null) within.add(call);
    }
    retain(this.trace.calls, (call) => !within.has(call));
    retain(this.tensors, ({ during }) => during === null || !within.has(during));
  }

  /** Marks the events so far; the function given back takes away those that came since. */
  mark(): () => void {
    const { constructed, tensors, trace } = this;
    const takeBack = trace.mark();
    const [built, bound] = [constructed.length, tensors.length];
    return () => {
      takeBack();
      constructed.length = built;
      tensors.length = bound;
    };
  }

  private tell(kind: TensorEvent["kind"], site: Site, name: string, value: Value): void {
    const during = this.trace.stack.at(-1) ?? null;
    const standsForMany = this.it.standingForMany > 0;
    this.tensors.push({ kind, site, name, value: frozen(value), during, standsForMany });
  }

  private construct(instance: Instance, site: Site): void {
    this.constructed.push({ instance, site, standsForMany: this.it.standingForMany > 0 });
  }
}

export function isModelClass(cls: Class): boolean {
  return cls.mro.some((each) => each.qualname === "torch.nn.Module");
}

/** Whether a value is a tensor, holds one, or may be one: other values show nothing. */
function isTold(value: Value): boolean {
  return value.kind === "unknown" || holdsTensor(value);
}

/** Takes away from `items` what is not to be kept. */
function retain<T>(items: T[], keep: (item: T) => boolean): void {
  const kept = items.filter(keep);
  items.length = 0;
  for (const item of kept) items.push(item);
}

/** The places of events, added to those known. */
function placesOf(
  events: readonly { readonly site: Site }[],
  known: ReadonlyMap<Unit, ReadonlySet<number>>,
): ReadonlyMap<Unit, ReadonlySet<number>> {
  const places = new Map<Unit, Set<number>>([...known].map(([unit, starts]) => [unit, new Set(starts)]));
  for (const { unit, start } of events.map(({ site }) => site)) {
    const starts = places.get(unit);
    if (starts) starts.add(start);
    else places.set(unit, new Set([start]));
  }
  return places;
}
