/** Loads every file of PyTorch rules; import this for the filled table. */
import "./layers/index.ts";
import "./ops/index.ts";

export { torchRules } from "./table.ts";
