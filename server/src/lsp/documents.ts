/**
 * The open documents and what is known of each. A change starts an analysis at once and gives up the one before it;
 * requests wait for the newest. Whoever listens is told of every analysis that has finished.
 */
import type { TextDocument } from "vscode-languageserver-textdocument";
import { LineIndex } from "../base/lines.ts";
import { reportOf } from "../report/index.ts";
import { type Sound, steadied } from "../report/steady.ts";
import type { FileReport } from "../report/types.ts";
import type { Analysis } from "../workspace/analysis.ts";
import type { PendingFile } from "../workspace/imports.ts";
import { pathOf } from "./addresses.ts";
import type { Project } from "./projects.ts";

/** One version of a document, analysed. */
export interface View {
  readonly uri: string;
  readonly version: number;
  readonly lines: LineIndex;
  readonly project: Project;
  /** Null where the settings say that the file is not looked at. */
  readonly analysis: Analysis | null;
  readonly report: FileReport;
}

/** Long work that the editor shows. */
export interface Work {
  /** Whether somebody stopped it. */
  readonly isStopped: boolean;
  tell(message: string): void;
  end(): void;
}

export interface DocumentEvents {
  readonly analyzing: () => void;
  readonly analyzed: (view: View) => void;
  /** Reports of documents whose own text did not change are different now: the editor has no reason to ask again. */
  readonly changedElsewhere: () => void;
  readonly failed: (uri: string, error: unknown) => void;
  readonly working: (title: string) => Work;
}

interface Entry {
  readonly uri: string;
  readonly path: string;
  readonly document: TextDocument;
  project: Project;
  run: { readonly cancel: { cancelled: boolean }; readonly view: Promise<View | null> };
  /** The last view that was told of. */
  shown: View | null;
  /** What was known when the text could last be read in full. */
  sound: Sound | null;
}

export class OpenDocuments {
  private readonly entries = new Map<string, Entry>();
  private readonly events: DocumentEvents;
  /** Counts the changes, so that what they make pointless can stop. */
  private changes = 0;

  constructor(events: DocumentEvents) {
    this.events = events;
  }

  open(document: TextDocument, project: Project): void {
    const path = pathOf(document.uri);
    project.program.setDocument(path, document.getText());
    const run = { cancel: { cancelled: true }, view: Promise.resolve(null) };
    const entry: Entry = { uri: document.uri, path, document, project, run, shown: null, sound: null };
    this.entries.set(document.uri, entry);
    this.analyze(entry);
    void this.followUp(entry);
  }

  change(uri: string): void {
    const entry = this.entries.get(uri);
    if (entry === undefined) return;
    entry.project.program.setDocument(entry.path, entry.document.getText());
    this.analyze(entry);
    void this.followUp(entry);
  }

  close(uri: string): void {
    const entry = this.entries.get(uri);
    if (entry === undefined) return;
    this.entries.delete(uri);
    entry.run.cancel.cancelled = true;
    entry.project.program.closeDocument(entry.path);
  }

  /** A saved document may have its imports read that somebody did not want to wait for. */
  save(uri: string): void {
    const entry = this.entries.get(uri);
    if (entry?.project.program.retry(entry.path)) this.analyze(entry);
  }

  /** Whether a buffer stands for the file. */
  has(path: string): boolean {
    return [...this.entries.values()].some((entry) => entry.path === path);
  }

  /** Hands each document to the project that it now belongs to. */
  assign(projectOf: (path: string) => Project): void {
    for (const entry of this.entries.values()) {
      const project = projectOf(entry.path);
      if (project === entry.project) continue;
      entry.project.program.closeDocument(entry.path);
      project.program.setDocument(entry.path, entry.document.getText());
      entry.project = project;
    }
  }

  /** Analyses every document again, since files or settings have changed. Whether that made a difference. */
  refresh(): Promise<boolean> {
    this.changes += 1;
    return this.analyzeAll([...this.entries.values()], this.changes);
  }

