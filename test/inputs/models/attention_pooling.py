import torch
import torch.nn as nn


class AttentionMIL(nn.Module):
    """Gated attention over the instances of a bag."""

    def __init__(self, features=512, hidden=128, classes=2):
        super().__init__()
        self.embed = nn.Sequential(nn.Linear(features, hidden), nn.ReLU())
        self.attention_v = nn.Linear(hidden, 64)
        self.attention_u = nn.Linear(hidden, 64)
        self.attention_w = nn.Linear(64, 1)
        self.classifier = nn.Linear(hidden, classes)

    def forward(self, bags):
        b, n, _ = bags.shape
        h = self.embed(bags)
        gate = torch.tanh(self.attention_v(h)) * torch.sigmoid(self.attention_u(h))
        scores = self.attention_w(gate).view(b, n)
        weights = torch.softmax(scores, dim=1)
        pooled = torch.bmm(weights.unsqueeze(1), h).squeeze(1)
        return self.classifier(pooled), weights
