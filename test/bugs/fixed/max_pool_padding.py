"""A pooling window of two cannot be padded by two."""
import torch
import torch.nn as nn


class AudioNet(nn.Module):
    """Spectrograms of 1 by 128 by 216."""

    def __init__(self, classes=10):
        super().__init__()
        self.conv1 = self.block(1, 16)
        self.conv2 = self.block(16, 32)
        self.conv3 = self.block(32, 64)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(64, classes)

    def block(self, c_in, c_out):
        return nn.Sequential(
            nn.Conv2d(c_in, c_out, kernel_size=3, stride=1, padding=2),
            nn.ReLU(),
            nn.MaxPool2d(kernel_size=2, padding=1),
        )

    def forward(self, x):
        x = self.conv1(x)
        x = self.conv2(x)
        x = self.conv3(x)
        return self.fc(self.pool(x).flatten(1))


net = AudioNet()
spectrogram = torch.randn(8, 1, 128, 216)
print(net(spectrogram).shape)