  /** The document as it is now; null where it is not open, or has changed meanwhile. */
  async view(uri: string): Promise<View | null> {
    return (await this.entries.get(uri)?.run.view) ?? null;
  }

  /** The document as it is once its changes have come to rest; null where it is not open. */
  async newestView(uri: string): Promise<View | null> {
    for (;;) {
      const run = this.entries.get(uri)?.run;
      if (run === undefined) return null;
      const view = await run.view;
      if (view !== null || this.entries.get(uri)?.run === run) return view;
    }
  }

  isOpen(uri: string): boolean {
    return this.entries.has(uri);
  }

  private analyze(entry: Entry): void {
    entry.run.cancel.cancelled = true;
    const cancel = { cancelled: false };
    this.events.analyzing();
    const run = { cancel, view: this.compute(entry, cancel) };
    entry.run = run;
    void run.view.then((view) => {
      if (view === null || entry.run !== run) return;
      entry.shown = view;
      this.events.analyzed(view);
      if (view.analysis !== null && view.analysis.pending.length > 0) {
        this.complete(entry, view.analysis.pending).catch((error: unknown) => this.events.failed(entry.uri, error));
      }
    });
  }

  /**
   * Reads the imported files that an analysis left out, then does it again: the first hints do not wait for libraries. A
   * change of the text meanwhile goes on with what was read by then.
   */
  private async complete(entry: Entry, pending: readonly PendingFile[]): Promise<void> {
    const { program } = entry.project;
    const { run } = entry;
    const work = this.events.working("Reading imported files");
    try {
      const token = {
        get cancelled() {
          return work.isStopped || run.cancel.cancelled;
        },
      };
      await program.readAhead(pending, token, (path) => work.tell(path.slice(path.lastIndexOf("/") + 1)));
      if (work.isStopped) program.refuse(pending);
      if (entry.run !== run) return;
      this.analyze(entry);
      if ((await entry.run.view) !== null) this.events.changedElsewhere();
    } finally {
      work.end();
    }
  }

  private async compute(entry: Entry, cancel: { readonly cancelled: boolean }): Promise<View | null> {
    const { uri, path, document, project } = entry;
    const text = document.getText();
    const view = { uri, version: document.version, lines: new LineIndex(text), project };
    const silent: View = { ...view, analysis: null, report: emptyReport(path) };
    if (!project.covers(path)) return silent;
    try {
      const analysis = await project.program.analyze(path, cancel, patience);
      if (analysis === null || cancel.cancelled) return null;
      const report = reportOf(analysis);
      if (analysis.broken) return { ...view, analysis, report: steadied(report, text, entry.sound) };
      entry.sound = { text, report };
      return { ...view, analysis, report };
    } catch (error) {
      this.events.failed(uri, error);
      return cancel.cancelled ? null : silent;
    }
  }

  /** Once a changed document is done: those of the others that import it. */
  private async followUp(changed: Entry): Promise<void> {
    this.changes += 1;
    const change = this.changes;
    await changed.run.view;
    const others = [...this.entries.values()].filter((other) => other !== changed && other.project === changed.project);
    if (await this.analyzeAll(others, change)) this.events.changedElsewhere();
  }

  /** One after the other, until another change makes it pointless: that one sees to all of them again. */
  private async analyzeAll(entries: readonly Entry[], change: number): Promise<boolean> {
    let differs = false;
    for (const entry of entries) {
      if (change !== this.changes) break;
      // The program knows what each of them imports.
      if (entry.shown?.analysis && entry.project.program.isCurrent(entry.path)) continue;
      const before = entry.shown;
      this.analyze(entry);
      const view = await entry.run.view;
      if (view !== null && before !== null && view.report !== before.report) differs = true;
    }
    return differs;
  }
}

/** Milliseconds that an analysis spends on imported files that were not read before. */
const patience = 20;

function emptyReport(path: string): FileReport {
  return { path, hints: [], diagnostics: [], lenses: [], models: [], values: [] };
}
