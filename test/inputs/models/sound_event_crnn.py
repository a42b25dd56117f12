import torch
import torch.nn as nn


class CRNN(nn.Module):
    """Log-mel spectrograms to frame-wise events."""

    def __init__(self, n_mels=64, classes=10):
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(1, 64, 3, padding=1),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            nn.MaxPool2d((1, 4)),
            nn.Conv2d(64, 64, 3, padding=1),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            nn.MaxPool2d((2, 4)),
        )
        self.rnn = nn.GRU(64 * (n_mels // 16), 64, bidirectional=True, batch_first=True)
        self.fc = nn.Linear(128, classes)

    def forward(self, spec):
        x = self.conv(spec)
        batch, channels, frames, bins = x.size()
        x = x.permute(0, 2, 1, 3).contiguous().view(batch, frames, channels * bins)
        x, _ = self.rnn(x)
        strong = torch.sigmoid(self.fc(x))
        weak = strong.mean(dim=1)
        return strong, weak


model = CRNN()
