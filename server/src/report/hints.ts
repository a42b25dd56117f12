/** Inline hints: what stands behind a line. One hint a line; of several layers on a line the outermost speaks. */
import { type Dim, isConcrete } from "../algebra/index.ts";
import type { ModuleCall } from "../frameworks/torch/binding/trace.ts";
import { TensorValue } from "../frameworks/torch/binding/values.ts";
import { countsOf, type ModuleCounts, typeOf } from "../model/tree.ts";
import type { Class, Instance } from "../python/values.ts";
import type { Site, Stmt, Unit } from "../syntax/ast.ts";
import { nodesAround, statementEnd } from "../syntax/find.ts";
import type { Analysis, AnalyzedModel, Constructed, TensorEvent } from "../workspace/analysis.ts";
import { countText, holdsTensor, shapeText } from "./facts.ts";
import { silencedLines } from "./silence.ts";
import type { Hint, Range } from "./types.ts";

/** All instances that one call in the source made. */
export interface ConstructedGroup {
  readonly range: Range;
  readonly instances: readonly Instance[];
  /** Null where a loop makes them that runs an unknown number of times. */
  readonly times: number | null;
}

export function hintsOf(analysis: Analysis): Hint[] {
  const silent = silencedLines(analysis);
  const calls = callsByInstance(analysis);
  const byLine = new Map<number, Hint>();
  for (const [line, groups] of outermostByLine(analysis)) {
    const hint = layerHint(groups, calls, analysis, line);
    if (hint) byLine.set(line, hint);
  }
  for (const [line, events] of tensorsByLine(analysis)) {
    if (byLine.has(line)) continue;
    const hint = tensorHint(events, analysis, line);
    if (hint) byLine.set(line, hint);
  }
  return [...byLine]
    .filter(([line]) => !silent.has(line))
    .sort(([a], [b]) => a - b)
    .map(([, hint]) => hint);
}

/** The calls of each module, in order. */
export function callsByInstance(analysis: Analysis): ReadonlyMap<Instance, readonly ModuleCall[]> {
  const calls = new Map<Instance, ModuleCall[]>();
  for (const each of analysis.trace.calls) {
    const list = calls.get(each.instance);
    if (list) list.push(each);
    else calls.set(each.instance, [each]);
  }
  return calls;
}

/** Modules by the call that made them, in source order. */
export function constructedGroups(analysis: Analysis): ConstructedGroup[] {
  const groups = new Map<string, { range: Range; instances: Set<Instance>; standsForMany: boolean }>();
  for (const { instance, site, standsForMany } of analysis.constructed) {
    const range = rangeOf(site);
    const key = `${range.start}-${range.end}`;
    const group = groups.get(key);
    if (!group) groups.set(key, { range, instances: new Set([instance]), standsForMany });
    else {
      group.instances.add(instance);
      group.standsForMany ||= standsForMany;
    }
  }
  return [...groups.values()]
    .map(({ range, instances, standsForMany }) => ({
      range,
      instances: [...instances],
      times: standsForMany ? null : instances.size,
    }))
    .sort((a, b) => a.range.start - b.range.start);
}

/** All that the file builds of a class; the one that shows it where the file builds none. */
export function builtOf(
  cls: Class,
  { instance }: AnalyzedModel,
  { constructed }: Analysis,
): Pick<ConstructedGroup, "instances" | "times"> {
  const built = constructed.filter((each) => each.instance.cls === cls);
  const instances = new Set(built.map((each) => each.instance));
  if (!instances.has(instance)) return { instances: [instance], times: 1 };
  return { instances: [...instances], times: built.some(({ standsForMany }) => standsForMany) ? null : instances.size };
}

/** The one shape text that all showing calls of these modules give, or null. */
export function commonOutput(
  instances: readonly Instance[],
  calls: ReadonlyMap<Instance, readonly ModuleCall[]>,
): string | null {
  let common: string | null = null;
  for (const instance of instances) {
    for (const { output } of calls.get(instance) ?? []) {
      const text = output === null ? null : shapeText(output);
      if (text === null) continue;
      if (common !== null && common !== text) return null;
      common = text;
    }
  }
  return common;
}

