/**
 * Inputs that nobody tells of, found from the layers behind them: how the first layer wants its input, how other models
 * of the file call the same class, and what becomes of the sizes on the way. Every way that an input may look is tried
 * unseen; one that ends in a mistake is none. Where two ways would do, nothing is said.
 */
import { type Dim, divExact, isConcrete, soleSymbol, substitute, symbolsOf } from "../algebra/index.ts";
import { type Equation, Tensor } from "../frameworks/rules/index.ts";
import { modulesOf } from "../frameworks/torch/binding/module.ts";
import type { Probe } from "../frameworks/torch/binding/trace.ts";
import { TensorValue } from "../frameworks/torch/binding/values.ts";
import {
  anyTemplates,
  imageTemplate,
  sizeNames,
  type Template,
  type Templates,
  takesIndices,
  tellsInput,
  templatesFor,
  volumeTemplates,
} from "../model/consumers.ts";
import { isUsual, solveInput } from "../model/solve.ts";
import type { Instance, Value } from "../python/values.ts";
import { sizeOfInput } from "./analysis.ts";
import {
  accepted,
  type Forward,
  type ForwardContext,
  type InputParameters,
  isShowing,
  namedInputs,
  nothing,
  observed,
  pass,
  tried,
  withUnknowns,
} from "./pass.ts";

/** Most ways that are tried. */
const most = 16;
/** Most times that what one pass tells of sizes is put into another. */
const mostRounds = 4;

export function inferred(root: Instance, parameters: InputParameters, context: ForwardContext): Forward {
  const candidates = probe(root, parameters, context);
  const found = decide(root, parameters, candidates, context);
  return found === null ? nothing : shown(root, parameters, found, context);
}

// ── candidates ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** An input parameter with the ways it may look. */
interface Candidate {
  readonly name: string;
  readonly templates: Templates;
  /** How else it may look, where none of these will do. */
  readonly rarely: Templates;
  /** Whether a layer told of it. */
  readonly told: boolean;
}

/** The inputs that a layer takes as indices, by name. */
export function indexInputs(root: Instance, parameters: InputParameters, context: ForwardContext): ReadonlySet<string> {
  if (![...modulesOf(root)].some(takesIndices)) return new Set();
  const consumers = [...firstConsumers(root, parameters, context)];
  return new Set(consumers.flatMap(([name, { consumer }]) => (consumer && takesIndices(consumer.layer) ? [name] : [])));
}

/** Runs forward on inputs of unknown shape, to see which layers take them first. */
function firstConsumers(
  root: Instance,
  parameters: InputParameters,
  context: ForwardContext,
): ReadonlyMap<string, Probe> {
  const { trace, it } = context;
  const probes = new Map<string, Probe>();
  for (const { name } of parameters.required) {
    const tensor = new TensorValue(new Tensor(null, null, `the shape of ${name} is not known`));
    probes.set(name, { tensor, tells: tellsInput, consumer: null });
  }
  trace.probes = [...probes.values()];
  it.silently(() => pass(root, new Map([...probes].map(([name, { tensor }]) => [name, tensor as Value])), context));
  trace.probes = [];
  return probes;
}

function probe(root: Instance, parameters: InputParameters, context: ForwardContext): Candidate[] {
  const probes = firstConsumers(root, parameters, context);
  const ranks = ranksElsewhere(root, context);
  const taken = new Set<string>();
  return [...probes].flatMap(([name, { consumer }]) => {
    const size = sizeNames(context.options.batchSymbol, sizeOfInput, name, taken);
    const told = consumer && templatesFor(consumer.layer, consumer.position, consumer.count, size);
    const templates = told ?? anyTemplates(size);
    const rank = ranks.get(name);
    const options = templates.options.filter(({ shape }) => rank === undefined || shape.length === rank);
    if (options.length === 0) return [];
    // A layer by itself is shown as it is usually called.
    const settledRank = rank !== undefined || (consumer?.layer === root && templates.choice === "unique");
    const usual: Templates = settledRank ? { options, choice: "usual" } : templates;
    return [{ name, templates: usual, rarely: told ?? volumeTemplates(size), told: told !== null }];
  });
}

