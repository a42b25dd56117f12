/** Signatures are read late; here every one of every table is read. */
import { expect, test } from "vitest";
import { torchRules } from "../../server/src/frameworks/torch/rules/all.ts";

test("every signature of every rule can be read", () => {
  for (const entry of torchRules.layers.values()) {
    expect(Array.isArray(entry.parameters), entry.name).toBe(true);
    expect(entry.forwardParameters.length, entry.name).toBeGreaterThan(0);
  }
  for (const entry of torchRules.ops.values()) expect(Array.isArray(entry.parameters), entry.name).toBe(true);
  expect(torchRules.ops.size).toBeGreaterThan(1000);
});
