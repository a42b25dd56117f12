"""Sequences with their features last, into a Conv1d."""
import torch
import torch.nn as nn


class ActivityNet(nn.Module):
    """Human activity from accelerometers: windows of 128 steps with 9 signals."""

    def __init__(self, n_channels=9, n_classes=6):
        super().__init__()
        self.conv1 = nn.Conv1d(n_channels, 64, kernel_size=5, padding=2)
        self.conv2 = nn.Conv1d(64, 64, kernel_size=5, padding=2)
        self.pool = nn.MaxPool1d(2)
        self.dropout = nn.Dropout(0.3)
        self.lstm = nn.LSTM(64, 100, batch_first=True)
        self.out = nn.Linear(100, n_classes)

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        x = self.pool(torch.relu(self.conv2(x)))
        x = self.dropout(x).permute(0, 2, 1)
        x, (h, c) = self.lstm(x)
        return self.out(h[-1])


model = ActivityNet()
windows = torch.randn(64, 128, 9)
print(model(windows).shape)
