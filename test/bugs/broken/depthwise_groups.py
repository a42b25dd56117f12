"""A depthwise convolution whose output channels are no multiple of its groups."""
import torch
from torch import nn


class DepthwiseSeparable(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.depthwise = nn.Conv2d(
            in_channels,
            out_channels,
            kernel_size=3,
            stride=stride,
            padding=1,
            groups=in_channels,
        )
        self.pointwise = nn.Conv2d(out_channels, out_channels, kernel_size=1)
        self.act = nn.ReLU6()

    def forward(self, x):
        return self.act(self.pointwise(self.act(self.depthwise(x))))


model = nn.Sequential(
    nn.Conv2d(3, 32, 3, stride=2, padding=1),
    DepthwiseSeparable(32, 64),
    DepthwiseSeparable(64, 96, stride=2),
    nn.AdaptiveAvgPool2d(1),
    nn.Flatten(),
    nn.Linear(96, 1000),
)
out = model(torch.randn(1, 3, 224, 224))
print(out.shape)