/** The ranks that other models of the file call this class with, by parameter, where all calls agree. */
function ranksElsewhere(root: Instance, { trace }: ForwardContext): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  const torn = new Set<string>();
  for (const made of trace.calls) {
    if (made.instance === root || made.instance.cls !== root.cls || !root.cls.def || !isShowing(made)) continue;
    for (const { name, value } of namedInputs(root, made)) {
      const rank = value instanceof TensorValue ? value.type.dims?.length : undefined;
      if (rank === undefined || (ranks.get(name) ?? rank) !== rank) torn.add(name);
      else ranks.set(name, rank);
    }
  }
  for (const name of torn) ranks.delete(name);
  return ranks;
}

// ── trials ───────────────────────────────────────────────────────────────────────────────────────────────────────────

type Choice = readonly { readonly name: string; readonly template: Template }[];
type Sizes = ReadonlyMap<number, Dim>;

/** Inputs that are settled on. */
interface Found {
  readonly choice: Choice;
  readonly sizes: Sizes;
  readonly source: Forward["inputSource"];
  readonly range: Forward["range"];
  /** Mistakes on the way that a branch or a loop may avoid. */
  readonly doubts: number;
  /** The pass that settled it, whose events stand; null where it is to be run again. */
  readonly trial: Trial | null;
}

/** A forward pass on inputs that may not be kept. */
interface Trial {
  readonly forward: Forward;
  /** Takes its events back. */
  readonly takeBack: () => void;
}

function decide(
  root: Instance,
  parameters: InputParameters,
  candidates: readonly Candidate[],
  context: ForwardContext,
): Found | null {
  const settled = (choice: Choice, certain = false): Found | null => settle(root, parameters, choice, certain, context);
  const told = candidates.filter((candidate) => candidate.told);
  const image = told.length === 0 ? solvedImage(root, parameters, context) : null;
  if (image) return image;
  let isOpen = false;
  // What no layer takes may be no tensor at all: the model is then tried without it.
  for (const group of told.length > 0 && told.length < candidates.length ? [candidates, told] : [candidates]) {
    const found = decideAmong(group, settled, context);
    if (found === "several") isOpen = true;
    else if (found) return found;
  }
  if (isOpen || told.length === candidates.length) return null;
  const rare = candidates.map((each) => ({ ...each, templates: each.rarely }));
  const found = decideAmong(rare, settled, context);
  return found === "several" ? null : found;
}

/** The one way that `group` may look; null where there is none. */
function decideAmong(
  group: readonly Candidate[],
  settled: (choice: Choice, certain?: boolean) => Found | null,
  { trace }: ForwardContext,
): Found | "several" | null {
  const choices = combinations(group);
  const [first] = choices;
  if (group.length === 0 || !first) return null;
  const asSaid: Found = { choice: first, sizes: new Map(), source: "symbolic", range: null, doubts: 0, trial: null };
  if (group.every(({ templates }) => templates.choice === "certain")) return settled(first, true) ?? asSaid;
  const usual = group.every(({ templates }) => templates.choice !== "unique");
  const flaws = new Set<string | null>();
  const survivors: Found[] = [];
  for (const choice of choices) {
    trace.lastFlaw = null;
    const found = settled(choice);
    if (found === null) flaws.add(trace.lastFlaw);
    else if (usual) return found;
    else {
      found.trial?.takeBack();
      survivors.push({ ...found, trial: null });
    }
  }
  const sound = survivors.length > 1 ? survivors.filter(({ doubts }) => doubts === 0) : survivors;
  // Of several the one that runs with sizes of any kind is meant.
  const free = sound.length > 1 ? sound.filter(({ sizes }) => sizes.size === 0) : sound;
  const [survivor, another] = free.length === 1 ? free : sound;
  if (survivor) return another ? "several" : survivor;
  // One and the same mistake however the input may look is a mistake.
  const isMistaken = survivors.length === 0 && group.every(({ told }) => told) && flaws.size === 1 && !flaws.has(null);
  return isMistaken ? asSaid : null;
}

