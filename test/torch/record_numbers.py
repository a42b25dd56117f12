"""Records the numbers of small tensors that seeded expressions give: python test/torch/record_numbers.py

Writes `numbers.json`, rows `[expression, numbers]` for `numbers.test.ts`, floats with all their digits. Needs PyTorch 2.13.
"""

import json
import math
import random
import warnings
from pathlib import Path

import torch

WHOLE = ["torch.arange({n})", "torch.arange({a}, {a} + {n})", "torch.tensor({ints})", "torch.ones({n}, dtype=torch.int64)"]
REAL = ["torch.tensor({floats})", "torch.linspace({x}, {y}, {n})", "torch.arange({n}) * {x} + {y}", "torch.full(({n},), {x})"]
UNARY = ["torch.round({t})", "torch.floor({t})", "{t}.ceil()", "torch.trunc({t})", "torch.abs({t})", "-{t}", "torch.log({t})",
         "torch.exp({t})", "torch.sqrt({t})", "{t}.log2()", "{t}.int()", "{t}.float()", "{t}.long()", "{t}.double()",
         "torch.diff({t})", "{t}.cumsum(0)", "{t}.flatten()", "{t}.reshape(-1, 1).squeeze(1)", "torch.pow({b}, {t})",
         "{t}.flatten().split(2)[0]", "torch.chunk({t}.flatten(), 2)[-1]", "{t}.reshape(1, -1).unbind(1)[-1].flatten()",
         "{t}.reshape(1, -1).split([1, {t}.numel() - 1], dim=-1)[1].flatten()"]  # fmt: skip
MOVED = ["{t}.flip(0)", "torch.roll({t}, {k})", "{t}[1:]", "{t}[:-1]", "{t}[::2]", "{t}[-1]", "{t}[None]", "{t}[..., 0]", "{t}.repeat(2)",
         "torch.repeat_interleave({t}, 2)", "{t}.repeat_interleave(2, dim=0)", "{t}.expand(2, -1)", "{t}.unsqueeze(1).expand(-1, 3)",
         "{t}.clamp(min={k})", "torch.clip({t}, 0, {k})", "{t}[torch.arange(2)]", "{t}[[0, -1]]", "{t}.index_select(0, torch.tensor([1, 0, 1]))",
         "{t}.gather(0, torch.tensor([0, 1]))", "{t}.narrow(0, 1, {k})", "{t}.select(0, -1)", "{t}.tile(2, 1)", "torch.sign({t})",
         "{t}.square()", "({t}[:, None] - {t}[None, :])", "torch.tril({t}[:, None] * {t}[None, :])", "torch.triu({t} + {t}.reshape(-1, 1), 1)",
         "{t}.T", "{t}.t()", "{t}.mT", "{t}.transpose(0, 1)", "{t}.permute(1, 0)", "{t}.flip(0, 1)", "{t}.roll((1, {k}), (0, 1))",
         "{t}[:, -1]", "{t}[1:, ::2]", "{t}[:, None, :1]", "{t}[torch.tensor([[0, 1]])]", "{t}.fliplr()", "{t}.swapaxes(0, -1)",
         "{t}.gather(1, torch.zeros({t}.shape, dtype=torch.int64))", "{t}.index_select(-1, torch.tensor([0]))", "{t}.broadcast_to(2, *{t}.shape)",
         "{t}.sum(0)", "{t}.sum(-1, keepdim=True)", "{t}.sum((0, 1))", "{t}.amax(-1)", "{t}.amin((0, 1))", "{t}.float().mean(0)", "{t}.prod(0)",
         "({t} > {k}).any()", "({t} > {k}).all(-1)", "{t}.cumsum(-1)"]  # fmt: skip
JOINED = ["torch.cat([{t}, {u}])", "torch.stack([{t}, {t}])", "torch.cat(({t}.flatten(), {u}), dim=-1)", "torch.stack([{t}, {t} + 1], dim=-1)",
          "torch.cat([{t}, {t}], 1)", "torch.concat([{u}, {t}, {u}])", "torch.meshgrid({t}, {u}, indexing='ij')[0]",
          "torch.meshgrid([{u}, {t}], indexing='xy')[1]"]  # fmt: skip
BINARY = ["({t} + {u})", "({t} - {u})", "({t} * {u})", "({t} / {u})", "({t} // {u})", "({t} % {u})", "torch.maximum({t}, {u})",
          "torch.minimum({t}, {u})", "({t} < {u})", "({t} == {u})", "({t} >= {u})", "torch.divide({t}, {u})"]  # fmt: skip
SCALAR = ["({t} + {s})", "({t} * {s})", "({s} - {t})", "({t} / {s})", "({s} / {t})", "({t} // {k})", "({t} % {k})", "({t} ** {k})",
          "({t} > {s})", "torch.pow({t}, {s})", "({t} != {k})"]  # fmt: skip
ENDS = ["{t}", "{t}", "{t}.sum()", "{t}.max()", "{t}.min()", "torch.round({t}).int()"]


def expression(rng: random.Random) -> str:
    n = rng.randint(1, 6)

    def number() -> float:
        return rng.choice([rng.randint(-4, 9), rng.choice([0.5, 1.5, 2.25, 2.5, 0.1, 3.7, 24.48])])

    def leaf() -> str:
        ints = [rng.randint(-9, 40) for _ in range(n)]
        floats = [float(round(rng.uniform(-3, 30), rng.randint(0, 4))) for _ in range(n)]
        form = rng.choice(WHOLE + REAL)
        return form.format(n=n, a=rng.randint(-3, 9), x=float(number()), y=float(number()), ints=ints, floats=floats)

    text = leaf()
    for _ in range(rng.randint(1, 4)):
        form = rng.choice(rng.choice([UNARY, BINARY, SCALAR, MOVED, MOVED, JOINED]))
        text = form.format(t=text, u=leaf(), s=number(), k=rng.randint(1, 5), b=rng.choice([2.0, 2.25, 1.5, 3]))
    return rng.choice(ENDS).format(t=text)


def flat(value):
    return [item for each in value for item in flat(each)] if isinstance(value, list) else [value]


def main() -> None:
    warnings.filterwarnings("ignore")
    rng = random.Random(7)
    rows = []
    while len(rows) < 3000:
        text = expression(rng)
        try:
            result = eval(text)
        except (RuntimeError, TypeError, ValueError, IndexError, AttributeError, ArithmeticError):
            continue
        numbers = flat(result.tolist())
        if all(math.isfinite(number) and abs(number) < 2**53 for number in numbers):
            rows.append([text, numbers])
    text = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    Path(__file__).with_name("numbers.json").write_text(f"[\n{text}\n]\n", encoding="utf-8")


main()
