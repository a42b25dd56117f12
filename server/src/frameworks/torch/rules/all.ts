/** Loads every file of PyTorch rules; import this for the filled table. */
export { torchRules } from "./table.ts";
