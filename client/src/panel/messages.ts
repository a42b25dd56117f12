/**
 * What the summary panel's page and the extension say to each other. Plain data, checked by neither side at run time:
 * both come from the same build.
 */
import type { ModelSummary } from "../../../server/src/report/types.ts";
import type { CopyFormat } from "../view/summaryText.ts";

export type ToPanel =
  | {
      readonly type: "summary";
      /** The analysed file, for people. */
      readonly file: string;
      readonly models: readonly ModelSummary[];
      /** The model to show; the page keeps its own choice where this is null. */
      readonly select: string | null;
      /** Parameter counts by model when they were first seen, after the file was opened. */
      readonly baselines: Readonly<Record<string, number>>;
    }
  | { readonly type: "cursor"; readonly path: string; readonly line: number };

export type FromPanel =
  | { readonly type: "ready" }
  | { readonly type: "reveal"; readonly path: string; readonly line: number; readonly focus: boolean }
  | { readonly type: "editInput"; readonly model: string }
  | { readonly type: "copy"; readonly model: string; readonly format: CopyFormat };
