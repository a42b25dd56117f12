"""Reflection cannot reach further than the image."""
import torch
import torch.nn as nn


class ResidualBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.block = nn.Sequential(
            nn.ReflectionPad2d(1),
            nn.Conv2d(channels, channels, 3),
            nn.InstanceNorm2d(channels),
            nn.ReLU(inplace=True),
            nn.ReflectionPad2d(1),
            nn.Conv2d(channels, channels, 3),
            nn.InstanceNorm2d(channels),
        )

    def forward(self, x):
        return x + self.block(x)


class Generator(nn.Module):
    """CycleGAN's generator, small."""

    def __init__(self):
        super().__init__()
        self.down = nn.Sequential(nn.Conv2d(3, 64, 4, 4), nn.ReLU(), nn.Conv2d(64, 128, 4, 4), nn.ReLU())
        self.body = nn.Sequential(*[ResidualBlock(128) for _ in range(3)])
        self.up = nn.Upsample(scale_factor=16)
        self.pad = nn.ReflectionPad2d(3)
        self.out = nn.Conv2d(128, 3, 7)

    def forward(self, x):
        x = self.body(self.down(x))
        x = self.up(x)
        return torch.tanh(self.out(self.pad(x)))


G = Generator()
horse = torch.rand(1, 3, 128, 128)
zebra = G(horse)
print(zebra.shape)