export function rangeOf(site: Constructed["site"]): Range {
  return { start: site.unit.offset + site.start, end: site.unit.offset + site.end };
}

// ── layers ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function outermostByLine(analysis: Analysis): Map<number, ConstructedGroup[]> {
  const byLine = new Map<number, ConstructedGroup[]>();
  const wrappers = unknownWrappers(analysis);
  for (const group of constructedGroups(analysis)) {
    const line = analysis.lines.positionAt(group.range.end).line;
    // What an unknown function makes of a layer has a count of its own, which would be taken for this one.
    if (wrappers.get(line)?.some(({ start, end }) => start < group.range.start && end >= group.range.end)) continue;
    const same = byLine.get(line) ?? [];
    // Groups come in order of their start: an earlier one that ends later or here encloses this one.
    if (same.some(({ range }) => range.start <= group.range.start && range.end >= group.range.end)) continue;
    byLine.set(line, [...same, group]);
  }
  return byLine;
}

/** Calls of what is not known whose results are made use of, by the line that they end on. */
function unknownWrappers({ unknownCalls, lines }: Analysis): ReadonlyMap<number, readonly Range[]> {
  const byLine = new Map<number, Range[]>();
  for (const { site } of unknownCalls) {
    if (isStatement(site)) continue;
    const range = rangeOf(site);
    const { line } = lines.positionAt(range.end);
    byLine.set(line, [...(byLine.get(line) ?? []), range]);
  }
  return byLine;
}

/** Whether a call is a statement of its own, as `layers.append(…)` is. */
function isStatement({ unit, start, end }: Site): boolean {
  return nodesAround(unit.statement, start, end).some(
    (node) => (node as Partial<Stmt>).kind === "ExprStmt" && node.start === start && node.end === end,
  );
}

function layerHint(
  groups: readonly ConstructedGroup[],
  calls: ReadonlyMap<Instance, readonly ModuleCall[]>,
  analysis: Analysis,
  line: number,
): Hint | null {
  const counted = groups.map((group) => ({ group, counts: group.instances.map(countsOf) }));
  const texts = counted.map(({ counts, group }) => groupCount(counts, group.times));
  if (texts.some((text) => text === null)) return null;
  const weighty = texts.filter((text) => text !== "0");
  const last = groups.at(-1) as ConstructedGroup;
  const isModel = groups.length === 1 && isRootOfOwnClass(last, analysis);
  const output = isModel ? null : commonOutput(last.instances, calls);
  const offset = analysis.lines.offsetAt({ line, character: Number.MAX_SAFE_INTEGER });
  const range = { start: groups[0]?.range.start ?? last.range.start, end: last.range.end };
  if (weighty.length === 0) {
    if (output === null) return null;
    return { offset, kind: "shape", label: `# shape: ${output}`, params: 0, range, about: "layer-shape" };
  }
  const label = `# params: ${weighty.join(" + ")}${output === null ? "" : ` → ${output}`}`;
  return { offset, kind: "params", label, params: largest(counted), range, about: isModel ? "model" : "layer" };
}

/** `896`, `36,928 ×4`, `36,928 … 2,359,808 ×8`; null where one is not known. */
export function groupCount(counts: readonly ModuleCounts[], number: number | null): string | null {
  const texts = counts.map(({ params }) => countText(params));
  if (texts.some((text) => text === null)) return null;
  const times = number !== null && number > 1 ? ` ×${number}` : "";
  const [first = ""] = texts;
  if (texts.every((text) => text === first)) return first === "0" ? "0" : first + times;
  const numbers = counts.map(({ params }) => ("count" in params && isConcrete(params.count) ? params.count : null));
  if (numbers.some((number) => number === null)) return null;
  const sorted = [...(numbers as number[])].sort((a, b) => a - b);
  return `${(sorted[0] ?? 0).toLocaleString("en-US")} … ${(sorted.at(-1) ?? 0).toLocaleString("en-US")}${times}`;
}

