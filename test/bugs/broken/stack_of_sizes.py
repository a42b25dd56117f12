"""Feature maps of different sizes cannot be stacked."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class PyramidPooling(nn.Module):
    def __init__(self, channels, bins=(1, 2, 3, 6)):
        super().__init__()
        self.stages = nn.ModuleList(
            nn.Sequential(nn.AdaptiveAvgPool2d(b), nn.Conv2d(channels, channels // 4, 1)) for b in bins
        )

    def forward(self, x):
        size = x.shape[2:]
        pooled = []
        for stage in self.stages:
            y = stage(x)
            pooled.append(y)
        return torch.stack(pooled, dim=1).flatten(1, 2)


ppm = PyramidPooling(256)
feature = torch.randn(2, 256, 60, 60)
out = ppm(feature)
print(out.shape)
