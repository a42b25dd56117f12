/**
 * How tests ask ParamLens about a file, without a process or an editor in between.
 */
import type { FileReport, ModelSummary } from "../server/src/report/types.ts";

/**
 * The model that `target` (a name of the file or a call; the file's first model if undefined) builds, called with
 * `inputs` written as `paramlens summary --input` takes them: `x=(1,3,224,224)`, `idx=(2,16):int64`.
 */
export async function summarizeFile(
  file: string,
  target: string | undefined,
  inputs: readonly string[],
): Promise<ModelSummary> {
  throw new Error(`not built yet: summary of ${target ?? "the first model"} of ${file} for ${inputs.join(", ")}`);
}

/** Everything ParamLens knows of a file. */
export async function reportFile(file: string): Promise<FileReport> {
  throw new Error(`not built yet: report of ${file}`);
}
