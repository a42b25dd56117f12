/** A report as the JSON of `inspect` and `summary --format json`: lines and columns from 1, columns in UTF-16 units. */
import type { LineIndex } from "../base/lines.ts";
import type { Count, FileReport, LayerRow, ModelSummary, ShapeFact, ValueRow, ValueShape } from "../report/types.ts";

/** A shape: its sizes, `{ unknown }`, a list for a tuple, an object for a dict; null for what is no tensor. */
export type ShapeRow = ShapeFact | readonly ShapeRow[] | { readonly [field: string]: ShapeRow } | null;

export function fileRow(path: string, report: FileReport, lines: LineIndex) {
  const place = (offset: number) => {
    const { line, character } = lines.positionAt(offset);
    return { line: line + 1, column: character + 1 };
  };
  return {
    path,
    models: report.models.map(modelRow),
    values: report.values.map((value) => ({ ...place(value.range.start), ...valueRow(value) })),
    hints: report.hints.map(({ offset, kind, label }) => ({ ...place(offset), kind, label })),
    diagnostics: report.diagnostics.map(({ range, severity, code, message }) => {
      const end = place(range.end);
      return { ...place(range.start), endLine: end.line, endColumn: end.column, severity, code, message };
    }),
  };
}

export function modelRow(model: ModelSummary) {
  return {
    name: model.name,
    type: model.type,
    line: model.line + 1,
    params: model.params,
    trainable: model.trainable,
    macs: model.macs,
    bytes: model.bytes,
    dtypes: model.dtypes,
    inputs: Object.fromEntries(model.inputs.map(({ name, value }) => [name, shapeRow(value)])),
    inputSource: model.inputSource,
    output: model.output === null ? null : shapeRow(model.output),
    layers: model.layers.map((layer) => layerRow(layer, model.path)),
  };
}

function layerRow(layer: LayerRow, modelPath: string) {
  return {
    name: layer.name,
    type: layer.type,
    // A line alone means the file of the model.
    ...(layer.path === null || layer.path === modelPath ? {} : { path: layer.path }),
    line: layer.line === null ? null : layer.line + 1,
    params: layer.params satisfies Count,
    own: layer.own,
    trainable: layer.trainable,
    weights: layer.weights,
    output: layer.output === null ? null : shapeRow(layer.output),
    outputBytes: layer.outputBytes,
    calls: layer.calls,
  };
}

function valueRow({ name, shapes }: ValueRow) {
  const [first] = shapes;
  return {
    name,
    shape: first === undefined ? null : shapeRow(first),
    ...(shapes.length > 1 ? { shapes: shapes.map(shapeRow) } : {}),
    ...(first?.kind === "tensor" ? { dtype: first.dtype } : {}),
  };
}

function shapeRow(value: ValueShape): ShapeRow {
  switch (value.kind) {
    case "tensor":
      return value.shape;
    case "sequence":
      return value.items.map(shapeRow);
    case "mapping":
      return Object.fromEntries(Object.entries(value.fields).map(([name, field]) => [name, shapeRow(field)]));
    case "other":
      return null;
  }
}
