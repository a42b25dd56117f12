/**
 * Analyses one file. Phase 1 runs it as Python would, `__name__ == "__main__"`, and then what nothing calls: model
 * classes and functions, with symbols for their arguments. Phase 2 runs the forward pass of each model that the file
 * itself did not run, with the inputs that are found for it.
 */
import { LineIndex } from "../base/lines.ts";
import { isModule } from "../frameworks/torch/binding/module.ts";
import { type ModuleCall, Trace } from "../frameworks/torch/binding/trace.ts";
import { unregisteredIn } from "../model/unregistered.ts";
import { findAttribute } from "../python/attributes.ts";
import { Budget, type Limits } from "../python/budget.ts";
import { call, guarded } from "../python/call.ts";
import { describeException } from "../python/exceptions.ts";
import { runUnit } from "../python/execute.ts";
import { type Frame, Interpreter } from "../python/interpreter.ts";
import { speculate } from "../python/journal.ts";
import { type FileFinder, ModuleLoader, type NativeModules } from "../python/modules.ts";
import {
  type Class,
  type Func,
  type Instance,
  type Keywords,
  Module,
  noKeywords,
  str,
  type Value,
} from "../python/values.ts";
import type { Site } from "../syntax/ast.ts";
import type { ParsedFile } from "../syntax/parser.ts";
import type { Analysis, AnalyzedModel, BadDirective } from "./analysis.ts";
import { argumentsFor, argumentsOfClass, callWith, givenArguments, type Reading, readArguments } from "./arguments.ts";
import { otherWays, runOtherWay } from "./branches.ts";
import { type Directive, directivesOf, givenOf } from "./directives.ts";
import { type Forward, readSpecs, runForward, valuesOf } from "./forward.ts";
import { type InputSpec, parseGiven } from "./inputs.ts";
import { needsNoArguments, partsOf, wholesBeforeParts, wholesFirst } from "./order.ts";
import { isModelClass, Recording } from "./recording.ts";
import type { ProgramOptions } from "./types.ts";
import { unwrittenCall } from "./unwritten.ts";

export interface Environment {
  readonly natives: NativeModules;
  readonly files: FileFinder;
  readonly moduleName: string;
  readonly options: ProgramOptions;
}

/** For the file's own statements; then for each further function, class or forward pass. */
const fileLimits: Limits = { steps: 1_500_000, depth: 120, time: 4_000 };
const partLimits: Limits = { steps: 800_000, depth: 120, time: 2_000 };
/** Models whose forward pass is run, at most. */
const maxForwards = 60;

/** Steps between which the caller may let others in, or stop. */
export function* analyzeFile(parsed: ParsedFile, environment: Environment): Generator<void, Analysis, void> {
  const lines = new LineIndex(parsed.text);
  const run = new Run(parsed, environment, directivesOf(lines), lines);
  for (const unit of parsed.units) {
    runUnit(run.it, run.module, unit);
    yield;
  }
  run.invent();
  // A builder that needs no arguments is as good as called; other functions only fill in what nothing told of.
  for (const func of run.ownFunctions().filter((func) => needsNoArguments(func) || run.isGiven(func))) {
    run.callUncalled(func);
    yield;
  }
  for (const cls of run.ownClasses().sort(wholesBeforeParts)) {
    run.buildUnbuilt(cls);
    yield;
  }
  run.fillIn();
  for (const func of run.ownFunctions()) {
    run.callUncalled(func);
    yield;
  }
  run.listen();
  const models = new Map<Instance, Forward>();
  for (const root of run.roots().slice(0, maxForwards)) {
    models.set(root, run.forwardOf(root));
    yield;
  }
  for (const [root, forward] of models) if (run.openBranches(root, forward)) yield;
  return run.finish(models);
}

