"""A dense layer that does not count what was concatenated before it."""
import torch
import torch.nn as nn


class DenseLayer(nn.Module):
    def __init__(self, in_channels, growth_rate):
        super().__init__()
        self.norm = nn.BatchNorm2d(in_channels)
        self.conv = nn.Conv2d(in_channels, growth_rate, kernel_size=3, padding=1)

    def forward(self, x):
        out = self.conv(torch.relu(self.norm(x)))
        return torch.cat([x, out], 1)


class DenseBlock(nn.Module):
    def __init__(self, num_layers, in_channels, growth_rate=12):
        super().__init__()
        layers = []
        for i in range(num_layers):
            layers.append(DenseLayer(in_channels, growth_rate))
        self.block = nn.Sequential(*layers)

    def forward(self, x):
        return self.block(x)


class DenseNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 24, 3, padding=1)
        self.dense = DenseBlock(4, 24)
        self.fc = nn.Linear(24 + 4 * 12, 10)

    def forward(self, x):
        x = self.dense(self.first(x))
        x = x.mean(dim=3).mean(dim=2)
        return self.fc(x)


model = DenseNet()
print(model(torch.randn(4, 3, 32, 32)).shape)
