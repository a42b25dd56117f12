/**
 * Tools that run a model to look at it: summaries, exporters, profilers. Each is a call of the model with the inputs that
 * the tool was told of, and shows the model's shapes as any other call does.
 */
import { type Dim, symbol } from "../../../algebra/index.ts";
import { call } from "../../../python/call.ts";
import type { Interpreter } from "../../../python/interpreter.ts";
import { Module, Native, type NativeCall, none, str, Tuple, Unknown, type Value } from "../../../python/values.ts";
import { type DType, Tensor } from "../../rules/index.ts";
import { inEvaluation, isModule } from "./module.ts";
import { DTypeValue, TensorValue } from "./values.ts";

/** Why the batch of a tool that leaves it out is open. */
const batchOfTool = "the batch, which the call leaves out";
const batch = symbol("N", batchOfTool);

type Arguments = (name: string, position: number) => Value | undefined;
type Tool = (it: Interpreter, model: Value, argument: Arguments) => Value;

/** A function whose argument `model` is the model, at `position`. */
function tool(name: string, run: Tool, model = "model", position = 0): Native {
  const native: NativeCall = (it, args, keywords) => {
    const argument: Arguments = (each, at) => keywords.get(each) ?? args[at];
    return run(it, argument(model, position) ?? none, argument);
  };
  return new Native(name, native, false);
}

/** Calls the model in evaluation mode, as tools do, where its inputs are known. */
function run(it: Interpreter, model: Value, inputs: readonly Value[] | null): void {
  if (inputs === null || !isModule(model)) return;
  inEvaluation(model, () => call(it, model, [...inputs]));
}

/** The inputs of a tool that takes tensors: one, or a tuple or list of them. */
function given(value: Value | undefined): readonly Value[] | null {
  if (value === undefined || value.kind === "none") return null;
  return value.kind === "tuple" || value.kind === "list" ? value.items : [value];
}

/** The inputs of a tool that takes sizes: `(1, 3, 32, 32)`, or a list of such. */
function sized(value: Value | undefined, leading: readonly Dim[], dtypes?: Value): readonly Value[] | null {
  if (value === undefined || (value.kind !== "tuple" && value.kind !== "list") || value.items.length === 0) return null;
  const shapes = value.items.every(isSize) ? [value] : value.items;
  const inputs = shapes.map((shape, i) => {
    if ((shape.kind !== "tuple" && shape.kind !== "list") || !shape.items.every(isSize)) return null;
    const sizes = shape.items.flatMap((item) => (item.kind === "int" ? [item.dim] : []));
    return new TensorValue(new Tensor([...leading, ...sizes], dtypeAt(dtypes, i)));
  });
  return inputs.includes(null) ? null : (inputs as TensorValue[]);
}

function isSize(value: Value): boolean {
  return value.kind === "int";
}

function dtypeAt(dtypes: Value | undefined, i: number): DType {
  const dtype = dtypes?.kind === "tuple" || dtypes?.kind === "list" ? dtypes.items[i] : dtypes;
  return dtype instanceof DTypeValue ? dtype.name : "float32";
}

const unknownOf = (name: string): Unknown => new Unknown(`what ${name} gives is not known`);

// ── torch's own ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** `torch.jit.trace(model, example_inputs)`, which gives the model. */
export const trace = tool(
  "trace",
  (it, model, argument) => {
    run(it, model, given(argument("example_inputs", 1)));
    return model;
  },
  "func",
);

export const onnxNames: Readonly<Record<string, Value>> = {
  export: tool("export", (it, model, argument) => {
    run(it, model, given(argument("args", 1)));
    return none;
  }),
};

export const exportNames: Readonly<Record<string, Value>> = {
  export: tool(
    "export",
    (it, model, argument) => {
      run(it, model, given(argument("args", 1)));
      return unknownOf("torch.export.export");
    },
    "mod",
  ),
};

// ── packages ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const torchsummary = tool("summary", (it, model, argument) => {
  run(it, model, sized(argument("input_size", 1), [batch]));
  return none;
});

const torchinfo = tool("summary", (it, model, argument) => {
  const leading = argument("batch_dim", 3);
  const sizes = sized(
    argument("input_size", 1),
    leading === undefined || leading.kind === "none" ? [] : [batch],
    argument("dtypes", 9),
  );
  run(it, model, sizes ?? given(argument("input_data", 2)));
  return unknownOf("torchinfo.summary");
});

const profile = tool("profile", (it, model, argument) => {
  run(it, model, given(argument("inputs", 1)));
  return new Tuple([unknownOf("thop.profile"), unknownOf("thop.profile")]);
});

const flopCount = tool("FlopCountAnalysis", (it, model, argument) => {
  run(it, model, given(argument("inputs", 1)));
  return unknownOf("FlopCountAnalysis");
});

const complexity = tool("get_model_complexity_info", (it, model, argument) => {
  run(it, model, sized(argument("input_res", 1), [batch]));
  return new Tuple([unknownOf("ptflops"), unknownOf("ptflops")]);
});

const drawing = tool("draw_graph", (it, model, argument) => {
  run(it, model, sized(argument("input_size", 2), []) ?? given(argument("input_data", 1)));
  return unknownOf("torchview.draw_graph");
});

function toolModule(name: string, names: Readonly<Record<string, Value>>): () => Module {
  return () => {
    const module = new Module(name, {
      isPackage: false,
      fallback: (attribute) =>
        Object.hasOwn(names, attribute)
          ? (names[attribute] ?? null)
          : attribute.startsWith("__")
            ? null
            : new Unknown(`${name}.${attribute} has no rule`, { name: `${name}.${attribute}` }),
    });
    module.scope.vars.set("__name__", str(name));
    return module;
  };
}

/** Packages of tools, by dotted name. */
export const toolModules: ReadonlyMap<string, () => Module> = new Map([
  ["torchsummary", toolModule("torchsummary", { summary: torchsummary })],
  ["torchsummaryX", toolModule("torchsummaryX", { summary: tool("summary", exampleArgument) })],
  ["pytorch_model_summary", toolModule("pytorch_model_summary", { summary: tool("summary", exampleArgument) })],
  ["torchinfo", toolModule("torchinfo", { summary: torchinfo })],
  ["thop", toolModule("thop", { profile, clever_format: new Native("clever_format", () => unknownOf("thop"), false) })],
  ["fvcore", toolModule("fvcore", {})],
  ["fvcore.nn", toolModule("fvcore.nn", { FlopCountAnalysis: flopCount })],
  ["ptflops", toolModule("ptflops", { get_model_complexity_info: complexity })],
  ["torchview", toolModule("torchview", { draw_graph: drawing })],
]);

/** `summary(model, torch.zeros(1, 3, 32, 32))`, with further inputs behind. */
function exampleArgument(it: Interpreter, model: Value, argument: Arguments): Value {
  const inputs: Value[] = [];
  for (let at = 1, input = argument("", at); input !== undefined; at += 1, input = argument("", at)) inputs.push(input);
  run(it, model, inputs.length > 0 ? inputs : null);
  return none;
}
