/** What each code of a finding means, in one sentence: for settings, for SARIF and for whoever lists them. */
import type { DiagnosticCode } from "./types.ts";

export const codeDescriptions: Readonly<Record<DiagnosticCode, string>> = {
  "in-features-mismatch": "A layer gets a last dimension that differs from its in_features.",
  "channel-mismatch": "A convolution or normalisation gets a number of channels that differs from its own.",
  "matmul-mismatch": "The inner sizes of a matrix product differ.",
  "broadcast-mismatch": "Two tensors that are combined element by element do not broadcast.",
  "cat-mismatch": "Tensors that are concatenated or stacked differ in another dimension.",
  "reshape-mismatch": "A view or reshape changes the number of elements.",
  "size-too-small": "A window is larger than the tensor that it slides over.",
  "not-divisible": "A size must be divisible by another and is not.",
  "rank-mismatch": "A tensor has too many or too few dimensions.",
  "bad-argument": "A layer is built with an argument that it refuses.",
  "unregistered-layers": "Layers in a plain list or dict, whose parameters PyTorch does not see.",
  "missing-super-init": "A module assigns layers before super().__init__() has run.",
  "stale-params": "A # params: comment says another number than the code.",
  "stale-shape": "A # shape: comment says another shape than the code.",
  "bad-directive": "A directive comment that cannot be read.",
};

export function isDiagnosticCode(text: string): text is DiagnosticCode {
  return Object.hasOwn(codeDescriptions, text);
}
