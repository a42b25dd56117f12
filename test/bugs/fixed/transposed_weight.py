"""nn.Linear keeps its weight as (out, in); a product by hand needs it the other way."""
import torch
import torch.nn as nn


class LoRALinear(nn.Module):
    def __init__(self, in_dim, out_dim, rank=8, alpha=16):
        super().__init__()
        self.linear = nn.Linear(in_dim, out_dim)
        self.linear.weight.requires_grad = False
        self.lora_a = nn.Parameter(torch.randn(rank, in_dim) * 0.01)
        self.lora_b = nn.Parameter(torch.zeros(out_dim, rank))
        self.scaling = alpha / rank

    def forward(self, x):
        base = self.linear(x)
        update = x @ self.lora_a.T @ self.lora_b.T
        return base + update * self.scaling


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = LoRALinear(768, 3072)
        self.down = LoRALinear(3072, 768)

    def forward(self, x):
        return self.down(torch.relu(self.up(x)))


head = Head()
hidden_states = torch.randn(4, 128, 768)
print(head(hidden_states).shape)
