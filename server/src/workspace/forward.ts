/**
 * The forward pass that shows a model's shapes. Inputs come from the first source that has them: what was asked for, a
 * `given` comment, calls in the file, settings, sizes solved from the layers, else symbols of the rank that the first layer asks for.
 */
import type { Dim } from "../algebra/index.ts";
import { Tensor } from "../frameworks/rules/index.ts";
import { inEvaluation } from "../frameworks/torch/binding/module.ts";
import { TensorValue } from "../frameworks/torch/binding/values.ts";
import type { Instance, Value } from "../python/values.ts";
import type { Site } from "../syntax/ast.ts";
import { givenFor } from "./directives.ts";
import { indexInputs, inferred } from "./infer.ts";
import { InputError, type InputSpec, parseGiven, toShape } from "./inputs.ts";
import {
  type Forward,
  type ForwardContext,
  fromCall,
  type InputParameters,
  inputParameters,
  isShowing,
  nothing,
  observed,
  withUnknowns,
} from "./pass.ts";

export type { Forward, ForwardContext } from "./pass.ts";

/** What shows a model's shapes. All passes are made in evaluation mode. */
export function runForward(root: Instance, context: ForwardContext): Forward {
  if (context.run === null) return firstCall(root, context) ?? nothing;
  return inEvaluation(root, () => {
    const parameters = inputParameters(context.it, root);
    if (parameters === null) return firstCall(root, context) ?? nothing;
    const told = fromOption(root, parameters, context) ?? fromGiven(root, parameters, context);
    if (told !== null) {
      context.supersede(root, told.calls);
      return told;
    }
    return firstCall(root, context) ?? fromSettings(root, parameters, context) ?? inferred(root, parameters, context);
  });
}

/** The first call of the model in the file that shows shapes. */
function firstCall(root: Instance, { trace }: ForwardContext): Forward | null {
  const made = trace.calls.find((each) => each.instance === root && isShowing(each));
  return made ? fromCall(root, made, trace, "call") : null;
}

// ── told inputs ──────────────────────────────────────────────────────────────────────────────────────────────────────

function fromGiven(root: Instance, parameters: InputParameters, context: ForwardContext): Forward | null {
  const { func } = parameters;
  if (!func || func.unit.file !== context.file) return null;
  const start = func.unit.offset + func.def.start;
  const header = func.def.kind === "FunctionDef" ? (func.def.body[0]?.start ?? func.def.start) : func.def.start;
  const first = context.lines.positionAt(start).line;
  const last = context.lines.positionAt(func.unit.offset + header).line;
  const directive = givenFor(context.directives, first, Math.max(first, last - 1));
  if (!directive) return null;
  const specs = readSpecs(() => parseGiven(directive.text));
  if (!specs) return null;
  const site: Site = {
    unit: func.unit,
    start: directive.start - func.unit.offset,
    end: directive.end - func.unit.offset,
  };
  return told(root, parameters, specs, "given", `given in line ${directive.line + 1}`, site, context);
}

function fromOption(root: Instance, parameters: InputParameters, context: ForwardContext): Forward | null {
  return context.asked && told(root, parameters, context.asked, "option", "from the command line", null, context);
}

function fromSettings(root: Instance, parameters: InputParameters, context: ForwardContext): Forward | null {
  const text = context.setting;
  const specs = text === null ? null : readSpecs(() => parseGiven(text));
  return specs ? told(root, parameters, specs, "setting", "from the settings", null, context) : null;
}

function readSpecs(read: () => InputSpec[]): InputSpec[] | null {
  try {
    return read();
  } catch (problem) {
    if (problem instanceof InputError) return null;
    throw problem;
  }
}

function told(
  root: Instance,
  parameters: InputParameters,
  specs: readonly InputSpec[],
  source: Forward["inputSource"],
  why: string,
  site: Site | null,
  context: ForwardContext,
): Forward {
  const names = new Map<string, Dim>();
  const values = new Map<string, Value>();
  const isTyped = specs.every(({ dtype }) => dtype !== null);
  const indices = isTyped ? new Set<string>() : indexInputs(root, parameters, context);
  specs.forEach((spec, i) => {
    const name = spec.name ?? parameters.all[i]?.name;
    if (name === undefined) return;
    const dtype = spec.dtype ?? (indices.has(name) ? "int64" : "float32");
    values.set(name, new TensorValue(new Tensor(toShape(spec, names, why), dtype)));
  });
  return observed(root, withUnknowns(parameters, values), source, site, null, context);
}
