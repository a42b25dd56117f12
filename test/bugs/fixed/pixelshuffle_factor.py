"""Channels for a factor of two are shuffled by three."""
import torch
import torch.nn as nn


class ESPCN(nn.Module):
    """Efficient sub-pixel convolution."""

    def __init__(self, upscale_factor=3, channels=1):
        super().__init__()
        self.feature_maps = nn.Sequential(
            nn.Conv2d(channels, 64, kernel_size=5, padding=2),
            nn.Tanh(),
            nn.Conv2d(64, 32, kernel_size=3, padding=1),
            nn.Tanh(),
        )
        self.expand = nn.Conv2d(32, channels * upscale_factor ** 2, kernel_size=3, padding=1)
        self.shuffle = nn.PixelShuffle(upscale_factor)

    def forward(self, x):
        x = self.feature_maps(x)
        x = self.expand(x)
        x = self.shuffle(x)
        return torch.sigmoid(x)


if __name__ == "__main__":
    model = ESPCN(upscale_factor=3)
    low = torch.rand(16, 1, 17, 17)
    high = model(low)
    print(low.shape, "->", high.shape)