/** One analysis in progress. */
class Run {
  readonly it: Interpreter;
  readonly module: Module;
  private readonly parsed: ParsedFile;
  private readonly environment: Environment;
  private readonly directives: readonly Directive[];
  private readonly lines: LineIndex;
  private readonly trace: Trace;
  private readonly recording: Recording;
  private readonly badDirectives: BadDirective[] = [];
  /** What arguments in comments are read with. */
  private readonly reading: Reading = {
    names: (name) => {
      const [first = "", ...rest] = name.split(".");
      const value = this.module.scope.vars.get(first);
      return rest.reduce<Value | undefined>((of, attribute) => of && findAttribute(this.it, of, attribute), value);
    },
    complain: (problem) => this.badDirectives.push(problem),
  };
  private filling = false;
  /** How many of `constructed` the file's own run and the classes made. */
  private ownConstructed = 0;
  /** Instances that the analysis itself made to show a class. */
  private readonly shown = new Map<Class, Instance>();

  constructor(parsed: ParsedFile, environment: Environment, directives: readonly Directive[], lines: LineIndex) {
    this.parsed = parsed;
    this.environment = environment;
    this.directives = directives;
    this.lines = lines;
    const loader = new ModuleLoader(environment.natives, environment.files);
    this.it = new Interpreter(loader, fileLimits);
    this.trace = Trace.of(this.it);
    this.module = new Module(environment.moduleName, { file: parsed.file });
    this.module.scope.vars.set("__name__", str("__main__"));
    this.module.scope.vars.set("__file__", str(parsed.file));
    loader.register(environment.moduleName, this.module);
    this.recording = new Recording(parsed.file, this.it, this.trace);
    this.it.observer = this.recording.observer();
  }

  /** Model classes defined at the top of this file, in order. */
  ownClasses(): Class[] {
    return this.own((value): value is Class => value.kind === "class" && value.def !== null).filter(isModelClass);
  }

  /** Functions defined at the top of this file, in order. */
  ownFunctions(): Func[] {
    return this.own((value): value is Func => value.kind === "function");
  }

  /** Makes an instance of a model class that the file never calls, or calls for another one than is asked for. */
  buildUnbuilt(cls: Class): void {
    const given = givenArguments(cls, this.directives, this.lines, this.reading);
    const init = cls.lookup("__init__");
    // What was built, by itself or as the base of another class, has been seen; what failed would fail again.
    const seen = init?.kind === "function" ? this.recording.entered.has(init.def) : this.built(cls);
    const own = this.recording.constructed.filter(({ instance }) => instance.cls === cls);
    const isChanged = own.length > 0 && own.every(({ instance, site }) => this.isPassedOn(instance, site));
    if (!given && seen && !(isChanged && init?.kind === "function" && needsNoArguments(init, 1))) return;
    const args = argumentsOfClass(cls, given);
    const build = (more: Keywords): Value | null => this.part(cls.site, () => callWith(this.it, cls, args, more));
    // Its places have been told of where another one stands for the class only.
    const made = isChanged ? this.it.silently(() => build(noKeywords)) : this.unwritten(init, args.keywords, build);
    if (made?.kind === "instance") this.shown.set(cls, made);
  }

  private built(cls: Class): boolean {
    return this.recording.constructed.some(({ instance }) => instance.cls.isSubclassOf(cls));
  }

