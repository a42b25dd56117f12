/** The formula of `MultiheadAttention`, which is written in Python: https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiheadAttention.html. */
import { type Dim, eq, format } from "../../../../algebra/index.ts";
import type { Formula } from "../../../rules/index.ts";
import { factor } from "./words.ts";

export interface AttentionSizes {
  readonly embedDim: Dim;
  readonly kdim: Dim;
  readonly vdim: Dim;
  readonly heads: Dim;
  readonly bias: boolean;
  /** A learned key and a learned value, put behind the sequence. */
  readonly biasKv: boolean;
}

export function attentionFormula(a: AttentionSizes): Formula {
  const same = eq(a.kdim, a.embedDim) === true && eq(a.vdim, a.embedDim) === true;
  const [embed, key, value] = [factor(a.embedDim), factor(a.kdim), factor(a.vdim)];
  const one = a.bias ? " + 1" : "";
  const three = a.bias ? " + 3" : "";
  const write = (e: string, k: string, v: string): string => {
    const row = a.bias ? `(${e}${one})` : e;
    const projections = same ? `3 × ${row} × ${e}` : `(${e} + ${k} + ${v}${three}) × ${e}`;
    return `${projections} + ${row} × ${e}${a.biasKv ? ` + 2 × ${e}` : ""}`;
  };
  return {
    symbols: write("embed", "kdim", "vdim"),
    numbers: write(embed, key, value),
    where: [
      `query, key and value are projected to ${format(a.embedDim)}, the result once more`,
      `${format(a.heads)} heads share these weights: each takes embed / heads of the columns`,
      ...(a.biasKv ? ["2 × embed: bias_k and bias_v, one more key and value to attend to"] : []),
    ],
  };
}
