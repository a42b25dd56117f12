/**
 * The typed, compact syntax tree that the interpreter runs. It follows CPython's `ast` in names and structure, less what
 * no analysis needs. Positions are UTF-16 offsets from the start of the enclosing top-level statement (`Unit`), so that
 * a statement which only moved keeps its tree.
 */

export interface Node {
  readonly start: number;
  readonly end: number;
}

// ── expressions ──────────────────────────────────────────────────────────────────────────────────────────────────────

export type Expr =
  | Name
  | Constant
  | FString
  | Sequence
  | DictDisplay
  | Attribute
  | Subscript
  | SliceExpr
  | Call
  | Binary
  | Unary
  | BoolOp
  | Compare
  | Conditional
  | Lambda
  | Comprehension
  | Starred
  | Await
  | Yield
  | NamedExpr
  | ErrorExpr;

export interface Name extends Node {
  readonly kind: "Name";
  readonly id: string;
}
export type ConstantValue =
  | { readonly type: "none" | "ellipsis" }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "int"; readonly value: number | bigint }
  | { readonly type: "float" | "imaginary"; readonly value: number }
  | { readonly type: "str" | "bytes"; readonly value: string };
export interface Constant extends Node {
  readonly kind: "Constant";
  readonly value: ConstantValue;
}
export interface FString extends Node {
  readonly kind: "FString";
  readonly parts: readonly (string | Interpolation)[];
}
export interface Interpolation {
  readonly value: Expr;
  /** The source text before `=` in `f"{x=}"`, else null. */
  readonly selfDocumenting: string | null;
  readonly conversion: "r" | "s" | "a" | null;
  readonly format: readonly (string | Interpolation)[] | null;
}
export interface Sequence extends Node {
  readonly kind: "Tuple" | "List" | "Set";
  readonly items: readonly Expr[];
}
export interface DictDisplay extends Node {
  readonly kind: "Dict";
  /** A null key is `**value`. */
  readonly entries: readonly { readonly key: Expr | null; readonly value: Expr }[];
}
export interface Attribute extends Node {
  readonly kind: "Attribute";
  readonly value: Expr;
  readonly attr: string;
}
export interface Subscript extends Node {
  readonly kind: "Subscript";
  readonly value: Expr;
  readonly index: Expr;
}
export interface SliceExpr extends Node {
  readonly kind: "Slice";
  readonly lower: Expr | null;
  readonly upper: Expr | null;
  readonly step: Expr | null;
}
export interface Call extends Node {
  readonly kind: "Call";
  readonly func: Expr;
  /** Positional arguments, `*rest` as `Starred`. */
  readonly args: readonly Expr[];
  /** A null name is `**value`. */
  readonly keywords: readonly Keyword[];
}
export interface Keyword extends Node {
  readonly name: string | null;
  readonly value: Expr;
}
export type BinaryOperator = "+" | "-" | "*" | "/" | "//" | "%" | "**" | "@" | "&" | "|" | "^" | "<<" | ">>";
export interface Binary extends Node {
  readonly kind: "Binary";
  readonly op: BinaryOperator;
  readonly left: Expr;
  readonly right: Expr;
}
export interface Unary extends Node {
  readonly kind: "Unary";
  readonly op: "+" | "-" | "~" | "not";
  readonly operand: Expr;
}
export interface BoolOp extends Node {
  readonly kind: "BoolOp";
  readonly op: "and" | "or";
  readonly left: Expr;
  readonly right: Expr;
}
export type CompareOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "is" | "is not" | "in" | "not in";
export interface Compare extends Node {
  readonly kind: "Compare";
  readonly left: Expr;
  readonly rest: readonly { readonly op: CompareOperator; readonly right: Expr }[];
}
export interface Conditional extends Node {
  readonly kind: "Conditional";
  readonly test: Expr;
  readonly body: Expr;
  readonly orelse: Expr;
}
export interface Lambda extends Node {
  readonly kind: "Lambda";
  readonly params: Parameters;
  readonly body: Expr;
}
export interface Comprehension extends Node {
  readonly kind: "ListComp" | "SetComp" | "DictComp" | "GeneratorExp";
  /** The element; the key of a dict comprehension. */
  readonly element: Expr;
  /** The value of a dict comprehension. */
  readonly value: Expr | null;
  readonly clauses: readonly ComprehensionClause[];
}
export type ComprehensionClause =
  | { readonly kind: "for"; readonly target: Expr; readonly iter: Expr }
  | { readonly kind: "if"; readonly test: Expr };