/** Every way to choose one template for each candidate. */
function combinations(candidates: readonly Candidate[]): Choice[] {
  let choices: Choice[] = [[]];
  for (const { name, templates } of candidates) {
    choices = choices.flatMap((choice) => templates.options.map((template) => [...choice, { name, template }]));
  }
  return choices.slice(0, most);
}

/** Tries a choice until its sizes are settled; null where it ends in a mistake, or, unless it is certain, asks for a certain batch. */
function settle(
  root: Instance,
  parameters: InputParameters,
  choice: Choice,
  certain: boolean,
  context: ForwardContext,
): Found | null {
  let sizes: Sizes = new Map();
  let range: Forward["range"] = null;
  let solved = false;
  for (let round = 0; ; round += 1) {
    const trial = attempt(root, inputsOf(parameters, choice, sizes), context);
    if (trial.flawed || (!certain && bindsBatch(choice, sizes, trial.equations))) {
      trial.takeBack();
      return null;
    }
    const known = unify(choice, sizes, trial.equations) ?? pin(choice, sizes, trial.equations.filter(isStrict));
    const solution = known ? null : solve(choice, sizes, trial.equations);
    const meant = known || solution ? null : pin(choice, sizes, trial.equations);
    if ((!known && !solution && !meant) || round === mostRounds) {
      return { choice, sizes, source: solved ? "solved" : "symbolic", range, doubts: trial.doubts, trial };
    }
    trial.takeBack();
    if (solution) range = solution.range;
    solved ||= !known;
    sizes = composed(sizes, known ?? solution?.sizes ?? meant ?? new Map());
  }
}

/** Runs forward; tells the equations that were left open, and whether something was definitely wrong. */
function attempt(
  root: Instance,
  values: ReadonlyMap<string, Value>,
  context: ForwardContext,
): Trial & { equations: readonly Equation[]; flawed: boolean; doubts: number } {
  const { trace } = context;
  const takeBack = context.mark();
  const before = trace.equations.length;
  const { flaws, doubts } = trace;
  const forward = tried(root, values, context);
  const equations = trace.equations.slice(before);
  trace.equations.length = before;
  const raised = forward.notes.some((note) => note.startsWith("it raises "));
  return { forward, takeBack, equations, flawed: raised || trace.flaws > flaws, doubts: trace.doubts - doubts };
}

/** The batch is any number of examples: a way to read the input that asks for a certain one is none. */
function bindsBatch(choice: Choice, sizes: Sizes, equations: readonly Equation[]): boolean {
  const batches = new Set(choice.flatMap(({ template }) => idsOf(template.shape[0], sizes)));
  const spatial = new Set(choice.flatMap(({ template }) => template.spatial.flatMap((size) => idsOf(size, sizes))));
  return equations.some(({ left, right, usual, atLeast }) => {
    const ids = [...idsOf(left, sizes), ...idsOf(right, sizes)];
    return (
      !usual &&
      !atLeast &&
      ids.length > 0 &&
      ids.every((id) => batches.has(id) && !spatial.has(id)) &&
      new Set(ids).size === 1
    );
  });
}

function idsOf(size: Dim | undefined, sizes: Sizes): number[] {
  if (size === undefined || typeof size === "number") return [];
  return symbolsOf(substitute(size, sizes)).map(({ id }) => id);
}

/** Sizes of different inputs that must be the same, or are so wherever neither is 1. */
function unify(choice: Choice, sizes: Sizes, equations: readonly Equation[]): Sizes | null {
  const owner = new Map<number, number>();
  choice.forEach(({ template }, input) => {
    for (const size of template.shape) for (const id of idsOf(size, sizes)) if (!owner.has(id)) owner.set(id, input);
  });
  for (const { left, right, usual, atLeast } of equations) {
    if (usual || atLeast) continue;
    const [one, other] = [soleSymbol(left), soleSymbol(right)];
    if (one === null || other === null) continue;
    const [first, second] = [owner.get(one.id), owner.get(other.id)];
    if (first === undefined || second === undefined || first === second) continue;
    return first < second ? new Map<number, Dim>([[other.id, left]]) : new Map<number, Dim>([[one.id, right]]);
  }
  return null;
}

