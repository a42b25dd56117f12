/** The one table that PyTorch's rules are entered into; `all.ts` loads every file of rules. */
import { RuleTable } from "../../rules/index.ts";

export const torchRules = new RuleTable();
