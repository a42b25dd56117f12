/**
 * The requests that ParamLens adds to LSP, shared by the server and by clients (type-only).
 */
import type { ModelSummary } from "../report/types.ts";

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

/** Server → client: an analysis of this document has finished; panels and the status bar refresh. */
export interface AnalyzedParams {
  readonly uri: string;
  readonly version: number;
  /** The model under no particular cursor: the file's first, for the status bar. */
  readonly headline: string | null;
}
export const analyzedNotification = "paramlens/analyzed";