function largest(counted: readonly { counts: readonly ModuleCounts[] }[]): number | null {
  let sum = 0;
  for (const { counts } of counted) {
    let most = 0;
    for (const { params } of counts) {
      const count: Dim | null = "count" in params ? params.count : null;
      if (count === null || !isConcrete(count)) return null;
      most = Math.max(most, count);
    }
    sum += most;
  }
  return sum;
}

/** A model of the user's own class that is part of no other: its hint is its count alone. */
function isRootOfOwnClass({ instances }: ConstructedGroup, analysis: Analysis): boolean {
  return instances.every(
    (instance) =>
      !typeOf(instance).startsWith("torch.nn.") &&
      // A class may be shown by an instance that is a part of another model: that one was called within a call.
      analysis.models.some((model) => model.instance === instance && (model.call?.depth ?? 0) === 0),
  );
}

// ── tensors ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function tensorsByLine(analysis: Analysis): Map<number, TensorEvent[]> {
  const byLine = new Map<number, TensorEvent[]>();
  for (const event of analysis.tensors) {
    if (!holdsTensor(event.value) || event.name === "_") continue;
    const end = lineAnchor(event);
    if (end === null) continue;
    const { line } = analysis.lines.positionAt(end);
    const events = byLine.get(line);
    if (events) events.push(event);
    else byLine.set(line, [event]);
  }
  return byLine;
}

/** A hint stands behind the line on which the whole statement ends; the target of a loop has none. */
function lineAnchor(event: TensorEvent): number | null {
  const { unit, start, end } = event.site;
  const statement = statementEndOf(unit, start, end);
  return statement === null ? null : unit.offset + statement;
}

/** A unit's places stay as long as its text does. */
const statementEnds = new WeakMap<Unit, Map<number, number | null>>();

function statementEndOf(unit: Unit, start: number, end: number): number | null {
  let ends = statementEnds.get(unit);
  if (!ends) {
    ends = new Map();
    statementEnds.set(unit, ends);
  }
  let found = ends.get(start);
  if (found === undefined) {
    found = statementEnd(unit.statement, start, end);
    ends.set(start, found);
  }
  return found;
}

function tensorHint(events: readonly TensorEvent[], analysis: Analysis, line: number): Hint | null {
  const runs = runsOf(events);
  const texts = runs.map((run) => run.map(({ value }) => shapeText(value))).filter((run) => !run.includes(null));
  const labels = [...new Set(texts.map((run) => run.join(", ")))].filter((text) => text !== "");
  const [first] = labels;
  if (first === undefined) return null;
  const times = events.some(({ standsForMany }) => standsForMany) ? "" : ` ×${texts.length}`;
  const shape = labels.length === 1 ? first : `${first} … ${labels.at(-1)}${times}`;
  const [event] = events;
  return {
    offset: analysis.lines.offsetAt({ line, character: Number.MAX_SAFE_INTEGER }),
    kind: "shape",
    label: `# shape: ${shape}`,
    params: null,
    range: event ? rangeOf(event.site) : { start: 0, end: 0 },
    about: "tensor",
  };
}

/** Events of one line split into its executions: a target seen again starts a new one. */
function runsOf(events: readonly TensorEvent[]): TensorEvent[][] {
  const runs: TensorEvent[][] = [];
  let seen = new Set<number>();
  for (const event of events) {
    const key = event.site.start;
    if (runs.length === 0 || seen.has(key)) {
      runs.push([]);
      seen = new Set();
    }
    seen.add(key);
    runs.at(-1)?.push(event);
  }
  return runs.filter((run) => run.every(({ value }) => value instanceof TensorValue || holdsTensor(value)));
}
