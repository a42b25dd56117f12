"""LayerNorm of the input's size behind a layer that changed it."""
import torch
import torch.nn as nn


class FeedForward(nn.Module):
    def __init__(self, dim, hidden_dim, dropout=0.1):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(dim, hidden_dim),
            nn.GELU(),
            nn.Dropout(dropout),
        )
        self.norm = nn.LayerNorm(hidden_dim)
        self.out = nn.Linear(hidden_dim, dim)

    def forward(self, x):
        h = self.net(x)
        h = self.norm(h)
        return x + self.out(h)


class Mixer(nn.Module):
    def __init__(self, depth, dim):
        super().__init__()
        self.layers = nn.ModuleList(FeedForward(dim, dim * 4) for _ in range(depth))

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


mixer = Mixer(depth=4, dim=128)
tokens = torch.randn(8, 64, 128)
print(mixer(tokens).shape)
