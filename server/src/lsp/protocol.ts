/**
 * The requests that ParamLens adds to LSP, shared by the server and by clients (type-only).
 */
import type { ModelSummary } from "../report/types.ts";

/** What a client may say when it starts the server. */
export interface InitializationOptions {
  /** Links in hover cards may run the extension's commands. */
  readonly commandLinks?: boolean;
}

/** Client → server: the models of an open document. `model` narrows to one id. */
export interface SummaryParams {
  readonly textDocument: { readonly uri: string };
  readonly model?: string;
}
export interface SummaryResult {
  readonly uri: string;
  /** The document's version that was analysed. */
  readonly version: number;
  readonly models: readonly ModelSummary[];
}
export const summaryRequest = "paramlens/summary";

/** Client → server: the source with all hints as comments, for *Write Hints As Comments*. Returns the text edits. */
export interface AnnotateParams {
  readonly textDocument: { readonly uri: string };
}
export const annotateRequest = "paramlens/annotate";

/** Client → server: what a model would give for inputs that are being typed, written as in a `given` comment. */
export interface PreviewInputParams {
  readonly textDocument: { readonly uri: string };
  readonly model: string;
  readonly inputs: string;
}
export interface PreviewInputResult {
  /** What is wrong with the inputs, a sentence; null where they can be used. */
  readonly problem: string | null;
  /** The shape that comes out, or why it is not known. */
  readonly output: string | null;
}
export const previewInputRequest = "paramlens/previewInput";

/**
 * Client → server: the edits that write inputs down as a `given` comment, or null where the model's `forward` is not in
 * this document. Takes what a preview takes.
 */
export const inputEditRequest = "paramlens/inputEdit";

/** Server → client: an analysis of this document has finished; panels and the status bar refresh. */
export interface AnalyzedParams {
  readonly uri: string;
  readonly version: number;
  /** The model under no particular cursor: the file's first, for the status bar. */
  readonly headline: string | null;
}
export const analyzedNotification = "paramlens/analyzed";