  /** Whether a named model was made as an argument of another call, `wrap(Net())`, which may have changed it. */
  private isPassedOn(instance: Instance, { unit, end }: Site): boolean {
    return /^\s*[,)]/.test(unit.text.slice(end)) && [...this.module.scope.vars.values()].includes(instance);
  }

  /** Calls a function that nothing called, to see what it builds. What it writes is undone. */
  callUncalled(func: Func): void {
    if (this.recording.entered.has(func.def)) return;
    if (this.filling) this.recording.fillIn();
    const args = argumentsFor(func, 0, this.givenTo(func));
    speculate(() =>
      this.unwritten(func, args.keywords, (more) => this.part(null, () => callWith(this.it, func, args, more))),
    );
  }

  private unwritten(
    callee: Value | undefined,
    keywords: Keywords,
    run: (more: Keywords) => Value | null,
  ): Value | null {
    const { findings } = this.trace;
    return unwrittenCall({ findings, mark: () => this.recording.mark() }, callee, keywords, run);
  }

  /** From here on calls are the analysis's own. */
  invent(): void {
    this.trace.isInvented = true;
  }

  /** From here on only what no place told of is added. */
  fillIn(): void {
    this.ownConstructed = this.recording.constructed.length;
    this.filling = true;
  }

  /** From here on every place may be told of again: the forward passes are what shows most of them. */
  listen(): void {
    this.recording.listen();
  }

  /** Models that are part of no other: what the file built, then what the analysis built. */
  roots(): Instance[] {
    const ran = this.recording.constructed.slice(0, this.ownConstructed).map(({ instance }) => instance);
    const classes = new Set(ran.map(({ cls }) => cls));
    // What nobody calls may build more models of a class that is shown anyway.
    const filled = this.recording.constructed
      .slice(this.ownConstructed)
      .flatMap(({ instance }) => (classes.has(instance.cls) && instance.cls.def ? [] : [instance]));
    const built = [...ran, ...this.shown.values(), ...filled].filter(isModule);
    const named = [...this.module.scope.vars.values()].filter(isModule);
    const all = [...new Set([...named, ...built])];
    const parts = partsOf(all);
    const told = new Set(this.ownClasses().flatMap((cls) => (this.isTold(cls) ? (this.instanceOf(cls) ?? []) : [])));
    const roots = all.filter((each) => !parts.has(each) || named.includes(each) || told.has(each));
    return wholesFirst(roots);
  }

  /** Whether a comment tells what a function is called with. */
  isGiven(func: Func): boolean {
    return givenOf(func, this.parsed.file, this.lines, this.directives) !== null;
  }

  /** What a comment says that a function is called with. */
  private givenTo(func: Func): ReadonlyMap<string, Value> | null {
    const directive = givenOf(func, this.parsed.file, this.lines, this.directives);
    if (!directive) return null;
    const told = readArguments(directive, func, func.name, this.reading);
    if (told) return told;
    const specs = readSpecs(() => parseGiven(directive.text));
    const all = [...func.params.positional, ...func.params.keywordOnly];
    return specs && valuesOf(specs, { all }, `given in line ${directive.line + 1}`);
  }

  /** Whether somebody says how the models of a class are called: such a one is shown by itself, be it a part or not. */
  private isTold(cls: Class): boolean {
    if (this.environment.options.inputs?.model === cls.name) return true;
    const forward = cls.lookup("forward");
    return forward?.kind === "function" && this.isGiven(forward);
  }

  /** The forward pass that shows a model: the one that the file ran, else one with inputs found for it. */
  forwardOf(root: Instance): Forward {
    return runForward(root, {
      ...this.forwardContext(),
      directives: this.directives,
      setting: this.settingOf(root),
      asked: this.askedOf(root),
      run: (body) => this.part(null, body),
    });
  }

  /** Fills in the lines of branches that the pass of a model did not take. Whether there may be any. */
  openBranches(root: Instance, forward: Forward): boolean {
    const ways = otherWays(root, forward, this.parsed.file);
    for (const way of ways) {
      this.recording.listen();
      this.recording.fillIn();
      runOtherWay(root, way, this.trace, (keywords) => this.part(null, () => call(this.it, root, [], keywords)));
    }
    this.listen();
    return ways.length > 0;
  }

  finish(forwards: ReadonlyMap<Instance, Forward>): Analysis {
    const models: AnalyzedModel[] = [];
    for (const [name, value] of this.module.scope.vars) {
      if (!isModule(value) || models.some((model) => model.instance === value)) continue;
      const site = this.siteOf(value);
      if (site) models.push(this.model(name, "variable", value, site, forwards.get(value)));
    }
    const classes = this.ownClasses().map((cls) => {
      const instance = this.instanceOf(cls);
      if (!instance || !cls.site) return { cls, model: null };
      return { cls, model: this.model(cls.name, "class", instance, cls.site, forwards.get(instance)) };
    });
    for (const { model } of classes) if (model) models.push(model);
    const { path, text } = { path: this.parsed.file, text: this.parsed.text };
    return {
      path,
      text,
      lines: this.lines,
      units: this.parsed.units,
      broken: this.parsed.broken,
      directives: this.directives,
      badDirectives: this.badDirectives,
      constructed: this.recording.constructed,
      tensors: this.recording.tensors,
      unknownCalls: this.recording.unknownCalls,
      models,
      classes,
      bindings: new Map([...this.module.scope.vars].map(([name, value]) => [name, value.kind])),
      unknowns: this.unknowns(),
      trace: this.trace,
      unregistered: unregisteredIn(this.trace, this.recording.constructed),
      imported: new Map(),
      pending: [],
      derived: new Map(),
    };
  }

  private model(
    id: string,
    kind: AnalyzedModel["kind"],
    instance: Instance,
    site: Site,
    forward: Forward | undefined,
  ): AnalyzedModel {
    const own = forward ?? this.asPart(instance);
    return { id, kind, instance, site, built: this.builtText(instance), ...own };
  }

  private forwardContext() {
    const { it, trace, lines, recording } = this;
    return {
      it,
      trace,
      lines,
      file: this.parsed.file,
      options: this.environment.options,
      mark: () => recording.mark(),
      complain: this.reading.complain,
      boundAt: (attribute: string) =>
        recording.tensors.find(({ name }) => name.endsWith(`.${attribute}`))?.site ?? null,
      supersede: (root: Instance, calls: readonly ModuleCall[]) => recording.supersede(root, calls),
    };
  }

  /** How a module that is part of another model was called there. */
  private asPart(instance: Instance): Forward {
    return runForward(instance, {
      ...this.forwardContext(),
      directives: [],
      setting: null,
      asked: null,
      run: null,
    });
  }

  private unknowns(): Map<string, string> {
    const unknowns = new Map<string, string>();
    for (const [name, value] of this.module.scope.vars) if (value.kind === "unknown") unknowns.set(name, value.why);
    return unknowns;
  }

  /** Inputs that the caller asked for, where `root` is the model that was meant. */
  private askedOf(root: Instance): readonly InputSpec[] | null {
    const { inputs } = this.environment.options;
    if (!inputs) return null;
    const value = this.module.scope.vars.get(inputs.model);
    const meant = value?.kind === "class" ? this.instanceOf(value) : value;
    return meant === root ? inputs.specs : null;
  }

  /** The instance that shows a class. */
  private instanceOf(cls: Class): Instance | undefined {
    return this.shown.get(cls) ?? this.recording.constructed.find((each) => each.instance.cls === cls)?.instance;
  }

  /** What the settings say of a model, by its variable or by its class. */
  private settingOf(root: Instance): string | null {
    const { inputShapes } = this.environment.options;
    const [name] = [...this.module.scope.vars].find(([, value]) => value === root) ?? [];
    return (name === undefined ? undefined : inputShapes[name]) ?? inputShapes[root.cls.name] ?? null;
  }

  /** Runs a part of the analysis under a budget of its own; what fails gives nothing. */
  private part(site: Site | null, body: () => Value): Value | null {
    const { it } = this;
    it.budget = new Budget(partLimits);
    this.trace.assumptions = [];
    const unit = site?.unit ?? this.parsed.units[0];
    if (!unit) return null;
    const frame: Frame = {
      func: null,
      scope: this.module.scope,
      globals: this.module,
      unit,
      caller: null,
      owner: null,
      at: site ?? { start: 0, end: 0 },
      pending: null,
      maybeBroken: false,
      outer: null,
      handling: [],
    };
    return it.within(frame, () => guarded(it, body, (raised) => `it raises ${describeException(raised.exception)}`));
  }

  private own<T extends Value>(wanted: (value: Value) => value is T): T[] {
    return [...this.module.scope.vars.values()].filter((value): value is T => wanted(value) && this.definedHere(value));
  }

  private definedHere(value: Value): boolean {
    if (value.kind === "function") return value.unit.file === this.parsed.file && value.globals === this.module;
    return value.kind === "class" && value.site?.unit.file === this.parsed.file;
  }

  private siteOf(instance: Instance): Site | null {
    return this.recording.constructed.find((each) => each.instance === instance)?.site ?? instance.site;
  }

  private builtText(instance: Instance): string {
    const site = this.recording.constructed.find((each) => each.instance === instance)?.site ?? instance.site;
    if (!site || this.shown.get(instance.cls) === instance) return `${instance.cls.name}()`;
    const text = site.unit.text.slice(site.start, site.end);
    if (!text.includes("\n") && text.length <= 60) return text;
    return `${/^[\w.]+/.exec(text)?.[0] ?? instance.cls.name}(…)`;
  }
}
