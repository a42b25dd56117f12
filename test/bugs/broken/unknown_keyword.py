"""Keras' name of an argument."""
import torch
import torch.nn as nn


class KeywordSpotter(nn.Module):
    def __init__(self, n_mels=40, hidden=64, classes=12):
        super().__init__()
        self.conv = nn.Conv1d(n_mels, hidden, kernel_size=5, strides=2)
        self.norm = nn.BatchNorm1d(hidden)
        self.gru = nn.GRU(hidden, hidden, batch_first=True)
        self.fc = nn.Linear(hidden, classes)

    def forward(self, mel):
        x = torch.relu(self.norm(self.conv(mel)))
        x, _ = self.gru(x.transpose(1, 2))
        return self.fc(x[:, -1])


def evaluate(model, clips):
    model.eval()
    with torch.no_grad():
        return model(clips).argmax(dim=-1)


model = KeywordSpotter()
clips = torch.randn(16, 40, 101)
print(evaluate(model, clips))
