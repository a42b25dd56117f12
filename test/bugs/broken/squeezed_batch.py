"""squeeze() takes the batch away too where it is one."""
import torch
import torch.nn as nn


class Embedder(nn.Module):
    def __init__(self, dim=128):
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(3, 32, 3, stride=2, padding=1),
            nn.ReLU(),
            nn.Conv2d(32, 64, 3, stride=2, padding=1),
            nn.ReLU(),
            nn.AdaptiveAvgPool2d((1, 1)),
        )
        self.bn = nn.BatchNorm1d(64)
        self.fc = nn.Linear(64, dim)

    def forward(self, x):
        x = self.conv(x)
        x = x.squeeze()
        x = self.bn(x)
        x = self.fc(x)
        return nn.functional.normalize(x, dim=-1)


model = Embedder()
model.eval()
with torch.no_grad():
    image = torch.rand(3, 160, 160)
    embedding = model(image.unsqueeze(0))
print(embedding.norm())
