"""The features of a table are one fewer than the network was built for."""
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset


class HousePrices(nn.Module):
    def __init__(self):
        super(HousePrices, self).__init__()
        self.fc1 = nn.Linear(14, 64)
        self.fc2 = nn.Linear(64, 32)
        self.fc3 = nn.Linear(32, 1)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        return self.fc3(x)


X = torch.randn(506, 13)
y = torch.randn(506, 1)
train_loader = DataLoader(TensorDataset(X, y), batch_size=32, shuffle=True)

model = HousePrices()
criterion = nn.MSELoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)

for epoch in range(3):
    for inputs, targets in train_loader:
        optimizer.zero_grad()
        outputs = model(inputs)
        loss = criterion(outputs, targets)
        loss.backward()
        optimizer.step()
    print(f"epoch {epoch}: {loss.item():.3f}")
