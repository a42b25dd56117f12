/**
 * Runs recorded calls as a user's code would: each is a module that builds a layer from Python source and evaluates an
 * expression with it, read by the interpreter with everything that stands between source and rules.
 */
import { type Dim, isConcrete } from "../../server/src/algebra/index.ts";
import { ArrayValue } from "../../server/src/frameworks/numpy/binding/array.ts";
import { numpyModules } from "../../server/src/frameworks/numpy/binding/namespace.ts";
import type { Formula } from "../../server/src/frameworks/rules/index.ts";
import { entriesOf, isModule, namedModules, namedTensors } from "../../server/src/frameworks/torch/binding/module.ts";
import { preludeSource, torchModules } from "../../server/src/frameworks/torch/binding/namespaces.ts";
import { Trace } from "../../server/src/frameworks/torch/binding/trace.ts";
import { DTypeValue, TensorValue } from "../../server/src/frameworks/torch/binding/values.ts";
import { formulaOf } from "../../server/src/model/formula.ts";
import { readParserAssets } from "../../server/src/node/assets.ts";
import "../../server/src/python/builtins/index.ts";
import { Budget } from "../../server/src/python/budget.ts";
import { call } from "../../server/src/python/call.ts";
import { Raised } from "../../server/src/python/errors.ts";
import { describeException } from "../../server/src/python/exceptions.ts";
import { runUnit } from "../../server/src/python/execute.ts";
import { Interpreter } from "../../server/src/python/interpreter.ts";
import { ModuleLoader } from "../../server/src/python/modules.ts";
import { nativeModules } from "../../server/src/python/stdlib/index.ts";
import { type Instance, Module, none, type Value } from "../../server/src/python/values.ts";
import { PythonParser } from "../../server/src/syntax/parser.ts";

/** A layer and what to make of it, where the expression calls it `layer`. */
export interface PythonCase {
  readonly build: string;
  readonly expression: string;
}

export interface PythonResult {
  /** As the recorder encodes results; `?` for what is not known, with the reason. */
  readonly result: unknown;
  readonly macs: Dim | null;
  /** The messages of findings. */
  readonly findings: readonly string[];
  /** The exception that ended the run. */
  readonly raised: string | null;
  /** null where it was not built. */
  readonly layer: LayerFacts | null;
}

export interface LayerFacts {
  /** `[name, shape]`, with the dtype where that is not float32. */
  readonly weights: readonly unknown[];
  /** `[name, shape, dtype]`. */
  readonly buffers: readonly unknown[];
  readonly modules: readonly (readonly [string, string])[];
  /** How its parameters are counted on its card. */
  readonly formula: Formula | null;
}

const parser = await PythonParser.create(readParserAssets());
const natives = new Map([...nativeModules, ...numpyModules, ...torchModules]);
const preludes = new Map<string, ReturnType<PythonParser["parseOnce"]>>();

export function runCases(cases: readonly PythonCase[]): PythonResult[] {
  const text = [imports, ...cases.map(moduleText)].join("\n");
  const parsed = parser.parseOnce("cases.py", text);
  const loader = new ModuleLoader(natives, {
    find: (name) => {
      const source = preludeSource(name);
      if (source === null) return { why: `there is no module ${name} here`, isCertain: true };
      const { module, text } = source;
      const parsed = preludes.get(name) ?? parser.parseOnce(name, text);
      preludes.set(name, parsed);
      return { path: name, name: module, isPackage: false, isLibrary: false, parts: [{ names: null, ...parsed }] };
    },
    isShadowed: () => false,
    nameByPath: () => "cases",
  });
  const it = new Interpreter(loader);
  it.observer = {};
  const module = new Module("cases", { file: "cases.py" });
  for (const unit of parsed.units) runUnit(it, module, unit);
  return cases.map((_, i) => runCase(it, module.scope.vars.get(`Case${i}`) ?? none));
}

const imports = `
import collections
import einops
import einops.layers.torch
import numpy as np
import torch
import torch.nn.functional as F
import torch.nn.utils.rnn as rnn
from torch import nn
`;

const moduleText = ({ build, expression }: PythonCase, i: number): string => `
class Case${i}(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = ${build}

    def forward(self):
        layer = self.layer
        return ${expression}
`;

function runCase(it: Interpreter, cls: Value): PythonResult {
  it.budget = new Budget();
  const trace = Trace.of(it);
  const before = trace.findings.length;
  let layer: Instance | null = null;
  let result: unknown = "?";
  let raised: string | null = null;
  let macs: Dim | null = null;
  try {
    const model = call(it, cls, []);
    const built = model.kind === "instance" ? entriesOf(modulesOf(model))[0]?.[1] : undefined;
    if (isModule(built)) layer = built;
    const calls = trace.calls.length;
    result = encodeValue(call(it, model, []));
    macs = trace.calls[calls]?.macs ?? null;
  } catch (problem) {
    if (!(problem instanceof Raised)) throw problem;
    raised = describeException(problem.exception);
  }
  const findings = trace.findings.slice(before).map(({ message }) => message);
  return { result, macs, findings, raised, layer: layer && factsOf(layer) };
}

function modulesOf(model: Instance) {
  const dict = model.attrs.get("_modules");
  return dict?.kind === "dict" ? dict : null;
}

function factsOf(layer: Instance): LayerFacts {
  return {
    weights: [...namedTensors(layer, "_parameters")].map(([name, { type }]) => [
      name,
      sizes(type.dims),
      ...(type.dtype === "float32" ? [] : [type.dtype]),
    ]),
    buffers: [...namedTensors(layer, "_buffers")].map(([name, { type }]) => [name, sizes(type.dims), type.dtype]),
    modules: [...namedModules(layer)].map(([name, { cls }]) => [name, cls.name]),
    formula: formulaOf(layer),
  };
}

function encodeValue(value: Value): unknown {
  if (value instanceof TensorValue) {
    return value.type.dims === null
      ? `? ${value.type.why}`
      : { tensor: sizes(value.type.dims), dtype: value.type.dtype };
  }
  if (value instanceof DTypeValue) return { dtype: value.name };
  if (value instanceof ArrayValue) return { array: sizes(value.shape), dtype: value.dtype ?? "?" };
  switch (value.kind) {
    case "none":
      return null;
    case "bool":
      return value.value;
    case "int":
      return isConcrete(value.dim) ? Number(value.dim) : "? a size";
    case "float":
      return { float: Number.isNaN(value.value) ? "nan" : value.value };
    case "str":
      return { str: value.value };
    case "dict":
      return value.lost
        ? `? ${value.lost.why}`
        : { dict: [...value.entries.values()].map((entry) => [encodeValue(entry.key), encodeValue(entry.value)]) };
    case "tuple":
      return value.items.map(encodeValue);
    case "list":
      return value.lost ? `? ${value.lost.why}` : value.items.map(encodeValue);
    case "instance":
      return ["data", "batch_sizes", "sorted_indices", "unsorted_indices"].map((name) =>
        encodeValue(value.attrs.get(name) ?? none),
      );
    case "unknown":
      return `? ${value.why}`;
    default:
      return `? a ${value.kind}`;
  }
}

function sizes(dims: readonly Dim[] | null): unknown {
  return dims === null ? "?" : dims.map((size) => (isConcrete(size) ? size : "?"));
}
