/**
 * NumPy's names for PyTorch's keywords, which its argument parser takes too: `torch.sum(x, axis=1, keepdims=True)`.
 * For whoever binds the arguments of a call.
 */
import type { Parameter } from "../../../rules/index.ts";

const numpyNames: ReadonlyMap<string, string> = new Map([
  ["axis", "dim"],
  ["keepdims", "keepdim"],
  ["x", "input"],
  ["a", "input"],
  ["x1", "input"],
  ["x2", "other"],
  ["self", "input"],
  // One number in place of several has a name of its own.
  ["element", "elements"],
  ["test_element", "test_elements"],
]);

/** The keywords under the names that the parameters have. */
export function canonicalKeywords<V>(
  parameters: readonly Parameter[],
  keywords: ReadonlyMap<string, V>,
): ReadonlyMap<string, V> {
  const has = (name: string): boolean => parameters.some((parameter) => parameter.name === name);
  const result = new Map<string, V>();
  for (const [name, value] of keywords) {
    const torchName = numpyNames.get(name);
    result.set(torchName !== undefined && !has(name) && has(torchName) ? torchName : name, value);
  }
  return result;
}
