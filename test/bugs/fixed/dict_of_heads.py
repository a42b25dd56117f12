"""The heads of a multi-task network in a plain dict are never trained."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class MultiTask(nn.Module):
    def __init__(self, tasks):
        super(MultiTask, self).__init__()
        self.trunk = nn.Sequential(
            nn.Linear(40, 64),
            nn.ReLU(),
            nn.Linear(64, 64),
            nn.ReLU(),
        )
        self.heads = nn.ModuleDict({name: nn.Linear(64, size) for name, size in tasks.items()})

    def forward(self, x):
        features = self.trunk(x)
        return {name: head(features) for name, head in self.heads.items()}


tasks = {"age": 1, "gender": 2, "emotion": 7}
model = MultiTask(tasks)
optimizer = torch.optim.Adam(model.parameters())

batch = torch.randn(16, 40)
out = model(batch)
loss = F.mse_loss(out["age"], torch.rand(16, 1))
loss = loss + F.cross_entropy(out["gender"], torch.randint(2, (16,)))
loss = loss + F.cross_entropy(out["emotion"], torch.randint(7, (16,)))
loss.backward()
optimizer.step()
