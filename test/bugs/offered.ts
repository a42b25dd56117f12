/** Prints what every quick fix that is offered in `broken/` makes of its file, as JSON: for `record_bugs.py` to run. */
import { brokenFiles, offeredIn } from "./files.ts";

const fixes: Awaited<ReturnType<typeof offeredIn>>[number][] = [];
for (const name of brokenFiles()) fixes.push(...(await offeredIn(name)));
process.stdout.write(JSON.stringify(fixes));
