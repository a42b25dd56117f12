/** The names that every module sees. The files beside this one enter them; `index.ts` loads all. */
import type { Value } from "../values.ts";

export const builtinScope = new Map<string, Value>();
