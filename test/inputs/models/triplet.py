import torch
import torch.nn as nn
import torch.nn.functional as F


class EmbeddingNet(nn.Module):
    def __init__(self, dim=128):
        super().__init__()
        self.backbone = nn.Sequential(
            nn.Conv2d(3, 32, 5, stride=2),
            nn.PReLU(),
            nn.Conv2d(32, 64, 5, stride=2),
            nn.PReLU(),
            nn.AdaptiveAvgPool2d(1),
        )
        self.fc = nn.Linear(64, dim)

    def forward(self, x):
        features = self.backbone(x).flatten(1)
        return F.normalize(self.fc(features), p=2, dim=1)


class TripletNet(nn.Module):
    def __init__(self, embedding_net):
        super().__init__()
        self.embedding_net = embedding_net

    def forward(self, anchor, positive, negative):
        a = self.embedding_net(anchor)
        p = self.embedding_net(positive)
        n = self.embedding_net(negative)
        distances = torch.stack([(a - p).pow(2).sum(1), (a - n).pow(2).sum(1)], dim=1)
        return a, distances


model = TripletNet(EmbeddingNet())
