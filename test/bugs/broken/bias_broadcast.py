"""A bias of one value a channel does not line up with the width."""
import torch
import torch.nn as nn


class ActNorm(nn.Module):
    def __init__(self, num_channels):
        super().__init__()
        self.log_scale = nn.Parameter(torch.zeros(num_channels))
        self.bias = nn.Parameter(torch.zeros(num_channels))

    def forward(self, x):
        b, c, h, w = x.shape
        scale = torch.exp(self.log_scale).view(1, c, 1, 1)
        y = x * scale + self.bias
        log_det = h * w * self.log_scale.sum()
        return y, log_det


class Flow(nn.Module):
    def __init__(self, channels=12, steps=4):
        super().__init__()
        self.norms = nn.ModuleList([ActNorm(channels) for _ in range(steps)])

    def forward(self, x):
        total = x.new_zeros(x.size(0))
        for norm in self.norms:
            x, log_det = norm(x)
            total = total + log_det
        return x, total


flow = Flow()
z, log_det = flow(torch.randn(8, 12, 16, 16))
print(z.shape, log_det.shape)
