"""A dataset of 64 by 64 images, a classifier for 32 by 32."""
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, Dataset


class FlowerDataset(Dataset):
    def __init__(self, count, size):
        self.images = torch.rand(count, 3, size, size)
        self.labels = torch.randint(0, 5, (count,))

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        return self.images[index], self.labels[index]


class FlowerNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.pool = nn.MaxPool2d(2, 2)
        self.fc = nn.Linear(32 * 8 * 8, 5)

    def forward(self, x):
        x = self.pool(torch.relu(self.conv1(x)))
        x = self.pool(torch.relu(self.conv2(x)))
        x = x.view(x.size(0), -1)
        return self.fc(x)


def train(model, loader, epochs=1):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    for _ in range(epochs):
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
    return loss.item()


loader = DataLoader(FlowerDataset(40, size=32), batch_size=8, shuffle=True)
print(train(FlowerNet(), loader))
