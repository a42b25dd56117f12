"""A single slash makes a float of a size."""
import torch
import torch.nn as nn


class ChannelAttention(nn.Module):
    def __init__(self, channels, reduction=8):
        super().__init__()
        self.avg_pool = nn.AdaptiveAvgPool2d(1)
        self.max_pool = nn.AdaptiveMaxPool2d(1)
        hidden = channels / reduction
        self.fc1 = nn.Linear(channels, hidden)
        self.relu = nn.ReLU()
        self.fc2 = nn.Linear(hidden, channels)
        self.sigmoid = nn.Sigmoid()

    def forward(self, x):
        avg = self.fc2(self.relu(self.fc1(self.avg_pool(x).flatten(1))))
        peak = self.fc2(self.relu(self.fc1(self.max_pool(x).flatten(1))))
        gate = self.sigmoid(avg + peak)[:, :, None, None]
        return x * gate


attention = ChannelAttention(64)
print(attention(torch.randn(2, 64, 32, 32)).shape)
