import torch
import torch.nn as nn
import torch.nn.functional as F


class Expert(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.w1 = nn.Linear(d_model, d_ff, bias=False)
        self.w2 = nn.Linear(d_ff, d_model, bias=False)
        self.w3 = nn.Linear(d_model, d_ff, bias=False)

    def forward(self, x):
        return self.w2(F.silu(self.w1(x)) * self.w3(x))


class SoftMoE(nn.Module):
    """Every expert sees every token; a softmax gate weighs what they say."""

    def __init__(self, d_model=64, d_ff=128, num_experts=4):
        super().__init__()
        self.experts = nn.ModuleList([Expert(d_model, d_ff) for _ in range(num_experts)])
        self.gate = nn.Linear(d_model, num_experts)

    def forward(self, x):
        gates = F.softmax(self.gate(x), dim=-1)
        outputs = torch.stack([expert(x) for expert in self.experts], dim=-1)
        mixed = (outputs * gates.unsqueeze(-2)).sum(dim=-1)
        return mixed


class TopKMoE(nn.Module):
    def __init__(self, d_model=64, d_ff=128, num_experts=8, top_k=2):
        super().__init__()
        self.top_k = top_k
        self.num_experts = num_experts
        self.router = nn.Linear(d_model, num_experts, bias=False)
        self.experts = nn.ModuleList(Expert(d_model, d_ff) for _ in range(num_experts))

    def forward(self, x):
        b, t, d = x.shape
        flat = x.reshape(-1, d)
        logits = self.router(flat)
        weights, chosen = torch.topk(logits.softmax(dim=-1), self.top_k, dim=-1)
        weights = weights / weights.sum(dim=-1, keepdim=True)
        dense = torch.zeros_like(logits).scatter(1, chosen, weights)
        result = torch.zeros_like(flat)
        for i, expert in enumerate(self.experts):
            result = result + dense[:, i:i + 1] * expert(flat)
        return result.view(b, t, d), logits


class MoEClassifier(nn.Module):
    def __init__(self, d_in: int, d_model: int = 64, n_layers: int = 2, n_classes: int = 10, *, sparse: bool = False):
        super().__init__()
        self.proj = nn.Linear(d_in, d_model)
        kind = TopKMoE if sparse else SoftMoE
        self.layers = nn.ModuleList(
            nn.ModuleDict({"norm": nn.RMSNorm(d_model), "moe": kind(d_model)}) for _ in range(n_layers)
        )
        self.out = nn.Linear(d_model, n_classes)

    def forward(self, x):
        x = self.proj(x)
        for layer in self.layers:
            y = layer["moe"](layer["norm"](x))
            if isinstance(y, tuple):
                y, _ = y
            x = x + y
        return self.out(x.mean(1))