export interface Starred extends Node {
  readonly kind: "Starred";
  readonly value: Expr;
}
export interface Await extends Node {
  readonly kind: "Await";
  readonly value: Expr;
}
export interface Yield extends Node {
  readonly kind: "Yield";
  readonly value: Expr | null;
  readonly from: boolean;
}
export interface NamedExpr extends Node {
  readonly kind: "NamedExpr";
  readonly target: Name;
  readonly value: Expr;
}
/** What the parser could not read. */
export interface ErrorExpr extends Node {
  readonly kind: "ErrorExpr";
}

// ── statements ───────────────────────────────────────────────────────────────────────────────────────────────────────

export type Stmt =
  | ExprStmt
  | Assign
  | AugAssign
  | AnnAssign
  | Return
  | If
  | For
  | While
  | Try
  | With
  | FunctionDef
  | ClassDef
  | Import
  | ImportFrom
  | Raise
  | Assert
  | Delete
  | Scoped
  | Match
  | TypeAlias
  | Simple;

export interface ExprStmt extends Node {
  readonly kind: "ExprStmt";
  readonly value: Expr;
}
export interface Assign extends Node {
  readonly kind: "Assign";
  readonly targets: readonly Expr[];
  readonly value: Expr;
}
export interface AugAssign extends Node {
  readonly kind: "AugAssign";
  readonly target: Expr;
  readonly op: BinaryOperator;
  readonly value: Expr;
}
export interface AnnAssign extends Node {
  readonly kind: "AnnAssign";
  readonly target: Expr;
  readonly annotation: Expr;
  readonly value: Expr | null;
}
export interface Return extends Node {
  readonly kind: "Return";
  readonly value: Expr | null;
}
export interface If extends Node {
  readonly kind: "If";
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface For extends Node {
  readonly kind: "For";
  readonly target: Expr;
  readonly iter: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface While extends Node {
  readonly kind: "While";
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface Handler extends Node {
  /** `except*`, which takes its part of an exception group. */
  readonly ofGroup: boolean;
  readonly type: Expr | null;
  readonly name: string | null;
  readonly body: readonly Stmt[];
}
export interface Try extends Node {
  readonly kind: "Try";
  readonly body: readonly Stmt[];
  readonly handlers: readonly Handler[];
  readonly orelse: readonly Stmt[];
  readonly finalbody: readonly Stmt[];
}
export interface With extends Node {
  readonly kind: "With";
  readonly items: readonly { readonly context: Expr; readonly target: Expr | null }[];
  readonly body: readonly Stmt[];
}
export interface Parameters {
  /** Positional-only, then positional-or-keyword. */
  readonly positional: readonly Parameter[];
  /** How many of `positional` are positional-only. */
  readonly positionalOnly: number;
  readonly vararg: Parameter | null;
  readonly keywordOnly: readonly Parameter[];
  readonly kwarg: Parameter | null;
}
export interface Parameter extends Node {
  readonly name: string;
  readonly annotation: Expr | null;
  readonly default: Expr | null;
}
export interface FunctionDef extends Node {
  readonly kind: "FunctionDef";
  readonly name: string;
  readonly nameStart: number;
  readonly params: Parameters;
  readonly returns: Expr | null;
  readonly body: readonly Stmt[];
  readonly decorators: readonly Expr[];
  readonly isAsync: boolean;
  /** Whether a call makes a generator. */
  readonly isGenerator: boolean;
  /** Names bound in the body (and not declared global or nonlocal): the function's locals beside its parameters. */
  readonly locals: ReadonlySet<string>;
}
export interface ClassDef extends Node {
  readonly kind: "ClassDef";
  readonly name: string;
  readonly nameStart: number;
  readonly bases: readonly Expr[];
  readonly keywords: readonly Keyword[];
  readonly body: readonly Stmt[];
  readonly decorators: readonly Expr[];
}
export interface ImportedName {
  readonly name: string;
  readonly asname: string | null;
}
export interface Import extends Node {
  readonly kind: "Import";
  /** Dotted module names. */
  readonly names: readonly ImportedName[];
}
export interface ImportFrom extends Node {
  readonly kind: "ImportFrom";
  /** Dots before the module: 0 is absolute. */
  readonly level: number;
  readonly module: string;
  /** A single `*` for a star import. */
  readonly names: readonly ImportedName[];
}
export interface Raise extends Node {
  readonly kind: "Raise";
  readonly value: Expr | null;
  readonly cause: Expr | null;
}
export interface Assert extends Node {
  readonly kind: "Assert";
  readonly test: Expr;
  readonly message: Expr | null;
}
export interface Delete extends Node {
  readonly kind: "Delete";
  readonly targets: readonly Expr[];
}
export interface Scoped extends Node {
  readonly kind: "Global" | "Nonlocal";
  readonly names: readonly string[];
}
export interface TypeAlias extends Node {
  readonly kind: "TypeAlias";
  readonly name: string;
  readonly value: Expr;
}
/** `ErrorStmt` is what the parser could not read. */
export interface Simple extends Node {
  readonly kind: "Pass" | "Break" | "Continue" | "ErrorStmt";
}
export interface Match extends Node {
  readonly kind: "Match";
  readonly subject: Expr;
  readonly cases: readonly MatchCase[];
}
export interface MatchCase extends Node {
  readonly pattern: Pattern;
  readonly guard: Expr | null;
  readonly body: readonly Stmt[];
}
export type Pattern =
  | { readonly kind: "capture"; readonly name: string | null }
  | { readonly kind: "value"; readonly value: Expr }
  | { readonly kind: "star"; readonly name: string | null }
  | { readonly kind: "sequence"; readonly items: readonly Pattern[] }
  | {
      readonly kind: "mapping";
      readonly entries: readonly { readonly key: Expr; readonly value: Pattern }[];
      readonly rest: string | null;
    }
  | {
      readonly kind: "class";
      readonly cls: Expr;
      readonly positional: readonly Pattern[];
      readonly keywords: readonly { readonly name: string; readonly value: Pattern }[];
    }
  | { readonly kind: "or"; readonly options: readonly Pattern[] }
  | { readonly kind: "as"; readonly pattern: Pattern; readonly name: string }
  | { readonly kind: "error" };

// ── units ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * One top-level statement of a file. Its identity lives as long as its text does: an edit elsewhere only moves `offset`.
 */
export interface Unit {
  /** Absolute path or URI of the file. */
  readonly file: string;
  readonly text: string;
  readonly statement: Stmt;
  /** Whether the statement holds something that the parser could not read. */
  readonly broken: boolean;
  /** Where the statement starts now, as a UTF-16 offset into the file. */
  offset: number;
}

/** A stretch of a file, parsed when its statements are read. */
export interface Part {
  /** The names that its statements bind or write to, where its text tells; null: they must be asked. */
  readonly names: readonly string[] | null;
  readonly units: readonly Unit[];
  /** Whether some of it could not be read. */
  readonly broken: boolean;
}

/** A place in a file that follows its unit as the file is edited. */
export interface Site {
  readonly unit: Unit;
  readonly start: number;
  readonly end: number;
}
