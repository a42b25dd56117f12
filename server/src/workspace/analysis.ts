/** What the analysis of one file yields: events and models, for the report to project. */
import type { LineIndex } from "../base/lines.ts";
import type { Equation } from "../frameworks/rules/index.ts";
import type { ModuleCall, Trace } from "../frameworks/torch/binding/trace.ts";
import type { Unregistered } from "../model/unregistered.ts";
import type { Class, Instance, Value } from "../python/values.ts";
import type { Site, Unit } from "../syntax/ast.ts";
import type { Directive } from "./directives.ts";
import type { PendingFile } from "./imports.ts";

/** A module that a call in the file made. */
export interface Constructed {
  readonly instance: Instance;
  readonly site: Site;
  /** It stands for all that a loop of an unknown number of rounds makes. */
  readonly standsForMany: boolean;
}

/** A value that was bound to a name or returned in the file, in the order of the run. */
export interface TensorEvent {
  readonly kind: "assigned" | "returned";
  readonly site: Site;
  readonly name: string;
  readonly value: Value;
  /** The innermost call of a module that it happened in. */
  readonly during: ModuleCall | null;
  /** It stands for all that a loop of an unknown number of rounds makes. */
  readonly standsForMany: boolean;
}

/** A call in the file of something that is not known. */
export interface UnknownCall {
  readonly site: Site;
  readonly why: string;
  /** Whether it stands in a model, or was given a tensor. */
  readonly inModel: boolean;
}

/** Why a size of an inferred input is open. */
export const sizeOfInput = "a size of the input";

export interface AnalyzedInput {
  readonly name: string;
  readonly value: Value;
}

export interface AnalyzedModel {
  /** The variable's or class's name. */
  readonly id: string;
  readonly kind: "variable" | "class";
  readonly instance: Instance;
  /** Where it is built; for a class, its name. */
  readonly site: Site;
  /** The source of the call that builds it. */
  readonly built: string;
  /** The call that shows its shapes; null where it was not run. */
  readonly call: ModuleCall | null;
  /** That call and those within it, in order. */
  readonly calls: readonly ModuleCall[];
  readonly inputs: readonly AnalyzedInput[];
  readonly inputSource:
    | "given"
    | "annotation"
    | "call"
    | "example"
    | "setting"
    | "solved"
    | "symbolic"
    | "option"
    | "none";
  readonly inputSite: Site | null;
  /** All square sizes that would fit where the input was solved. */
  readonly range: { readonly min: number; readonly max: number } | null;
  readonly notes: readonly string[];
  /** What must hold of the sizes that are symbols for the model to run. */
  readonly conditions: readonly Equation[];
  /** What later sources say of the input otherwise, a clause each: "the call in line 9 says …". */
  readonly contradictions: readonly string[];
}

/** A comment that can be read and still can't be meant. Offsets into the file. */
export interface BadDirective {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

export interface Analysis {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly units: readonly Unit[];
  readonly broken: boolean;
  readonly directives: readonly Directive[];
  readonly badDirectives: readonly BadDirective[];
  readonly constructed: readonly Constructed[];
  readonly tensors: readonly TensorEvent[];
  readonly unknownCalls: readonly UnknownCall[];
  readonly models: readonly AnalyzedModel[];
  /** Model classes of the file in order, with the model that shows them. */
  readonly classes: readonly { readonly cls: Class; readonly model: AnalyzedModel | null }[];
  /** What kind of value each module-level name is bound to. */
  readonly bindings: ReadonlyMap<string, Value["kind"]>;
  /** Why module-level names are not known. */
  readonly unknowns: ReadonlyMap<string, string>;
  readonly trace: Trace;
  /** Containers of layers that PyTorch does not see. */
  readonly unregistered: readonly Unregistered[];
  /** Texts of the imported files by path; null where one could not be read. */
  readonly imported: ReadonlyMap<string, string | null>;
  /** Imported files that were not read yet; what comes from them is unknown meanwhile. */
  readonly pending: readonly PendingFile[];
  /** What is derived from the analysis later, by who derives it; it goes with the analysis. */
  readonly derived: Map<symbol, object>;
}
