/** The missing flatten: a Linear whose features are all sizes behind the batch together. */
import { product } from "../../algebra/index.ts";
import type { Finding } from "../../frameworks/torch/binding/trace.ts";
import type { Expr, Site } from "../../syntax/ast.ts";
import { callAt, nodesAround } from "../../syntax/find.ts";
import type { Analysis } from "../../workspace/analysis.ts";
import type { Fix } from "../types.ts";
import { argumentValue, constructorOf } from "./arguments.ts";

/** How the tensor would fit: flattened behind its batch, with another order of its sizes, with a batch; or not at all. */
export type Misfit = "flatten" | "order" | "batch" | null;

export function misfitOf(finding: Finding): Misfit {
  const input = finding.fix?.input;
  const wanted = finding.fix ? argumentValue(finding, finding.fix.argument) : null;
  if (!input || wanted === null || wanted <= 1) return null;
  if (finding.code === "channel-mismatch") {
    // A square image of that size is no sign of it.
    const isLast = input.length > 2 && input.at(-1) === wanted && input.at(-2) !== wanted;
    return isLast && finding.fix?.argument === "in_channels" ? "order" : null;
  }
  if (finding.code !== "in-features-mismatch") return null;
  if (input.length > 2 && product(input.slice(1)) === wanted) return "flatten";
  return input.length > 1 && product(input) === wanted ? "batch" : null;
}

/** `self.fc(x)` to `self.fc(x.flatten(1))`; an element `nn.Flatten()` before a layer that stands in a container. */
export function flattenFixes(finding: Finding, site: Site, analysis: Analysis): Fix[] {
  const fix = inCall(finding, site) ?? inContainer(finding, analysis);
  return fix ? [fix] : [];
}

const passable: ReadonlySet<Expr["kind"]> = new Set(["Name", "Attribute", "Call", "Subscript"]);

function inCall({ layer }: Finding, { unit, start, end }: Site): Fix | null {
  const call = callAt(unit.statement, start, end);
  const argument = call?.args[0];
  // The call of a container ends in a layer that is not the first to see the argument.
  if (!call || !argument || call.args.length !== 1 || !passable.has(argument.kind)) return null;
  if (!layer?.site || isElement(layer.site)) return null;
  const at = unit.offset + argument.end;
  return { title: "Insert flatten(1)", edits: [{ range: { start: at, end: at }, newText: ".flatten(1)" }] };
}

/** Whether a layer is built as an argument of another call. */
function isElement({ unit, start, end }: Site): boolean {
  return nodesAround(unit.statement, start, end).some(
    (node) =>
      "kind" in node &&
      node.kind === "Call" &&
      "args" in node &&
      (node.args as readonly Expr[]).some((arg) => arg.start === start),
  );
}

function inContainer(finding: Finding, analysis: Analysis): Fix | null {
  const built = constructorOf(finding, analysis);
  if (!built || !finding.layer?.site || !isElement(finding.layer.site)) return null;
  const { call, unit } = built;
  if (call.func.kind !== "Attribute") return null;
  const prefix = unit.text.slice(call.func.value.start, call.func.value.end);
  const before = /(?:\n[ \t]*)?$/.exec(unit.text.slice(0, call.start))?.[0] ?? "";
  const at = unit.offset + call.start;
  const newText = `${prefix}.Flatten(),${before === "" ? " " : before}`;
  return { title: `Insert ${prefix}.Flatten()`, edits: [{ range: { start: at, end: at }, newText }] };
}
