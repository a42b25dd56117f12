"""A normalising flow on the plane: affine couplings that take turns."""
import math

import torch
from torch import nn


class Coupling(nn.Module):
    def __init__(self, dim: int, hidden: int, flip: bool):
        super().__init__()
        self.flip = flip
        self.half = dim // 2
        mask = torch.arange(dim) % 2
        self.register_buffer("mask", 1 - mask if flip else mask)
        self.scale = nn.Sequential(
            nn.Linear(dim, hidden), nn.Tanh(), nn.Linear(hidden, hidden), nn.Tanh(), nn.Linear(hidden, dim)
        )
        self.shift = nn.Sequential(nn.Linear(dim, hidden), nn.ReLU(), nn.Linear(hidden, dim))

    def forward(self, x):
        frozen = x * self.mask
        s = self.scale(frozen) * (1 - self.mask)
        t = self.shift(frozen) * (1 - self.mask)
        y = frozen + (1 - self.mask) * (x * s.exp() + t)
        log_det = s.sum(dim=1)
        return y, log_det


class RealNVP(nn.Module):
    def __init__(self, dim: int = 2, hidden: int = 64, n_layers: int = 6):
        super().__init__()
        self.dim = dim
        self.layers = nn.ModuleList(Coupling(dim, hidden, flip=bool(i % 2)) for i in range(n_layers))

    def forward(self, x):
        total = x.new_zeros(x.shape[0])
        for layer in self.layers:
            x, log_det = layer(x)
            total += log_det
        return x, total

    def log_prob(self, x):
        z, log_det = self(x)
        prior = -0.5 * (z**2).sum(1) - 0.5 * self.dim * math.log(2 * math.pi)
        return prior + log_det


flow = RealNVP()
points = torch.randn(128, 2)
z, logdet = flow(points)
nll = -flow.log_prob(points).mean()
