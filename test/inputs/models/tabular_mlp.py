import torch
from torch import nn


class TabularMLP(nn.Module):
    def __init__(self, in_features, hidden=(256, 128, 64), out_features=1, p=0.1):
        super().__init__()
        layers = []
        width = in_features
        for size in hidden:
            layers += [nn.Linear(width, size), nn.BatchNorm1d(size), nn.ReLU(), nn.Dropout(p)]
            width = size
        layers.append(nn.Linear(width, out_features))
        self.net = nn.Sequential(*layers)

    def forward(self, features):
        return self.net(features).squeeze(-1)


device = "cuda" if torch.cuda.is_available() else "cpu"
model = TabularMLP(13).to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
