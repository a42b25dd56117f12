/**
 * The recorded calls again, with sizes of their tensors unknown: what the rules then say must hold for the sizes that were
 * recorded. A result with those put in is the recorded one, and what PyTorch accepts is not refused.
 */
import { describe, expect, it } from "vitest";
import { type Dim, evaluate, isConcrete, symbol, symbolsOf } from "../../server/src/algebra/index.ts";
import { type Reader, Tensor, Undecided, Violation } from "../../server/src/frameworks/rules/index.ts";
import { type Json, jsonReader } from "./json-reader.ts";
import { differenceOf, isArray, isObject, type Recorded, type Row, recordedOps, runOp } from "./ops-rows.ts";

/** Which sizes are unknown, and which of them are the same unknown. */
const schemes: Readonly<Record<string, (size: number, tensor: number, axis: number) => string | null>> = {
  "equal sizes are one symbol": (size) => (size > 1 ? `s${size}` : null),
  "every size is a symbol of its own": (size, tensor, axis) => (size > 0 ? `t${tensor}_${axis}` : null),
  "only the first size of every tensor is a symbol": (size, _, axis) => (size > 0 && axis === 0 ? `n${size}` : null),
};

describe.each(Object.keys(schemes))("ops where %s", (scheme) => {
  const name = schemes[scheme] as (typeof schemes)[string];
  const wrong: string[] = [];
  let decided = 0;
  let undecided = 0;
  for (const [op, rows] of Object.entries(recordedOps)) {
    for (const row of rows) {
      if (isRefused(row[2])) continue;
      const verdict = judge(op, row, name);
      if (verdict === null) undecided += 1;
      else if (verdict === "") decided += 1;
      else wrong.push(`${op}(${JSON.stringify(row[0])}, ${JSON.stringify(row[1])}): ${verdict}`);
    }
  }
  it("never contradicts the recorded sizes", () => expect(wrong).toEqual([]));
  it("still decides most", () => expect(decided / (decided + undecided)).toBeGreaterThan(0.75));
});

/** Nothing where right, null where the rule leaves it open, else what is wrong. */
function judge(op: string, row: Row, name: (typeof schemes)[string]): string | null {
  const unknowns = new Unknowns(name);
  try {
    const { out, macs } = runOp(op, row, unknowns.reader);
    const count = unknowns.valueOf(macs);
    if (row[3] !== undefined && count !== undefined && count !== row[3]) return `${count} MACs, not ${row[3]}`;
    if (out instanceof Tensor && out.dtype === null) return null;
    return differenceOf(row[2], out, (size) => unknowns.valueOf(size)) ?? "";
  } catch (thrown) {
    if (thrown instanceof Undecided) return null;
    if (thrown instanceof Violation) return `${thrown.code}: ${thrown.message}`;
    throw new Error(`${op} ${JSON.stringify(row)}`, { cause: thrown });
  }
}

function isRefused(recorded: Recorded): boolean {
  return !isArray(recorded) && isObject(recorded) && recorded.error !== undefined;
}

/** The symbols of one call, and the sizes they stand for. */
class Unknowns {
  readonly reader: Reader<Json>;
  private readonly symbols = new Map<string, Dim>();
  private readonly values = new Map<number, number>();
  private readonly name: (typeof schemes)[string];
  private tensors = 0;

  constructor(name: (typeof schemes)[string]) {
    this.name = name;
    this.reader = { ...jsonReader, read: (type, value) => this.hide(jsonReader.read(type, value)) };
  }

  /** The number that a size comes to; undefined with a symbol that the rule made itself. */
  valueOf(size: Dim): number | undefined {
    if (isConcrete(size)) return size;
    const known = symbolsOf(size).every((info) => this.values.has(info.id));
    return known ? Number(evaluate(size, this.values)) : undefined;
  }

  private hide(read: unknown): unknown {
    if (Array.isArray(read)) return read.map((item) => this.hide(item));
    if (!(read instanceof Tensor)) return read;
    const index = this.tensors++;
    return read.withShape(read.shape.map((size, axis) => this.hidden(size as number, index, axis)));
  }

  private hidden(size: number, tensor: number, axis: number): Dim {
    const name = this.name(size, tensor, axis);
    if (name === null) return size;
    let unknown = this.symbols.get(name);
    if (unknown === undefined) {
      unknown = symbol(name, "hidden for the test");
      this.symbols.set(name, unknown);
      for (const info of symbolsOf(unknown)) this.values.set(info.id, size);
    }
    return unknown;
  }
}