/** A size of an input, no batch, that an equation says is a number. */
function pin(choice: Choice, sizes: Sizes, equations: readonly Equation[]): Sizes | null {
  const open = new Set(choice.flatMap(({ template }) => template.shape.slice(1).flatMap((size) => idsOf(size, sizes))));
  for (const { left, right, atLeast } of equations) {
    if (atLeast) continue;
    const [size, number] = isConcrete(left) ? [right, left] : [left, right];
    if (!isConcrete(number) || number <= 0) continue;
    const [only, ...others] = symbolsOf(size);
    if (only === undefined || others.length > 0 || !open.has(only.id)) continue;
    const value = multipleOf(size, only.id, number);
    if (value !== null) return new Map([[only.id, value]]);
  }
  return null;
}

/** The value of a symbol that makes `size`, a multiple of it such as `64·C`, a number; null where it is none. */
function multipleOf(size: Dim, id: number, number: number): number | null {
  const once = substitute(size, new Map([[id, 1]]));
  if (!isConcrete(once) || once <= 0 || number % once !== 0) return null;
  const isMultiple = [2, 3].every((times) => substitute(size, new Map([[id, times]])) === times * once);
  return isMultiple && soleSymbol(divExact(size, once) ?? 0)?.id === id ? number / once : null;
}

/** What the program needs decides; where that does not, what it is hardly written without. */
function solve(choice: Choice, sizes: Sizes, equations: readonly Equation[]): ReturnType<typeof solveInput> {
  const needed = equations.filter((each) => isStrict(each) || each.atLeast);
  const isMeant = ({ left, right, usual }: Equation): boolean => usual || isConcrete(left) || isConcrete(right);
  const meant = equations.filter((each) => isStrict(each) || isMeant(each));
  for (const some of meant.length > needed.length ? [needed, meant] : [needed]) {
    for (const { template } of choice) {
      const solution = solveInput(withSizes(template, sizes), some);
      if (solution) return solution;
    }
  }
  return null;
}

/** Whether it is an equation that must hold. */
function isStrict({ loose, usual, atLeast }: Equation): boolean {
  return !loose && !usual && !atLeast;
}

function withSizes(template: Template, sizes: Sizes): Template {
  const settled = (size: Dim): Dim => substitute(size, sizes);
  return {
    ...template,
    shape: template.shape.map(settled),
    spatial: template.spatial.map(settled),
    channels: template.channels === null ? null : settled(template.channels),
  };
}

function composed(known: Sizes, more: Sizes): Sizes {
  return new Map([...[...known].map(([id, size]): [number, Dim] => [id, substitute(size, more)]), ...more]);
}

function inputsOf(parameters: InputParameters, choice: Choice, sizes: Sizes): Map<string, Value> {
  const told = choice.map(({ name, template }): [string, Value] => {
    const shape = template.shape.map((size) => substitute(size, sizes));
    return [name, new TensorValue(new Tensor(shape, template.dtype))];
  });
  return withUnknowns(parameters, new Map(told));
}

/** A network that only flattens its input is tried as one for images; it must come out even. */
function solvedImage(root: Instance, parameters: InputParameters, context: ForwardContext): Found | null {
  const [only] = parameters.required;
  if (!only || parameters.required.length > 1) return null;
  const names = sizeNames(context.options.batchSymbol, sizeOfInput, only.name, new Set());
  const found = settle(root, parameters, [{ name: only.name, template: imageTemplate(names) }], false, context);
  const side = found?.choice[0]?.template.spatial[0];
  const size = side === undefined ? null : substitute(side, found?.sizes ?? new Map());
  if (found?.source === "solved" && typeof size === "number" && isUsual(size)) return found;
  found?.trial?.takeBack();
  return null;
}

function shown(root: Instance, parameters: InputParameters, found: Found, context: ForwardContext): Forward {
  const { trial, source, range } = found;
  if (trial) return accepted({ ...trial.forward, inputSource: source, range });
  const values = inputsOf(parameters, found.choice, found.sizes);
  return observed(root, values, found.source, null, found.range, context);
}
