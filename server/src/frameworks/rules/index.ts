/** The rule engine's vocabulary: all that a table of rules needs to import, besides `algebra`. */

export * from "./bind.ts";
export * from "./registry.ts";
export * from "./require.ts";
export * from "./signature.ts";
export * from "./tensor.ts";
