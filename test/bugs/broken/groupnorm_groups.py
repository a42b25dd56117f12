"""Thirty-two groups do not divide forty-eight channels."""
import torch
from torch import nn


class ConvGN(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1, groups=32):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, stride, 1, bias=False)
        self.norm = nn.GroupNorm(groups, out_channels)
        self.act = nn.SiLU()

    def forward(self, x):
        return self.act(self.norm(self.conv(x)))


class Encoder(nn.Module):
    def __init__(self, widths=(32, 48, 96)):
        super().__init__()
        layers = []
        channels = 3
        for width in widths:
            layers.append(ConvGN(channels, width, stride=2))
            channels = width
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(x)


encoder = Encoder()
features = encoder(torch.randn(2, 3, 64, 64))
print(features.shape)
