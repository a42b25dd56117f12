/**
 * The plain data that every window on ParamLens shows: hints, cards, diagnostics, lenses, models.
 *
 * Nothing here knows LSP, VS Code or a terminal. Positions are offsets in UTF-16 units into the analysed text; the
 * windows turn them into lines and columns with `base/lines.ts`. Sizes and counts are numbers where they are known, text
 * where they are symbolic (`"9·c_in·c_out + c_out"`), and carry a reason where they are unknown.
 */
import type { FindingCode } from "../frameworks/rules/index.ts";

/** A half-open range of UTF-16 offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Unknown, with the reason a person is told. */
export interface UnknownFact {
  readonly unknown: string;
}

/** One size: an integer, a symbolic expression as text, or `"?"`. */
export type Size = number | string;
/** A tensor's shape; `UnknownFact` where not even its rank is known. */
export type ShapeFact = readonly Size[] | UnknownFact;
/** The shape of a value that may be nested: a tuple or list is `{ items }`, a dict is `{ fields }`. */
export type ValueShape =
  | { readonly kind: "tensor"; readonly shape: ShapeFact; readonly dtype: string | null }
  | { readonly kind: "sequence"; readonly items: readonly ValueShape[] }
  | { readonly kind: "mapping"; readonly fields: Readonly<Record<string, ValueShape>> }
  | { readonly kind: "other"; readonly text: string };

/** A count: an integer, an expression as text, or unknown with its reason. */
export type Count = number | string | UnknownFact;

export interface Hint {
  /** Where the hint stands: the end of the line (before a trailing comment's blank) on which the expression ends. */
  readonly offset: number;
  readonly kind: "params" | "shape";
  /** What is shown, and what a double click writes: `# params: 896 → (N, 32, 32, 32)`. */
  readonly label: string;
  /** Parameter count of the line where it is one number; lets a window apply `minParams` and compact format. */
  readonly params: number | null;
  /** The expression that the hint speaks of; `hover(range.start)` gives its card. */
  readonly range: Range;
  /** Whether the hint speaks of a layer's output, a tensor, or a count. Windows filter by it. */
  readonly about: "layer" | "layer-shape" | "tensor" | "model";
}

/** A hover card, already worded; windows print it as Markdown. */
export interface HoverCard {
  readonly range: Range;
  readonly markdown: string;
}

/** Addresses for what a card speaks of; null where a window has none. */
export interface CardLinks {
  /** A line of the file, from 1. */
  readonly line: (line: number) => string | null;
  /** Asks for the input of a model. */
  readonly setInput: (model: string) => string | null;
}

/** What a run finds, and what comments and class bodies are found to be. */
export type DiagnosticCode =
  | FindingCode
  | "unregistered-layers"
  | "missing-super-init"
  | "stale-params"
  | "stale-shape"
  | "bad-directive";

export interface Related {
  readonly path: string;
  readonly range: Range;
  /** 0-based line and character of the range's start, for files that are not the analysed one. */
  readonly line: number;
  readonly character: number;
  readonly message: string;
}

/** Text edits that may mend a finding; `offeredFixes` tells which do. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
}

export interface Diagnostic {
  readonly range: Range;
  readonly severity: "error" | "warning" | "information";
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}

/** The line above a class: `Net · 5,852,234 params · (N, 3, 32, 32) → (N, 10) · 137.7 MMACs`. */
export interface Lens {
  readonly range: Range;
  readonly title: string;
  /** The `ModelSummary.id` that a click opens. */
  readonly model: string;
}

/** One module of a model, as `named_modules()` lists it. */
export interface LayerRow {
  /** Dotted path, `layer1.0.conv1`. */
  readonly name: string;
  /** Qualified class name, `torch.nn.Conv2d` or `net.BasicBlock`. */
  readonly type: string;
  /** Constructor essentials for people: `3 → 64, 7×7, stride 2`. May be empty. */
  readonly essentials: string;
  /** 0 for a child of the root. */
  readonly depth: number;
  readonly hasChildren: boolean;
  /** Where it is built: file path and 0-based line; null for layers that PyTorch itself builds. */
  readonly path: string | null;
  readonly line: number | null;
  /** Counts every tensor once, children included. */
  readonly params: Count;
  /** Without children. */
  readonly own: Count;
  readonly trainable: Count;
  /** Own weights (parameters), name → shape. */
  readonly weights: Readonly<Record<string, ShapeFact>>;
  /** Result of its first call; null where it was not called. */
  readonly output: ValueShape | null;
  /** Multiply-accumulates of all its calls; null where not called. */
  readonly macs: Count | null;
  /** Bytes of what its calls give for one item of the batch; null where not known. */
  readonly outputBytes: number | null;
  /** How often it was called; null where branches or loops of unknown length decide. */
  readonly calls: number | null;
}

export interface InputFact {
  readonly name: string;
  readonly value: ValueShape;
}

export type InputSource =
  | "given"
  | "annotation"
  | "call"
  | "example"
  | "setting"
  | "solved"
  | "symbolic"
  | "option"
  | "none";

export interface ModelSummary {
  /** Stable within a file: the variable's name, or the class's. */
  readonly id: string;
  /** Name of the variable or class. */
  readonly name: string;
  readonly type: string;
  /** How it is built, for people: `make_net(10)`. */
  readonly built: string;
  readonly path: string;
  /** 0-based. */
  readonly line: number;
  readonly params: Count;
  readonly trainable: Count;
  readonly nonTrainable: Count;
  readonly buffers: Count;
  /** Multiply-accumulates of one forward call, per image where the batch size is symbolic; null if not called. */
  readonly macs: Count | null;
  readonly inputs: readonly InputFact[];
  readonly inputSource: InputSource;
  /** 0-based line the inputs come from, where there is one. */
  readonly inputLine: number | null;
  readonly output: ValueShape | null;
  /** Bytes, as torchinfo counts them for one item of the batch; null where unknown. */
  readonly bytes: {
    readonly input: number | null;
    readonly activations: number | null;
    readonly params: number | null;
    /** One for each trainable parameter, of its type. */
    readonly gradients: number | null;
    /** What Adam keeps of these. */
    readonly optimizer: number | null;
  };
  /** The types of the parameters' numbers: `float32`; several where they are mixed. */
  readonly dtypes: readonly string[];
  readonly layers: readonly LayerRow[];
  /** Why something about the model is unknown, one line each. */
  readonly notes: readonly string[];
}

/** A tensor assigned to a name, for `inspect --json`. */
export interface ValueRow {
  readonly range: Range;
  readonly name: string;
  /** One for each different result in the order of first appearance. */
  readonly shapes: readonly ValueShape[];
}

/** Everything ParamLens knows about one file. */
export interface FileReport {
  readonly path: string;
  readonly hints: readonly Hint[];
  readonly diagnostics: readonly Diagnostic[];
  readonly lenses: readonly Lens[];
  readonly models: readonly ModelSummary[];
  readonly values: readonly ValueRow[];
}
