"""Squeeze-and-excitation over a grid of four is viewed as one value a channel."""
import torch
import torch.nn as nn


class SELayer(nn.Module):
    def __init__(self, channel, reduction=16):
        super(SELayer, self).__init__()
        self.avg_pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Sequential(
            nn.Linear(channel, channel // reduction, bias=False),
            nn.ReLU(inplace=True),
            nn.Linear(channel // reduction, channel, bias=False),
            nn.Sigmoid(),
        )

    def forward(self, x):
        b, c, _, _ = x.size()
        y = self.avg_pool(x).view(b, c)
        y = self.fc(y).view(b, c, 1, 1)
        return x * y.expand_as(x)


class SEBlock(nn.Module):
    def __init__(self, planes=64):
        super().__init__()
        self.conv = nn.Conv2d(3, planes, 3, padding=1)
        self.se = SELayer(planes)

    def forward(self, x):
        return self.se(torch.relu(self.conv(x)))


block = SEBlock()
print(block(torch.randn(8, 3, 28, 28)).shape)
