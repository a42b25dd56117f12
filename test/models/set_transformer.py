"""Attention over sets with nn.MultiheadAttention: induced blocks, pooling by seeds."""
import torch
from torch import nn


class MAB(nn.Module):
    def __init__(self, dim, heads, dim_kv=None, ln=True):
        super().__init__()
        self.fc_in = nn.Linear(dim_kv, dim) if dim_kv not in (None, dim) else None
        self.mha = nn.MultiheadAttention(dim, heads, batch_first=True)
        self.ff = nn.Sequential(nn.Linear(dim, dim), nn.ReLU())
        if ln:
            self.ln0 = nn.LayerNorm(dim)
            self.ln1 = nn.LayerNorm(dim)

    def forward(self, q, k):
        if self.fc_in is not None:
            k = self.fc_in(k)
        attended, weights = self.mha(q, k, k)
        h = q + attended
        h = h if getattr(self, "ln0", None) is None else self.ln0(h)
        h = h + self.ff(h)
        return h if getattr(self, "ln1", None) is None else self.ln1(h)


class ISAB(nn.Module):
    def __init__(self, dim, heads, num_inds, ln=True):
        super().__init__()
        self.inducing = nn.Parameter(torch.Tensor(1, num_inds, dim))
        nn.init.xavier_uniform_(self.inducing)
        self.mab0 = MAB(dim, heads, ln=ln)
        self.mab1 = MAB(dim, heads, ln=ln)

    def forward(self, x):
        h = self.mab0(self.inducing.repeat(x.size(0), 1, 1), x)
        return self.mab1(x, h)


class PMA(nn.Module):
    def __init__(self, dim, heads, num_seeds):
        super().__init__()
        self.seeds = nn.Parameter(torch.randn(num_seeds, dim))
        self.mab = MAB(dim, heads)

    def forward(self, x):
        return self.mab(self.seeds.unsqueeze(0).expand(x.shape[0], -1, -1), x)


class SetTransformer(nn.Module):
    def __init__(self, dim_input=2, num_outputs=4, dim_output=5, num_inds=16, dim_hidden=64, num_heads=4, ln=True):
        super().__init__()
        self.embed = nn.Linear(dim_input, dim_hidden)
        self.enc = nn.Sequential(
            ISAB(dim_hidden, num_heads, num_inds, ln=ln),
            ISAB(dim_hidden, num_heads, num_inds, ln=ln),
        )
        self.dec = nn.Sequential(
            PMA(dim_hidden, num_heads, num_outputs),
            nn.Dropout(),
            nn.Linear(dim_hidden, dim_output),
        )
        self.summary = nn.ParameterDict({
            "scale": nn.Parameter(torch.ones(dim_output)),
            "shift": nn.Parameter(torch.zeros(num_outputs, dim_output)),
        })
        self.mixes = nn.ParameterList([nn.Parameter(torch.eye(num_outputs)) for _ in range(2)])

    def forward(self, X):
        out = self.dec(self.enc(self.embed(X)))
        for mix in self.mixes:
            out = torch.matmul(mix, out)
        return out * self.summary["scale"] + self.summary["shift"]
